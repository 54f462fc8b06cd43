"""Digits are read out of spoken Polish, and a caller's number is hidden in it."""

import pytest

from callflows.spoken.pl.digits import phone_digits
from tests.demo.spoken import runs_of_digits, without_number


@pytest.mark.parametrize("number", ["+48447327711", "+48601234567", "986", "+48447339003"])
def test_reads_what_the_line_speaks(number: str) -> None:
    assert runs_of_digits(f"Numer: {phone_digits(number)}. Tak: jeden.") == [number.removeprefix("+48")]


def test_words_are_no_digits() -> None:
    assert runs_of_digits("Pracujemy od ósmej. Więcej: dziewięć.") == []


def test_a_callers_number_is_hidden_but_for_its_end() -> None:
    text = f"Oddzwonimy pod numer {phone_digits('+48601234567')}. Tak: jeden. Inny numer: dwa."

    hidden = without_number(text)

    assert hidden == "Oddzwonimy pod numer ***, pięć, sześć, siedem. Tak: jeden. Inny numer: dwa."


def test_short_numbers_stay() -> None:
    text = "W sprawie zagrożenia: dziewięć, osiem, sześć. Numer zgłoszenia: jeden, dwa, trzy; cztery, pięć, sześć."

    assert without_number(text) == text
