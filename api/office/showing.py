"""Units, matters and people as sheets: every field as it is typed; and the mark by which a change of them is seen."""

import hashlib
import json
from dataclasses import asdict

from api.office.sheets import MatterSheet, PersonSheet, Sheet, UnitSheet
from api.office.typed import number_written, week_written
from directory.changes import Known
from directory.model import Extension, Matter, Person, Unit

NO_EXTENSION = Extension("")


def unit_sheet(unit: Unit) -> UnitSheet:
    """A unit, as it is typed."""
    line = unit.line or NO_EXTENSION
    return UnitSheet(
        name=unit.name,
        spoken=unit.spoken,
        aliases=unit.aliases,
        words=unit.words,
        address=unit.address,
        direct=number_written(unit.direct),
        numbers=tuple(map(number_written, unit.numbers)),
        faxes=tuple(map(number_written, unit.faxes)),
        extension=line.digits,
        reached=line.reached,
        doubtful=line.doubtful,
        hours=week_written(unit.week),
        closed_on=tuple(sorted(day.isoformat() for day in unit.closed_on)),
        outside=unit.outside,
        parent=unit.parent or "",
        short=unit.short,
    )


def matter_sheet(matter: Matter) -> MatterSheet:
    """A matter, as it is typed."""
    return MatterSheet(
        symbol=matter.symbol,
        title=matter.title,
        spoken=matter.spoken,
        aliases=matter.aliases,
        words=matter.words,
        unit=matter.unit or "",
        direct=number_written(matter.direct),
        numbers=tuple(map(number_written, matter.numbers)),
        where=matter.where,
    )


def person_sheet(person: Person) -> PersonSheet:
    """A person, as they are typed."""
    phone = person.extension or NO_EXTENSION
    return PersonSheet(
        name=person.name,
        spoken=person.spoken,
        announced=person.announced,
        unit=person.unit,
        position=person.position,
        room=person.room,
        extension=phone.digits,
        reached=phone.reached,
        doubtful=phone.doubtful,
        direct=number_written(person.direct),
        mobile=number_written(person.mobile),
        email=person.email,
        languages=person.languages,
        matters=person.matters,
        deputies=person.deputies,
        accept_key=person.accept_key,
        introduction=person.introduction,
    )


def sheet_of(known: Known) -> Sheet:
    """A unit, matter or person, as it is typed."""
    match known:
        case Unit():
            return unit_sheet(known)
        case Matter():
            return matter_sheet(known)
        case Person():
            return person_sheet(known)


def mark_of(known: Known) -> str:
    """Return what is another one as soon as anything of it has changed: the entity tag of REST (RFC 9110 §8.8.3)."""
    written = asdict(sheet_of(known)) | {"id": known.id}
    return hashlib.sha256(json.dumps(written, sort_keys=True, default=str).encode()).hexdigest()[:16]
