"""The part of the table of routes that changes the directory, and tells its history."""

from http import HTTPMethod, HTTPStatus

from api.http.body import Body
from api.http.directory import editing, history, shapes
from api.http.directory.looking_routes import AFTER, NOT_THERE
from api.http.directory.marks import IF_MATCH, STATUSES
from api.http.parameters import text, whole, word_of
from api.http.route import Route
from api.office.sheets import MatterSheet, PersonSheet, UnitSheet
from api.tokens import Scope
from directory.changes import Kind

WRONG = {422: "What was sent will not do; the sentence names the field and the mend"}
MEANWHILE = {409: "Something else stands in the way: a change of somebody else, or what still needs this"}

UNIT = Body("UnitSheet", UnitSheet, "send an object with the fields to be written.")
MATTER = Body("MatterSheet", MatterSheet, "send an object with the fields to be written.")
PERSON = Body("PersonSheet", PersonSheet, "send an object with the fields to be written.")


def _of(kind: Kind, plural: str, what: str, body: Body, answer: type) -> tuple[Route, ...]:
    """The three routes that change one kind of things."""
    one = f"/api/directory/{plural}/{{{kind.value}}}"
    return (
        Route(
            path=f"/api/directory/{plural}",
            name=f"create-{kind.value}",
            summary=f"Put {what} into the directory; it gets an id of its name",
            handler=editing.creates(kind),
            method=HTTPMethod.POST,
            scope=Scope.DIRECTORY,
            body=body,
            answer=answer,
            status=HTTPStatus.CREATED,
            also=WRONG | MEANWHILE,
        ),
        Route(
            path=one,
            name=f"change-{kind.value}",
            summary=f"Change {what}: the fields that are sent, the others stay",
            handler=editing.changes(kind),
            method=HTTPMethod.PATCH,
            scope=Scope.DIRECTORY,
            headers=(IF_MATCH,),
            body=body,
            answer=answer,
            also=NOT_THERE | WRONG | MEANWHILE | STATUSES,
        ),
        Route(
            path=one,
            name=f"delete-{kind.value}",
            summary=f"Take {what} out of the directory",
            handler=editing.deletes(kind),
            method=HTTPMethod.DELETE,
            scope=Scope.DIRECTORY,
            headers=(IF_MATCH,),
            answer=shapes.Gone,
            also=NOT_THERE | WRONG | MEANWHILE | STATUSES,
        ),
    )


EDITING = (
    *_of(Kind.UNIT, "units", "a unit", UNIT, shapes.UnitShown),
    *_of(Kind.MATTER, "matters", "a matter", MATTER, shapes.MatterShown),
    *_of(Kind.PERSON, "people", "a person", PERSON, shapes.PersonShown),
    Route(
        path="/api/directory/history",
        name="history",
        summary="Who changed what, when and from where, the newest first",
        handler=history.history,
        scope=Scope.DIRECTORY,
        parameters=(
            word_of("kind", "Of which kind the thing is", Kind),
            text("id", "The thing's id"),
            whole("version", "The number of one save", least=1, most=10**15),
            whole("limit", "How many at most", least=1, most=200, default=50),
            AFTER,
        ),
        answer=history.HistoryPage,
        leads_to={"undo": "/items/0/version"},
    ),
    Route(
        path="/api/directory/history/{version}/undo",
        name="undo",
        summary="Take back what one save changed; later changes of other things stay",
        handler=history.undo,
        method=HTTPMethod.POST,
        scope=Scope.DIRECTORY,
        answer=history.Undone,
        also={404: "There is no such save"} | WRONG | MEANWHILE,
    ),
)
