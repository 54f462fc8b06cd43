"""Where every prompt stands, as the administrator is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from telephony.values import PromptName, Words
from telephony.voice.cached import CachedVoice
from telephony.voice.listing import Listed, Standing, survey
from tests.fakes.chirps import ChirpEngine
from tests.unit.voice.test_studio import record

GREETING = Words(PromptName("greeting"), "Dzień dobry.")


@pytest.fixture
def voice(tmp_path: Path) -> Iterator[CachedVoice]:
    (tmp_path / "overrides").mkdir()
    made = CachedVoice(tmp_path / "cache", tmp_path / "overrides", ChirpEngine())
    yield made
    made.close()


def one(voice: CachedVoice) -> Listed:
    (row,) = survey(voice, [GREETING])
    return row


def test_from_missing_to_synthesised_to_recorded_to_older(voice: CachedVoice, tmp_path: Path) -> None:
    assert one(voice) == Listed(GREETING, Standing.MISSING, None)
    assert one(voice).seconds is None

    clip = voice.render(GREETING)
    assert one(voice) == Listed(GREETING, Standing.SYNTHESISED, clip)
    assert one(voice).seconds == clip.seconds

    record(tmp_path / "overrides", "greeting")
    assert one(voice).standing is Standing.MISSING  # recorded, and not rendered for the telephone yet
    recorded = voice.render(GREETING)
    assert one(voice) == Listed(GREETING, Standing.RECORDED, recorded)

    (tmp_path / "overrides" / "greeting.txt").write_text("Dobry wieczór.")
    assert one(voice) == Listed(GREETING, Standing.OLDER, clip)
    assert one(voice).name == "greeting"


def test_an_unreadable_recording_is_named(voice: CachedVoice, tmp_path: Path) -> None:
    voice.render(GREETING)
    (tmp_path / "overrides" / "greeting.wav").write_bytes(b"nothing")
    assert one(voice).standing is Standing.UNREADABLE
