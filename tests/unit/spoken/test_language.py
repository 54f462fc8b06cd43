"""Every language of the line says every kind of value; a wait is rounded before any of them says it."""

from dataclasses import fields

import pytest

from callflows.spoken import Spoken, spoken_in
from callflows.spoken.pl import waited
from callflows.spoken.waiting import LONGEST, full_minutes


def test_polish_and_english_say_the_same_kinds() -> None:
    polish, english = spoken_in("pl"), spoken_in("en")
    assert [polish.key("8"), english.key("8")] == ["osiem", "eight"]
    assert {getattr(polish, kind.name) for kind in fields(Spoken)}.isdisjoint(
        getattr(english, kind.name) for kind in fields(Spoken)
    )


def test_a_language_that_nobody_taught_the_line() -> None:
    with pytest.raises(KeyError):
        spoken_in("uk")


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(0, 1), (1, 1), (60, 1), (60.1, 2), (1200, 20), (1201, 21), (1e6, 21)]
)
def test_waits_are_full_minutes(seconds: float, minutes: int) -> None:
    assert full_minutes(seconds) == minutes


@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_wait_has_words(language: str) -> None:
    said = [spoken_in(language).wait(minutes) for minutes in range(1, LONGEST + 2)]
    assert len(set(said)) == LONGEST + 1
    assert not any(sign.isdigit() for words in said for sign in words)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (1, "jedna minuta"),
        (2, "dwie minuty"),
        (5, "pięć minut"),
        (20, "dwadzieścia minut"),
        (21, "ponad dwadzieścia minut"),
    ],
)
def test_how_long_it_took(minutes: int, words: str) -> None:
    assert waited(minutes) == words
