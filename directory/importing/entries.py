"""What a source says of one person, unit or matter: the text of each field, and where it stands.

Here sources end and rules begin: a spreadsheet, LDAP or a form make entries, and nothing behind them asks which.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from directory.changes import Kind
from directory.importing.meanings import Meaning
from directory.report import DirectoryError, Fault, Finding

DASHES = frozenset({"-", "--", "\u2013", "\u2014", "brak", "nie ma", "n/d", "n.d."})
"""A cell that says "there is none", unlike an empty one, which says nothing."""
LONGEST_DASH = max(map(len, DASHES))


@dataclass(frozen=True, slots=True)
class Said:
    """A text, and the column (or attribute) where it stands; `line` if that is another row than the entry's."""

    text: str
    column: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One row, or one object of another source. A meaning that is not in `said` is one the source does not have."""

    kind: Kind
    file: str
    """The file, or the name of the source's object; what people are told."""
    line: int
    """The row, from 1; 0 where the source has none."""
    said: Mapping[Meaning, tuple[Said, ...]] = field(default_factory=dict)
    adds: bool = False
    """Numbers of a unit that come on top of what it has: a heading in a list of people, its secretariat."""

    def __contains__(self, meaning: Meaning) -> bool:
        return meaning in self.said

    def text(self, meaning: Meaning) -> str:
        """Return what stands there, several texts with "; " between them; "" if nothing or a dash does."""
        found = self.said.get(meaning, ())
        if len(found) == 1:
            return "" if is_none(found[0].text) else found[0].text
        return "; ".join(it.text for it in found if it.text and not is_none(it.text))

    def says(self, meaning: Meaning) -> bool:
        """Tell whether the source says anything there, if only that there is none."""
        return any(it.text for it in self.said.get(meaning, ()))

    def where(self, meaning: Meaning) -> Said:
        """Return the first text of this meaning, or an empty one."""
        found = self.said.get(meaning, ())
        return next((it for it in found if it.text), found[0] if found else Said("", meaning.value))

    def finding(self, meaning: Meaning, why: str, mend: str, *, read: str | None = None) -> Finding:
        """Return a finding about the cell of this meaning."""
        said = self.where(meaning)
        return Finding(
            self.file, said.line or self.line, said.column, said.text if read is None else read, why, mend
        )

    def fault(self, meaning: Meaning, what: str, mend: str) -> DirectoryError:
        """Return the error that the cell of this meaning makes."""
        said = self.where(meaning)
        return DirectoryError(
            Fault(self.file, said.column, what, mend, line=said.line or self.line, value=said.text)
        )

    def with_said(self, meaning: Meaning, *said: Said) -> "Entry":
        """Return the entry with other texts of one meaning."""
        return replace(self, said={**self.said, meaning: said})


def is_none(text: str) -> bool:
    """Tell whether a cell says that there is none."""
    return len(text) <= LONGEST_DASH and text.strip().lower() in DASHES


def listed(text: str) -> list[str]:
    """Return the words between semicolons."""
    return [word.strip() for word in text.split(";") if word.strip()]
