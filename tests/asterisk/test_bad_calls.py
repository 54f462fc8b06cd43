"""One bad call hurts nobody: beside each nuisance others go on talking, and are answered as fast as without it.

Side by side, on the same machine and in the same minute; the ratio is generous, because the machine is not quiet. What
these tests would catch is a call that waits for another one: seconds, not milliseconds.
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median

import pytest

from callflows.facts import StoryFailed
from callflows.outcomes import CallOutcome
from telephony.voice.cached import CachedVoice
from telephony.voice.engine import Samples
from tests.asterisk import nuisances
from tests.asterisk.nuisances import THE_HALL, Dialler, answers, goes_on
from tests.asterisk.raw_phone import RawPhone
from tests.asterisk.raw_sip import Party
from tests.fakes.behaviour import Behaviour
from tests.fakes.chirps import ChirpEngine
from tests.flows.town import DEL, town
from tests.office.desk import hear_each_other, open_desk, quick, with_a_clerk
from tests.office.fixtures import FAST, HURRIED, OpensOffice
from tests.office.office import a_moment, eventually
from tests.pbx.asterisk import CITY, Pbx
from tests.phones.sip.message import tag_in

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

LIMITS = {"calls_per_minute": 10.0, "calls_at_once": 6.0, "withheld_at_once": 20.0}
TIMES, MORE = 4.0, 5.0
"""With a nuisance the bystander is answered in so many times the time without it, and so many seconds more: whoever is
really kept waiting by it waits far longer. How little it costs, `benchmarks/bad_calls.py` measures."""


async def answered(pbx: Pbx) -> float:
    """How long a bystander waits for an answer, in seconds: the median of seven calls in two seconds."""
    return median(await asyncio.to_thread(answers, pbx, times=7, every=0.3))


async def hurts_nobody(pbx: Pbx, without: float) -> None:
    """A bystander is answered about as fast as without the nuisance that goes on now."""
    beside = await answered(pbx)
    assert beside <= TIMES * without + MORE, f"answered after {beside:.3f} s, without it {without:.3f} s"


@asynccontextmanager
async def again_and_again(act: Callable[[], Awaitable[object]]) -> AsyncIterator[list[int]]:
    """Somebody does it as fast as it goes, inside the block; gives how often, as the length of a list."""
    done: list[int] = []
    goes = asyncio.Event()
    goes.set()

    async def on_and_on() -> None:
        while goes.is_set():
            await act()
            done.append(len(done))

    task = asyncio.create_task(on_and_on(), name="a nuisance")
    try:
        yield done
    finally:
        goes.clear()
        await asyncio.wait({task})
    task.result()


async def test_one_number_that_dials_ten_times_a_second(opens_office: OpensOffice, pbx: Pbx) -> None:
    """Some of its calls hear the sentence, most the busy tone; two others talk, a third is answered as ever."""
    async with with_a_clerk(opens_office, in_english="", **LIMITS) as (desk, citizen, zofia):
        without = await answered(pbx)
        with Dialler(CITY, pbx.sip_port, user="601999999") as dialler:
            async with goes_on(lambda goes: dialler.dials_on(goes, per_second=10)):
                await hurts_nobody(pbx, without)
                await hear_each_other(citizen, zofia)
                await desk.screen.sees("call_ended", outcome="limited", times=30)
            assert dialler.answered <= 10 + 5 * 4
            assert dialler.refused > dialler.answered / 2
        await citizen.hangs_up()
        await zofia.is_free()

    assert {fact["why"] for fact in desk.screen.all("too_many_calls")} <= {"often", "at_once"}


async def test_the_sentence_is_heard(opens_office: OpensOffice) -> None:
    """Polish first, then English, each with the number for a crisis; the line puts down."""
    async with opens_office(town(**{**FAST, "calls_per_minute": 1})) as office:
        async with office.citizen(number="601234567") as citizen:
            await citizen.dials()
            await citizen.hears("greeting")
            await citizen.hangs_up()
        async with office.citizen(number="0048601234567") as again:
            await again.dials()
            for prompt in ("greeting", "too_many.often", "closed.crisis", "too_many.often", "closed.crisis"):
                await again.hears(prompt)
            await again.is_put_down()
        stories = await office.has_closed(2)

    assert [story.call.outcome for story in stories] == [CallOutcome.ABANDONED, CallOutcome.LIMITED]


async def test_stories_that_raise(opens_office: OpensOffice, pbx: Pbx) -> None:
    """A hall whose matter names a unit that is not there: each caller hears an apology, and nobody else notices."""
    hall = town(**FAST)
    broken = replace(hall, units={id_: unit for id_, unit in hall.units.items() if id_ != DEL})
    async with opens_office(broken) as office:
        async with office.phone("1003", behind_trunk=True) as ewa, office.citizen() as talker:
            await talker.dials()
            await talker.hears("greeting")
            await talker.presses("2")
            await ewa.answers()
            await hear_each_other(talker, ewa)
            without = await answered(pbx)

            async def fails() -> None:
                async with office.citizen(number="602222222") as unlucky:
                    await unlucky.dials()
                    await unlucky.hears("greeting")
                    await unlucky.presses("1")
                    await unlucky.hears("apology")
                    await unlucky.is_put_down()

            async with again_and_again(fails) as done:
                await hurts_nobody(pbx, without)
                await hear_each_other(talker, ewa)
                await eventually(lambda: len(done) >= 2, "two stories that fail")
            await talker.hangs_up()
        await office.is_at_rest()
        failed = [fact for story in await office.stories() for fact in story.facts]

    assert [fact for fact in failed if isinstance(fact.fact, StoryFailed)]


class Hangs(ChirpEngine):
    """An engine that speaks what is known ahead, and hangs on numbers that are read back."""

    def __init__(self) -> None:
        super().__init__()
        self.lets_go = threading.Event()

    def synth(self, text: str, voice: str, rate: float) -> tuple[Samples, int]:
        """Hang."""
        if "Oddzwonimy pod numer" in text:
            self.lets_go.wait(60)
        return super().synth(text, voice, rate)


class StandsBy(ChirpEngine):
    """The emergency."""

    id = "standing by"


async def test_a_voice_that_hangs(opens_office: OpensOffice, pbx: Pbx, tmp_path: Path) -> None:
    """The sentence is said by the voice that stands by; others are greeted as fast as ever."""
    engine = Hangs()
    emergency = CachedVoice(tmp_path / "clips", None, StandsBy())
    voice = CachedVoice(tmp_path / "clips", None, engine, patience=0.5, emergency=emergency)
    try:
        async with opens_office(town(**HURRIED), voice=voice) as office:
            without = await answered(pbx)

            async def orders(number: int) -> None:
                async with office.citizen(number=f"60111111{number}") as citizen:
                    await citizen.dials()
                    await citizen.hears("greeting")
                    await citizen.presses("1")
                    await citizen.hears("back.callback")
                    await citizen.presses("2")
                    await citizen.hears("callback.yours")
                    await citizen.presses("1")
                    await citizen.hears("callback.promised")
                    await citizen.is_put_down()

            async with asyncio.TaskGroup() as callers:
                for number in range(3):
                    callers.create_task(orders(number))
                await hurts_nobody(pbx, without)
            await office.is_at_rest()
            assert sorted(await office.tickets()) == [f"+4860111111{number}" for number in range(3)]
    finally:
        engine.lets_go.set()
        voice.close()


@pytest.mark.parametrize(
    "flood", [nuisances.floods_with_keys, nuisances.floods_with_info], ids=["rtp", "info"]
)
async def test_a_thousand_keys(opens_office: OpensOffice, pbx: Pbx, flood: Callable[..., None]) -> None:
    """In four seconds, from one caller: others talk on, and the caller is served like anybody afterwards."""
    async with with_a_clerk(opens_office) as (desk, citizen, zofia):
        without = await answered(pbx)
        with Party(CITY, pbx.sip_port, user="601888888") as mad:
            answer = await asyncio.to_thread(mad.calls, THE_HALL, "keys")
            named = (answer,) if flood is nuisances.floods_with_keys else ("keys", answer)
            async with asyncio.TaskGroup() as beside:
                beside.create_task(asyncio.to_thread(flood, mad, *named, keys=1000, seconds=4.0))
                await hurts_nobody(pbx, without)
                await hear_each_other(citizen, zofia)
            mad.request("BYE", "keys", to=THE_HALL, tag=tag_in(answer.get("To")))
        await citizen.hangs_up()
        await zofia.is_free()
    assert desk.screen.all("story_failed") == []


async def test_a_caller_who_hangs_up_as_soon_as_answered(opens_office: OpensOffice, pbx: Pbx) -> None:
    """Call, answer, BYE, as fast as it goes, without a limit: nothing is left of it, and nobody waits for it."""
    async with with_a_clerk(opens_office) as (desk, citizen, zofia):
        without = await answered(pbx)
        with Party(CITY, pbx.sip_port, user="601777777") as mad:
            async with goes_on(nuisances.answers_and_drops(mad)):
                await hurts_nobody(pbx, without)
                await hear_each_other(citizen, zofia)
        await citizen.hangs_up()
        await zofia.is_free()
    assert desk.screen.all("story_failed") == []


async def test_a_clerks_phone_that_answers_and_puts_down(opens_office: OpensOffice, pbx: Pbx) -> None:
    """After two the clerk is away, and the caller is called back; who calls meanwhile is answered as ever."""
    async with open_desk(opens_office(quick())) as desk:
        without = await answered(pbx)
        bad = await desk.on_duty("1101", Behaviour.HANGS_UP_AT_ONCE, after=0.0)
        waiting = await desk.waits()
        await desk.screen.sees("presence_changed", clerk="zofia", presence="away", why="missed_too_often")
        await hurts_nobody(pbx, without)
        await waiting.hears("callback.promised")
        await waiting.is_put_down()
        assert bad.times_rung == 2


async def test_hold_and_unhold_without_end(opens_office: OpensOffice, pbx: Pbx) -> None:
    """A clerk's phone that holds and resumes as fast as the PBX agrees: two others talk on."""
    async with with_a_clerk(opens_office) as (desk, citizen, zofia):
        without = await answered(pbx)

        async def flutters() -> None:
            await zofia.holds()
            await zofia.resumes()

        async with again_and_again(flutters) as done:
            await hurts_nobody(pbx, without)
            await eventually(lambda: len(done) >= 50, "fifty holds")
        await zofia.resumes()
        await hear_each_other(citizen, zofia)
        await citizen.hangs_up()
        await zofia.is_free()
    assert desk.screen.all("story_failed") == []


