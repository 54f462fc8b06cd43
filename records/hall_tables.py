"""The tables of the hall's directory: every saved state of it, whole, under a version number.

A save writes a new version; `hall_in_force` says which one new calls use, since when and by whose word, and
its history is never changed: taking an older version back into force is one more row. All rows of a version
carry its number; ids are the directory's own. `ordinal` keeps the order of lists, from 0. Telephone numbers
are E.164, times of day are the hall's local time.
"""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, Table, Time

from records.columns import BigNumber, CleanText, Moment, metadata
from records.hall_columns import key, of_version, order, ordinal, refers, text
from records.staff_tables import deputies, people, person_languages, person_matters

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
    Column(
        "source", CleanText, nullable=False, comment="From where: page, rest, import, ldap, command, start."
    ),
    Column(
        "note", CleanText, nullable=False, comment="What they said of it: the file's name, for an import."
    ),
    Column("undoes", BigNumber, comment="The version that it takes back."),
    Column("pruned", Moment, comment="When its rows in the other tables were dropped; its changes stay."),
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


units = of_version(
    "units",
    "Organisational units, and bodies outside the hall.",
    key("unit", "The unit's id."),
    order(),
    text("name", "Its name."),
    text("spoken", "Its name as a voice says it."),
    text("address", "Where it is."),
    Column("direct", CleanText, comment="The number citizens dial."),
    Column("line", CleanText, comment="Extension of the unit's own line."),
    Column("line_reached", CleanText, comment="here or trunk."),
    Column("line_doubtful", Boolean, comment="Whether whoever wrote it was not sure of it."),
    Column("own_hours", Boolean, nullable=False, comment="Whether it has opening hours of its own."),
    Column("outside", Boolean, nullable=False, comment="Whether it is a body outside the hall."),
    Column("parent", CleanText, comment="The unit that it is a part of."),
    text("short", "A short code that citizens may dial."),
    text("source", "Where these facts were read."),
    refers("parent", "units", "unit"),
)

unit_aliases = of_version(
    "unit_aliases",
    "Other names of a unit.",
    key("unit", "The unit."),
    ordinal(),
    text("alias", "The other name."),
    refers("unit", "units", "unit"),
)

unit_numbers = of_version(
    "unit_numbers",
    "All numbers of a unit.",
    key("unit", "The unit."),
    key("kind", "phone or fax."),
    ordinal(),
    text("number", "The number."),
    refers("unit", "units", "unit"),
)

unit_words = of_version(
    "unit_words",
    "Everyday words by which citizens ask for a unit.",
    key("unit", "The unit."),
    ordinal(),
    text("word", "The word, or words."),
    refers("unit", "units", "unit"),
)

unit_closed_days = of_version(
    "unit_closed_days",
    "Days on which a unit alone is closed.",
    key("unit", "The unit."),
    Column("day", Date, primary_key=True, comment="The day."),
    refers("unit", "units", "unit"),
)

opening_hours = of_version(
    "opening_hours",
    "Opening hours by weekday; a day without a row is closed.",
    key("unit", "The unit; empty text for the hall itself."),
    Column("weekday", Integer, primary_key=True, autoincrement=False, comment="1 is Monday (ISO 8601)."),
    Column("opens", Time, nullable=False, comment="Local time."),
    Column("closes", Time, nullable=False, comment="Local time."),
)

closed_days = of_version(
    "closed_days",
    "Days on which the hall is closed, beside public holidays.",
    Column("day", Date, primary_key=True, comment="The day."),
)

hall_languages = of_version(
    "hall_languages",
    "What the line speaks; the first language is where it begins.",
    ordinal(),
    text("language", "The language (BCP 47)."),
)

matters = of_version(
    "matters",
    "What citizens want settled.",
    key("matter", "The matter's id."),
    order(),
    text("symbol", "The symbol of its service card."),
    text("title", "Its title."),
    text("spoken", "Its title as a voice says it."),
    Column("unit", CleanText, comment="The competent unit."),
    Column("direct", CleanText, comment="The matter's own number."),
    text("place", "Where it is settled."),
    text("source", "Where these facts were read."),
    refers("unit", "units", "unit"),
)

matter_aliases = of_version(
    "matter_aliases",
    "Other symbols and titles of a matter.",
    key("matter", "The matter."),
    ordinal(),
    text("alias", "The other symbol or title."),
    refers("matter", "matters", "matter"),
)

matter_numbers = of_version(
    "matter_numbers",
    "All numbers of a matter.",
    key("matter", "The matter."),
    ordinal(),
    text("number", "The number."),
    refers("matter", "matters", "matter"),
)

matter_words = of_version(
    "matter_words",
    "Everyday words by which citizens ask for a matter.",
    key("matter", "The matter."),
    ordinal(),
    text("word", "The word, or words."),
    refers("matter", "matters", "matter"),
)

menu_entries = of_version(
    "menu_entries",
    "The keys of the menus.",
    Column("entry", Integer, primary_key=True, autoincrement=False, comment="Counts the entries, in order."),
    Column("inside", Integer, comment="The entry that opens this menu; empty for the first menu."),
    text("key", "The key."),
    text("spoken", "What is said of it."),
    text("spoken_en", "What is said of it in English; empty: the Polish text."),
    Column("matter", CleanText, comment="Leads to this matter."),
    Column("unit", CleanText, comment="Leads to this unit."),
    Column("opens_menu", Boolean, nullable=False, comment="Leads to a menu of its own."),
    refers("matter", "matters", "matter"),
    refers("unit", "units", "unit"),
)

hall_settings = of_version(
    "hall_settings",
    "What the hall decides about its line, and how its numbers are read.",
    key("part", "policy or numbering."),
    key("setting", "Its name; times are in seconds."),
    text("value", "Its value, as JSON."),
)

PARTS = (
    units,
    unit_aliases,
    unit_numbers,
    unit_words,
    unit_closed_days,
    opening_hours,
    closed_days,
    hall_languages,
    matters,
    matter_aliases,
    matter_numbers,
    matter_words,
    people,
    person_matters,
    person_languages,
    deputies,
    menu_entries,
    hall_settings,
)
"""The tables of one version."""
