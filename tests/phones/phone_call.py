"""One call at a phone, whoever began it: what is heard and said in it, and the keys of a desk phone.

Hold is a re-INVITE (RFC 3264 §8.4), a transfer by the phone's own key is a REFER (RFC 3515, RFC 5589).
"""

from collections.abc import Callable

from tests.fakes.memory.bell import Bell
from tests.phones.ear import LIMIT, Ear
from tests.phones.handset import Handset
from tests.phones.hearing import Heard
from tests.phones.sip.dialog import Dialog, address, nothing
from tests.phones.sip.message import Message, uri_in
from tests.phones.sip.sdp import Flow, audio_at, flow_in, session
from tests.phones.sip.user_agent import UserAgent

SDP, KEY = ("Content-Type", "application/sdp"), ("Content-Type", "application/dtmf-relay")


class PhoneCall:
    """One call. `bell` rings whenever something in it changed."""

    def __init__(self, who: str, dialog: Dialog, handset: Handset, ear: Ear, bell: Bell) -> None:
        self.who, self.bell = who, bell
        self.handset, self.ear = handset, ear
        self.talking = self.over = False
        self.flow = Flow.BOTH
        """Which way audio flows, as this phone wants it."""
        self.refer_answer = ""
        """The answer to the last REFER: "202", "603"."""
        self.notified: list[str] = []
        """How the last transfer goes, as the phone was told by NOTIFY: "100 Trying", "200 OK"."""
        self.when_over: Callable[[], object] | None = None
        """Called once, at its end."""
        self._dialog = dialog
        self._session = 0
        self._consulted: PhoneCall | None = None

    # ---- who it is with: what a Replaces header names it by, for Asterisk (RFC 3891)

    @property
    def call_id(self) -> str:
        """The dialog's Call-ID."""
        return self._dialog.call_id

    @property
    def to_tag(self) -> str:
        """Asterisk's own tag."""
        return self._dialog.remote_tag

    @property
    def from_tag(self) -> str:
        """The tag that Asterisk knows the phone by."""
        return self._dialog.local_tag

    @property
    def with_whom(self) -> str:
        """The SIP address that was dialled, or that called."""
        return uri_in(self._dialog.remote)

    # ---- hearing and speaking

    async def hears(self, prompt: str) -> Heard:
        """Wait until this prompt was heard."""
        return await self.ear.hears(prompt)

    async def hears_tone(self, hz: int) -> None:
        """Wait until the other party's tone is heard."""
        await self.ear.hears_tone(hz)

    async def hears_music(self) -> None:
        """Wait until there is music."""
        await self.ear.hears_music()

    @property
    def prompts(self) -> list[str]:
        """The names of all prompts that were heard."""
        return self.ear.prompts

    def speaks(self, hz: int) -> None:
        """Speak a steady tone from now on."""
        self.handset.speaks(hz)

    async def presses(self, keys: str) -> None:
        """Press keys as RFC 4733 events."""
        await self.handset.presses(keys)

    def presses_by_info(self, key: str) -> None:
        """Press one key as SIP INFO."""
        self._dialog.asks("INFO", told=nothing, headers=(KEY,), body=f"Signal={key}\r\nDuration=160\r\n")

    # ---- hold

    async def holds(self, *, playing: int = 0, inactive: bool = False) -> None:
        """Put the other side on hold: audio stops, or music goes out (as a tone of `playing` Hz)."""
        await self._turns(Flow.NONE if inactive else Flow.OUT)
        self.handset.rests(playing=0 if inactive else playing)

    async def resumes(self) -> None:
        """Take the other side off hold."""
        await self._turns(Flow.BOTH)
        self.handset.wakes()

    # ---- transfer by the phone's own key

    async def refers(self, to: str) -> None:
        """Blind transfer to a number, or to a whole SIP address; returns when the REFER is answered."""
        await self._refers(f"<{to if ':' in to else address(to, self._dialog.agent.server)}>")

    async def refers_and_hangs_up(self, to: str) -> None:
        """Blind transfer, as phones do it that leave as soon as it is accepted."""
        await self.refers(to)
        if self.refer_answer == "202":
            await self.hangs_up()

    async def refers_to_consulted(self, other: "PhoneCall") -> None:
        """Attended transfer: whom this call is with shall talk to whom the other call is with."""
        replaces = f"{other.call_id}%3Bto-tag%3D{other.to_tag}%3Bfrom-tag%3D{other.from_tag}"
        await self._refers(f"<{other.with_whom}?Replaces={replaces}>", consulted=other)

    async def is_told(self, status: str) -> None:
        """Wait until a NOTIFY says this of the transfer: "200", "603"."""
        await self.until(
            lambda: any(line.startswith(status) for line in self.notified), f"to be told {status}"
        )

    async def _refers(self, refer_to: str, *, consulted: "PhoneCall | None" = None) -> None:
        self.refer_answer, self.notified, self._consulted = "", [], consulted
        headers = (("Refer-To", refer_to), ("Referred-By", self._dialog.local))
        answer = await self._dialog.answer_to("REFER", headers=headers)
        self.refer_answer = str(answer.status)
        self.bell.ring()

    def _is_notified(self, notify: Message) -> None:
        """Told that the transfer was taken, a phone puts down by itself."""
        if not notify.get("Content-Type").startswith("message/sipfrag"):
            return
        self.notified.append(notify.body.splitlines()[0].removeprefix("SIP/2.0 "))
        if self.notified[-1].startswith("2"):
            self.is_dropped()
            if self._consulted is not None:
                self._consulted.is_dropped()

    # ---- its end

    async def hangs_up(self) -> None:
        """Put down; returns when the network has agreed."""
        if not self.over:
            await self._dialog.answer_to("BYE")
            self.ends()

    async def is_put_down(self) -> None:
        """Wait until the call is over."""
        await self.until(lambda: self.over, "to be put down")

    def ends(self) -> None:
        """The call is over, however that came."""
        if not self.over:
            self.over, self.talking = True, False
            self.handset.catches_up()
            self.handset.rests()
            self.ear.close()
            if self.when_over is not None:
                self.when_over()
            self.bell.ring()

    def is_dropped(self) -> None:
        """End it without waiting for the network to agree."""
        if self.talking:
            self._dialog.asks("BYE", told=nothing)
        self.ends()

    async def until(self, true: Callable[[], bool], what: str) -> None:
        """Wait until `true()`; fail when the time is up."""
        if not await self.bell.until(true, LIMIT):
            raise AssertionError(f"{self.who} waited {what} for {LIMIT:.0f} s; heard:\n{self.ear.story()}")

    # ---- what Asterisk says in this call

    def takes(self, request: Message, agent: UserAgent) -> None:
        """A request within the call."""
        match request.method:
            case "NOTIFY":
                agent.answers(request, "200 OK")
                self._is_notified(request)
            case _ if self.over and request.method != "ACK":
                agent.answers(request, "481 Call/Transaction Does Not Exist")
            case "BYE":
                agent.answers(request, "200 OK")
                self.ends()
            case "INVITE":
                self.talks(request)
                wanted = flow_in(request.body)
                body = self.sdp(self.flow if wanted is Flow.BOTH else wanted.answer)
                contact = ("Contact", f"<{agent.contact}>")
                agent.answers(request, "200 OK", headers=(contact, SDP), body=body)
            case "INFO" | "OPTIONS":
                agent.answers(request, "200 OK")
            case "ACK":
                self.talks(request)
        self.bell.ring()

    def talks(self, message: Message) -> None:
        """Send audio where the other side's SDP says, if there is one in the message."""
        if message.body:
            self.handset.talks_to(*audio_at(message.body))

    def sdp(self, flow: Flow) -> str:
        """Our side of the audio."""
        self._session += 1
        return session(self.handset.host, self.handset.port, flow, version=self._session)

    async def _turns(self, flow: Flow) -> None:
        answer = await self._dialog.answer_to("INVITE", headers=(SDP,), body=self.sdp(flow))
        assert answer.status == 200, f"{self.who} wanted {flow.value}: {answer.first}"
        self.flow = flow