async def test_transfers_asked_for_without_end(opens_office: OpensOffice, pbx: Pbx) -> None:
    """REFER after REFER to nowhere: refused when the phone pauses, the two talk on, and so do all others.

    Fifty as fast as it goes, then twenty a second: a phone that goes on faster is put down (`tests/unit/ari`).
    """
    async with with_a_clerk(opens_office) as (desk, citizen, zofia):
        without = await answered(pbx)
        for _ in range(50):
            await zofia.refers("nonsense")

        async def asks() -> None:
            await zofia.refers("nonsense")
            await a_moment()

        async with again_and_again(asks):
            await hurts_nobody(pbx, without)
        await zofia.is_told("503")
        await hear_each_other(citizen, zofia)
        await citizen.hangs_up()
        await zofia.is_free()
    assert desk.screen.all("story_failed") == []


async def test_a_phone_whose_registration_flaps(opens_office: OpensOffice, pbx: Pbx) -> None:
    """REGISTER after REGISTER: a clerk beside it talks on, and callers are answered."""
    async with with_a_clerk(opens_office) as (_, citizen, zofia):
        without = await answered(pbx)
        await asyncio.to_thread(pbx.add_phones, "1102")
        with RawPhone("127.0.0.1", pbx.sip_port, user="1102") as phone:
            async with goes_on(nuisances.flaps(phone, pbx.phones["1102"])):
                await hurts_nobody(pbx, without)
                await hear_each_other(citizen, zofia)
        await citizen.hangs_up()
        await zofia.is_free()
