"""Who is rung when people are away, phones are in use or gone, and nobody answered lately."""

from dataclasses import replace
from datetime import datetime
from itertools import pairwise

import pytest

from directory.absence import Absence, AbsenceId
from directory.live import Known, PhoneState
from directory.model import Extension, PersonId
from directory.resolve import Candidate, Lack, PassedOver, Resolution, resolve
from directory.whom import at_extension, circumstances
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
from tests.unit.directory.test_resolve import order

CLARA = person("clara", REGISTRY, "1003")
BORIS = person("boris", REGISTRY, "1002", matters=(DEATH,), announced="panem Borisem")
ANNA = person("anna", REGISTRY, "1001", matters=(BIRTH,), deputies=(PersonId("boris"),))
FELA = person("fela", DESK, "1005", matters=(LOST,))
HALL = hall_of(CLARA, BORIS, ANNA, FELA)
TWO = moment("2026-11-24 14:00")
WITHOUT_LINE = replace(HALL.units[REGISTRY], line=None)


def away(name: str, until: datetime = TWO, **more: object) -> Absence:
    """Somebody is away since the morning."""
    absence = Absence(
        id=AbsenceId(name), person=PersonId(name), begins=moment("2026-11-24 08:00"), ends=until
    )
    return replace(absence, **more)  # type: ignore[arg-type]


def known(*absences: Absence, phones: dict[str, PhoneState] | None = None, **misses: int) -> Known:
    """What is known now; misses by extension, like `x1001=2`."""
    theirs = {one.person: tuple(each for each in absences if each.person == one.person) for one in absences}
    return Known(theirs, phones or {}, {name[1:]: times for name, times in misses.items()})


def whys(found: Resolution) -> dict[str, str]:
    everybody: list[Candidate | PassedOver] = [*found.candidates, *found.passed_over]
    return {(each.person.id if each.person else f"line of {each.unit.id}"): each.why for each in everybody}


def test_an_absent_ones_deputy_steps_into_their_place() -> None:
    found = resolve(HALL, BIRTH, OPEN, known(away("anna")))

    assert order(found) == ["boris", "clara", "line of registry"]
    assert whys(found) == {
        "anna": "nieobecna do 14:00",
        "boris": "w sprawie: USC II Rejestracja urodzeń; zastępuje: Anna, nieobecna do 14:00",
        "clara": "prowadzi wszystkie sprawy komórki: Referat registry",
        "line of registry": "wspólny telefon: Referat registry",
    }


def test_who_helps_by_the_absence_comes_before_the_deputies() -> None:
    found = resolve(HALL, BIRTH, OPEN, known(away("anna", helps=PersonId("fela"))))

    assert order(found) == ["fela", "boris", "clara", "line of registry"]


def test_who_helps_may_have_left_the_hall() -> None:
    found = resolve(HALL, BIRTH, OPEN, known(away("anna", helps=PersonId("long-gone"))))

    assert order(found) == ["boris", "clara", "line of registry"]


def test_a_deputy_who_is_away_has_deputies_too() -> None:
    boris = replace(BORIS, deputies=(PersonId("fela"),))
    live = known(away("anna"), away("boris", moment("2026-11-30 08:00")))

    found = resolve(hall_of(CLARA, boris, ANNA, FELA), BIRTH, OPEN, live)

    assert order(found) == ["fela", "clara", "line of registry"]
    assert whys(found)["boris"] == "nieobecny do 30.11.2026 8:00"
    assert whys(found)["fela"] == (
        "w sprawie: USC II Rejestracja urodzeń; zastępuje: Boris, nieobecny do 30.11.2026 8:00 (po: Anna)"
    )


def test_people_who_are_away_and_stand_in_for_each_other() -> None:
    boris = replace(BORIS, deputies=(PersonId("anna"),))

    found = resolve(hall_of(CLARA, boris, ANNA), BIRTH, OPEN, known(away("anna"), away("boris")))

    assert order(found) == ["clara", "line of registry"]
    assert [each.person.id for each in found.passed_over if each.person] == ["anna", "boris"]


def test_a_long_row_of_absent_deputies_leads_to_the_last() -> None:
    names = [f"p{number}" for number in range(2000)]
    row = [
        person(name, DESK, None, matters=(LOST,), deputies=(PersonId(after),))
        for name, after in pairwise(names)
    ]
    last = person(names[-1], DESK, "1008", matters=(LOST,))
    anna = replace(ANNA, deputies=(PersonId("p0"),))

    found = resolve(hall_of(anna, *row, last), BIRTH, OPEN, known(away("anna"), *map(away, names[:-1])))

    assert order(found) == ["p1999", "line of registry"]


def test_absences_that_follow_each_other_are_one() -> None:
    live = known(away("anna"), away("anna", TWO, begins=TWO, ends=moment("2026-11-25 10:00")))

    assert whys(resolve(HALL, BIRTH, OPEN, live))["anna"] == "nieobecna do 25.11.2026 10:00"


def test_phones_in_use_come_later_missed_ones_after_them_and_doubtful_ones_last() -> None:
    doubtful = replace(ANNA, extension=Extension("1001", doubtful=True))
    phones = {"1001": PhoneState.FREE, "1003": PhoneState.IN_USE, "1002": PhoneState.FREE}

    found = resolve(hall_of(CLARA, BORIS, doubtful), BIRTH, OPEN, known(phones=phones, x1002=2, x1920=1))

    assert order(found) == ["clara", "boris", "line of registry", "anna"]
    assert whys(found) == {
        "clara": "prowadzi wszystkie sprawy komórki: Referat registry; telefon zajęty",
        "boris": "zastępuje: Anna; telefon wolny; ostatnio 2 nieodebrane połączenia z rzędu",
        "line of registry": "wspólny telefon: Referat registry; ostatnio nieodebrane połączenie",
        "anna": "prowadzi sprawę: USC II Rejestracja urodzeń; telefon wolny; numer w katalogu jest niepewny",
    }


