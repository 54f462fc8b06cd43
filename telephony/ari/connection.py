"""One loop that keeps us connected: connect, reconcile, read events until the socket ends, pause, again."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable

from telephony.ari.client import AriClient
from telephony.ari.errors import Gone
from telephony.ari.link import Link
from telephony.ari.tasks import first_of
from telephony.errors import PbxAway, Refused, WrongPassword

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 0.1, 2.0
STEADY = 5.0
"""A connection that has lasted so many seconds was a good one: the pauses begin anew."""
GHOSTS = 30.0
"""Seconds in which an Asterisk that wakes up may still answer a connection that we have given up."""


class Backoff:
    """Pauses that double up to a limit, each shortened by chance: many lines do not come back at once."""

    def __init__(self, chance: Callable[[], float] = random.random) -> None:
        self._chance = chance
        self._pause = FIRST_PAUSE

    def after(self, lasted: float) -> float:
        """The pause after a connection that lasted so many seconds (0 if there was none)."""
        if lasted >= STEADY:
            self._pause = FIRST_PAUSE
        pause = self._pause
        self._pause = min(LONGEST_PAUSE, 2 * pause)
        return pause * (0.5 + 0.5 * self._chance())


class Connection:
    """Keeps `link` true. `settle` reconciles; the link is up when it has returned."""

    def __init__(self, client: AriClient, link: Link, settle: Callable[[], Awaitable[None]]) -> None:
        self._client = client
        self._link = link
        self._settle = settle
        self._backoff = Backoff()
        self._said = ""
        self._gave_up = float("-inf")
        self._replaced = asyncio.Event()

    def replaced_by_our_own(self) -> bool:
        """Asterisk has given our application to another connection: connect again, if that may have been ours.

        An Asterisk that stood still answers, once it goes on, the connections that we have given up meanwhile, and
        the last of them has the application. False if there was none: then it was another process.
        """
        if asyncio.get_running_loop().time() - self._gave_up > GHOSTS:
            return False
        self._replaced.set()
        return True

    async def keep(self) -> None:
        """Until cancelled, or until something says that waiting will not help (WrongPassword, LineTaken)."""
        now = asyncio.get_running_loop().time
        while True:
            began = now()
            try:
                await self._once()
                self._say("Asterisk has closed the event socket; connecting again.")
            except WrongPassword:
                raise
            except PbxAway as away:
                self._say(f"{away} Trying again.")
            finally:
                was_up = self._link.up.is_set()
                self._link.fall()
            if not was_up:
                self._gave_up = now()
            await asyncio.sleep(self._backoff.after(now() - began if was_up else 0.0))

    async def _once(self) -> None:
        await self._client.connect()
        opened = asyncio.Event()
        self._replaced.clear()
        await first_of(self._client.read_events(opened), self._settled(opened), self._until_replaced())

    async def _until_replaced(self) -> None:
        await self._replaced.wait()
        raise PbxAway("Asterisk has answered an earlier connection of ours after all.")

    async def _settled(self, opened: asyncio.Event) -> None:
        await opened.wait()
        try:
            await self._settle()
        except (Gone, Refused) as error:
            raise PbxAway(f"Asterisk does not let us look at what there is: {error}.") from error
        self._said = ""
        self._link.rise()
        log.info("connected to Asterisk")
        await asyncio.Event().wait()  # for as long as the socket is read

    def _say(self, sentence: str) -> None:
        """Once for each new reason, not for each try."""
        if sentence != self._said:
            log.warning("%s", sentence)
            self._said = sentence
