"""What each path that is read answers: a value in the shape that its route names, or a response of its own."""

from http import HTTPStatus

from aiohttp import web

from api.http import shapes
from api.http.events import write_events
from api.http.health import Live, Ready, readiness
from api.http.parts import Asked, Parts
from api.http.problems import Problem
from api.pages.addresses import HOME
from callbacks.ports import TicketsAway
from records.errors import DatabaseAway
from records.stores.calls import CallFilter
from records.stores.paging import BadMark
from records.stores.presence import PresenceFilter
from records.stores.transfers import TransferFilter
from records.views import CallStory
from telephony.values import CallId

ID_AT_MOST = 200
NO_SUCH_CALL = "There is no call of this id; /api/calls lists them."


async def index(parts: Parts, asked: Asked) -> shapes.Pointer | web.Response:
    """What this is, and where to go on; who came with a browser goes on to the pages."""
    if "text/html" in asked.request.headers.get("Accept", ""):
        return web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": HOME})
    return shapes.Pointer(
        service="halo-urzad",
        version=parts.version,
        description="The telephone line of a city hall: its calls, transfers and promises.",
        openapi="/openapi.json",
        links={
            "live": "/health/live",
            "ready": "/health/ready",
            "metrics": "/metrics",
            "calls": "/api/calls",
            "transfers": "/api/transfers",
            "tickets": "/api/tickets",
            "floor": "/api/floor",
            "presence": "/api/presence",
            "events": "/api/events",
            "directory": "/api/directory",
        },
    )


async def live(parts: Parts, asked: Asked) -> Live:
    """Answering at all is the answer."""
    return Live("live", parts.version)


async def ready(parts: Parts, asked: Asked) -> Ready:
    """Every check with its reason; the runner answers 503 if one fails."""
    return await readiness(parts.checks)


async def metrics(parts: Parts, asked: Asked) -> web.Response:
    """Everything counted and measured."""
    return web.Response(body=parts.metrics.exposition(), headers={"Content-Type": parts.metrics.content_type})


async def calls(parts: Parts, asked: Asked) -> shapes.CallPage:
    """Calls, newest first."""
    values = asked.values
    if values["number"] is not None and not asked.sees_personal:
        # Else a reader of masked numbers could find out a number by asking for it.
        detail = 'To look for a number, a token with "read:personal" is needed.'
        raise Problem(HTTPStatus.FORBIDDEN, detail)
    wanted = CallFilter(
        since=values["since"],
        until=values["until"],
        outcome=values["outcome"],
        matter=values["matter"],
        unit=values["unit"],
        number=values["number"],
        clerk=values["clerk"],
        language=values["language"],
        live=None if values["state"] is None else values["state"].value == "live",
    )
    try:
        page = await parts.calls.listed(wanted, limit=values["limit"], after=values["after"])
    except BadMark:
        raise _bad_mark() from None
    return shapes.call_page(page, personal=asked.sees_personal)


async def call(parts: Parts, asked: Asked) -> shapes.StoryShown:
    """One call and its story."""
    story = await story_of(parts, CallId(asked.path["id"]))
    if story is None:
        raise Problem(HTTPStatus.NOT_FOUND, NO_SUCH_CALL)
    return shapes.story(story, personal=asked.sees_personal)


async def story_of(parts: Parts, call: CallId) -> CallStory | None:
    """The record of a call; None if there is no such call."""
    return await parts.calls.story(call) if call.isprintable() and len(call) <= ID_AT_MOST else None


async def transfers(parts: Parts, asked: Asked) -> shapes.TransferPage:
    """Attempts at a transfer, newest first."""
    values = asked.values
    wanted = TransferFilter(
        since=values["since"],
        until=values["until"],
        outcomes=values["outcome"],
        ways=values["way"],
        unit=values["unit"],
        person=values["person"],
        matter=values["matter"],
    )
    try:
        page = await parts.transfers.listed(wanted, limit=values["limit"], after=values["after"])
    except BadMark:
        raise _bad_mark() from None
    return shapes.transfer_page(page, personal=asked.sees_personal)


async def presence(parts: Parts, asked: Asked) -> shapes.PresencePage:
    """Changes of clerks' presence, newest first."""
    values = asked.values
    wanted = PresenceFilter(since=values["since"], until=values["until"], clerk=values["clerk"])
    try:
        page = await parts.presence.listed(wanted, limit=values["limit"], after=values["after"])
    except BadMark:
        raise _bad_mark() from None
    return shapes.PresencePage(items=page.items, next=page.next)


async def tickets(parts: Parts, asked: Asked) -> shapes.TicketList:
    """Promises by due time."""
    try:
        found = await parts.tickets.listed(state=asked.values["state"], limit=asked.values["limit"])
    except TicketsAway as away:
        raise DatabaseAway(str(away)) from away
    return shapes.ticket_list(found, personal=asked.sees_personal)


async def events(parts: Parts, asked: Asked) -> web.StreamResponse:
    """Live facts, until the service stops or the reader leaves."""
    return await write_events(asked.request, parts.streams, personal=asked.sees_personal)


def _bad_mark() -> Problem:
    detail = '"after" must be the "next" of the page before, or be left out.'
    return Problem(HTTPStatus.BAD_REQUEST, detail)
