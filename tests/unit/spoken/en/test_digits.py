"""Digits in English: one by one, in the groups in which Poles read their numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callflows.spoken.en import key, phone_digits, ticket_number
from callflows.spoken.en.digits import DIGITS


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("+48447327705", "four, four; seven, three, two; seven, seven; zero, five"),
        ("+48601234567", "six, zero, one; two, three, four; five, six, seven"),
        ("986", "nine, eight, six"),
        (
            "44/732 77 05 wew. 12",
            "four, four; seven, three, two; seven, seven; zero, five; extension, one, two",
        ),
        ("wew. 12", "extension, one, two"),
    ],
)
def test_phone_digits(number: str, words: str) -> None:
    assert phone_digits(number) == words


def test_a_foreign_number_begins_with_plus() -> None:
    assert phone_digits("+4915112345678").startswith("plus four, nine")


def test_no_digits_is_no_number() -> None:
    with pytest.raises(ValueError, match="digit"):
        phone_digits("none")


@pytest.mark.parametrize(
    ("ticket", "words"),
    [("123456", "one, two, three; four, five, six"), ("BOM-17", "B, O, M; one, seven")],
)
def test_ticket_number(ticket: str, words: str) -> None:
    assert ticket_number(ticket) == words


def test_keys() -> None:
    assert [key(sign) for sign in "108*#"] == ["one", "zero", "eight", "star", "hash"]


@given(st.text("0123456789", min_size=1, max_size=15))
def test_every_digit_is_said_once(digits: str) -> None:
    said = ticket_number(digits).replace(";", ",").split(", ")
    assert said == [DIGITS[int(digit)] for digit in digits]
