"""The line on a real Asterisk: a service that dies or is stopped, and what its next process finds."""

import asyncio

from telephony.call import Call
from telephony.values import Arrival, Behind, Played, Target
from tests.asterisk.dying import HOLD, MENU, RINGING
from tests.asterisk.killed import a_dying_service
from tests.asterisk.noise import noise
from tests.asterisk.serving import Arrivals, becomes, nothing_is_left, serving
from tests.fakes.behaviour import Behaviour
from tests.pbx.asterisk import Pbx
from tests.phones.citizen import Citizen
from tests.phones.clipbook import Clipbook
from tests.phones.phone import Phone

NOTHING_KNOWN = Clipbook()


def citizen(pbx: Pbx, dialled: str = "447327700") -> Citizen:
    """Somebody with a telephone; `async with`."""
    return Citizen(pbx, NOTHING_KNOWN, dialled=dialled)


async def test_callers_in_a_menu_or_in_the_music_outlive_the_service(pbx: Pbx) -> None:
    """Each gets a story again, as the same call; what was still playing to them stops at once."""
    arrivals = Arrivals()
    async with (
        a_dying_service(pbx, MENU, HOLD) as left,
        serving(pbx, arrivals.story) as line,
    ):
        await arrivals.next(2)
        assert {call.id for call in arrivals.calls} == set(left.calls.values())
        assert {call.dialled[-1] for call in arrivals.calls} == {MENU, HOLD}
        for call in arrivals.calls:
            assert call.arrival is Arrival.RESUMED
            async with asyncio.timeout(15.0):  # the old menu would go on for a minute
                assert await call.say(noise("please-hold", 0.1)) is Played.WHOLE
        assert pbx.ari("bridges") == []
        assert line.statistics.calls == 2
    await nothing_is_left(pbx)


async def test_a_phone_that_rings_for_a_dead_service_stops(pbx: Pbx) -> None:
    """Nobody would be there if it were answered; its caller begins again."""
    arrivals = Arrivals()
    phone = Phone(pbx, NOTHING_KNOWN, "3001", Behaviour.NEVER_ANSWERS, behind_trunk=True)
    async with (
        phone,
        a_dying_service(pbx, RINGING) as left,
        serving(pbx, arrivals.story),
    ):
        call = await arrivals.next()
        assert call.id == left.calls[RINGING]
        await becomes(lambda: phone.cancelled is not None, "the phone is told to stop")
    await nothing_is_left(pbx)


async def test_a_service_that_is_stopped_leaves_talks_alone_and_rings_nobody(pbx: Pbx) -> None:
    """Cancelling is not hanging up."""
    arrivals = Arrivals()
    taken = Phone(pbx, NOTHING_KNOWN, "3001", Behaviour.SAYS_NOTHING, after=0.1, behind_trunk=True)
    async with taken, citizen(pbx) as talks:

        async def story(call: Call) -> None:
            await call.answer()
            async with call.ring(Target("3001", Behind.TRUNK)) as leg:
                await leg.next()
                await leg.next()
                async with call.connect(leg):
                    arrivals.calls.append(call)
                    await call.left()

        async with serving(pbx, story):
            await talks.dials()
            await arrivals.next()
        bridge = pbx.ari("bridges")
        assert [len(one["channels"]) for one in bridge] == [2]
        assert taken.talking
        after = Arrivals()
        async with serving(pbx, after.story):
            call = await after.next()
            assert (call.arrival, len(call.left_behind)) == (Arrival.RESUMED, 1)
            assert pbx.ari("bridges") == bridge
            await talks.hangs_up()
            await taken.is_free()
    await nothing_is_left(pbx)
