"""The shapes of answers: the views of `records`, put together and masked for who may not see everything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from api.masking import masked, masked_values
from callbacks.ticket import Ticket
from callflows import story_text
from callflows.facts import PERSONAL, Fact
from records.codec import encode
from records.views import CallStory, CallView, FactView, Page, PresenceView, TransferView

View = TypeVar("View")


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPage:
    """Calls, newest first; give `next` as `after` to go on, it is empty at the end."""

    items: tuple[CallView, ...]
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferPage:
    """Attempts at a transfer, newest first; give `next` as `after` to go on, it is empty at the end."""

    items: tuple[TransferView, ...]
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PresencePage:
    """Changes of clerks' presence, newest first; give `next` as `after` to go on, it is empty at the end."""

    items: tuple[PresenceView, ...]
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketList:
    """Promises by due time, the earliest first."""

    items: tuple[Ticket, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactShown:
    """One thing that happened, with a Polish sentence for people and its fields for programs.

    `call` is empty for what happened in no call: a clerk's presence, and what became of a command about it.
    """

    call: str
    at: datetime
    kind: str
    sentence: str
    payload: Mapping[str, Any]
    personal: Mapping[str, Any] | None = field(default=None, metadata=PERSONAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryShown:
    """One call and all that happened in it, in order."""

    call: CallView
    facts: tuple[FactShown, ...]
    transfers: tuple[TransferView, ...]
    tickets: tuple[Ticket, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """What this service is, and where its parts are."""

    service: str
    version: str
    description: str
    openapi: str
    links: Mapping[str, str]


def seen(view: View, *, personal: bool) -> View:
    """The view as this reader may see it."""
    return view if personal else masked(view)


def call_page(page: Page[CallView], *, personal: bool) -> CallPage:
    """A page of calls as this reader may see it."""
    return CallPage(items=seen(page.items, personal=personal), next=page.next)


def transfer_page(page: Page[TransferView], *, personal: bool) -> TransferPage:
    """A page of attempts as this reader may see it."""
    return TransferPage(items=seen(page.items, personal=personal), next=page.next)


def ticket_list(tickets: Sequence[Ticket], *, personal: bool) -> TicketList:
    """Promises as this reader may see them."""
    return TicketList(items=seen(tuple(tickets), personal=personal))


def story(found: CallStory, *, personal: bool) -> StoryShown:
    """A call's story as this reader may see it."""
    return StoryShown(
        call=seen(found.call, personal=personal),
        facts=tuple(_written(view, personal=personal) for view in found.facts),
        transfers=seen(found.transfers, personal=personal),
        tickets=seen(found.tickets, personal=personal),
    )


def live(fact: Fact, *, personal: bool) -> FactShown:
    """A fact that has just been committed, as this reader may see it."""
    told = encode(seen(fact, personal=personal))
    return FactShown(
        call=fact.call,
        at=fact.at,
        kind=told.kind,
        sentence=sentence(seen(fact, personal=personal), told.kind),
        payload=told.payload,
        personal=told.personal,
    )


def sentence(fact: Fact | None, kind: str) -> str:
    """What happened, in a Polish sentence; the kind alone where this version does not know the fact."""
    return story_text.sentence(fact) if fact is not None else kind


def _written(view: FactView, *, personal: bool) -> FactShown:
    fact = view.fact if personal or view.fact is None else masked(view.fact)
    hidden = view.personal if personal or view.personal is None else masked_values(view.personal)
    return FactShown(
        call=view.call,
        at=view.at,
        kind=view.kind,
        sentence=sentence(fact, view.kind),
        payload=view.payload,
        personal=hidden,
    )
