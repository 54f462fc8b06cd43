"""The table of routes: what is served, who may ask, what may be asked, and in which shape it is answered.

The application, the check of queries and bodies and the OpenAPI document are all made from it, so they cannot disagree.
"""

from enum import Enum

from api.http import floor, handlers, shapes
from api.http.command_routes import COMMANDS, OF_CALLS, OF_CLERKS
from api.http.directory.table import DIRECTORY
from api.http.health import Live, Ready
from api.http.parameters import Parameter, moment, text, whole, word_of, words_of
from api.http.route import Route
from api.tokens import Scope
from callbacks.ticket import TicketState
from callflows.outcomes import CallOutcome, Outcome, Way
from records.stores.transfers import TRANSFERS


class CallState(Enum):
    """Whether a call is still up."""

    LIVE = "live"
    OVER = "over"


SINCE = moment("since", "From this moment on")
UNTIL = moment("until", "Before this moment")
UNIT = text("unit", "The unit's id")
MATTER = text("matter", "The matter's id")
LIMIT = whole("limit", "How many at most", least=1, most=200, default=50)
AFTER = Parameter(
    "after",
    'The "next" of the page before, to go on',
    'the "next" of the page before',
    {"type": "string", "default": ""},
    str,
    "",
)

READING = (
    Route(
        path="/",
        name="index",
        summary="What this service is, and where its parts are",
        handler=handlers.index,
        scope=None,
        answer=shapes.Pointer,
    ),
    Route(
        path="/health/live",
        name="live",
        summary="Whether the service lives",
        handler=handlers.live,
        scope=None,
        answer=Live,
    ),
    Route(
        path="/health/ready",
        name="ready",
        summary="Whether calls are answered, recorded and led by the hall's directory, with reasons",
        handler=handlers.ready,
        scope=None,
        answer=Ready,
        also={503: "Not ready: the failed checks say why and how to mend it"},
    ),
    Route(
        path="/metrics",
        name="metrics",
        summary="Counters and measurements for Prometheus",
        handler=handlers.metrics,
        scope=Scope.METRICS,
        content="text/plain",
    ),
    Route(
        path="/api/calls",
        name="calls",
        summary="Calls, newest first",
        handler=handlers.calls,
        parameters=(
            SINCE,
            UNTIL,
            word_of("outcome", "How the call ended for the caller", CallOutcome),
            word_of("state", "Whether the call is still up", CallState),
            UNIT,
            MATTER,
            text("number", "The caller's number; needs the scope read:personal"),
            text("clerk", "The id of the clerk who took the caller from the queue"),
            text("language", "The language that the caller is spoken to in (BCP 47)"),
            LIMIT,
            AFTER,
        ),
        answer=shapes.CallPage,
        leads_to={"call": "/items/0/call"},
    ),
    Route(
        path="/api/calls/{id}",
        name="call",
        summary="One call as a story: every fact in order, its transfers and its tickets",
        handler=handlers.call,
        answer=shapes.StoryShown,
        also={404: "There is no such call"},
        leads_to=dict.fromkeys(OF_CALLS, "/call/call"),
    ),
    Route(
        path="/api/transfers",
        name="transfers",
        summary="Attempts at a transfer with their outcome, newest first (bylaw §6.4); offers to clerks by their way",
        handler=handlers.transfers,
        parameters=(
            SINCE,
            UNTIL,
            words_of("outcome", "How the attempt ended", Outcome),
            words_of("way", "On whose wish, and how, somebody was rung", Way, default=TRANSFERS),
            UNIT,
            text("person", "The person's id"),
            MATTER,
            LIMIT,
            AFTER,
        ),
        answer=shapes.TransferPage,
    ),
    Route(
        path="/api/tickets",
        name="tickets",
        summary="Promises to call back, by due time, the earliest first (bylaw §6.3)",
        handler=handlers.tickets,
        parameters=(
            word_of("state", "Where the promise stands", TicketState),
            whole("limit", "How many at most", least=1, most=1000, default=100),
        ),
        answer=shapes.TicketList,
    ),
    Route(
        path="/api/floor",
        name="floor",
        summary="Clerks with their presence, and callers who wait for one",
        handler=floor.floor,
        answer=floor.FloorShown,
        leads_to=dict.fromkeys(OF_CLERKS, "/clerks/0/person"),
    ),
    Route(
        path="/api/presence",
        name="presence",
        summary="Changes of clerks' presence, newest first",
        handler=handlers.presence,
        parameters=(SINCE, UNTIL, text("clerk", "The clerk's id"), LIMIT, AFTER),
        answer=shapes.PresencePage,
    ),
    Route(
        path="/api/events",
        name="events",
        summary="Live facts after their commit, as server-sent events",
        handler=handlers.events,
        content="text/event-stream",
    ),
)

ROUTES = READING + COMMANDS + DIRECTORY
