"""The names that we give to things in Asterisk, chosen before we ask for them.

Each begins with our application's name, so that several lines may share an Asterisk, and says what it is:
the next process sorts out by name what it finds. The token makes the names of two processes differ.
"""

import secrets
from itertools import count

from telephony.values import LegId

RUNG = "rung"
"""The first Stasis argument of a phone that we rang. A channel that has it under a name that is not one
of our legs was made by Asterisk itself, to follow a phone's redirection."""

SLOTS = 4
"""How many playbacks of one channel have names of their own: more are never there at once, and the next
process can stop them all without having known them."""


class Names:
    """Makes and recognises names. One per process."""

    def __init__(self, app: str) -> None:
        self._app = app
        self._token = secrets.token_hex(4)
        self._count = count(1)

    def leg(self) -> LegId:
        """For a phone to be rung; it is the id of the channel, too."""
        return LegId(self._new("leg"))

    def talk(self) -> str:
        """For a bridge in which two talk."""
        return self._new("talk")

    def playback(self, channel: str, number: int) -> str:
        """For the so-manieth playback to a channel."""
        return f"{self._app}-play-{channel}-{number % SLOTS}"

    def playbacks(self, channel: str) -> list[str]:
        """All names that a playback to this channel can have."""
        return [self.playback(channel, number) for number in range(SLOTS)]

    def announcement(self) -> str:
        """For a playback to a bridge."""
        return self._new("play")

    def is_leg(self, channel: str) -> bool:
        """Whether it is a phone that we rang, in this process or another."""
        return channel.startswith(f"{self._app}-leg-")

    def is_talk(self, bridge: str) -> bool:
        """Whether it is a bridge of ours in which two talk."""
        return bridge.startswith(f"{self._app}-talk-")

    def is_of_this_process(self, name: str) -> bool:
        """Whether we made it ourselves, not a process before us."""
        return f"-{self._token}-" in name

    def _new(self, kind: str) -> str:
        return f"{self._app}-{kind}-{self._token}-{next(self._count)}"
