"""What columns and constraints the tables of the hall's directory share."""

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Integer, Table
from sqlalchemy.schema import SchemaItem

from records.columns import BigNumber, CleanText, metadata


def of_version(name: str, comment: str, *items: SchemaItem) -> Table:
    """A table whose rows belong to a version, and go with it."""
    version = Column(
        "version",
        BigNumber,
        ForeignKey("hall_versions.version", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        comment="The version they belong to.",
    )
    return Table(name, metadata, version, *items, comment=comment)


def key(name: str, comment: str) -> Column[str]:
    """Text that is part of the key."""
    return Column(name, CleanText, primary_key=True, comment=comment)


def ordinal() -> Column[int]:
    """The place in a list, as part of the key."""
    return Column("ordinal", Integer, primary_key=True, autoincrement=False, comment="Place in the list.")


def text(name: str, comment: str) -> Column[str]:
    """Text that is always there, perhaps empty."""
    return Column(name, CleanText, nullable=False, comment=comment)


def order() -> Column[int]:
    """The place among the rows of its kind."""
    return Column("ordinal", Integer, nullable=False, comment="Place in the list.")


def refers(column: str, table: str, key: str) -> ForeignKeyConstraint:
    """This column names a row of the same version; judged when the whole version is written."""
    return ForeignKeyConstraint(
        ["version", column],
        [f"{table}.version", f"{table}.{key}"],
        ondelete="CASCADE",
        deferrable=True,
        initially="DEFERRED",
    )
