"""`words.csv`: the everyday words by which citizens ask for a matter or a unit, as the hall collects them.

A row names the id of a matter or unit, and short phrases with ";" between them: "kupiłem auto; zarejestrować
samochód". The file may be missing; nothing else depends on it than finding by words.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from directory.names import nearest
from directory.report import DirectoryError, Fault
from directory.tables import Row, read_table

WORDS = "words.csv"
WORDS_COLUMNS = ("id", "words")
LONGEST_PHRASE = 120
"""Characters of one phrase: a longer one is a story, and fits no other story."""


def read_words(folder: Path, known: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the everyday phrases by id of a matter or unit. Raises DirectoryError with every fault of the file."""
    if not (folder / WORDS).exists():
        return {}
    ids = frozenset(known)
    words: dict[str, tuple[str, ...]] = {}
    faults: list[Fault] = []
    for row in read_table(folder / WORDS, WORDS_COLUMNS):
        phrases = tuple(dict.fromkeys(filter(None, (part.strip() for part in row["words"].split(";")))))
        fault = _fault(row, phrases, ids, words)
        if fault:
            faults.append(fault)
        words[row["id"]] = phrases
    if faults:
        raise DirectoryError(*faults)
    return words


def _fault(
    row: Row, phrases: tuple[str, ...], ids: frozenset[str], earlier: Mapping[str, tuple[str, ...]]
) -> Fault | None:
    """Return what is wrong with a row, if anything is."""
    key = row["id"]
    if key not in ids:
        what = f"no matter or unit has the id {key!r}"
        return Fault(row.file, "id", what, nearest(key, ids), row.line, key)
    if key in earlier:
        what = f"{key!r} stands in an earlier row already"
        return Fault(row.file, "id", what, "put all its words into one row", row.line, key)
    if not phrases:
        what = f"{key!r} has no words"
        return Fault(row.file, "words", what, "write some, or take the row out", row.line, key)
    long = next((phrase for phrase in phrases if len(phrase) > LONGEST_PHRASE), None)
    if long:
        what = f"a phrase of {len(long)} characters ({long[:30]}...)"
        return Fault(row.file, "words", what, 'write short phrases with ";" between them', row.line, long)
    return None
