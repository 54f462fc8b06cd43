"""What the phones that are registered here are doing, as Asterisk last told: one look at all of them every second.

Looked at, and not listened to: Asterisk 22.10.1 can tell each change (`deviceState:`), but in two of three runs of our
tests its event socket could then not be opened any more. gdb, in one of them, showed a thread that told of a device and
one that opened a socket, both waiting for locks (docs/adr/0026).
"""

import asyncio
import logging
from contextlib import suppress

from telephony.ari.commands import Commands
from telephony.ari.errors import AriRefused, Gone, ServerFailed
from telephony.ari.link import Link
from telephony.ari.snapshots import EndpointSnapshot
from telephony.errors import PbxAway
from telephony.values import PhoneSeen

log = logging.getLogger(__name__)

TECHNOLOGY = "PJSIP"


class Phones:
    """Endpoint by endpoint; the trunks are among them, and nobody asks for those."""

    def __init__(self, commands: Commands) -> None:
        self._commands = commands
        self._seen: dict[str, PhoneSeen] = {}
        self._refused = ""

    def seen(self, number: str) -> PhoneSeen:
        """What the phone of this number was doing when we last looked."""
        return self._seen.get(number, PhoneSeen.UNKNOWN)

    async def keep_looking(self, link: Link, every: float) -> None:
        """Look again and again, so many seconds apart, while the link is up."""
        while True:
            await asyncio.sleep(every)
            await link.up.wait()
            with suppress(PbxAway):  # the connection finds that out by itself
                await self.look()

    async def look(self) -> None:
        """Ask how things stand. If Asterisk does not let us, every phone is UNKNOWN. Raises PbxAway."""
        try:
            endpoints = await self._commands.endpoints(TECHNOLOGY)
        except (Gone, AriRefused, ServerFailed) as refused:
            self._seen = {}
            if str(refused) != self._refused:
                log.warning("Asterisk does not tell what the phones are doing: %s", refused)
            self._refused = str(refused)
        else:
            self._seen, self._refused = {one.name: _seen(one) for one in endpoints}, ""


def _seen(endpoint: EndpointSnapshot) -> PhoneSeen:
    if endpoint.state == "offline":
        return PhoneSeen.GONE
    if endpoint.state != "online":
        return PhoneSeen.UNKNOWN
    return PhoneSeen.IN_USE if endpoint.in_use else PhoneSeen.FREE
