"""The line on a real Asterisk: sockets that break, an Asterisk that restarts, a second process."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack

import pytest

from telephony.ari import AriLine, AriSettings
from telephony.call import Call
from telephony.errors import HungUp, LineTaken, WrongPassword
from telephony.values import Arrival, Behind, Ended, LegEnded, PhoneRings, Played, Target
from tests.asterisk.cable import Cable
from tests.asterisk.noise import NoiseVoice, noise
from tests.asterisk.serving import LIMIT, Arrivals, becomes, nothing_is_left, serving, settings
from tests.fakes.behaviour import Behaviour
from tests.pbx.asterisk import Pbx
from tests.phones.citizen import Citizen
from tests.phones.clipbook import Clipbook
from tests.phones.phone import Phone

NOTHING_KNOWN = Clipbook()
NEW = Callable[..., Pbx]


def citizen(pbx: Pbx, dialled: str = "447327700") -> Citizen:
    """Somebody with a telephone; `async with`."""
    return Citizen(pbx, NOTHING_KNOWN, dialled=dialled)


async def test_a_broken_socket_is_mended_and_a_missed_hang_up_delivered(pbx: Pbx) -> None:
    """Calls go on without us; what happened meanwhile is found out by looking."""
    arrivals = Arrivals()
    async with (
        Cable(pbx.ari_url) as cable,
        serving(pbx, arrivals.story, settings(pbx, url=cable.url)) as line,
        citizen(pbx) as stays,
        citizen(pbx) as leaves,
    ):
        await stays.dials()
        staying = await arrivals.next(1)
        await leaves.dials()
        leaving = await arrivals.next(2)
        cable.unplug()
        await becomes(lambda: not line.ready, "the line is not ready")
        await leaves.hangs_up()
        assert leaving.ended is None
        cable.plug_in()
        await leaving.left()
        assert leaving.ended is Ended.HUNG_UP
        await becomes(lambda: line.ready, "the line is ready again")
        assert staying.ended is None
        assert staying.arrival is Arrival.NEW
        assert await staying.say(noise("again", 0.1)) is Played.WHOLE
        assert (line.statistics.calls, line.statistics.connects) == (1, 2)
    await nothing_is_left(pbx)


async def test_a_verb_waits_until_asterisk_is_back(pbx: Pbx) -> None:
    """What Asterisk did not answer is done once more, if the caller is still there."""
    arrivals = Arrivals()
    async with (
        Cable(pbx.ari_url) as cable,
        serving(pbx, arrivals.story, settings(pbx, url=cable.url)) as line,
        citizen(pbx) as caller,
    ):
        await caller.dials()
        call = await arrivals.next()
        cable.unplug()
        await becomes(lambda: not line.ready, "the line is not ready")
        saying = asyncio.create_task(call.say(noise("patience", 0.1)))
        await becomes(lambda: line.statistics.failures > 0, "Asterisk did not answer")
        cable.plug_in()
        async with asyncio.timeout(LIMIT):
            assert await saying is Played.WHOLE
    await nothing_is_left(pbx)


async def test_a_socket_that_goes_silent_is_noticed_within_five_seconds(pbx: Pbx) -> None:
    """No reset, no close, no traffic: only our own ping tells. Nobody who calls meanwhile is lost.

    As long as Asterisk itself sees nothing of it, it gives callers to us: they are found when we are back. As soon as
    it does, the dialplan answers them, and gives them to us when nobody else takes the call.
    """
    arrivals = Arrivals()
    now = asyncio.get_running_loop().time
    async with (
        Cable(pbx.ari_url) as cable,
        serving(pbx, arrivals.story, settings(pbx, url=cable.url)) as line,
        citizen(pbx, "447327701") as unheard,
        citizen(pbx, "447327702") as away,
    ):
        cable.hold_still()
        silent = now()
        await unheard.dials()
        await becomes(lambda: not line.ready, "the silence is noticed")
        assert now() - silent <= 5.0
        cable.unplug()
        await away.dials()
        await away.is_answered()
        assert arrivals.calls == []
        cable.let_go()
        cable.plug_in()
        await arrivals.next(2)
        assert [call.dialled for call in arrivals.calls] == ["447327701", "447327702"]
        assert {call.arrival for call in arrivals.calls} == {Arrival.RESUMED}
    await nothing_is_left(pbx)


@pytest.mark.parametrize("ends", [Pbx.kill, Pbx.stop], ids=["a crash", "in order"])
async def test_asterisk_restarts(new_pbx: NEW, ends: Callable[[Pbx], None]) -> None:
    """Its calls are gone, and closed as such, whatever they were waiting for; the line is ready by itself."""
    pbx = new_pbx()
    told: list[LegEnded] = []
    raised: list[HungUp] = []

    async def story(call: Call) -> None:
        await call.answer()
        try:
            if call.dialled == "447327701":
                async with call.on_hold(), call.ring(Target("3001", Behind.TRUNK)) as leg:
                    while not isinstance(event := await leg.next(), LegEnded):
                        assert event == PhoneRings()
                    told.append(event)
                    await call.say(noise("sorry", 0.1))
            await call.say(noise("long", 60.0))
        except HungUp as hung_up:
            raised.append(hung_up)
            assert call.ended is Ended.PBX_RESTARTED
            raise

    async with serving(pbx, story) as line, AsyncExitStack() as actors:
        phone = Phone(pbx, NOTHING_KNOWN, "3001", Behaviour.NEVER_ANSWERS, behind_trunk=True)
        await actors.enter_async_context(phone)
        for dialled in ("447327700", "447327701"):
            caller = await actors.enter_async_context(citizen(pbx, dialled=dialled))
            await caller.dials()
            await caller.is_answered()
        await becomes(lambda: phone.ringing, "the phone rings")
        ends(pbx)
        await becomes(lambda: not line.ready, "the line is not ready")
        pbx.start()
        await becomes(lambda: len(raised) == 2, "both calls are over")
        assert [end.why for end in told] == [Ended.PBX_RESTARTED]
        await becomes(lambda: line.ready, "the line is ready by itself")
        assert line.statistics.calls == 0


async def test_an_asterisk_that_stays_away_takes_its_calls_with_it(new_pbx: NEW) -> None:
    """After `lost` seconds nobody waits any longer for what a dead machine may say."""
    pbx = new_pbx()
    arrivals = Arrivals()
    async with serving(pbx, arrivals.story, settings(pbx, lost=0.3)) as line, citizen(pbx) as caller:
        await caller.dials()
        call = await arrivals.next()
        pbx.kill()
        await call.left()
        assert call.ended is Ended.PBX_RESTARTED
        await becomes(lambda: line.statistics.calls == 0, "no call is left")
        assert not line.ready
        pbx.start()
        await becomes(lambda: line.ready, "the line is ready by itself")


async def test_a_line_that_is_there_before_asterisk(pbx: Pbx) -> None:
    """It keeps trying, and is ready by itself."""
    async with Cable(pbx.ari_url) as cable:
        cable.unplug()
        line = AriLine(settings(pbx, url=cable.url), NoiseVoice(pbx.directory))
        serving_it = asyncio.create_task(line.serve(Arrivals().story))
        await becomes(lambda: line.statistics.failures > 1, "it has tried twice")
        assert not line.ready
        cable.plug_in()
        await becomes(lambda: line.ready, "the line is ready")
        serving_it.cancel()
        await asyncio.gather(serving_it, return_exceptions=True)
        assert not line.ready


async def test_a_wrong_password_is_told_at_once(pbx: Pbx) -> None:
    """Waiting would not help."""
    given = AriSettings(url=pbx.ari_url, user=pbx.ari_user, password="wrong", app=pbx.app)
    with pytest.raises(WrongPassword, match=r"^Asterisk refuses the ARI user 'halo' or its password\.$"):
        async with asyncio.timeout(LIMIT):
            await AriLine(given, NoiseVoice(pbx.directory)).serve(Arrivals().story)


async def test_a_second_process_takes_the_line_over(pbx: Pbx) -> None:
    """The first one stops and says so, and hangs nobody up: the second has the calls."""
    arrivals, after = Arrivals(), Arrivals()
    first = AriLine(settings(pbx), NoiseVoice(pbx.directory))
    serving_it = asyncio.create_task(first.serve(arrivals.story))
    await becomes(lambda: first.ready, "the first is ready")
    async with citizen(pbx) as caller:
        await caller.dials()
        call = await arrivals.next()
        async with serving(pbx, after.story):
            with pytest.raises(LineTaken, match="'halo'"):
                async with asyncio.timeout(LIMIT):
                    await serving_it
            assert not first.ready
            resumed = await after.next()
            assert (resumed.id, resumed.arrival) == (call.id, Arrival.RESUMED)
            assert await resumed.say(noise("again", 0.1)) is Played.WHOLE
            await caller.hangs_up()
            await resumed.left()
    await nothing_is_left(pbx)
