"""The HTTP seam: our errors, our address, our password where it belongs, and a socket whose end is noticed."""

import asyncio
import base64
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from telephony.ari import AriSettings, PbxInfo, info
from telephony.ari.client import AriClient
from telephony.ari.errors import AriRefused, Gone, ServerFailed
from telephony.ari.http import AriHttp
from telephony.ari.statistics import Counters
from telephony.errors import PbxAway, WrongPassword

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Serve = Callable[..., Awaitable[AriSettings]]


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Serve every path by one handler; gives the settings to reach it."""
    servers: list[TestServer] = []

    async def begin(handler: Handler, *, command: float = 5.0, heartbeat: float = 3.0) -> AriSettings:
        app = web.Application()
        app.router.add_route("*", "/{tail:.*}", handler)
        server = TestServer(app)
        await server.start_server()
        servers.append(server)
        url = str(server.make_url("/"))
        return AriSettings(url=url, user="halo", password="tajne", command=command, heartbeat=heartbeat)

    yield begin
    for server in servers:
        await server.close()


def _answers(status: int, body: str) -> Handler:
    async def handler(request: web.Request) -> web.Response:
        return web.Response(status=status, text=body)

    return handler


async def _request(settings: AriSettings, counters: Counters | None = None) -> str:
    http = AriHttp(settings, counters or Counters())
    try:
        return (await http.request("GET", "http://elsewhere.example:1/ari/channels", params={"a": 1})).body
    finally:
        await http.close()


async def test_commands_go_to_the_configured_address_with_the_password_in_a_header(serve: Serve) -> None:
    """aioari's addresses come out of what Asterisk says of itself; our password goes where we were told."""
    seen: list[web.Request] = []

    async def handler(request: web.Request) -> web.Response:
        seen.append(request)
        return web.Response(text="ok")

    assert await _request(await serve(handler)) == "ok"
    assert seen[0].path_qs == "/ari/channels?a=1"
    assert seen[0].headers["Authorization"] == "Basic " + base64.b64encode(b"halo:tajne").decode()


@pytest.mark.parametrize(
    ("status", "body", "error", "failures"),
    [
        (404, '{"message": "Channel not found"}', Gone, 0),
        (400, '{"message": "Channel not found"}', Gone, 0),
        (422, '{"message": "Channel not in Stasis application"}', AriRefused, 1),
        (500, '{"error": "Allocation failed"}', ServerFailed, 1),
        (401, "not json", WrongPassword, 1),
        (502, "[]", ServerFailed, 1),
    ],
)
async def test_refusals_are_our_own_errors(
    serve: Serve, status: int, body: str, error: type[Exception], failures: int
) -> None:
    """And "that channel has just ended" is not counted as a failure."""
    counters = Counters()
    with pytest.raises(error):
        await _request(await serve(_answers(status, body)), counters)
    assert (counters.commands, counters.failures) == (1, failures)


async def test_nobody_at_the_port() -> None:
    with pytest.raises(PbxAway):
        await _request(AriSettings(url="http://127.0.0.1:1", user="halo", password="x"))


async def test_an_asterisk_that_does_not_answer(serve: Serve) -> None:
    release = asyncio.Event()

    async def handler(request: web.Request) -> web.Response:
        await release.wait()
        return web.Response()

    settings = await serve(handler, command=0.05)
    with pytest.raises(PbxAway):
        await _request(settings)
    release.set()


def test_neither_settings_nor_replies_print_what_is_private() -> None:
    settings = AriSettings(url="http://127.0.0.1", user="halo", password="tajne")
    assert "tajne" not in repr(settings)


async def test_the_doctor_is_told_which_asterisk_answers(serve: Serve) -> None:
    body = '{"system": {"version": "22.10.1"}, "status": {"startup_time": "today"}}'
    assert await info(await serve(_answers(200, body))) == PbxInfo("22.10.1", "today")


@pytest.mark.parametrize(("status", "body"), [(200, "<html>"), (200, "[]"), (404, "no such page"), (500, "")])
async def test_the_doctor_is_told_when_something_else_answers(serve: Serve, status: int, body: str) -> None:
    with pytest.raises(PbxAway):
        await info(await serve(_answers(status, body)))


@pytest.mark.parametrize("body", ["<html>", "[]", "{}", '{"apis": 5, "basePath": "", "swaggerVersion": "9"}'])
async def test_connecting_to_something_else_is_pbx_away(serve: Serve, body: str) -> None:
    """Another web server at that port: aioari stumbles in many ways, and the line tries again."""
    client = AriClient(await serve(_answers(200, body)), Counters(), lambda event: None)
    with pytest.raises(PbxAway):
        await client.connect()
    await client.close()


async def test_a_socket_that_is_closed_cleanly_has_ended(serve: Serve) -> None:
    """aioari would take the CLOSE for a message, and go on."""

    async def handler(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str("one")
        await socket.send_bytes(b"no text")
        await socket.close()
        return socket

    http = AriHttp(await serve(handler), Counters())
    socket = await http.ws_connect("/ari/events")
    first = await socket.receive()
    assert first is not None
    assert first.data == "one"
    assert await socket.receive() is None
    await http.close()


async def test_a_socket_that_goes_silent_has_ended(serve: Serve) -> None:
    """No pong to our ping: noticed after one and a half heartbeats, with no traffic at all."""
    over = asyncio.Event()

    async def handler(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        await over.wait()
        return socket

    http = AriHttp(await serve(handler, heartbeat=0.1), Counters())
    socket = await http.ws_connect("/ari/events")
    async with asyncio.timeout(10.0):
        assert await socket.receive() is None
    over.set()
    await http.close()


@pytest.mark.parametrize(("status", "error"), [(401, WrongPassword), (404, Gone), (503, PbxAway)])
async def test_a_socket_that_is_refused(serve: Serve, status: int, error: type[Exception]) -> None:
    http = AriHttp(await serve(_answers(status, "")), Counters())
    with pytest.raises(error):
        await http.ws_connect("/ari/events")
    await http.close()
