"""A trunk that nobody on the way can read: SIP over TLS with certificates checked, audio by SRTP.

The operator is a TLS server of Python's at its usual address, with a certificate of an authority made for this test.
"""

import re
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pbx_config import Secrecy, Tls, Trunk
from tests.asterisk.raw_phone import RawPhone
from tests.asterisk.raw_sip import Party
from tests.pbx.asterisk import CITY, PHONES, Pbx
from tests.pbx.ports import free_tcp_port
from tests.phones.sip.message import Message

ME, MOBILE, LINE = PHONES[1], "600100200", "447327700"
HALL_NAME = "pbx.hall.example"


def openssl(*arguments: str | Path) -> None:
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)


class Authority:
    """Somebody who vouches for others, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder, self.certificate = folder, folder / "ca.pem"
        self._key = folder / "ca.key"
        subject = ("-subj", f"/CN=Authority of {folder.name}")
        openssl("req", "-x509", *_NEW_KEY, "-keyout", self._key, "-out", self.certificate, *subject)

    def vouches(self, name: str, *, as_what: str) -> tuple[Path, Path]:
        """A certificate and its key, for a name or an address (`IP:...`, `DNS:...`)."""
        key, request, certificate = (self.folder / f"{name}.{kind}" for kind in ("key", "csr", "pem"))
        openssl("req", *_NEW_KEY, "-keyout", key, "-out", request, "-subj", f"/CN={name}")
        extra = self.folder / f"{name}.ext"
        extra.write_text(f"subjectAltName={as_what}\n")
        signed = ("-CA", self.certificate, "-CAkey", self._key, "-CAcreateserial", "-days", "2")
        openssl("x509", "-req", "-in", request, *signed, "-extfile", extra, "-out", certificate)
        return certificate, key


_NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tls") / "known")


@pytest.fixture(scope="module")
def ours(authority: Authority) -> Tls:
    certificate, key = authority.vouches("hall", as_what=f"DNS:{HALL_NAME}")
    return Tls(certificate=certificate, key=key, authorities=authority.certificate, port=free_tcp_port())


class Operator:
    """The network operator's TLS server; each connection is taken when it is asked for."""

    def __init__(self, certificate: Path, key: Path) -> None:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate, key)
        self._listening = socket.create_server((CITY, 0))
        self._listening.settimeout(10)
        self.port = int(self._listening.getsockname()[1])

    def close(self) -> None:
        self._listening.close()

    @contextmanager
    def connected(self) -> Iterator[ssl.SSLSocket]:
        """The next connection, once both sides have agreed; raises ssl.SSLError or OSError if they do not."""
        plain, _ = self._listening.accept()
        plain.settimeout(10)
        with self._context.wrap_socket(plain, server_side=True) as secret:
            yield secret


@pytest.fixture
def operator(authority: Authority) -> Iterator[Operator]:
    operator = Operator(*authority.vouches("operator", as_what=f"IP:{CITY}"))
    yield operator
    operator.close()


def messages(connection: ssl.SSLSocket) -> Iterator[Message]:
    """Each SIP message of a stream (RFC 3261 §18.3: Content-Length tells its end)."""
    data = b""
    while True:
        head, end, body = data.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)^content-length: *(\d+)", head, re.MULTILINE)
        if end and length and len(body) >= int(length[1]):
            whole = len(head) + len(end) + int(length[1])
            yield Message.parse(data[:whole])
            data = data[whole:]
            continue
        more = connection.recv(65535)
        assert more, f"the connection was closed after {data!r}"
        data += more


def refuse(connection: ssl.SSLSocket, invite: Message) -> None:
    """486, so that the call ends."""
    kept = [f"{name}: {invite.get(name)}" for name in ("Via", "From", "Call-ID", "CSeq")]
    lines = ["SIP/2.0 486 Busy Here", *kept, f"To: {invite.get('To')};tag=op", "Content-Length: 0", "", ""]
    connection.sendall("\r\n".join(lines).encode())


def secret_pbx(
    new_pbx: Callable[..., Pbx], operator: Operator, ours: Tls, secrecy: Secrecy = Secrecy.SRTP
) -> Pbx:
    trunk = Trunk(host=CITY, port=operator.port, secrecy=secrecy)
    return new_pbx(city_trunk=trunk, tls=ours, hall_trunk=None)


