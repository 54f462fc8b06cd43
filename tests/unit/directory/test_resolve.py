"""Who is competent, in which order, and why."""

from dataclasses import replace
from datetime import datetime, time

import pytest

from directory.model import Extension, Hall, Hours, MatterId, PersonId, UnitId, Week
from directory.resolve import NoSuchSubject, Resolution, resolve
from tests.unit.directory.halls import (
    BIRTH,
    DEATH,
    DESK,
    ELSEWHERE,
    LOST,
    OPEN,
    REGISTRY,
    hall_of,
    moment,
    person,
)

CLARA = person("clara", REGISTRY, "1003")
BORIS = person("boris", REGISTRY, "1002", matters=(DEATH,))
ANNA = person("anna", REGISTRY, "1001", matters=(BIRTH,), deputies=(PersonId("boris"), PersonId("clara")))


def order(resolution: Resolution) -> list[str]:
    return [
        found.person.id if found.person else f"line of {found.unit.id}" for found in resolution.candidates
    ]


def test_who_has_the_matter_comes_first_then_who_has_all_then_deputies_then_the_line() -> None:
    found = resolve(hall_of(CLARA, BORIS, ANNA), BIRTH, OPEN)

    assert order(found) == ["anna", "clara", "boris", "line of registry"]
    assert [candidate.why for candidate in found.candidates] == [
        "prowadzi sprawę: USC II Rejestracja urodzeń",
        "prowadzi wszystkie sprawy komórki: Referat registry",
        "zastępuje: Anna",
        "wspólny telefon: Referat registry",
    ]
    assert found.direct == "+48447327708"
    assert not found.why_none


def test_the_number_of_the_matter_comes_before_that_of_the_unit() -> None:
    hall = hall_of(replace(ANNA, matters=(BIRTH, DEATH)), CLARA, BORIS)

    assert resolve(hall, BIRTH, OPEN).direct == "+48447327708"
    assert resolve(hall, DEATH, OPEN).direct == "+48447327707"
    assert {candidate.direct for candidate in resolve(hall, BIRTH, OPEN).candidates} == {"+48447327708"}


def test_a_persons_own_number_is_told_for_them() -> None:
    hall = hall_of(replace(CLARA, direct="+48447320001"))

    assert [found.direct for found in resolve(hall, BIRTH, OPEN).candidates] == [
        "+48447320001",
        "+48447327708",
    ]


def test_a_unit_is_asked_for_its_other_matters() -> None:
    assert order(resolve(hall_of(CLARA, BORIS, ANNA), REGISTRY, OPEN)) == ["clara", "line of registry"]


def test_deputies_who_stand_in_for_each_other_are_each_asked_once() -> None:
    one = person("one", REGISTRY, "1001", deputies=(PersonId("two"),))
    two = person("two", REGISTRY, "1002", deputies=(PersonId("one"),))

    assert order(resolve(hall_of(one, two), REGISTRY, OPEN)) == ["one", "two", "line of registry"]


def test_a_phone_is_rung_once_whoever_shares_it() -> None:
    hall = hall_of(CLARA, person("dora", REGISTRY, "1003"), person("emil", REGISTRY, "1920"))

    assert order(resolve(hall, REGISTRY, OPEN)) == ["clara", "emil"]


def test_somebody_without_a_phone_is_not_proposed_but_their_deputy_is() -> None:
    hall = hall_of(person("silent", REGISTRY, None, deputies=(PersonId("boris"),)), BORIS)

    assert order(resolve(hall, REGISTRY, OPEN)) == ["boris", "line of registry"]


def test_a_deputy_from_another_unit_is_told_with_their_own_unit_and_number() -> None:
    stand_in = person("fela", DESK, "1005")
    hall = hall_of(replace(CLARA, deputies=(PersonId("fela"),)), stand_in)

    deputy = resolve(hall, BIRTH, OPEN).candidates[1]

    assert deputy.person == stand_in
    assert deputy.unit.id == DESK
    assert deputy.direct == "+48447321890"


def test_a_matter_without_a_unit_goes_to_the_desk() -> None:
    found = resolve(hall_of(person("gustaw", DESK, "1009")), LOST, OPEN)

    assert found.unit is None
    assert order(found) == ["gustaw", "line of desk"]
    assert found.direct == "+48447321890"
    assert all("katalog nie wskazuje komórki" in candidate.why for candidate in found.candidates)


def test_a_body_outside_the_hall_is_not_rung_and_its_number_is_told() -> None:
    found = resolve(hall_of(), ELSEWHERE, OPEN)

    assert found.outside
    assert not found.candidates
    assert found.direct == "+48447339003"
    assert found.why_none == "sprawę załatwia instytucja spoza urzędu: Referat elsewhere"


def test_a_closed_unit_has_no_candidates_and_still_a_number() -> None:
    found = resolve(hall_of(ANNA, CLARA, BORIS), BIRTH, moment("2026-11-24 20:00"))

    assert not found.candidates
    assert found.why_none == "poza godzinami pracy: Referat registry"
    assert found.direct == "+48447327708"


def test_a_unit_with_hours_of_its_own() -> None:
    hall = hall_of(CLARA)
    closed_today = replace(hall.units[REGISTRY], week=Week({1: Hours(time(8), time(12))}))
    hall = replace(hall, units={**hall.units, REGISTRY: closed_today})

    assert not resolve(hall, BIRTH, OPEN).candidates
    assert resolve(hall, BIRTH, moment("2026-11-23 09:00")).candidates


def test_a_unit_without_any_phone() -> None:
    hall = hall_of()
    mute = replace(hall.units[REGISTRY], line=None, direct=None, numbers=())
    found = resolve(replace(hall, units={**hall.units, REGISTRY: mute}), DEATH, OPEN)

    assert not found.candidates
    assert found.direct is None
    assert found.unit == mute
    assert found.why_none == "katalog nie podaje telefonu, na który można zadzwonić: Referat registry"


def test_nothing_is_called_so() -> None:
    with pytest.raises(NoSuchSubject, match="'nothing'"):
        resolve(hall_of(), MatterId("nothing"), OPEN)


def test_the_moment_needs_its_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        resolve(hall_of(), BIRTH, datetime(2026, 11, 24, 10))


def test_every_matter_and_unit_of_the_real_hall_has_an_answer(hall: Hall) -> None:
    subjects: list[MatterId | UnitId] = [*hall.matters, *hall.units]
    for subject in subjects:
        found = resolve(hall, subject, OPEN)

        assert bool(found.candidates) != bool(found.why_none), subject
        for candidate in found.candidates:
            assert isinstance(candidate.extension, Extension)


def test_the_real_hall_by_name(hall: Hall) -> None:
    def asked(symbol: str) -> Resolution:
        (matter,) = [known for known in hall.matters.values() if known.symbol == symbol]
        return resolve(hall, matter.id, OPEN)

    assert order(asked("DEL X")) == ["piotr-fikcyjny", "olga-nierealna", "line of del"]
    assert asked("DEL X").direct == "+48447327752"
    assert order(asked("IGO I")) == ["halina-modelowa", "barbara-probna", "line of igo"]
    assert order(asked("DRK XIX")) == ["ewa-zmyslona", "jan-wymyslony", "line of dbm"]
    assert asked("DRK XIX").unit is None
    assert asked("SPN IX").direct == "+48447323036", "the card's own number is a fax as well"
    assert asked("SPK I").why_none
    assert asked("SPK I").direct == "+48447327791"
