"""The people of a list: two of them in one cell, one of them in two rows.

Two rows of one name in one unit, or of one name and one e-mail, are one person.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from directory.importing.entries import Entry, Said
from directory.importing.homes import Homes
from directory.importing.meanings import Meaning
from directory.importing.person_fields import named_by
from directory.importing.person_names import PersonName, joined_name, people_in, person_name
from directory.model import PersonId, UnitId
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
