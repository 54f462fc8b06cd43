"""The model of a city hall: a frozen snapshot that a call keeps from its first to its last second.

A change of the directory makes a new `Hall`; new calls take it over, old ones finish on theirs.
Telephone numbers are E.164 strings (`+48447327705`), extensions are the bare digits of the hall's PBX.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import Enum
from typing import NewType, TypeVar

from directory.policy import LinePolicy as LinePolicy  # a part of the model, too

UnitId = NewType("UnitId", str)
MatterId = NewType("MatterId", str)
PersonId = NewType("PersonId", str)
Key = TypeVar("Key")


class Reached(Enum):
    """Where an extension is reached: a phone registered at our Asterisk, or through the trunk."""

    HERE = "here"
    TRUNK = "trunk"


@dataclass(frozen=True, slots=True)
class Extension:
    """A number that we can ring inside the hall."""

    digits: str
    reached: Reached = Reached.HERE
    doubtful: bool = False
    """Whoever wrote it was not sure of it: it is rung last."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours of one weekday, local time of the hall."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Week:
    """Opening hours by ISO weekday (1 is Monday); a day not listed is closed."""

    days: Mapping[int, Hours]


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisational unit (referat, biuro), or a body outside the hall (`outside`)."""

    id: UnitId
    name: str
    spoken: str
    """The name as a voice says it: no abbreviations."""
    aliases: tuple[str, ...] = ()
    address: str = ""
    direct: str | None = None
    """The number citizens dial, E.164; never one that is only a fax."""
    numbers: tuple[str, ...] = ()
    faxes: tuple[str, ...] = ()
    line: Extension | None = None
    """The unit's own line, the last candidate for its matters."""
    week: Week | None = None
    """None: the hall's own hours."""
    outside: bool = False
    parent: UnitId | None = None
    """The unit or body that this one is a part of."""
    short: str = ""
    """A short code that citizens may dial instead (986). We never dial it."""
    source: str = ""
    """Where these facts were read: the address of the page, or the name of our own file."""
    words: tuple[str, ...] = ()
    """Everyday words by which citizens ask for it; the hall adds them."""
    closed_on: frozenset[date] = frozenset()
    """Days on which this unit alone is closed."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What a citizen wants settled (sprawa), and the unit competent for it."""

    id: MatterId
    symbol: str
    title: str
    spoken: str
    unit: UnitId | None = None
    direct: str | None = None
    """The matter's own number, before the unit's; None if it has none that is surely no fax."""
    numbers: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    """Other symbols and titles that other captures of the same card gave it."""
    where: str = ""
    """Where it is settled: address, floor, desk, as the card words it."""
    source: str = ""
    words: tuple[str, ...] = ()
    """Everyday words by which citizens ask for it; the hall adds them."""


@dataclass(frozen=True, slots=True)
class Person:
    """A competent official: unit, matters, how to ring them and how a voice says their name."""

    id: PersonId
    name: str
    unit: UnitId
    spoken: str
    """Name in the nominative, as a voice says it."""
    announced: str
    """Name as it stands after "Łączę z": "panią Anną Przykładową" (instrumental)."""
    extension: Extension | None = None
    direct: str | None = None
    matters: tuple[MatterId, ...] = ()
    """Empty: all matters of the unit."""
    deputies: tuple[PersonId, ...] = ()
    accept_key: bool = True
    """False for a phone that cannot forward: an answer counts as taking the call (outcome `unconfirmed`)."""
    introduction: bool = True
    """Whether the caller hears name and unit of who took the call (bylaw §6.1)."""
    position: str = ""
    languages: tuple[str, ...] = ("pl",)
    """What they speak with callers (BCP 47)."""
    room: str = ""
    mobile: str | None = None
    """E.164, for the hall itself: it is never told to a caller."""
    email: str = ""


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One key of a menu: what is said, and where it leads (exactly one of matter, unit, submenu)."""

    key: str
    spoken: str
    matter: MatterId | None = None
    unit: UnitId | None = None
    submenu: "Menu | None" = None
    spoken_en: str = ""
    """What is said in English; empty: the Polish text, by the Polish voice."""


@dataclass(frozen=True, slots=True)
class Menu:
    """At most six keys; at most two levels deep. Keys 0 and 9 and * are the line's own."""

    entries: tuple[MenuEntry, ...]


@dataclass(frozen=True, slots=True)
class Numbering:
    """How the hall's numbers are read, and where its line may dial for a callback."""

    area_code: str = ""
    """Put before a seven-digit number of the catalogue; empty: such a number stays doubtful and unused."""
    country: int = 48
    """Country calling code of numbers written without one."""
    callback_countries: frozenset[int] = frozenset({48})
    """Country codes that may be called back: calls abroad cost the hall, and are the usual toll fraud."""


@dataclass(frozen=True, slots=True)
class Staff:
    """The people of a hall in the order of its list, found without looking through all of them."""

    by_matter: Mapping[MatterId, tuple[Person, ...]]
    """To whom a matter is assigned by name."""
    by_unit: Mapping[UnitId, tuple[Person, ...]]
    """Everybody of a unit."""
    by_extension: Mapping[str, tuple[Person, ...]]
    """Who has this phone; several, where they share one."""

    @classmethod
    def of(cls, people: Iterable[Person]) -> "Staff":
        """Sort them."""
        matters: dict[MatterId, list[Person]] = defaultdict(list)
        units: dict[UnitId, list[Person]] = defaultdict(list)
        phones: dict[str, list[Person]] = defaultdict(list)
        for person in people:
            units[person.unit].append(person)
            for matter in dict.fromkeys(person.matters):
                matters[matter].append(person)
            if person.extension:
                phones[person.extension.digits].append(person)
        return cls(_fixed(matters), _fixed(units), _fixed(phones))


def _fixed(found: Mapping[Key, list[Person]]) -> Mapping[Key, tuple[Person, ...]]:
    return {key: tuple(people) for key, people in found.items()}


@dataclass(frozen=True, slots=True)
class Hall:
    """The whole hall at one moment."""

    name: str
    """As a voice says it: "Urząd Miasta Piotrkowa Trybunalskiego"."""
    desk: UnitId
    """The unit that answers the line (BOM)."""
    units: Mapping[UnitId, Unit]
    matters: Mapping[MatterId, Matter]
    people: Mapping[PersonId, Person]
    week: Week
    menu: Menu
    closed_on: frozenset[date] = frozenset()
    notice: str = ""
    """Today's notice, spoken after the privacy notice; empty for none."""
    crisis_number: str = ""
    """Spoken after hours; a short code or E.164."""
    timezone: str = "Europe/Warsaw"
    languages: tuple[str, ...] = ("pl", "en")
    """What the line speaks; the first is where it begins. With "en" among them, key 8 of the first menu is English."""
    policy: LinePolicy = field(default_factory=LinePolicy)
    numbering: Numbering = field(default_factory=Numbering)
    staff: "Staff" = field(init=False, repr=False, compare=False)
    """The people again, found by what they are asked for by."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "staff", Staff.of(self.people.values()))
