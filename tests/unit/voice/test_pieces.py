"""A sentence of two languages: each said by its own voice, all of it one clip."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from telephony.values import PromptName, Span, Words
from telephony.voice.cached import CachedVoice
from telephony.voice.engine import Samples
from telephony.voice.narrator import Narrator
from telephony.voice.pieces import AFTER_COMMA, PAUSE, Piece, joined, pieces
from telephony.voice.sound import ACTIVE_DBFS, active_level
from telephony.voice.store import key_of
from tests.fakes.chirps import RATE, ChirpEngine, burst


def words(text: str, *names: str) -> Words:
    """An English sentence with Polish names in it."""
    spans = tuple(Span(at := text.index(name), at + len(name), "pl") for name in names)
    return Words(PromptName("announce"), text, "en", spans)


ANNOUNCED = words(
    "Connecting you to Anna Przykładowa, Urząd Stanu Cywilnego. Please hold.",
    "Anna Przykładowa",
    "Urząd Stanu Cywilnego",
)
HOLD = Words(PromptName("hold"), "Please hold.", "en")


class EnglishChirps(ChirpEngine):
    """Another engine, for English."""

    id = "english chirps"


@pytest.mark.parametrize(
    ("sentence", "cut"),
    [
        (
            ANNOUNCED,
            [
                ("Connecting you to", "en"),
                ("Anna Przykładowa, Urząd Stanu Cywilnego.", "pl"),
                ("Please hold.", "en"),
            ],
        ),
        (words("Śluby: two.", "Śluby"), [("Śluby:", "pl"), ("two.", "en")]),
        (
            words("In Polish: Kasa nieczynna.", "Kasa nieczynna."),
            [("In Polish:", "en"), ("Kasa nieczynna.", "pl")],
        ),
        (words("… Anna!", "Anna"), [("… Anna!", "pl")]),
        (words("Anna", "Anna"), [("Anna", "pl")]),
        (HOLD, [("Please hold.", "en")]),
    ],
)
def test_a_sign_goes_with_the_words_before_it(sentence: Words, cut: list[tuple[str, str]]) -> None:
    assert [(piece.text, piece.language) for piece in pieces(sentence)] == cut


def loud(samples: Samples, times: float) -> Samples:
    changed: Samples = np.rint(samples * times).astype(np.int16)
    return changed


def test_pieces_come_at_one_level_with_pauses_between() -> None:
    quiet, middle, full = burst("one"), burst("two"), burst("three")
    lengths = len(quiet) + len(middle) + len(full)
    spoken = [
        (Piece("One,", "en"), loud(quiet, 0.1), RATE),
        (Piece("two", "pl"), middle, RATE),
        (Piece("three.", "en"), loud(full, 0.5), RATE),
    ]
    samples, hertz = joined(spoken)
    sound = samples.astype(np.float64) / 32768
    assert hertz == RATE
    assert len(samples) == pytest.approx(lengths + (AFTER_COMMA + PAUSE) * RATE, abs=0.06 * RATE)
    for part in (sound[: len(quiet) - 800], sound[-len(full) + 800 :]):
        assert active_level(part, RATE) == pytest.approx(ACTIVE_DBFS, abs=1)


def test_pieces_of_different_rates_are_joined_at_the_higher() -> None:
    spoken = [(Piece("One", "en"), burst("one"), RATE), (Piece("two", "pl"), burst("two")[::2], RATE // 2)]
    samples, hertz = joined(spoken)
    assert hertz == RATE
    assert len(samples) / hertz == pytest.approx(
        len(burst("one")) / RATE + len(burst("two")) / RATE, abs=0.15
    )


@pytest.fixture
def engines() -> tuple[ChirpEngine, EnglishChirps]:
    return ChirpEngine(), EnglishChirps()


@pytest.fixture
def voice(tmp_path: Path, engines: tuple[ChirpEngine, EnglishChirps]) -> Iterator[CachedVoice]:
    made = CachedVoice(tmp_path, None, engines[0], others={"en": Narrator(engines[1], "chirp")})
    yield made
    made.close()


async def test_each_language_has_its_voice_and_the_sentence_one_clip(
    voice: CachedVoice, engines: tuple[ChirpEngine, EnglishChirps]
) -> None:
    clip = await voice.clip(ANNOUNCED)
    assert engines[0].spoken == ["Anna Przykładowa, Urząd Stanu Cywilnego."]
    assert engines[1].spoken == ["Connecting you to", "Please hold."]
    assert await voice.clip(ANNOUNCED) == clip == voice.ready(ANNOUNCED)
    assert clip.seconds > 0.45
    origin = voice.store.origin(clip.path)
    assert origin is not None
    assert (origin.text, origin.language) == (ANNOUNCED.text, "en")


async def test_a_sentence_of_one_language_is_one_piece(
    voice: CachedVoice, engines: tuple[ChirpEngine, EnglishChirps]
) -> None:
    await voice.clip(HOLD)
    await voice.clip(Words(PromptName("hold"), "Proszę czekać."))
    assert (engines[0].spoken, engines[1].spoken) == (["Proszę czekać."], ["Please hold."])


async def test_where_nobody_speaks_english_the_sentence_is_read_whole(tmp_path: Path) -> None:
    engine = ChirpEngine()
    only = CachedVoice(tmp_path, None, engine)
    await only.clip(ANNOUNCED)
    only.close()
    assert engine.spoken == [ANNOUNCED.text]


async def test_polish_clips_keep_their_names(voice: CachedVoice) -> None:
    """The name of a clip is what it was before there was English: nothing is rendered again."""
    clip = await voice.clip(Words(PromptName("hold"), "Proszę  czekać."))
    assert clip.path.name == key_of("1", "chirps 1, chirp, rate 1", "pl", "Proszę czekać.")
