"""Units and matters of an import: the catalogue's own rules read the rows, and what they say is laid over the hall's.

A list of units or matters may hold two captures of one thing, as the catalogue does; the newest counts.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from directory.captures import Age
from directory.catalogue import MATTER_COLUMNS, UNIT_COLUMNS, Catalogue
from directory.importing.entries import Entry, listed
from directory.importing.homes import Homes
from directory.importing.matching import Units
from directory.importing.meanings import Meaning
from directory.importing.person_phones import person_phones
from directory.importing.unit_names import unit_name
from directory.model import Extension, Hall, Matter, MatterId, Numbering, Reached, Unit, UnitId
from directory.names import same_name, short_slug, slug
from directory.report import Finding
from directory.tables import Row

NUMBERS = (Meaning.PHONES, Meaning.DIRECT, Meaning.MOBILE)


@dataclass
class Catalogued:
    """Units and matters after an import, and what was seen and decided on the way."""

    units: Units
    matters: dict[MatterId, Matter]
    findings: list[Finding] = field(default_factory=list)
    seen: dict[str, Entry] = field(default_factory=dict)
    """By id: the entry of every unit and matter that a list of such has."""


def read_catalogue(
    hall: Hall,
    units: Sequence[Entry],
    matters: Sequence[Entry],
    age: Age,
    *,
    faxes: Collection[str],
    tick: Callable[[], None] = lambda: None,
) -> Catalogued:
    """Read lists of units and of matters. Raises DirectoryError."""
    read = Catalogued(Units(dict(hall.units)), dict(hall.matters))
    catalogue = Catalogue(hall.numbering, age, dict(hall.units), faxes=set(faxes))
    by_row = {(it.file, it.line): it for it in (*units, *matters)}
    rows = [_unit_row(entry, read.units) for entry in units]
    catalogue.add_units(tuple(rows))
    for key, row in tuple(catalogue.rows.items()):
        _lay_unit(read, catalogue.units[UnitId(key)], by_row[row.file, row.line])
        tick()
    _parents(read, units)
    known = dict(read.units.units)
    catalogue = Catalogue(hall.numbering, age, known, faxes=catalogue.faxes, findings=catalogue.findings)
    catalogue.add_matters(tuple(_matter_row(entry, read.units) for entry in matters))
    for key, row in catalogue.rows.items():
        entry = by_row[row.file, row.line]
        if key in catalogue.matters:
            _lay_matter(hall, read, catalogue.matters[MatterId(key)], entry)
            tick()
        elif key not in read.units.units:
            read.units.put(catalogue.units[UnitId(key)])
    read.findings += [_in_its_column(found, by_row) for found in catalogue.findings]
    return read


def _unit_row(entry: Entry, units: Units) -> Row:
    """Return the row as `units.csv` would have it; its code is that of the unit which it means."""
    name, code = unit_name(entry.text(Meaning.UNIT))
    if not slug(name):
        raise entry.fault(Meaning.UNIT, f"{name!r} names no unit", "write its name, with letters")
    code = entry.text(Meaning.ID) or entry.text(Meaning.CODE) or code
    found = units.called(code) if code else units.called(entry.text(Meaning.UNIT)) or units.called(name)
    if len(found) == 1:
        code = found[0].id
        name = found[0].name if _squeezed(entry.text(Meaning.UNIT)) == _squeezed(found[0].name) else name
    cells = {
        "unit_code": code,
        "unit_name": name,
        "address": ", ".join(filter(None, (entry.text(Meaning.ADDRESS), entry.text(Meaning.ROOM)))),
        "phones": _phones(entry),
        "fax": entry.text(Meaning.FAX),
        "source_url": entry.text(Meaning.SOURCE),
    }
    assert set(cells) == set(UNIT_COLUMNS)
    return Row(entry.file, entry.line, cells)


def _matter_row(entry: Entry, units: Units) -> Row:
    """Return the row as `matters.csv` would have it."""
    if not slug(entry.text(Meaning.TITLE)):
        raise entry.fault(Meaning.TITLE, "it has no letters", "write what the matter is called")
    if entry.text(Meaning.UNIT) and not slug(entry.text(Meaning.UNIT)):
        raise entry.fault(Meaning.UNIT, f"{entry.text(Meaning.UNIT)!r} names no unit", "write its name")
    found = units.called(entry.text(Meaning.UNIT))
    cells = {
        "symbol": entry.text(Meaning.SYMBOL),
        "title": entry.text(Meaning.TITLE),
        "unit_name": found[0].name if found else unit_name(entry.text(Meaning.UNIT))[0],
        "address": entry.text(Meaning.ADDRESS),
        "phones": _phones(entry),
        "desk": entry.text(Meaning.DESK) or entry.text(Meaning.ROOM),
        "source_url": entry.text(Meaning.SOURCE),
    }
    assert set(cells) == set(MATTER_COLUMNS)
    return Row(entry.file, entry.line, cells)


def _lay_unit(read: Catalogued, made: Unit, entry: Entry) -> None:
    """Lay what a list says of a unit over what the directory has."""
    before = read.units.units.get(made.id)
    read.seen[made.id] = entry
    words = tuple(listed(entry.text(Meaning.WORDS)))
    aliases = tuple(listed(entry.text(Meaning.ALIASES)))
    spoken = entry.text(Meaning.SPOKEN)
    known = before or replace(made, source=made.source or entry.file)
    direct, numbers = _numbers(known, made)
    renamed = made.name != known.name
    older = (known.name,) if renamed and not same_name(made.name, known.name) else ()
    read.units.put(
        replace(
            known,
            name=made.name,
            spoken=spoken or (made.spoken if renamed else known.spoken),
            aliases=_without(made.name, (*known.aliases, *older, *made.aliases, *aliases)),
            address=_text(known.address, made.address),
            direct=direct,
            numbers=numbers,
            faxes=known.faxes if set(known.faxes) == set(made.faxes) else (made.faxes or known.faxes),
            line=_line(read, known, entry),
            parent=made.parent or known.parent,
            short=entry.text(Meaning.SHORT) or made.short or known.short,
            source=made.source or known.source,
            words=words or known.words,
        )
    )


def _line(read: Catalogued, known: Unit, entry: Entry) -> Extension | None:
    """Return the unit's own line as its row has it."""
    said = {Meaning.EXTENSION: entry.said.get(Meaning.EXTENSION, ())}
    phones = person_phones(replace(entry, said=said), Numbering(), ())
    read.findings += phones.findings
    return phones.extension(known.line.reached if known.line else Reached.HERE) or known.line


