"""A call that comes in at a phone: it rings, is answered or refused, or is taken back."""

import asyncio

from tests.fakes.memory.bell import Bell
from tests.phones.ear import Ear
from tests.phones.handset import Handset
from tests.phones.phone_call import SDP, PhoneCall
from tests.phones.sip.dialog import Dialog
from tests.phones.sip.message import Message
from tests.phones.sip.user_agent import UserAgent

REFUSALS = {
    "302": "302 Moved Temporarily",
    "404": "404 Not Found",
    "480": "480 Temporarily Unavailable",
    "486": "486 Busy Here",
    "503": "503 Service Unavailable",
    "603": "603 Decline",
}


class RungCall(PhoneCall):
    """It begins with an INVITE; nothing but 100 Trying is said to it until somebody acts."""

    def __init__(
        self,
        who: str,
        agent: UserAgent,
        invite: Message,
        handset: Handset,
        ear: Ear,
        bell: Bell,
        *,
        secret: str,
    ) -> None:
        super().__init__(who, Dialog.of(agent, invite, secret=secret), handset, ear, bell)
        self.dialled = invite.dialled
        """The number in the request: what was dialled to come here."""
        self.shown = invite.get("From")
        """What the display may show."""
        self.asserted = invite.get("P-Asserted-Identity")
        self.ringing = False
        self.cancelled: str | None = None
        """The Reason header of the CANCEL; None if there was none."""
        self.rang_at = self.stopped_at = 0.0
        self._agent, self._invite = agent, invite
        self._final = ""
        self.talks(invite)
        agent.answers(invite, "100 Trying")

    def rings(self, *, with_audio: bool = False) -> None:
        """Say that it rings: 180, or 183 with audio."""
        if self._final:
            return
        if with_audio:
            self._says("183 Session Progress", with_sdp=True)
        else:
            self._says("180 Ringing")
        self.ringing, self.rang_at = True, _now()
        self.bell.ring()

    async def answers(self) -> None:
        """Take it up; returns when the network has agreed, or the call was taken back just then."""
        if not self._final:
            self._says("200 OK", with_sdp=True)
        await self.until(lambda: self.talking or self.over, "to have answered")

    def refuses(self, answer: str, *, elsewhere: str = "") -> None:
        """Give a final answer: "486", "603", "480", "404", "503", "302" to the address `elsewhere`."""
        if not self._final:
            self._says(REFUSALS[answer], contact=elsewhere)

    async def hangs_up(self) -> None:
        """Put down, or decline what still rings; returns when the network has agreed."""
        if self.talking:
            await super().hangs_up()
        else:
            self.refuses("603")
            await self.is_put_down()

    def is_dropped(self) -> None:
        """End it without waiting for the network to agree."""
        self.refuses("480")
        super().is_dropped()

    def takes(self, request: Message, agent: UserAgent) -> None:
        """CANCEL and the ACK that ends the handshake; the rest is as in any call."""
        if request.method == "CANCEL":
            self._is_cancelled(request)
        elif request.method == "ACK" and request.number == self._invite.number and not self.talking:
            self._is_acknowledged(request)
        else:
            super().takes(request, agent)

    def ends(self) -> None:
        """The call is over, however that came."""
        if not self.over:
            self.ringing = False
            self.stopped_at = self.stopped_at or _now()
        super().ends()

    def _is_cancelled(self, cancel: Message) -> None:
        self._agent.answers(cancel, "200 OK", tag=self.from_tag)
        if not self._final:
            self.cancelled, self.stopped_at = cancel.get("Reason"), _now()
            self._says("487 Request Terminated")
        self.bell.ring()

    def _is_acknowledged(self, ack: Message) -> None:
        self.talks(ack)
        if self._final.startswith("2"):
            self.talking, self.ringing = True, False
            self.bell.ring()
        else:
            self.ends()

    def _says(self, status: str, *, with_sdp: bool = False, contact: str = "") -> None:
        if not status.startswith("1"):
            self._final = status
        headers = (("Contact", f"<{contact or self._agent.contact}>"), *((SDP,) if with_sdp else ()))
        body = self.sdp(self.flow) if with_sdp else ""
        self._agent.answers(self._invite, status, tag=self.from_tag, headers=headers, body=body)


def _now() -> float:
    return asyncio.get_running_loop().time()
