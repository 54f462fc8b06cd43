"""People of an import: each entry is somebody of the directory, with what it says changed, or somebody new."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from directory.importing.entries import Entry, Said
from directory.importing.homes import Homes
from directory.importing.matched import Matching
from directory.importing.matching import People
from directory.importing.meanings import Meaning
from directory.importing.person_fields import Given, left_empty, overlaid
from directory.importing.person_phones import person_phones
from directory.importing.same_people import Candidate, candidates_of, merged
from directory.model import Hall, Person, PersonId, Reached, UnitId
from directory.names import short_slug
from directory.numbers import national
from directory.report import Finding


@dataclass
class PeopleRead:
    """All people after an import, and what was seen and decided on the way."""

    known: People
    seen: dict[PersonId, Entry] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read_people(
    hall: Hall,
    entries: Iterable[Entry],
    homes: Homes,
    *,
    faxes: Collection[str],
    reached: Reached = Reached.HERE,
    unit: UnitId | None = None,
    tick: Callable[[], None] = lambda: None,
) -> PeopleRead:
    """Read the people of all entries. Raises DirectoryError."""
    read = PeopleRead(People.of(hall.people.values()))
    found = (each for entry in entries for each in candidates_of(entry, homes, read.findings))
    candidates = merged(found, read.findings)
    Matching(candidates, read.known, read.findings).match()
    switchboards: dict[str, tuple[Entry, Said, int]] = {}
    empty: dict[str, tuple[Entry, Meaning, int]] = {}
    for candidate in candidates:
        tick()
        entry = candidate.entry
        before = _before(candidate, read, unit)
        phones = person_phones(entry, hall.numbering, faxes)
        phones.tell_of_faxes()
        for number, said in phones.switchboards.items():
            first = switchboards.get(number, (entry, said, 0))
            switchboards[number] = (*first[:2], first[2] + 1)
        for meaning in left_empty(before, entry):
            column = entry.where(meaning).column
            told = empty.get(column, (entry, meaning, 0))
            empty[column] = (*told[:2], told[2] + 1)
        given = Given(
            entry, candidate.name, before.unit if candidate.unit is None else candidate.unit, phones, reached
        )
        is_new = before.id not in hall.people and before.id not in read.seen
        person, findings = overlaid(before, given, is_new=is_new)
        read.known.put(person)
        read.seen[person.id] = entry
        read.findings += findings
    _tell_once(read, switchboards, empty)
    return read


def _before(candidate: Candidate, read: PeopleRead, unit: UnitId | None) -> Person:
    """Return whom the candidate means as the directory has them, or somebody new."""
    if candidate.means is not None:
        return read.known.people[candidate.means]
    entry, name = candidate.entry, candidate.name.whole
    home = candidate.unit or unit
    if home is None:
        what = f"no unit is named for {name}, neither here nor above"
        mend = "write the unit into the row, or a heading above it, or import with --unit"
        raise entry.fault(Meaning.UNIT, what, mend)
    key = short_slug(entry.text(Meaning.ID))
    new = PersonId(key) if key else read.known.new_id(name, home)
    return Person(new, name, home, name, "")


def _tell_once(
    read: PeopleRead,
    switchboards: dict[str, tuple[Entry, Said, int]],
    empty: dict[str, tuple[Entry, Meaning, int]],
) -> None:
    """Tell once what many rows have in common."""
    for number, (entry, said, times) in switchboards.items():
        rows = "one row" if times == 1 else f"{times} rows"
        why = f"{national(number)} stands before an extension in {rows}: taken for the switchboard's, nobody's own"
        mend = "give it to a unit, if citizens may dial it"
        read.findings.append(Finding(entry.file, said.line or entry.line, said.column, said.text, why, mend))
    for entry, meaning, times in empty.values():
        rows = "one row" if times == 1 else f"{times} rows"
        why = f"empty in {rows} where the directory has something, and that was kept"
        read.findings.append(entry.finding(meaning, why, 'write "-" where there is none any more'))
