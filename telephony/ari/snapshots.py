"""What ARI tells of a channel, a bridge, and Asterisk itself, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telephony.errors import PbxAway

CALL_VARIABLE = "HALO_CALL"


class Malformed(PbxAway):
    """A message lacks what its type needs. Among events it is ignored; as an answer it is nonsense."""


def text(data: Mapping[str, Any], field: str) -> str:
    """A field as text; absent is empty."""
    value = data.get(field)
    return value if isinstance(value, str) else "" if value is None else str(value)


def number(data: Mapping[str, Any], field: str) -> int:
    """A field as a whole number; absent or unreadable is 0."""
    try:
        return int(data.get(field) or 0)
    except (TypeError, ValueError):
        return 0


def inner(data: Mapping[str, Any], field: str) -> Mapping[str, Any]:
    """A field that is an object itself; absent or something else is empty."""
    value = data.get(field)
    return value if isinstance(value, Mapping) else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSnapshot:
    """One channel as Asterisk shows it in events and lists."""

    id: str
    name: str = ""
    state: str = ""
    caller_number: str = ""
    caller_name: str = ""
    presentation: str = ""
    """`CALLERID(pres)`, there if ari.conf has it among its `channelvars`."""
    call: str = ""
    """`HALO_CALL`: for which call a phone was rung, so that our next process knows whose it is."""
    exten: str = ""
    """Where in the dialplan it is: the number that was dialled."""
    dialplan_app: str = ""
    dialplan_data: str = ""

    @property
    def stasis(self) -> tuple[str, ...]:
        """The Stasis application that has the channel, and its arguments; empty if it is in none."""
        return tuple(self.dialplan_data.split(",")) if self.dialplan_app == "Stasis" else ()

    @classmethod
    def of(cls, data: object) -> "ChannelSnapshot":
        """Read ARI's Channel. Raises Malformed if it has no id."""
        if not isinstance(data, Mapping) or not data.get("id"):
            raise Malformed
        caller, dialplan = inner(data, "caller"), inner(data, "dialplan")
        variables = inner(data, "channelvars")
        return cls(
            id=text(data, "id"),
            name=text(data, "name"),
            state=text(data, "state"),
            caller_number=text(caller, "number"),
            caller_name=text(caller, "name"),
            presentation=text(variables, "CALLERID(pres)"),
            call=text(variables, CALL_VARIABLE),
            exten=text(dialplan, "exten"),
            dialplan_app=text(dialplan, "app_name"),
            dialplan_data=text(dialplan, "app_data"),
        )


@dataclass(frozen=True, slots=True)
class BridgeSnapshot:
    """One bridge and the channels in it."""

    id: str
    channels: tuple[str, ...]

    @classmethod
    def of(cls, data: object) -> "BridgeSnapshot":
        """Read ARI's Bridge. Raises Malformed if it has no id."""
        if not isinstance(data, Mapping) or not data.get("id"):
            raise Malformed
        channels = data.get("channels")
        return cls(
            text(data, "id"), tuple(str(one) for one in channels) if isinstance(channels, list) else ()
        )


@dataclass(frozen=True, slots=True)
class EndpointSnapshot:
    """One endpoint: its name without the technology, "online", "offline" or "unknown", whether it has a channel."""

    name: str
    state: str
    in_use: bool

    @classmethod
    def of(cls, data: object) -> "EndpointSnapshot":
        """Read ARI's Endpoint. Raises Malformed if it has no name."""
        if not isinstance(data, Mapping) or not data.get("resource"):
            raise Malformed
        return cls(text(data, "resource"), text(data, "state"), bool(data.get("channel_ids")))


@dataclass(frozen=True, slots=True)
class PbxInfo:
    """Which Asterisk it is, and since when it runs: another `started` is another Asterisk."""

    version: str
    started: str

    @property
    def since(self) -> datetime | None:
        """Since when it runs, timezone-aware; None if that cannot be read."""
        try:
            since = datetime.fromisoformat(self.started)
        except ValueError:
            return None
        return since if since.tzinfo is not None else None

    @classmethod
    def of(cls, data: object) -> "PbxInfo":
        """Read ARI's AsteriskInfo. Raises Malformed if that is not what it is."""
        if not isinstance(data, Mapping):
            raise Malformed
        version, started = (
            text(inner(data, "system"), "version"),
            text(inner(data, "status"), "startup_time"),
        )
        if not version:
            raise Malformed
        return cls(version, started)
