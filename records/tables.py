"""The tables of what happened: facts, calls, transfer attempts, tickets, erasures.

`facts` is the journal, and the truth; `calls` and `transfer_attempts` are read from it, fact by fact
(`records.projection`), in the transaction that writes the facts. A fact of no call (a clerk's presence) has
no row but its own. Tickets are promises: they are written by
themselves, before anybody speaks of them. Times are UTC; durations are seconds. A column marked *personal*
is emptied by erasure and retention (`records.erase`), and nothing else is lost with it.
"""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, Table, UniqueConstraint

from records.columns import BigNumber, CleanText, Document, DocumentOrNothing, Moment, metadata

facts = Table(
    "facts",
    metadata,
    Column(
        "run",
        BigNumber,
        primary_key=True,
        autoincrement=False,
        comment="The run of the service that stated it: its start, in microseconds since 1970.",
    ),
    Column(
        "number_in_run",
        BigNumber,
        primary_key=True,
        autoincrement=False,
        comment="Counts the facts of that run in the order in which they were stated, from 1.",
    ),
    Column("call", CleanText, ForeignKey("calls.call"), comment="The call it happened in; empty for none."),
    Column("at", Moment, nullable=False, comment="When it happened."),
    Column("kind", CleanText, nullable=False, comment="What happened: the fact's name, such as phone_rang."),
    Column("payload", Document, nullable=False, comment="The fact's own fields, without personal ones."),
    Column(
        "personal",
        DocumentOrNothing,
        nullable=True,
        comment="Personal: its personal fields; empty once erased.",
    ),
    Index(None, "call", "run", "number_in_run"),
    comment="The journal: everything that happened, in order, written once.",
)

calls = Table(
    "calls",
    metadata,
    Column("call", CleanText, primary_key=True, comment="The call's id, as in log lines."),
    Column("arrived", Moment, nullable=False, comment="When the call reached the line."),
    Column("answered", Moment, comment="When the line picked up."),
    Column("ended", Moment, comment="When it was over; empty while it is up."),
    Column("resumed", Moment, comment="When the line last took it up again after a break of ours."),
    Column("number", CleanText, comment="Personal: the caller's number as it arrived; empty if not shown."),
    Column("number_e164", CleanText, comment="Personal: the same in E.164; empty if it is no such number."),
    Column("name", CleanText, comment="Personal: the name the caller's phone sent."),
    Column("number_shown", CleanText, comment="shown, withheld or absent."),
    Column("dialled", CleanText, comment="The number the citizen dialled."),
    Column(
        "language", CleanText, comment="The language the caller wanted (BCP 47); empty: never asked for one."
    ),
    Column("closed_until", Moment, comment="Came outside office hours: when the hall opened next."),
    Column("matter", CleanText, comment="What the citizen wanted: the matter's id."),
    Column("matter_title", CleanText, comment="Its title at that time."),
    Column("unit", CleanText, comment="The competent unit's id; empty text if none is."),
    Column("unit_name", CleanText, comment="Its name at that time."),
    Column("queued", Moment, comment="When the caller last began to wait for a clerk."),
    Column(
        "queue_left", Moment, comment="When the caller last ceased to; before `queued` while they wait again."
    ),
    Column(
        "queue_left_why",
        CleanText,
        comment="served, callback, closed, nobody, not_heard, left or broken_off.",
    ),
    Column("queue_seconds", Float, comment="How long they had waited then, in seconds."),
    Column("direct_number", CleanText, comment="The direct number the caller was told last."),
    Column("ticket", CleanText, comment="The ticket promised last in this call."),
    Column("outcome", CleanText, comment="How it ended for the caller (CallOutcome)."),
    Column("ended_by", CleanText, comment="Who put down first."),
    Column("waiting_for", CleanText, comment="What the caller was waiting for at the end."),
    Column("failure", CleanText, comment="Our own mistake, if one ended the story."),
    Column("forgotten", Moment, comment="When the personal data of this call was erased."),
    Index(None, "arrived", "call"),
    Index(None, "number"),
    Index(None, "number_e164"),
    Index(None, "outcome", "arrived"),
    Index(None, "unit", "arrived"),
    comment="One row per citizen's call.",
)

