"""Clerks and colleagues at their telephones: each takes, or does not take, whatever rings there.

A colleague's telephone takes many calls at once, as a group of telephones would; a clerk is offered one at a time.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from tests.fakes.behaviour import Behaviour
from tests.pbx.asterisk import Pbx
from tests.pbx.ports import free_udp_port
from tests.phones.sip.dialog import Dialog, address
from tests.phones.sip.message import Message, tag_in
from tests.phones.sip.user_agent import UserAgent
from tests.phones.sip.wire import Wire
from tests.soak.air import Air
from tests.soak.citizen import Citizen
from tests.soak.deeds import LONG_ENOUGH, Screen
from tests.soak.light_call import LightCall, Over, PlacedLightCall, so_long
from tests.soak.rung_light_call import RungLightCall
from tests.soak.sounds import CALLER, VOICE, voice_of
from tests.soak.town import BEHAVES

REGISTERED = "3600"
MACHINE = 4.0
"""Seconds that a voicemail talks."""


class Callers(Protocol):
    """Who calls, by serial."""

    def __getitem__(self, serial: int) -> Citizen:
        """The citizen with this serial."""


@dataclass(slots=True)
class Clerking:
    """One caller at a clerk's desk: what a deed works with."""

    call: LightCall
    screen: Screen
    caller: str
    voice: str


class Telephone:
    """A telephone of the hall, registered; `act` sees to each call that comes in."""

    def __init__(self, pbx: Pbx, air: Air, extension: str, act: "Act") -> None:
        self.extension = extension
        self.rung = 0
        self.talked: Counter[str] = Counter()
        """Callers who were heard for long enough, each with how many times."""
        self._air, self._act, self._secret = air, act, pbx.phones[extension]
        self._voice = voice_of(int(extension) % 1000)
        self._calls: dict[str, LightCall] = {}
        self._acts: set[asyncio.Task[None]] = set()
        wire = Wire.at((air.host, free_udp_port()), (pbx.sip_address, pbx.sip_port))
        self._agent = UserAgent(extension, wire, self._asked)
        self._host = pbx.sip_address
        air.knows(self._voice, f"{VOICE}{extension}")

    async def registers(self) -> None:
        """Let it be rung from now on."""
        me = f"<{address(self.extension, self._host)}>"
        target = f"sip:{self._agent.server}"
        dialog = Dialog(self._agent, local=me, remote=me, target=target, secret=self._secret)
        answer = await dialog.answer_to("REGISTER", headers=(("Expires", REGISTERED),))
        assert answer.status == 200, f"{self.extension} wanted to register: {answer.first}"

    async def logs_on(self) -> None:
        """Dial `*11`, hear that it is so, and wait for the end."""
        dialog = Dialog.placed(self._agent, "*11", secret=self._secret, host=self._air.host)
        call = PlacedLightCall(dialog, self._air, self._voice)
        self._calls[dialog.call_id] = call
        await call.until(lambda: call.over)
        assert "presence.on" in call.heard, f"{self.extension} did not log on, and heard {call.heard}"

    async def leaves(self) -> None:
        """End what goes on there, and leave the wire."""
        for act in self._acts:
            act.cancel()
        await asyncio.gather(*self._acts, return_exceptions=True)
        self._agent.close()

    def _asked(self, request: Message) -> None:
        call = self._calls.get(request.call_id)
        if call is not None:
            call.takes(request, self._agent)
        elif request.method == "INVITE" and not tag_in(request.get("To")):
            self._is_rung(request)
        elif request.method in ("OPTIONS", "NOTIFY"):
            self._agent.answers(request, "200 OK", tag="here")
        elif request.method != "ACK":
            self._agent.answers(request, "481 Call/Transaction Does Not Exist", tag="here")

    def _is_rung(self, invite: Message) -> None:
        self.rung += 1
        call = RungLightCall(self._agent, invite, self._air, self._voice, self._secret)
        self._calls[invite.call_id] = call
        task = asyncio.create_task(self._sees_to(call, invite.call_id), name=f"{self.extension} is rung")
        self._acts.add(task)
        task.add_done_callback(self._acts.discard)

    async def _sees_to(self, call: RungLightCall, call_id: str) -> None:
        try:
            await self._act(call)
        except Over:
            pass
        finally:
            await call.hangs_up()
            await so_long(0.5)  # the other side's last words in this call
            del self._calls[call_id]
            for who in call.voices:
                if call.seconds_of(f"{VOICE}{who}") >= LONG_ENOUGH:
                    self.talked[who] += 1


Act = Callable[[RungLightCall], Awaitable[None]]


def clerk(callers: Callers, screen: Screen) -> Act:
    """Takes each caller soon, and does with them what they came for."""

    async def act(call: RungLightCall) -> None:
        call.rings()
        await call.passes(random.uniform(0.05, 0.4))
        await call.answers()
        voice = await call.until_hears(CALLER)
        if not voice:
            return
        caller = callers[int(voice.removeprefix(CALLER))]
        if caller.had_a_clerk:
            await call.passes(LONG_ENOUGH)
            return
        caller.had_a_clerk = True
        await call.passes(LONG_ENOUGH)
        await caller.wish.deed(Clerking(call, screen, caller.number, voice))

    return act


async def _takes_it(call: RungLightCall) -> None:
    call.rings()
    await call.passes(random.uniform(0.05, 0.4))
    await call.answers()
    heard = await call.until_hears("whisper.keys", "consulted")
    if heard == "whisper.keys":
        await call.presses("1")
    await call.passes(90.0)


async def _declines_by_key(call: RungLightCall) -> None:
    call.rings()
    await call.answers()
    if await call.until_hears("whisper.keys"):
        await call.presses("2")
    await call.passes(5.0)


async def _puts_down_while_told(call: RungLightCall) -> None:
    call.rings()
    await call.answers()
    await call.until_hears("whisper")


async def _voicemail(call: RungLightCall) -> None:
    call.rings()
    await call.answers()
    await call.passes(MACHINE)


async def _never_answers(call: RungLightCall) -> None:
    call.rings()
    await call.passes(20.0)


async def _busy(call: RungLightCall) -> None:
    call.refuses("486")
    await call.passes(2.0)


async def _declines(call: RungLightCall) -> None:
    call.rings()
    await call.passes(0.2)
    call.refuses("603")
    await call.passes(2.0)


_ACTS: dict[Behaviour, Act] = {
    Behaviour.TAKES_IT: _takes_it,
    Behaviour.BUSY: _busy,
    Behaviour.DECLINES: _declines,
    Behaviour.NEVER_ANSWERS: _never_answers,
    Behaviour.VOICEMAIL: _voicemail,
    Behaviour.DECLINES_BY_KEY: _declines_by_key,
    Behaviour.HANGS_UP_WHILE_ANNOUNCED: _puts_down_while_told,
}


def colleagues() -> dict[str, Act]:
    """What the colleague at each extension does; who is not registered is not among them."""
    return {extension: _ACTS[how] for extension, how in BEHAVES.items() if how in _ACTS}
