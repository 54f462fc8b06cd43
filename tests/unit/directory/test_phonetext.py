"""Cells of numbers: every format that offices were seen to use."""

import pytest

from directory.model import Numbering
from directory.numbers import Kind
from directory.phonetext import ParsedNumber, Use, read_numbers

PIOTRKOW = Numbering(area_code="44")


def read(cell: str) -> tuple[ParsedNumber, ...]:
    return read_numbers(cell, PIOTRKOW)


def numbers(cell: str) -> list[str | None]:
    return [found.e164 for found in read(cell)]


@pytest.mark.parametrize(
    ("cell", "e164"),
    [
        ("44 732 77 05", "+48447327705"),
        ("44/732 77 19", "+48447327719"),
        ("044 732 77 30", "+48447327730"),
        ("(44) 646 15 66", "+48446461566"),
        ("(0-44) 732 77 05", "+48447327705"),
        ("0-44 732 77 05", "+48447327705"),
        ("44 732-77-05", "+48447327705"),
        ("+48 44 732 77 05", "+48447327705"),
        ("(+48) 44 732 77 05", "+48447327705"),
        ("0048 44 732 77 05", "+48447327705"),
        ("00 48 44 732 77 05", "+48447327705"),
        ("48 44 732 77 05", "+48447327705"),
        ("tel.44 732 77 05", "+48447327705"),
        ("Sekretariat: 44 732 77 05", "+48447327705"),
        ("607 068 786", "+48607068786"),
        ("+48 607-068-786", "+48607068786"),
    ],
)
def test_one_number_without_a_doubt(cell: str, e164: str) -> None:
    (found,) = read(cell)

    assert found.e164 == e164
    assert not found.doubt
    assert found.speaks
    assert found.use is Use.VOICE


@pytest.mark.parametrize(
    ("cell", "e164"),
    [
        ("616-80-75", "+48446168075"),
        ("38 11 127", "+48443811127"),
        ("+48 7439493", "+48447439493"),
    ],
)
def test_a_missing_area_code_is_assumed_and_said(cell: str, e164: str) -> None:
    (found,) = read(cell)

    assert found.e164 == e164
    assert found.doubt == "no area code: 44 is assumed"


def test_without_an_area_code_of_the_hall_nothing_is_assumed() -> None:
    (found,) = read_numbers("616-80-75", Numbering())

    assert found.e164 is None
    assert found.kind is Kind.LANDLINE
    assert "names none" in found.doubt


@pytest.mark.parametrize(
    "cell", ["44 732 78 71 - 76", "44 732 78 71-76", "44 732 78 71 do 76", "44 732 78 71÷76"]
)
def test_a_range_is_all_of_its_numbers(cell: str) -> None:
    assert numbers(cell) == [f"+484473278{ending}" for ending in range(71, 77)]
    assert not any(found.doubt for found in read(cell))


def test_a_range_that_does_not_rise_is_doubtful() -> None:
    first, rest = read("44 732 78 76 - 71")

    assert first.e164 == "+48447327876"
    assert rest.kind is Kind.NOT_A_NUMBER
    assert "range" in rest.doubt


def test_what_may_be_a_range_or_a_mobile_number_is_said_to_be_doubtful() -> None:
    (found,) = read("732 77 05-08")

    assert found.e164 == "+48732770508"
    assert "may be a range" in found.doubt


def test_other_endings() -> None:
    assert numbers("44 732 18 17/18") == ["+48447321817", "+48447321818"]
    assert numbers("44 732 77 51, 52") == ["+48447327751", "+48447327752"]
    assert "another ending" in read("44 732 77 51, 52")[1].doubt


def test_two_numbers_without_a_comma_between_them() -> None:
    assert numbers("44 732 77 05 44 732 77 06") == ["+48447327705", "+48447327706"]
    assert numbers("44 732 77 05 / 607 068 786") == ["+48447327705", "+48607068786"]


def test_an_extension_behind_its_number() -> None:
    (found,) = read("0*(54) 2654 180 wew. 26")

    assert found.e164 == "+48542654180"
    assert found.extension == "26"


