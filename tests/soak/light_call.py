"""One call at one telephone, cheap enough for hundreds at once: SIP by the kit's dialogs, audio through the air.

Whatever is heard is noted once each time the sound changes, so a wait looks at a short list.
"""

import asyncio
from collections import Counter
from collections.abc import Callable

from tests.fakes.memory.bell import Bell
from tests.phones.sip.dialog import Dialog, address
from tests.phones.sip.message import Headers, Message
from tests.phones.sip.sdp import Flow, audio_at, flow_in, session
from tests.phones.sip.user_agent import UserAgent
from tests.soak.air import TICK, Air, Mouth
from tests.soak.sounds import VOICE

SDP = ("Content-Type", "application/sdp")
PATIENCE = 30.0
"""Seconds after which what is waited for does not come any more."""


class Over(Exception):
    """The call is over, whoever ended it."""


class LightCall:
    """One call; `voice` is what it says all the time."""

    def __init__(self, dialog: Dialog, air: Air, voice: bytes) -> None:
        self.heard: list[str] = []
        """What was heard, in order; twice the same only if something else came between."""
        self.packets: Counter[str] = Counter()
        self.talking = self.over = False
        self.put_down_here = False
        self.refused = 0
        """The final answer, if the network refused the call."""
        self._parted = True
        self._bell = Bell()
        self._dialog, self._air, self._voice = dialog, air, voice
        self._mouth: Mouth | None = None
        self._seen = self._version = 0

    # ---- waiting

    def hears(self, what: str) -> None:
        """A packet of this sound has arrived."""
        self.packets[what] += 1
        if self.heard[-1:] != [what]:
            self.heard.append(what)
            self._bell.ring()

    async def until_hears(self, *names: str, seconds: float = PATIENCE) -> str:
        """Wait for a sound whose name begins so, and return it; empty if it does not come. Raises Over."""
        await self.until(lambda: bool(self._found(names)), seconds)
        found = self._found(names)
        if not found and self.over:
            raise Over
        if found:
            self._seen = self.heard.index(found, self._seen) + 1
        return found

    def _found(self, names: tuple[str, ...]) -> str:
        return next((name for name in self.heard[self._seen :] if name.startswith(names)), "")

    def forgets(self) -> None:
        """What was heard until now does not count for what is waited for next."""
        self.heard.append("")
        self._seen = len(self.heard)

    async def until(self, true: Callable[[], bool], seconds: float = PATIENCE) -> bool:
        """Wait until `true()` or the end of the call, so long at most; return whether it is."""
        await self._bell.until(lambda: true() or self.over, seconds)
        return true()

    async def passes(self, seconds: float) -> None:
        """Let so much time go by in the call. Raises Over."""
        await self.until(lambda: False, seconds)
        if self.over:
            raise Over

    def has_heard(self, what: str) -> bool:
        """Whether this was heard at all, forgotten or not."""
        return what in self.packets

    def seconds_of(self, who: str) -> float:
        """How long this was heard in all."""
        return self.packets[who] * TICK

    @property
    def voices(self) -> set[str]:
        """Who was heard, without `VOICE`."""
        return {what.removeprefix(VOICE) for what in self.packets if what.startswith(VOICE)}

    # ---- doing

    async def presses(self, keys: str) -> None:
        """Press keys (RFC 4733), and return when the last one is let go. Raises Over."""
        self.forgets()
        if self._mouth is None:
            raise Over
        await self.passes(self._mouth.presses(keys))

    async def hangs_up(self) -> None:
        """Put down: BYE, or CANCEL before the answer."""
        if self.over:
            return
        self.put_down_here = True
        if self.talking:
            self._says_bye()
        else:
            self._gives_up()
            await self.until(lambda: self.over)

    async def has_parted(self) -> None:
        """Wait until the network has agreed to a BYE of ours, if there was one."""
        await self._bell.until(lambda: self._parted, PATIENCE)

    def _says_bye(self) -> None:
        self._parted = False
        self._dialog.asks("BYE", told=self._has_parted)
        self.ends()

    def _has_parted(self, _: Message) -> None:
        self._parted = True
        self._bell.ring()

    async def turns(self, flow: Flow) -> None:
        """Hold and resume by the phone's own key (re-INVITE)."""
        if self.over:
            raise Over
        await self._dialog.answer_to("INVITE", headers=(SDP,), body=self._session(flow))
        if self._mouth is not None:
            self._mouth.mute = flow is not Flow.BOTH

    async def refers(self, extension: str) -> None:
        """Transfer by the phone's own key; told that it worked, the phone puts down by itself."""
        if self.over:
            raise Over
        to = f"<{address(extension, self._dialog.agent.server)}>"
        headers = (("Refer-To", to), ("Referred-By", self._dialog.local))
        await self._dialog.answer_to("REFER", headers=headers)

    # ---- what Asterisk says in this call

    def takes(self, request: Message, agent: UserAgent) -> None:
        """A request within the call."""
        match request.method:
            case "NOTIFY":
                agent.answers(request, "200 OK")
                if request.body.startswith("SIP/2.0 2") and self.talking:
                    self._says_bye()
            case "BYE":
                agent.answers(request, "200 OK")
                self.ends()
            case _ if self.over and request.method != "ACK":
                agent.answers(request, "481 Call/Transaction Does Not Exist")
            case "INVITE":
                wanted = flow_in(request.body) if request.body else Flow.BOTH
                body = self._session(wanted.answer)
                headers = (("Contact", f"<{agent.contact}>"), SDP)
                agent.answers(request, "200 OK", headers=headers, body=body)
            case "INFO" | "OPTIONS":
                agent.answers(request, "200 OK")

    def begins(self, message: Message) -> None:
        """Talk to where the other side's SDP says."""
        self.talking = True
        if message.body and self._mouth is None:
            self._mouth = self._air.opens(audio_at(message.body)[1], self._voice, self)
        self._bell.ring()

    def ends(self) -> None:
        """The call is over, however that came."""
        if not self.over:
            self.over, self.talking = True, False
            if self._mouth is not None:
                self._air.closes(self._mouth)
            self._bell.ring()

    def _gives_up(self) -> None:
        """End what was not answered yet."""
        self._dialog.cancels()

    def _session(self, flow: Flow = Flow.BOTH) -> str:
        self._version += 1
        return session(self._air.host, self._air.port, flow, version=self._version)


class PlacedLightCall(LightCall):
    """It begins with an INVITE of ours."""

    def __init__(self, dialog: Dialog, air: Air, voice: bytes, headers: Headers = ()) -> None:
        super().__init__(dialog, air, voice)
        self.answered = False
        dialog.asks("INVITE", told=self._told, headers=(*headers, SDP), body=self._session())

    async def until_answered(self) -> None:
        """Wait for the answer. Raises Over."""
        await self.until(lambda: self.answered)
        if not self.answered or self.over:
            raise Over

    def _told(self, response: Message) -> None:
        if response.status >= 300:
            self.refused = 0 if self.put_down_here else response.status
            self.ends()
        elif response.status >= 200:
            self.answered = True
            self.begins(response)
            if self.put_down_here:
                self._says_bye()


def now() -> float:
    """The loop's clock."""
    return asyncio.get_running_loop().time()


async def so_long(seconds: float) -> None:
    """Let so much time go by."""
    passed = asyncio.Event()
    timer = asyncio.get_running_loop().call_later(seconds, passed.set)
    try:
        await passed.wait()
    finally:
        timer.cancel()
