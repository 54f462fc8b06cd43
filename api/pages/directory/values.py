"""Values of the directory in words, for its history: what a field is called, and what stood in it."""

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any

from api.language import Text, noted
from api.office.changing import named
from api.office.typed import hours_written, number_written
from api.pages.directory.fields import FORMS
from api.pages.directory.words import Words
from api.pages.visit import Visit
from directory.model import Extension, Hall, MatterId, PersonId, Reached, UnitId, Week

REACHED: Mapping[Reached, Text] = {
    Reached.HERE: noted("w tym systemie"),
    Reached.TRUNK: noted("w innej centrali urzędu"),
}
FIELDS: Mapping[str, Text] = {
    **{field.name: field.label for form in FORMS.values() for field in form},
    "line": noted("Wspólny numer wewnętrzny"),
    "week": noted("Godziny pracy"),
    "source": noted("Źródło"),
    "desk": noted("Biuro, które odbiera"),
    "menu": noted("Menu głosowe"),
    "notice": noted("Komunikat dnia"),
    "crisis_number": noted("Numer po godzinach"),
    "timezone": noted("Strefa czasowa"),
    "policy": noted("Zasady linii"),
    "numbering": noted("Numeracja"),
}
"""What a field is called, by its name in the model; the id is not told, it stands in the address."""

IDS = frozenset({"unit", "parent", "desk", "matters", "deputies"})
"""Fields in which ids stand: elsewhere a word that is somebody's id by chance is that word."""

NOTHING, YES, NO = noted("nic"), noted("tak"), noted("nie")
NOT_SURE = noted("niepewny")
TOO_MUCH = noted("zmienione")


def as_text(visit: Visit, hall: Hall, field: str, value: Any) -> str:
    """What stood in this field, in words."""
    match value:
        case None | "" | ():
            return visit.text(NOTHING)
        case bool():
            return visit.text(YES if value else NO)
        case Extension():
            doubt = f" ({visit.text(NOT_SURE)})" if value.doubtful else ""
            return f"{value.digits}, {visit.text(REACHED[value.reached])}{doubt}"
        case Week():
            days = [
                f"{Words(visit).weekday(day)} {hours_written(hours)}" for day, hours in value.days.items()
            ]
            return ", ".join(days)
        case str():
            return _name(hall, value) if field in IDS else _number(value)
        case tuple() | frozenset():
            told = (as_text(visit, hall, field, each) for each in _ordered(value))
            return ", ".join(told) or visit.text(NOTHING)
        case Enum():
            return str(value.value)
        case date():
            return value.isoformat()
        case _:
            return visit.text(TOO_MUCH)


def _ordered(values: Any) -> list[Any]:
    return sorted(values) if isinstance(values, frozenset) else list(values)


def _number(text: str) -> str:
    """A number as people read it, or the text itself."""
    return number_written(text) if text.startswith("+") and text[1:].isdigit() else text


def _name(hall: Hall, id: str) -> str:
    """What an id stands for; the id itself where nothing has it any more."""
    known = hall.people.get(PersonId(id)) or hall.matters.get(MatterId(id)) or hall.units.get(UnitId(id))
    return named(known) if known else id
