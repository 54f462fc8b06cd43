"""Every sentence that can be said ahead of time: what `halo prompts render` renders.

What depends on a caller's number or on the hour is rendered in the call (about 70 ms a sentence).
"""

from collections.abc import Iterator

from callflows.prompts.catalogue import CATALOGUE
from callflows.prompts.wording import REASONS, Wording
from directory.model import Extension, Hall, Menu, Unit
from directory.resolve import Candidate
from telephony.values import Caller, Words


def everything(hall: Hall) -> tuple[Words, ...]:
    """All sentences of this hall that are known before anyone calls, each once, in the order of use."""
    found = dict.fromkeys(_all(hall))
    return tuple(found)


def _all(hall: Hall) -> Iterator[Words]:
    wording = Wording(hall)
    yield wording.greeting()
    yield from (wording.plain(prompt.name) for prompt in CATALOGUE.values() if "{" not in prompt.text)
    yield from wording.notice()
    yield wording.clerk_by_zero()
    yield wording.back_to_clerk()
    yield from _menus(wording, hall.menu, "")
    yield wording.closed()
    yield from wording.crisis()
    yield from (wording.trying_the_next(outcome) for outcome in REASONS)
    for candidate in _candidates(hall):
        yield wording.announcement(candidate)
        yield wording.introduction(candidate)
    for unit, number in _numbers(hall):
        yield wording.number(unit, number)
    yield from (wording.outside(unit) for unit in hall.units.values() if unit.outside)
    for subject in [matter.spoken for matter in hall.matters.values()]:
        yield wording.whisper(next(_candidates(hall)), subject, Caller())


def _menus(wording: Wording, menu: Menu, path: str) -> Iterator[Words]:
    yield from wording.menu(menu, path)
    for entry in menu.entries:
        if entry.submenu is not None:
            yield from _menus(wording, entry.submenu, f"{path}{entry.key}")


def _candidates(hall: Hall) -> Iterator[Candidate]:
    for person in hall.people.values():
        yield Candidate(hall.units[person.unit], person.extension or Extension(""), "", person)
    for unit in hall.units.values():
        if unit.line is not None:
            yield Candidate(unit, unit.line, "")


def _numbers(hall: Hall) -> Iterator[tuple[Unit, str]]:
    for unit in hall.units.values():
        if unit.direct:
            yield unit, unit.direct
    for matter in hall.matters.values():
        if matter.direct and matter.unit is not None:
            yield hall.units[matter.unit], matter.direct
