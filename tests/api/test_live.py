"""Live topics: who may hear them, what they say, and when they end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from api.pages.cookies import SESSION
from api.pages.live import Bell
from callflows.facts import CallAnswered
from records.account_views import Role
from records.errors import DatabaseAway
from tests.api.conftest import Served
from tests.api.office import Browser, made_account
from tests.api.recorded import NUMBER, after, arrived
from tests.api.test_events import NEW, Reading


@pytest.fixture
async def clerk(served: Served) -> Browser:
    await made_account(served.desk.parts.pages.accounts, "anna", Role.CLERK)
    browser = Browser(served)
    await browser.sign_in("anna")
    return browser


@asynccontextmanager
async def topics(browser: Browser, **headers: str) -> AsyncIterator[Reading]:
    """The stream, from its beginning."""
    async with browser.served.client.get("/live", headers={**browser.headers(), **headers}) as answer:
        assert answer.content_type == "text/event-stream"
        assert answer.headers["Cache-Control"] == "no-store"
        reading = Reading(answer)
        assert "retry" in await reading.block()
        yield reading


async def test_topics_say_that_there_is_news_and_nothing_of_it(clerk: Browser) -> None:
    served = clerk.served
    async with topics(clerk) as stream:
        served.desk.parts.pages.bell.ring("directory")
        served.desk.parts.pages.bell.ring("directory")
        assert await stream.block() == {"id": "1", "event": "directory", "data": ""}
        served.journal.state(arrived(NEW, 300, NUMBER))
        served.journal.state(CallAnswered(call=NEW, at=after(301)))
        await served.journal.flush()
        heard = {(await stream.block())["event"], (await stream.block())["event"]}
        assert heard == {"call_arrived", "call_answered"}


async def test_a_stranger_hears_nothing(served: Served) -> None:
    assert (await Browser(served).get("/live")).to == "/sign-in?next=%2Flive"
    assert (await Browser(served).get("/live", Accept="text/event-stream")).status == 204, "come back no more"


async def test_who_comes_back_after_a_break_is_told_that_something_was_missed(clerk: Browser) -> None:
    async with topics(clerk, **{"Last-Event-ID": "1"}) as stream:
        assert (await stream.block())["event"] == "missed"


async def test_the_stream_ends_with_the_session_and_with_the_service(clerk: Browser) -> None:
    served = clerk.served
    async with topics(clerk) as stream:
        await served.desk.parts.pages.sessions.end(clerk.cookies[SESSION])
        assert (await stream.block())["event"] == "missed", "the page shall ask, and be led away"
        assert await stream.block() == {}
    await clerk.sign_in("anna")
    async with topics(clerk) as stream:
        served.streams.close()
        assert (await stream.block()).get("event") == "missed"
        assert await stream.block() == {}


async def test_who_is_still_signed_in_hears_nothing_of_others_who_leave(clerk: Browser) -> None:
    other = Browser(clerk.served)
    await other.sign_in("anna")
    async with topics(clerk) as stream:
        await other.post("/sign-out")
        clerk.served.desk.parts.pages.bell.ring("directory")
        assert (await stream.block())["event"] == "directory"


async def test_a_stream_ends_in_order_while_the_database_is_away(clerk: Browser) -> None:
    pages = clerk.served.desk.parts.pages
    async with topics(clerk) as stream:

        async def away(_: str) -> None:
            raise DatabaseAway("gone")

        pages.sessions.glance = away  # type: ignore[method-assign, assignment]
        pages.bell.ring("directory")
        assert (await stream.block())["event"] == "directory"
        assert await stream.block() == {}


async def test_a_listener_hears_each_topic_once_however_often_it_rang() -> None:
    bell = Bell()
    with bell.listening() as listener:
        for _ in range(1000):
            bell.ring("b")
            bell.ring("a")
        assert await listener.topics() == ["a", "b"]
        later = asyncio.ensure_future(listener.topics())
        bell.ring("c")
        assert await later == ["c"]
    bell.ring("nobody")
