"""The OpenAPI document: true to the running service, by hundreds of requests that nobody thought of."""

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import negative_data_rejection

from api.http.app import build_app
from api.http.auth import Door, FailedAttempts
from api.http.events import Streams
from api.http.openapi import document
from api.http.parts import Parts
from api.http.routes import ROUTES
from api.http.server import listening
from api.metrics import Metrics
from api.settings.model import Api
from api.tokens import Scope, Tokens
from records.database import open_database
from records.journal import Journal
from records.migrate import upgrade
from records.stores.calls import CallStore
from records.stores.tickets import SqlTicketStore
from records.stores.transfers import TransferStore
from tests.api.conftest import Served
from tests.api.recorded import FACTS, PROMISE


@dataclass
class Running:
    """A service in a thread of its own, for a client that knows nothing of asyncio."""

    base: str = ""
    token: str = ""


async def serve(folder: Path, running: Running, up: threading.Event, stop: asyncio.Event) -> None:
    tokens, metrics = Tokens(folder), Metrics()
    _, running.token = tokens.create("tester", Scope.PERSONAL)
    url = f"sqlite:///{folder}/halo.sqlite3"
    await upgrade(url)
    async with open_database(url) as database, Journal(database) as journal:
        for fact in FACTS:
            journal.state(fact)
        await journal.flush()
        tickets = SqlTicketStore(database)
        await tickets.add(PROMISE)
        parts = Parts(
            calls=CallStore(database),
            transfers=TransferStore(database),
            tickets=tickets,
            door=Door(tokens, FailedAttempts(at_most=1_000_000)),
            metrics=metrics,
            streams=Streams(journal.subscribe),
            checks=(),
            version="1.2.3",
        )
        async with listening(build_app(parts), Api(port=0)) as running.base:
            up.set()
            await stop.wait()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    loop, stop, up, told = asyncio.new_event_loop(), asyncio.Event(), threading.Event(), Running()
    folder = tmp_path_factory.mktemp("openapi")
    thread = threading.Thread(target=loop.run_until_complete, args=(serve(folder, told, up, stop),))
    thread.start()
    assert up.wait(10)
    yield told
    loop.call_soon_threadsafe(stop.set)
    thread.join(10)
    loop.close()


def describable() -> dict[str, Any]:
    """The document without what no schema can describe: the marks between pages (tests/api/test_reading.py)."""
    made = document(ROUTES, version="1")
    for path in made["paths"].values():
        path["get"]["parameters"] = [each for each in path["get"]["parameters"] if each["name"] != "after"]
    return made


# A stream of events never ends by itself; tests/api/test_events.py reads it.
described = schemathesis.openapi.from_dict(describable()).exclude(path="/api/events")


@described.parametrize()
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_every_answer_is_as_described(case: Any, running: Running) -> None:
    headers = {"Authorization": f"Bearer {running.token}"}
    # Some of its wrong requests turn right on their way (a parameter that is an empty list is sent as nothing):
    # whether wrong ones are refused is held by tests/api/test_reading.py.
    case.call_and_validate(base_url=running.base, headers=headers, excluded_checks=[negative_data_rejection])


def test_every_path_is_described_and_nothing_else() -> None:
    made = document(ROUTES, version="1")
    assert set(made["paths"]) == {route.path for route in ROUTES}
    assert made["openapi"] == "3.1.0"
    assert all(route["get"]["operationId"] for route in made["paths"].values())


async def test_it_is_served_to_all(served: Served) -> None:
    assert await served.get("/openapi.json", None) == document(ROUTES, version="1.2.3")
