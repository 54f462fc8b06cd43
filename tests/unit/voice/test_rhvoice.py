"""The real RHVoice, as `script/setup` installs it."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from telephony.errors import NoVoice
from telephony.values import PromptName, Words
from telephony.voice.cached import CachedVoice
from telephony.voice.engine import VoiceRefused
from telephony.voice.phrases import PAUSES
from telephony.voice.rhvoice import RHVoice
from telephony.voice.sound import ACTIVE_DBFS, PEAK_DBFS, active_level
from telephony.voice.tongues import ENGLISH, POLISH

SENTENCE = "Dzień dobry. Urząd Miasta Piotrkowa Trybunalskiego, Biuro Obsługi Mieszkańców."


@pytest.fixture(scope="module")
def rhvoice() -> Iterator[RHVoice]:
    engine = RHVoice()
    yield engine
    engine.close()


def test_it_has_our_voices_natan_first(rhvoice: RHVoice) -> None:
    assert rhvoice.voices == ("Natan", "Alicja", "Michal", "Magda")
    assert rhvoice.version.startswith("1.")
    assert "Natan=" in rhvoice.version


def test_a_voice_whose_licence_forbids_it_is_refused(rhvoice: RHVoice) -> None:
    with pytest.raises(VoiceRefused, match="CC-BY-NC-ND"):
        rhvoice.synth("Dzień dobry.", "Cezary", 1.0)
    with pytest.raises(VoiceRefused, match="no voice Zosia here; use one of Natan"):
        rhvoice.synth("Dzień dobry.", "Zosia", 1.0)


@pytest.mark.parametrize("voice", ["Natan", "Alicja", "Michal", "Magda"])
def test_every_voice_speaks_for_as_long_as_people_do(rhvoice: RHVoice, voice: str) -> None:
    samples, rate = rhvoice.synth(SENTENCE, voice, 1.0)
    assert rate == 24000
    assert 3.5 < len(samples) / rate < 8


def test_two_processes_say_the_very_same(rhvoice: RHVoice) -> None:
    other = RHVoice()
    first, again, elsewhere = (
        engine.synth(SENTENCE, "Natan", 1.0)[0] for engine in (rhvoice, rhvoice, other)
    )
    other.close()
    assert np.array_equal(first, again)
    assert np.array_equal(first, elsewhere)


def test_it_pauses_between_sentences(rhvoice: RHVoice) -> None:
    lengths = [len(rhvoice.synth(text, "Natan", 1.0)[0]) for text in ("Raz.", "Dwa.", "Raz. Dwa.")]
    assert lengths[2] - lengths[0] - lengths[1] == round(PAUSES["."] * 24000)


def test_the_pace_is_a_setting(rhvoice: RHVoice) -> None:
    slow, normal, fast = (len(rhvoice.synth(SENTENCE, "Natan", rate)[0]) for rate in (0.7, 1.0, 1.4))
    assert slow > 1.25 * normal
    assert fast < 0.8 * normal


def test_our_dictionary_is_used(rhvoice: RHVoice) -> None:
    assert "ceidg/i" in POLISH.dictionary.read_text("utf-8")
    spelled, word = rhvoice.synth("ceidg", "Natan", 1.0)[0], rhvoice.synth("cejdg", "Natan", 1.0)[0]
    assert len(spelled) > 1.3 * len(word)


def test_threads_may_speak_at_once(rhvoice: RHVoice) -> None:
    texts = [f"{word}." for word in ("raz", "dwa", "trzy", "cztery", "pięć", "sześć")] * 2
    with ThreadPoolExecutor(4) as pool:
        spoken = list(pool.map(lambda text: rhvoice.synth(text, "Natan", 1.0)[0].tobytes(), texts))
    assert spoken[:6] == spoken[6:]
    assert len(set(spoken)) == 6


def test_english_has_voices_that_an_office_may_use() -> None:
    engine = RHVoice(ENGLISH)
    samples, rate = engine.synth("Connecting you to somebody. Please hold.", "Slt", 1.0)
    with pytest.raises(VoiceRefused, match="CC-BY-NC-ND"):
        engine.synth("Hello.", "Lyubov", 1.0)
    engine.close()
    assert engine.voices == ("Slt", "Clb", "Bdl", "Alan")
    assert 2 < len(samples) / rate < 5


def test_english_changes_no_polish_clip(rhvoice: RHVoice) -> None:
    assert "Slt" not in rhvoice.version


def our_speech_processes() -> set[int]:
    """The children of this process that run the worker."""
    children = {
        int(pid)
        for listed in Path("/proc/self/task").glob("*/children")
        for pid in listed.read_text().split()
    }
    return {pid for pid in children if "rhvoice_worker" in Path(f"/proc/{pid}/cmdline").read_text()}


def test_a_process_that_died_is_started_again(rhvoice: RHVoice) -> None:
    before = rhvoice.synth("Dzień dobry.", "Natan", 1.0)[0]
    processes = our_speech_processes()
    assert processes
    for process in processes:
        os.kill(process, signal.SIGKILL)
    assert len(rhvoice.synth("Do widzenia.", "Natan", 1.0)[0])
    assert np.array_equal(rhvoice.synth("Dzień dobry.", "Natan", 1.0)[0], before)
    assert our_speech_processes().isdisjoint(processes)


def test_a_hanging_process_is_given_up_and_replaced() -> None:
    before = our_speech_processes()
    engine = RHVoice(sentence_within=2.0)
    (process,) = our_speech_processes() - before
    os.kill(process, signal.SIGSTOP)
    assert len(engine.synth("Zupełnie nowe zdanie.", "Natan", 1.0)[0])
    assert process not in our_speech_processes()
    engine.close()
    assert our_speech_processes() <= before


@pytest.mark.parametrize("text", ["", "   ", "...", "–"])
def test_nothing_to_say_is_no_voice(rhvoice: RHVoice, text: str) -> None:
    with pytest.raises(NoVoice):
        rhvoice.synth(text, "Natan", 1.0)


@pytest.mark.parametrize(
    "text", ["<speak>a</speak>", "a\x00b", "日本語 i polski", "ab " * 150, "emoji 😀 i znak \u200b"]
)
def test_odd_texts_are_survived(rhvoice: RHVoice, text: str) -> None:
    samples, _ = rhvoice.synth(text, "Natan", 1.0)
    assert len(samples)


def test_a_closed_engine_is_no_voice() -> None:
    engine = RHVoice()
    engine.close()
    engine.close()
    with pytest.raises(NoVoice, match="closed"):
        engine.synth("Dzień dobry.", "Natan", 1.0)


async def test_a_prompt_comes_out_level_trimmed_and_the_same_twice(tmp_path: Path) -> None:
    words = Words(PromptName("greeting"), SENTENCE)
    contents = []
    for name in ("one", "two"):
        voice = CachedVoice(tmp_path / name, None, RHVoice(), voice="Natan", patience=30)
        clip = await voice.clip(words)
        voice.close()
        contents.append(
            [clip.path.with_suffix(suffix).read_bytes() for suffix in (".alaw", ".sln16", ".json")]
        )
    assert contents[0] == contents[1]
    sound = np.frombuffer(contents[0][1], dtype="<i2").astype(np.float64) / 32768
    assert active_level(sound, 16000) == pytest.approx(ACTIVE_DBFS, abs=0.5)
    assert 20 * np.log10(np.max(np.abs(sound))) <= PEAK_DBFS + 0.01
    loud = np.flatnonzero(np.abs(sound) > 0.01)
    assert 0.05 < loud[0] / 16000 < 0.15
    assert 0.17 < (len(sound) - loud[-1]) / 16000 < 0.30
