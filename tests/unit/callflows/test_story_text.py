"""Every fact has its sentence, in both languages, and no sentence gives a caller away."""

import dataclasses
from datetime import UTC, datetime
from enum import Enum
from typing import Any, get_type_hints

import pytest

from callflows import facts
from callflows.facts import AttemptFact, Fact
from callflows.language import SOURCE, translated
from callflows.story_text import CALLS, HOW, INSTEAD, OUTCOMES, PARTIES, SENTENCES, SHOWN, WAITING, sentence

KINDS = [
    kind
    for kind in vars(facts).values()
    if isinstance(kind, type) and issubclass(kind, Fact) and kind not in (Fact, AttemptFact)
]
SECRET = "+48601234567"


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
    return {str: "x", int: 1, float: 1.5, bool: True, datetime: datetime(2026, 11, 24, 10, tzinfo=UTC)}.get(
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
    for words in (OUTCOMES, INSTEAD, CALLS, PARTIES, SHOWN, HOW, WAITING):
        texts += list(words.values())

    assert [text for text in texts if translated(text, "en") == text] == []


def test_an_unknown_language_stays_polish() -> None:
    """Better a sentence in the wrong language than none."""
    assert translated("Linia odbiera.", "xx") == "Linia odbiera."
    assert SOURCE == "pl"