@pytest.mark.parametrize(
    ("cell", "extensions"), [("wew. 905, 906", ["905", "906"]), ("w 29", ["29"]), ("wewnętrzny 7", ["7"])]
)
def test_extensions_without_their_number(cell: str, extensions: list[str]) -> None:
    found = read(cell)

    assert [each.extension for each in found] == extensions
    assert {each.kind for each in found} == {Kind.EXTENSION}
    assert all(each.doubt for each in found)
    assert not any(each.speaks for each in found)


def test_an_extension_behind_several_numbers_belongs_to_nobody_surely() -> None:
    first, second, extension = read("38 11 127, 38 11 129, wew. 303")

    assert (first.e164, second.e164) == ("+48443811127", "+48443811129")
    assert extension.extension == "303"
    assert "or of a number before that" in extension.doubt


def test_a_fax_inside_the_phone_line() -> None:
    phone, fax = read("tel. 44 732 77 05, fax 44 732 77 06")

    assert phone.use is Use.VOICE
    assert fax.use is Use.FAX
    assert not fax.speaks


@pytest.mark.parametrize(
    "cell", ["tel./fax 44 732 18 04", "telefon/faks: 44 732 18 04", "44 732 18 04 tel/fax"]
)
def test_a_telephone_that_is_a_fax_too(cell: str) -> None:
    (found,) = read(cell)

    assert found.use is Use.BOTH
    assert found.speaks


def test_a_word_that_stands_last_speaks_of_the_number_before_it() -> None:
    assert [found.use for found in read("44 732 18 04 (fax)")] == [Use.FAX]


def test_what_follows_a_fax_behind_a_comma_may_be_a_fax() -> None:
    _, second = read("fax 44 732 77 06, 44 732 77 53")

    assert second.use is Use.FAX
    assert "taken for a fax" in second.doubt


def test_a_semicolon_ends_a_fax() -> None:
    assert [found.use for found in read("fax 44 732 77 06; 44 732 77 53")] == [Use.FAX, Use.VOICE]


def test_a_list_that_is_wrapped_with_a_trailing_comma() -> None:
    assert numbers("44 732 77 05,\n44 732 77 06,") == ["+48447327705", "+48447327706"]


@pytest.mark.parametrize(
    "cell",
    [
        "12 1020 3916 0000 0902 0012 3456",
        "konto: PL 12 1020 3916 0000 0902 0012 3456",
        "Nr 123/2015",
        "DBM.0051.12.2015",
        "Dz. U. 2015 poz. 1485",
        "NIP 771-27-98-771",
        "8.00-15.30",
        "24.07.2015",
        "pok. 310",
    ],
)
def test_digits_that_are_no_telephone(cell: str) -> None:
    found = read(cell)

    assert {each.kind for each in found} == {Kind.NOT_A_NUMBER}
    assert all(each.doubt for each in found)
    assert not any(each.speaks for each in found)


@pytest.mark.parametrize(
    ("cell", "kind", "speaks"),
    [
        ("986", Kind.SHORT, False),
        ("112", Kind.EMERGENCY, False),
        ("700 123 456", Kind.PREMIUM, False),
        ("801 123 456", Kind.SHARED_COST, True),
        ("800 123 456", Kind.TOLL_FREE, True),
        ("+49 30 1234567", Kind.FOREIGN, True),
        ("39 123 45 67", Kind.VOIP, True),
        ("642 123 456", Kind.OTHER, False),
        ("211 234 567", Kind.NOT_A_NUMBER, False),
        ("+999 12 34 56 78", Kind.NOT_A_NUMBER, False),
    ],
)
def test_kinds_are_told_apart(cell: str, kind: Kind, speaks: bool) -> None:
    (found,) = read(cell)

    assert found.kind is kind
    assert found.speaks is speaks


def test_a_short_code_beside_a_mobile_number() -> None:
    short, mobile = read("986;669 997 986")

    assert (short.kind, short.raw) == (Kind.SHORT, "986")
    assert mobile.e164 == "+48669997986"
