"""The hall that is called: one colleague for each way of not taking a call, sixteen clerks, and much hurry."""

from dataclasses import replace
from datetime import time

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
    Unit,
    UnitId,
    Week,
)
from tests.fakes.behaviour import Behaviour

CLERKS = tuple(str(extension) for extension in range(1101, 1117))
SPEAKS_ENGLISH = CLERKS[:8]
PROOF = 0.6
"""Seconds for which two must hear each other; who hangs up sooner has no talk on record."""

BEHAVES = {
    "1001": Behaviour.TAKES_IT,
    "1002": Behaviour.BUSY,
    "1003": Behaviour.DECLINES,
    "1004": Behaviour.NEVER_ANSWERS,
    "1005": Behaviour.VOICEMAIL,
    "1006": Behaviour.NOT_REGISTERED,
    "1007": Behaviour.DECLINES_BY_KEY,
    "1008": Behaviour.HANGS_UP_WHILE_ANNOUNCED,
    "1009": Behaviour.TAKES_IT,
}
"""What each colleague does, by extension."""

TAKES_IT, BUSY, NEVER_ANSWERS, VOICEMAIL = "1001", "1002", "1004", "1005"
_DESK, _OFFICE, _ARCHIVE, _OUTSIDE = (UnitId(unit) for unit in ("desk", "office", "archive", "welfare"))
_HURRY = LinePolicy(
    calls_per_minute=0,  # the traffic is far above what one number may
    calls_at_once=0,
    withheld_at_once=0,
    ring=1.2,
    ring_in_all=4.0,
    accept=1.0,
    proof=PROOF,
    menu_tries=2,
    first_key=1.5,
    next_key=0.6,
    offer_ring=4.0,
    missed_offers=10,
    wrap_up=0.2,
    queue_says=2.0,
    queue_callback=3.0,
)


def hall() -> Hall:
    """The whole hall."""
    units = (
        Unit(_DESK, "Biuro Obsługi", "Biuro Obsługi", direct="+48447321890", line=Extension("1900")),
        Unit(_OFFICE, "Referat Ewidencji", "Referat Ewidencji", direct="+48447327705"),
        Unit(_ARCHIVE, "Archiwum", "Archiwum", direct="+48447327707"),
        Unit(_OUTSIDE, "Ośrodek Pomocy", "Ośrodek Pomocy", direct="+48447339003", outside=True),
    )
    matters = [
        Matter(_about(extension), "", f"Sprawa {extension}", f"sprawa {extension}", _OFFICE, "+48447327706")
        for extension in BEHAVES
    ]
    matters.append(Matter(MatterId("outside"), "", "Dodatek", "dodatek", _OUTSIDE))
    people = [*(_colleague(extension) for extension in BEHAVES), *(_clerk(number) for number in CLERKS)]
    return Hall(
        name="Urząd Miasta Próbnego",
        desk=_DESK,
        units={unit.id: unit for unit in units},
        matters={matter.id: matter for matter in matters},
        people={person.id: person for person in people},
        week=Week({day: Hours(time(8), time(15, 30)) for day in range(1, 6)}),
        menu=_menu(),
        crisis_number="986",
        policy=_HURRY,
    )


def _menu() -> Menu:
    refusing = [
        MenuEntry(str(key), f"sprawa {extension}", matter=_about(extension))
        for key, extension in enumerate(("1003", "1004", "1005", "1006", "1007", "1008"), start=1)
    ]
    return Menu(
        (
            MenuEntry("1", "sprawa pierwsza", matter=_about(TAKES_IT)),
            MenuEntry("2", "sprawa druga", matter=_about(BUSY)),
            MenuEntry("3", "inne sprawy", submenu=Menu(tuple(refusing))),
            MenuEntry("4", "sprawa z zastępstwem", matter=_about("1009")),
            MenuEntry("5", "dodatek", matter=MatterId("outside")),
        )
    )


def _about(extension: str) -> MatterId:
    return MatterId(f"about-{extension}")


def _person(extension: str) -> PersonId:
    return PersonId(f"person-{extension}")


def _colleague(extension: str) -> Person:
    """Each settles one matter alone, but that of 1009: the one who is busy has it too, and comes first."""
    name = f"Urzędnik {extension}"
    matters = (_about(extension), _about("1009")) if extension == BUSY else (_about(extension),)
    return Person(_person(extension), name, _ARCHIVE, name, name, Extension(extension), matters=matters)


def _clerk(extension: str) -> Person:
    name = f"Pracownik {extension}"
    clerk = Person(_person(extension), name, _DESK, name, name, Extension(extension))
    return replace(clerk, languages=("pl", "en")) if extension in SPEAKS_ENGLISH else clerk
