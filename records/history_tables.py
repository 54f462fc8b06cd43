"""The table of what was changed in the directory: what people read as its history, and what an undo reverses.

Each save has its changes, in order; when, by whom and from where is in `hall_versions`. They stay when the
version's own rows are pruned.
"""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table

from records.columns import BigNumber, CleanText, DocumentOrNothing, metadata

directory_changes = Table(
    "directory_changes",
    metadata,
    Column(
        "version",
        BigNumber,
        ForeignKey("hall_versions.version", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        comment="The save it was made by.",
    ),
    Column("ordinal", Integer, primary_key=True, autoincrement=False, comment="Place among its changes."),
    Column(
        "kind", CleanText, nullable=False, comment="unit, matter, person, or hall for the hall's own rules."
    ),
    Column("id", CleanText, nullable=False, comment="Which one; the word hall for the hall itself."),
    Column("title", CleanText, nullable=False, comment="Its name or title then, for lists."),
    Column("before", DocumentOrNothing, comment="What it was; empty if it is new."),
    Column("after", DocumentOrNothing, comment="What it became; empty if it is gone."),
    Index(None, "kind", "id", "version"),
    comment="What each save of the directory changed.",
)
