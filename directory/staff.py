"""`people.csv`: who works in which unit, for which matters, how to ring them and how a voice names them."""

from directory.model import Extension, MatterId, Numbering, Person, PersonId, Reached, UnitId
from directory.phonetext import read_numbers
from directory.tables import Row

PEOPLE_COLUMNS = ("id", "name", "unit", "spoken", "announced", "extension")
PEOPLE_OPTIONAL = (
    "position",
    "reached",
    "direct",
    "matters",
    "deputies",
    "accept_key",
    "introduction",
    "languages",
)

MOTHER_TONGUE = ("pl",)
"""What an empty cell means."""

_YES_NO = {"tak": True, "yes": True, "nie": False, "no": False, "": True}


def person_of(row: Row, numbering: Numbering) -> Person:
    """Make a person of a row; units, matters and deputies are named by their ids. Raises DirectoryError."""
    for column in ("id", "name", "unit"):
        if not row[column]:
            raise row.fault(column, f"{column!r} is empty", "fill it in, or take the row out")
    digits = row["extension"].replace(" ", "")
    if digits and not (digits.isascii() and digits.isdigit()):
        raise row.fault("extension", f"{row['extension']!r} is no extension", "write digits alone")
    return Person(
        id=PersonId(row["id"]),
        name=row["name"],
        unit=UnitId(row["unit"]),
        spoken=row["spoken"] or row["name"],
        announced=row["announced"],
        extension=Extension(digits, _reached(row)) if digits else None,
        direct=_direct(row, numbering),
        matters=tuple(MatterId(matter) for matter in _listed(row["matters"])),
        deputies=tuple(PersonId(deputy) for deputy in _listed(row["deputies"])),
        accept_key=_yes(row, "accept_key"),
        introduction=_yes(row, "introduction"),
        position=row["position"],
        languages=tuple(_listed(row["languages"])) or MOTHER_TONGUE,
    )


def _listed(cell: str) -> list[str]:
    """Return the words between semicolons."""
    return [word.strip() for word in cell.split(";") if word.strip()]


def _yes(row: Row, column: str) -> bool:
    """Read yes or no; an empty cell means yes."""
    try:
        return _YES_NO[row[column].lower()]
    except KeyError:
        raise row.fault(column, f"{row[column]!r} is neither yes nor no", 'write "tak" or "nie"') from None


def _reached(row: Row) -> Reached:
    """Read where the extension is reached; an empty cell means here."""
    try:
        return Reached(row["reached"].lower() or Reached.HERE.value)
    except ValueError:
        raise row.fault("reached", f"{row['reached']!r} is no place", 'write "here" or "trunk"') from None


def _direct(row: Row, numbering: Numbering) -> str | None:
    """Read a direct number, if there is one: exactly one, without a doubt."""
    if not row["direct"]:
        return None
    numbers = read_numbers(row["direct"], numbering)
    if len(numbers) == 1 and numbers[0].speaks and not numbers[0].doubt:
        return numbers[0].e164
    doubt = next((found.doubt for found in numbers if found.doubt), "not one number to talk on")
    raise row.fault(
        "direct", f"{row['direct']!r}: {doubt}", "write one number, nine digits, or leave it empty"
    )
