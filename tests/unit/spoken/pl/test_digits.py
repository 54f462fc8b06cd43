"""Telephone numbers, tickets and keys, digit by digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callflows.spoken.pl import key, phone_digits, spelled, ticket_number
from callflows.spoken.pl.digits import DIGITS

LANDLINE = "cztery, cztery; siedem, trzy, dwa; siedem, siedem; zero, pięć"


@pytest.mark.parametrize(
    "written",
    [
        "+48447327705",
        "447327705",
        "44 732 77 05",
        "44/732 77 05",
        "(44) 732 77 05",
        "044 732 77 05",
        "0048447327705",
    ],
)
def test_a_landline_is_read_as_area_code_and_three_groups(written: str) -> None:
    assert phone_digits(written) == LANDLINE


@pytest.mark.parametrize("written", ["+48512345678", "512345678", "512-345-678", "+48 512 345 678"])
def test_a_mobile_is_read_in_threes(written: str) -> None:
    assert phone_digits(written) == "pięć, jeden, dwa; trzy, cztery, pięć; sześć, siedem, osiem"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("986", "dziewięć, osiem, sześć"),
        ("112", "jeden, jeden, dwa"),
        ("19115", "jeden, dziewięć, jeden, jeden, pięć"),
        ("116111", "jeden, jeden, sześć; jeden, jeden, jeden"),
        ("101", "jeden, zero, jeden"),
        ("7", "siedem"),
    ],
)
def test_short_codes_and_extensions_are_not_grouped_up_to_five_digits(number: str, words: str) -> None:
    assert phone_digits(number) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("44 732 77 05 wew. 12", f"{LANDLINE}; wewnętrzny, jeden, dwa"),
        ("+48447327705;ext=12", f"{LANDLINE}; wewnętrzny, jeden, dwa"),
        ("w 29", "wewnętrzny, dwa, dziewięć"),
        ("wew. 303", "wewnętrzny, trzy, zero, trzy"),
    ],
)
def test_an_extension_follows_its_number(number: str, words: str) -> None:
    assert phone_digits(number) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (
            "+442079460018",
            "plus cztery, cztery; dwa, zero; siedem, dziewięć, cztery, sześć; zero, zero, jeden, osiem",
        ),
        ("+14155552671", "plus jeden; cztery, jeden, pięć; pięć, pięć, pięć; dwa, sześć, siedem, jeden"),
        (
            "+999123456789",
            "plus dziewięć, dziewięć, dziewięć; jeden, dwa, trzy; cztery, pięć, sześć; siedem, osiem, dziewięć",
        ),
    ],
)
def test_a_foreign_number_begins_with_plus(number: str, words: str) -> None:
    assert phone_digits(number) == words


@pytest.mark.parametrize("nothing", ["", "+", "anonymous", "wew."])
def test_no_digit_is_refused(nothing: str) -> None:
    with pytest.raises(ValueError, match="digit"):
        phone_digits(nothing)


@given(st.from_regex(r"(\+|00|0)?[0-9]{3,15}", fullmatch=True))
def test_every_number_has_words_for_digits_only_and_no_group_over_five(number: str) -> None:
    spoken = phone_digits(number).removeprefix("plus ")
    groups = [group.split(", ") for group in spoken.split("; ")]
    assert all(word in DIGITS for group in groups for word in group)
    assert all(len(group) <= 5 for group in groups)


@given(st.from_regex(r"\+48[0-9]{9}", fullmatch=True))
def test_a_polish_number_is_read_whole_and_in_order(number: str) -> None:
    words = phone_digits(number).replace(";", ",").split(", ")
    assert "".join(str(DIGITS.index(word)) for word in words) == number.removeprefix("+48")


@pytest.mark.parametrize(
    ("ticket", "words"),
    [
        ("42", "cztery, dwa"),
        ("104217", "jeden, zero, cztery; dwa, jeden, siedem"),
        ("1042171", "jeden, zero, cztery; dwa, jeden; siedem, jeden"),
        ("BOM-2026/7", "be o em; dwa, zero, dwa, sześć; siedem"),
    ],
)
def test_ticket_numbers(ticket: str, words: str) -> None:
    assert ticket_number(ticket) == words


def test_letters_have_names() -> None:
    assert spelled("USC") == "u es ce"
    assert spelled("Żółw") == "żet u kreskowane eł wu"


def test_every_key_has_a_name() -> None:
    assert [key(sign) for sign in "0123456789"] == list(DIGITS)
    assert (key("*"), key("#")) == ("gwiazdka", "krzyżyk")
