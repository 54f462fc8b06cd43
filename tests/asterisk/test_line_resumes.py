"""The line on a real Asterisk: a service that dies or is stopped, and what its next process finds."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from telephony.call import Call
from telephony.values import Arrival, Behind, Played, Target
from tests.asterisk.dying import HOLD, MENU, RINGING, TALK
from tests.asterisk.noise import noise
from tests.asterisk.serving import LIMIT, Arrivals, becomes, nothing_is_left, serving
from tests.fakes.behaviour import Behaviour
from tests.pbx.asterisk import Pbx
from tests.phones.citizen import Citizen
from tests.phones.clipbook import Clipbook
from tests.phones.phone import Phone

NOTHING_KNOWN = Clipbook()


def citizen(pbx: Pbx, dialled: str = "447327700") -> Citizen:
    """Somebody with a telephone; `async with`."""
    return Citizen(pbx, NOTHING_KNOWN, dialled=dialled)


def _is_connected(pbx: Pbx) -> bool:
    """Whether Asterisk knows the service."""
    return pbx.app in [application["name"] for application in pbx.ari("applications")]


@asynccontextmanager
async def a_dying_service(pbx: Pbx, *dialled: str) -> AsyncIterator[dict[str, str]]:
    """A line in a process of its own, until its callers have reached their states; then it is killed (-9).

    Gives the ids of the calls, by what was dialled. The callers stay, until the block is left.
    """
    service_alone = [sys.executable, "-m", "tests.asterisk.dying", str(pbx.directory / "instance.json")]
    command = ["setpriv", "--pdeathsig=KILL", "--", *service_alone]  # it must not outlive the tests
    service = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert service.stdout is not None
    calls: dict[str, str] = {}
    async with AsyncExitStack() as callers:
        try:
            await becomes(lambda: _is_connected(pbx), "the service is connected")
            for last in dialled:
                caller = await callers.enter_async_context(citizen(pbx, dialled=f"44732770{last}"))
                await caller.dials()
                async with asyncio.timeout(LIMIT):
                    state, call_id = (await service.stdout.readline()).decode().split()
                calls[state] = call_id
        finally:
            if service.returncode is None:
                service.kill()
            await service.wait()
        yield calls


async def test_callers_in_a_menu_or_in_the_music_outlive_the_service(pbx: Pbx) -> None:
    """Each gets a story again, as the same call; what was still playing to them stops at once."""
    arrivals = Arrivals()
    async with (
        a_dying_service(pbx, MENU, HOLD) as calls,
        serving(pbx, arrivals.story) as line,
    ):
        await arrivals.next(2)
        assert {call.id for call in arrivals.calls} == set(calls.values())
        assert {call.dialled[-1] for call in arrivals.calls} == {MENU, HOLD}
        for call in arrivals.calls:
            assert call.arrival is Arrival.RESUMED
            async with asyncio.timeout(2.0):  # the old menu would go on for a minute
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
        a_dying_service(pbx, RINGING) as calls,
        serving(pbx, arrivals.story),
    ):
        call = await arrivals.next()
        assert call.id == calls[RINGING]
        await becomes(lambda: phone.cancelled is not None, "the phone is told to stop")
    await nothing_is_left(pbx)


@pytest.mark.parametrize("who", ["colleague", "citizen"])
async def test_two_who_talk_outlive_the_service(pbx: Pbx, who: str) -> None:
    """They hear each other on; when one of them leaves, the other is put down: nobody is left in silence."""
    arrivals = Arrivals()
    phone = Phone(pbx, NOTHING_KNOWN, "3001", Behaviour.SAYS_NOTHING, after=0.1, behind_trunk=True)
    async with phone:
        phone.speaks(1000)
        async with a_dying_service(pbx, TALK), serving(pbx, arrivals.story) as line:
            assert line.statistics.pairs == 1
            assert line.statistics.calls == 0
            assert phone.talking
            before, packets = _talk(pbx)
            await becomes(lambda: _talk(pbx)[1] > packets, "audio flows on")
            assert _talk(pbx)[0] == before
            if who == "colleague":
                await phone.hangs_up()
            else:
                channel = next(one for one in pbx.ari("channels") if one["name"].startswith("PJSIP/city"))
                pbx.ari(f"channels/{channel['id']}", method="DELETE")
                await phone.is_free()
            await becomes(lambda: line.statistics.pairs == 0, "the pair is parted")
            await nothing_is_left(pbx)
        assert arrivals.calls == []


def _talk(pbx: Pbx) -> tuple[list[str], int]:
    """Who is in the one bridge there is, and how many packets came from the first of them."""
    (bridge,) = pbx.ari("bridges")
    statistics = pbx.ari(f"channels/{bridge['channels'][0]}/rtp_statistics")
    return sorted(bridge["channels"]), int(statistics["rxcount"])


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
        async with serving(pbx, story) as line:
            assert line.statistics.pairs == 1
            await talks.hangs_up()
            await taken.is_free()
    await nothing_is_left(pbx)
