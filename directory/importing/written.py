"""The directory written as lists that an office can edit and import again: the headings that the import knows.

A list that is imported as it was exported changes nothing. Several things of one cell have "; " between them.
"""

from collections.abc import Iterator, Mapping

from directory.changes import Kind
from directory.model import Extension, Hall, Matter, Person, Unit
from directory.numbers import national

KINDS: Mapping[str, Kind] = {"people": Kind.PERSON, "units": Kind.UNIT, "matters": Kind.MATTER}
"""What can be exported, and what a list may be about."""

PEOPLE = (
    "id",
    "Imię i nazwisko",
    "Komórka organizacyjna",
    "Stanowisko",
    "Pokój",
    "Nr wewnętrzny",
    "Numer bezpośredni",
    "Telefon komórkowy",
    "E-mail",
    "Sprawy",
    "Zastępcy",
    "Języki",
    "Wymowa",
    "Zapowiedź",
    "reached",
    "accept_key",
    "introduction",
)
UNITS = (
    "id",
    "Komórka organizacyjna",
    "Inne nazwy",
    "Część",
    "Adres",
    "Telefon",
    "Fax",
    "Nr wewnętrzny",
    "Nr skrócony",
    "Wymowa",
    "Słowa kluczowe",
    "Źródło",
)
MATTERS = (
    "id",
    "Symbol",
    "Nazwa sprawy",
    "Komórka organizacyjna",
    "Telefon",
    "Gdzie załatwić",
    "Inne nazwy",
    "Wymowa",
    "Słowa kluczowe",
    "Źródło",
)


def rows_for(hall: Hall, kind: Kind) -> Iterator[tuple[str, ...]]:
    """Yield the header and a row for everything of this kind."""
    if kind is Kind.PERSON:
        yield PEOPLE
        yield from map(_person, hall.people.values())
    elif kind is Kind.UNIT:
        yield UNITS
        yield from map(_unit, hall.units.values())
    else:
        yield MATTERS
        yield from map(_matter, hall.matters.values())


def _person(it: Person) -> tuple[str, ...]:
    """A person's row; a unit is named by its id, as names may be shared."""
    return (
        it.id,
        it.name,
        it.unit,
        it.position,
        it.room,
        _extension(it.extension),
        _number(it.direct),
        _number(it.mobile),
        it.email,
        "; ".join(it.matters),
        "; ".join(it.deputies),
        ";".join(it.languages),
        it.spoken,
        it.announced,
        it.extension.reached.value if it.extension else "",
        "tak" if it.accept_key else "nie",
        "tak" if it.introduction else "nie",
    )


def _unit(it: Unit) -> tuple[str, ...]:
    return (
        it.id,
        it.name,
        "; ".join(it.aliases),
        it.parent or "",
        it.address,
        _numbers(it.direct, it.numbers),
        "; ".join(map(national, it.faxes)),
        _extension(it.line),
        it.short,
        it.spoken,
        "; ".join(it.words),
        it.source,
    )


def _matter(it: Matter) -> tuple[str, ...]:
    return (
        it.id,
        it.symbol,
        it.title,
        it.unit or "",
        _numbers(it.direct, it.numbers),
        it.where,
        "; ".join(it.aliases),
        it.spoken,
        "; ".join(it.words),
        it.source,
    )


def _extension(it: Extension | None) -> str:
    """The digits, with a question mark where they are doubtful."""
    return f"{it.digits}{'?' if it.doubtful else ''}" if it else ""


def _number(e164: str | None) -> str:
    return national(e164) if e164 else ""


def _numbers(direct: str | None, numbers: tuple[str, ...]) -> str:
    """All numbers, the one for callers first."""
    return "; ".join(map(national, dict.fromkeys((*([direct] if direct else []), *numbers))))
