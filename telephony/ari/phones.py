"""What the phones that are registered here are doing, as Asterisk last told: one look at each connection, then events.

Asterisk's device states say it best: one event when a phone registers or goes, one when it begins to ring or to call,
one when it is free again, and none while nothing changes. Endpoint events would tell the same with every channel of
every phone and trunk, and bring channels along that are not ours.
https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/Asterisk_REST_Interface/Devicestates_REST_API/
"""

import logging

from telephony.ari.commands import Commands
from telephony.ari.errors import AriRefused, Gone, ServerFailed
from telephony.ari.snapshots import EndpointSnapshot
from telephony.values import PhoneSeen

log = logging.getLogger(__name__)

TECHNOLOGY = "PJSIP"

SEEN = {
    "NOT_INUSE": PhoneSeen.FREE,
    "INUSE": PhoneSeen.IN_USE,
    "BUSY": PhoneSeen.IN_USE,
    "RINGING": PhoneSeen.IN_USE,
    "RINGINUSE": PhoneSeen.IN_USE,
    "ONHOLD": PhoneSeen.IN_USE,
    "UNAVAILABLE": PhoneSeen.GONE,
}
"""Asterisk's words for a device; the others (UNKNOWN, INVALID) say nothing. Ours are BUSY from the first ring on."""


class Phones:
    """Device by device (`PJSIP/1011`)."""

    def __init__(self, commands: Commands, app: str) -> None:
        self._commands, self._app = commands, app
        self._seen: dict[str, PhoneSeen] = {}

    def seen(self, number: str) -> PhoneSeen:
        """What the phone of this number is doing, by the last word that came."""
        return self._seen.get(f"{TECHNOLOGY}/{number}", PhoneSeen.UNKNOWN)

    def hears(self, device: str, state: str) -> None:
        """Asterisk tells of a device."""
        self._seen[device] = SEEN.get(state, PhoneSeen.UNKNOWN)

    async def look(self) -> None:
        """Forget what was known, have every change told from now on, and ask how things stand.

        What comes by an event meanwhile is newer than the list. If Asterisk does not let us look, every phone is
        UNKNOWN, and calls go on without. Raises PbxAway.
        """
        self._seen.clear()
        try:
            await self._commands.watch_devices(self._app)
            endpoints = await self._commands.endpoints(TECHNOLOGY)
        except (Gone, AriRefused, ServerFailed) as refused:
            log.warning("Asterisk does not tell what the phones are doing: %s", refused)
            return
        for endpoint in endpoints:
            self._seen.setdefault(f"{TECHNOLOGY}/{endpoint.name}", _seen(endpoint))


def _seen(endpoint: EndpointSnapshot) -> PhoneSeen:
    if endpoint.state == "offline":
        return PhoneSeen.GONE
    if endpoint.state != "online":
        return PhoneSeen.UNKNOWN
    return PhoneSeen.IN_USE if endpoint.in_use else PhoneSeen.FREE
