"""The phones' SIP over real sockets: what is lost is sent again, and what comes twice is answered as before."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field

import pytest

from tests.fakes.memory.bell import Bell
from tests.pbx.ports import free_udp_port
from tests.phones.sip.digest import credentials
from tests.phones.sip.message import Message, tag_in, uri_in
from tests.phones.sip.sdp import Flow, audio_at, flow_in, session
from tests.phones.sip.user_agent import UserAgent
from tests.phones.sip.wire import Wire

HOST = "127.0.0.1"


@dataclass(slots=True)
class Server:
    """The other side: sees every datagram, answers when told to."""

    port: socket.socket
    got: list[Message] = field(default_factory=list)
    asked: list[Message] = field(default_factory=list)
    """What the user agent takes for a new request."""
    bell: Bell = field(default_factory=Bell)
    heard_from: tuple[str, int] = (HOST, 0)

    def receive(self) -> None:
        datagram, self.heard_from = self.port.recvfrom(65535)
        self.got.append(Message.parse(datagram))
        self.bell.ring()

    def is_asked(self, request: Message) -> None:
        self.asked.append(request)
        self.bell.ring()

    async def has(self, *firsts: str) -> None:
        assert await self.bell.until(lambda: len(self.got) >= len(firsts), 5)
        assert [message.first for message in self.got] == list(firsts)

    async def has_asked(self, *methods: str) -> None:
        assert await self.bell.until(lambda: len(self.asked) >= len(methods), 5)
        assert [message.method for message in self.asked] == list(methods)

    def says(self, message: Message) -> None:
        self.port.sendto(message.to_bytes(), self.heard_from)

    def answers(self, request: Message, status: str) -> None:
        same = tuple((name, request.get(name)) for name in ("Via", "From", "Call-ID", "CSeq"))
        more = (("To", f"{request.get('To')};tag=theirs"), ("Contact", f"<sip:line@{HOST}:9>"))
        self.says(Message(f"SIP/2.0 {status}", (*same, *more)))


@pytest.fixture
def server() -> Iterator[Server]:
    """A plain socket in the place of Asterisk."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as port:
        port.bind((HOST, 0))
        port.setblocking(False)
        yield Server(port)


@pytest.fixture
async def agent(server: Server) -> AsyncIterator[UserAgent]:
    """Number 201, which takes whatever it is asked, and does not answer by itself."""
    loop = asyncio.get_running_loop()
    loop.add_reader(server.port, server.receive)
    free = (HOST, free_udp_port())
    agent = UserAgent("201", Wire.at(free, server.port.getsockname()), server.is_asked)
    server.heard_from = free
    yield agent
    agent.close()
    loop.remove_reader(server.port)


def request(method: str, *, branch: str = "z9hG4bK1", number: int = 1) -> Message:
    """A request as either side may send it."""
    return Message(
        f"{method} sip:201@{HOST} SIP/2.0",
        (
            ("Via", f"SIP/2.0/UDP {HOST}:9;branch={branch}"),
            ("From", f"<sip:100@{HOST}>;tag=mine"),
            ("To", f"<sip:201@{HOST}>"),
            ("Call-ID", "a-call"),
            ("CSeq", f"{number} {method}"),
        ),
    )


async def test_a_request_is_sent_until_it_is_answered(agent: UserAgent, server: Server) -> None:
    told: list[int] = []
    agent.asks(request("BYE"), lambda response: told.append(response.status))
    await server.has(*["BYE sip:201@127.0.0.1 SIP/2.0"] * 2)
    for _ in range(2):
        server.answers(server.got[0], "200 OK")
    server.says(request("OPTIONS"))
    await server.has_asked("OPTIONS")
    assert told == [200]


async def test_each_success_of_an_invite_gets_the_same_ack(agent: UserAgent, server: Server) -> None:
    told: list[int] = []
    agent.asks(request("INVITE"), lambda response: told.append(response.status))
    invite, ack = f"INVITE sip:201@{HOST} SIP/2.0", f"ACK sip:line@{HOST}:9 SIP/2.0"
    await server.has(invite)
    server.answers(server.got[0], "180 Ringing")
    server.answers(server.got[0], "200 OK")
    server.answers(server.got[0], "200 OK")
    await server.has(invite, ack, ack)
    assert server.got[1] == server.got[2]
    assert server.got[1].transaction[0] != server.got[0].transaction[0]
    assert tag_in(server.got[1].get("To")) == "theirs"
    assert told == [180, 200]


