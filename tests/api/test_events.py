"""Live facts: after the commit, masked, in order, until the service stops."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import ClientResponse

from api.tokens import Scope
from callflows.facts import CallAnswered
from records.stores.calls import CallStore
from telephony.values import CallId
from tests.api.conftest import Served
from tests.api.recorded import NAME, NUMBER, after, arrived

NEW = CallId("call-new")


class Reading:
    """The events of one stream, one at a time."""

    def __init__(self, answer: ClientResponse) -> None:
        self._answer = answer

    async def block(self) -> dict[str, str]:
        """The next block of lines, by field; a comment has the field ""."""
        lines: dict[str, str] = {}
        while line := (await self._answer.content.readline()).decode().rstrip("\n"):
            name, _, value = line.partition(": ")
            lines[name.rstrip(":")] = value
        return lines


@asynccontextmanager
async def stream(served: Served, scope: Scope = Scope.READ) -> AsyncIterator[Reading]:
    async with served.client.get("/api/events", headers=served.headers(scope)) as answer:
        assert answer.status == 200
        assert answer.content_type == "text/event-stream"
        reading = Reading(answer)
        assert (await reading.block())["retry"] == "2000"
        yield reading


async def test_facts_arrive_as_they_are_committed_and_masked(served: Served) -> None:
    async with stream(served) as reading:
        served.journal.state(arrived(NEW, 300, NUMBER, NAME))
        served.journal.state(CallAnswered(call=NEW, at=after(301)))
        first, second = await reading.block(), await reading.block()
        assert await CallStore(served.database).story(NEW) is not None
    assert (first["event"], second["event"]) == ("call_arrived", "call_answered")
    told = json.loads(first["data"])
    assert (told["call"], told["kind"], told["personal"]["number"]) == (NEW, "call_arrived", "***456")
    assert NAME not in first["data"]


async def test_who_may_see_personal_data_sees_it_live(served: Served) -> None:
    async with stream(served, Scope.PERSONAL) as reading:
        served.journal.state(arrived(NEW, 300, NUMBER, NAME))
        assert json.loads((await reading.block())["data"])["personal"] == {"number": NUMBER, "name": NAME}


async def test_a_name_cannot_forge_an_event(served: Served) -> None:
    async with stream(served, Scope.PERSONAL) as reading:
        served.journal.state(arrived(NEW, 300, NUMBER, "x\n\nevent: call_ended\ndata: {}"))
        served.journal.state(CallAnswered(call=NEW, at=after(301)))
        assert [(await reading.block())["event"] for _ in range(2)] == ["call_arrived", "call_answered"]


async def test_a_stream_ends_when_the_service_stops(served: Served) -> None:
    async with stream(served) as reading:
        assert len(served.streams) == 1
        served.streams.close()
        assert await reading.block() == {}
    async with stream(served) as late:
        assert await late.block() == {}


async def test_a_watcher_who_left_is_let_go(served: Served) -> None:
    async with stream(served):
        pass
    # Nobody tells us that a reader left: the next writes find out.
    for number in range(200):
        served.journal.state(CallAnswered(call=CallId(f"call-{number}"), at=after(300 + number)))
        await served.journal.flush()
        if not len(served.streams):
            break
    assert len(served.streams) == 0
