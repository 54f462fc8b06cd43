"""The telephones of a row: extension, direct number and mobile, told apart, and what is none of them.

It is somebody's row, or that of a unit in a list of people. An office's mobile is never told to a caller, so a mobile
number is no direct number, whatever column it stands in. A number that some cell calls a fax is a telephone only
where nothing else is there, and is told.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from directory.importing.entries import Entry, Said, is_none
from directory.importing.meanings import Meaning
from directory.model import Extension, Numbering, Reached
from directory.numbers import NATIONAL_DIGITS, Kind, national
from directory.phonetext import ParsedNumber, Use, read_numbers
from directory.report import Finding

WHOLE = "write the whole number, nine digits"
_EXTENSION = re.compile(r"(?:nr\s*)?(?:w(?:ewn?\w*)?\.?:?\s*)?([0-9]{2,6})(\s*\?)?", re.IGNORECASE)
_BARE = re.compile(r"[0-9]{2,6}")
_TOLD = frozenset({Kind.LANDLINE, Kind.VOIP, Kind.TOLL_FREE, Kind.SHARED_COST})
"""Kinds that may be told to a caller as somebody's own number."""
_NOT_KEPT = {
    Kind.FOREIGN: (
        "a number abroad; it was not kept",
        "write it into the page of this person, if callers may have it",
    ),
    Kind.PREMIUM: ("a premium-rate number; it was not kept", "take it out, or write the right one"),
    Kind.OTHER: ("nobody's ordinary telephone; it was not kept", "take it out, or write the right one"),
    Kind.SHORT: ("a short code, or an extension: it was not kept", 'write "wew." before an extension'),
    Kind.EMERGENCY: ("an emergency number; it was not kept", "take it out"),
}


@dataclass
class PersonPhones:
    """What was found, the surest first, and what had to be decided."""

    entry: Entry
    extensions: dict[str, bool] = field(default_factory=dict)
    """Digits, and whether they are doubtful."""
    direct: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    mobiles: list[str] = field(default_factory=list)
    switchboards: dict[str, Said] = field(default_factory=dict)
    """Numbers that stood before an extension, and where."""
    faxes: list[tuple[Said, str, str]] = field(default_factory=list)
    """Where each fax stood, what was written, and its number; "" if it could not be read."""
    findings: list[Finding] = field(default_factory=list)

    def extension(self, reached: Reached) -> Extension | None:
        """Return the extension to ring."""
        return next(
            (Extension(digits, reached, doubtful) for digits, doubtful in self.extensions.items()), None
        )

    def number(self) -> str | None:
        """Return the number to tell a caller."""
        return next(iter((*self.direct, *self.doubtful)), None)

    def tell_of_faxes(self) -> None:
        """Say that nobody has a fax of their own."""
        for said, read, _ in self.faxes:
            self.tell(said, read, "a fax; people have none in the directory", "add it to the unit's faxes")

    def tell(self, said: Said, read: str, why: str, mend: str) -> None:
        """Add a finding about a cell."""
        line = said.line or self.entry.line
        self.findings.append(Finding(self.entry.file, line, said.column, read, why, mend))


def person_phones(entry: Entry, numbering: Numbering, faxes: Collection[str]) -> PersonPhones:
    """Read all cells with numbers of a person's entry; `faxes` are numbers that other rows call a fax."""
    found = PersonPhones(entry)
    for said in entry.said.get(Meaning.EXTENSION, ()):
        _extensions(found, said, numbering, faxes)
    for meaning in (Meaning.DIRECT, Meaning.PHONES, Meaning.MOBILE):
        for said in entry.said.get(meaning, ()):
            if said.text and not is_none(said.text):
                _numbers(found, said, read_numbers(said.text, numbering), faxes)
    for said in entry.said.get(Meaning.FAX, ()):
        if said.text and not is_none(said.text):
            numbers = read_numbers(said.text, numbering)
            found.faxes += [(said, it.raw, it.e164 or "") for it in numbers] or [(said, said.text, "")]
    _tell_of_more(found)
    return found


