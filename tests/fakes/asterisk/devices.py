"""The device states of the fake Asterisk: of each phone that registers here, whether it is there and in use."""

from collections.abc import Iterable
from typing import Any, Protocol

from telephony.values import Behind
from tests.fakes.asterisk.parts import Channel
from tests.fakes.asterisk.socket import Sockets


class Device(Protocol):
    """A phone, as far as its state goes."""

    number: str
    registered: bool
    behind: Behind | None


class Devices:
    """Tells every application that has asked for it what changes; looked at after everything that happens."""

    def __init__(self, sockets: Sockets, channels: dict[str, Channel]) -> None:
        self.watching: set[str] = set()
        """The applications that have subscribed."""
        self._sockets, self._channels = sockets, channels
        self._phones: dict[str, Device] = {}
        self._told: dict[str, str] = {}

    def add(self, phone: Device) -> None:
        """There is a phone of this number; one behind a trunk only is none of this Asterisk's devices."""
        if phone.behind is not Behind.TRUNK:
            self._phones[phone.number] = phone
            self._told[phone.number] = self._state(phone.number)

    def look(self) -> None:
        """Tell what has changed. One is BUSY from its first ring (`device_state_busy_at=1`), or its call's answer."""
        for number in self._phones:
            state = self._state(number)
            if self._told[number] != state:
                self._told[number] = state
                for app in self.watching:
                    device = {"name": f"PJSIP/{number}", "state": state}
                    self._sockets.send(app, {"type": "DeviceStateChanged", "device_state": device})

    def endpoints(self) -> Iterable[dict[str, Any]]:
        """ARI's Endpoint of every phone."""
        for number, phone in self._phones.items():
            state = "online" if phone.registered else "offline"
            channels = [channel.id for channel in self._of(number)]
            yield {"technology": "PJSIP", "resource": number, "state": state, "channel_ids": channels}

    def _state(self, number: str) -> str:
        busy = any(channel.rang or channel.up for channel in self._of(number))
        return "BUSY" if busy else "NOT_INUSE" if self._phones[number].registered else "UNAVAILABLE"

    def _of(self, number: str) -> list[Channel]:
        name = f"PJSIP/{number}-"
        return [channel for channel in self._channels.values() if channel.name.startswith(name)]
