"""A small invented town hall: three units, five people, seven matters; enough for every story."""

from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from directory.model import (
    Extension,
    Hall,
    Hours,
    LinePolicy,
    Matter,
    MatterId,
    Menu,
    MenuEntry,
    Person,
    PersonId,
    Reached,
    Unit,
    UnitId,
    Week,
)

WARSAW = ZoneInfo("Europe/Warsaw")
TUESDAY_TEN = datetime(2026, 11, 24, 10, 0, tzinfo=WARSAW)
TUESDAY_NIGHT = datetime(2026, 11, 24, 22, 0, tzinfo=WARSAW)

BOM, DEL, USC, MOPR = UnitId("bom"), UnitId("del"), UnitId("usc"), UnitId("mopr")
ID_CARD, MARRIAGE, ALLOWANCE, LICENCE = (MatterId(m) for m in ("id-card", "marriage", "allowance", "licence"))
ANNA, PIOTR, EWA = PersonId("anna"), PersonId("piotr"), PersonId("ewa")

_UNITS = (
    Unit(
        BOM,
        "Biuro Obsługi Mieszkańców",
        "Biuro Obsługi Mieszkańców",
        direct="+48447321890",
        line=Extension("1900"),
    ),
    Unit(
        DEL,
        "Referat Ewidencji Ludności",
        "Referat Ewidencji Ludności",
        direct="+48447327705",
        line=Extension("1799", Reached.TRUNK),
    ),
    Unit(USC, "Urząd Stanu Cywilnego", "Urząd Stanu Cywilnego", direct="+48447327707"),
    Unit(
        MOPR,
        "Miejski Ośrodek Pomocy Rodzinie",
        "Miejski Ośrodek Pomocy Rodzinie",
        direct="+48447339003",
        outside=True,
    ),
)
_MATTERS = (
    Matter(ID_CARD, "DEL I", "Wydanie dowodu osobistego", "dowód osobisty", DEL, "+48447327706"),
    Matter(MARRIAGE, "USC V", "Zawarcie małżeństwa", "zawarcie małżeństwa", USC),
    Matter(ALLOWANCE, "", "Dodatek mieszkaniowy", "dodatek mieszkaniowy", MOPR, "+48447339003"),
    Matter(LICENCE, "DRK XIX", "Wymiana prawa jazdy", "wymiana prawa jazdy"),
)
_PEOPLE = (
    Person(
        ANNA,
        "Anna Przykładowa",
        DEL,
        "Anna Przykładowa",
        "panią Anną Przykładową",
        Extension("1001"),
        matters=(ID_CARD,),
        deputies=(PIOTR,),
    ),
    Person(
        PIOTR,
        "Piotr Zmyślony",
        DEL,
        "Piotr Zmyślony",
        "panem Piotrem Zmyślonym",
        Extension("1002"),
        matters=(LICENCE,),
    ),
    Person(
        EWA,
        "Ewa Wymyślona",
        USC,
        "Ewa Wymyślona",
        "panią Ewą Wymyśloną",
        Extension("1003", Reached.TRUNK),
        accept_key=False,
        introduction=False,
    ),
)
_MENU = Menu(
    (
        MenuEntry("1", "Dowody osobiste", matter=ID_CARD),
        MenuEntry("2", "Śluby", matter=MARRIAGE),
        MenuEntry(
            "3",
            "Inne sprawy",
            submenu=Menu(
                (
                    MenuEntry("1", "Dodatek mieszkaniowy", matter=ALLOWANCE),
                    MenuEntry("2", "Prawo jazdy", matter=LICENCE),
                    MenuEntry("3", "Pozostałe sprawy meldunkowe", unit=DEL),
                )
            ),
        ),
    )
)

TOWN = Hall(
    name="Urząd Miasta Przykładowa",
    desk=BOM,
    units={unit.id: unit for unit in _UNITS},
    matters={matter.id: matter for matter in _MATTERS},
    people={person.id: person for person in _PEOPLE},
    week=Week({day: Hours(time(8), time(15, 30)) for day in range(1, 6)}),
    menu=_MENU,
    crisis_number="986",
    policy=LinePolicy(
        calls_per_minute=0, calls_at_once=0, withheld_at_once=0
    ),  # the tests' citizens share a number
)


def town(**policy: float | int) -> Hall:
    """The town with another policy."""
    return replace(TOWN, policy=replace(TOWN.policy, **policy))  # type: ignore[arg-type]
