"""The catalogue: units and matters made of the captures in `units.csv` and `matters.csv`.

What the tables leave open is decided here, and each decision is a finding. A unit that only a matter names is
made; a matter without a unit or a number is kept. A symbol (DEL I) does not identify a matter: two cards bear
the same one, so an id is the symbol and the title's first words.
"""

import re
import zlib
from dataclasses import dataclass, field

from directory.captures import Age, compared, merged, phones_of, row_finding
from directory.model import Matter, MatterId, Numbering, Unit, UnitId
from directory.names import as_spoken, short_slug, slug
from directory.report import Finding
from directory.tables import Row

UNIT_COLUMNS = ("unit_code", "unit_name", "address", "phones", "fax", "source_url")
MATTER_COLUMNS = ("symbol", "title", "unit_name", "address", "phones", "desk", "source_url")

_CARD = re.compile(r"/szczegoly-sprawy/(\d+)")
_PART_OF = re.compile(r"\s+-\s+")


@dataclass
class Catalogue:
    """What has been read so far."""

    numbering: Numbering
    age: Age
    units: dict[UnitId, Unit] = field(default_factory=dict)
    matters: dict[MatterId, Matter] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    faxes: set[str] = field(default_factory=set)
    """Every number that some page calls a fax."""
    rows: dict[str, Row] = field(default_factory=dict)
    """The newest row of every unit and matter that was made."""
    _called: dict[str, UnitId] = field(default_factory=dict)
    """Units by every name they have or had."""

    def __post_init__(self) -> None:
        for unit in self.units.values():
            self._learn(unit)

    def add_units(self, rows: tuple[Row, ...]) -> None:
        """Make a unit of every group of captures: of one code, or of one name where there is no code."""
        groups: dict[str, list[Row]] = {}
        for row in rows:
            groups.setdefault(slug(row["unit_code"]) or short_slug(row["unit_name"]), []).append(row)
        for key, captures in groups.items():
            newest, *older = self.age.newest_first_of(captures)
            self._add_unit(UnitId(key), newest, older)

    def add_matters(self, rows: tuple[Row, ...]) -> None:
        """Make a matter of every group of captures of one card."""
        groups: list[list[Row]] = []
        titled: dict[str, list[list[Row]]] = {}
        for row in rows:
            alike = titled.setdefault(slug(row["title"]), [])
            group = next((group for group in alike if _same_card(group[0], row)), None)
            if group is None:
                group = []
                groups.append(group)
                alike.append(group)
            group.append(row)
        for captures in groups:
            newest, *older = self.age.newest_first_of(captures)
            self._add_matter(newest, older)
        self._tell_of_shared_symbols(groups)

    def unit_called(self, name: str) -> Unit | None:
        """Return the unit that has or had this name, in any spelling."""
        found = self._called.get(slug(name))
        return self.units[found] if found else None

    def _learn(self, unit: Unit) -> None:
        for name in (unit.name, *unit.aliases):
            self._called.setdefault(slug(name), unit.id)

    def _add_unit(self, key: UnitId, newest: Row, older: list[Row]) -> None:
        for row in older:
            self.findings += compared(newest, row, ("unit_name", "address", "phones", "fax"), self.age)
        newest = merged(newest, older)
        phones, findings = phones_of(newest, self.numbering)
        self.findings += findings
        if not phones.voice:
            mend = "write the number that citizens dial"
            self.findings.append(row_finding(newest, "phones", "a unit without a number", mend))
        if "(" in newest["unit_name"]:
            why, mend = "a remark in a unit's name; it is not spoken", "keep it, or take it out of the name"
            self.findings.append(row_finding(newest, "unit_name", why, mend))
        names = dict.fromkeys(row["unit_name"] for row in older if row["unit_name"] != newest["unit_name"])
        self.faxes.update(phones.faxes)
        self.units[key] = Unit(
            id=key,
            name=newest["unit_name"],
            spoken=as_spoken(newest["unit_name"]),
            aliases=tuple(names),
            address=newest["address"],
            direct=next(iter(phones.voice), None),
            numbers=phones.voice,
            faxes=phones.faxes,
            parent=self._parent(newest["unit_name"]),
            short=phones.short,
            source=newest["source_url"],
        )
        self._learn(self.units[key])
        self.rows[key] = newest

    def _add_matter(self, newest: Row, older: list[Row]) -> None:
        for row in older:
            self.findings += compared(newest, row, ("symbol", "unit_name", "phones"), self.age)
        newest = merged(newest, older)
        phones, findings = phones_of(newest, self.numbering, self.faxes)
        self.findings += findings
        unit = self._unit_of(newest)
        direct = next(iter(phones.sure), None)
        if direct is None and not (unit and unit.direct):
            direct = next(iter(phones.voice), None)
        if direct is None and unit and not unit.direct and unit.source != newest["source_url"]:
            why = "neither the card nor the unit has a number; callers are given the desk's"
            self.findings.append(row_finding(newest, "phones", why, "write the number that citizens dial"))
        title, symbol = newest["title"], newest["symbol"]
        others = [
            name for row in older for name in (row["symbol"], row["title"]) if name not in {symbol, title}
        ]
        key = self._matter_id(symbol, title)
        self.matters[key] = Matter(
            id=key,
            symbol=symbol,
            title=title,
            spoken=as_spoken(title),
            unit=unit.id if unit else None,
            direct=direct,
            numbers=phones.voice,
            aliases=tuple(dict.fromkeys(others)),
            where="; ".join(part for part in (newest["address"], newest["desk"]) if part),
            source=newest["source_url"],
        )
        self.rows[key] = newest

    def _unit_of(self, row: Row) -> Unit | None:
        """Return the unit that a matter's row names; make it if no table lists it."""
        name = row["unit_name"]
        if not name:
            why = "no unit is named for this matter; the desk will take it"
            self.findings.append(row_finding(row, "unit_name", why, "write the competent unit's name"))
            return None
        unit = self.unit_called(name)
        if unit is None:
            why, mend = "no list has this unit; it was made of this row", "add it to the list of units"
            self.findings.append(row_finding(row, "unit_name", why, mend))
            self._add_unit(UnitId(short_slug(name)), _as_unit(row), [])
            return self.units[UnitId(short_slug(name))]
        return unit

    def _parent(self, name: str) -> UnitId | None:
        """Return the body that "Body - Team" is a part of, if it is known."""
        whole, *part = _PART_OF.split(name, maxsplit=1)
        body = self.unit_called(whole) if part else None
        return body.id if body else None

    def _matter_id(self, symbol: str, title: str) -> MatterId:
        """Return an id that is not taken: the earlier row keeps the plain one."""
        plain = MatterId(short_slug(f"{symbol} {title}"))
        if plain not in self.matters:
            return plain
        return MatterId(f"{plain}-{zlib.crc32(slug(title).encode()):08x}")

    def _tell_of_shared_symbols(self, groups: list[list[Row]]) -> None:
        """Find symbols that several cards bear, and several symbols of one card."""
        first: dict[str, Row] = {}
        for group in groups:
            for row in group:
                other = first.setdefault(row["symbol"], row)
                if row["symbol"] and not _same_card(other, row):
                    why = f"line {other.line} gives the same symbol to another matter"
                    self.findings.append(row_finding(row, "symbol", why, "ask which of the two bears it"))


def _same_card(one: Row, other: Row) -> bool:
    """Tell whether two rows are captures of one card: the same title, and the same symbol or card number."""
    if slug(one["title"]) != slug(other["title"]):
        return False
    cards = {_CARD.search(row["source_url"]) for row in (one, other)}
    numbers = {card[1] for card in cards if card}
    return one["symbol"] == other["symbol"] or (None not in cards and len(numbers) == 1)


def _as_unit(row: Row) -> Row:
    """Return a matter's row as if it stood in `units.csv`."""
    return Row(row.file, row.line, {**row.cells, "unit_code": "", "fax": ""})
