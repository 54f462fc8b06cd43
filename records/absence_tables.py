"""The tables of absences: who is away from when to when, and whose calendar tells us so.

They belong to no version of the directory: an absence counts from the moment it is entered. `person` is an id of
the directory, also of one that was taken out of it since. Why somebody is away is a class (leave, training,
meeting ...), never a matter of health.
"""

from sqlalchemy import Column, Index, Table

from records.columns import CleanText, Moment, metadata

absences = Table(
    "absences",
    metadata,
    Column("id", CleanText, primary_key=True, comment="The absence's id."),
    Column("person", CleanText, nullable=False, comment="Who is away."),
    Column("begins", Moment, nullable=False, comment="From when."),
    Column("ends", Moment, nullable=False, comment="Until before when."),
    Column("back", Moment, comment="When they can be reached again, if that is not the end."),
    Column("helps", CleanText, comment="Who helps meanwhile; empty: their deputies in order."),
    Column("reason", CleanText, nullable=False, comment="leave, training, meeting ...; never health."),
    Column("entered", CleanText, nullable=False, comment="How: page, rest, calendar, phone or command."),
    Column("entered_by", CleanText, nullable=False, comment="By whom."),
    Column("entered_at", Moment, nullable=False, comment="When."),
    Column("changed_at", Moment, comment="When it was last changed."),
    Column("changed_by", CleanText, comment="By whom."),
    Column("calendar", CleanText, nullable=False, comment="The event's UID; empty: of no calendar."),
    Column("cancelled_at", Moment, comment="When it was taken back; empty while it counts."),
    Column("cancelled_by", CleanText, comment="By whom."),
    Index(None, "person", "begins"),
    Index(None, "ends"),
    comment="Absences of officials.",
)

calendars = Table(
    "calendars",
    metadata,
    Column("person", CleanText, primary_key=True, comment="Whose calendar it is."),
    Column(
        "url", CleanText, nullable=False, comment="Secret: where it is read; who knows it can read it too."
    ),
    Column("checked_at", Moment, comment="When it was last read, or tried."),
    Column("trouble", CleanText, nullable=False, comment="Why it could not be read; empty if it was."),
    comment="Calendars (iCalendar) whose events are absences.",
)
