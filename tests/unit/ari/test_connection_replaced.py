"""Whether "your application was given to another" means a stranger, or a connection of our own that we gave up."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from telephony.ari.connection import Connection
from telephony.ari.link import Link
from telephony.errors import PbxAway


class Asterisk:
    """Answers the connections of its list: True opens the socket and keeps it, False never answers."""

    def __init__(self, *answers: bool) -> None:
        self._answers = list(answers)
        self.tried = 0

    async def connect(self) -> None:
        """The API's description is there."""

    async def read_events(self, opened: asyncio.Event) -> None:
        self.tried += 1
        if not self._answers.pop(0):
            raise PbxAway("Asterisk does not answer.")
        opened.set()
        await asyncio.Event().wait()


async def settled() -> None:
    """There is nothing to agree on."""


async def kept(asterisk: Asterisk) -> AsyncIterator[tuple[Connection, Link]]:
    """A connection that is kept until the generator is closed, once it is up."""
    link = Link()
    connection = Connection(asterisk, link, settled)  # type: ignore[arg-type]
    task = asyncio.create_task(connection.keep())
    try:
        async with asyncio.timeout(10):
            await link.up.wait()
        yield connection, link
    finally:
        task.cancel()
        await asyncio.wait([task])


@pytest.mark.parametrize("given_up", [1, 3])
async def test_after_connections_that_we_gave_up_we_connect_again(given_up: int) -> None:
    asterisk = Asterisk(*[False] * given_up, True, True)
    async for connection, link in kept(asterisk):
        assert connection.replaced_by_our_own()
        async with asyncio.timeout(10):
            await link.down.wait()
            await link.up.wait()
        assert asterisk.tried == given_up + 2


async def test_who_has_given_up_none_was_replaced_by_a_stranger() -> None:
    async for connection, link in kept(Asterisk(True)):
        assert not connection.replaced_by_our_own()
        assert link.up.is_set()
