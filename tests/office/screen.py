"""A program at the desk: it sees live facts and gives commands over the real HTTP API, with a token of scope `desk`."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import ClientResponse, ClientSession

from api.service import Service
from api.tokens import Scope, Tokens
from tests.fakes.memory.bell import Bell

LIMIT = 30.0
"""Seconds that are waited for a fact at most."""


class Screen:
    """What a clerk's page has: facts as they are committed, and buttons. Use it through `opened`."""

    def __init__(self, session: ClientSession) -> None:
        self.facts: list[dict[str, Any]] = []
        """What was told so far: kind, call, payload."""
        self._session = session
        self._bell = Bell()

    @classmethod
    @asynccontextmanager
    async def opened(cls, service: Service) -> AsyncIterator["Screen"]:
        """A screen at this service, told of everything from now on."""
        _, bearer = Tokens(service.settings.state_dir).create("screen", Scope.DESK)
        headers = {"Authorization": f"Bearer {bearer}"}
        async with ClientSession(service.api, headers=headers) as session:
            screen = cls(session)
            async with session.get("/api/events") as events:
                assert events.status == 200
                reading = asyncio.create_task(screen._reads(events))
                try:
                    yield screen
                finally:
                    reading.cancel()
                    await asyncio.gather(reading, return_exceptions=True)

    async def sees(self, kind: str, *, times: int = 1, **payload: object) -> dict[str, Any]:
        """Wait until a fact of this kind that says this was told so many times; what the last of them says."""

        def found() -> list[dict[str, Any]]:
            return [told for told in self.all(kind) if told.items() >= payload.items()]

        if not await self._bell.until(lambda: len(found()) >= times, LIMIT):
            raise AssertionError(
                f"waited {LIMIT:.0f} s for {kind} {payload}; there were only {self.all(kind)}"
            )
        return found()[times - 1]

    def all(self, kind: str) -> list[dict[str, Any]]:
        """What every fact of this kind says, in order."""
        return [fact["payload"] for fact in self.facts if fact["kind"] == kind]

    def presences(self, clerk: str) -> list[str]:
        """Every presence that a clerk has had, in order."""
        changes = self.all("presence_changed")
        return [change["presence"] for change in changes if change["clerk"] == clerk]

    async def gives(self, path: str, **order: str) -> str:
        """Give a command; its id, once it is taken."""
        async with self._session.post(f"/api/{path}", json=order or None) as answer:
            assert answer.status == 202, await answer.text()
            return str((await answer.json())["command"])

    async def orders(self, path: str, **order: str) -> dict[str, Any]:
        """Give a command, and wait for what becomes of it."""
        return await self.sees("command_answered", command=await self.gives(path, **order))

    async def refused(self, path: str, **order: str) -> int:
        """Give a command that is refused at once; the answer's status."""
        async with self._session.post(f"/api/{path}", json=order or None) as answer:
            assert answer.content_type == "application/problem+json", await answer.text()
            return answer.status

    async def _reads(self, events: ClientResponse) -> None:
        async for line in events.content:
            if line.startswith(b"data: "):
                self.facts.append(json.loads(line.removeprefix(b"data: ")))
                self._bell.ring()
