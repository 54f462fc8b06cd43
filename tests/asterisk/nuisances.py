"""Bad callers and bad phones: each is a nuisance that goes on in a thread of its own for as long as a block lasts.

And the bystander beside them: somebody who calls again and again, politely, from another number each time, and
measures how long the line takes to answer.
"""

import asyncio
import select
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count

from tests.asterisk.raw_phone import RawPhone
from tests.asterisk.raw_sip import Party
from tests.pbx.asterisk import CITY, Pbx
from tests.phones.rtp import KeyEvent, Packet
from tests.phones.sip.message import Message, tag_in

THE_HALL = "447327700"
_KEYS_TYPE = 101

Goes = Callable[[], bool]
"""Whether the nuisance still goes on."""


@asynccontextmanager
async def goes_on(nuisance: Callable[[Goes], None]) -> AsyncIterator[None]:
    """It goes on inside the block, in a thread of its own; what it raises fails the test."""
    over = threading.Event()
    going = asyncio.create_task(asyncio.to_thread(nuisance, lambda: not over.is_set()))
    try:
        yield
    finally:
        over.set()
        await asyncio.wait({going})
    going.result()


def answers(pbx: Pbx, times: int, every: float) -> list[float]:
    """Seconds from INVITE to 200 OK of so many calls, each from a number of its own, `every` seconds apart."""
    took = []
    for number in range(times):
        with Party(CITY, pbx.sip_port, user=f"60333{time.monotonic_ns() % 10_000:04}") as bystander:
            began = time.monotonic()
            call = f"bystander-{number}"
            bystander.request("INVITE", call, to=THE_HALL, body=bystander.sdp)
            answer = bystander.final(seconds=15)
            took.append(time.monotonic() - began)
            assert answer.status == 200, answer.first
            bystander.acknowledges(THE_HALL, call, answer)
            bystander.hangs_up(THE_HALL, call, answer)
        select.select([], [], [], max(0.0, began + every - time.monotonic()))
    return took


class Dialler(Party):
    """Dials on and on, so many times a second, and takes whatever comes: an answer, a refusal, a BYE."""

    def dials_on(self, goes: Goes, per_second: float) -> None:
        """Until it is over; then whatever is up is put down."""
        self.dialled = self.answered = self.refused = 0
        up: dict[str, tuple[str, Message]] = {}
        began = time.monotonic()
        while goes():
            if time.monotonic() - began >= self.dialled / per_second:
                self.dialled += 1
                self.request("INVITE", f"again-{self.dialled}", to=THE_HALL, body=self.sdp)
            self._take(up, 0.5 / per_second)
        for call, answer in up.values():
            self.request("BYE", call, to=THE_HALL, tag=tag_in(answer.get("To")))
        until = time.monotonic() + 2
        while time.monotonic() < until and self._take(up, 0.2):
            pass

    def _take(self, up: dict[str, tuple[str, Message]], seconds: float) -> bool:
        if not select.select([self.sip], [], [], seconds)[0]:
            return False
        message = Message.parse(self.sip.recv(65535))
        call_id = message.get("Call-ID")
        call = call_id.rsplit("-", 1)[0]
        if message.first.startswith("BYE "):
            up.pop(call_id, None)
            self.reply(message, "200 OK")
        elif message.method == "INVITE" and message.status >= 200:
            if message.status == 200 and call_id not in up:
                self.answered += 1
                up[call_id] = (call, message)
            self.refused += message.status == 486
            self._cseq_of(message)
        return True

    def _cseq_of(self, answer: Message) -> None:
        """ACK with the number of its own INVITE, for many are under way."""
        call = answer.get("Call-ID").rsplit("-", 1)[0]
        now, self._cseq = self._cseq, answer.number
        self.acknowledges(THE_HALL, call, answer)
        self._cseq = now


def answers_and_drops(party: Party) -> Callable[[Goes], None]:
    """A caller who calls, is answered, and hangs up, one call after another, as fast as it goes."""

    def nuisance(goes: Goes) -> None:
        for number in count():
            if not goes():
                return
            answer = party.calls(THE_HALL, f"drops-{number}")
            if answer.status == 200:
                party.hangs_up(THE_HALL, f"drops-{number}", answer)

    return nuisance


def floods_with_keys(party: Party, answer: Message, keys: int, seconds: float) -> None:
    """So many keys in so many seconds by RFC 4733: one packet that begins each, and one that ends it."""
    port, began = answer.audio_port, time.monotonic()
    for number in range(keys):
        for packet, ended in enumerate((False, True)):
            event = KeyEvent("0123456789*#"[number % 12], 160 * (1 + packet), ended=ended)
            datagram = Packet(
                _KEYS_TYPE, 2 * number + packet, 1600 * number, 4711, event.to_bytes(), marker=not ended
            )
            party.audio.sendto(datagram.to_bytes(), ("127.0.0.1", port))
        select.select([], [], [], max(0.0, began + (number + 1) * seconds / keys - time.monotonic()))


def floods_with_info(party: Party, call: str, answer: Message, keys: int, seconds: float) -> None:
    """The same as SIP INFO; what is answered to them is passed over."""
    began, kind = time.monotonic(), {"Content-Type": "application/dtmf-relay"}
    for number in range(keys):
        body = f"Signal={'0123456789*#'[number % 12]}\r\nDuration=100\r\n"
        party.request("INFO", call, to=THE_HALL, tag=tag_in(answer.get("To")), extra=kind, body=body)
        until = began + (number + 1) * seconds / keys
        while select.select([party.sip], [], [], max(0.0, until - time.monotonic()))[0]:
            party.sip.recv(65535)


def flaps(phone: RawPhone, secret: str) -> Callable[[Goes], None]:
    """A phone that registers on and on, as fast as it is answered."""

    def nuisance(goes: Goes) -> None:
        while goes():
            phone.registers(secret)

    return nuisance
