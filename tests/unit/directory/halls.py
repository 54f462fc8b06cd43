"""Small invented halls, built in code, for rules that the real catalogue does not happen to try."""

import shutil
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from directory.load import DEMO
from directory.model import (
    Extension,
    Hall,
    Hours,
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

WARSAW = ZoneInfo("Europe/Warsaw")
DESK, REGISTRY, ELSEWHERE = UnitId("desk"), UnitId("registry"), UnitId("elsewhere")
BIRTH, DEATH, LOST = MatterId("birth"), MatterId("death"), MatterId("lost")
OFFICE = Week({day: Hours(time(8), time(17) if day == 2 else time(15, 30)) for day in range(1, 6)})


def moment(text: str) -> datetime:
    """A moment in Warsaw, like "2026-11-24 10:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=WARSAW)


OPEN = moment("2026-11-24 10:00")


def unit(key: UnitId, **changes: Any) -> Unit:
    """A unit of that id."""
    return replace(Unit(key, f"Referat {key}", f"Referat {key}"), **changes)


def person(name: str, home: UnitId, extension: str | None, **changes: Any) -> Person:
    """A person with that id, unit and extension."""
    line = Extension(extension) if extension else None
    someone = Person(PersonId(name), name.title(), home, name.title(), f"panią {name.title()}", line)
    return replace(someone, **changes)


def hall_of(*people: Person, **changes: Any) -> Hall:
    """A hall with a desk, one unit, one body outside it, and these people."""
    units = (
        unit(DESK, direct="+48447321890", numbers=("+48447321890",), line=Extension("1900")),
        unit(REGISTRY, direct="+48447327707", numbers=("+48447327707",), line=Extension("1920")),
        unit(ELSEWHERE, direct="+48447339003", numbers=("+48447339003",), outside=True),
    )
    matters = (
        Matter(BIRTH, "USC II", "Rejestracja urodzeń", "urodzenie", REGISTRY, "+48447327708"),
        Matter(DEATH, "USC III", "Rejestracja zgonów", "zgon", REGISTRY),
        Matter(LOST, "", "Rzeczy znalezione", "rzeczy znalezione"),
    )
    hall = Hall(
        name="Urząd Miasta Przykładowa",
        desk=DESK,
        units={known.id: known for known in units},
        matters={known.id: known for known in matters},
        people={known.id: known for known in people},
        week=OFFICE,
        menu=Menu((MenuEntry("1", "Urodzenia", matter=BIRTH),)),
    )
    return replace(hall, **changes)


def copied_hall(folder: Path) -> Path:
    """A copy of the demo's files that a test may spoil."""
    return Path(shutil.copytree(DEMO, folder / "hall"))


def spoil(folder: Path, file: str, old: str, new: str) -> None:
    """Replace a text that must stand in a file of the hall."""
    path = folder / file
    text = path.read_bytes().decode()
    assert old in text, f"{old!r} is not in {file}"
    path.write_bytes(text.replace(old, new, 1).encode())
