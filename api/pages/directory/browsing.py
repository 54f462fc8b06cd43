"""The front page of the directory: one field that finds by words as one types, and the tree of units."""

from collections.abc import Collection
from dataclasses import dataclass

from api.language import noted
from api.pages.directory.rights import may_edit
from api.pages.directory.words import Words
from api.pages.page import Shown
from api.pages.visit import Visit
from directory.find import Answer
from directory.model import Hall, Unit, UnitId

AT_MOST = 12
LONGEST = 200
PLACES = {"unit": "units", "matter": "matters", "person": "people"}
"""Where the page of each kind is."""
KINDS = {"unit": noted("komórka"), "matter": noted("sprawa"), "person": noted("osoba")}


@dataclass(frozen=True, slots=True)
class Node:
    """A unit with its parts."""

    unit: Unit
    people: int
    matters: int
    parts: tuple["Node", ...]


async def browse(visit: Visit) -> Shown:
    """Find by words, or look through the units."""
    words = visit.asked("q").strip()[:LONGEST]
    found = await visit.parts.office.find(words, AT_MOST) if words else Answer(())
    values = {
        "q": words,
        "found": found,
        "places": PLACES,
        "kinds": {kind: visit.text(name) for kind, name in KINDS.items()},
        "say": Words(visit),
    }
    if not visit.wants_part:
        values |= {"tree": tree(visit.parts.house.hall()), "may_edit": may_edit(visit)}
    return Shown(values)


def tree(hall: Hall) -> tuple[Node, ...]:
    """The units that are a part of no other, with their parts."""
    matters: dict[UnitId | None, int] = {}
    for matter in hall.matters.values():
        matters[matter.unit] = matters.get(matter.unit, 0) + 1
    parts: dict[UnitId | None, list[Unit]] = {}
    for unit in hall.units.values():
        parts.setdefault(unit.parent if unit.parent in hall.units else None, []).append(unit)

    def node(unit: Unit, above: Collection[UnitId]) -> Node:
        below = [part for part in parts.get(unit.id, ()) if part.id not in above]
        staff = len(hall.staff.by_unit.get(unit.id, ()))
        return Node(
            unit, staff, matters.get(unit.id, 0), tuple(node(part, {*above, part.id}) for part in below)
        )

    return tuple(node(unit, {unit.id}) for unit in parts.get(None, ()))
