"""Facts become rows and come back as they were; what is personal stays apart; old journals stay readable."""

import math
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callflows.facts import (
    AttemptId,
    CallArrived,
    Fact,
    PhoneRang,
    PromptPlayed,
    TransferAttempted,
    TransferEnded,
)
from callflows.outcomes import Outcome, Way
from records.codec import Stored, decode, encode, kind_of
from records.columns import clean
from telephony.values import CallId, NumberShown
from tests.records.made import CLEAN_TEXT, NASTY_TEXT, NOON, any_fact, in_utc, kinds, transferred_call


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_of_fact_comes_back_as_it_was(kind: type[Fact]) -> None:
    @given(any_fact(kind, CLEAN_TEXT))
    def check(fact: Fact) -> None:
        back = decode(encode(fact))
        hints = get_type_hints(kind)
        not_finite: dict[str, Any] = {
            field.name: None
            for field in fields(fact)
            if isinstance(value := getattr(fact, field.name), float) and not math.isfinite(value)
        }
        if any(hints[name] is float for name in not_finite):
            assert back is None
        else:  # a number that may be left out is left out
            assert back == replace(in_utc(fact), **not_finite)

    check()


@given(NASTY_TEXT)
def test_clean_text_can_be_stored_and_is_otherwise_unchanged(text: str) -> None:
    cleaned = clean(text)
    assert "\x00" not in cleaned
    cleaned.encode()
    assert len(cleaned) == len(text)
    assert all(new in (old, "\ufffd") for old, new in zip(text, cleaned, strict=True))


def test_personal_fields_are_nowhere_but_in_personal() -> None:
    for fact in transferred_call("c", number="600100200"):
        stored = encode(fact)
        assert "600100200" not in str(stored.payload)
        assert "Żaneta" not in str(stored.payload)
    arrived = encode(transferred_call("c", number="600100200")[0])
    assert arrived.personal == {"number": "600100200", "name": "Żaneta"}
    assert encode(transferred_call("c")[1]).personal is None


def test_an_erased_fact_comes_back_with_empty_personal_fields() -> None:
    stored = encode(transferred_call("c")[0])._replace(personal=None)
    back = decode(stored)
    assert isinstance(back, CallArrived)
    assert (back.number, back.name, back.shown) == ("", "", NumberShown.SHOWN)


def test_the_kind_is_the_name_in_small_letters() -> None:
    assert kind_of(PhoneRang) == "phone_rang"
    assert len({kind_of(kind) for kind in kinds()}) == len(kinds())


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("something_of_a_later_version", {}),
        ("transfer_ended", {"attempt": "a"}),
        ("transfer_ended", {"attempt": "a", "outcome": "no such word", "ring_seconds": 1.0, "detail": ""}),
        ("transfer_ended", {"attempt": "a", "outcome": "busy", "ring_seconds": "long", "detail": ""}),
        ("prompt_played", {"prompts": "greeting", "played": "whole", "text": ""}),
    ],
)
def test_a_kind_or_shape_that_is_not_known_is_no_fact(kind: str, payload: dict[str, object]) -> None:
    assert decode(Stored("c", datetime.now(UTC), kind, payload, None)) is None


def test_a_field_that_came_later_takes_its_default() -> None:
    stored = encode(
        TransferEnded(
            call=CallId("c"),
            at=NOON,
            attempt=AttemptId("a"),
            outcome=Outcome.DECLINED,
            ring_seconds=2,
            detail="603",
        )
    )
    del stored.payload["detail"]
    back = decode(stored)
    assert isinstance(back, TransferEnded)
    assert back.detail == ""
    assert back.ring_seconds == 2.0


def test_an_attempt_of_an_old_journal_was_the_lines_own() -> None:
    attempted = next(fact for fact in transferred_call("c") if isinstance(fact, TransferAttempted))
    stored = encode(attempted)
    for field in ("way", "by"):
        del stored.payload[field]
    back = decode(stored)
    assert isinstance(back, TransferAttempted)
    assert (back.way, back.by) == (Way.LINE, "")


def test_a_value_that_no_journal_can_keep_is_a_type_error() -> None:
    strange: tuple[object, ...] = (object(),)
    with pytest.raises(TypeError):
        encode(PromptPlayed(call=CallId("c"), at=NOON, prompts=strange, text="", played="whole"))  # type: ignore[arg-type]


@given(st.sampled_from(kinds()))
def test_every_fact_is_known_by_its_kind(kind: type[Fact]) -> None:
    assert kind.__name__.lower() == kind_of(kind).replace("_", "")
