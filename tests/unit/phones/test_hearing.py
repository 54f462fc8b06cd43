"""Hearing recognises prompts in a recording as a careful listener would, and invents none."""

import numpy as np
import pytest

from tests.phones.clipbook import Clipbook
from tests.phones.g711 import RATE, Codec, Samples, tone
from tests.phones.hearing import Heard, Hearing
from tests.unit.phones.sounds import SILENCE, chirp, sentence, through_the_network

Named = dict[str, Samples]

CHIRPS: Named = {f"chirp-{number}": chirp(number) for number in range(120)}
SENTENCES: Named = {
    **{
        f"connecting-{name}-{unit}": sentence(1, 2, name, unit)
        for name in range(10, 18)
        for unit in range(20, 24)
    },
    **{f"matter-{number}": sentence(number, number + 1, number + 2) for number in range(100, 160)},
    "good-day": sentence(5),
    "good-day-hall": sentence(5, 6, 7),
    "good-day-hall-how-can-we-help": sentence(5, 6, 7, 8, 9),
}


@pytest.fixture(scope="module")
def book() -> Clipbook:
    """Two hundred sounds: chirps and sentences, many of which begin alike."""
    book = Clipbook()
    for name, samples in {**CHIRPS, **SENTENCES}.items():
        book.add(name, through_the_network(samples))
    return book


def listened(book: Clipbook, *parts: Samples, at_once: int = 800) -> list[Heard]:
    """What a live listener hears, who is given 100 ms at a time."""
    recording = np.concatenate(parts)
    hearing = Hearing(book)
    for start in range(0, len(recording), at_once):
        hearing.listen(recording[start : start + at_once])
    hearing.finish()
    return hearing.heard


def names(heard: list[Heard]) -> list[str]:
    return [one.prompt for one in heard]


@pytest.mark.parametrize("at_once", [160, 800, 8000, 10**9])
def test_hears_every_prompt_in_order_and_when(book: Clipbook, at_once: int) -> None:
    random = np.random.default_rng(1)
    played = list({**dict(list(CHIRPS.items())[:40]), **dict(list(SENTENCES.items())[::3])}.items())
    random.shuffle(played)
    parts: list[Samples] = []
    begins: list[float] = []
    for _, samples in played:
        parts.append(np.zeros(int(random.integers(0, RATE)), dtype=np.int16))
        begins.append(sum(map(len, parts)) / RATE)
        parts.append(through_the_network(samples))

    heard = listened(book, *parts, at_once=at_once)

    assert names(heard) == [name for name, _ in played]
    assert [one.at for one in heard] == pytest.approx(begins, abs=0.1)
    assert all(one.whole and one.score > 0.99 for one in heard)


def test_prompts_without_a_pause_between_them(book: Clipbook) -> None:
    played = ["good-day", "chirp-3", "good-day-hall", "chirp-4", "chirp-5", "matter-100", "good-day"]
    heard = listened(book, *(through_the_network({**CHIRPS, **SENTENCES}[name]) for name in played))
    assert names(heard) == played
    assert all(one.whole for one in heard)


@pytest.mark.parametrize("name", ["good-day", "good-day-hall", "good-day-hall-how-can-we-help"])
def test_sentences_that_begin_alike_are_told_apart(book: Clipbook, name: str) -> None:
    heard = listened(book, SILENCE, through_the_network(SENTENCES[name]), SILENCE)
    assert names(heard) == [name]
    assert heard[0].whole


