"""The line on a real Asterisk: whoever leaves, whenever, leaves nothing behind."""

import asyncio
from collections import Counter

import pytest

from telephony.call import Call
from telephony.digits import Patience, one_of
from telephony.errors import HungUp, TelephonyError
from telephony.values import Behind, Ended, LegEnded, PhoneAnswered, PhoneRings, Target
from tests.asterisk.noise import noise
from tests.asterisk.serving import Arrivals, becomes, nothing_is_left, serving
from tests.fakes.behaviour import Behaviour
from tests.pbx.asterisk import Pbx
from tests.phones.citizen import Citizen
from tests.phones.clipbook import Clipbook
from tests.phones.phone import Phone

NOTHING_KNOWN = Clipbook()
SHORT = noise("short", 0.1)
STEP = 0.055
MOMENTS = 13
"""A call that is left after the first, second, ... step of 55 ms: about one per verb of the whole path."""


async def whole_path(call: Call, at: list[str]) -> None:
    """Every verb once, noting in `at[-1]` where the call stands."""
    at.append("answer")
    await call.answer()
    at.append("say")
    await call.say(SHORT)
    at.append("ask")
    await call.ask(SHORT, matcher=one_of("1"), patience=Patience(first=0.1))
    at.append("hold")
    async with call.on_hold():
        at.append("ring")
        async with call.ring(Target("3001", Behind.TRUNK)) as leg:
            while not isinstance(event := await leg.next(), PhoneAnswered):
                if isinstance(event, LegEnded):
                    return
            at.append("whisper")
            await leg.say(SHORT)
            at.append("connect")
            async with call.connect(leg) as talk:
                at.append("talk")
                await talk.audio()
                await call.left()


async def test_a_caller_may_leave_at_any_moment(pbx: Pbx, caplog: pytest.LogCaptureFixture) -> None:
    """No verb fails otherwise than by HungUp, and no channel, bridge or story is left over."""
    left: Counter[str] = Counter()
    failed: list[BaseException] = []

    async def story(call: Call) -> None:
        at = [""]
        try:
            await whole_path(call, at)
        except HungUp:
            pass
        except (TelephonyError, AssertionError) as error:
            failed.append(error)
        left[at[-1]] += 1

    async with (
        Phone(pbx, NOTHING_KNOWN, "3001", Behaviour.SAYS_NOTHING, after=0.1, behind_trunk=True),
        serving(pbx, story) as line,
    ):
        for moment in range(MOMENTS):
            async with Citizen(pbx, NOTHING_KNOWN) as citizen:
                await citizen.dials()
                await citizen.is_answered()
                async with asyncio.timeout(MOMENTS):
                    await _passes(moment * STEP)
                await citizen.hangs_up()
        await becomes(lambda: line.statistics.calls == 0, "no story is left")
        await nothing_is_left(pbx)
        assert not failed
        assert line.statistics.failures == 0
        assert sum(left.values()) == MOMENTS
        assert len(left) >= 4, f"the moments were too much alike: {left}"
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def test_a_phone_stops_ringing_although_the_story_does_not_look(pbx: Pbx) -> None:
    """The story waits for the phone, not for the caller: no ghost legs all the same, within a second."""
    told: list[object] = []

    async def story(call: Call) -> None:
        await call.answer()
        async with call.ring(Target("201")) as leg:
            while not isinstance(event := await leg.next(), LegEnded):
                told.append(event)
            told.append(event)

    async with Phone(pbx, NOTHING_KNOWN, "201", Behaviour.NEVER_ANSWERS) as phone, serving(pbx, story):
        async with Citizen(pbx, NOTHING_KNOWN) as citizen:
            await citizen.dials()
            await becomes(lambda: told == [PhoneRings()], "the phone rings")
            began = asyncio.get_running_loop().time()
            await citizen.hangs_up()
            await phone.is_free()
            assert phone.stopped_at - began < 1.0
        await becomes(lambda: len(told) == 2, "the story is told")
        assert told == [PhoneRings(), LegEnded(Ended.STOPPED)]
        await nothing_is_left(pbx)


async def test_a_phone_that_forwards_is_not_followed(pbx: Pbx) -> None:
    """302: Asterisk would follow on its own; nothing of that is left, and no other phone rings."""
    arrivals = Arrivals()
    async with (
        Phone(pbx, NOTHING_KNOWN, "201", Behaviour.FORWARDS),
        serving(pbx, arrivals.story) as line,
        Citizen(pbx, NOTHING_KNOWN) as citizen,
    ):
        await citizen.dials()
        call = await arrivals.next()
        async with call.ring(Target("201")) as leg:
            assert await leg.next() == LegEnded(Ended.UNREACHABLE, "redirected")
        await becomes(lambda: len(pbx.channels()) == 1, "only the caller is there")
        await citizen.hangs_up()
        await becomes(lambda: line.statistics.calls == 0, "the call is over")
    await nothing_is_left(pbx)


async def _passes(seconds: float) -> None:
    """Let real time pass: when the caller leaves is what this test varies."""
    passed = asyncio.Event()
    asyncio.get_running_loop().call_later(seconds, passed.set)
    await passed.wait()
