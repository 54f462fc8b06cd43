"""A dialog: what two parties say to each other under one Call-ID (RFC 3261 §12).

A registration is one too, as far as this goes: the same Call-ID, and numbers that grow (§10.2.4).
"""

import asyncio
import secrets
from urllib.parse import quote

from tests.phones.sip.digest import credentials
from tests.phones.sip.message import Headers, Message, tag_in, uri_in
from tests.phones.sip.user_agent import Told, UserAgent

NOTICED = 15.0
"""Seconds within which any request must have its final answer."""

CHALLENGES = {401: ("WWW-Authenticate", "Authorization"), 407: ("Proxy-Authenticate", "Proxy-Authorization")}
"""What a challenge is called, and its answer."""


class Dialog:
    """One side's view of it."""

    def __init__(self, agent: UserAgent, *, local: str, remote: str, target: str, secret: str = "") -> None:
        """`local` and `remote` are headers without a tag; `target` is the address that requests go to."""
        self.agent = agent
        self.call_id = secrets.token_hex(12)
        self.local, self.remote, self.target = local, remote, target
        self.local_tag, self.remote_tag = secrets.token_hex(6), ""
        self._secret = secret
        self._number = 0
        self._invite: Message | None = None

    @classmethod
    def placed(cls, agent: UserAgent, number: str, *, secret: str, host: str) -> "Dialog":
        """A dialog that is begun with a call to this number."""
        target = address(number, agent.server)
        return cls(
            agent,
            local=f"<{address(agent.number, host)}>",
            remote=f"<{target}>",
            target=target,
            secret=secret,
        )

    @classmethod
    def of(cls, agent: UserAgent, invite: Message, *, secret: str) -> "Dialog":
        """The dialog that an INVITE from outside begins."""
        sender = invite.get("From")
        dialog = cls(
            agent,
            local=invite.get("To"),
            remote=sender.partition(";tag=")[0],
            target=uri_in(invite.get("Contact")),
            secret=secret,
        )
        dialog.call_id, dialog.remote_tag = invite.call_id, tag_in(sender)
        return dialog

    def asks(
        self, method: str, *, told: Told, headers: Headers = (), body: str = "", target: str = ""
    ) -> None:
        """Send a request; a challenge is answered by itself, and everything else told."""
        self._number += 1
        uri = target or self.target

        def answered(response: Message) -> None:
            if response.status in CHALLENGES and self._secret and not tried:
                name, answer = CHALLENGES[response.status]
                words = credentials(response.get(name), self.agent.number, self._secret, method, uri)
                self.asks(method, told=told, headers=(*headers, (answer, words)), body=body, target=target)
                return
            if method == "INVITE" and response.status > 100:
                self._learns(response)
            told(response)

        tried = any(name.endswith("Authorization") for name, _ in headers)
        request = Message(
            f"{method} {uri} SIP/2.0",
            (
                ("Via", self.agent.via()),
                ("Max-Forwards", "70"),
                ("From", f"{self.local};tag={self.local_tag}"),
                ("To", self.remote + (f";tag={self.remote_tag}" if self.remote_tag else "")),
                ("Call-ID", self.call_id),
                ("CSeq", f"{self._number} {method}"),
                ("Contact", f"<{self.agent.contact}>"),
                *headers,
            ),
            body,
        )
        if method == "INVITE":
            self._invite = request
        self.agent.asks(request, answered)

    async def answer_to(
        self, method: str, *, headers: Headers = (), body: str = "", target: str = ""
    ) -> Message:
        """Send a request and wait for its final answer."""
        answer: asyncio.Future[Message] = asyncio.get_running_loop().create_future()

        def told(response: Message) -> None:
            if response.status >= 200 and not answer.done():
                answer.set_result(response)

        self.asks(method, told=told, headers=headers, body=body, target=target)
        try:
            async with asyncio.timeout(NOTICED):
                return await answer
        except TimeoutError:
            raise AssertionError(f"no answer to {method} within {NOTICED:.0f} s") from None

    def cancels(self) -> None:
        """Take the last INVITE back (RFC 3261 §9.1); its own final answer tells what came of that."""
        assert self._invite is not None
        invite = self._invite
        same = ("Via", "Max-Forwards", "From", "To", "Call-ID")
        headers = tuple(header for header in invite.headers if header[0] in same)
        uri = invite.first.split()[1]
        self.agent.asks(
            Message(f"CANCEL {uri} SIP/2.0", (*headers, ("CSeq", f"{invite.number} CANCEL"))), nothing
        )

    def _learns(self, response: Message) -> None:
        """The other side's tag and address."""
        if response.status < 300:
            self.remote_tag = tag_in(response.get("To"))
            self.target = uri_in(response.get("Contact")) or self.target


def nothing(_: Message) -> None:
    """For a request of which no answer changes anything."""


def address(number: str, host: str) -> str:
    """A number at a host, as SIP writes it (`#` must be escaped, `*` need not)."""
    return f"sip:{quote(number, safe='*+')}@{host}"
