"""The tables of the hall's directory: every saved state of it, whole, under a version number.

A save writes a new version; `hall_in_force` says which one new calls use, since when and by whose word, and
its history is never changed: taking an older version back into force is one more row. All rows of a version
carry its number; ids are the directory's own. `ordinal` keeps the order of lists, from 0. Telephone numbers
are E.164, times of day are the hall's local time.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    Table,
    Time,
)
from sqlalchemy.schema import SchemaItem

from records.columns import BigNumber, CleanText, Moment, metadata

hall_versions = Table(
    "hall_versions",
    metadata,
    Column("version", BigNumber, primary_key=True, autoincrement=True, comment="Counts the saves."),
    Column("saved", Moment, nullable=False, comment="When."),
    Column("saved_by", CleanText, nullable=False, comment="By whom."),
    Column("name", CleanText, nullable=False, comment="The hall's name, as a voice says it."),
    Column("desk", CleanText, nullable=False, comment="The unit that answers the line."),
    Column("notice", CleanText, nullable=False, comment="Today's notice; empty text for none."),
    Column("crisis_number", CleanText, nullable=False, comment="Spoken after hours."),
    Column("timezone", CleanText, nullable=False, comment="The hall's time zone (IANA name)."),
    comment="Every saved state of the hall's directory.",
    sqlite_autoincrement=True,
)

hall_in_force = Table(
    "hall_in_force",
    metadata,
    Column("id", BigNumber, primary_key=True, autoincrement=True, comment="The newest row counts."),
    Column(
        "version", BigNumber, ForeignKey("hall_versions.version"), nullable=False, comment="Which version."
    ),
    Column("since", Moment, nullable=False, comment="Since when new calls use it."),
    Column("decided_by", CleanText, nullable=False, comment="By whose word."),
    comment="Which version of the directory is in force, and which were before.",
    sqlite_autoincrement=True,
)


def _of_version(name: str, comment: str, *items: SchemaItem) -> Table:
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


def _key(name: str, comment: str) -> Column[str]:
    """Text that is part of the key."""
    return Column(name, CleanText, primary_key=True, comment=comment)


def _ordinal() -> Column[int]:
    """The place in a list, as part of the key."""
    return Column("ordinal", Integer, primary_key=True, autoincrement=False, comment="Place in the list.")


def _text(name: str, comment: str) -> Column[str]:
    """Text that is always there, perhaps empty."""
    return Column(name, CleanText, nullable=False, comment=comment)


def _order() -> Column[int]:
    """The place among the rows of its kind."""
    return Column("ordinal", Integer, nullable=False, comment="Place in the list.")


def _refers(column: str, table: str, key: str) -> ForeignKeyConstraint:
    """This column names a row of the same version; judged when the whole version is written."""
    return ForeignKeyConstraint(
        ["version", column],
        [f"{table}.version", f"{table}.{key}"],
        ondelete="CASCADE",
        deferrable=True,
        initially="DEFERRED",
    )


units = _of_version(
    "units",
    "Organisational units, and bodies outside the hall.",
    _key("unit", "The unit's id."),
    _order(),
    _text("name", "Its name."),
    _text("spoken", "Its name as a voice says it."),
    _text("address", "Where it is."),
    Column("direct", CleanText, comment="The number citizens dial."),
    Column("line", CleanText, comment="Extension of the unit's own line."),
    Column("line_reached", CleanText, comment="here or trunk."),
    Column("own_hours", Boolean, nullable=False, comment="Whether it has opening hours of its own."),
    Column("outside", Boolean, nullable=False, comment="Whether it is a body outside the hall."),
    Column("parent", CleanText, comment="The unit that it is a part of."),
    _text("short", "A short code that citizens may dial."),
    _text("source", "Where these facts were read."),
    _refers("parent", "units", "unit"),
)

unit_aliases = _of_version(
    "unit_aliases",
    "Other names of a unit.",
    _key("unit", "The unit."),
    _ordinal(),
    _text("alias", "The other name."),
    _refers("unit", "units", "unit"),
)

unit_numbers = _of_version(
    "unit_numbers",
    "All numbers of a unit.",
    _key("unit", "The unit."),
    _key("kind", "phone or fax."),
    _ordinal(),
    _text("number", "The number."),
    _refers("unit", "units", "unit"),
)

opening_hours = _of_version(
    "opening_hours",
    "Opening hours by weekday; a day without a row is closed.",
    _key("unit", "The unit; empty text for the hall itself."),
    Column("weekday", Integer, primary_key=True, autoincrement=False, comment="1 is Monday (ISO 8601)."),
    Column("opens", Time, nullable=False, comment="Local time."),
    Column("closes", Time, nullable=False, comment="Local time."),
)

closed_days = _of_version(
    "closed_days",
    "Days on which the hall is closed, beside public holidays.",
    Column("day", Date, primary_key=True, comment="The day."),
)

matters = _of_version(
    "matters",
    "What citizens want settled.",
    _key("matter", "The matter's id."),
    _order(),
    _text("symbol", "The symbol of its service card."),
    _text("title", "Its title."),
    _text("spoken", "Its title as a voice says it."),
    Column("unit", CleanText, comment="The competent unit."),
    Column("direct", CleanText, comment="The matter's own number."),
    _text("place", "Where it is settled."),
    _text("source", "Where these facts were read."),
    _refers("unit", "units", "unit"),
)

matter_aliases = _of_version(
    "matter_aliases",
    "Other symbols and titles of a matter.",
    _key("matter", "The matter."),
    _ordinal(),
    _text("alias", "The other symbol or title."),
    _refers("matter", "matters", "matter"),
)

matter_numbers = _of_version(
    "matter_numbers",
    "All numbers of a matter.",
    _key("matter", "The matter."),
    _ordinal(),
    _text("number", "The number."),
    _refers("matter", "matters", "matter"),
)

people = _of_version(
    "people",
    "Competent officials.",
    _key("person", "The person's id."),
    _order(),
    _text("name", "Their name."),
    _text("unit", "Their unit."),
    _text("spoken", "Their name as a voice says it."),
    _text("announced", "Their name as it stands after 'Łączę z'."),
    Column("extension", CleanText, comment="The extension that is rung."),
    Column("extension_reached", CleanText, comment="here or trunk."),
    Column("direct", CleanText, comment="The number citizens dial."),
    Column("accept_key", Boolean, nullable=False, comment="Whether they take a call by pressing 1."),
    Column("introduction", Boolean, nullable=False, comment="Whether callers hear who took the call."),
    _text("post", "Their position."),
    _refers("unit", "units", "unit"),
)

person_matters = _of_version(
    "person_matters",
    "The matters of a person; none: all of the unit.",
    _key("person", "The person."),
    _ordinal(),
    _text("matter", "The matter."),
    _refers("person", "people", "person"),
    _refers("matter", "matters", "matter"),
)

deputies = _of_version(
    "deputies",
    "Who stands in for a person, in order.",
    _key("person", "The person."),
    _ordinal(),
    _text("deputy", "Who stands in."),
    _refers("person", "people", "person"),
    _refers("deputy", "people", "person"),
)

menu_entries = _of_version(
    "menu_entries",
    "The keys of the menus.",
    Column("entry", Integer, primary_key=True, autoincrement=False, comment="Counts the entries, in order."),
    Column("inside", Integer, comment="The entry that opens this menu; empty for the first menu."),
    _text("key", "The key."),
    _text("spoken", "What is said of it."),
    Column("matter", CleanText, comment="Leads to this matter."),
    Column("unit", CleanText, comment="Leads to this unit."),
    Column("opens_menu", Boolean, nullable=False, comment="Leads to a menu of its own."),
    _refers("matter", "matters", "matter"),
    _refers("unit", "units", "unit"),
)

hall_settings = _of_version(
    "hall_settings",
    "What the hall decides about its line, and how its numbers are read.",
    _key("part", "policy or numbering."),
    _key("setting", "Its name; times are in seconds."),
    _text("value", "Its value, as JSON."),
)

PARTS = (
    units,
    unit_aliases,
    unit_numbers,
    opening_hours,
    closed_days,
    matters,
    matter_aliases,
    matter_numbers,
    people,
    person_matters,
    deputies,
    menu_entries,
    hall_settings,
)
"""The tables of one version."""
