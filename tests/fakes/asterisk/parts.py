"""What is inside the fake Asterisk: channels, bridges, playbacks; and how ARI shows them."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from telephony.values import HangUpCause, Progress
from tests.fakes.memory.bell import Bell
from tests.fakes.memory.ear import Microphone
from tests.fakes.memory.listener import Listener

PATIENCE = 20.0
"""Seconds that an actor waits at most, in real time."""


class Says(Exception):
    """Asterisk says no: an HTTP status and a sentence."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


class Party(Listener):
    """Whoever is at the other end of a channel: a citizen or a phone."""

    def __init__(self, who: str, bell: Bell) -> None:
        super().__init__(who)
        self.bell = bell
        self.limit = PATIENCE
        self.microphone = Microphone()
        self.spoke = False
        """Whether it sent audio before it was put on hold by its own key."""

    def hears_an_answer(self, channel: "Channel") -> None:
        """200 arrives at a citizen."""

    def hears_that_it_rings(self) -> None:
        """180 arrives at whoever calls."""

    def is_told_of_transfer(self, progress: Progress) -> None:
        """NOTIFY arrives at a phone that asked for a transfer."""

    def falls_back(self) -> None:
        """The dialplan has the call again."""

    def hears_the_end(self, channel: "Channel", told: HangUpCause | None) -> None:
        """BYE, CANCEL or a refusal arrives; `told` is None if this party ended it itself."""


def now() -> str:
    """The time as ARI writes it, with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "+0000")


@dataclass(slots=True, eq=False)
class Channel:
    """One leg. `rung` tells one that we were asked to make from one that came by the dialplan."""

    id: str
    name: str
    party: Party
    rung: bool
    state: str
    number: str = ""
    caller_name: str = ""
    presentation: str = "allowed_not_screened"
    context: str = "from-city"
    exten: str = ""
    app: str = ""
    """The Stasis application that has it; empty while it is in none."""
    owner: str = ""
    """The application that is told of it: from its Stasis on, or from our asking for it."""
    args: list[str] = field(default_factory=list)
    variables: dict[str, str] = field(default_factory=dict)
    rang: bool = False
    over: bool = False
    held: bool = False
    """The party's own phone holds."""
    music: bool = False
    """Music on the channel itself."""
    asked_for: dict[str, Any] | None = None
    """The REFER of this party's phone that has had no final answer yet, as ARI tells it."""
    bridge: "Bridge | None" = None
    queue: list["Playback"] = field(default_factory=list)
    """Playbacks to this channel alone: the first one sounds, the others wait."""

    @property
    def up(self) -> bool:
        """Whether it was answered."""
        return self.state == "Up"

    @property
    def hears_music(self) -> bool:
        """Whether music is what this party hears: nothing is heard of it before the answer, or while it holds."""
        if not self.up or self.held or self.queue or self.over:
            return False
        return self.music or any(other.held for other in self._others)

    @property
    def talks_to(self) -> "list[Channel]":
        """Whom this party hears, and is heard by."""
        deaf = self.held or self.music
        return [] if deaf else [other for other in self._others if not other.held]

    @property
    def _others(self) -> "list[Channel]":
        if self.bridge is None or self.over:
            return []
        return [other for other in self.bridge.channels if other is not self]

    @property
    def hears_something(self) -> bool:
        """Whether there is music, a prompt or somebody."""
        prompts = bool(self.queue) or (self.bridge is not None and bool(self.bridge.playing))
        return self.hears_music or prompts or bool(self.talks_to)

    def shown(self) -> dict[str, Any]:
        """ARI's Channel."""
        runs = ("AppDial2", "(Outgoing Line)") if self.rung else ("", "")
        if self.app:
            runs = "Stasis", ",".join([self.app, *self.args])
        variables = {"CALLERID(pres)": self.presentation}
        variables["HALO_CALL"] = self.variables.get("HALO_CALL", "")
        return {
            "id": self.id,
            "name": self.name,
            "state": self.state,
            "protocol_id": "",
            "caller": {"name": self.caller_name, "number": self.number},
            "connected": {"name": "", "number": ""},
            "accountcode": "",
            "dialplan": {
                "context": self.context,
                "exten": self.exten,
                "priority": 1,
                "app_name": runs[0],
                "app_data": runs[1],
            },
            "creationtime": now(),
            "language": "en",
            "channelvars": variables,
        }


@dataclass(slots=True, eq=False)
class Bridge:
    """Where channels meet."""

    id: str
    kind: str
    channels: list[Channel] = field(default_factory=list)
    playing: list["Playback"] = field(default_factory=list)

    def shown(self) -> dict[str, Any]:
        """ARI's Bridge."""
        return {
            "id": self.id,
            "technology": "simple_bridge",
            "bridge_type": "mixing",
            "bridge_class": "stasis",
            "creator": "Stasis",
            "name": "",
            "channels": [channel.id for channel in self.channels],
            "creationtime": now(),
            "video_mode": "none",
        }


@dataclass(slots=True, eq=False)
class Playback:
    """Some files to be played, one after another, to a channel or a bridge."""

    id: str
    target: str
    media: list[str]
    over: asyncio.Future[str]
    """The state it ends in, `done` or `failed`, once somebody ended it from outside."""
    state: str = "queued"
    current: int = 0

    def shown(self) -> dict[str, Any]:
        """ARI's Playback."""
        return {
            "id": self.id,
            "media_uri": self.media[self.current],
            **(
                {"next_media_uri": self.media[self.current + 1]} if self.current + 1 < len(self.media) else {}
            ),
            "target_uri": self.target,
            "language": "en",
            "state": self.state,
        }
