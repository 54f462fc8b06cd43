"""`Call.ring`: every end a rung phone can have, in our own words; and no ghost legs."""

import asyncio

import pytest

from telephony.call import Call
from telephony.errors import HungUp
from telephony.values import (
    Behind,
    Ended,
    HangUpCause,
    LegEnded,
    LegEvent,
    NumberShown,
    PhoneAnswered,
    PhoneRings,
    Played,
    Target,
)
from tests.contract.parts import (
    HELLO,
    all_of,
    answered,
    cancelled,
    in_a_call,
    meanwhile,
    next_of,
    on_the_line,
)
from tests.contract.world import World
from tests.fakes.behaviour import Behaviour

RUNG = PhoneRings()
TAKEN_UP = PhoneAnswered()

ENDS: list[tuple[Behaviour, Behind, list[LegEvent], Ended]] = [
    (Behaviour.BUSY, Behind.HERE, [], Ended.BUSY),
    (Behaviour.DECLINES, Behind.HERE, [RUNG], Ended.DECLINED),
    (Behaviour.GIVES_UP, Behind.HERE, [RUNG], Ended.NO_ANSWER),
    (Behaviour.UNAVAILABLE, Behind.HERE, [], Ended.UNREACHABLE),
    (Behaviour.NOT_REGISTERED, Behind.HERE, [], Ended.UNREACHABLE),
    (Behaviour.DEAD, Behind.HERE, [], Ended.UNREACHABLE),
    (Behaviour.FORWARDS, Behind.HERE, [], Ended.UNREACHABLE),
    (Behaviour.CONGESTED, Behind.TRUNK, [], Ended.UNREACHABLE),
    (Behaviour.UNKNOWN_NUMBER, Behind.TRUNK, [], Ended.UNREACHABLE),
    (Behaviour.HANGS_UP_AT_ONCE, Behind.HERE, [RUNG, TAKEN_UP], Ended.HUNG_UP),
]


async def _ring_for_ever(call: Call) -> None:
    async with call.ring(Target("1001")):
        await asyncio.get_running_loop().create_future()


@pytest.mark.parametrize(
    ("behaviour", "behind", "told", "why"), ENDS, ids=lambda v: getattr(v, "value", None)
)
async def test_every_way_a_phone_is_lost(
    world: World, behaviour: Behaviour, behind: Behind, told: list[LegEvent], why: Ended
) -> None:
    """The leg tells what happened, in order, and then its end: exactly once, and last."""
    world.phone("1001", behaviour, after=0.3, behind=behind)
    async with in_a_call(world) as (citizen, call):
        async with call.ring(Target("1001", behind)) as leg:
            events = await all_of(leg)
            assert events[:-1] == told
            assert isinstance(events[-1], LegEnded)
            assert events[-1].why is why
            async with meanwhile(leg.next()) as after_the_end:
                assert await call.say(HELLO) is Played.WHOLE
                assert not after_the_end.done(), "after LegEnded there is nothing more to tell"
                await cancelled(after_the_end)
        await citizen.hears("hello")


async def test_a_number_that_nobody_has(world: World) -> None:
    """An extension that our own Asterisk does not know is unreachable, not an error."""
    async with in_a_call(world) as (_, call), call.ring(Target("1999")) as leg:
        ended = await next_of(leg)
        assert isinstance(ended, LegEnded)
        assert ended.why is Ended.UNREACHABLE


async def test_a_phone_rings_and_is_answered(world: World) -> None:
    """RINGS, then ANSWERED: then the leg is there until somebody ends it."""
    phone = world.phone("1001")
    async with in_a_call(world) as (_, call):
        async with call.ring(Target("1001")) as leg:
            await phone.rings()
            assert await next_of(leg) == RUNG
            await phone.answers()
            assert await next_of(leg) == TAKEN_UP
        await phone.is_put_down()


async def test_leaving_the_block_stops_the_ringing(world: World) -> None:
    """No ghost legs: the phone rings no more once the story has left the block."""
    phone = world.phone("1001", Behaviour.NEVER_ANSWERS)
    async with in_a_call(world) as (_, call):
        async with call.ring(Target("1001")) as leg:
            assert await next_of(leg) == RUNG
        await phone.is_put_down()
        assert await next_of(leg) == LegEnded(Ended.STOPPED)


async def test_leaving_the_block_before_anything_was_told(world: World) -> None:
    """The block may be left in the same breath: nothing rings afterwards."""
    world.phone("1001", Behaviour.NEVER_ANSWERS)
    async with in_a_call(world) as (_, call):
        async with call.ring(Target("1001")) as leg:
            pass
        events = await all_of(leg)
        assert events[-1] == LegEnded(Ended.STOPPED)


async def test_cancelling_stops_the_ringing(world: World) -> None:
    """A cancelled ring leaves no ringing phone."""
    phone = world.phone("1001", Behaviour.NEVER_ANSWERS)
    async with in_a_call(world) as (_, call):
        async with meanwhile(_ring_for_ever(call)) as ringing:
            await phone.rings()
            await cancelled(ringing)
        await phone.is_put_down()


