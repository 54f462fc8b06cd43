"""The floor for screens: clerks with their presence, and callers who wait for one."""

from dataclasses import dataclass, field
from datetime import datetime

from api.http.parts import Asked, Parts
from api.http.shapes import seen
from callflows.facts import PERSONAL
from callflows.floor.ports import CallerWaiting, ClerkSeen
from directory.model import Hall, MatterId, UnitId


@dataclass(frozen=True, slots=True, kw_only=True)
class ClerkShown:
    """A clerk; `presence` is away, paused, ready, offered, talking or wrapping_up.

    `call` is the call that is with them or offered to them, null for none.
    """

    person: str
    name: str
    extension: str
    languages: tuple[str, ...]
    presence: str
    since: datetime
    call: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingShown:
    """A caller who waits; `position` counts from 1, `waited` and `expected` are seconds.

    `expected` is how long they will probably wait still, null while nothing honest can be said. `matter` is the id
    of a matter or unit and `title` its name, both empty while nobody knows it. `number` is null if withheld.
    """

    call: str
    position: int
    since: datetime
    waited: float
    expected: float | None
    matter: str
    title: str
    language: str
    number: str | None = field(metadata=PERSONAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorShown:
    """Clerks by name, and callers in the order in which they will be served."""

    clerks: tuple[ClerkShown, ...]
    waiting: tuple[WaitingShown, ...]


async def floor(parts: Parts, asked: Asked) -> FloorShown:
    """The floor as it is now, as this reader may see it."""
    house = parts.house
    hall, now = house.hall(), house.clock.now()
    shown = FloorShown(
        clerks=tuple(_clerk(clerk) for clerk in house.floor.clerks()),
        waiting=tuple(
            _waiting(caller, hall, now, parts.numbers.of(caller.call)) for caller in house.floor.waiting()
        ),
    )
    return seen(shown, personal=asked.sees_personal)


def _clerk(clerk: ClerkSeen) -> ClerkShown:
    return ClerkShown(
        person=clerk.person,
        name=clerk.name,
        extension=clerk.extension,
        languages=clerk.languages,
        presence=clerk.presence.word,
        since=clerk.since,
        call=clerk.call,
    )


def _waiting(caller: CallerWaiting, hall: Hall, now: datetime, number: str | None) -> WaitingShown:
    return WaitingShown(
        call=caller.call,
        position=caller.position,
        since=caller.since,
        waited=max(0.0, (now - caller.since).total_seconds()),
        expected=caller.expected,
        matter=caller.matter,
        title=_title(hall, caller.matter),
        language=caller.language,
        number=number,
    )


def _title(hall: Hall, subject: str) -> str:
    """The name of a matter or unit; empty if the hall has neither."""
    if matter := hall.matters.get(MatterId(subject)):
        return matter.title
    unit = hall.units.get(UnitId(subject))
    return unit.name if unit else ""
