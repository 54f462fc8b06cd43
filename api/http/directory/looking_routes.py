"""The part of the table of routes that looks things up in the directory."""

from api.http.directory import finding, looking, shapes
from api.http.directory.looking import DirectoryShown, WhoShown
from api.http.parameters import Parameter, moment, text, whole
from api.http.route import Route
from api.tokens import Scope

LIMIT = whole("limit", "How many at most", least=1, most=1000, default=200)
AFTER = Parameter(
    "after",
    'The "next" of the page before, to go on',
    'the "next" of the page before',
    {"type": "string", "default": ""},
    str,
    "",
)
NOT_THERE = {404: "There is nothing of this id in the directory"}

LOOKING = (
    Route(
        path="/api/directory",
        name="directory",
        summary="The directory in force",
        handler=looking.directory,
        scope=Scope.LOOK_UP,
        answer=DirectoryShown,
    ),
    Route(
        path="/api/directory/find",
        name="find",
        summary="Matters, units and people by a citizen's words, best first; nothing if the hall can't help",
        handler=finding.find,
        scope=Scope.LOOK_UP,
        parameters=(
            text("words", "What was said or typed; the last word may be only begun"),
            whole("limit", "How many at most", least=1, most=50, default=10),
        ),
        answer=finding.FoundShown,
    ),
    Route(
        path="/api/directory/who/{subject}",
        name="who",
        summary="Who is competent for a matter or unit now, best first and why; who is passed over, and why",
        handler=looking.who,
        scope=Scope.LOOK_UP,
        parameters=(moment("at", "Not now but at this moment"),),
        answer=WhoShown,
        also=NOT_THERE,
    ),
    Route(
        path="/api/directory/units",
        name="units",
        summary="Units, and bodies outside the hall",
        handler=looking.units,
        scope=Scope.LOOK_UP,
        parameters=(text("parent", "The id of the unit that they are a part of"), LIMIT, AFTER),
        answer=shapes.UnitPage,
        leads_to={"unit": "/items/0/id", "who": "/items/0/id"},
    ),
    Route(
        path="/api/directory/matters",
        name="matters",
        summary="Matters that citizens want settled",
        handler=looking.matters,
        scope=Scope.LOOK_UP,
        parameters=(text("unit", "The id of the competent unit"), LIMIT, AFTER),
        answer=shapes.MatterPage,
        leads_to={"matter": "/items/0/id", "who": "/items/0/id"},
    ),
    Route(
        path="/api/directory/people",
        name="people",
        summary="Officials; their mobiles are masked for tokens of the scopes read and read:directory",
        handler=looking.people,
        scope=Scope.LOOK_UP,
        parameters=(text("unit", "The id of their unit"), LIMIT, AFTER),
        answer=shapes.PersonPage,
        leads_to={"person": "/items/0/id"},
    ),
    Route(
        path="/api/directory/units/{unit}",
        name="unit",
        summary="One unit",
        handler=looking.unit,
        scope=Scope.LOOK_UP,
        answer=shapes.UnitShown,
        also=NOT_THERE,
    ),
    Route(
        path="/api/directory/matters/{matter}",
        name="matter",
        summary="One matter",
        handler=looking.matter,
        scope=Scope.LOOK_UP,
        answer=shapes.MatterShown,
        also=NOT_THERE,
    ),
    Route(
        path="/api/directory/people/{person}",
        name="person",
        summary="One person",
        handler=looking.person,
        scope=Scope.LOOK_UP,
        answer=shapes.PersonShown,
        also=NOT_THERE,
    ),
)
