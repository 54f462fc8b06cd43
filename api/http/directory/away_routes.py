"""The part of the table of routes that says who is away."""

from http import HTTPMethod, HTTPStatus

from api.http.body import Body
from api.http.directory import away
from api.http.directory.editing_routes import MEANWHILE, WRONG
from api.http.directory.marks import IF_MATCH, STATUSES
from api.http.parameters import moment, text
from api.http.route import Route
from api.office.away_sheet import AbsenceSheet
from api.tokens import Scope

ABSENCE = Body("AbsenceSheet", AbsenceSheet, "send an object with the fields to be written.")
NOT_THERE = {404: "There is no absence of this id that counts"}
ONE = "/api/absences/{absence}"

AWAY = (
    Route(
        path="/api/absences",
        name="absences",
        summary="Who is away, in the order in which absences begin; without times: from now, for 31 days",
        handler=away.absences,
        scope=Scope.LOOK_UP,
        parameters=(
            moment("since", "From this moment on"),
            moment("until", "Before this moment"),
            text("person", "The id of who is away"),
            text("unit", "The id of their unit"),
        ),
        answer=away.AbsenceList,
        also={404: "There is no unit of this id in the directory"} | WRONG,
        leads_to={"absence": "/items/0/id"},
    ),
    Route(
        path="/api/absences",
        name="enter-absence",
        summary="Enter an absence; it counts for the next caller",
        handler=away.enter,
        method=HTTPMethod.POST,
        scope=Scope.DIRECTORY,
        body=ABSENCE,
        answer=away.AbsenceShown,
        status=HTTPStatus.CREATED,
        also=WRONG,
        leads_to={"absence": "/id"},
    ),
    Route(
        path=ONE,
        name="absence",
        summary="One absence",
        handler=away.absence,
        scope=Scope.LOOK_UP,
        answer=away.AbsenceShown,
        also=NOT_THERE,
    ),
    Route(
        path=ONE,
        name="change-absence",
        summary="Change an absence: the fields that are sent, the others stay",
        handler=away.change,
        method=HTTPMethod.PATCH,
        scope=Scope.DIRECTORY,
        headers=(IF_MATCH,),
        body=ABSENCE,
        answer=away.AbsenceShown,
        also=NOT_THERE | WRONG | MEANWHILE | STATUSES,
    ),
    Route(
        path=ONE,
        name="cancel-absence",
        summary="Cancel an absence: they are in after all",
        handler=away.cancel,
        method=HTTPMethod.DELETE,
        scope=Scope.DIRECTORY,
        answer=away.AbsenceShown,
        also=NOT_THERE | MEANWHILE,
    ),
)
