"""The reasons of `directory.resolve` in Polish, for the supervisor who reads them in the story of a call.

A reason is a sentence in parts: "w sprawie: DEL X Meldunek; zastępuje: Anna Próbna, nieobecna do 14:00; telefon wolny".
"""

from datetime import datetime, tzinfo

from directory.live import PhoneState
from directory.model import Person

GONE = "telefon odłączony"
STATES = {
    PhoneState.FREE: "telefon wolny",
    PhoneState.IN_USE: "telefon zajęty",
    PhoneState.GONE: GONE,
    PhoneState.UNKNOWN: "",
}
"""What a phone is doing; where nobody knows, nothing is said."""

FAX = "pod tym numerem jest faks"
NO_PHONE = "katalog nie podaje telefonu"
DOUBTFUL = "numer w katalogu jest niepewny"
UNIT_UNKNOWN = "katalog nie wskazuje komórki dla tej sprawy"

_ABSENT = {"panią": "nieobecna", "panem": "nieobecny"}
"""By the title with which somebody is announced."""


def joined(*parts: str) -> str:
    """Join the parts of a reason; empty ones are left out."""
    return "; ".join(part for part in parts if part)


def away_until(person: Person, until: datetime, at: datetime, zone: tzinfo) -> str:
    """Say that somebody is away, and until when: "nieobecna do 14:00", "nieobecny do 25.11.2026 8:00"."""
    absent = _ABSENT.get(person.announced.partition(" ")[0], "nieobecność")
    return f"{absent} do {written(until, at, zone)}"


def written(moment: datetime, at: datetime, zone: tzinfo) -> str:
    """Write a moment as it is seen from another: the hour if it is the same day, else the date too."""
    local = moment.astimezone(zone)
    hour = f"{local.hour}:{local.minute:02}"
    return hour if local.date() == at.astimezone(zone).date() else f"{local:%d.%m.%Y} {hour}"


def closed(name: str) -> str:
    """Say that a unit does not work at that moment."""
    return f"poza godzinami pracy: {name}"


def same_phone(digits: str, name: str) -> str:
    """Say that a phone is on the list already, for somebody else."""
    return f"numer {digits} jest już na liście: {name}"


def all_away(name: str, back: str) -> str:
    """Say that everybody competent is away, and when the first of them is back."""
    return f"osoby prowadzące sprawę są nieobecne, pierwsza wraca {back}: {name}"


def no_phone(name: str) -> str:
    """Say that the catalogue has no phone to ring."""
    return f"{NO_PHONE}, na który można zadzwonić: {name}"


def all_gone(name: str) -> str:
    """Say that no phone is connected."""
    return f"telefony są odłączone: {name}"


def missed(times: int) -> str:
    """Say how often in a row nobody took a call there lately; nothing for never."""
    if times <= 1:
        return "ostatnio nieodebrane połączenie" if times else ""
    few = times % 10 in (2, 3, 4) and times % 100 not in (12, 13, 14)
    return f"ostatnio {times} {'nieodebrane połączenia' if few else 'nieodebranych połączeń'} z rzędu"
