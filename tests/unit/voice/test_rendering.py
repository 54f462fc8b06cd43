"""An engine that hangs, dies or is slow: the call goes on, other calls wait for nothing, the service can end."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from telephony.errors import NoVoice
from telephony.values import PromptName, Words
from telephony.voice.cached import CachedVoice
from telephony.voice.choose import open_emergency
from telephony.voice.engine import Samples
from telephony.voice.rendering import MOST_WAITING, Renderers
from tests.fakes.chirps import ChirpEngine

PATIENCE = 0.2


def sentence(number: int) -> Words:
    """One of many sentences."""
    return Words(PromptName(f"sentence-{number}"), f"Zdanie {number}.")


class HangsEngine(ChirpEngine):
    """Never returns, until the test lets it."""

    def __init__(self) -> None:
        super().__init__()
        self.lets_go = threading.Event()

    def synth(self, text: str, voice: str, rate: float) -> tuple[Samples, int]:
        """Hang."""
        self.lets_go.wait(30)
        return super().synth(text, voice, rate)


class DiesEngine(ChirpEngine):
    """Breaks its promise: an error that nobody knows of."""

    def synth(self, text: str, voice: str, rate: float) -> tuple[Samples, int]:
        """Die."""
        raise RuntimeError("segmentation fault")


class OtherEngine(ChirpEngine):
    """The one that stands by."""

    id = "other"


@pytest.fixture
def hangs() -> Iterator[HangsEngine]:
    """An engine that hangs until the end of the test."""
    engine = HangsEngine()
    yield engine
    engine.lets_go.set()


async def test_the_emergency_voice_says_what_hangs(tmp_path: Path, hangs: HangsEngine) -> None:
    """After the patience of one call; the next calls wait for nothing."""
    emergency = CachedVoice(tmp_path, None, OtherEngine())
    voice = CachedVoice(tmp_path, None, hangs, patience=PATIENCE, emergency=emergency)
    first = await asyncio.gather(*(voice.clip(sentence(n)) for n in range(2)))
    patient: dict[int, float] = {}
    loop = asyncio.get_running_loop()
    for number in range(2, 40):
        began = loop.time()
        clip = await voice.clip(sentence(number))
        assert clip.path.with_suffix(".alaw").exists()
        patient[number] = loop.time() - began
    assert sorted(patient.values())[len(patient) // 2] < PATIENCE
    assert first[0].path != first[1].path
    hangs.lets_go.set()
    voice.close()


async def test_what_hung_is_said_by_the_voice_itself_when_it_is_well_again(
    tmp_path: Path, hangs: HangsEngine
) -> None:
    """Nothing of the emergency is kept in its place."""
    voice = CachedVoice(
        tmp_path, None, hangs, patience=PATIENCE, emergency=CachedVoice(tmp_path, None, OtherEngine())
    )
    in_emergency = await voice.clip(sentence(1))
    hangs.lets_go.set()
    voice.render(sentence(1))
    clip = await voice.clip(sentence(1))
    assert clip.path != in_emergency.path
    assert clip == voice.ready(sentence(1))
    voice.close()


async def test_a_sentence_on_disk_does_not_care(tmp_path: Path, hangs: HangsEngine) -> None:
    """What was rendered ahead is played, whatever the engine does."""
    known = CachedVoice(tmp_path, None, ChirpEngine())
    clip = known.render(sentence(0))
    voice = CachedVoice(tmp_path, None, hangs, patience=PATIENCE)
    for number in range(1, 10):
        with pytest.raises(NoVoice):
            await voice.clip(sentence(number))
    assert await voice.clip(sentence(0)) == clip
    hangs.lets_go.set()
    voice.close()
    known.close()


async def test_nothing_piles_up_behind_an_engine_that_hangs(tmp_path: Path, hangs: HangsEngine) -> None:
    """A thousand callers who want new sentences at once: most are told at once that there is no voice."""
    voice = CachedVoice(tmp_path, None, hangs, patience=PATIENCE)
    told = await asyncio.gather(*(voice.clip(sentence(n)) for n in range(1000)), return_exceptions=True)
    assert all(isinstance(one, NoVoice) for one in told)
    hangs.lets_go.set()
    voice.close()
    assert len(hangs.spoken) <= MOST_WAITING


async def test_an_engine_that_dies_is_no_voice(tmp_path: Path) -> None:
    """Whatever it raises: a story knows of NoVoice only."""
    voice = CachedVoice(tmp_path, None, DiesEngine())
    for number in range(5):
        with pytest.raises(NoVoice, match="the engine failed with RuntimeError"):
            await voice.clip(sentence(number))
    voice.close()
    stood_by = CachedVoice(tmp_path, None, DiesEngine(), emergency=CachedVoice(tmp_path, None, OtherEngine()))
    assert await stood_by.clip(sentence(1))
    stood_by.close()


async def test_a_slow_engine_is_waited_for_and_its_sentence_is_there_for_the_next(
    tmp_path: Path, hangs: HangsEngine
) -> None:
    """Slow is not sick, as long as patience lasts."""
    voice = CachedVoice(tmp_path, None, hangs, patience=20.0)
    wanted = asyncio.create_task(voice.clip(sentence(1)))
    await asyncio.sleep(0)
    hangs.lets_go.set()
    assert await wanted == voice.ready(sentence(1))
    voice.close()


def test_a_thread_that_comes_back_works_again() -> None:
    """Sick, and well again."""
    renderers = Renderers(1, sick_after=0.0)
    may_end, began = threading.Event(), threading.Event()

    def hang() -> int:
        began.set()
        may_end.wait(30)
        return 1

    hung = renderers.begin(hang)
    began.wait(10)
    assert renderers.sick
    with pytest.raises(NoVoice, match="hangs"):
        renderers.begin(lambda: 2)
    may_end.set()
    assert hung.result(10) == 1
    assert renderers.begin(lambda: 3).result(10) == 3
    renderers.close()


def test_an_engine_that_hangs_keeps_no_process_from_ending() -> None:
    """The service is stopped, and its threads with it."""
    program = (
        "import threading\n"
        "from telephony.voice import rendering\n"
        "rendering.CLOSING = 0.1\n"
        "renderers = rendering.Renderers(2, sick_after=1.0)\n"
        "began = threading.Event()\n"
        "renderers.begin(lambda: (began.set(), threading.Event().wait()))\n"
        "began.wait(10)\n"
        "renderers.close()\n"
        "print('ended')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=True
    )
    assert done.stdout == "ended\n"


def test_the_emergency_stands_by_where_it_is_installed(tmp_path: Path) -> None:
    """In both languages; where it is not, the line goes on without."""

    def missing(_: object) -> ChirpEngine:
        raise NoVoice("espeak-ng is not installed")

    assert open_emergency(tmp_path, missing) is None
    voice = open_emergency(tmp_path)
    assert voice is not None
    clips = [
        voice.render(Words(PromptName("hello"), text, code))
        for text, code in (("Dzień", "pl"), ("Day", "en"))
    ]
    assert clips[0].path != clips[1].path
    voice.close()