transfer_attempts = Table(
    "transfer_attempts",
    metadata,
    Column("attempt", CleanText, primary_key=True, comment="The attempt's id."),
    Column("call", CleanText, ForeignKey("calls.call"), nullable=False, comment="The call it belongs to."),
    Column("order_in_call", Integer, comment="First, second, third … candidate of the call."),
    Column("way", CleanText, comment="line, queue, handed_over, consulted or recall (Way)."),
    Column("by_person", CleanText, comment="Who wanted it: the person's id; empty text for the line itself."),
    Column("matter", CleanText, comment="The matter it was about."),
    Column("unit", CleanText, comment="The candidate's unit."),
    Column("unit_name", CleanText, comment="Its name at that time."),
    Column("person", CleanText, comment="The candidate; empty text for a unit's own line."),
    Column("person_name", CleanText, comment="Their name at that time."),
    Column("target", CleanText, comment="The number that was rung."),
    Column("why", CleanText, comment="Why this candidate."),
    Column("chosen", Moment, nullable=False, comment="When the candidate was chosen."),
    Column("announced", Moment, comment="When the caller had been told who they would be connected to."),
    Column("rang", Moment, comment="When the phone said that it rings."),
    Column("taken", Moment, comment="When the phone was answered, by whom or what is not known yet."),
    Column("accepted", Moment, comment="When the colleague pressed 1."),
    Column("consulted", Moment, comment="When whoever had the caller began to talk to the colleague."),
    Column("consult_seconds", Float, comment="How long these two talked, in seconds."),
    Column("left_meanwhile", Moment, comment="When whoever handed the caller over left before the outcome."),
    Column("introduced", Moment, comment="When the caller had heard who took the call."),
    Column("introduction", CleanText, comment="How much of it they heard: whole, cut or failed."),
    Column("connected", Moment, comment="When both were in one bridge."),
    Column("proved", Moment, comment="When audio had flowed both ways: the proof of an effective transfer."),
    Column("decided", Moment, comment="When the outcome stood."),
    Column("outcome", CleanText, comment="How the attempt ended (Outcome); empty while it goes on."),
    Column("ring_seconds", Float, comment="How long the phone rang, in seconds."),
    Column("detail", CleanText, comment="What the telephone network said of it."),
    Column("instead", CleanText, comment="What the caller got instead of an effective transfer."),
    Column("talk_ended", Moment, comment="When the two stopped talking."),
    Column("talk_seconds", Float, comment="How long they talked, in seconds."),
    Column("talk_ended_by", CleanText, comment="caller, colleague or pbx."),
    Index(None, "call", "order_in_call"),
    Index(None, "chosen", "attempt"),
    Index(None, "outcome", "chosen"),
    Index(None, "person", "chosen"),
    Index(None, "unit", "chosen"),
    comment="One row per try at connecting a caller to one candidate.",
)

tickets = Table(
    "tickets",
    metadata,
    Column("ticket", CleanText, primary_key=True, comment="The number the caller was told."),
    Column("call", CleanText, nullable=False, comment="The call it was promised in."),
    Column("number", CleanText, comment="Personal: whom to call, E.164; empty once erased."),
    Column("matter", CleanText, nullable=False, comment="The matter's id; empty text if unknown."),
    Column("unit", CleanText, nullable=False, comment="The unit's id; empty text if unknown."),
    Column("language", CleanText, nullable=False, comment="The caller's language (BCP 47)."),
    Column("created", Moment, nullable=False, comment="When it was promised."),
    Column("due", Moment, nullable=False, comment="Until when the hall owes the call."),
    Column("state", CleanText, nullable=False, comment="open, kept, broken or withdrawn."),
    Column("forgotten", Moment, comment="When the number was erased."),
    UniqueConstraint("call", "number"),
    Index(None, "due", "ticket"),
    Index(None, "state", "due"),
    Index(None, "number"),
    comment="Promises: one row per call the hall owes a citizen.",
)

erasures = Table(
    "erasures",
    metadata,
    Column("id", BigNumber, primary_key=True, autoincrement=True, comment="Order of erasing."),
    Column("at", Moment, nullable=False, comment="When it was done."),
    Column("asked_by", CleanText, nullable=False, comment="Who asked for it."),
    Column("why", CleanText, nullable=False, comment="number (a wish) or retention (a rule)."),
    Column("older_than", Moment, comment="Retention: calls that arrived before this were forgotten."),
    Column("calls", Integer, nullable=False, comment="How many calls lost their personal data."),
    Column("facts", Integer, nullable=False, comment="How many facts of the journal did."),
    Column("tickets", Integer, nullable=False, comment="How many tickets did."),
    comment="That personal data was erased, and when: never whose (GDPR art. 5(2), accountability).",
    sqlite_autoincrement=True,
)