def faxes_of(entry: Entry, numbering: Numbering) -> Iterable[str]:
    """Yield the numbers that an entry calls a fax and nothing else."""
    for said in entry.said.get(Meaning.FAX, ()):
        yield from (it.e164 for it in read_numbers(said.text, numbering) if it.e164)
    for meaning in (Meaning.PHONES, Meaning.DIRECT):
        for said in entry.said.get(meaning, ()):
            if "fa" in said.text.lower():
                yield from (
                    it.e164 for it in read_numbers(said.text, numbering) if it.e164 and it.use is Use.FAX
                )


def _extensions(found: PersonPhones, said: Said, numbering: Numbering, faxes: Collection[str]) -> None:
    """Read a cell of a column of extensions; a whole number in it is a number."""
    if is_none(said.text):
        return
    for part in re.split(r"\s*[,;/\n]\s*|\s+i\s+", said.text.strip()):
        if digits := _EXTENSION.fullmatch(part):
            found.extensions.setdefault(digits[1], bool(digits[2]))
            if digits[2]:
                found.tell(
                    said,
                    part,
                    "whoever wrote it was not sure: it is rung last",
                    "take the ? away once it was tried",
                )
        elif part:
            _numbers(found, said, read_numbers(part, numbering), faxes)


def _numbers(
    found: PersonPhones, said: Said, numbers: Iterable[ParsedNumber], faxes: Collection[str]
) -> None:
    """Sort the numbers of a cell."""
    for it in numbers:
        if it.extension:
            found.extensions.setdefault(it.extension, "?" in said.text)
            if it.e164:
                found.switchboards.setdefault(it.e164, said)
        elif it.e164 and it.use is Use.FAX:
            found.faxes.append((said, it.raw, it.e164))
            if it.doubt:
                found.tell(said, it.raw, it.doubt, "write what it is")
        elif it.e164 and it.kind in _TOLD:
            _landline(found, said, it, faxes)
        elif it.kind is Kind.MOBILE and not it.doubt:
            found.mobiles.append(it.e164 or "")
        elif it.kind is Kind.NOT_A_NUMBER and _BARE.fullmatch(it.raw):
            found.extensions.setdefault(it.raw, True)
            found.tell(
                said,
                it.raw,
                "a few digits alone: taken for an extension, and rung last",
                'write "wew." before it',
            )
        else:
            digits = len(re.findall(r"[0-9]", it.raw))
            mend = WHOLE if it.doubt and digits <= NATIONAL_DIGITS + 3 else "take it out of the cell"
            found.tell(said, it.raw, *_NOT_KEPT.get(it.kind, (f"{it.doubt}; it was not kept", mend)))


def _landline(found: PersonPhones, said: Said, it: ParsedNumber, faxes: Collection[str]) -> None:
    """Take a number that can be told to callers, sure or not."""
    assert it.e164 is not None
    mend = "take it out of one of the two, once somebody has tried it"
    shared = it.use is Use.BOTH
    if shared:
        found.tell(said, it.raw, f"{national(it.e164)} is a fax as well", mend)
    elif it.e164 in faxes:
        found.tell(said, it.raw, f"{national(it.e164)} is a fax elsewhere; it was not kept", mend)
        return
    if it.doubt:
        found.tell(said, it.raw, it.doubt, WHOLE)
    (found.doubtful if shared or it.doubt else found.direct).append(it.e164)


def _tell_of_more(found: PersonPhones) -> None:
    """Tell of what the directory has no place for: it keeps one number of each sort."""
    for kept, (what, meaning) in (
        (list(found.extensions), ("extension", Meaning.EXTENSION)),
        (list(dict.fromkeys((*found.direct, *found.doubtful))), ("number", Meaning.DIRECT)),
        (list(dict.fromkeys(found.mobiles)), ("mobile", Meaning.MOBILE)),
    ):
        if len(kept) > 1:
            entry = found.entry
            said = entry.where(meaning if entry.says(meaning) else Meaning.PHONES)
            shown = [national(it) if it.startswith("+") else it for it in kept]
            why = f"{len(kept)} {what}s: {shown[0]} was taken, {', '.join(shown[1:])} not kept"
            found.tell(
                said, said.text, why, "write the one to ring first" if what == "extension" else "write one"
            )
