"""The unit of an entry: found by id, code or any name, or made; a name that nearly is a known one is told."""

from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from directory.importing.entries import Entry
from directory.importing.matching import Units
from directory.importing.meanings import Meaning
from directory.importing.unit_names import unit_name
from directory.model import Unit, UnitId
from directory.names import as_spoken, slug
from directory.report import Finding

NEARLY = 0.87
"""How alike two names are of which one may be a slip (difflib's ratio)."""


@dataclass
class Homes:
    """Finds and makes units; each name is looked up once."""

    units: Units
    findings: list[Finding] = field(default_factory=list)
    _known: dict[tuple[str, str, str], UnitId] = field(default_factory=dict)

    def of(self, entry: Entry) -> Unit | None:
        """Return the unit that an entry names; None if it names none."""
        texts = tuple(entry.text(meaning) for meaning in (Meaning.UNIT, Meaning.PART_OF, Meaning.CODE))
        if not any(texts):
            return None
        key = (texts[0], texts[1], texts[2])
        if key not in self._known:
            self._known[key] = self._looked_up(entry, *key).id
        return self.units.units[self._known[key]]

    def whole(self, entry: Entry) -> UnitId | None:
        """Return the unit of which the entry's unit is a part, made if it is new."""
        text = entry.text(Meaning.PART_OF)
        return self._one(entry, Meaning.PART_OF, text, "", None).id if text else None

    def _looked_up(self, entry: Entry, text: str, part_of: str, code: str) -> Unit:
        if not text and not code:
            return self._one(entry, Meaning.PART_OF, part_of, "", None)
        whole = self.whole(entry) if text else None
        meaning = Meaning.UNIT if text else Meaning.CODE
        return self._one(entry, meaning, text or code, code, whole)

    def _one(self, entry: Entry, meaning: Meaning, text: str, code: str, whole: UnitId | None) -> Unit:
        name, own_code = unit_name(text)
        if not slug(name):
            raise entry.fault(meaning, f"{text!r} names no unit", "write its name, with letters")
        code = code or own_code
        found = (self.units.called(code) if code else []) or self.units.called(text, whole)
        found = found or self.units.called(name, whole)
        if len(found) > 1:
            why = f"several units are called so ({', '.join(unit.id for unit in found)}): the first was taken"
            self.findings.append(entry.finding(meaning, why, "write the unit's id, or the unit above it"))
        if found:
            unit = found[0]
            if whole is not None and unit.parent is None and whole != unit.id:
                unit = self._put(unit, whole)
            return unit
        if alike := get_close_matches(name, list(self.units.names()), n=1, cutoff=NEARLY):
            why = f"no unit is called so, and it was made; {alike[0]!r} is nearly the same"
            self.findings.append(
                entry.finding(meaning, why, "write one of the two in both places, if it is one unit")
            )
        unit = Unit(
            self.units.new_id(name, code, whole), name, as_spoken(name), parent=whole, source=entry.file
        )
        self.units.put(unit)
        return unit

    def _put(self, unit: Unit, whole: UnitId) -> Unit:
        """Make a unit a part of another, unless that one is a part of it."""
        above: UnitId | None = whole
        while above is not None:
            if above == unit.id:
                return unit
            above = self.units.units[above].parent
        unit = replace(unit, parent=whole)
        self.units.put(unit)
        return unit
