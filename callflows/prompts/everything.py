"""Every sentence that can be said ahead of time: what `halo prompts render` renders.

What depends on a caller's number or on the hour is rendered in the call (about 70 ms a sentence).
"""

from collections.abc import Iterator

from callflows.prompts.catalogue import ALWAYS_IN, CATALOGUE
from callflows.prompts.to_officials import language_of
from callflows.prompts.wording import REASONS, Wording
from callflows.spoken.waiting import LONGEST
from callflows.subject import OTHER_MATTER
from directory.model import Extension, Hall, Menu, Reached, Unit
from directory.resolve import Candidate
from telephony.values import Caller, Words

LONGEST_QUEUE = 20
"""Places that are rendered ahead; who stands further back waits 70 ms for the word."""


def everything(hall: Hall) -> tuple[Words, ...]:
    """All sentences of this hall that are known before anyone calls, each once, in the order of use."""
    found = dict.fromkeys(_all(hall))
    return tuple(found)


def _all(hall: Hall) -> Iterator[Words]:
    for language in hall.languages:
        yield from _in_one_language(hall, Wording(hall, language))


def _in_one_language(hall: Hall, wording: Wording) -> Iterator[Words]:
    yield wording.greeting()
    yield from (
        wording.plain(name) for name in _without_slots() if _language_of(name, wording) in hall.languages
    )
    yield from wording.notice()
    yield wording.clerk_by_zero()
    yield wording.back_to_clerk()
    yield from _menus(wording, hall.menu, "")
    yield wording.closed()
    yield from wording.crisis()
    for outcome in REASONS:
        yield wording.trying_the_next(outcome)
        yield wording.came_back(outcome)
        yield from wording.recall(outcome)
    for place in range(1, LONGEST_QUEUE + 1):
        yield wording.position(place)
    for minutes in range(1, LONGEST + 2):
        yield wording.expected_wait(minutes * 60.0)
        yield from wording.offer("", wording.language, minutes * 60.0)
    for candidate in _candidates(hall):
        yield wording.announcement(candidate)
        yield wording.introduction(candidate)
        yield wording.consulted(candidate)
    for unit, number in _numbers(hall):
        yield wording.number(unit, number)
    yield from (wording.outside(unit) for unit in hall.units.values() if unit.outside)
    for subject in [OTHER_MATTER, *(matter.spoken for matter in hall.matters.values())]:
        yield from wording.whisper(next(_candidates(hall)), subject, Caller())
        yield from wording.offer(subject, wording.language)
    for person in hall.people.values():
        yield from wording.whisper(next(_candidates(hall)), OTHER_MATTER, Caller(), person.spoken)
    yield from _absences(hall, wording)


def _absences(hall: Hall, wording: Wording) -> Iterator[Words]:
    """What officials hear whose phone is here: only from there can they dial a code."""
    for person in hall.people.values():
        here = person.extension is not None and person.extension.reached is Reached.HERE
        if here and language_of(hall, person) == wording.language:
            yield wording.whose_absence(person)
            yield from (wording.helps(hall.people[deputy]) for deputy in person.deputies)


def _without_slots() -> Iterator[str]:
    yield from (name for name, prompt in CATALOGUE.items() if "{" not in prompt.text)


def _language_of(name: str, wording: Wording) -> str:
    return ALWAYS_IN.get(name, wording.language)


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