def test_a_phone_that_is_gone_is_passed_over() -> None:
    found = resolve(HALL, BIRTH, OPEN, known(phones={"1001": PhoneState.GONE, "1920": PhoneState.GONE}))

    assert order(found) == ["clara", "boris"]
    assert whys(found)["anna"] == whys(found)["line of registry"] == "telefon odłączony"


def test_everybody_is_away() -> None:
    hall = replace(HALL, units={**HALL.units, REGISTRY: WITHOUT_LINE})
    evening = moment("2026-11-24 22:00")

    found = resolve(hall, BIRTH, OPEN, known(*(away(name, evening) for name in ("anna", "boris", "clara"))))

    assert (found.candidates, found.lack) == ((), Lack.AWAY)
    assert found.back == moment("2026-11-25 08:00"), "when the unit opens after that"
    assert (
        found.why_none
        == "osoby prowadzące sprawę są nieobecne, pierwsza wraca 25.11.2026 8:00: Referat registry"
    )
    assert found.direct == "+48447327708"


def test_somebody_is_there_but_the_phone_is_gone() -> None:
    hall = replace(HALL, units={**HALL.units, REGISTRY: WITHOUT_LINE})
    live = known(away("anna"), away("boris"), phones={"1003": PhoneState.GONE})

    found = resolve(hall, BIRTH, OPEN, live)

    assert (found.candidates, found.lack, found.back) == ((), Lack.UNREACHABLE, None)
    assert found.why_none == "telefony są odłączone: Referat registry"


def test_each_lack_has_its_word() -> None:
    mute = replace(HALL.units[REGISTRY], line=None)
    without = replace(hall_of(), units={**HALL.units, REGISTRY: mute})

    assert resolve(HALL, ELSEWHERE, OPEN).lack is Lack.OUTSIDE
    assert resolve(HALL, BIRTH, moment("2026-11-24 20:00")).lack is Lack.CLOSED
    assert resolve(without, BIRTH, OPEN).lack is Lack.UNREACHABLE
    assert resolve(HALL, BIRTH, OPEN).lack is None


def test_a_unit_closed_for_a_day_is_closed_alone() -> None:
    closed = replace(HALL.units[REGISTRY], closed_on=frozenset({OPEN.date()}))
    hall = replace(HALL, units={**HALL.units, REGISTRY: closed})

    assert resolve(hall, BIRTH, OPEN).lack is Lack.CLOSED
    assert order(resolve(hall, LOST, OPEN)) == ["fela", "line of desk"]


def test_a_deputy_whose_own_unit_is_closed_is_passed_over() -> None:
    desk = replace(HALL.units[DESK], closed_on=frozenset({OPEN.date()}))
    hall = replace(hall_of(replace(ANNA, deputies=(FELA.id,)), FELA), units={**HALL.units, DESK: desk})

    found = resolve(hall, BIRTH, OPEN, known(away("anna")))

    assert order(found) == ["line of registry"]
    assert whys(found)["fela"] == "poza godzinami pracy: Referat desk"


def test_a_fax_is_neither_rung_nor_told() -> None:
    fax = "+48447327753"
    registry = replace(HALL.units[REGISTRY], faxes=(fax, "1003"))
    people = (replace(ANNA, direct=fax), BORIS, CLARA)
    hall = replace(hall_of(*people), units={**HALL.units, REGISTRY: registry})

    found = resolve(hall, BIRTH, OPEN)

    assert order(found) == ["anna", "boris", "line of registry"]
    assert found.candidates[0].direct == "+48447327708"
    assert whys(found)["clara"] == "pod tym numerem jest faks"


def test_an_officials_mobile_is_not_told() -> None:
    anna = replace(ANNA, direct="+48601234567", mobile="+48601234567")

    assert resolve(hall_of(anna, BORIS), BIRTH, OPEN).candidates[0].direct == "+48447327708"


@pytest.mark.parametrize(
    ("times", "said"),
    [
        (1, "ostatnio nieodebrane połączenie"),
        (3, "ostatnio 3 nieodebrane połączenia z rzędu"),
        (5, "ostatnio 5 nieodebranych połączeń z rzędu"),
        (12, "ostatnio 12 nieodebranych połączeń z rzędu"),
        (22, "ostatnio 22 nieodebrane połączenia z rzędu"),
    ],
)
def test_misses_are_counted_in_polish(times: int, said: str) -> None:
    assert whys(resolve(HALL, BIRTH, OPEN, known(x1001=times)))["anna"].endswith(f"; {said}")


@pytest.mark.parametrize(
    ("live", "told"),
    [
        (known(), ""),
        (known(away("anna")), "nieobecna do 14:00"),
        (known(phones={"1001": PhoneState.GONE}), "telefon odłączony"),
        (known(away("anna"), phones={"1001": PhoneState.IN_USE}), "nieobecna do 14:00; telefon zajęty"),
    ],
)
def test_who_chooses_a_person_is_told_how_things_stand(live: Known, told: str) -> None:
    chosen = at_extension(HALL, "1001")

    assert chosen is not None
    assert circumstances(HALL, chosen, OPEN, live) == told
