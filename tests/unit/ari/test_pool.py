"""Plain HTTP/1.1 over kept-alive connections: what Asterisk says, and what it must never be believed."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from telephony.ari.pool import BadAnswer, Pool, read_head

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Server:
    """Answers each request with the next of `answers`; the last one is repeated."""

    def __init__(self, *answers: bytes) -> None:
        self.answers = list(answers)
        self.requests: list[str] = []
        self.connections = 0
        self.hold = asyncio.Event()
        self.hold.set()
        self.asked = asyncio.Event()
        self.ended = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        self.connections += 1
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = next(
                    (line for line in head.split(b"\r\n") if line.startswith(b"Content-Length")), b""
                )
                body = await reader.readexactly(int(length.partition(b":")[2] or 0))
                self.requests.append((head + body).decode())
                self.asked.set()
                await self.hold.wait()
                answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
                for part in answer.split(b"|"):
                    writer.write(part)
                    await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            self.ended.set()
        finally:
            writer.close()


@asynccontextmanager
async def pool_to(
    server: Server, *, limit: int = 4, keep: float = 10.0, path: str = ""
) -> AsyncIterator[Pool]:
    """A pool of connections to this server."""
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    pool = Pool(f"http://127.0.0.1:{port}{path}", limit=limit, keep=keep, headers="X-Who: us\r\n")
    try:
        yield pool
    finally:
        await pool.close()
        listening.close()
        await listening.wait_closed()


OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


async def test_one_connection_serves_one_question_after_another() -> None:
    server = Server(OK)
    async with pool_to(server, path="/behind/") as pool:
        for _ in range(3):
            assert await pool.ask("GET", "/ari/channels?a=1") == (200, b"ok")
    assert server.connections == 1
    assert server.requests[0].startswith("GET /behind/ari/channels?a=1 HTTP/1.1\r\n")
    assert "X-Who: us\r\n" in server.requests[0]


async def test_a_body_goes_with_its_length_in_bytes() -> None:
    server = Server(OK)
    async with pool_to(server) as pool:
        await pool.ask("POST", "/ari/channels", '{"name": "Łoś"}')
    assert server.requests[0].endswith('\r\nContent-Length: 17\r\n\r\n{"name": "Łoś"}')


async def test_an_answer_may_come_in_pieces_and_have_no_body() -> None:
    pieces = b"HTTP/1.1 2|04 No Content\r\nServer: x\r|\n\r\n"
    server = Server(pieces, b"HTTP/1.1 404 Not Found\r\ncontent-length: 4|\r\n\r\ngo|ne", OK)
    async with pool_to(server) as pool:
        assert await pool.ask("DELETE", "/x") == (204, b"")
        assert await pool.ask("GET", "/x") == (404, b"gone")
        assert await pool.ask("GET", "/x") == (200, b"ok")
    assert server.connections == 1


async def test_questions_go_out_in_parallel_up_to_the_limit_and_the_rest_wait() -> None:
    server = Server(OK)
    server.hold.clear()
    async with pool_to(server, limit=2) as pool:
        asking = [asyncio.ensure_future(pool.ask("GET", f"/{number}")) for number in range(5)]
        await server.asked.wait()
        server.hold.set()
        assert await asyncio.gather(*asking) == [(200, b"ok")] * 5
    assert server.connections == 2
    assert len(server.requests) == 5


async def test_who_is_cancelled_takes_nobodys_answer() -> None:
    """The answer to what was given up may not become the answer to the next question."""
    server = Server(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate", OK)
    server.hold.clear()
    async with pool_to(server, limit=1) as pool:
        given_up = asyncio.ensure_future(pool.ask("GET", "/slow"))
        waiting = asyncio.ensure_future(pool.ask("GET", "/waits"))
        await server.asked.wait()
        given_up.cancel()
        await asyncio.gather(given_up, return_exceptions=True)
        server.hold.set()
        assert await waiting == (200, b"ok")
    assert server.connections == 2


async def test_who_waits_for_a_turn_and_is_cancelled_gives_it_to_the_next() -> None:
    server = Server(OK)
    server.hold.clear()
    async with pool_to(server, limit=1) as pool:
        first, second, third = (asyncio.ensure_future(pool.ask("GET", f"/{number}")) for number in "123")
        await server.asked.wait()
        second.cancel()
        server.hold.set()
        assert await first == (200, b"ok")
        assert await third == (200, b"ok")
    assert [request[:6] for request in server.requests] == ["GET /1", "GET /3"]


async def test_who_waits_goes_before_who_asks_again() -> None:
    """Else a busy call would keep the others waiting until they give up."""
    server = Server(OK)
    server.hold.clear()

    async def asks_again() -> None:
        for number in "13":
            await pool.ask("GET", f"/{number}")

    async with pool_to(server, limit=1) as pool:
        busy = asyncio.ensure_future(asks_again())
        waiting = asyncio.ensure_future(pool.ask("GET", "/2"))
        await server.asked.wait()
        server.hold.set()
        await asyncio.gather(busy, waiting)
    assert [request[:6] for request in server.requests] == ["GET /1", "GET /2", "GET /3"]


async def test_a_connection_that_rested_too_long_is_not_used_again() -> None:
    server = Server(OK)
    async with pool_to(server, keep=0.0) as pool:
        await pool.ask("GET", "/")
        await pool.ask("GET", "/")
    assert server.connections == 2


async def test_a_server_that_says_close_is_asked_on_a_new_connection() -> None:
    server = Server(OK.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"), OK)
    async with pool_to(server) as pool:
        await pool.ask("GET", "/")
        await pool.ask("GET", "/")
    assert server.connections == 2


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-OpenSSH\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\nno length",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
        b"HTTP/1.1 what\r\nContent-Length: 0\r\n\r\n",
        b"x" * 70000,
    ],
)
async def test_what_is_not_understood_is_not_guessed(answer: bytes) -> None:
    async with pool_to(Server(answer)) as pool:
        with pytest.raises(BadAnswer):
            await pool.ask("GET", "/")


async def test_a_server_that_goes_away_in_the_middle() -> None:
    server = Server(OK)
    server.hold.clear()
    async with pool_to(server) as pool:
        asking = asyncio.ensure_future(pool.ask("GET", "/"))
        await server.asked.wait()
        await pool.close()
        with pytest.raises(BadAnswer):
            await asking
        server.hold.set()


def test_the_head_of_an_answer() -> None:
    assert read_head(b"HTTP/1.1 200 OK\r\nContent-Length: 5") == (200, 5, False)
    assert read_head(b"HTTP/1.0 404 Not Found\r\nContent-Length: 0") == (404, 0, True)
    assert read_head(b"HTTP/1.1 204 No Content\r\nConnection: Close") == (204, 0, True)
