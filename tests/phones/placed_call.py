"""A call that a phone places: to a feature code, a colleague, or the outside."""

from tests.fakes.memory.bell import Bell
from tests.phones.ear import Ear
from tests.phones.handset import Handset
from tests.phones.phone_call import SDP, PhoneCall
from tests.phones.sip.dialog import Dialog
from tests.phones.sip.message import Message


class PlacedCall(PhoneCall):
    """It begins with an INVITE of ours; Asterisk's challenge is answered by itself."""

    def __init__(self, who: str, dialog: Dialog, handset: Handset, ear: Ear, bell: Bell) -> None:
        super().__init__(who, dialog, handset, ear, bell)
        self.rang = False
        self.refused = ""
        """The final answer of a call that was not answered: "404"."""
        dialog.asks("INVITE", told=self._told, headers=(SDP,), body=self.sdp(self.flow))

    async def is_answered(self) -> None:
        """Wait until somebody, or the line, takes it."""
        await self.until(lambda: self.talking or self.over, "for an answer")
        assert not self.refused, f"{self.who} waited for an answer, and was refused with {self.refused}"

    async def is_refused(self) -> str:
        """Wait until the call was refused, and say with which answer."""
        await self.until(lambda: self.over, "to be refused")
        return self.refused

    async def hangs_up(self) -> None:
        """BYE, or CANCEL before the answer; returns when the network has agreed."""
        if not self.talking and not self.over:
            self._dialog.cancels()
            await self.until(lambda: self.talking or self.over, "for the end of what was cancelled")
        await super().hangs_up()

    def is_dropped(self) -> None:
        """End it without waiting for the network to agree."""
        if not self.talking and not self.over:
            self._dialog.cancels()
        super().is_dropped()

    def ends(self) -> None:
        """The call is over, however that came; its handset is put away."""
        if not self.over:
            super().ends()
            self.handset.close()

    def _told(self, response: Message) -> None:
        if response.status in (180, 183):
            self.rang = self.rang or response.status == 180
            self.talks(response)
        elif 200 <= response.status < 300:
            self.talks(response)
            self.talking = True
        elif response.status >= 300:
            self.refused = str(response.status)
            self.ends()
        self.bell.ring()
