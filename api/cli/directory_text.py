"""What `halo directory` prints: reports, the facts about one thing, candidates. Text alone, no decisions."""

import click

from api.clock import SystemClock
from directory.hours import next_opening
from directory.load import Loaded
from directory.model import Hall, Matter, Person, Unit
from directory.numbers import national
from directory.resolve import Candidate, PassedOver, Resolution


def way_on(hall: Hall, resolution: Resolution) -> str:
    """Say which number a caller is given if nobody takes the call."""
    unit = resolution.unit or hall.units[hall.desk]
    if resolution.direct:
        return f"The caller's own way on: {national(resolution.direct)} ({unit.name})."
    desk = hall.units[hall.desk]
    return f"No number of {unit.name} is known; the desk: {national(desk.direct) if desk.direct else 'none either'}."


def as_object(candidate: Candidate) -> dict[str, object]:
    """Return a candidate as JSON has it."""
    return {
        "kind": "person" if candidate.person else "unit",
        "id": candidate.person.id if candidate.person else candidate.unit.id,
        "name": candidate.person.name if candidate.person else candidate.unit.name,
        "unit": candidate.unit.id,
        "unit_name": candidate.unit.name,
        "extension": candidate.extension.digits,
        "reached": candidate.extension.reached.value,
        "direct": candidate.direct,
        "why": candidate.why,
    }


def passed_over_as_object(passed: PassedOver) -> dict[str, object]:
    """Return somebody passed over as JSON has them: the same keys, and one more that tells them apart."""
    phone = passed.person.extension if passed.person else passed.unit.line
    return {
        "kind": "person" if passed.person else "unit",
        "id": passed.person.id if passed.person else passed.unit.id,
        "name": passed.person.name if passed.person else passed.unit.name,
        "unit": passed.unit.id,
        "unit_name": passed.unit.name,
        "extension": phone.digits if phone else None,
        "reached": phone.reached.value if phone else None,
        "direct": None,
        "why": passed.why,
        "passed_over": True,
    }


def rows(hall: Hall, known: Unit | Matter | Person) -> list[tuple[str, str]]:
    """Return what is known, as labels and values."""
    match known:
        case Unit():
            people = [person.name for person in hall.people.values() if person.unit == known.id]
            kind = "body outside the hall" if known.outside else "unit"
            opens = next_opening(hall, SystemClock().now(), unit=known)
            return [
                (kind, known.name),
                ("id", known.id),
                ("spoken", known.spoken),
                ("also called", "; ".join(known.aliases)),
                ("part of", known.parent or ""),
                ("address", known.address),
                ("direct", national(known.direct) if known.direct else "none is known"),
                ("numbers", ", ".join(map(national, known.numbers))),
                ("short code", known.short),
                ("fax", ", ".join(map(national, known.faxes))),
                ("line", known.line.digits if known.line else ""),
                ("people", ", ".join(people)),
                ("opens next", "" if known.outside else f"{opens:%Y-%m-%d %H:%M}"),
                ("source", known.source),
            ]
        case Matter():
            return [
                ("matter", f"{known.symbol} {known.title}".strip()),
                ("id", known.id),
                ("spoken", known.spoken),
                ("also called", "; ".join(known.aliases)),
                ("unit", hall.units[known.unit].name if known.unit else "none is known; the desk takes it"),
                ("direct", national(known.direct) if known.direct else "that of the unit"),
                ("numbers", ", ".join(map(national, known.numbers))),
                ("where", known.where),
                ("source", known.source),
            ]
        case Person():
            return [
                ("person", known.name),
                ("id", known.id),
                ("announced", known.announced),
                ("unit", hall.units[known.unit].name),
                ("position", known.position),
                ("extension", known.extension.digits if known.extension else "none"),
                ("direct", national(known.direct) if known.direct else ""),
                ("languages", ", ".join(known.languages)),
                ("matters", ", ".join(known.matters) or "all of the unit"),
                ("deputies", ", ".join(hall.people[deputy].name for deputy in known.deputies)),
            ]


def print_report(loaded: Loaded) -> None:
    """Print the findings, and how much was read."""
    for found in loaded.report.findings:
        click.echo(str(found))
    told = loaded.report
    click.echo(
        f"{told.rows} rows read: {told.units} units, {told.matters} matters, {told.people} people; "
        f"{len(told.findings)} doubtful cells."
    )
