"""The document is true to the running service, by hundreds of requests that nobody thought of.

Schemathesis invents them from the document: right ones, wrong ones, and those at the borders of what is allowed.
Each answer must be one that the document names, in its shape; wrong requests are refused and right ones are not.
Every path gets some ids that the service knows, so that commands really arrive.
"""

import asyncio
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from api.http.app import build_app
from api.http.auth import FailedAttempts
from api.http.openapi import document
from api.http.routes import ROUTES
from api.http.server import listening
from api.settings.model import Api
from api.tokens import Scope, Tokens
from records.database import open_database
from records.journal import Journal
from records.migrate import upgrade
from tests.api.desk import TALK, desk, keep_hall, record
from tests.api.recorded import PROMISED, TAKEN
from tests.flows.clerks import ADAM, ZOFIA

KNOWN: Mapping[str, Sequence[str]] = {
    "id": [TALK, TAKEN, PROMISED],
    "person": [ADAM, ZOFIA, "anna"],
    "unit": ["bom", "del", "mopr"],
    "matter": ["id-card", "marriage"],
    "subject": ["id-card", "licence", "usc"],
    "absence": ["away"],
    "task": ["doubt"],
    "version": ["1", "2"],
}
"""What stands in a path, and is there."""

ORDERS = {
    "ToPerson": {"person": "anna", "how": "leave"},
    "ToUnit": {"unit": "usc"},
    "ToMatter": {"matter": "id-card", "how": "consult"},
    "ToExtension": {"extension": "1002"},
}
"""Bodies that name somebody who is there."""

BODIES: Mapping[str, Mapping[str, object]] = {
    "Transfer": ORDERS,
    "UnitSheet": {"right": {"name": "Referat Prób", "direct": "44 732 77 05"}, "wrong": {"name": ""}},
    "MatterSheet": {"right": {"title": "Próba", "unit": "del"}, "wrong": {"title": "Próba", "unit": "none"}},
    "PersonSheet": {"right": {"name": "Jan Próbny", "unit": "del"}, "wrong": {"name": "Jan Próbny"}},
    "AbsenceSheet": {
        "right": {"person": "ewa", "begins": "2026-11-24", "ends": "2026-11-25"},
        "wrong": {"person": "ewa", "ends": "never"},
    },
    "Settlement": {"right": {"reason": "w naprawie"}, "wrong": {}},
}
"""Bodies by the name of their shape."""


ONE_MARK = '"0123456789abcdef"'
"""What is sent as If-Match: with "*" whom the other tests need would be taken out of the directory."""

SCOPES = {(route.path, route.method.value): route.scope for route in ROUTES}


@dataclass
class Running:
    """A service in a thread of its own, for a client that knows nothing of asyncio."""

    base: str = ""
    tokens: dict[Scope, str] = field(default_factory=dict)

    def may(self, case: Any) -> dict[str, str]:
        """The headers of somebody who may do this."""
        needed = SCOPES[case.operation.path, case.operation.method.upper()]
        scope = next(scope for scope in self.tokens if needed is None or scope.includes(needed))
        return {"Authorization": f"Bearer {self.tokens[scope]}"}


async def serve(folder: Path, running: Running, up: threading.Event, stop: asyncio.Event) -> None:
    tokens = Tokens(folder)
    for scope in (Scope.DESK, Scope.DIRECTORY):
        _, running.tokens[scope] = tokens.create(scope.value, scope)
    url = f"sqlite:///{folder}/halo.sqlite3"
    await upgrade(url)
    async with open_database(url) as database, Journal(database) as journal:
        with desk(database, journal, tokens, attempts=FailedAttempts(at_most=1_000_000)) as here:
            await keep_hall(database)
            await record(here.parts, journal)
            async with listening(build_app(here.parts), Api(port=0)) as running.base:
                up.set()
                await stop.wait()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    loop, stop, up, told = asyncio.new_event_loop(), asyncio.Event(), threading.Event(), Running()
    folder = tmp_path_factory.mktemp("schemathesis")
    thread = threading.Thread(target=loop.run_until_complete, args=(serve(folder, told, up, stop),))
    thread.start()
    assert up.wait(60)
    yield told
    loop.call_soon_threadsafe(stop.set)
    thread.join(60)
    loop.close()


