"""The tables of the hall's staff: people, their matters, their languages, and who stands in for them.

They belong to a version of the directory, as everything of `records.hall_tables` does.
"""

from sqlalchemy import Boolean, Column

from records.columns import CleanText
from records.hall_columns import key, of_version, order, ordinal, refers, text

people = of_version(
    "people",
    "Competent officials.",
    key("person", "The person's id."),
    order(),
    text("name", "Their name."),
    text("unit", "Their unit."),
    text("spoken", "Their name as a voice says it."),
    text("announced", "Their name as it stands after 'Łączę z'."),
    Column("extension", CleanText, comment="The extension that is rung."),
    Column("extension_reached", CleanText, comment="here or trunk."),
    Column("extension_doubtful", Boolean, comment="Whether whoever wrote it was not sure of it."),
    Column("direct", CleanText, comment="The number citizens dial."),
    Column("accept_key", Boolean, nullable=False, comment="Whether they take a call by pressing 1."),
    Column("introduction", Boolean, nullable=False, comment="Whether callers hear who took the call."),
    text("post", "Their position."),
    text("room", "Where they sit."),
    Column("mobile", CleanText, comment="For the hall itself: never told to a caller."),
    text("email", "Their address."),
    refers("unit", "units", "unit"),
)

person_matters = of_version(
    "person_matters",
    "The matters of a person; none: all of the unit.",
    key("person", "The person."),
    ordinal(),
    text("matter", "The matter."),
    refers("person", "people", "person"),
    refers("matter", "matters", "matter"),
)

deputies = of_version(
    "deputies",
    "Who stands in for a person, in order.",
    key("person", "The person."),
    ordinal(),
    text("deputy", "Who stands in."),
    refers("person", "people", "person"),
    refers("deputy", "people", "person"),
)

person_languages = of_version(
    "person_languages",
    "What a person speaks with callers.",
    key("person", "The person."),
    ordinal(),
    text("language", "The language (BCP 47)."),
    refers("person", "people", "person"),
)
