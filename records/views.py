"""What a reader of the records sees: frozen values, ready for a page or for JSON.

Times are timezone-aware UTC; durations are seconds; None means "not (yet)", an empty text "nobody".
Fields whose metadata says `personal` are None where the number was not shown, or has been erased.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from callbacks.ticket import Ticket
from callflows.facts import PERSONAL, AttemptId, Fact, TicketId
from callflows.outcomes import CallOutcome, Instead, Outcome, Way
from directory.model import PersonId
from telephony.values import CallId, NumberShown

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some of a list; `next`, given as `after`, brings the following page, and is empty at the end."""

    items: tuple[Item, ...]
    next: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallView:
    """One citizen's call, as a row of a list."""

    call: CallId
    arrived: datetime
    answered: datetime | None = None
    ended: datetime | None = None
    """None while the call is up."""
    resumed: datetime | None = None
    """When the line last took the call up again after a break of ours."""
    number: str | None = field(default=None, metadata=PERSONAL)
    """As it arrived."""
    number_e164: str | None = field(default=None, metadata=PERSONAL)
    """None also where the number is none that E.164 could write."""
    name: str | None = field(default=None, metadata=PERSONAL)
    number_shown: NumberShown | None = None
    dialled: str | None = None
    language: str | None = None
    """What the caller wants to be spoken to in (BCP 47); None: never asked for a language, so in Polish."""
    closed_until: datetime | None = None
    """Set if the call came outside office hours: when the hall opened next."""
    matter: str | None = None
    matter_title: str | None = None
    unit: str | None = None
    unit_name: str | None = None
    queued: datetime | None = None
    """When the caller last began to wait for a clerk."""
    queue_left: datetime | None = None
    """When they last ceased to; it is before `queued` while they wait again."""
    queue_left_why: str | None = None
    """served, callback, closed, nobody (on duty), not_heard, left or broken_off."""
    queue_seconds: float | None = None
    """How long they had waited when they last ceased to."""
    clerk: str | None = None
    """The id of the clerk who last took the caller from the queue, or took them back."""
    direct_number: str | None = None
    """The direct number the caller was told last."""
    ticket: TicketId | None = None
    outcome: CallOutcome | None = None
    ended_by: str | None = None
    waiting_for: str | None = None
    failure: str | None = None
    forgotten: datetime | None = None
    """When the personal data was erased."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferView:
    """One try at connecting a caller to one candidate; the times are in the order in which they come."""

    attempt: AttemptId
    call: CallId
    order_in_call: int | None = None
    way: Way | None = None
    by_person: str | None = None
    """Who wanted it: the person's id; empty for the line itself."""
    matter: str | None = None
    unit: str | None = None
    unit_name: str | None = None
    person: str | None = None
    """Empty for a unit's own line."""
    person_name: str | None = None
    target: str | None = None
    why: str | None = None
    """Why this candidate."""
    chosen: datetime
    announced: datetime | None = None
    rang: datetime | None = None
    taken: datetime | None = None
    accepted: datetime | None = None
    consulted: datetime | None = None
    """When whoever had the caller began to talk to the colleague."""
    consult_seconds: float | None = None
    left_meanwhile: datetime | None = None
    """When whoever handed the caller over left before the outcome (blonde)."""
    introduced: datetime | None = None
    introduction: str | None = None
    """How much of it the caller heard: whole, cut or failed."""
    connected: datetime | None = None
    proved: datetime | None = None
    decided: datetime | None = None
    outcome: Outcome | None = None
    """None while the attempt goes on."""
    ring_seconds: float | None = None
    detail: str | None = None
    instead: Instead | None = None
    talk_ended: datetime | None = None
    talk_seconds: float | None = None
    talk_ended_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    """One fact of the journal. `fact` is None if this version no longer knows its kind or its shape."""

    run: int
    """The run of the service that stated it: its start, in microseconds since 1970."""
    number_in_run: int
    """Counts the facts of that run, over all calls."""
    call: CallId
    number_in_call: int
    """Counts the call's facts from 1, over all runs of the service."""
    at: datetime
    kind: str
    """The fact's name in small letters: `phone_rang`."""
    payload: Mapping[str, Any]
    personal: Mapping[str, Any] | None = field(default=None, metadata=PERSONAL)
    """None if the fact had no personal fields, or they were erased."""
    fact: Fact | None = field(default=None, metadata=PERSONAL)
    """The fact itself; personal fields that were erased are empty texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceView:
    """One change of a clerk's presence, from the journal."""

    at: datetime
    clerk: PersonId
    presence: str
    """away, paused, ready, offered, talking or wrapping_up, from then on."""
    why: str
    with_call: CallId
    """The call that it is about; empty for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallStory:
    """One call with everything that happened in it, in order."""

    call: CallView
    facts: tuple[FactView, ...]
    transfers: tuple[TransferView, ...]
    tickets: tuple[Ticket, ...]
    """Tickets whose number was erased are left out: nobody could be called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What an erasure of personal data did: numbers only, never whose."""

    at: datetime
    calls: int
    facts: int
    tickets: int
