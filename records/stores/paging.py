"""Pages of a list that goes on growing: keyset paging, so that no row is shown twice or missed meanwhile.

The mark between two pages is the last row's moment and id, as text a URL can carry.
"""

import base64
import binascii
from datetime import UTC, datetime, timedelta

from sqlalchemy import Column, ColumnElement, and_, or_

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class BadMark(ValueError):
    """The text is no mark that a page gave out."""


def mark(moment: datetime, key: str) -> str:
    """Write the mark that stands after the row of this moment and id."""
    microseconds = (moment - _EPOCH) // timedelta(microseconds=1)
    return base64.urlsafe_b64encode(f"{microseconds} {key}".encode()).decode().rstrip("=")


def unmark(text: str) -> tuple[datetime, str]:
    """Read a mark; raises BadMark."""
    try:
        plain = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode()
        microseconds, _, key = plain.partition(" ")
        return _EPOCH + timedelta(microseconds=int(microseconds)), key
    except (ValueError, binascii.Error, OverflowError) as error:
        raise BadMark("This is no mark of a page.") from error


def older_than(after: str, moment: Column[datetime], key: Column[str]) -> ColumnElement[bool]:
    """The condition for rows that follow the mark in a list with the newest first."""
    at, last = unmark(after)
    return or_(moment < at, and_(moment == at, key < last))
