"""Every fact has its sentence, in both languages, and no sentence gives a caller away."""

import dataclasses
from datetime import UTC, datetime
from enum import Enum
from typing import Any, get_type_hints

import pytest

from callflows import facts, story_words
from callflows.facts import (
    AttemptFact,
    AttemptId,
    CandidatesProposed,
    CommandAnswered,
    Fact,
    Named,
    PositionTold,
    PresenceChanged,
    TransferAttempted,
    TransferEnded,
)
from callflows.floor.presence import Happening, Presence
from callflows.language import SOURCE, translated
from callflows.outcomes import CallOutcome, Instead, Outcome, Way
from callflows.story_text import SENTENCES, sentence
from callflows.talk.table import Event
from directory.model import PersonId
from telephony.values import CallId

KINDS = [
    kind
    for kind in vars(facts).values()
    if isinstance(kind, type) and issubclass(kind, Fact) and kind not in (Fact, AttemptFact)
]
SECRET = "+48601234567"
NAMED = Named(person="anna", name="Anna", unit="del", target="1001", why="prowadzi sprawę: DEL X")
AT = datetime(2026, 11, 24, 10, tzinfo=UTC)


def example(kind: type[Fact]) -> Fact:
    """A fact of that kind; personal fields hold a number."""
    hints = get_type_hints(kind)
    return kind(**{field.name: _value(field, hints[field.name]) for field in dataclasses.fields(kind)})


def _value(field: "dataclasses.Field[Any]", hint: Any) -> Any:
    if field.metadata.get("personal"):
        return SECRET
    if field.name in ("by", "played"):
        return {"by": "caller", "played": "whole"}[field.name]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint))
    if hint == float | None:
        return 1.5
    if hint == tuple[Named, ...]:
        return (NAMED,)
    return {str: "x", int: 1, float: 1.5, bool: True, datetime: AT}.get(
        hint, ("x",) if "tuple" in str(hint) else "x"
    )


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_fact_has_a_sentence(kind: type[Fact], language: str) -> None:
    """One sentence, with nothing personal in it."""
    said = sentence(example(kind), language)

    assert said.endswith(".")
    assert SECRET not in said


def test_everything_is_translated() -> None:
    """No Polish is left in the English story."""
    texts = [template for template, _ in SENTENCES.values()]
    for words in vars(story_words).values():
        if isinstance(words, dict) and words is not vars(story_words)["__builtins__"]:
            texts += list(words.values())

    assert [text for text in texts if translated(text, "en") == text] == []


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Outcome, story_words.OUTCOMES),
        (Instead, story_words.INSTEAD),
        (CallOutcome, story_words.CALLS),
        (Way, story_words.WAYS),
    ],
)
def test_every_word_of_the_record_has_one_for_people(kind: type[Enum], words: dict[Enum, str]) -> None:
    """None is forgotten when the record gets a new one."""
    assert set(words) == set(kind)


def test_every_presence_and_request_has_a_word() -> None:
    """The record holds the words of two tables as plain text."""
    asked = {event.value for event in list(Event)[: list(Event).index(Event.PASSED_ON)]}

    assert {presence.word for presence in Presence} == set(story_words.PRESENCE)
    assert {happening.value for happening in Happening} == set(story_words.HAPPENINGS)
    assert asked | set(story_words.HAPPENINGS) == set(story_words.COMMANDS)


def test_a_figure_is_written_as_its_language_does() -> None:
    """With a comma in Polish, with a full stop in English."""
    ended = TransferEnded(
        call=CallId("c"), at=AT, attempt=AttemptId("a"), outcome=Outcome.BUSY, ring_seconds=2.25
    )

    assert sentence(ended) == "Wynik próby: zajęte; telefon dzwonił 2,2 s."
    assert "2.2 s" in sentence(ended, "en")


def test_a_position_is_told_with_the_wait_only_if_one_can_be_told() -> None:
    """Nothing is made up."""
    told = PositionTold(call=CallId("c"), at=AT, position=2, expected=90.0)

    assert sentence(told) == "Dzwoniący zna swoje miejsce w kolejce: 2, oczekiwanie około 90 s."
    assert sentence(dataclasses.replace(told, expected=None)) == "Dzwoniący zna swoje miejsce w kolejce: 2."


def test_an_attempt_says_on_whose_wish() -> None:
    """The line's own is the usual one, and is not said."""
    made = TransferAttempted(
        call=CallId("c"), at=AT, attempt=AttemptId("a"), order=1, matter="m", unit="u", unit_name="Referat",
        person="p", person_name="Anna", target="1011", why="prowadzi sprawę",
    )  # fmt: skip
    handed = dataclasses.replace(made, way=Way.HANDED_OVER, by="ewa")

    assert sentence(made) == "Próba 1: Anna, Referat, numer 1011, bo: prowadzi sprawę."
    assert sentence(handed).startswith("Próba 1 (przekazanie rozmowy: ewa): Anna")


def test_who_was_proposed_and_passed_over_and_why() -> None:
    """Each with the reason; nobody proposed is told, too."""
    away = dataclasses.replace(NAMED, name="Piotr", target="", why="nieobecny do 14:00")
    told = CandidatesProposed(
        call=CallId("c"), at=AT, matter="m", unit="u", proposed=(NAMED, NAMED), passed_over=(away,), more=3
    )
    nobody = dataclasses.replace(told, proposed=(), more=0)

    assert sentence(told) == (
        "Katalog proponuje: 1. Anna, 1001 (prowadzi sprawę: DEL X), 2. Anna, 1001 (prowadzi sprawę: DEL X); "
        "pominięci: Piotr (nieobecny do 14:00); dalszych osób: 3."
    )
    assert sentence(nobody) == "Katalog proponuje: nikogo; pominięci: Piotr (nieobecny do 14:00)."
    assert sentence(nobody, "en").startswith("The directory proposes: nobody; passed over: Piotr")


def test_facts_of_no_call_are_told_too() -> None:
    """Who is on duty, and what became of a command."""
    came = PresenceChanged(at=AT, clerk=PersonId("ewa"), presence="ready", why="logged_on")
    refused = CommandAnswered(at=AT, command="1", what="hold", done=False, why="nikt tu nie rozmawia.")

    assert sentence(came) == "Pracownik ewa: gotowość (początek dyżuru)."
    assert sentence(refused) == "Polecenie: zawieszenie rozmowy; odmowa: nikt tu nie rozmawia."
    assert sentence(dataclasses.replace(refused, done=True)) == "Polecenie: zawieszenie rozmowy; wykonano."


def test_a_word_that_is_not_known_is_told_as_it_is() -> None:
    """A later version's record stays readable."""
    came = PresenceChanged(at=AT, clerk=PersonId("ewa"), presence="dreaming", why="night")

    assert sentence(came) == "Pracownik ewa: dreaming (night)."


def test_an_unknown_language_stays_polish() -> None:
    """Better a sentence in the wrong language than none."""
    assert translated("Linia odbiera.", "xx") == "Linia odbiera."
    assert SOURCE == "pl"
