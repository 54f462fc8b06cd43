"""What a call is about: a matter or a unit, with the words and the number that go with it."""

from dataclasses import dataclass

from directory.model import Hall, Matter, MatterId, Unit, UnitId
from directory.resolve import Resolution

OTHER_MATTER = "inna sprawa"
"""What a matter is called that is not in the catalogue."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A matter, or whatever else a unit settles; `unit` is None where the catalogue names none."""

    matter: Matter | None
    unit: Unit | None

    @property
    def spoken(self) -> str:
        """How a voice names it to the colleague."""
        if self.matter is not None:
            return self.matter.spoken
        return OTHER_MATTER

    @property
    def matter_id(self) -> str:
        """The matter's id for the record; empty if only the unit is known."""
        return self.matter.id if self.matter else ""

    @property
    def unit_id(self) -> str:
        """The competent unit's id for the record; empty if there is none."""
        return self.unit.id if self.unit else ""


def subject_of(hall: Hall, chosen: MatterId | UnitId) -> Subject:
    """The matter or unit of that id, with its competent unit."""
    if chosen in hall.matters:
        matter = hall.matters[MatterId(chosen)]
        return Subject(matter, hall.units[matter.unit] if matter.unit else None)
    return Subject(None, hall.units[UnitId(chosen)])


def direct_number(hall: Hall, resolution: Resolution) -> tuple[Unit, str] | None:
    """Which number the caller is given, and whose: the matter's, else the unit's, else the desk's."""
    if resolution.direct and resolution.unit:
        return resolution.unit, resolution.direct
    desk = hall.units[hall.desk]
    return (desk, desk.direct) if desk.direct else None