def test_a_call_outside_goes_over_tls_and_offers_srtp_alone(
    new_pbx: Callable[..., Pbx], operator: Operator, ours: Tls
) -> None:
    pbx = secret_pbx(new_pbx, operator, ours)
    with RawPhone("127.0.0.1", pbx.sip_port, user=ME) as phone:
        phone.registers(pbx.phones[ME])
        phone.dials(MOBILE, "secret", pbx.phones[ME])
        with operator.connected() as connection:
            invite = next(messages(connection))
            refuse(connection, invite)
            assert phone.final().status == 486
    assert invite.first.startswith(f"INVITE sip:+48{MOBILE}@{CITY}:{operator.port}")
    assert "SIP/2.0/TLS" in invite.get("Via")
    assert "RTP/SAVP " in invite.body
    assert re.search(r"a=crypto:\d+ AES_CM_128_HMAC_SHA1_80 inline:\S+", invite.body)


def test_tls_alone_leaves_the_audio_as_it_is(
    new_pbx: Callable[..., Pbx], operator: Operator, ours: Tls
) -> None:
    pbx = secret_pbx(new_pbx, operator, ours, Secrecy.TLS)
    with RawPhone("127.0.0.1", pbx.sip_port, user=ME) as phone:
        phone.registers(pbx.phones[ME])
        phone.dials(MOBILE, "half-secret", pbx.phones[ME])
        with operator.connected() as connection:
            invite = next(messages(connection))
            refuse(connection, invite)
            assert phone.final().status == 486
    assert "RTP/AVP " in invite.body
    assert "a=crypto" not in invite.body


def test_an_operator_for_whom_nobody_vouches_is_told_nothing(
    new_pbx: Callable[..., Pbx], ours: Tls, tmp_path: Path
) -> None:
    stranger = Operator(*Authority(tmp_path / "unknown").vouches("operator", as_what=f"IP:{CITY}"))
    pbx = secret_pbx(new_pbx, stranger, ours)
    with RawPhone("127.0.0.1", pbx.sip_port, user=ME) as phone:
        phone.registers(pbx.phones[ME])
        phone.dials(MOBILE, "stranger", pbx.phones[ME])
        told = b""
        try:
            with stranger.connected() as connection:
                told = connection.recv(65535)
        except (ssl.SSLError, ConnectionError):
            pass
        assert phone.final().status == 503
    stranger.close()
    assert told == b""


def test_the_operators_own_call_comes_over_tls_and_without_srtp_is_refused(
    new_pbx: Callable[..., Pbx], operator: Operator, ours: Tls, authority: Authority
) -> None:
    pbx = secret_pbx(new_pbx, operator, ours)
    context = ssl.create_default_context(cafile=str(authority.certificate))
    with (
        Party(CITY, pbx.sip_port) as citizen,
        socket.create_connection(("127.0.0.1", ours.port), timeout=10, source_address=(CITY, 0)) as plain,
        context.wrap_socket(plain, server_hostname=HALL_NAME) as connection,
    ):
        lines = [
            f"INVITE sip:{LINE}@127.0.0.1:{ours.port} SIP/2.0",
            f"Via: SIP/2.0/TLS {CITY}:5061;branch=z9hG4bK-tls-in",
            "Max-Forwards: 70",
            f"From: <sip:+48600700800@{CITY}>;tag=tls",
            f"To: <sip:{LINE}@127.0.0.1>",
            "Call-ID: tls-in",
            "CSeq: 1 INVITE",
            f"Contact: <sip:city@{CITY}:5061;transport=tls>",
            "Content-Type: application/sdp",
            f"Content-Length: {len(citizen.sdp)}",
            "",
            citizen.sdp,
        ]
        connection.sendall("\r\n".join(lines).encode())
        answers = (message.status for message in messages(connection))
        assert next(status for status in answers if status >= 200) == 488


def test_asterisk_has_loaded_what_was_asked_for(
    new_pbx: Callable[..., Pbx], operator: Operator, ours: Tls
) -> None:
    pbx = secret_pbx(new_pbx, operator, ours)
    endpoint = pbx.cli("pjsip show endpoint city")
    assert re.search(r"media_encryption\s+: sdes", endpoint)
    assert re.search(r"^ transport\s+: tls", endpoint, re.MULTILINE)
    transport = pbx.cli("pjsip show transport tls")
    assert re.search(r"verify_server\s+: Yes", transport)
    assert re.search(r"method\s+: tlsv1_2", transport)
    assert not re.findall(r".*(?:WARNING|ERROR).*", pbx.log.read_text())


def test_nobody_who_did_not_ask_for_it_gets_it(new_pbx: Callable[..., Pbx]) -> None:
    pbx = new_pbx()
    assert "tls" not in pbx.cli("pjsip show transports")
    assert "res_srtp.so" not in pbx.cli("module show like srtp")
