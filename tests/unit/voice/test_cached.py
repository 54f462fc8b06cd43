"""The voice of the line: every sentence made once, from the cache afterwards, recordings first."""

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from telephony.errors import NoVoice
from telephony.values import PromptName, Words
from telephony.voice.cached import CachedVoice
from telephony.voice.engine import Samples, TTSEngine, VoiceRefused
from telephony.voice.port import Source
from tests.fakes.chirps import ChirpEngine
from tests.unit.voice.test_studio import record

GREETING = Words(PromptName("greeting"), "Dzień dobry.")
AGAIN = Words(PromptName("hello"), "  Dzień   dobry. ")
OTHER = Words(PromptName("goodbye"), "Do widzenia.")


class HeldEngine(ChirpEngine):
    """Speaks only when the test lets it."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = threading.Event()
        self.may_speak = threading.Event()

    def synth(self, text: str, voice: str, rate: float) -> tuple[Samples, int]:
        samples = super().synth(text, voice, rate)
        self.asked.set()
        assert self.may_speak.wait(10)
        return samples


class MuteEngine(ChirpEngine):
    """Cannot speak at all."""

    def synth(self, text: str, voice: str, rate: float) -> tuple[Samples, int]:
        raise NoVoice("hoarse")


class NewerEngine(ChirpEngine):
    """The same engine after an upgrade."""

    version = "2"


class Place:
    """A cache, a folder of recordings, and every voice opened on them."""

    def __init__(self, folder: Path) -> None:
        self.cache, self.overrides = folder / "cache", folder / "overrides"
        self.overrides.mkdir()
        self._open: list[CachedVoice] = []

    def voice(self, engine: TTSEngine | None, *, rate: float = 1.0, patience: float = 5.0) -> CachedVoice:
        voice = CachedVoice(self.cache, self.overrides, engine, rate=rate, patience=patience)
        self._open.append(voice)
        return voice

    def close(self) -> None:
        for voice in self._open:
            voice.close()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path)
    yield made
    made.close()


async def test_a_sentence_is_made_once(place: Place) -> None:
    engine = ChirpEngine()
    voice = place.voice(engine)
    assert voice.ready(GREETING) is None
    first, second, spaced = await voice.clip(GREETING), await voice.clip(GREETING), await voice.clip(AGAIN)
    assert first == second == spaced == voice.ready(GREETING)
    assert engine.spoken == ["Dzień dobry."]
    assert first.source is Source.SYNTHESISED
    assert first.path.with_suffix(".alaw").stat().st_size == int(first.seconds * 8000)
    assert first.path.is_absolute()


async def test_another_process_finds_it(place: Place) -> None:
    clip = await place.voice(ChirpEngine()).clip(GREETING)
    assert place.voice(ChirpEngine()).ready(GREETING) == clip


async def test_twenty_who_want_it_at_once_share_one_rendering(place: Place) -> None:
    engine = HeldEngine()
    voice = place.voice(engine)
    wanted = [asyncio.create_task(voice.clip(GREETING)) for _ in range(20)]
    await asyncio.to_thread(engine.asked.wait, 10)
    engine.may_speak.set()
    assert len(set(await asyncio.gather(*wanted))) == 1
    assert engine.spoken == ["Dzień dobry."]


def test_threads_that_render_ahead_share_it_too(place: Place) -> None:
    engine = HeldEngine()
    voice = place.voice(engine)
    with ThreadPoolExecutor(8) as pool:
        wanted = [pool.submit(voice.render, GREETING) for _ in range(8)]
        engine.may_speak.set()
        assert len({future.result() for future in wanted}) == 1
    assert engine.spoken == ["Dzień dobry."]


async def test_who_leaves_takes_the_clip_from_nobody(place: Place) -> None:
    engine = HeldEngine()
    voice = place.voice(engine)
    leaves, stays = asyncio.create_task(voice.clip(GREETING)), asyncio.create_task(voice.clip(GREETING))
    await asyncio.to_thread(engine.asked.wait, 10)
    leaves.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaves
    engine.may_speak.set()
    assert await stays == voice.ready(GREETING)


async def test_a_call_does_not_wait_for_ever_and_the_next_one_has_it(place: Place) -> None:
    engine = HeldEngine()
    voice = place.voice(engine, patience=0.01)
    with pytest.raises(NoVoice, match="greeting was not rendered within"):
        await voice.clip(GREETING)
    engine.may_speak.set()
    voice.render(GREETING)
    assert await voice.clip(GREETING)
    assert engine.spoken == ["Dzień dobry."]


@pytest.mark.parametrize("lost", [".alaw", ".sln16"])
async def test_a_clip_deleted_meanwhile_is_made_again(place: Place, lost: str) -> None:
    engine = ChirpEngine()
    voice = place.voice(engine)
    clip = await voice.clip(GREETING)
    content = clip.path.with_suffix(lost).read_bytes()
    clip.path.with_suffix(lost).unlink()
    assert voice.ready(GREETING) is None
    assert await voice.clip(GREETING) == clip
    assert clip.path.with_suffix(lost).read_bytes() == content
    assert len(engine.spoken) == 2


async def test_rendering_is_byte_identical_twice(tmp_path: Path) -> None:
    contents = []
    for name in ("one", "two"):
        voice = CachedVoice(tmp_path / name, None, ChirpEngine())
        clip = await voice.clip(GREETING)
        voice.close()
        contents.append({path.name: path.read_bytes() for path in clip.path.parent.iterdir()})
    assert contents[0] == contents[1]
    assert len(contents[0]) == 3


async def test_whatever_changes_the_sound_makes_another_clip(place: Place) -> None:
    clips = [
        await place.voice(ChirpEngine()).clip(GREETING),
        await place.voice(ChirpEngine()).clip(OTHER),
        await place.voice(ChirpEngine(), rate=1.2).clip(GREETING),
        await place.voice(NewerEngine()).clip(GREETING),
        await place.voice(ChirpEngine()).clip(Words(GREETING.name, GREETING.text, "uk")),
    ]
    assert len({clip.path for clip in clips}) == len(clips)


async def test_a_recording_wins(place: Place) -> None:
    engine = ChirpEngine()
    voice = place.voice(engine)
    await voice.clip(GREETING)
    record(place.overrides, "greeting", seconds=0.5)
    clip = await voice.clip(GREETING)
    assert clip.source is Source.RECORDED
    assert clip.seconds == pytest.approx(0.5 + 0.24, abs=0.06)
    assert clip == voice.ready(GREETING)
    assert engine.spoken == ["Dzień dobry."]
    assert (await voice.clip(OTHER)).source is Source.SYNTHESISED


async def test_a_recording_of_other_words_does_not(place: Place) -> None:
    record(place.overrides, "greeting")
    (place.overrides / "greeting.txt").write_text("Dobry wieczór.")
    assert (await place.voice(ChirpEngine()).clip(GREETING)).source is Source.SYNTHESISED


async def test_a_spoilt_recording_leaves_the_word_to_the_engine(place: Place) -> None:
    (place.overrides / "greeting.wav").write_bytes(b"nothing")
    assert (await place.voice(ChirpEngine()).clip(GREETING)).source is Source.SYNTHESISED


async def test_recordings_speak_without_any_engine(place: Place) -> None:
    record(place.overrides, "greeting")
    voice = place.voice(None)
    assert (await voice.clip(GREETING)).source is Source.RECORDED
    with pytest.raises(NoVoice, match="goodbye"):
        await voice.clip(OTHER)
    with pytest.raises(NoVoice, match="goodbye"):
        voice.render(OTHER)


async def test_an_engine_that_cannot_speak_is_no_voice_and_is_asked_again(place: Place) -> None:
    voice = place.voice(MuteEngine())
    for _ in range(2):
        with pytest.raises(NoVoice, match="hoarse"):
            await voice.clip(GREETING)


async def test_a_disk_that_cannot_be_written_is_no_voice(place: Place) -> None:
    place.cache.write_text("in the way")
    with pytest.raises(NoVoice, match="greeting could not be rendered"):
        await place.voice(ChirpEngine()).clip(GREETING)


async def test_what_is_rendered_ahead_is_kept_and_what_a_call_made_is_not(place: Place) -> None:
    voice = place.voice(ChirpEngine())
    ahead, in_call = voice.render(GREETING), await voice.clip(OTHER)
    known = voice.store.origin(ahead.path)
    passing = voice.store.origin(in_call.path)
    assert known is not None
    assert passing is not None
    assert (known.kept, passing.kept) == (True, False)
    assert (known.names, known.text, known.source) == (("greeting",), "Dzień dobry.", "synthesised")
    assert known.made_by == "chirps 1, chirp, rate 1"
    voice.render(AGAIN)
    voice.render(OTHER)
    traced = voice.store.origin(ahead.path), voice.store.origin(in_call.path)
    assert traced[0] is not None
    assert traced[0].names == ("greeting", "hello")
    assert traced[1] is not None
    assert traced[1].kept


def test_a_voice_that_the_engine_has_not_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VoiceRefused, match="no voice Cezary"):
        CachedVoice(tmp_path, None, ChirpEngine(), voice="Cezary")
