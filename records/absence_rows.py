"""Absences as rows of their table and back: pure."""

from typing import Any

from directory.absence import Absence, AbsenceId, Entered, Reason
from directory.model import PersonId
from records.absence_views import AbsenceOnRecord

Row = dict[str, Any]


def row_of(absence: Absence) -> Row:
    """Return what stands in an absence's row of the absence itself."""
    return {
        "id": absence.id,
        "person": absence.person,
        "begins": absence.begins,
        "ends": absence.ends,
        "back": absence.back,
        "helps": absence.helps,
        "reason": absence.reason.value,
        "entered": absence.entered.value,
        "entered_by": absence.entered_by,
        "calendar": absence.calendar,
    }


def absence_of(row: Any) -> Absence:
    """Return the absence of a row."""
    return Absence(
        id=AbsenceId(row["id"]),
        person=PersonId(row["person"]),
        begins=row["begins"],
        ends=row["ends"],
        back=row["back"],
        helps=None if row["helps"] is None else PersonId(row["helps"]),
        reason=Reason(row["reason"]),
        entered=Entered(row["entered"]),
        entered_by=row["entered_by"],
        calendar=row["calendar"],
    )


def on_record(row: Any) -> AbsenceOnRecord:
    """Return the absence of a row with what became of it."""
    return AbsenceOnRecord(
        absence=absence_of(row),
        entered_at=row["entered_at"],
        changed_at=row["changed_at"],
        changed_by=row["changed_by"] or "",
        cancelled_at=row["cancelled_at"],
        cancelled_by=row["cancelled_by"] or "",
    )