def _lay_matter(hall: Hall, read: Catalogued, made: Matter, entry: Entry) -> None:
    """Lay what a list says of a matter over what the directory has."""
    before = _meant(hall, made, entry)
    known = before or made
    read.seen[known.id] = entry
    named = read.units.called(entry.text(Meaning.UNIT))
    direct, numbers = _numbers(known, made)
    renamed = made.title != known.title
    older = [name for name in (known.symbol, known.title) if name and name not in (made.symbol, made.title)]
    read.matters[known.id] = replace(
        known,
        symbol=made.symbol or known.symbol,
        title=made.title,
        spoken=entry.text(Meaning.SPOKEN) or (made.spoken if renamed else known.spoken),
        unit=named[0].id if len(named) == 1 else made.unit or known.unit,
        direct=direct,
        numbers=numbers,
        aliases=_without(
            made.title, (*known.aliases, *older, *made.aliases, *listed(entry.text(Meaning.ALIASES)))
        ),
        where=_text(known.where, made.where),
        source=made.source or known.source,
        words=tuple(listed(entry.text(Meaning.WORDS))) or known.words,
    )


def _meant(hall: Hall, made: Matter, entry: Entry) -> Matter | None:
    """Return the matter that a row means: by id, by symbol and title, by a title that no other has."""
    if known := hall.matters.get(MatterId(short_slug(entry.text(Meaning.ID)))):
        return known
    known = hall.matters.get(made.id)
    if known and same_name(known.title, made.title):
        return known
    titled = [it for it in hall.matters.values() if slug(it.title) == slug(made.title)]
    return titled[0] if len(titled) == 1 else None


def _parents(read: Catalogued, entries: Iterable[Entry]) -> None:
    """Put units below those that their rows name."""
    homes = Homes(read.units)
    for entry in entries:
        if entry.text(Meaning.PART_OF):
            whole = homes.whole(entry)
            found = [it for it in read.seen if read.seen[it] is entry]
            for key in found:
                if key != whole:
                    read.units.put(replace(read.units.units[UnitId(key)], parent=whole))
    read.findings += homes.findings


def _numbers(known: Unit | Matter, made: Unit | Matter) -> tuple[str | None, tuple[str, ...]]:
    """Return direct number and numbers; the same numbers in another order are no change."""
    if not made.numbers:
        return known.direct, known.numbers
    if set(made.numbers) == set(known.numbers) and known.direct in (made.direct, None):
        return known.direct, known.numbers
    return made.direct, made.numbers


def _in_its_column(found: Finding, by_row: dict[tuple[str, int], Entry]) -> Finding:
    """Say the column as the file names it."""
    entry = by_row.get((found.file, found.line))
    meanings = {
        "unit_name": Meaning.UNIT,
        "address": Meaning.ADDRESS,
        "phones": Meaning.PHONES,
        "fax": Meaning.FAX,
        "symbol": Meaning.SYMBOL,
        "title": Meaning.TITLE,
    }
    if entry is None or found.field not in meanings:
        return found
    return replace(found, field=entry.where(meanings[found.field]).column)


def _phones(entry: Entry) -> str:
    return ";".join(filter(None, (entry.text(meaning) for meaning in NUMBERS)))


def _without(name: str, aliases: Iterable[str]) -> tuple[str, ...]:
    """Return every alias once, without the name itself."""
    return tuple(dict.fromkeys(alias for alias in aliases if alias != name))


def _text(known: str, said: str) -> str:
    """Return what is said, if anything is and if it differs in more than spaces."""
    return said if said and _squeezed(said) != _squeezed(known) else known


def _squeezed(text: str) -> str:
    return " ".join(text.split())
