"""The real catalogue: every row of it, and by name every row that is awkward."""

import csv
import re
from collections import Counter

import pytest

from directory.load import DEMO, MATTERS, UNITS, Loaded
from directory.model import Hall, Matter, MatterId, Unit, UnitId
from directory.names import slug
from directory.report import Finding


def rows(file: str) -> list[dict[str, str]]:
    with (DEMO / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


MATTER_ROWS, UNIT_ROWS = rows(MATTERS), rows(UNITS)

OLDER = {
    (UNITS, 12): "the unit before it was renamed",
    (UNITS, 19): "the English page of the council",
    (MATTERS, 19): "DRK I with one number",
    (MATTERS, 37): "card 38 as DBI II",
    (MATTERS, 49): "SPK I with the unit's old name",
}
"""Rows, by their line, that a newer capture of the same thing has replaced."""


def e164s(cell: str) -> set[str]:
    """The numbers of a clean cell, by a way of reading that is not the importer's."""
    digits = (re.sub(r"[^0-9]", "", number).removeprefix("0") for number in cell.split(";"))
    return {f"+48{number}" for number in digits if len(number) == 9}


def matters_titled(hall: Hall, title: str) -> list[Matter]:
    return [matter for matter in hall.matters.values() if slug(matter.title) == slug(title)]


def units_called(hall: Hall, name: str) -> list[Unit]:
    return [unit for unit in hall.units.values() if name == unit.name or name in unit.aliases]


def test_how_much_there_is(loaded: Loaded) -> None:
    assert (len(MATTER_ROWS), len(UNIT_ROWS)) == (71, 24)
    assert len(loaded.hall.matters) == 68, "71 captures, three of them second ones of a card"
    assert len(loaded.hall.units) == 30, (
        "24 captures, two of them second ones, and 8 units that only cards name"
    )
    assert loaded.report.rows == 71 + 24 + len(loaded.hall.people)


@pytest.mark.parametrize(("line", "row"), list(enumerate(MATTER_ROWS, start=2)))
def test_every_card_is_a_matter(hall: Hall, line: int, row: dict[str, str]) -> None:
    (matter,) = matters_titled(hall, row["title"])

    assert row["symbol"] in {matter.symbol, *matter.aliases}
    assert e164s(row["phones"]) <= set(matter.numbers)
    if row["unit_name"]:
        assert matter.unit in {unit.id for unit in units_called(hall, row["unit_name"])}
    else:
        assert matter.unit is None
    if (MATTERS, line) not in OLDER:
        assert matter.title == row["title"]
        assert matter.symbol == row["symbol"]
        assert matter.source == row["source_url"]
        assert row["desk"] in matter.where
        assert set(matter.numbers) == e164s(row["phones"])


@pytest.mark.parametrize(("line", "row"), list(enumerate(UNIT_ROWS, start=2)))
def test_every_listed_unit_is_a_unit(hall: Hall, line: int, row: dict[str, str]) -> None:
    (unit,) = units_called(hall, row["unit_name"])

    if row["unit_code"]:
        assert unit.id == row["unit_code"].lower()
    if (UNITS, line) in OLDER:
        assert unit.source != row["source_url"]
        return
    assert unit.name == row["unit_name"]
    assert unit.address == row["address"]
    assert unit.source == row["source_url"]
    assert set(unit.numbers) == e164s(row["phones"])
    assert set(unit.faxes) == e164s(row["fax"])


def test_no_number_that_is_only_a_fax_is_ever_told(hall: Hall) -> None:
    voices = {number for unit in hall.units.values() for number in unit.numbers}
    only_fax = {fax for unit in hall.units.values() for fax in unit.faxes} - voices

    assert len(only_fax) == 7
    assert not only_fax & {unit.direct for unit in hall.units.values()}
    assert not only_fax & {matter.direct for matter in hall.matters.values()}


def test_a_telephone_that_is_a_fax_on_another_card(hall: Hall, loaded: Loaded) -> None:
    unit, (matter,) = hall.units[UnitId("spn")], [it for it in hall.matters.values() if it.symbol == "SPN IX"]

    assert unit.numbers == ("+48447323036", "+48447321804")
    assert unit.faxes == ("+48447321804",)
    assert unit.direct == "+48447323036"
    assert matter.numbers == ("+48447321804",)
    assert matter.direct is None, "the unit has a number that is surely no fax"
    assert {found.line for found in about(loaded, MATTERS, "is a fax as well")} == {24}


def test_a_number_that_is_a_fax_too_comes_last(hall: Hall) -> None:
    waterworks = hall.units[UnitId("piotrkowskie-wodociagi-i-kanalizacja-sp-z-o-o")]

    assert waterworks.numbers == ("+48603665554", "+48446451600", "+48446451601", "+48446461566")
    assert waterworks.direct == "+48603665554"


def test_one_symbol_on_two_cards(hall: Hall, loaded: Loaded) -> None:
    both = [matter for matter in hall.matters.values() if matter.symbol == "DEL I"]

    assert {matter.id for matter in both} == {
        "del-i-wydawanie-dowodow-osobistych-po-raz-pierwszy-dla-osob",
        "del-i-wydawanie-dowodow-osobistych-dla-osob-do-12-roku-zycia",
    }
    assert [(found.line, found.read) for found in about(loaded, MATTERS, "same symbol")] == [(3, "DEL I")]


def test_one_card_under_two_symbols(hall: Hall, loaded: Loaded) -> None:
    (matter,) = matters_titled(hall, "Udostępnienie informacji publicznej")

    assert (matter.symbol, matter.aliases) == ("DBI I", ("DBI II",))
    assert matter.source.startswith("https://bom.piotrkow.pl/"), "the newer page"
    assert [(found.line, found.read) for found in about(loaded, MATTERS, "'DBI I'")] == [(37, "DBI II")]


def test_the_newer_capture_of_a_card_counts(hall: Hall, loaded: Loaded) -> None:
    (matter,) = [matter for matter in hall.matters.values() if matter.symbol == "DRK I"]

    assert matter.numbers == ("+48447321817", "+48447321818")
    assert [found.line for found in about(loaded, MATTERS, "'44 732 18 17;44 732 18 18'")] == [19]


def test_a_unit_that_was_renamed(hall: Hall, loaded: Loaded) -> None:
    unit = hall.units[UnitId("spk")]

    assert unit.name == "Referat Kultury i Sportu"
    assert unit.aliases == ("Referat Kultury, Sportu i Promocji Miasta",)
    assert [found.line for found in about(loaded, UNITS, "'Referat Kultury i Sportu'")] == [12]


def test_a_unit_on_two_pages_with_two_numbers(hall: Hall, loaded: Loaded) -> None:
    assert hall.units[UnitId("biuro-rady-miasta")].numbers == ("+48447327719",)
    assert "044 732 77 30" in {found.read for found in about(loaded, UNITS, "the newer capture was taken")}


def test_cards_that_name_no_unit(hall: Hall, loaded: Loaded) -> None:
    homeless = [matter for matter in hall.matters.values() if matter.unit is None]

    assert {matter.symbol for matter in homeless} == {"DRK XXVIII", "SPS IV", "DRK XIX"}
    assert all(matter.direct is None and not matter.numbers for matter in homeless)
    assert {found.line for found in about(loaded, MATTERS, "no unit is named")} == {23, 33, 44}


def test_units_that_only_cards_name(hall: Hall, loaded: Loaded) -> None:
    made = about(loaded, MATTERS, "no list has this unit")

    assert {found.line for found in made} == {58, 59, 62, 63, 64, 68, 69, 71}
    team = hall.units[UnitId("miejski-osrodek-pomocy-rodzinie-zespol-dodatkow")]
    assert team.parent == "miejski-osrodek-pomocy-rodzinie"
    assert team.address == "ul. Sienkiewicza 16a"
    assert team.direct == "+48447339003"


def test_bodies_outside_the_hall(hall: Hall) -> None:
    outside = {unit.id for unit in hall.units.values() if unit.outside}

    assert len(outside) == 12
    assert {
        "miejski-osrodek-pomocy-rodzinie",
        "pracownia-planowania-przestrzennego",
        "tbs-sp-z-o-o",
    } < outside
    assert "miejski-osrodek-pomocy-rodzinie-zespol-swiadczen-rodzinnych" in outside, (
        "with the body it is a part of"
    )
    assert not hall.units[hall.desk].outside


def test_units_without_any_number_are_reported(hall: Hall, loaded: Loaded) -> None:
    mute = {unit.id for unit in hall.units.values() if unit.direct is None}
    told = about(loaded, UNITS, "a unit without a number") + about(loaded, MATTERS, "a unit without a number")

    assert mute == {
        "referat-architektury-i-budownictwa",
        "referat-ochrony-srodowiska-nazwa-historyczna",
        "delegatura-wojewodzkiego-urzedu-ochrony-zabytkow",
        "zarzad-drog-i-utrzymania-miasta",
        "tbs-sp-z-o-o",
    }
    assert len(told) == len(mute)
    assert [found.line for found in about(loaded, MATTERS, "neither the card nor the unit")] == [67]


def test_a_short_code_is_kept_apart(hall: Hall) -> None:
    guard = hall.units[UnitId("straz-miejska-sluzba-dyzurna")]

    assert guard.short == "986" == hall.crisis_number
    assert guard.direct == "+48669997986"


def test_mobiles_of_one_unit(hall: Hall) -> None:
    crisis = hall.units[UnitId("pzk")]

    assert crisis.numbers == ("+48447323661", "+48607068786", "+48603888253")
    assert crisis.direct == "+48447323661"


def test_two_matters_of_one_card_number_stay_two(hall: Hall) -> None:
    assert hall.matters[MatterId("pozwolenie-na-budowe")].unit == "referat-architektury-i-budownictwa"
    assert hall.matters[MatterId("img-i-ustalenie-numeru-porzadkowego")].unit == "img"


def test_whatever_a_voice_says_is_words(hall: Hall) -> None:
    everything: list[Unit | Matter] = [*hall.units.values(), *hall.matters.values()]
    for known in everything:
        assert not re.search(r"[0-9/()]", known.spoken), known.id


def test_the_staff_is_fictional_and_whole(hall: Hall) -> None:
    assert len(hall.people) == 16
    assert len({person.unit for person in hall.people.values()}) == 10
    assert all("(postać fikcyjna)" in person.position for person in hall.people.values())
    assert all(person.direct is None for person in hall.people.values())
    assert {person.id for person in hall.people.values() if not person.accept_key} == {"marek-pokazowy"}
    assert {person.id for person in hall.people.values() if not person.introduction} == {
        "grazyna-hipotetyczna"
    }


def test_all_that_is_doubtful_is_known(loaded: Loaded) -> None:
    assert len(loaded.report.findings) == 30
    assert Counter(f"{found.file}: {found.field}" for found in loaded.report.findings) == {
        "units.csv: unit_name": 3,
        "units.csv: phones": 5,
        "units.csv: address": 1,
        "matters.csv: symbol": 2,
        "matters.csv: phones": 6,
        "matters.csv: unit_name": 12,
        "people.csv: deputies": 1,
    }
    assert all(found.why and found.mend and found.line for found in loaded.report.findings)


def about(loaded: Loaded, file: str, words: str) -> list[Finding]:
    """The findings about a file that use these words."""
    return [found for found in loaded.report.findings if found.file == file and words in found.why]
