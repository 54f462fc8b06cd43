"""Who calls: from what a channel and the dialplan show to a `Caller` that may be shown to people, or a phone.

Three ways of withholding a number reach us (RFC 3323, RFC 3325), and each looks different:
From anonymous without an identity (the number reads "anonymous"); From anonymous with an identity that the
trunk trusts (the *real* number is there, and only `CALLERID(pres)` says that it must not be shown); and
no number at all.
"""

import unicodedata
from dataclasses import dataclass

from telephony.ari.snapshots import ChannelSnapshot
from telephony.values import Arrival, Caller, NumberShown

ANONYMOUS = frozenset({"anonymous", "restricted", "private", "withheld"})
UNAVAILABLE = frozenset({"unavailable", "unknown", "asterisk", "s"})
"""What stands in the place of a number that nobody gave."""

PHONE = "phone"
"""The second Stasis argument when a registered phone of ours calls; its extension follows."""
AGAIN = "again"
"""The second Stasis argument of a call for which the dialplan had to care meanwhile: the service was away."""


@dataclass(frozen=True, slots=True)
class Entry:
    """By which door a call came: what was dialled, our own phone's extension if it was one, and whether it was here."""

    dialled: str = ""
    phone: str = ""
    arrival: Arrival = Arrival.NEW

    @classmethod
    def of(cls, args: tuple[str, ...], exten: str) -> "Entry":
        """Read the arguments that the dialplan gives; `exten` is where in the dialplan the call is.

        The extension is the endpoint's name, by which the phone has authenticated itself.
        """
        if not args:
            return cls(exten if exten != "s" else "")
        if args[1:2] == (AGAIN,):
            return cls(args[0], arrival=Arrival.RESUMED)
        return cls(args[0], args[2] if len(args) > 2 and args[1] == PHONE else "")


def caller(channel: ChannelSnapshot) -> Caller:
    """The caller of an inbound channel; of a withheld number neither number nor name is kept."""
    number, name = clean(channel.caller_number), clean(channel.caller_name)
    pres, said = channel.presentation.lower(), number.lower()
    if pres.startswith("prohib") or said in ANONYMOUS or (not number and name.lower() in ANONYMOUS):
        return Caller(shown=NumberShown.WITHHELD)
    if not number or said in UNAVAILABLE or pres.startswith("unavail"):
        return Caller(name=name, shown=NumberShown.ABSENT)
    return Caller(number, name, NumberShown.SHOWN)


def clean(raw: str) -> str:
    """Without control and formatting characters (Unicode C*), which could forge a line of a log."""
    return "".join(char for char in raw if unicodedata.category(char)[0] != "C").strip()
