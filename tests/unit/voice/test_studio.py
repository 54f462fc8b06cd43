"""Studio recordings: played while they say the words, noticed when they no longer do."""

import logging
from pathlib import Path

import numpy as np
import pytest
import soundfile

from telephony.values import PromptName, Words
from telephony.voice.studio import Recorded, Studio, recorded_as, same_words

GREETING = Words(PromptName("greeting"), "Dzień dobry, Urząd Miasta.")
CHANGED = Words(PromptName("greeting"), "Dobry wieczór, Urząd Miasta.")
REPUNCTUATED = Words(PromptName("greeting"), "Dzień dobry. Urząd miasta!")


def record(folder: Path, name: str, seconds: float = 0.5) -> Path:
    """Deliver a recording, as a studio would: 48 kHz, stereo."""
    path = folder / f"{name}.wav"
    hum = np.sin(np.arange(int(48000 * seconds)) / 30) * 0.3
    soundfile.write(path, np.column_stack([hum, hum]), 48000)
    return path


def test_without_a_recording_there_is_none(tmp_path: Path) -> None:
    for folder in (None, tmp_path, tmp_path / "not there"):
        studio = Studio(folder)
        assert studio.standing(GREETING) is Recorded.NONE
        assert studio.recording(GREETING) is None
        assert studio.strangers(["greeting"]) == ()


def test_a_recording_notes_the_words_it_says(tmp_path: Path) -> None:
    record(tmp_path, "greeting")
    studio = Studio(tmp_path)
    assert studio.standing(GREETING) is Recorded.CURRENT
    recording = studio.recording(GREETING)
    assert recording is not None
    assert (tmp_path / "greeting.txt").read_text("utf-8") == "Dzień dobry, Urząd Miasta.\n"
    samples, rate = studio.samples(recording)
    assert (rate, len(samples)) == (48000, 24000)


def test_changed_words_are_noticed_and_the_recording_is_not_played(tmp_path: Path) -> None:
    record(tmp_path, "greeting")
    Studio(tmp_path).recording(GREETING)
    studio = Studio(tmp_path)
    assert studio.standing(CHANGED) is Recorded.OLDER
    assert studio.recording(CHANGED) is None
    assert studio.standing(REPUNCTUATED) is Recorded.CURRENT
    (tmp_path / "greeting.txt").unlink()
    assert studio.recording(CHANGED) is not None


def test_a_note_delivered_with_the_recording_counts(tmp_path: Path) -> None:
    record(tmp_path, "greeting")
    (tmp_path / "greeting.txt").write_text("dobry wieczór\nurząd miasta")
    assert Studio(tmp_path).standing(GREETING) is Recorded.OLDER
    assert Studio(tmp_path).standing(CHANGED) is Recorded.CURRENT


def test_a_new_recording_is_seen_at_once(tmp_path: Path) -> None:
    record(tmp_path, "greeting")
    studio = Studio(tmp_path)
    first = studio.recording(GREETING)
    record(tmp_path, "greeting", seconds=0.7)
    second = studio.recording(GREETING)
    assert first is not None
    assert second is not None
    assert first.fingerprint != second.fingerprint
    (tmp_path / "greeting.wav").unlink()
    assert studio.recording(GREETING) is None


def test_a_spoilt_file_is_named_in_the_log_and_not_played(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "greeting.wav").write_bytes(b"MP3, in truth")
    studio = Studio(tmp_path)
    with caplog.at_level(logging.WARNING):
        assert studio.standing(GREETING) is Recorded.UNREADABLE
        assert studio.recording(GREETING) is None
    assert len([line for line in caplog.messages if "greeting.wav" in line]) == 1


def test_a_folder_that_cannot_be_written_is_no_hindrance(tmp_path: Path) -> None:
    record(tmp_path, "greeting")
    (tmp_path / "greeting.txt").mkdir()  # stands in the way of the note, for root too
    studio = Studio(tmp_path)
    assert studio.recording(GREETING) is not None
    assert studio.standing(CHANGED) is Recorded.OLDER


@pytest.mark.parametrize("name", ["../greeting", "a/b", ".hidden", "", "/etc/passwd"])
def test_a_name_never_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "overrides"
    folder.mkdir()
    record(tmp_path, "greeting")
    assert Studio(folder).standing(Words(PromptName(name), "x")) is Recorded.NONE


def test_recordings_of_no_prompt_are_found(tmp_path: Path) -> None:
    record(tmp_path, "greeting")
    (tmp_path / "en").mkdir()
    record(tmp_path, "en/greeting")
    strangers = [record(tmp_path, "en/goodbye"), record(tmp_path, "greting")]
    assert Studio(tmp_path).strangers(["greeting", "en/greeting"]) == tuple(strangers)


def test_english_is_recorded_in_a_folder_of_its_own(tmp_path: Path) -> None:
    hello = Words(GREETING.name, "Hello, city hall.", "en")
    record(tmp_path, "greeting")
    studio = Studio(tmp_path)
    assert studio.recording(GREETING) is not None
    assert studio.standing(hello) is Recorded.NONE
    (tmp_path / "en").mkdir()
    path = record(tmp_path, "en/greeting")
    found = studio.recording(hello)
    assert found is not None
    assert found.path == path
    assert (tmp_path / "en" / "greeting.txt").read_text("utf-8") == "Hello, city hall.\n"
    assert recorded_as(hello) == "en/greeting"


def test_a_language_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "overrides"
    folder.mkdir()
    record(tmp_path, "greeting")
    assert Studio(folder).standing(Words(GREETING.name, "x", "..")) is Recorded.NONE


def test_names_may_have_dots(tmp_path: Path) -> None:
    record(tmp_path, "reason.no_answer")
    words = Words(PromptName("reason.no_answer"), "Nikt nie odebrał telefonu.")
    assert Studio(tmp_path).recording(words) is not None
    assert (tmp_path / "reason.no_answer.txt").exists()


def test_signs_and_capitals_are_not_heard() -> None:
    assert same_words("Tak: jeden; nie, dwa.", "tak jeden nie dwa")
    assert not same_words("ósma", "osma")
