"""The part of the table of routes that commands: what a clerk's screen may do, by method POST."""

from http import HTTPMethod, HTTPStatus

from api.http import commanding
from api.http.body import Body
from api.http.commanding import CommandTaken
from api.http.orders import TRANSFER
from api.http.route import Handler, Route
from api.tokens import Scope
from callflows.talk import commands

NO_PERSON = {404: "There is nobody of this id in the directory", 409: "This person is no clerk of the desk"}
NO_TALK = {404: "There is no such call", 409: "Nobody has this caller now"}


def _to_floor(word: str, summary: str, handler: Handler) -> Route:
    """A command to the floor about one clerk."""
    return Route(
        path=f"/api/clerks/{{person}}/{word}",
        name=word,
        summary=summary,
        handler=handler,
        method=HTTPMethod.POST,
        scope=Scope.DESK,
        answer=CommandTaken,
        status=HTTPStatus.ACCEPTED,
        also=NO_PERSON,
    )


def _to_talk(word: str, summary: str, handler: Handler, body: Body | None = None) -> Route:
    """A command to the talk that has one caller."""
    return Route(
        path=f"/api/calls/{{id}}/{word}",
        name=word,
        summary=summary,
        handler=handler,
        method=HTTPMethod.POST,
        scope=Scope.DESK,
        body=body,
        answer=CommandTaken,
        status=HTTPStatus.ACCEPTED,
        also=NO_TALK | ({422: "The directory does not have whom the body names"} if body else {}),
    )


COMMANDS = (
    _to_floor("log-on", "The clerk is ready for callers, also after a break", commanding.log_on),
    _to_floor("log-off", "The clerk's duty is over, now or after the present talk", commanding.log_off),
    _to_floor("pause", "The clerk takes a break, now or after the present talk", commanding.pause),
    _to_talk("hold", "The caller hears music", commanding.gives(commands.Hold)),
    _to_talk("resume", "Caller and clerk talk again", commanding.gives(commands.Resume)),
    _to_talk(
        "transfer", "Hand the caller over by a verified transfer (bylaw §6.4)", commanding.hand_over, TRANSFER
    ),
    _to_talk(
        "complete",
        "The consultation is over: the caller goes to the colleague",
        commanding.gives(commands.Complete),
    ),
    _to_talk("cancel", "Call the transfer off; the caller stays on hold", commanding.gives(commands.Cancel)),
    _to_talk(
        "take-back", "Call the transfer off and talk to the caller again", commanding.gives(commands.TakeBack)
    ),
    _to_talk("leave", "Leave the transfer that is under way to the line", commanding.gives(commands.Leave)),
)

OF_CALLS = tuple(route.name for route in COMMANDS if route.in_path == ("id",))
OF_CLERKS = tuple(route.name for route in COMMANDS if route.in_path == ("person",))
