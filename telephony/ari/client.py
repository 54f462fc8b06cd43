"""aioari's client as we use it: its operations, its event loop, and one listener.

The seams, and why: docs/adr/0002. Whatever goes wrong while it reads Asterisk's API description comes out as
PbxAway, so that trying again is the caller's only business.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Any

import aioari.client
from aioswagger11.processors import SwaggerError

from telephony.ari.commands import Commands, pbx_info
from telephony.ari.errors import Gone, Missing
from telephony.ari.events import Event
from telephony.ari.http import AriHttp
from telephony.ari.parsing import parse
from telephony.ari.settings import AriSettings
from telephony.ari.snapshots import PbxInfo
from telephony.ari.statistics import Counters
from telephony.errors import PbxAway

log = logging.getLogger(__name__)

logging.getLogger("aioari").setLevel(logging.WARNING)  # it tells of each answer that it has no class for
logging.getLogger("aioswagger11").setLevel(logging.WARNING)  # and of each parameter, numbers included


TRIES, PAUSE = 100, 0.01
"""Asterisk opens the event socket a moment before it knows the application: so often we ask again, so soon."""


class AriClient:
    """One Asterisk. `connect` first; then `commands` work, whether the event socket is open or not."""

    def __init__(self, settings: AriSettings, counters: Counters, deliver: Callable[[Event], None]) -> None:
        self._settings = settings
        self._counters = counters
        self._deliver = deliver
        self._http = AriHttp(settings, counters)
        self.commands = Commands(self._http)

    async def connect(self) -> None:
        """Read the API's description, once. Raises PbxAway or WrongPassword."""
        if self.commands.operations is not None:
            return
        client = aioari.client.Client(self._settings.url.rstrip("/") + "/", self._http)
        try:
            await client.init()
        except (Gone, SwaggerError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise PbxAway("What answers is not Asterisk's ARI.") from error
        client.on_event("*", self._hear)
        client.exception_handler = self._listener_failed
        self.commands.operations = client

    async def read_events(self, opened: asyncio.Event) -> None:
        """Open the event socket (`opened` is set then) and deliver events until it ends, however it ends."""
        client = self.commands.operations
        assert client is not None, "connect first"
        self._http.socket_opened = opened.set
        try:
            await client.run(self._settings.app)
        except (Gone, ValueError, TypeError) as error:
            # No such resource; a text that is no JSON; or JSON that is no event, at which aioari trips while it
            # writes its complaint (a WSMessage is a tuple, and `%` takes it apart).
            raise PbxAway("What answers is not Asterisk's ARI.") from error
        finally:
            opened.clear()

    async def choose_events(self) -> None:
        """Once the socket is open: have only the events sent that we use."""
        tries = TRIES
        while True:
            tries -= 1
            try:
                await self.commands.filter_events(self._settings.app)
            except Missing:
                if not tries:
                    raise
                await asyncio.sleep(PAUSE)
            else:
                return

    async def close(self) -> None:
        """Close the event socket and every other connection."""
        if self.commands.operations is not None:
            await self.commands.operations.close()
        await self._http.close()

    def _hear(self, message: Mapping[str, Any]) -> None:
        self._counters.events += 1
        event = parse(message)
        if event is not None:
            self._deliver(event)

    def _listener_failed(self, error: Exception) -> None:
        log.error("an event could not be delivered", exc_info=error)


async def info(settings: AriSettings) -> PbxInfo:
    """Ask Asterisk who it is: for the doctor. Raises PbxAway, or WrongPassword with its one sentence."""
    http = AriHttp(settings, Counters())
    try:
        return await pbx_info(http)
    except Gone as error:
        raise PbxAway(f"What answers at {settings.url} is not Asterisk's ARI.") from error
    finally:
        await http.close()
