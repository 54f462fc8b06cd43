"""The table of hygiene: what in the directory seems wrong, as transfers to it were not effective."""

from sqlalchemy import Column, Index, Integer, Table, text

from records.columns import CleanText, Moment, metadata

hygiene_tasks = Table(
    "hygiene_tasks",
    metadata,
    Column("task", CleanText, primary_key=True, comment="The task's id."),
    Column("unit", CleanText, nullable=False, comment="The unit that puts it right."),
    Column("person", CleanText, comment="Whose phone it is; empty for a unit's own line."),
    Column("extension", CleanText, nullable=False, comment="The extension that was not answered."),
    Column("opened", Moment, nullable=False, comment="When it was first seen."),
    Column("raised", Moment, nullable=False, comment="When it was last seen."),
    Column("tries", Integer, nullable=False, comment="How often it was rung in the window."),
    Column("unanswered", Integer, nullable=False, comment="How many of these were not effective."),
    Column("window_from", Moment, nullable=False, comment="Since when tries are counted."),
    Column("closed", Moment, comment="When it was settled; empty while it is open."),
    Column("closed_by", CleanText, comment="By whom; empty text: by itself."),
    Column("closed_how", CleanText, comment="corrected, reason or by_itself."),
    Column("reason", CleanText, nullable=False, comment="Why nothing is wrong, in words; empty for none."),
    Index(None, "unit", "opened"),
    Index(None, "extension", "closed"),
    Index(
        "uq_hygiene_tasks_open",
        "extension",
        unique=True,
        sqlite_where=text("closed IS NULL"),
        postgresql_where=text("closed IS NULL"),
    ),
    comment="Hygiene tasks: numbers and absences that somebody has to put right.",
)
