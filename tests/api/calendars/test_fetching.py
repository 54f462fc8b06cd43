"""Fetching a calendar: whom the service asks, how much it takes, and that nobody leads it into the hall's network."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from yarl import URL

from api.calendars.addresses import Allowed, is_public
from api.calendars.apart import read_apart
from api.calendars.fetching import Fetcher
from api.calendars.trouble import Trouble, Unreadable
from tests.api.calendars.feeds import day, feed, warsaw

HERE = Allowed(inner=frozenset({"127.0.0.1"}))
LEAVE = feed(day("leave", "20261110", "20261112"))
TAG = '"one"'


@dataclass
class Server:
    """A server of calendars on loopback, and what it was asked."""

    base: URL
    asked: list[str] = field(default_factory=list)

    def at(self, path: str) -> str:
        return str(self.base / path)


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    asked: list[str] = []

    async def calendar(request: web.Request) -> web.Response:
        if request.headers.get("If-None-Match") == TAG:
            return web.Response(status=304)
        return web.Response(body=LEAVE, headers={"ETag": TAG})

    def leads(to: Callable[[], str]) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def redirect(request: web.Request) -> web.Response:
            asked.append(request.path)
            return web.Response(status=302, headers={"Location": to()})

        return redirect

    async def large(request: web.Request) -> web.Response:
        packed = web.Response(body=b"BEGIN:VCALENDAR" + bytes(200_000))
        packed.enable_compression(web.ContentCoding.gzip)
        return packed

    async def refused(request: web.Request) -> web.Response:
        return web.Response(status=403, text="no entry for anna@hall.example")

    app = web.Application()
    app.router.add_get("/calendar", calendar)
    app.router.add_get("/moved", leads(lambda: "/calendar"))
    app.router.add_get("/round", leads(lambda: "/round"))
    app.router.add_get("/inside", leads(lambda: "https://[::1]/secret"))
    app.router.add_get("/by-name", leads(lambda: "https://localhost/secret"))
    app.router.add_get("/plain", leads(lambda: "http://calendar.example/"))
    app.router.add_get("/large", large)
    app.router.add_get("/refused", refused)
    async with TestServer(app) as running:
        yield Server(running.make_url("/"), asked)


async def test_a_calendar_is_fetched_and_asked_for_again_only_if_it_changed(server: Server) -> None:
    fetcher = Fetcher(HERE)
    found = await fetcher.fetch(server.at("calendar"))
    assert found is not None
    assert (found.text, found.mark) == (LEAVE, TAG)
    assert await fetcher.fetch(server.at("calendar"), mark=TAG) is None
    moved = await fetcher.fetch(server.at("moved"))
    assert moved is not None
    assert moved.text == LEAVE


@pytest.mark.parametrize(
    ("path", "trouble"),
    [
        ("nothing", Trouble.NOT_FOUND),
        ("refused", Trouble.REFUSED),
        ("round", Trouble.REDIRECTED),
        ("inside", Trouble.PRIVATE),
        ("by-name", Trouble.PRIVATE),
        ("plain", Trouble.ADDRESS),
        ("large", Trouble.TOO_LARGE),
    ],
)
async def test_trouble_has_a_name(server: Server, path: str, trouble: Trouble) -> None:
    with pytest.raises(Unreadable) as wrong:
        await Fetcher(HERE, largest=100_000).fetch(server.at(path))
    assert wrong.value.trouble is trouble
    assert "anna" not in str(wrong.value)


@pytest.mark.parametrize(
    ("address", "trouble"),
    [
        ("http://127.0.0.1:1/", Trouble.ADDRESS),
        ("https://127.0.0.1:1/", Trouble.PRIVATE),
        ("https://10.0.0.1/", Trouble.PRIVATE),
        ("https://127.1/", Trouble.ADDRESS),
        ("https://2130706433/", Trouble.ADDRESS),
        ("https://0177.0.0.1/", Trouble.ADDRESS),
        ("https://127.0.0.1./", Trouble.ADDRESS),
        ("https://169.254.169.254/latest/", Trouble.PRIVATE),
        ("https://[::ffff:10.0.0.1]/", Trouble.PRIVATE),
        ("https://localhost:1/", Trouble.PRIVATE),
        ("webcal://localhost:1/", Trouble.PRIVATE),
        ("https://anna:secret@calendar.example/", Trouble.ADDRESS),
        ("file:///etc/passwd", Trouble.ADDRESS),
        ("calendar.example", Trouble.ADDRESS),
        ("https://[", Trouble.ADDRESS),
        ("", Trouble.ADDRESS),
    ],
)
async def test_nobody_makes_the_service_ask_inside_the_hall(address: str, trouble: Trouble) -> None:
    with pytest.raises(Unreadable) as wrong:
        await Fetcher(Allowed()).fetch(address)
    assert wrong.value.trouble is trouble


async def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(Unreadable) as wrong:
        await Fetcher(HERE).fetch("http://127.0.0.1:1/")
    assert wrong.value.trouble is Trouble.UNREACHABLE


INNER = (
    "192.168.1.1 127.0.0.1 0.0.0.0 100.64.0.1 169.254.169.254 224.0.0.1 ::1 fe80::1 fc00::1 ::ffff:10.0.0.1 "
    "64:ff9b::a00:1 2002:a00:1:: ::a00:1 fec0::1"
)
"""Also IPv4 addresses of inner networks in the clothes of IPv6: translated, tunnelled, compatible."""


def test_what_is_public() -> None:
    assert all(is_public(address) for address in ("8.8.8.8", "2a00:1450::1", "64:ff9b::808:808"))
    assert not any(is_public(address) for address in INNER.split())


async def test_a_calendar_is_read_in_a_process_of_its_own() -> None:
    span = {"zone": "Europe/Warsaw", "since": warsaw("2026-11-01"), "until": warsaw("2026-12-01")}
    (found,) = await read_apart(LEAVE, **span)  # type: ignore[arg-type]
    assert (found.begins, found.ends) == (warsaw("2026-11-10"), warsaw("2026-11-12"))
    wrong, *_ = await asyncio.gather(read_apart(b"<html>", **span), return_exceptions=True)  # type: ignore[arg-type]
    assert isinstance(wrong, Unreadable)
    assert wrong.trouble is Trouble.NO_CALENDAR
