"""The exchange: what all calls of one line share, handed to each of them."""

import asyncio
from dataclasses import dataclass, field

from telephony.ari.commands import Commands
from telephony.ari.dispatch import Dispatch
from telephony.ari.ids import Names
from telephony.ari.settings import AriSettings
from telephony.ari.speaker import Speaker
from telephony.ari.tasks import Errands

NOTICED = 1.0
"""Seconds after a failed command within which the event socket breaks too, if Asterisk itself is gone."""


class Link:
    """Whether we and Asterisk agree on what there is: the event socket is up, and we have reconciled."""

    def __init__(self) -> None:
        self.up = asyncio.Event()
        self.down = asyncio.Event()
        self.down.set()

    def rise(self) -> None:
        """Connected and reconciled."""
        self.down.clear()
        self.up.set()

    def fall(self) -> None:
        """The event socket has ended."""
        self.up.clear()
        self.down.set()

    async def verdict(self) -> None:
        """After a command that Asterisk did not answer: return when the next reconciling has told who lives.

        At once if the link does not break: then it was that command alone.
        """
        try:
            async with asyncio.timeout(NOTICED):
                await self.down.wait()
        except TimeoutError:
            return
        await self.up.wait()


@dataclass(slots=True)
class Exchange:
    """Settings, commands, the table of events, the voice, the names; and how things stand with the line."""

    settings: AriSettings
    names: Names
    commands: Commands
    dispatch: Dispatch
    speaker: Speaker
    errands: Errands = field(default_factory=Errands)
    link: Link = field(default_factory=Link)
    leaving: bool = False
    """This process is going: whoever talks is left talking, and nobody is put down."""
