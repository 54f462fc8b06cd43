"""Commands: who may give them, to whom they go, what is refused in which words, and how the result arrives."""

import asyncio
import json
import logging
from typing import Any

import pytest

from api.tokens import Scope
from callflows.command import Command
from callflows.talk.commands import (
    AtExtension,
    Cancel,
    Complete,
    HandOver,
    Hold,
    How,
    Leave,
    Resume,
    TakeBack,
    ThisPerson,
    WhoeverIsCompetent,
    Whom,
)
from directory.model import MatterId, PersonId, UnitId
from tests.api.conftest import Served
from tests.api.desk import TALK, WAITING
from tests.api.recorded import TAKEN
from tests.api.test_events import stream
from tests.flows.clerks import ADAM, ZOFIA

TRANSFER = f"/api/calls/{TALK}/transfer"
SIMPLE: dict[str, type[Command]] = {
    "hold": Hold,
    "resume": Resume,
    "complete": Complete,
    "cancel": Cancel,
    "take-back": TakeBack,
    "leave": Leave,
}


@pytest.mark.parametrize("word", SIMPLE)
async def test_a_command_goes_to_the_talk_and_says_who_gave_it(served: Served, word: str) -> None:
    id = await served.command(f"/api/calls/{TALK}/{word}")
    (told,) = served.desk.talk.told
    assert type(told) is SIMPLE[word]
    assert (told.id, told.by) == (id, Scope.DESK.value)


@pytest.mark.parametrize(
    ("order", "whom", "how"),
    [
        ({"person": "anna"}, ThisPerson(PersonId("anna")), How.STAY),
        ({"unit": "usc", "how": "leave"}, WhoeverIsCompetent(UnitId("usc")), How.LEAVE),
        ({"matter": "id-card", "how": "stay"}, WhoeverIsCompetent(MatterId("id-card")), How.STAY),
        ({"extension": "1002", "how": "consult"}, AtExtension("1002"), How.CONSULT),
    ],
)
async def test_a_caller_is_handed_over_to_whom_the_body_names(
    served: Served, order: dict[str, str], whom: Whom, how: How
) -> None:
    await served.command(TRANSFER, order)
    (told,) = served.desk.talk.told
    assert isinstance(told, HandOver)
    assert (told.whom, told.how) == (whom, how)


async def test_the_log_says_who_gave_a_command(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "api.http.commanding"):
        held = await served.command(f"/api/calls/{TALK}/hold")
        paused = await served.command(f"/api/clerks/{ADAM}/pause")
    told = [record.getMessage() for record in caplog.records if record.name == "api.http.commanding"]
    assert told == [
        f'"desk" tells the talk of call {TALK}: Hold ({held})',
        f'"desk" tells the floor about {ADAM}: pause ({paused})',
    ]


async def test_presence_is_changed_and_shown(served: Served) -> None:
    async def presences() -> dict[str, str]:
        floor = await served.get("/api/floor")
        return {clerk["person"]: clerk["presence"] for clerk in floor["clerks"]}

    assert await presences() == {ADAM: "away", ZOFIA: "away"}
    await served.command(f"/api/clerks/{ADAM}/log-on")
    await served.command(f"/api/clerks/{ZOFIA}/log-on")
    await served.command(f"/api/clerks/{ZOFIA}/pause")
    assert await presences() == {ADAM: "ready", ZOFIA: "paused"}
    await served.command(f"/api/clerks/{ADAM}/log-off")
    assert await presences() == {ADAM: "away", ZOFIA: "paused"}


async def test_the_floor_shows_who_waits_and_numbers_only_to_who_may_see_them(served: Served) -> None:
    (caller,) = (await served.get("/api/floor", Scope.PERSONAL))["waiting"]
    assert caller.pop("waited") >= 0
    assert caller.pop("since").startswith("2026-11-24T11:05:1")
    assert caller == {
        "call": WAITING,
        "position": 1,
        "expected": None,
        "matter": "id-card",
        "title": "Wydanie dowodu osobistego",
        "language": "en",
        "number": "+48600123456",
    }
    (masked,) = (await served.get("/api/floor", Scope.READ))["waiting"]
    assert masked["number"] == "***456"
    (desk,) = (await served.get("/api/floor", Scope.DESK))["waiting"]
    assert desk["number"] == "+48600123456"


async def test_results_arrive_as_facts_with_the_commands_id(served: Served) -> None:
    async with stream(served) as reading:
        logged_on = await served.command(f"/api/clerks/{ADAM}/log-on")
        held = await served.command(f"/api/calls/{TALK}/hold")
        facts: dict[str, list[Any]] = {}
        for _ in range(3):
            block = await reading.block()
            facts.setdefault(block["event"], []).append(json.loads(block["data"]))
    (ready,) = facts["presence_changed"]
    assert (ready["call"], ready["payload"]["clerk"], ready["payload"]["presence"]) == ("", ADAM, "ready")
    on, hold = facts["command_answered"]
    assert (on["call"], on["payload"]["command"], on["payload"]["done"]) == ("", logged_on, True)
    assert (hold["call"], hold["payload"]["command"], hold["payload"]["done"]) == (TALK, held, True)


@pytest.mark.parametrize("scope", [None, Scope.METRICS, Scope.READ, Scope.PERSONAL])
async def test_only_a_token_for_the_desk_commands(served: Served, scope: Scope | None) -> None:
    for path in (f"/api/clerks/{ADAM}/log-on", f"/api/calls/{TALK}/hold", TRANSFER):
        await served.problem(path, 403 if scope else 401, scope, method="POST")
    assert served.desk.talk.told == []


