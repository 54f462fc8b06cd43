"""The big hall of the directory's benchmarks: by default 5,000 people and 500 matters, the same at every run.

Everybody in it is fictional, and the surnames say so. Units stand in two levels; each has a line, people with
extensions of their own, deputies, matters with everyday words. A tenth of the people have no phone.
"""

import itertools
import random
from collections.abc import Iterator, Sequence
from datetime import time

from directory.model import (
    Extension,
    Hall,
    Hours,
    Matter,
    MatterId,
    Menu,
    MenuEntry,
    Person,
    PersonId,
    Reached,
    Unit,
    UnitId,
    Week,
)
from directory.names import short_slug

FIELDS = (
    "Ewidencji Ludności|dowód osobisty|zameldowanie",
    "Komunikacji|pojazd|prawo jazdy",
    "Gospodarki Komunalnej|lokal komunalny|cmentarz",
    "Ochrony Środowiska|drzewo|hałas",
    "Gospodarowania Odpadami|odpady|śmieci",
    "Geodezji i Katastru|działka|mapa",
    "Gospodarki Nieruchomościami|nieruchomość|garaż",
    "Edukacji|szkoła|przedszkole",
    "Kultury i Sportu|impreza|boisko",
    "Spraw Społecznych|zasiłek|alkohol",
    "Architektury i Budownictwa|budowa|rozbiórka",
    "Podatków i Opłat|podatek|opłata skarbowa",
    "Zamówień Publicznych|przetarg|umowa",
    "Zdrowia|szczepienie|apteka",
    "Dróg i Zieleni|droga|chodnik",
    "Działalności Gospodarczej|firma|targowisko",
)
"""What a unit is for, and two things that its matters are about."""

FLOORS = ("Referat", "Wydział", "Biuro", "Zespół", "Oddział")
DEEDS = (
    "Wydanie zezwolenia|zezwolenie;pozwolenie",
    "Zgłoszenie zamiaru|zgłosić;zgłoszenie",
    "Rejestracja|zarejestrować;rejestracja",
    "Udostępnienie informacji|informacja;wgląd",
    "Wniosek o dofinansowanie|dopłata;dofinansowanie",
    "Zmiana danych|zmienić;zmiana",
    "Wydanie zaświadczenia|zaświadczenie;papier",
    "Odwołanie od decyzji|odwołać się;odwołanie",
    "Zwrot kosztów|zwrot;oddać pieniądze",
    "Cofnięcie uprawnienia|cofnąć;odebrać",
    "Wydanie odpisu|odpis;kopia",
    "Umorzenie zaległości|umorzyć;dług",
    "Wydzierżawienie|wydzierżawić;dzierżawa",
    "Wpis do ewidencji|wpisać;wpis",
    "Wykreślenie z ewidencji|wykreślić;zamknąć",
    "Kontrola na miejscu|kontrola;sprawdzić",
)
"""What is done in a matter, and how citizens put it."""

CIRCUMSTANCES = (
    (),
    ("dla", "firmy"),
    ("dla", "dziecka"),
    ("po", "śmierci", "babci"),
    ("przez", "internet"),
    ("nowy", "właściciel"),
    ("za", "granicą"),
    ("dla", "seniora"),
    ("na", "rok"),
    ("bez", "opłaty"),
)
"""In what circumstances: each matter has twenty everyday phrases, as the demo's have."""

WOMEN = "Anna Barbara Celina Danuta Elżbieta Felicja Grażyna Halina Irena Jadwiga Kamila Lidia Magdalena Natalia Olga"
MEN = "Adam Bogdan Cezary Dariusz Edward Filip Grzegorz Henryk Ireneusz Jan Kamil Leon Marcin Norbert Oskar"
SURNAMES = (
    "Zmyślon Fikcyjn Pozorn Umown Próbn Wymyślon Nierealn Udawan Ćwiczebn Hipotetyczn Wzorcow Modelow Pokazow Niebył "
    "Bajeczn Domniman Rzekom Zastępcz Sztuczn Wirtualn Teoretyczn Przykładow"
)
"""Stems: Zmyślona, Zmyślony. Two of them make a double name, so that there are enough."""

WHENEVER = Week({day: Hours(time(8), time(17) if day == 2 else time(15, 30)) for day in range(1, 6)})


def town(people: int = 5_000, matters: int = 500, units: int = 80) -> Hall:
    """Return the hall: so many people, matters and units. The same sizes make an equal hall."""
    chance = random.Random(5)
    offices = _units(units)
    things = _matters(matters, offices)
    staff = _people(people, offices, things, chance)
    return Hall(
        name="Urząd Wielkiego Miasta",
        desk=offices[0].id,
        units={unit.id: unit for unit in offices},
        matters={matter.id: matter for matter in things},
        people={person.id: person for person in staff},
        week=WHENEVER,
        menu=Menu((MenuEntry("1", "Pierwsza sprawa", matter=things[0].id),)),
    )


