"""Which phones the directory wants: one for each extension that is reached here, and who sits at it."""

import re
from dataclasses import dataclass

from directory.model import Extension, Hall, Reached
from directory.whom import clerks_of, person_at

EXTENSION = re.compile(r"[1-9][0-9]{1,5}")
"""What the dialplan takes for a number inside the hall (`[hall-numbers]` in extensions.conf)."""
EMERGENCY = re.compile(r"112|98[4-7]|99[1-9]")
"""What it takes for a call for help, before anything else (`[emergency]`)."""


class BadPhone(ValueError):
    """A phone that cannot be; the text is one sentence."""


@dataclass(frozen=True, slots=True)
class DeskPhone:
    """One phone that registers here."""

    extension: str
    name: str
    """What other phones show when it calls: its person's name, or its unit's."""
    whose: tuple[str, ...]
    """Everybody who is reached by it: people first, then units."""
    clerk: bool
    """Whether somebody of the hall's desk sits at it, who logs on to take callers from the queue."""
    personal: bool = True
    """Whether it is that of exactly one person, who reports absences from it."""


@dataclass(frozen=True, slots=True)
class Phones:
    """All the extensions of a hall, in order."""

    here: tuple[DeskPhone, ...]
    behind_trunk: tuple[str, ...]
    """Extensions at the hall's other PBX."""


def phones_of(hall: Hall) -> Phones:
    """Return the phones of everybody in the directory. Raises BadPhone."""
    clerks = {person.extension.digits for person in clerks_of(hall) if person.extension}
    people = [(person.extension, person.name) for person in hall.people.values()]
    lines = [(unit.line, unit.name) for unit in hall.units.values()]
    named: dict[str, list[str]] = {}
    reached: dict[str, Reached] = {}
    for extension, name in (*people, *lines):
        if extension is None:
            continue
        _may_be_dialled(extension, name)
        if reached.setdefault(extension.digits, extension.reached) is not extension.reached:
            first = named[extension.digits][0]
            raise BadPhone(
                f"{extension.digits} is reached here for one and by the trunk for another: {first}, {name}"
            )
        named.setdefault(extension.digits, []).append(name)
    return Phones(
        here=tuple(
            DeskPhone(digits, names[0], tuple(names), digits in clerks, person_at(hall, digits) is not None)
            for digits, names in sorted(named.items())
            if reached[digits] is Reached.HERE
        ),
        behind_trunk=tuple(sorted(digits for digits, where in reached.items() if where is Reached.TRUNK)),
    )


def _may_be_dialled(extension: Extension, name: str) -> None:
    if EMERGENCY.fullmatch(extension.digits):
        raise BadPhone(f"{extension.digits} of {name} is an emergency number: give them another extension")
    if not EXTENSION.fullmatch(extension.digits):
        raise BadPhone(f"{extension.digits} of {name} cannot be dialled: two to six digits, the first not 0")
