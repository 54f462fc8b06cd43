"""Whom the rows of a list mean: two people in one cell, one person in two rows, somebody of the directory or new.

Whom an entry means is decided for all before anything is changed: by id, by e-mail, by name in the same unit, by name
alone if only one in the directory and one in the list have it. Two rows of one name in one unit are one person.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from directory.importing.entries import Entry, Said
from directory.importing.homes import Homes
from directory.importing.matching import People
from directory.importing.meanings import Meaning
from directory.importing.person_fields import named_by
from directory.importing.person_names import PersonName, joined_name, people_in, person_name
from directory.model import Person, PersonId, UnitId
from directory.names import same_name, short_slug, slug
from directory.report import Finding

NUMBERS = (Meaning.PHONES, Meaning.DIRECT, Meaning.EXTENSION, Meaning.MOBILE, Meaning.FAX)


@dataclass
class Candidate:
    """An entry, the name and unit it gives, and whom it means, once that is known."""

    entry: Entry
    name: PersonName
    unit: UnitId | None
    means: PersonId | None = None


def candidates_of(entry: Entry, homes: Homes, findings: list[Finding]) -> Iterable[Candidate]:
    """Return the people of one entry: one, or two who share a cell."""
    unit = homes.of(entry)
    meaning = named_by(entry)
    if meaning in (Meaning.SURNAME, Meaning.GIVEN):
        names = [joined_name(entry.text(Meaning.GIVEN), entry.text(Meaning.SURNAME))]
    else:
        cells = people_in(entry.text(meaning))
        names = [person_name(cell, meaning) for cell in cells]
        if len(cells) > 1:
            why = "two people in one cell: both were given its numbers"
            findings.append(entry.finding(meaning, why, "give everybody a row"))
    for name in names:
        if not slug(name.whole):
            raise entry.fault(meaning, "nobody's name", "write given name and surname, or take the row out")
        yield Candidate(entry, name, unit.id if unit else None)


def merged(candidates: Iterable[Candidate], findings: list[Finding]) -> list[Candidate]:
    """Make one of two rows that speak of the same person."""
    first: dict[tuple[str, str], Candidate] = {}
    kept: list[Candidate] = []
    for each in candidates:
        entry, email = each.entry, each.entry.text(Meaning.EMAIL).lower()
        name = slug(each.name.whole)
        keys = [("name", f"{name} {each.unit}"), ("mail", f"{email} {name}" if email else "")]
        if key := short_slug(entry.text(Meaning.ID)):
            keys = [("id", key)]
        other = next((first[key] for key in keys if key[1] and key in first), None)
        if other is None:
            first |= {key: each for key in keys if key[1]}
            kept.append(each)
        elif keys[0][0] == "id":
            what = f"{keys[0][1]!r} stands in row {other.entry.line} already"
            raise entry.fault(Meaning.ID, what, "give everybody an id")
        else:
            why = f"stands in row {other.entry.line}, too: taken for the same person"
            findings.append(entry.finding(named_by(entry), why, "leave one row, or give both an e-mail"))
            other.entry = _joined(other.entry, entry, findings)
    return kept


def _joined(first: Entry, second: Entry, findings: list[Finding]) -> Entry:
    """Return the first row with all numbers of both, and what only the second says; differences are told."""
    said = dict(first.said)
    for meaning, texts in second.said.items():
        more = tuple(Said(it.text, it.column, second.line) for it in texts if it.text)
        known = {it.text for it in said.get(meaning, ())}
        if meaning in NUMBERS or not first.says(meaning):
            said[meaning] = (*said.get(meaning, ()), *(it for it in more if it.text not in known))
        elif (
            second.says(meaning)
            and not same_name(first.text(meaning), second.text(meaning))
            and meaning
            not in (
                Meaning.UNIT,
                Meaning.PART_OF,
            )
        ):
            why = f"row {first.line} says {first.text(meaning)!r}, and that was taken"
            findings.append(second.finding(meaning, why, "leave one row"))
    return replace(first, said=said)


def match(candidates: list[Candidate], known: People, findings: list[Finding]) -> None:
    """Find out whom each candidate means; the surest ways first, for all, before the next way."""
    taken: set[PersonId] = set()

    def claim(candidate: Candidate, person: Person | None) -> None:
        if person is not None and person.id not in taken:
            candidate.means = person.id
            taken.add(person.id)

    for each in candidates:
        claim(each, known.people.get(PersonId(short_slug(each.entry.text(Meaning.ID)))))
    for each in _open(candidates):
        claim(each, known.with_mail(each.entry.text(Meaning.EMAIL)))
    for each in _open(candidates):
        same = [it for it in known.named(each.name.whole) if it.unit == each.unit and it.id not in taken]
        if len(same) > 1:
            why = f"several people of this unit are called so: taken for {same[0].id!r}"
            findings.append(each.entry.finding(named_by(each.entry), why, "add a column of e-mails or ids"))
        claim(each, next(iter(same), None))
    names: dict[str, int] = {}
    for each in _open(candidates):
        names[slug(each.name.whole)] = names.get(slug(each.name.whole), 0) + 1
    for each in _open(candidates):
        left = [it for it in known.named(each.name.whole) if it.id not in taken]
        if len(left) == 1 and names[slug(each.name.whole)] == 1:
            why = f"in the directory this is somebody of {left[0].unit!r}: taken for the same person"
            mend = "add a column of e-mails or ids, if it is another"
            if each.unit is not None:
                findings.append(each.entry.finding(named_by(each.entry), why, mend))
            claim(each, left[0])
        elif known.named(each.name.whole) or names[slug(each.name.whole)] > 1:
            why = "somebody of this name is in another unit, too: taken for another person"
            findings.append(each.entry.finding(named_by(each.entry), why, "add a column of e-mails or ids"))


def _open(candidates: list[Candidate]) -> list[Candidate]:
    return [each for each in candidates if each.means is None]