def _units(count: int) -> Sequence[Unit]:
    """One unit of every field, then their parts."""
    units: list[Unit] = []
    for number, (floor, field) in zip(range(count), itertools.product(FLOORS, FIELDS), strict=False):
        name, *words = field.split("|")
        key = UnitId(short_slug(f"{floor} {name}"))
        direct = f"+4844700{number:04}"
        units.append(
            Unit(
                id=key,
                name=f"{floor} {name}",
                spoken=f"{floor} {name}",
                address=f"ul. Przykładowa {number + 1}",
                direct=direct,
                numbers=(direct,),
                line=Extension(f"9{number:03}"),
                parent=units[number % len(FIELDS)].id if number >= len(FIELDS) else None,
                words=tuple(words),
            )
        )
    return units


def _matters(count: int, units: Sequence[Unit]) -> Sequence[Matter]:
    """Deeds crossed with what the units are about."""
    pairs = ((deed, unit, word) for deed in DEEDS for unit in units for word in unit.words)
    return [
        _matter(number, deed, unit, word)
        for number, (deed, unit, word) in zip(range(count), pairs, strict=False)
    ]


def _matter(number: int, deed: str, unit: Unit, word: str) -> Matter:
    title, said = deed.split("|")
    symbol = f"{''.join(part[0] for part in unit.name.split()[:3]).upper()} {number + 1}"
    return Matter(
        id=MatterId(f"sprawa-{number + 1}"),
        symbol=symbol,
        title=f"{title}: {word} ({unit.name})",
        spoken=f"{title}: {word}",
        unit=unit.id,
        direct=unit.direct,
        numbers=unit.numbers,
        words=tuple(" ".join((verb, word, *more)) for verb in said.split(";") for more in CIRCUMSTANCES),
    )


def _people(
    count: int, units: Sequence[Unit], matters: Sequence[Matter], chance: random.Random
) -> Sequence[Person]:
    """Everybody has a unit; six of ten are named for matters of it, nine of ten have a phone, most have deputies."""
    by_unit = {unit.id: [matter.id for matter in matters if matter.unit == unit.id] for unit in units}
    names = itertools.islice(_names(), count)
    staff: list[Person] = []
    for number, (name, announced) in enumerate(names):
        unit = units[number % len(units)].id
        mates = [number - len(units) * back for back in (1, 2, 3) if number >= len(units) * back]
        deputies = chance.sample(mates, min(len(mates), chance.choice((0, 1, 2, 2))))
        theirs = chance.sample(by_unit[unit], min(len(by_unit[unit]), chance.choice((0, 0, 1, 2, 3))))
        reached = chance.choice((Reached.HERE, Reached.TRUNK))
        phone = Extension(f"{10_000 + number}", reached, doubtful=chance.random() < 0.02)
        staff.append(
            Person(
                id=PersonId(f"osoba-{number + 1}"),
                name=name,
                unit=unit,
                spoken=name,
                announced=announced,
                extension=phone if chance.random() < 0.9 else None,
                matters=tuple(theirs),
                deputies=tuple(PersonId(f"osoba-{mate + 1}") for mate in deputies),
                room=str(1 + number % 300),
            )
        )
    return staff


def _names() -> Iterator[tuple[str, str]]:
    """Names with their instrumental after "Łączę z", women and men in turn; after 13,860 they begin again."""
    stems = SURNAMES.split()
    doubles = [(one, other) for one, other in itertools.product(stems, stems) if one != other]
    pairs = itertools.product(doubles, zip(WOMEN.split(), MEN.split(), strict=True))
    return itertools.chain.from_iterable(
        (_woman(first, surname), _man(other, surname)) for surname, (first, other) in itertools.cycle(pairs)
    )


def _woman(first: str, surname: tuple[str, str]) -> tuple[str, str]:
    return (
        f"{first} {'-'.join(stem + 'a' for stem in surname)}",
        f"panią {first[:-1]}ą {'-'.join(stem + 'ą' for stem in surname)}",
    )


def _man(first: str, surname: tuple[str, str]) -> tuple[str, str]:
    ending = {"k": "iem", "y": "m"}.get(first[-1], "em")
    return (
        f"{first} {'-'.join(stem + 'y' for stem in surname)}",
        f"panem {first}{ending} {'-'.join(stem + 'ym' for stem in surname)}",
    )
