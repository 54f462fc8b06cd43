"""A call that comes in at a telephone of the soak: it rings, is answered or refused, or is taken back."""

from tests.phones.rung_call import REFUSALS
from tests.phones.sip.dialog import Dialog
from tests.phones.sip.message import Message
from tests.phones.sip.user_agent import UserAgent
from tests.soak.air import Air
from tests.soak.light_call import SDP, LightCall, Over


class RungLightCall(LightCall):
    """It begins with an INVITE to this telephone."""

    def __init__(self, agent: UserAgent, invite: Message, air: Air, voice: bytes, secret: str) -> None:
        super().__init__(Dialog.of(agent, invite, secret=secret), air, voice)
        self._agent, self._invite, self._final = agent, invite, ""
        self._offer = invite
        agent.answers(invite, "100 Trying")

    def rings(self) -> None:
        """Say that it rings."""
        if not self._final:
            self._says("180 Ringing")

    async def answers(self) -> None:
        """Take it up; returns when the network has agreed. Raises Over if it was taken back."""
        if not self._final:
            self._says("200 OK", body=self._session())
        await self.until(lambda: self.talking)
        if self.over or not self.talking:
            raise Over

    def refuses(self, answer: str) -> None:
        """Give a final answer: "486", "603", "480"."""
        if not self._final:
            self._says(REFUSALS[answer])

    def takes(self, request: Message, agent: UserAgent) -> None:
        """CANCEL and the ACK that ends the handshake; the rest is as in any call."""
        if request.method == "CANCEL":
            agent.answers(request, "200 OK", tag=self._dialog.local_tag)
            if not self._final:
                self._says("487 Request Terminated")
        elif request.method == "ACK" and not self.talking and not self.over:
            if self._final.startswith("2"):
                self.begins(self._offer)
            else:
                self.ends()
        else:
            super().takes(request, agent)

    def _gives_up(self) -> None:
        self.refuses("603")

    def _says(self, status: str, body: str = "") -> None:
        if not status.startswith("1"):
            self._final = status
        headers = (("Contact", f"<{self._agent.contact}>"), *((SDP,) if body else ()))
        self._agent.answers(self._invite, status, tag=self._dialog.local_tag, headers=headers, body=body)
