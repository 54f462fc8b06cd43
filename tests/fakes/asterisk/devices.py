"""The phones of the fake Asterisk as its endpoints: of each that registers here, whether it is there and in use."""

from collections.abc import Iterable
from typing import Any, Protocol

from telephony.values import Behind
from tests.fakes.asterisk.parts import Channel


class Device(Protocol):
    """A phone, as far as its state goes."""

    number: str
    registered: bool
    behind: Behind | None


class Devices:
    """What ARI lists of phones."""

    def __init__(self, channels: dict[str, Channel]) -> None:
        self._channels = channels
        self._phones: dict[str, Device] = {}

    def add(self, phone: Device) -> None:
        """There is a phone of this number; one behind a trunk only is none of this Asterisk's endpoints."""
        if phone.behind is not Behind.TRUNK:
            self._phones[phone.number] = phone

    def endpoints(self) -> Iterable[dict[str, Any]]:
        """ARI's Endpoint of every phone."""
        for number, phone in self._phones.items():
            state = "online" if phone.registered else "offline"
            channels = [channel.id for channel in self._of(number)]
            yield {"technology": "PJSIP", "resource": number, "state": state, "channel_ids": channels}

    def _of(self, number: str) -> list[Channel]:
        name = f"PJSIP/{number}-"
        return [channel for channel in self._channels.values() if channel.name.startswith(name)]
