"""Worse days than a mistake of ours: the mending fails too, or the PBX dies. The record knows how each call ended."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from callflows.facts import CallbackPromised, CallEnded, Fact, StoryFailed, TalkEnded, TransferEnded
from callflows.outcomes import CallOutcome, Outcome
from callflows.ports import CallbackWish, Promise
from callflows.reception import reception
from telephony.call import Call, Leg, Story
from telephony.errors import PbxAway
from telephony.values import NumberShown, Played, Target, Words
from tests.fakes.house import FakeHouse, ListJournal
from tests.fakes.memory import Behaviour, MemoryWorld
from tests.fakes.memory.call import MemoryCall
from tests.flows.clerks import on_duty, staffed
from tests.flows.conftest import Opens, Stage
from tests.flows.test_failures import BROKEN
from tests.flows.town import TOWN, TUESDAY_NIGHT, TUESDAY_TEN

pytestmark = pytest.mark.looptime

NUMBER = "+48601234567"


class Unpromising:
    """Promises that fail in a way that nobody foresaw."""

    async def promise(self, wish: CallbackWish) -> Promise:
        """Fail."""
        raise RuntimeError("nobody foresaw this")


class Stumbling(ListJournal):
    """A journal that breaks as a clerk's talk is over because a colleague has the caller."""

    def state(self, fact: Fact) -> None:
        """Take a fact, or fail in a way that nobody foresaw."""
        super().state(fact)
        if isinstance(fact, TalkEnded) and fact.by == "handed_over":
            raise RuntimeError("nobody foresaw this")


class Mute(MemoryCall):
    """A call to which Asterisk plays nothing any more."""

    async def say(self, *words: Words) -> Played:
        """Fail as a line does that is away for good."""
        raise PbxAway("nothing can be said")


class Unringing(MemoryCall):
    """A call for which no phone can be rung."""

    @asynccontextmanager
    async def ring(self, target: Target) -> AsyncIterator[Leg]:
        """Fail as a line does that is away for good."""
        if target.number:
            raise PbxAway("nobody can be rung")
        yield self._legs[0]


def becoming(kind: type[MemoryCall], story: Story) -> Story:
    """The same story, for calls of another kind."""

    async def told(call: Call) -> None:
        assert isinstance(call, MemoryCall)
        call.__class__ = kind
        await story(call)

    return told


async def test_when_the_promise_fails_too_there_is_still_an_apology() -> None:
    """The caller is not dropped, and the call is closed on record."""
    world, fake = MemoryWorld(), FakeHouse(BROKEN, TUESDAY_TEN)
    async with world.serves(reception(replace(fake.house, promises=Unpromising()))):
        citizen = world.citizen(number=NUMBER)
        await citizen.dials()
        await citizen.presses("1")
        await citizen.hears("apology")
        await citizen.hears("number.48447321890")
        await citizen.is_put_down()

    assert fake.journal.one(CallEnded).outcome is CallOutcome.FAILED
    assert fake.journal.one(StoryFailed).error == "KeyError"


async def test_a_ticket_is_on_record_though_the_caller_leaves_during_the_apology(line: Opens) -> None:
    """What is on disk is in the story of the call, whether or not they waited to hear it."""
    async with line(BROKEN) as stage:
        citizen = stage.world.citizen(number=NUMBER)
        await citizen.dials()
        await citizen.presses("1")
        await citizen.hears("apology")
        await citizen.hangs_up()

    assert len(stage.house.promises.wishes) == len(stage.journal.all(CallbackPromised)) == 1
    assert stage.ended is CallOutcome.CALLBACK


async def test_when_nothing_can_be_said_the_promise_is_kept_all_the_same() -> None:
    """Asterisk answers no more: the apology fails too; the ticket is there and the call is closed on record."""
    world, fake = MemoryWorld(), FakeHouse(TOWN, TUESDAY_TEN)
    async with world.serves(becoming(Mute, reception(fake.house))):
        citizen = world.citizen(number=NUMBER)
        await citizen.dials()
        await citizen.is_put_down()

    assert [wish.number for wish in fake.promises.wishes] == [NUMBER]
    assert fake.journal.one(CallEnded).by == "line"


