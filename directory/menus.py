"""The rules of the menu: at most two levels of six keys, each key spoken, and each leading somewhere."""

from collections.abc import Iterator

from directory.model import Hall, Menu, MenuEntry
from directory.names import nearest
from directory.report import Fault

FILE = "hall.toml"
LEVELS = 2
KEYS = 6
ALLOWED = "12345678"
"""0, 9 and * are the line's own keys; # ends a number."""
LANGUAGE = "8"
"""The line's own key too, in the first menu of a hall that speaks two languages."""


def menu_faults(hall: Hall) -> tuple[Fault, ...]:
    """Return what is wrong with the menu of a hall."""
    return tuple(_of_menu(hall, hall.menu, "menu", 1))


def _of_menu(hall: Hall, menu: Menu, place: str, level: int) -> Iterator[Fault]:
    if not menu.entries:
        yield Fault(FILE, place, "this menu has no keys", "give it one, or take the menu out")
    if len(menu.entries) > KEYS:
        what = f"{len(menu.entries)} keys are more than a caller keeps in mind"
        yield Fault(FILE, place, what, f"leave {KEYS}, and group the others", value=menu.entries[KEYS].spoken)
    seen: set[str] = set()
    for entry in menu.entries:
        yield from _of_entry(hall, entry, f"{place}, key {entry.key}", level)
        if entry.key in seen:
            what = f"key {entry.key} is given twice"
            yield Fault(FILE, place, what, "give every key once", value=entry.spoken)
        seen.add(entry.key)
    if level == 1 and LANGUAGE in seen and len(hall.languages) > 1:
        what = f"key {LANGUAGE} of the first menu changes the language"
        mend = 'use another key, or speak one language only: languages = ["pl"]'
        yield Fault(FILE, f"{place}, key {LANGUAGE}", what, mend)


def _of_entry(hall: Hall, entry: MenuEntry, place: str, level: int) -> Iterator[Fault]:
    if entry.key not in ALLOWED or len(entry.key) != 1:
        what = f"{entry.key!r} is no key of a menu (0, 9 and * are the line's own)"
        yield Fault(FILE, place, what, f"use one of {', '.join(ALLOWED)}", value=entry.spoken)
    if not entry.spoken.strip():
        yield Fault(FILE, place, "nothing is said for this key", "write what the caller hears")
    if any(sign.isdigit() for sign in entry.spoken_en):
        what, mend = "the English text has figures", "write them in words"
        yield Fault(FILE, place, what, mend, value=entry.spoken_en)
    targets = [target for target in (entry.matter, entry.unit, entry.submenu) if target is not None]
    if len(targets) != 1:
        what = "this key leads nowhere" if not targets else "this key leads to several things"
        yield Fault(FILE, place, what, "name one matter, one unit, or one submenu", value=entry.spoken)
    if entry.matter is not None and entry.matter not in hall.matters:
        what, mend = f"there is no matter {entry.matter!r}", nearest(entry.matter, hall.matters)
        yield Fault(FILE, place, what, mend, value=entry.matter)
    if entry.unit is not None and entry.unit not in hall.units:
        what, mend = f"there is no unit {entry.unit!r}", nearest(entry.unit, hall.units)
        yield Fault(FILE, place, what, mend, value=entry.unit)
    if entry.submenu is not None and level >= LEVELS:
        yield Fault(FILE, place, "a menu below a submenu", f"keep to {LEVELS} levels", value=entry.spoken)
    elif entry.submenu is not None:
        yield from _of_menu(hall, entry.submenu, place, level + 1)
