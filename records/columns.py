"""What columns are made of: moments in UTC, clean text, JSON, and the naming convention of constraints.

PostgreSQL refuses U+0000 in text and JSONB, and no database takes half a surrogate pair; both may arrive by
telephone (a caller's name is whatever a stranger's phone sends). `clean` puts U+FFFD in their place, here,
once, so that no call is ever lost to its own name.
"""

import json
import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, MetaData, Text, TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
"""Names of constraints and indexes, the same on every database, so that migrations can speak of them."""

metadata = MetaData(naming_convention=NAMING)
"""All tables of the service."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def clean(text: str) -> str:
    """Return the text with NUL and lone surrogates replaced by U+FFFD; any other text unchanged."""
    return _UNSTORABLE.sub("\ufffd", text)


def utc(moment: datetime) -> datetime:
    """Return the same moment in UTC; a moment without a zone is taken for UTC already."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC with microseconds, timezone-aware on the way in and on the way out.

    PostgreSQL keeps TIMESTAMP WITH TIME ZONE; SQLite keeps text such as "2026-11-22 13:03:07.000000", always
    UTC, which sorts as time does.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Send UTC."""
        return None if value is None else utc(value)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give UTC back."""
        return None if value is None else utc(value)


class CleanText(TypeDecorator[str]):
    """Text of any length, made storable (`clean`)."""

    impl = Text()
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Clean what is sent."""
        return None if value is None else clean(value)


BigNumber = BigInteger().with_variant(Integer(), "sqlite")
"""A 64-bit whole number. SQLite's INTEGER has 64 bits too, and only that word makes an automatic key."""

Document = JSON()
"""JSON, kept to the letter (PostgreSQL's JSONB would round large numbers); `records.codec` has cleaned it."""

DocumentOrNothing = JSON(none_as_null=True)
"""The same, where None is an empty column and not the JSON word null."""

_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class JsonText(str):
    """JSON that is written already: it goes into a document's column as it is."""

    __slots__ = ()


def as_json(value: Any) -> str:
    """Write a value as JSON, compactly, once."""
    return str(value) if type(value) is JsonText else _write(value)


Json = Any
"""A JSON value: object, list, text, number, truth value or None."""
