"""An import, from entries to the hall that would be in force after it, with its changes and all that is doubtful.

    plan = planned(hall, entries, Rules(gone=Gone.KEEP))
    plan.hall, plan.changes, plan.findings, plan.gone

Nothing is written here. `planned` raises DirectoryError with the row that cannot be imported, and then nothing is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from directory.captures import Age
from directory.changes import Change, Kind, Known, changes
from directory.importing.entries import Entry
from directory.importing.gone import gone_of, without
from directory.importing.homes import Homes
from directory.importing.meanings import Meaning
from directory.importing.people import read_people
from directory.importing.person_phones import faxes_of
from directory.importing.ties import Ties
from directory.importing.unit_numbers import add_numbers
from directory.importing.units import read_catalogue
from directory.model import Hall, Reached, UnitId
from directory.report import DirectoryError, Fault, Finding
from directory.validate import faults

ANY_AGE = Age(())
"""No page is known to be newer than another."""


class Gone(Enum):
    """What becomes of those whom the directory has and the list does not."""

    KEEP = "keep"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Rules:
    """What whoever imports decides."""

    gone: Gone = Gone.KEEP
    age: Age = ANY_AGE
    """Which pages are newer, where a list has two captures of one thing."""
    unit: UnitId | None = None
    """Whose the new people are of whom the list does not say it; None: that is a fault."""
    reached: Reached = Reached.HERE
    """Where a new extension is reached, if the list does not say."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do."""

    hall: Hall
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    """In the order of the list."""
    gone: tuple[Known, ...]
    """What the directory has, of the kinds that the list is about, and the list has not."""
    entries: int
    seen: dict[str, Entry] = field(default_factory=dict)
    """By id: the row that speaks of it."""


def planned(
    hall: Hall,
    entries: Sequence[Entry],
    rules: Rules | None = None,
    *,
    found: Sequence[Finding] = (),
    tick: Callable[[], None] = lambda: None,
) -> Plan:
    """Work out what these entries make of the hall. Raises DirectoryError.

    `found` is what had to be decided to get the entries; `tick` is called for every entry.
    """
    rules = rules or Rules()
    faxes = {number for unit in hall.units.values() for number in unit.faxes}
    faxes |= {number for entry in entries for number in faxes_of(entry, hall.numbering)}
    lists = [it for it in entries if not it.adds]
    units, matters = _of(lists, Kind.UNIT), _of(lists, Kind.MATTER)
    read = read_catalogue(hall, units, matters, rules.age, faxes=faxes, tick=tick)
    homes = Homes(read.units)
    staff = _of(entries, Kind.PERSON)
    people = read_people(hall, staff, homes, faxes=faxes, reached=rules.reached, unit=rules.unit, tick=tick)
    findings = [*read.findings, *people.findings]
    findings += add_numbers(read.units, homes, [it for it in entries if it.adds], hall.numbering)
    Ties(people.known, read.matters, findings).read(people.seen)
    seen: dict[str, Entry] = read.seen | {str(key): entry for key, entry in people.seen.items()}
    new = replace(hall, units=read.units.units, matters=read.matters, people=people.known.people)
    gone = gone_of(hall, {it.kind for it in lists}, seen)
    if rules.gone is Gone.REMOVE:
        new, stayed = without(new, gone)
        findings += [_stays(entries[0], it) for it in stayed]
    if wrong := faults(new):
        raise DirectoryError(*(_in_its_row(fault, seen) for fault in wrong))
    findings += homes.findings
    findings = [*found, *findings]
    files = {it.file: place for place, it in reversed(list(enumerate(findings)))}
    files |= {it.file: place - len(entries) for place, it in reversed(list(enumerate(entries)))}
    findings.sort(key=lambda it: (files[it.file], it.line))
    return Plan(new, changes(hall, new), tuple(dict.fromkeys(findings)), gone, len(entries), seen)


def _of(entries: Sequence[Entry], kind: Kind) -> list[Entry]:
    return [it for it in entries if it.kind is kind and not it.adds]


def _stays(entry: Entry, it: Known) -> Finding:
    why = "gone from the list, and still named by the menu, a matter or somebody: it was not removed"
    return Finding(entry.file, 0, "", it.id, why, "take it out of what names it first")


def _in_its_row(fault: Fault, seen: dict[str, Entry]) -> Fault:
    """Say the row and column of the list where the hall would be at fault because of it."""
    entry = seen.get(fault.value)
    if entry is None:
        return fault
    said = entry.where(_MEANINGS[fault.field]) if fault.field in _MEANINGS else None
    return replace(fault, file=entry.file, line=entry.line, field=said.column if said else fault.field)


_MEANINGS = {it.value: it for it in Meaning} | {"name": Meaning.NAME, "phones": Meaning.PHONES}
