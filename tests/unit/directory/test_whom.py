"""Whom somebody names when they hand a caller over, and what the directory thinks of it."""

from dataclasses import replace

import pytest

from directory.model import Extension, Hall, Person, PersonId, Reached
from directory.resolve import Candidate, resolve
from directory.whom import (
    at_extension,
    clerks_of,
    competence,
    is_internal,
    person_at,
    speaks,
    this_person,
)
from tests.unit.directory.halls import (
    BIRTH,
    DEATH,
    DESK,
    ELSEWHERE,
    LOST,
    OPEN,
    REGISTRY,
    hall_of,
    person,
)

EWA = person("ewa", DESK, "1001", languages=("pl", "en"))
ANNA = person("anna", REGISTRY, "1011", matters=(BIRTH,), deputies=(PersonId("clara"),))
BORIS = person("boris", REGISTRY, "1012", direct="+48447321111", matters=(DEATH,))
CLARA = person("clara", DESK, None)
TRUNK = replace(person("dora", DESK, "1003"), extension=Extension("1003", Reached.TRUNK))
SHARING = (person("felix", REGISTRY, "1020"), person("gaja", REGISTRY, "1020"))
HALL = hall_of(EWA, ANNA, BORIS, CLARA, TRUNK, *SHARING)


def at(digits: str, hall: Hall = HALL) -> Candidate:
    found = at_extension(hall, digits)
    assert found is not None
    return found


def test_clerks_are_the_people_of_the_desk_whose_phones_are_registered_here() -> None:
    assert clerks_of(HALL) == (EWA,)


@pytest.mark.parametrize(
    ("languages", "wanted", "does"),
    [
        (("pl",), "pl", True),
        (("pl",), "en", False),
        (("pl", "en"), "en", True),
        (("pl", "en-GB"), "en", True),
        (("pl", "en"), "en-US", True),
        ((), "pl", False),
    ],
)
def test_who_speaks_what(languages: tuple[str, ...], wanted: str, does: bool) -> None:
    assert speaks(replace(EWA, languages=languages), wanted) is does


@pytest.mark.parametrize(
    ("digits", "whose"),
    [("1001", EWA), ("1003", TRUNK), ("1020", None), ("1900", None), ("9999", None), ("", None)],
)
def test_a_phone_is_that_of_the_one_person_who_has_it(digits: str, whose: Person | None) -> None:
    assert person_at(HALL, digits) == whose


def test_an_extension_leads_to_its_person_with_the_number_a_caller_may_dial() -> None:
    assert at("1011") == Candidate(
        HALL.units[REGISTRY], Extension("1011"), "wybrano numer 1011: Anna", ANNA, "+48447327707"
    )
    assert at("1012").direct == "+48447321111"


def test_a_units_line_is_the_units() -> None:
    found = at("1920")

    assert (found.person, found.unit.id) == (None, REGISTRY)
    assert found.why == "wybrano numer 1920: wspólny telefon: Referat registry"


def test_a_shared_phone_is_the_units_and_says_whose_it_is() -> None:
    found = at("1020")

    assert (found.person, found.unit.id, found.direct) == (None, REGISTRY, "+48447327707")
    assert found.why == "wybrano numer 1020: Felix, Gaja"


def test_a_person_goes_before_the_line_that_rings_the_same_phone() -> None:
    same = hall_of(replace(ANNA, extension=Extension("1920")))

    assert at("1920", same).person is not None


@pytest.mark.parametrize("digits", ["", "9999", "*11", "112", "601234567", "10 11"])
def test_what_is_nobodys_extension_leads_to_nobody(digits: str) -> None:
    assert at_extension(HALL, digits) is None
    assert not is_internal(HALL, digits)


@pytest.mark.parametrize("digits", ["1001", "1003", "1020", "1900", "1920"])
def test_every_extension_of_the_directory_is_internal(digits: str) -> None:
    assert is_internal(HALL, digits)
    assert at_extension(HALL, digits) is not None


def test_a_person_is_found_by_id() -> None:
    found = this_person(HALL, ANNA.id)

    assert found is not None
    assert (found.person, found.unit.id, found.extension.digits) == (ANNA, REGISTRY, "1011")
    assert found.why == "wybrano osobę: Anna"


@pytest.mark.parametrize("name", ["nobody", "clara"])
def test_who_is_not_there_or_has_no_phone_cannot_be_rung(name: str) -> None:
    assert this_person(HALL, PersonId(name)) is None


def test_the_direct_number_is_the_one_that_the_directory_would_have_given() -> None:
    proposed = {found.extension.digits: found.direct for found in resolve(HALL, BIRTH, OPEN).candidates}

    assert proposed["1011"] == "+48447327708", "the matter's own"
    for digits, direct in proposed.items():
        named = at_extension(HALL, digits, subject=BIRTH)
        assert named is not None
        assert named.direct == direct
    by_id = this_person(HALL, ANNA.id, subject=BIRTH)
    assert by_id is not None
    assert by_id.direct == proposed["1011"]


@pytest.mark.parametrize(
    ("digits", "subject", "thinks"),
    [
        ("1011", BIRTH, "prowadzi sprawę: USC II Rejestracja urodzeń"),
        ("1011", DEATH, "właściwa komórka, ale ta osoba prowadzi inne sprawy: Referat registry"),
        ("1920", BIRTH, "wspólny telefon: Referat registry"),
        ("1020", REGISTRY, "wspólny telefon: Referat registry"),
        ("1001", BIRTH, "katalog wskazuje inną komórkę: Referat registry"),
        ("1001", DESK, "prowadzi wszystkie sprawy komórki: Referat desk"),
        ("1900", BIRTH, "katalog wskazuje inną komórkę: Referat registry"),
        ("1001", LOST, "katalog nie wskazuje komórki dla tej sprawy"),
        ("1001", ELSEWHERE, "katalog wskazuje instytucję spoza urzędu: Referat elsewhere"),
        ("1001", "", "nie wiadomo, o jaką sprawę chodzi"),
        ("1001", "of-another-version", "nie wiadomo, o jaką sprawę chodzi"),
    ],
)
def test_what_the_directory_thinks_of_a_choice(digits: str, subject: str, thinks: str) -> None:
    assert competence(HALL, at(digits), subject) == thinks


def test_a_deputy_is_competent_as_a_deputy() -> None:
    hall = hall_of(ANNA, replace(EWA, id=PersonId("clara")))

    assert competence(hall, at("1001", hall), BIRTH) == "zastępuje: Anna"
