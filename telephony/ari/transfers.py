"""A phone's own transfer key: what its REFER asks, and when it asks it.

`PJSIP_TRANSFER_HANDLING()=ari-only` makes Asterisk accept the REFER (202), tell us (ChannelTransfer), and move
nobody. What it tells more than once is sorted out here: each of our own answers comes back as an echo, and an
asking that was never answered is told again when its phone has gone. Seen with Asterisk 22.10.1.
"""

import re

from telephony.ari.events import Transfer
from telephony.ari.ids import Names
from telephony.values import LegId, Progress, TransferAsked

LONGEST = 64
"""Characters of a destination that are handed on; an extension or E.164 has far fewer, nonsense may have more."""

_SCHEME = re.compile(r"\A\s*(?:sips?|tel):", re.IGNORECASE)
_PARAMETERS = re.compile(r"[;?@].*", re.DOTALL)


class Transfers:
    """The askings of one phone. At most one is open: Asterisk's answer to a phone is to all of its REFERs."""

    def __init__(self) -> None:
        self.open = False
        """Whether the phone waits for our last word."""

    def asked(self, event: Transfer, names: Names) -> TransferAsked | None:
        """What the phone asks by this event; None if it is no new asking."""
        if event.echo or self.open:
            return None
        self.open = True
        consulted = LegId(event.consulted) if names.is_leg(event.consulted) else None
        return TransferAsked(destination(event.to), consulted)

    def reported(self, progress: Progress) -> None:
        """The phone is told so; after a last word it may ask again."""
        if progress is not Progress.RINGING:
            self.open = False


def destination(raw: str) -> str:
    """The user part of Refer-To: printable, without scheme and parameters, and short.

    Whether it is a number of ours is not decided here: Asterisk hands on whatever a phone writes, also nothing.
    """
    bare = _PARAMETERS.sub("", _SCHEME.sub("", raw))
    return "".join(char for char in bare if char.isprintable()).strip()[:LONGEST]
