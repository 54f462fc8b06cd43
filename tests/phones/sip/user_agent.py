"""A user agent: who sends requests until they are answered, and answers a repeated one as before (RFC 3261 §17)."""

import asyncio
import secrets
from collections.abc import Callable, Hashable

from tests.phones.sip.message import Headers, Message, tag_in, uri_in
from tests.phones.sip.wire import Wire

T1, T2 = 0.5, 4.0
"""Seconds until a message is sent again: first, and at most (RFC 3261 §17.1.1.1)."""

LONGEST = 32.0
"""Seconds after which nothing is sent again."""

ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, REFER, NOTIFY"
Told = Callable[[Message], None]
"""Takes each new response to a request."""


class UserAgent:
    """One phone's SIP: transactions, and nothing of calls. `asked` gets each new request (an ACK too)."""

    def __init__(self, number: str, wire: Wire, asked: Callable[[Message], None]) -> None:
        self.number = number
        self.deaf = False
        """Deaf, it takes nothing and says nothing, as an unplugged phone."""
        self._wire, self._asked = wire, asked
        self._requests: dict[tuple[str, str], tuple[Message, Told]] = {}
        self._answered: set[tuple[str, str]] = set()
        self._acks: dict[tuple[str, str], Message] = {}
        self._said: dict[tuple[str, str], Message] = {}
        self._again: dict[Hashable, asyncio.TimerHandle] = {}
        wire.join(self)

    def close(self) -> None:
        """Leave the wire."""
        for key in tuple(self._again):
            self._stop(key)
        self._wire.leave(self)

    @property
    def server(self) -> str:
        """host:port of whom it talks with."""
        return "{}:{}".format(*self._wire.server)

    @property
    def contact(self) -> str:
        """Where it is reached."""
        return "sip:{}@{}:{}".format(self.number or "phone", *self._wire.address)

    def via(self) -> str:
        """The Via header of a new request."""
        return "SIP/2.0/UDP {}:{};rport;branch=z9hG4bK{}".format(*self._wire.address, secrets.token_hex(8))

    def asks(self, request: Message, told: Told) -> None:
        """Send a request, again and again until it is answered."""
        self._requests[request.transaction] = request, told
        self._repeats(request.transaction, request)

    def answers(
        self, request: Message, status: str, *, tag: str = "", headers: Headers = (), body: str = ""
    ) -> None:
        """Answer a request ("486 Busy Here"); the last answer to an INVITE is repeated until its ACK."""
        to = request.get("To")
        final = not status.startswith("1")
        response = Message(
            f"SIP/2.0 {status}",
            (
                *(("Via", via) for via in request.all("Via")),
                ("From", request.get("From")),
                ("To", to if tag_in(to) or not tag else f"{to};tag={tag}"),
                ("Call-ID", request.call_id),
                ("CSeq", request.get("CSeq")),
                ("Allow", ALLOW),
                *headers,
            ),
            body,
        )
        self._said[request.transaction] = response
        if final and request.method == "INVITE":
            self._repeats((request.call_id, request.number), response)
        else:
            self._send(response)

    def takes(self, message: Message) -> None:
        """A message came from the wire."""
        if self.deaf:
            return
        if message.status:
            self._is_answered(message)
        elif message.method == "ACK":
            self._stop((message.call_id, message.number))
            self._asked(message)
        elif message.transaction in self._said:
            self._send(self._said[message.transaction])
        else:
            self._asked(message)

    def _is_answered(self, response: Message) -> None:
        key = response.transaction
        if key not in self._requests:
            return
        request, told = self._requests[key]
        if response.status >= 200 or request.method == "INVITE":
            self._stop(key)
        if response.status >= 200 and request.method == "INVITE":
            self._send(self._acks.setdefault(key, self._ack(request, response)))
        if key not in self._answered:
            if response.status >= 200:
                self._answered.add(key)
            told(response)

    def _ack(self, request: Message, response: Message) -> Message:
        """What ends the handshake of an INVITE: of a success in the dialog, of a failure in the transaction."""
        taken = response.status < 300
        uri = uri_in(response.get("Contact")) if taken else request.first.split()[1]
        return Message(
            f"ACK {uri} SIP/2.0",
            (
                ("Via", self.via() if taken else request.get("Via")),
                ("Max-Forwards", "70"),
                ("From", request.get("From")),
                ("To", response.get("To")),
                ("Call-ID", request.call_id),
                ("CSeq", f"{request.number} ACK"),
            ),
        )

    def _repeats(self, key: Hashable, message: Message, after: float = T1, passed: float = 0.0) -> None:
        self._send(message)
        if passed < LONGEST:
            wait = min(after, T2)
            self._again[key] = asyncio.get_running_loop().call_later(
                wait, self._repeats, key, message, 2 * wait, passed + wait
            )

    def _stop(self, key: Hashable) -> None:
        if timer := self._again.pop(key, None):
            timer.cancel()

    def _send(self, message: Message) -> None:
        if not self.deaf:
            self._wire.send(message, self)
