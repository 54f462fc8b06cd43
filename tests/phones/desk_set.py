"""A telephone set: SIP at one address, registered there or not, and the calls that go on at it.

Who is at it, and what they do, is `tests.phones.phone`.
"""

from tests.fakes.memory.bell import Bell
from tests.pbx.asterisk import Pbx
from tests.phones.clipbook import Clipbook
from tests.phones.ear import Ear
from tests.phones.handset import Handset
from tests.phones.phone_call import PhoneCall
from tests.phones.placed_call import PlacedCall
from tests.phones.rung_call import RungCall
from tests.phones.sip.dialog import Dialog, address
from tests.phones.sip.message import Message, tag_in
from tests.phones.sip.user_agent import UserAgent
from tests.phones.sip.wire import Address, Wire

REGISTERED = 300
"""Seconds for which it registers."""


class DeskSet:
    """It takes one call at a time; while one goes on, more can be placed from it."""

    def __init__(self, pbx: Pbx, book: Clipbook, number: str, where: Address, *, registers: bool) -> None:
        self.who = f"phone {number}" if number else "any phone out there"
        self.number = number
        self.bell = Bell()
        self.times_rung = 0
        self.call: RungCall | None = None
        """The last call that came in and was not refused as busy."""
        self.handset = Handset(where[0])
        """For calls that come in; a placed call has its own."""
        self._pbx, self._book, self._where, self._registers = pbx, book, where, registers
        self._calls: dict[str, PhoneCall] = {}
        self._agent: UserAgent | None = None
        self._registration: Dialog | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a call goes on at it, or is being placed."""
        return any(not call.over for call in self._calls.values())

    async def plugs_in(self) -> None:
        """Take the address, and register if it is a phone that does."""
        server = (self._pbx.sip_address, self._pbx.sip_port)
        agent = self._agent = UserAgent(self.number, Wire.at(self._where, server), self._asked)
        if not self._registers:
            return
        self._pbx.add_phones(self.number)
        me = f"<{address(self.number, self._pbx.sip_address)}>"
        self._registration = Dialog(
            agent, local=me, remote=me, target=f"sip:{agent.server}", secret=self._secret
        )
        try:
            await self.registers()
        except BaseException:
            self._leaves()
            raise

    async def plugs_out(self) -> None:
        """End what goes on, take the registration back, and leave the address."""
        assert self._agent is not None
        self.drops_everything()
        try:
            self._agent.deaf = False
            await self.unregisters()
        finally:
            self._leaves()

    def drops_everything(self) -> None:
        """Put down whatever goes on, without waiting for anybody to agree: nobody may be there any more."""
        for call in self._calls.values():
            call.is_dropped()

    def _leaves(self) -> None:
        assert self._agent is not None
        self._agent.close()
        self._agent = None
        self.handset.close()

    def goes_dead(self) -> None:
        """Pull the plug: no answer to anything, and no audio, from now on; Asterisk is not told."""
        assert self._agent is not None
        self._agent.deaf = True
        for call in self._calls.values():
            call.handset.mutes()

    async def registers(self) -> None:
        """Register; again if it did already."""
        await self._register(REGISTERED)

    async def unregisters(self) -> None:
        """Take the registration back; calls go on."""
        await self._register(0)

    async def _register(self, seconds: int) -> None:
        if self._registration is not None:
            answer = await self._registration.answer_to("REGISTER", headers=(("Expires", str(seconds)),))
            assert answer.status == 200, f"{self.who} wanted to register: {answer.first}"

    @property
    def _secret(self) -> str:
        return self._pbx.phones[self.number] if self._registers else ""

    async def dials(self, number: str) -> PlacedCall:
        """Place a call, beside whatever goes on; the INVITE is on its way when this returns."""
        assert self._agent is not None
        who = f"{self.who}, which dialled {number},"
        handset = Handset(self._where[0])
        ear = Ear(who, handset, self._book)
        dialog = Dialog.placed(self._agent, number, secret=self._secret, host=self._where[0])
        call = PlacedCall(who, dialog, handset, ear, self.bell)
        self._calls[call.call_id] = call
        return call

    def _asked(self, request: Message) -> None:
        assert self._agent is not None
        if request.call_id in self._calls:
            self._calls[request.call_id].takes(request, self._agent)
        elif request.method == "INVITE" and not tag_in(request.get("To")):
            self._is_invited(self._agent, request)
        elif request.method in ("OPTIONS", "NOTIFY"):
            self._agent.answers(request, "200 OK", tag="here")
        elif request.method != "ACK":
            self._agent.answers(request, "481 Call/Transaction Does Not Exist", tag="here")
        self.bell.ring()

    def _is_invited(self, agent: UserAgent, invite: Message) -> None:
        self.times_rung += 1
        if self.is_busy:
            agent.answers(invite, "486 Busy Here", tag="busy")
            return
        self.handset.says_nothing()
        ear = Ear(self.who, self.handset, self._book)
        self.call = RungCall(self.who, agent, invite, self.handset, ear, self.bell, secret=self._secret)
        self._calls[invite.call_id] = self.call
        self.is_rung(self.call)

    def is_rung(self, call: RungCall) -> None:
        """A call has come in: somebody may see to it."""
