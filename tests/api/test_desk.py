"""A clerk's screen on the whole service: on duty, a caller from the queue, hold, a transfer, all over HTTP."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from aiohttp import ClientResponse, ClientSession

from api.bootstrap import bootstrap
from api.settings.model import HOME_ZONE, Api, Settings
from api.tokens import Scope, Tokens
from tests.api.test_events import Reading
from tests.fakes.memory import MemoryWorld
from tests.flows.clerks import ZOFIA, staffed

TUESDAY_TEN = datetime(2026, 11, 24, 10, 0, tzinfo=HOME_ZONE)
NUMBER = "+48600123456"
QUICK = {"proof": 0.1, "wrap_up": 0.1}


@dataclass
class Screen:
    """What a clerk's screen does: it reads the floor, gives commands, and waits for what becomes of them."""

    session: ClientSession
    events: Reading
    seen: list[dict[str, Any]] = field(default_factory=list)

    async def floor(self) -> Any:
        async with self.session.get("/api/floor") as answer:
            assert answer.status == 200
            return await answer.json()

    async def commands(self, path: str, order: object = None) -> dict[str, Any]:
        """Give a command, and return what became of it."""
        async with self.session.post(path, json=order) as answer:
            assert answer.status == 202, await answer.text()
            command = (await answer.json())["command"]
        return await self.sees("command_answered", command=command)

    async def sees(self, kind: str, **payload: object) -> dict[str, Any]:
        """Wait for an event of this kind with these values, also one that came before."""
        while True:
            for event in self.seen:
                if event["kind"] == kind and payload.items() <= event["payload"].items():
                    self.seen.remove(event)
                    return event
            block = await self.events.block()
            if "data" in block:
                self.seen.append(json.loads(block["data"]))


@asynccontextmanager
async def screen(folder: Path, world: MemoryWorld) -> AsyncIterator[Screen]:
    settings = Settings(state_dir=folder / "state", api=Api(port=0), clock=TUESDAY_TEN)
    async with bootstrap(settings, line=world.line, hall=staffed(**QUICK), say=lambda _: None) as service:
        _, token = Tokens(settings.state_dir).create("desk-1", Scope.DESK)
        headers = {"Authorization": f"Bearer {token}"}
        async with ClientSession(service.api, headers=headers) as session:
            answer: ClientResponse
            async with session.get("/api/events") as answer:
                events = Reading(answer)
                assert (await events.block())["retry"]
                yield Screen(session, events)


async def test_a_clerk_works_by_screen_alone(tmp_path: Path) -> None:
    world = MemoryWorld()
    world.phone("1001")
    zofia, citizen = world.phone("1101"), world.citizen(number=NUMBER)
    async with screen(tmp_path, world) as desk:
        assert (await desk.commands(f"/api/clerks/{ZOFIA}/log-on"))["payload"]["done"]
        await citizen.dials()
        await citizen.hears("greeting")
        await citizen.presses("0")
        await desk.sees("presence_changed", clerk=ZOFIA, presence="offered")
        call = citizen.call.id
        (waiting,) = (await desk.floor())["waiting"]
        assert (waiting["call"], waiting["number"], waiting["position"]) == (call, NUMBER, 1)
        await zofia.answers()
        await citizen.is_talking_to(zofia)
        await desk.sees("presence_changed", clerk=ZOFIA, presence="talking")
        (shown,) = (clerk for clerk in (await desk.floor())["clerks"] if clerk["person"] == ZOFIA)
        assert (shown["presence"], shown["call"]) == ("talking", call)
        await desk.sees("transfer_ended", outcome="effective")

        assert (await desk.commands(f"/api/calls/{call}/hold"))["payload"]["done"]
        await citizen.is_on_hold()
        assert (await desk.commands(f"/api/calls/{call}/resume"))["payload"]["done"]
        await citizen.is_talking_to(zofia)

        refused = await desk.commands(f"/api/calls/{call}/complete")
        assert not refused["payload"]["done"]
        assert refused["payload"]["why"]

        assert (await desk.commands(f"/api/calls/{call}/transfer", {"person": "anna"}))["payload"]["done"]
        await desk.sees("transfer_attempted", way="handed_over", by=ZOFIA, person="anna")
        assert (await desk.commands(f"/api/calls/{call}/take-back"))["payload"]["done"]
        await desk.sees("transfer_ended", outcome="cancelled")
        await citizen.is_talking_to(zofia)

        await citizen.hangs_up()
        assert (await desk.sees("call_ended"))["payload"]["outcome"] == "served"
        await desk.sees("presence_changed", clerk=ZOFIA, presence="wrapping_up")
        assert (await desk.floor())["waiting"] == []