@pytest.fixture
def statuses(request: pytest.FixtureRequest) -> Iterator[set[int]]:
    """The statuses of one operation's answers; commands must have been taken, and refused in every way."""
    seen: set[int] = set()
    yield seen
    if "[POST /api/calls/" in request.node.name or "[POST /api/clerks/" in request.node.name:
        assert seen >= {202, 401, 404, 409}


def describable() -> dict[str, Any]:
    """The document with ids that are there, and without the marks between pages, which no schema can describe."""
    made = document(ROUTES, version="1")
    for methods in made["paths"].values():
        for operation in methods.values():
            operation["parameters"] = [each for each in operation["parameters"] if each["name"] != "after"]
            for each in operation["parameters"]:
                if each["in"] == "path":
                    each["examples"] = {known: {"value": known} for known in KNOWN[each["name"]]}
                elif each["name"] == "If-Match":
                    each["schema"] = {"enum": [ONE_MARK]}
            for content in operation.get("requestBody", {}).get("content", {}).values():
                bodies = BODIES[content["schema"]["$ref"].rpartition("/")[2]]
                content["examples"] = {name: {"value": order} for name, order in bodies.items()}
    return made


# What is well said and names nobody whom the directory has (422) is no mistake of the document's.
CONFIG = {
    "seed": 3,
    "checks": {
        "positive_data_acceptance": {"expected-statuses": ["2xx", "404", "409", "412", "413", "422", "428"]},
        "negative_data_rejection": {
            "expected-statuses": ["400", "401", "404", "409", "412", "413", "415", "422", "428"]
        },
    },
}

# A stream of events never ends by itself; tests/api/test_events.py reads it.
described = schemathesis.openapi.from_dict(
    describable(), config=SchemathesisConfig.from_dict(CONFIG)
).exclude(path="/api/events")


PLAY = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


OFFICE = "^/api/(directory|absences|hygiene)"
of_calls = described.exclude(path_regex=OFFICE)
# Sheets have so many fields that trying each at its borders would take half a minute.
QUICK = {**CONFIG, "phases": {"coverage": {"enabled": False}}}
of_office = schemathesis.openapi.from_dict(describable(), config=SchemathesisConfig.from_dict(QUICK)).include(
    path_regex=OFFICE
)


@of_office.parametrize()
@settings(PLAY, max_examples=8)
def test_every_answer_of_the_directory_is_as_described(
    case: Any, running: Running, statuses: set[int]
) -> None:
    response = case.call_and_validate(base_url=running.base, headers=running.may(case))
    statuses.add(response.status_code)


@of_calls.parametrize()
@settings(PLAY, max_examples=25)
def test_every_answer_is_as_described(case: Any, running: Running, statuses: set[int]) -> None:
    response = case.call_and_validate(base_url=running.base, headers=running.may(case))
    statuses.add(response.status_code)


@pytest.mark.parametrize(
    ("paths", "reached"),
    [
        (r"^/api/calls(/\{id\}(/hold)?)?$", {("/api/calls/{id}", 200), ("/api/calls/{id}/hold", 202)}),
        (r"^/api/(floor|clerks/\{person\}/log-on)$", {("/api/clerks/{person}/log-on", 202)}),
        (r"^/api/directory/(units|people)(/\{\w+\})?$", {("/api/directory/people/{person}", 200)}),
    ],
)
def test_what_an_answer_leads_to_is_there(
    running: Running, paths: str, reached: set[tuple[str, int]]
) -> None:
    """From lists to what is in them, and on to commands, by the links of the document."""
    seen: set[tuple[str, int]] = set()
    steps = {
        "get_call_kwargs": lambda machine, case: {"base_url": running.base, "headers": running.may(case)},
        "after_call": lambda machine, response, case: seen.add((case.operation.path, response.status_code)),
    }
    machine: Any = type("Visitor", (described.include(path_regex=paths).as_state_machine(),), steps)
    machine.run(settings=settings(PLAY, max_examples=50, stateful_step_count=6))
    assert seen >= reached
