"""What is wrong with something that somebody typed: the field, the kind of mistake, and what was read.

Programs get the English sentence; pages translate the kind, and show it beside the field.
"""

from dataclasses import dataclass
from enum import Enum

from directory.report import Fault

SHOWN = 60
"""So much of a wrong value is repeated."""


class Wrong(Enum):
    """The kinds of mistakes."""

    EMPTY = "empty"
    UNPRINTABLE = "unprintable"
    LENGTHY = "lengthy"
    NUMBER = "number"
    NOT_ONE_NUMBER = "not_one_number"
    EXTENSION = "extension"
    SAME = "same"
    EMAIL = "email"
    HOURS = "hours"
    WEEKDAY = "weekday"
    DAY = "day"
    LANGUAGE = "language"
    TWICE = "twice"
    NO_UNIT = "no_unit"
    NO_MATTER = "no_matter"
    NO_PERSON = "no_person"
    ONESELF = "oneself"
    SOMEBODY_ELSE = "somebody_else"
    OUTSIDE = "outside"
    CIRCLE = "circle"
    TAKEN = "taken"
    NO_ID = "no_id"
    MOMENT = "moment"
    ENDS_FIRST = "ends_first"
    TOO_LONG = "too_long"
    PAST = "past"
    REASON = "reason"
    RULES = "rules"
    """What no field alone is to blame for; the value then is the sentence of `directory.validate`."""


LONGEST = 300
"""Signs of one text."""

SENTENCES = {
    Wrong.EMPTY: "is empty; fill it in",
    Wrong.UNPRINTABLE: "holds signs that cannot be printed; type it anew",
    Wrong.LENGTHY: f"is longer than {LONGEST} characters; shorten it",
    Wrong.NUMBER: "is no telephone number; write nine digits, or + and the country's code",
    Wrong.NOT_ONE_NUMBER: "is not one telephone number; write one alone",
    Wrong.EXTENSION: "is no extension; write two to six digits",
    Wrong.SAME: "is the one that stands there; write the right one",
    Wrong.EMAIL: "is no e-mail address; write name@host",
    Wrong.HOURS: 'is no pair of hours; write them like "8.00-15.30"',
    Wrong.WEEKDAY: "is no weekday; write mon, tue, wed, thu, fri, sat or sun",
    Wrong.DAY: 'is no day; write it like "2026-12-24"',
    Wrong.LANGUAGE: 'is no language; write its code, like "pl" or "en"',
    Wrong.TWICE: "stands there twice; write it once",
    Wrong.NO_UNIT: "is the id of no unit; /api/directory/units lists them",
    Wrong.NO_MATTER: "is the id of no matter; /api/directory/matters lists them",
    Wrong.NO_PERSON: "is the id of nobody; /api/directory/people lists them",
    Wrong.ONESELF: "is the same person; name somebody else",
    Wrong.SOMEBODY_ELSE: "is not whose absence this is; cancel it, and enter another",
    Wrong.OUTSIDE: "is a body outside the hall; name a unit of the hall",
    Wrong.CIRCLE: "is itself a part of this unit; name another",
    Wrong.TAKEN: "is taken already; choose another",
    Wrong.NO_ID: "is no id; use small letters without accents, digits and hyphens",
    Wrong.MOMENT: 'is no moment; write it like "2026-11-24T10:00"',
    Wrong.ENDS_FIRST: "is not after the beginning; write a later one",
    Wrong.TOO_LONG: "is more than three years later; take somebody who has left out of the directory",
    Wrong.PAST: "is over already; write a later one",
    Wrong.REASON: "is no reason; write leave, training, meeting, business_trip or out_of_office",
}


@dataclass(frozen=True, slots=True)
class Complaint:
    """One mistake: in which field, of which kind, and what was read there."""

    field: str
    wrong: Wrong
    value: str = ""

    def __str__(self) -> str:
        if self.wrong is Wrong.RULES:
            return f'"{self.field}": {self.value}'
        read = f" {shortened(self.value)}" if self.value else ""
        return f'"{self.field}":{read} {SENTENCES[self.wrong]}'


class Refused(Exception):
    """What was typed will not do; nothing was changed. `complaints` has at least one."""

    def __init__(self, *complaints: Complaint) -> None:
        self.complaints = complaints
        more = f" (and {len(complaints) - 1} more)" if len(complaints) > 1 else ""
        super().__init__(f"{complaints[0]}{more}.")


def of_fault(fault: Fault) -> Complaint:
    """Return a fault of the whole hall as a complaint about what was typed."""
    return Complaint(fault.field or fault.file, Wrong.RULES, f"{fault.what}; {fault.mend}")


def shortened(value: str) -> str:
    """What was typed, in quotation marks: short, and printable."""
    shown = "".join(sign if sign.isprintable() else "?" for sign in value[:SHOWN])
    return f'"{shown}{"…" if len(value) > SHOWN else ""}"'
