"""Numbers of a unit that stand in a list of people: beside its heading, at its secretariat, in a row without a name.

They come on top of what the unit has: a list of people is no list of a unit's numbers.
"""

from collections.abc import Iterable
from dataclasses import replace

from directory.importing.entries import Entry
from directory.importing.homes import Homes
from directory.importing.matching import Units
from directory.importing.meanings import Meaning
from directory.importing.person_phones import person_phones
from directory.model import Numbering, Reached
from directory.numbers import national
from directory.report import Finding


def add_numbers(units: Units, homes: Homes, entries: Iterable[Entry], numbering: Numbering) -> list[Finding]:
    """Add to units the numbers that a list of people has for them."""
    findings: list[Finding] = []
    for entry in entries:
        unit = homes.of(entry)
        if unit is None:
            continue
        phones = person_phones(entry, numbering, frozenset(unit.faxes))
        findings += phones.findings
        for number, said in phones.switchboards.items():
            if number not in unit.numbers:
                why = f"{national(number)} stands before an extension: taken for the switchboard's; not kept"
                mend = "add it to the unit's numbers, if citizens may dial it"
                findings.append(
                    Finding(entry.file, said.line or entry.line, said.column, said.text, why, mend)
                )
        if unit.line and phones.extensions and unit.line.digits not in phones.extensions:
            why = f"the unit's line is {unit.line.digits} already; not kept"
            findings.append(entry.finding(Meaning.EXTENSION, why, "change the line, if it is this one"))
        voice = (*phones.direct, *phones.doubtful, *phones.mobiles)
        numbers = tuple(dict.fromkeys((*unit.numbers, *voice)))
        faxes = (number for _, _, number in phones.faxes if number)
        units.put(
            replace(
                unit,
                numbers=numbers,
                direct=unit.direct or next(iter(numbers), None),
                line=unit.line or phones.extension(Reached.HERE),
                faxes=tuple(dict.fromkeys((*unit.faxes, *faxes))),
            )
        )
    return findings
