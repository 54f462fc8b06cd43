"""Which engine speaks: as asked, or the best there is, and never in silence about it."""

import logging
from pathlib import Path
from typing import NoReturn

import pytest

from telephony.errors import NoVoice
from telephony.voice.choose import choose_engine, choose_english, open_voice
from telephony.voice.engine import VoiceRefused
from telephony.voice.tongues import Tongue
from tests.fakes.chirps import ChirpEngine


def not_installed(_: Tongue) -> NoReturn:
    raise NoVoice("RHVoice does not start: libRHVoice.so.5 is missing")


def chirps(_: Tongue) -> ChirpEngine:
    return ChirpEngine()


def test_rhvoice_with_natan_is_the_best() -> None:
    engine, voice = choose_engine()
    engine.close()
    assert (engine.id, voice) == ("rhvoice", "Natan")


def test_without_it_the_emergency_speaks_and_the_log_says_so(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        engine, voice = choose_engine("auto", "Alicja", best=not_installed, emergency=chirps)
    assert (engine.id, voice) == ("chirps", "chirp")
    assert "libRHVoice.so.5 is missing; the emergency voice speaks instead" in caplog.text


def test_an_engine_asked_for_by_name_is_not_replaced() -> None:
    with pytest.raises(NoVoice, match="missing"):
        choose_engine("rhvoice", "Natan", best=not_installed, emergency=chirps)


def test_with_no_engine_at_all_there_is_no_voice() -> None:
    with pytest.raises(NoVoice):
        choose_engine("auto", "Natan", best=not_installed, emergency=not_installed)


@pytest.mark.parametrize("engine", ["auto", "rhvoice", "espeak", "silent"])
def test_a_refused_voice_is_refused_before_anything_starts(engine: str) -> None:
    with pytest.raises(VoiceRefused, match="CC-BY-NC-ND"):
        choose_engine(engine, "Cezary", best=not_installed, emergency=not_installed)


def test_a_voice_that_is_not_there_is_one_sentence() -> None:
    with pytest.raises(VoiceRefused, match=r"RHVoice has no voice Zosia here; use one of Natan"):
        choose_engine("auto", "Zosia")


@pytest.mark.parametrize(("name", "voice"), [("espeak", "pl"), ("silent", "silence")])
def test_other_engines_speak_with_their_own_voice(name: str, voice: str) -> None:
    engine, chosen = choose_engine(name, "Natan")
    engine.close()
    assert (engine.id, chosen) == (name, voice)


def test_english_has_an_engine_and_a_voice_of_its_own() -> None:
    others = choose_english("auto")
    (speaks,) = others.values()
    speaks.engine.close()
    assert (list(others), speaks.engine.id, speaks.voice) == (["en"], "rhvoice", "Slt")


def test_without_it_espeak_reads_english(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        others = choose_english("rhvoice", best=not_installed)
    assert (others["en"].engine.id, others["en"].voice) == ("espeak", "en")
    assert "the emergency voice speaks instead" in caplog.text


def test_a_line_without_any_english_voice_is_a_line(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert choose_english("auto", best=not_installed, emergency=not_installed) == {}
    assert "the Polish voice reads the English sentences" in caplog.text


@pytest.mark.parametrize("voice", ["Evgeniy-Eng", "Lyubov"])
def test_an_english_voice_whose_licence_forbids_it_is_refused(voice: str, tmp_path: Path) -> None:
    with pytest.raises(VoiceRefused, match="CC-BY-NC-ND"):
        open_voice(tmp_path, None, engine="silent", voice="Natan", rate=1.0, english=voice)


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(NoVoice, match="festival"):
        choose_engine("festival")


def test_the_silent_engine_is_silent_for_as_long_as_speech(tmp_path: Path) -> None:
    voice = open_voice(tmp_path, None, engine="silent", voice="Natan", rate=1.0)
    voice.close()
    samples, rate = choose_engine("silent")[0].synth("x" * 28, "silence", 1.0)
    assert (len(samples) / rate, set(samples)) == (2.0, {0})
    with pytest.raises(VoiceRefused):
        choose_engine("silent")[0].synth("x", "Natan", 1.0)
