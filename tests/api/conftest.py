"""The real application over a real SQLite database, with a desk, three recorded calls and a token of each scope."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request

from api.http.app import build_app
from api.http.events import Streams
from api.http.health import Check
from api.http.server import PROTOCOL
from api.tokens import Scope, Tokens
from records.database import Database, open_database
from records.journal import Journal
from records.migrate import upgrade
from tests.api.desk import Desk, desk, keep_hall, record
from tests.api.halo import Halo

Client = TestClient[Request, Application]
MakeClient = Callable[[TestServer], Awaitable[Client]]
QUOTED = re.compile(r'"[^"]*"')


@dataclass
class Served:
    """A running application, what it stands on, and how to ask it."""

    client: Client
    database: Database
    journal: Journal
    tokens: Tokens
    streams: Streams
    checks: list[Check]
    bearers: dict[Scope, str]
    desk: Desk

    def headers(self, scope: Scope | None = Scope.READ) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.bearers[scope]}"} if scope else {}

    async def get(self, path: str, scope: Scope | None = Scope.READ) -> Any:
        """The JSON of a path that is answered with 200."""
        async with self.client.get(path, headers=self.headers(scope)) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def command(self, path: str, order: object = None) -> str:
        """The id of a command that is taken."""
        headers = self.headers(Scope.DESK)
        async with self.client.post(path, headers=headers, json=order) as answer:
            assert answer.status == 202, await answer.text()
            body = await answer.json()
            assert set(body) == {"command"}
            return str(body["command"])

    async def problem(
        self, path: str, status: int, scope: Scope | None = Scope.READ, *, method: str = "GET", **sent: Any
    ) -> str:
        """The sentence of a path that is answered with this error."""
        sent["headers"] = {**self.headers(scope), **sent.get("headers", {})}
        async with self.client.request(method, path, **sent) as answer:
            assert answer.status == status, await answer.text()
            assert answer.content_type == "application/problem+json"
            body = await answer.json()
            assert set(body) == {"title", "status", "detail"}
            assert body["status"] == status
            return in_english(body["detail"])


def in_english(sentence: str) -> str:
    """The sentence of a problem: for programs, so in one language, whoever asks; what they sent is in quotes."""
    assert QUOTED.sub("", sentence).replace("…", "").isascii(), sentence
    return sentence


@pytest.fixture
def halo(tmp_path: Path) -> Iterator[Halo]:
    folder = tmp_path / "here"
    folder.mkdir()
    with chdir(folder):
        yield Halo(folder)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as the first start leaves it, with the hall of the tests; every test gets a copy."""
    file = tmp_path_factory.mktemp("migrated") / "halo.sqlite3"

    async def made() -> None:
        await upgrade(f"sqlite:///{file}")
        async with open_database(f"sqlite:///{file}") as database:
            await keep_hall(database)

    asyncio.run(made())
    return file


@pytest.fixture
async def database(tmp_path: Path, migrated: Path) -> AsyncIterator[Database]:
    copied = copyfile(migrated, tmp_path / "halo.sqlite3")
    async with open_database(f"sqlite:///{copied}") as opened:
        yield opened


@pytest.fixture
async def journal(database: Database) -> AsyncIterator[Journal]:
    async with Journal(database, linger=0.0) as writing:
        yield writing


@pytest.fixture
async def served(
    tmp_path: Path, database: Database, journal: Journal, aiohttp_client: MakeClient
) -> AsyncIterator[Served]:
    tokens = Tokens(tmp_path)
    bearers = {scope: tokens.create(scope.value, scope)[1] for scope in Scope}
    checks: list[Check] = []
    with desk(database, journal, tokens, checks=checks) as here:
        await record(here.parts, journal)
        server = TestServer(build_app(here.parts))
        await server.start_server(**PROTOCOL)
        client = await aiohttp_client(server)
        yield Served(client, database, journal, tokens, here.parts.streams, checks, bearers, here)