WORDS = '"person", "unit", "matter" and "extension", and "how" if you wish.'
ONE_OF = f"send an object with exactly one of {WORDS}"
LONG, SHORT = "x" * 201, "a text of 1 to 200 characters"
EXTENSION = "an extension of the hall, in up to 15 digits"
NO_JSON = 'Send the body as plain JSON, with the header "Content-Type: application/json".'
BODIES: list[tuple[int, dict[str, Any], str]] = [
    (413, {"json": {"person": "x" * 20_000}}, "The body is too large: no command needs more than 16 KiB."),
    (415, {"data": b"{}"}, NO_JSON),
    (415, {"data": {"person": "anna"}}, NO_JSON),
    (400, {"json": {}}, f"The body must be another: {ONE_OF}"),
    (400, {"json": []}, f"The body must be another: {ONE_OF}"),
    (400, {"json": {"person": "anna", "unit": "usc"}}, f"The body must be another: {ONE_OF}"),
    (400, {"json": {"person": "anna", "hwo": "stay"}}, '"hwo" is not a field here; did you mean "how"?'),
    (
        400,
        {"json": {"person": 5}},
        f'"person" must be the id of a person with a phone: {SHORT}, but 5 was read.',
    ),
    (
        400,
        {"json": {"unit": LONG}},
        f'"unit" must be the id of a unit: {SHORT}, but "{LONG[:60]}…" was read.',
    ),
    (400, {"json": {"extension": "*11"}}, f'"extension" must be {EXTENSION}, but "*11" was read.'),
    (400, {"json": {"extension": "1001\n"}}, f'"extension" must be {EXTENSION}, but "1001?" was read.'),
    (
        400,
        {"json": {"unit": "usc", "how": "blind"}},
        '"how" must be one of stay, leave, consult, but "blind" was read.',
    ),
    (
        422,
        {"json": {"person": "nobody"}},
        '"person" is the id of nobody whom the directory has with a phone.',
    ),
    (422, {"json": {"unit": "none"}}, '"unit" is the id of no unit of the directory.'),
    (422, {"json": {"matter": "none"}}, '"matter" is the id of no matter of the directory.'),
    (
        422,
        {"json": {"extension": "112"}},
        '"extension" is nobody\'s in the directory; only these may be dialled.',
    ),
]
PATHS: list[tuple[str, int, dict[str, Any], str]] = [
    (
        "/api/clerks/x/log-on",
        404,
        {},
        "There is nobody of this id in the directory; /api/floor lists clerks.",
    ),
    ("/api/calls/none/hold", 404, {}, "There is no call of this id; /api/calls lists them."),
    ("/api/calls/%00/hold", 404, {}, "There is no call of this id; /api/calls lists them."),
    (
        f"/api/calls/{TAKEN}/hold",
        409,
        {},
        "Nobody has this caller now, so nobody can do that; /api/calls/{id} tells where they are.",
    ),
    (f"/api/calls/{TALK}/hold", 400, {"json": {}}, "Nothing is read from a body here; send none."),
    (f"/api/calls/{TALK}/hold?x=1", 400, {}, '"x" is not a parameter here; this path takes none'),
    (
        f"/api/calls/{TALK}/hold",
        413,
        {"data": b" " * 20_000},
        "The body is too large: no command needs more than 16 KiB.",
    ),
]
REFUSED = PATHS + [(TRANSFER, status, sent, sentence) for status, sent, sentence in BODIES]


@pytest.mark.parametrize(("path", "status", "sent", "sentence"), REFUSED)
async def test_what_cannot_be_done_is_a_problem_in_one_sentence(
    served: Served, path: str, status: int, sent: dict[str, Any], sentence: str
) -> None:
    assert await served.problem(path, status, Scope.DESK, method="POST", **sent) == sentence
    assert served.desk.talk.told == []


@pytest.mark.parametrize(
    "body", [b"", b"{", b"x", b"[" * 9000, b"\xff", b'{"person":"\\ud800"}', b"\x1f\x8b"]
)
async def test_what_is_no_json_is_refused(served: Served, body: bytes) -> None:
    sent = {"data": body, "headers": {"Content-Type": "application/json"}}
    sentence = await served.problem(TRANSFER, 400, Scope.DESK, method="POST", **sent)
    assert sentence.startswith("The body cannot be read as JSON (")
    assert sentence.endswith(ONE_OF)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "nonsense"])
async def test_nothing_is_unpacked(served: Served, coding: str, caplog: pytest.LogCaptureFixture) -> None:
    sent = {"data": b"{oh}", "headers": {"Content-Type": "application/json", "Content-Encoding": coding}}
    assert await served.problem(TRANSFER, 415, Scope.DESK, method="POST", **sent) == NO_JSON
    await served.problem(TRANSFER, 401, None, method="POST", **sent)
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


async def test_chunks_that_are_none_are_refused(served: Served) -> None:
    head = [
        f"POST {TRANSFER} HTTP/1.1",
        "Host: halo",
        f"Authorization: Bearer {served.bearers[Scope.DESK]}",
        "Content-Type: application/json",
        "Transfer-Encoding: chunked",
    ]
    reader, writer = await asyncio.open_connection(served.client.host, served.client.port)
    writer.write("\r\n".join(head).encode() + b"\r\n\r\nno length\r\n")
    assert (await reader.readline()).split()[1] == b"400"
    writer.close()


async def test_somebody_who_is_no_clerk_cannot_log_on(served: Served) -> None:
    sentence = await served.problem("/api/clerks/anna/log-on", 409, Scope.DESK, method="POST")
    assert sentence == '"anna" is no clerk: those are the people of the desk whose phones register here.'


async def test_a_command_is_taken_also_while_the_database_is_away(served: Served) -> None:
    await served.database.close()
    await served.command(f"/api/calls/{TALK}/hold")
    await served.problem(f"/api/calls/{TAKEN}/hold", 409, Scope.DESK, method="POST")