async def test_an_attempt_that_we_break_off_has_an_outcome() -> None:
    """Every attempt on record says how it ended, also when the mistake is ours."""
    world, fake = MemoryWorld(), FakeHouse(TOWN, TUESDAY_TEN)
    async with world.serves(becoming(Unringing, reception(fake.house))):
        citizen = world.citizen(number=NUMBER)
        await citizen.dials()
        await citizen.presses("1")
        await citizen.hears("apology")
        await citizen.is_put_down()

    ended = fake.journal.one(TransferEnded)
    assert (ended.outcome, ended.detail) == (Outcome.CANCELLED, "PbxAway")


async def test_a_mistake_as_the_caller_is_handed_over_leaves_nobody_with_a_dead_line() -> None:
    """The colleague has them already, and the talk that gave them away breaks: both are let go of."""
    world, fake = MemoryWorld(), FakeHouse(staffed(), TUESDAY_TEN)
    async with world.serves(reception(replace(fake.house, journal=Stumbling()))):
        zofia, anna = world.phone("1101"), world.phone("1001", Behaviour.TAKES_IT)
        await on_duty(Stage(world, fake), zofia)
        citizen = world.citizen(number=NUMBER)
        await citizen.dials()
        await citizen.presses("0")
        await zofia.answers()
        await citizen.is_talking_to(zofia)
        await citizen.listens(3)
        await zofia.presses("*21001#")
        await citizen.hears("apology")
        await citizen.is_put_down()
        await anna.is_put_down()
        world.assert_no_ghost_legs()

    assert [wish.number for wish in fake.promises.wishes] == [NUMBER]


async def test_an_attempt_in_a_service_that_stops_has_an_outcome() -> None:
    """SIGTERM while a phone rings: on record as called off."""
    world, fake = MemoryWorld(), FakeHouse(TOWN, TUESDAY_TEN)
    world.phone("1001", Behaviour.NEVER_ANSWERS)
    serving = asyncio.create_task(world.line.serve(reception(fake.house)))
    citizen = world.citizen(number=NUMBER)
    await citizen.dials()
    await citizen.presses("1")
    await citizen.is_on_hold()
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)

    assert not citizen.line_is_dead
    assert fake.journal.one(TransferEnded).outcome is Outcome.CANCELLED


@pytest.mark.parametrize(("shown", "promised"), [(NumberShown.SHOWN, [NUMBER]), (NumberShown.WITHHELD, [])])
async def test_whom_the_pbx_cut_off_is_called_back(
    line: Opens, shown: NumberShown, promised: list[str]
) -> None:
    """They did nothing wrong, and have no promise yet: a ticket, if we know whom to call."""
    async with line() as stage:
        stage.world.phone("1001", Behaviour.NEVER_ANSWERS)
        citizen = stage.world.citizen(number=NUMBER, shown=shown)
        await citizen.dials()
        await citizen.presses("1")
        await citizen.is_on_hold()
        stage.world.pbx_restarts()

    assert [fact.number for fact in stage.journal.all(CallbackPromised)] == promised
    assert stage.ended is CallOutcome.PBX_RESTARTED


async def test_keys_pressed_on_hold_order_nothing(line: Opens) -> None:
    """A bored caller plays with the keys while it rings: no number was read back, so no yes was said to one."""
    async with line() as stage:
        stage.world.phone("1001", Behaviour.NEVER_ANSWERS)
        citizen = stage.world.citizen(number=NUMBER)
        await citizen.dials()
        await citizen.presses("1")
        await citizen.is_on_hold()
        await citizen.presses("21")
        await citizen.hears("back.callback")
        await citizen.presses("21")
        await citizen.hears("callback.yours")
        await citizen.hangs_up()

    assert stage.journal.all(CallbackPromised) == []


async def test_a_number_typed_slowly_spoils_one_try_only(line: Opens) -> None:
    """The rest of a number that came too late is not taken for the next one."""
    async with line(at=TUESDAY_NIGHT) as stage:
        citizen = stage.world.citizen(shown=NumberShown.ABSENT)
        await citizen.dials()
        await citizen.hears("closed.choice")
        await citizen.presses("2")
        for rest in ("567#", "67#"):
            await citizen.hears("callback.type")
            await citizen.presses("601234567#".removesuffix(rest))
            await citizen.hears("callback.refused")
            await citizen.presses(rest)
        await citizen.hears("callback.type")
        await citizen.presses("601234567#")
        await citizen.hears("callback.typed")
        await citizen.presses("1")
        await citizen.hears_all_of("callback.promised")
        await citizen.is_put_down()

    assert stage.journal.one(CallbackPromised).number == NUMBER