def test_a_cut_prompt_is_known_as_cut(book: Clipbook) -> None:
    spoken = through_the_network(SENTENCES["matter-110"])
    half = spoken[: len(spoken) // 2]
    (heard,) = listened(book, SILENCE, half, SILENCE)
    assert heard.prompt == "matter-110"
    assert not heard.whole
    assert heard.seconds == pytest.approx(len(half) / RATE, abs=0.15)


def test_a_prompt_cut_by_the_next_one(book: Clipbook) -> None:
    first, second = (through_the_network(SENTENCES[name]) for name in ("matter-120", "matter-130"))
    heard = listened(book, SILENCE, first[: round(0.7 * RATE)], second, SILENCE)
    assert [(one.prompt, one.whole) for one in heard] == [("matter-120", False), ("matter-130", True)]


def test_cut_before_sentences_differ_names_the_others_too(book: Clipbook) -> None:
    spoken = through_the_network(sentence(1, 2))
    (heard,) = listened(book, SILENCE, spoken, SILENCE)
    assert not heard.whole
    assert heard.prompt.startswith("connecting-")
    assert len(heard.also) == 31


def test_after_a_beginning_that_another_call_never_finishes(book: Clipbook) -> None:
    """The short sentence was played whole, and the next prompt follows at once: the long one was not played."""
    heard = listened(book, through_the_network(SENTENCES["good-day"]), through_the_network(CHIRPS["chirp-7"]))
    assert names(heard) == ["good-day", "chirp-7"]


def test_through_the_other_coding(book: Clipbook) -> None:
    parts = [
        through_the_network(SENTENCES["matter-140"], Codec.PCMU),
        through_the_network(CHIRPS["chirp-8"], Codec.PCMU),
    ]
    heard = listened(book, SILENCE, parts[0], SILENCE, parts[1])
    assert names(heard) == ["matter-140", "chirp-8"]
    assert all(one.score > 0.99 for one in heard)


@pytest.mark.parametrize("volume", [0.1, 0.5, 2.0])
def test_at_any_volume(book: Clipbook, volume: float) -> None:
    louder = np.clip(SENTENCES["matter-141"] * volume, -32000, 32000).astype(np.int16)
    heard = listened(book, SILENCE, through_the_network(louder), SILENCE)
    assert names(heard) == ["matter-141"]
    assert heard[0].whole


def test_over_a_talk_as_loud_as_the_prompt(book: Clipbook) -> None:
    spoken = SENTENCES["matter-142"].astype(np.int32)
    level = float(np.sqrt(np.mean(spoken.astype(np.float64) ** 2))) * 2**0.5 / 32767
    talk = tone(440, 5.0, level=level).astype(np.int32)
    talk[RATE : RATE + len(spoken)] += spoken
    heard = listened(book, through_the_network(talk.astype(np.int16)))
    assert names(heard) == ["matter-142"]
    assert heard[0].whole
    assert 0.6 < heard[0].score < 0.9


def test_lost_packets_are_forgiven(book: Clipbook) -> None:
    spoken = through_the_network(SENTENCES["connecting-10-20"]).copy()
    for packet in (20, 45, 46, 70):
        spoken[packet * 160 : (packet + 1) * 160] = 0
    (heard,) = listened(book, SILENCE, spoken, SILENCE)
    assert heard.prompt == "connecting-10-20"
    assert heard.whole


@pytest.mark.parametrize("jump", [-160, 160, 320, 37])
def test_a_stream_that_jumps_is_found_again(book: Clipbook, jump: int) -> None:
    spoken = through_the_network(SENTENCES["connecting-12-22"])
    middle = len(spoken) // 2
    rest = [np.zeros(jump, dtype=np.int16), spoken[middle:]] if jump > 0 else [spoken[middle - jump :]]
    (heard,) = listened(book, SILENCE, spoken[:middle], *rest, SILENCE)
    assert heard.prompt == "connecting-12-22"
    assert heard.whole


GAP: Samples = np.zeros(round(0.3 * RATE), dtype=np.int16)
"""What a recording holds when a sender was kept from sending: nothing at all."""


@pytest.mark.parametrize("name", ["chirp-20", "chirp-21", "matter-145", "connecting-14-21"])
@pytest.mark.parametrize("before", [0.07, 0.1])
def test_a_sender_that_stumbles(book: Clipbook, name: str, before: float) -> None:
    spoken = through_the_network({**CHIRPS, **SENTENCES}[name])
    torn = round(before * RATE)
    (heard,) = listened(book, SILENCE, spoken[:torn], GAP, spoken[torn:], SILENCE)
    assert heard.prompt == name
    assert heard.whole
    assert heard.score > 0.9
    assert heard.at == pytest.approx(1.0, abs=0.1)


def test_a_beginning_that_was_lost(book: Clipbook) -> None:
    spoken = through_the_network(CHIRPS["chirp-22"])
    (heard,) = listened(book, SILENCE, spoken[320:], SILENCE)
    assert heard.prompt == "chirp-22"
    assert heard.whole


def test_nothing_is_invented(book: Clipbook) -> None:
    random = np.random.default_rng(123456)
    noise = random.normal(0, 3000, 20 * RATE).astype(np.int16)
    tones = np.concatenate([tone(hz, 1.0) for hz in range(100, 2000, 50)])
    others = np.concatenate([sentence(*range(seed, seed + 4)) for seed in range(1000, 1200, 4)])
    heard = listened(book, noise, tones, through_the_network(others), SILENCE)
    assert [str(one) for one in heard] == []


def test_a_prompt_may_join_the_book_while_we_listen() -> None:
    book = Clipbook()
    hearing = Hearing(book)
    hearing.listen(np.zeros(2 * RATE, dtype=np.int16))
    book.add("new", chirp(500), text="Nowe zdanie")
    hearing.listen(chirp(500))
    hearing.finish()
    (heard,) = hearing.heard
    assert (heard.prompt, heard.text) == ("new", "Nowe zdanie")
    assert heard.at == pytest.approx(2.0, abs=0.02)


def test_what_is_being_heard_just_now(book: Clipbook) -> None:
    spoken = through_the_network(SENTENCES["matter-150"])
    hearing = Hearing(book)
    hearing.listen(SILENCE)
    assert hearing.now is None
    hearing.listen(spoken[: round(0.8 * RATE)])
    assert hearing.now == "matter-150"
    hearing.listen(spoken[round(0.8 * RATE) :])
    hearing.finish()
    assert hearing.now is None
