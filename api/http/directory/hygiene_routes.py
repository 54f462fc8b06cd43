"""The part of the table of routes that settles hygiene tasks."""

from enum import Enum
from http import HTTPMethod

from api.http.directory import hygiene
from api.http.directory.editing_routes import MEANWHILE, WRONG
from api.http.directory.looking_routes import AFTER
from api.http.parameters import text, whole, word_of
from api.http.route import Route
from api.tokens import Scope


class TaskState(Enum):
    """Whether a task is settled."""

    OPEN = "open"
    CLOSED = "closed"


HYGIENE = (
    Route(
        path="/api/hygiene",
        name="hygiene",
        summary="Extensions that nobody answers: a wrong number, or an absence not entered; the newest first",
        handler=hygiene.tasks,
        scope=Scope.DIRECTORY,
        parameters=(
            text("unit", "The unit's id"),
            word_of("state", "Whether the task is settled", TaskState),
            whole("limit", "How many at most", least=1, most=200, default=50),
            AFTER,
        ),
        answer=hygiene.TaskPage,
        leads_to={"close-task": "/items/0/task/id"},
    ),
    Route(
        path="/api/hygiene/{task}/close",
        name="close-task",
        summary="Settle a task: write the right extension into the directory, or say why nothing is wrong",
        handler=hygiene.close,
        method=HTTPMethod.POST,
        scope=Scope.DIRECTORY,
        body=hygiene.SETTLEMENT,
        answer=hygiene.TaskShown,
        also={404: "There is no such task"} | WRONG | MEANWHILE,
    ),
)
