"""Numbers of every kind, however they are written: the same digits in and out, and each kind told from the others."""

import re
from collections.abc import Callable

import phonenumbers
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from directory.model import Numbering
from directory.numbers import Kind, digit_groups, international, national, plan_kind, short_kind
from directory.phonetext import Use, read_numbers
from tests.unit.directory.test_phonetext import read
from tests.unit.directory.test_phonetext_round_trip import polish

ABROAD = tuple(
    phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    for region in sorted(phonenumbers.SUPPORTED_REGIONS - {"PL"})
    if (number := phonenumbers.example_number(region)) is not None
)
landline = polish.filter(lambda e164: plan_kind(e164) is Kind.LANDLINE)
extension = st.integers(min_value=10, max_value=99_999).map(str)
few = settings(max_examples=40)
OLD = (
    lambda e164: f"0*({e164[3:5]}) {e164[5:9]} {e164[9:]}",
    lambda e164: f"(0-{e164[3:5]}) {e164[5:8]}-{e164[8:10]}-{e164[10:]}",
    lambda e164: f"0{e164[3:5]}/{e164[5:]}",
    lambda e164: f"+48 ({e164[3:5]}) {e164[5:8]} {e164[8:]}",
    lambda e164: f"00 48 {e164[3:5]} {e164[5:]}",
    lambda e164: ".".join((e164[3:5], e164[5:8], e164[8:10], e164[10:])),
)
"""Landline numbers as offices have written them since the trunk prefix."""


@few
@given(landline, st.sampled_from(OLD))
def test_every_old_way_of_writing_is_the_same_number(e164: str, written: Callable[[str], str]) -> None:
    (found,) = read(written(e164))

    assert (found.e164, found.doubt) == (e164, "")


@few
@given(
    landline,
    extension,
    st.sampled_from(["wew. {}", "wew {}", "w. {}", "w{}", "(wew. {})", "wewn. {}", "int. {}", "ext {}"]),
)
def test_an_extension_is_found_behind_any_number(e164: str, digits: str, written: str) -> None:
    (found,) = read(f"{national(e164)} {written.format(digits)}")

    assert (found.e164, found.extension) == (e164, digits)


@few
@given(st.lists(extension, min_size=2, max_size=4), st.sampled_from([", ", "/", " i ", " lub ", "/ "]))
def test_extensions_without_a_number_are_all_found(some: list[str], between: str) -> None:
    found = read("wew. " + between.join(some))

    assert [each.extension for each in found] == some
    assert {each.kind for each in found} == {Kind.EXTENSION}


@few
@given(landline)
def test_seven_digits_need_an_area_code_and_say_so(e164: str) -> None:
    local = f"{e164[5:8]}-{e164[8:10]}-{e164[10:]}"

    (assumed,) = read_numbers(local, Numbering(area_code=e164[3:5]))
    (unknown,) = read_numbers(local, Numbering())

    assert (assumed.e164, bool(assumed.doubt)) == (e164, True)
    assert unknown.e164 is None


def test_a_number_of_any_country_is_told_apart_and_kept_as_it_is() -> None:
    for e164 in ABROAD:
        (found,) = read(national(e164))
        assert (found.kind, found.e164, found.doubt) == (Kind.FOREIGN, e164, "a number abroad")


@few
@given(st.sampled_from(["700", "701", "703", "708"]), st.integers(min_value=100_000, max_value=999_999))
def test_a_premium_number_never_speaks(prefix: str, rest: int) -> None:
    assume(plan_kind(f"+48{prefix}{rest}") is Kind.PREMIUM)

    (found,) = read(f"{prefix} {rest}")

    assert found.kind is Kind.PREMIUM
    assert not found.speaks


@pytest.mark.parametrize("digits", ["112", "997", "998", "999", "986", "994", "19115", "116111"])
def test_a_short_code_is_no_extension_and_no_number(digits: str) -> None:
    (found,) = read(digits)

    assert found.kind in (Kind.SHORT, Kind.EMERGENCY)
    assert found.kind is short_kind(digits)
    assert found.e164 is None
    assert digit_groups(digits) == (digits,)


@few
@given(polish, st.sampled_from(["fax {}", "{} fax", "faks: {}", "{} (fax)", "telefax {}", "fax. {}"]))
def test_a_fax_never_speaks(e164: str, written: str) -> None:
    (found,) = read(written.format(national(e164)))

    assert (found.e164, found.use) == (e164, Use.FAX)
    assert not found.speaks


@few
@given(polish)
def test_the_groups_that_are_spoken_are_the_digits_that_are_dialled(e164: str) -> None:
    assert "".join(digit_groups(e164)) == e164.removeprefix("+48")
    assert "+48" + re.sub(r"\D", "", national(e164)) == e164
    assert international(e164.removeprefix("+48")) == e164


@few
@given(polish, st.integers(min_value=0, max_value=8), st.sampled_from("OoIl"))
def test_a_letter_among_the_digits_is_no_number_of_another_office(e164: str, place: int, letter: str) -> None:
    digits = e164.removeprefix("+48")
    written = digits[:place] + letter + digits[place + 1 :]

    assert not any(found.speaks for found in read(written))