async def test_the_ack_of_a_failure_belongs_to_its_invite(agent: UserAgent, server: Server) -> None:
    agent.asks(request("INVITE"), lambda _: None)
    await server.has(f"INVITE sip:201@{HOST} SIP/2.0")
    server.answers(server.got[0], "486 Busy Here")
    await server.has(f"INVITE sip:201@{HOST} SIP/2.0", f"ACK sip:201@{HOST} SIP/2.0")
    assert server.got[1].transaction[0] == server.got[0].transaction[0]


async def test_what_comes_twice_is_asked_once_and_answered_twice(agent: UserAgent, server: Server) -> None:
    server.says(request("OPTIONS"))
    await server.has_asked("OPTIONS")
    agent.answers(server.asked[0], "200 OK", tag="ours")
    server.says(request("OPTIONS"))
    await server.has("SIP/2.0 200 OK", "SIP/2.0 200 OK")
    await server.has_asked("OPTIONS")
    assert tag_in(server.got[0].get("To")) == "ours"


async def test_the_answer_to_an_invite_is_said_until_its_ack(agent: UserAgent, server: Server) -> None:
    server.says(request("INVITE"))
    await server.has_asked("INVITE")
    agent.answers(server.asked[0], "200 OK", tag="ours")
    await server.has("SIP/2.0 200 OK", "SIP/2.0 200 OK")
    server.says(request("ACK", branch="z9hG4bK2"))
    await server.has_asked("INVITE", "ACK")
    server.says(request("OPTIONS", branch="z9hG4bK3", number=2))
    await server.has_asked("INVITE", "ACK", "OPTIONS")
    assert len(server.got) == 2


async def test_who_is_deaf_takes_nothing_and_says_nothing(agent: UserAgent, server: Server) -> None:
    """And one wire serves many: who hears is told by the number dialled."""
    asked: list[Message] = []
    bell = Bell()

    def is_asked(request: Message) -> None:
        asked.append(request)
        bell.ring()

    other = UserAgent("1202", Wire.at(server.heard_from, server.port.getsockname()), is_asked)
    agent.deaf = True
    agent.asks(request("BYE"), lambda _: None)
    server.says(request("OPTIONS"))
    server.says(Message("INVITE sip:1202@h SIP/2.0", (("Call-ID", "another"), ("CSeq", "1 INVITE"))))
    assert await bell.until(lambda: bool(asked), 5)
    other.close()
    assert (server.got, server.asked) == ([], [])


def test_a_message_there_and_back() -> None:
    message = Message("INVITE sip:%2A11@host SIP/2.0", (("From", '"Łoś" <sip:1@h:5>;tag=t'),), "zażółć")
    again = Message.parse(message.to_bytes())
    assert again.body == message.body
    assert again.dialled == "*11"
    assert (uri_in(again.get("from")), tag_in(again.get("from"))) == ("sip:1@h:5", "t")
    assert again.get("Content-Length") == str(len(message.body.encode()))


def test_hold_as_the_other_side_sees_it() -> None:
    for flow in Flow:
        body = session(HOST, 4000, flow)
        assert (flow_in(body), audio_at(body)) == (flow, (HOST, 4000))
        assert flow.answer.answer is flow
    assert Flow.OUT.answer is Flow.IN
    assert flow_in("v=0") is Flow.BOTH


def test_the_digest_of_a_secret() -> None:
    """The formula of RFC 2617 §3.2.2, worked out by another program."""
    challenge = 'Digest realm="asterisk",nonce="1/ab",opaque="cd",algorithm=MD5,qop="auth"'
    said = credentials(challenge, "201", "secret", "REGISTER", "sip:127.0.0.1")
    assert 'response="7f5c0b49e17fa52d640b8f1d98219952"' in said
    assert said.startswith(
        'Digest username="201", realm="asterisk", nonce="1/ab", opaque="cd", uri="sip:127.0.0.1"'
    )
