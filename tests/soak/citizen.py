"""A citizen of the soak: a number, one call, and an exact memory of what became of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from telephony.values import NumberShown
from tests.pbx.asterisk import CITY
from tests.phones.sip.dialog import Dialog
from tests.phones.sip.message import Message
from tests.phones.sip.user_agent import UserAgent
from tests.phones.sip.wire import Address, Wire
from tests.soak.air import Air
from tests.soak.deeds import Deed, talks
from tests.soak.ledger import Lived
from tests.soak.light_call import Over, PlacedLightCall
from tests.soak.sounds import CALLER, VOICE, voice_of

DIALLED = "+48447327700"
FIRST_NUMBER = 501000000
ANONYMOUS = '"Anonymous" <sip:anonymous@anonymous.invalid>'


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody calls for: how they go about it, what a clerk does with them, and how often this is wanted."""

    name: str
    often: int
    go: "Callable[[Citizen], Awaitable[None]]"
    deed: Deed = talks
    shown: NumberShown = NumberShown.SHOWN
    impatient: bool = False
    """Puts down at any moment, in the middle of whatever it is."""


@dataclass(slots=True)
class Citizen:
    """Somebody who calls once."""

    serial: int
    wish: Wish
    wire: Address
    server: Address
    air: Air
    staff: set[str] = field(default_factory=set)
    """Who has been heard to talk, by extension."""
    _call: PlacedLightCall | None = None
    ordered: int = 0
    confirmed: bool = False
    had_a_clerk: bool = False
    agent: UserAgent | None = None

    @property
    def number(self) -> str:
        """Their own number, and nobody else's."""
        return f"+48{FIRST_NUMBER + self.serial}"

    @property
    def voice(self) -> bytes:
        """What they say."""
        return voice_of(1000 + self.serial)

    @property
    def call(self) -> PlacedLightCall:
        """The call, once it is placed."""
        assert self._call is not None
        return self._call

    async def calls(self) -> Lived:
        """Call, do what is wished, and remember; whatever is left at the end is put down."""
        self.air.knows(self.voice, f"{CALLER}{self.serial}")
        agent = self.agent = UserAgent(self.number, Wire.at(self.wire, self.server), self._asked)
        try:
            self._call = self._places(agent)
            await self.wish.go(self)
        except Over:
            pass
        finally:
            if self._call is not None:
                await self._call.hangs_up()
                await self._call.has_parted()
            self.air.forgets(self.voice)
            agent.close()
        return self._lived()

    def _places(self, agent: UserAgent) -> PlacedLightCall:
        target = f"sip:{DIALLED}@{agent.server}"
        me = f"<sip:{self.number}@{CITY}>"
        hidden = self.wish.shown is NumberShown.WITHHELD
        headers = (("P-Asserted-Identity", me), ("Privacy", "id")) if hidden else ()
        local = ANONYMOUS if hidden else me
        dialog = Dialog(agent, local=local, remote=f"<{target}>", target=target)
        return PlacedLightCall(dialog, self.air, self.voice, headers)

    def _asked(self, request: Message) -> None:
        assert self.agent is not None
        if self._call is not None:
            self._call.takes(request, self.agent)

    def _lived(self) -> Lived:
        call = self.call
        return Lived(
            number=self.number if self.wish.shown is NumberShown.SHOWN else "",
            wish=self.wish.name,
            answered=call.answered,
            refused=call.refused,
            ordered=self.ordered > 0,
            confirmed=self.confirmed,
            heard={who: call.seconds_of(f"{VOICE}{who}") for who in call.voices},
            put_down_here=call.put_down_here,
        )
