"""The fields of the forms for units, matters and people: what each is called, how it is typed, and how it is read.

What stands in a list of people or matters is typed by its name, with suggestions; empty lines are left out.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from enum import Enum
from typing import Any

from api.language import Text, noted
from api.office.changing import named
from api.office.sheets import MatterSheet, PersonSheet, Sheet, UnitSheet
from api.office.typed import WEEKDAYS
from api.pages.visit import Visit
from directory.changes import Kind
from directory.model import Hall, Matter, Person, Reached


class Way(Enum):
    """How a field is typed."""

    LINE = "line"
    LINES = "lines"
    UNIT = "unit"
    PEOPLE = "people"
    MATTERS = "matters"
    WEEK = "week"
    REACHED = "reached"
    YES = "yes"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name in the sheet, its label, a word of help, and how it is typed."""

    name: str
    label: Text
    way: Way = Way.LINE
    help: Text | None = None
    needed: bool = False


REACHED = Field("reached", noted("Gdzie jest ten telefon"), Way.REACHED)
DOUBTFUL = Field("doubtful", noted("Numer wewnętrzny jest niepewny"), Way.YES, noted("Dzwoni jako ostatni."))
WORDS = Field(
    "words",
    noted("Potoczne słowa"),
    Way.LINES,
    noted("Tak mówią mieszkańcy; jedno określenie w wierszu. Po nich też można szukać."),
)
SPOKEN = Field("spoken", noted("Jak to mówi głos"), help=noted("Puste: tak, jak jest napisane."))

FORMS: Mapping[Kind, Sequence[Field]] = {
    Kind.UNIT: (
        Field("name", noted("Nazwa"), needed=True),
        SPOKEN,
        Field("parent", noted("Należy do"), Way.UNIT),
        Field("address", noted("Adres")),
        Field("direct", noted("Numer dla mieszkańców")),
        Field("numbers", noted("Wszystkie numery"), Way.LINES, noted("Jeden w wierszu.")),
        Field(
            "faxes", noted("Faksy"), Way.LINES, noted("Jeden w wierszu. Nigdy nie są podawane do rozmowy.")
        ),
        Field("extension", noted("Wspólny numer wewnętrzny")),
        REACHED,
        DOUBTFUL,
        Field("hours", noted("Godziny pracy"), Way.WEEK, noted("Puste: takie jak całego urzędu.")),
        Field("closed_on", noted("Dni, w które jest zamknięte"), Way.LINES, noted("Na przykład 2026-12-24.")),
        Field("aliases", noted("Inne nazwy"), Way.LINES, noted("Jedna w wierszu.")),
        WORDS,
        Field("short", noted("Numer skrócony"), help=noted("Na przykład 986.")),
        Field("outside", noted("Instytucja spoza urzędu"), Way.YES),
    ),
    Kind.MATTER: (
        Field("symbol", noted("Symbol"), help=noted("Na przykład DEL I.")),
        Field("title", noted("Tytuł"), needed=True),
        SPOKEN,
        Field("unit", noted("Komórka, która ją prowadzi"), Way.UNIT),
        Field("direct", noted("Numer dla mieszkańców"), help=noted("Puste: numer komórki.")),
        Field("numbers", noted("Wszystkie numery"), Way.LINES, noted("Jeden w wierszu.")),
        Field("where", noted("Gdzie się ją załatwia")),
        WORDS,
        Field("aliases", noted("Inne symbole i tytuły"), Way.LINES, noted("Jeden w wierszu.")),
    ),
    Kind.PERSON: (
        Field("name", noted("Imię i nazwisko"), needed=True),
        SPOKEN,
        Field(
            "announced",
            noted("Po słowach „Łączę z”"),
            help=noted("Na przykład: panią Anną Przykładową. Puste: głos powie imię i nazwisko."),
        ),
        Field("unit", noted("Komórka"), Way.UNIT, needed=True),
        Field("position", noted("Stanowisko")),
        Field("room", noted("Pokój")),
        Field("extension", noted("Numer wewnętrzny")),
        REACHED,
        DOUBTFUL,
        Field("direct", noted("Numer dla mieszkańców")),
        Field("mobile", noted("Komórkowy"), help=noted("Tylko dla urzędu: nie jest podawany mieszkańcom.")),
        Field("email", noted("E-mail")),
        Field("languages", noted("Języki rozmów"), Way.LINES, noted("Kody: pl, en, uk. Jeden w wierszu.")),
        Field("matters", noted("Sprawy"), Way.MATTERS, noted("Puste: wszystkie sprawy komórki.")),
        Field("deputies", noted("Zastępcy"), Way.PEOPLE, noted("W tej kolejności.")),
        Field("accept_key", noted("Przyjmuje rozmowę klawiszem 1"), Way.YES),
        Field("introduction", noted("Dzwoniący słyszy, z kim rozmawia"), Way.YES),
    ),
}
SHEETS: Mapping[Kind, type[Sheet]] = {
    Kind.UNIT: UnitSheet,
    Kind.MATTER: MatterSheet,
    Kind.PERSON: PersonSheet,
}


def filled_sheet(visit: Visit, kind: Kind) -> Sheet:
    """What was filled in, as a sheet: every field of it."""
    hall = visit.parts.house.hall()
    return SHEETS[kind](**{field.name: _filled(visit, hall, field) for field in FORMS[kind]})


def labels(hall: Hall, way: Way) -> dict[str, str]:
    """The names by which people or matters are typed, by their ids; no two have the same."""
    known: Mapping[Any, Person | Matter] = hall.people if way is Way.PEOPLE else hall.matters
    plain = {str(id): named(each) for id, each in known.items()}
    often = Counter(plain.values())
    return {id: f"{name} ({id})" if often[name] > 1 else name for id, name in plain.items()}


def _filled(visit: Visit, hall: Hall, field: Field) -> Any:
    match field.way:
        case Way.LINE | Way.UNIT:
            return visit.filled(field.name)
        case Way.LINES:
            return tuple(line.strip() for line in visit.filled(field.name).splitlines() if line.strip())
        case Way.PEOPLE | Way.MATTERS:
            ids = {label: id for id, label in labels(hall, field.way).items()}
            typed = (each.strip() for each in visit.chosen(field.name))
            return tuple(ids.get(each, each) for each in typed if each)
        case Way.WEEK:
            typed_hours = {day: visit.filled(f"{field.name}.{day}") for day in WEEKDAYS}
            return {day: hours for day, hours in typed_hours.items() if hours}
        case Way.REACHED:
            return Reached.TRUNK if visit.filled(field.name) == Reached.TRUNK.value else Reached.HERE
        case Way.YES:
            return visit.filled(field.name) == "yes"


def differing(one: Sheet, other: Sheet) -> frozenset[str]:
    """The names of the fields in which two sheets differ."""
    return frozenset(
        each.name for each in fields(one) if getattr(one, each.name) != getattr(other, each.name)
    )
