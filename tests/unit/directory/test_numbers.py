"""One number: its verdict as the target of a callback, and how it is written."""

import string

import phonenumbers
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from directory.model import Hall, Numbering
from directory.numbers import (
    Kind,
    Reason,
    digit_groups,
    extensions_of,
    for_callback,
    is_dialable,
    national,
    own_numbers_of,
    plan_kind,
    short_kind,
)
from tests.unit.directory.halls import REGISTRY, hall_of, person

HERE = frozenset({"1001", "214"})


@pytest.mark.parametrize(
    "raw",
    [
        "447327705",
        "44 732 77 05",
        "(44) 732-77-05",
        "44/732.77.05",
        "0447327705",
        "+48447327705",
        "+48 44 732 77 05",
        "0048447327705",
        "48447327705",
        "+480447327705",
    ],
)
def test_every_way_to_write_a_polish_number_is_the_same_number(raw: str) -> None:
    verdict = is_dialable(raw, extensions=HERE)

    assert verdict.dialable
    assert verdict.reason is Reason.OK
    assert verdict.e164 == "+48447327705"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("", Reason.EMPTY),
        ("   ", Reason.EMPTY),
        ("anonymous", Reason.MALFORMED),
        ("+48anonymous", Reason.MALFORMED),
        ("44732770x", Reason.MALFORMED),
        ("447327705#", Reason.MALFORMED),
        ("*31#447327705", Reason.MALFORMED),
        ("٤٤٧٣٢٧٧٠٥", Reason.MALFORMED),
        ("+", Reason.MALFORMED),
        ("112", Reason.EMERGENCY),
        ("999", Reason.EMERGENCY),
        ("997", Reason.EMERGENCY),
        ("998", Reason.EMERGENCY),
        ("986", Reason.SHORT_CODE),
        ("19115", Reason.SHORT_CODE),
        ("118913", Reason.SHORT_CODE),
        ("1001", Reason.EXTENSION),
        ("214", Reason.EXTENSION),
        ("1002", Reason.TOO_SHORT),
        ("7327705", Reason.TOO_SHORT),
        ("44732770", Reason.TOO_SHORT),
        ("+4844732770", Reason.TOO_SHORT),
        ("+48112", Reason.TOO_SHORT),
        ("4473277055", Reason.TOO_LONG),
        ("+484473277055", Reason.TOO_LONG),
        ("1" * 40, Reason.TOO_LONG),
        ("+" + "4" * 16, Reason.TOO_LONG),
        ("700123456", Reason.PREMIUM),
        ("+48 703 123 456", Reason.PREMIUM),
        ("0708123456", Reason.PREMIUM),
        ("801123456", Reason.SHARED_COST),
        ("800123456", Reason.UNWANTED),
        ("804123456", Reason.UNWANTED),
        ("642123456", Reason.UNWANTED),
        ("211234567", Reason.UNASSIGNED),
        ("+999123456789", Reason.MALFORMED),
        ("+380501234567", Reason.FOREIGN),
        ("00380501234567", Reason.FOREIGN),
        ("+12025550123", Reason.FOREIGN),
        ("+881612345678", Reason.FOREIGN),
        ("+19005550123", Reason.PREMIUM),
    ],
)
def test_a_number_that_the_hall_does_not_call_back(raw: str, reason: Reason) -> None:
    verdict = is_dialable(raw, extensions=HERE)

    assert verdict.reason is reason
    assert verdict.e164 is None
    assert not verdict.dialable


def test_a_hall_may_call_countries_back() -> None:
    allowing = Numbering(callback_countries=frozenset({48, 380}))

    assert is_dialable("+380 50 123 45 67", numbering=allowing).e164 == "+380501234567"
    assert is_dialable("+49 30 1234567", numbering=allowing).reason is Reason.FOREIGN


def test_a_country_code_is_no_prefix_of_another() -> None:
    only_america = Numbering(callback_countries=frozenset({48, 3}))

    assert is_dialable("+380501234567", numbering=only_america).reason is Reason.FOREIGN


@given(st.text(max_size=40))
@example("+48" + "1" * 4300)
@example("\x00")
@example("9" * 5000)
def test_no_text_breaks_the_judgement_and_only_ordinary_telephones_pass(raw: str) -> None:
    verdict = is_dialable(raw, extensions=HERE)

    if verdict.e164 is not None:
        assert verdict.e164.startswith("+48")
        assert len(verdict.e164) == 12
        assert plan_kind(verdict.e164) in {Kind.LANDLINE, Kind.MOBILE, Kind.VOIP}


@given(st.text(alphabet=string.digits + "+", min_size=1, max_size=18))
def test_a_verdict_stands_when_it_is_asked_again(raw: str) -> None:
    first = is_dialable(raw)

    if first.e164 is not None:
        assert is_dialable(first.e164) == first
        assert is_dialable(national(first.e164)) == first


@given(st.integers(min_value=100_000_000, max_value=999_999_999))
def test_no_premium_number_is_ever_dialled(digits: int) -> None:
    number = phonenumbers.PhoneNumber(country_code=48, national_number=digits)
    kind = phonenumbers.number_type(number)

    if kind in {phonenumbers.PhoneNumberType.PREMIUM_RATE, phonenumbers.PhoneNumberType.SHARED_COST}:
        assert not is_dialable(str(digits)).dialable


@pytest.mark.parametrize(
    ("e164", "written", "groups"),
    [
        ("+48447327705", "44 732 77 05", ("44", "732", "77", "05")),
        ("+48607068786", "607 068 786", ("607", "068", "786")),
        ("+49301234567", "+49 30 1234567", ("+49", "30", "1234567")),
        ("986", "986", ("986",)),
        ("1001", "1001", ("1001",)),
    ],
)
def test_how_a_number_is_written_and_read_out(e164: str, written: str, groups: tuple[str, ...]) -> None:
    assert national(e164) == written
    assert digit_groups(e164) == groups


def test_short_codes_are_told_from_emergency_numbers() -> None:
    assert short_kind("112") is Kind.EMERGENCY
    assert short_kind("986") is Kind.SHORT
    assert short_kind("0986") is None
    assert short_kind("12345678") is None


def test_extensions_of_the_hall_are_those_of_people_and_of_lines(hall: Hall) -> None:
    extensions = extensions_of(hall)

    assert {"1001", "1011", "1091", "1100", "1190"} <= extensions
    assert len(extensions) == 26
    assert is_dialable("1011", numbering=hall.numbering, extensions=extensions).reason is Reason.EXTENSION


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("44 732 77 05", Reason.OWN),
        ("0048447321804", Reason.OWN),
        ("1011", Reason.EXTENSION),
        ("601 234 567", Reason.OK),
        ("+48 44 645 01 23", Reason.OK),
        ("700 123 456", Reason.PREMIUM),
    ],
)
def test_a_hall_calls_back_citizens_and_not_itself(hall: Hall, raw: str, reason: Reason) -> None:
    assert for_callback(hall, raw).reason is reason


def test_the_halls_own_numbers_are_those_of_its_units_matters_and_people(hall: Hall) -> None:
    anna = person("anna", REGISTRY, "1001", direct="+48447321111")
    own = own_numbers_of(hall_of(anna))

    assert own == {"+48447321890", "+48447327707", "+48447327708", "+48447321111"}
    assert "+48447339003" not in own, "a body outside the hall is somebody else"
    assert not any(number in own_numbers_of(hall) for unit in hall.units.values() if unit.outside
                   for number in unit.numbers)  # fmt: skip