async def test_stopping_twice_tells_once(world: World) -> None:
    """`stop` is idempotent, and `LegEnded(STOPPED)` comes once."""
    phone = world.phone("1001", Behaviour.NEVER_ANSWERS)
    async with in_a_call(world) as (_, call), call.ring(Target("1001")) as leg:
        await phone.rings()
        await leg.stop(HangUpCause.NO_ANSWER)
        await leg.stop(HangUpCause.NO_ANSWER)
        assert (await all_of(leg))[-1] == LegEnded(Ended.STOPPED)


async def test_stopping_a_phone_that_has_ended_changes_nothing(world: World) -> None:
    """The reason stays the phone's own."""
    world.phone("1001", Behaviour.BUSY)
    async with in_a_call(world) as (_, call), call.ring(Target("1001")) as leg:
        ended = await next_of(leg)
        assert isinstance(ended, LegEnded)
        await leg.stop()
        assert ended.why is Ended.BUSY


async def test_answered_elsewhere_shows_no_missed_call(world: World) -> None:
    """RFC 3326: the phone that lost the race shows no missed call; one that was given up does."""
    phone = world.phone("1001", Behaviour.NEVER_ANSWERS)
    async with in_a_call(world) as (_, call):
        async with call.ring(Target("1001")) as leg:
            await phone.rings()
            await leg.stop(HangUpCause.ANSWERED_ELSEWHERE)
        await phone.is_put_down()
        assert not phone.shows_missed_call
        async with call.ring(Target("1001")) as leg:
            await phone.rings()
            await leg.stop(HangUpCause.NO_ANSWER)
        await phone.is_put_down()
        assert phone.shows_missed_call
        assert phone.times_rung == 2


async def test_the_caller_hears_words_while_a_phone_rings(world: World) -> None:
    """Ringing is not in the way of the story's other verbs."""
    phone = world.phone("1001", Behaviour.NEVER_ANSWERS)
    async with in_a_call(world) as (citizen, call), call.ring(Target("1001")):
        await phone.rings()
        assert await call.say(HELLO) is Played.WHOLE
        await citizen.hears("hello")
        await phone.has_heard()


async def test_two_phones_one_after_the_other(world: World) -> None:
    """A second candidate is rung after the first was left."""
    world.phone("1001", Behaviour.BUSY)
    second = world.phone("1002")
    async with in_a_call(world) as (_, call):
        async with call.ring(Target("1001")) as leg:
            await all_of(leg)
        async with call.ring(Target("1002")) as leg:
            await second.rings()
            await second.answers()
            assert await answered(leg) == [RUNG, TAKEN_UP]


async def test_two_phones_at_once(world: World) -> None:
    """Two legs of one call never mix up their events."""
    first, second = world.phone("1001"), world.phone("1002")
    async with (
        in_a_call(world) as (_, call),
        call.ring(Target("1001")) as one,
        call.ring(Target("1002")) as two,
    ):
        await first.rings()
        await second.rings()
        await second.answers()
        assert await answered(two) == [RUNG, TAKEN_UP]
        assert await next_of(one) == RUNG
        assert one.id != two.id


async def test_the_callers_number_is_shown(world: World) -> None:
    """The colleague's display shows who calls the hall."""
    phone = world.phone("1001")
    async with in_a_call(world) as (_, call), call.ring(Target("1001")):
        await phone.rings()
        assert phone.shown_number == "+48601234567"


@pytest.mark.parametrize("shown", [NumberShown.WITHHELD, NumberShown.ABSENT])
async def test_a_number_that_is_withheld_or_absent_is_not_shown(world: World, shown: NumberShown) -> None:
    """RFC 3323: neither the story nor the rung phone sees it."""
    phone = world.phone("1001")
    async with on_the_line(world, shown=shown) as (_, call):
        await call.answer()
        assert call.caller.number == ""
        assert call.caller.shown is shown
        async with call.ring(Target("1001")):
            await phone.rings()
            assert phone.shown_number == ""


async def test_the_caller_leaves_while_it_rings(world: World) -> None:
    """Nobody shall run to a phone for a caller who has gone: it stops although the story is still there."""
    phone = world.phone("1001", Behaviour.NEVER_ANSWERS)
    async with in_a_call(world) as (citizen, call), call.ring(Target("1001")) as leg:
        await phone.rings()
        await citizen.hangs_up()
        await call.left()
        await phone.is_put_down()
        assert (await all_of(leg))[-1] == LegEnded(Ended.STOPPED)


async def test_nobody_is_rung_for_a_caller_who_has_left(world: World) -> None:
    """Entering the block after the hang-up raises HungUp, and no phone rings."""
    phone = world.phone("1001", Behaviour.NEVER_ANSWERS)
    async with in_a_call(world) as (citizen, call):
        await citizen.hangs_up()
        await call.left()
        with pytest.raises(HungUp):
            async with call.ring(Target("1001")):
                pass
        assert phone.times_rung == 0
