"""Who gets out of the building, and who does not: seen where the outside would be rung.

The outside is a socket at the network operator's address. A call that must not leave has left no INVITE there, after
Asterisk has answered whoever tried.
"""

import hashlib
import re
import time
from collections.abc import Callable, Iterator

import pytest

from pbx_config import Account, NumberForm, Trunk
from pbx_trunks import HELP_SILENCE
from tests.asterisk.bare_service import Service, connected
from tests.asterisk.raw_phone import RawPhone, registered
from tests.asterisk.raw_sip import Party, is_heard
from tests.pbx.asterisk import CITY, HALL, PHONES, PUBLIC, Pbx
from tests.phones.sip.message import Message

LINE = "447327700"
MOBILE = "600100200"
ME, COLLEAGUE = PHONES[1], PHONES[2]


@pytest.fixture
def outside(pbx: Pbx) -> Iterator[Party]:
    """The network operator, where calls to the outside arrive."""
    with Party(CITY, pbx.sip_port, port=pbx.city_port) as party:
        yield party


@pytest.fixture
def phone(pbx: Pbx) -> Iterator[RawPhone]:
    with registered(pbx, ME) as party:
        yield party


@pytest.fixture
def colleague(pbx: Pbx) -> Iterator[RawPhone]:
    with registered(pbx, COLLEAGUE) as party:
        yield party


def taken(phone: RawPhone, outside: Party, number: str, secret: str) -> tuple[Message, Message]:
    """Dial a number, and have it taken outside: the INVITE there, and the answer here."""
    phone.dials(number, f"out-{number}", secret)
    invite = outside.asked("INVITE")
    outside.answers(invite)
    answer = phone.final()
    phone.acknowledges(number, f"out-{number}", answer)
    assert answer.status == 200
    return invite, answer


class TestHelp:
    @pytest.mark.parametrize("number", ["112", "999", "986", "0112", "+48112"])
    def test_is_called_without_the_service(
        self, pbx: Pbx, phone: RawPhone, outside: Party, number: str
    ) -> None:
        invite, answer = taken(phone, outside, number, pbx.phones[ME])
        assert invite.first.startswith(f"INVITE sip:{number[-3:]}@{CITY}:{pbx.city_port} ")
        assert is_heard(phone, answer.audio_port, outside)
        assert is_heard(outside, invite.audio_port, phone)

    async def test_is_called_past_the_service(self, pbx: Pbx, phone: RawPhone, outside: Party) -> None:
        async with connected(pbx) as service:
            taken(phone, outside, "112", pbx.phones[ME])
            channels = {each["id"]: each for each in await service.ask("GET", "channels")}  # some come twice
            (channel,) = [each for each in channels.values() if each["name"].startswith(f"PJSIP/{ME}-")]
            assert channel["dialplan"]["app_name"] == "Dial"

    def test_sees_whom_to_call_back_whatever_the_phone_says(
        self, pbx: Pbx, phone: RawPhone, outside: Party
    ) -> None:
        phone.dials("112", "hidden", pbx.phones[ME], sender='"Anonymous" <sip:anonymous@anonymous.invalid>')
        invite = outside.asked("INVITE")
        assert f"<sip:{PUBLIC}@" in invite.get("From")
        assert "Telefon" not in str(invite)

    def test_is_called_through_the_halls_other_pbx_if_the_operator_fails(
        self, pbx: Pbx, phone: RawPhone, outside: Party
    ) -> None:
        with Party(HALL, pbx.sip_port, port=pbx.hall_port) as hall:
            phone.dials("112", "second-way", pbx.phones[ME])
            outside.reply(outside.asked("INVITE"), "503 Service Unavailable")
            invite = hall.asked("INVITE")
            assert invite.first.startswith(f"INVITE sip:112@{HALL}:{pbx.hall_port} ")
            hall.answers(invite)
            assert phone.final().status == 200

    def test_is_called_through_the_halls_other_pbx_if_the_operator_is_silent(
        self, pbx: Pbx, phone: RawPhone, outside: Party
    ) -> None:
        """SIP itself would try for 32 s (RFC 3261 §17.1.1.2, timer B)."""
        with Party(HALL, pbx.sip_port, port=pbx.hall_port) as hall:
            phone.dials("999", "silent-way", pbx.phones[ME])
            began = time.monotonic()
            outside.asked("INVITE")
            invite = hall.next(lambda message: message.first.startswith("INVITE sip:999@"), seconds=25)
            assert HELP_SILENCE - 1 < time.monotonic() - began < HELP_SILENCE + 10
            hall.answers(invite)
            assert phone.final().status == 200

    def test_is_left_to_an_operator_who_has_said_anything_and_takes_their_time(
        self, pbx: Pbx, phone: RawPhone, outside: Party
    ) -> None:
        with Party(HALL, pbx.sip_port, port=pbx.hall_port) as hall:
            phone.dials("998", "slow-way", pbx.phones[ME])
            invite = outside.asked("INVITE")
            outside.reply(invite, "183 Session Progress")
            deadline = time.monotonic() + HELP_SILENCE + 20
            while any("help-silent" in name for name in pbx.channels()):
                assert time.monotonic() < deadline, "the watch goes on for ever"
            outside.answers(invite)
            assert phone.final().status == 200
            assert "998" not in hall.invites_so_far()

    def test_comes_through_when_a_phone_has_all_the_calls_it_may_have(
        self, pbx: Pbx, phone: RawPhone, outside: Party
    ) -> None:
        for number in ("600100201", "600100202"):
            taken(phone, outside, number, pbx.phones[ME])
        assert phone.invites_with_secret("600100203", "third", pbx.phones[ME]).status == 503
        taken(phone, outside, "112", pbx.phones[ME])
        assert [number[-3:] for number in outside.invites_so_far()] == ["201", "202", "112"]


class TestTheCountry:
    @pytest.mark.parametrize("before", ["", "0", "48", "+48", "0048"])
    def test_is_dialled_in_one_form_and_sees_the_halls_number(
        self, pbx: Pbx, phone: RawPhone, outside: Party, before: str
    ) -> None:
        invite, _ = taken(phone, outside, f"{before}{MOBILE}", pbx.phones[ME])
        assert invite.first.startswith(f"INVITE sip:+48{MOBILE}@{CITY}:{pbx.city_port} ")
        assert f"<sip:{PUBLIC}@" in invite.get("From")
        assert ME not in re.findall(r"sip:([^@>]+)@", str(invite.headers))

    @pytest.mark.parametrize(
        ("refusal", "told"),
        [("486 Busy Here", 486), ("404 Not Found", 404), ("503 Service Unavailable", 503)],
    )
    def test_a_number_that_fails_is_told_to_the_phone(
        self, pbx: Pbx, phone: RawPhone, outside: Party, refusal: str, told: int
    ) -> None:
        phone.dials(MOBILE, f"fails-{told}", pbx.phones[ME])
        outside.reply(outside.asked("INVITE"), refusal)
        assert phone.final().status == told

    def test_its_operator_may_want_other_forms_and_the_hall_may_allow_a_country(
        self, new_pbx: Callable[..., Pbx]
    ) -> None:
        pbx = new_pbx(number_form=NumberForm.NATIONAL, foreign_countries=("420",))
        with (
            RawPhone("127.0.0.1", pbx.sip_port, user=ME) as phone,
            Party(CITY, pbx.sip_port, port=pbx.city_port) as outside,
        ):
            phone.registers(pbx.phones[ME])
            for dialled in (f"+48{MOBILE}", "+420224810911", "00420224810912"):
                phone.dials(dialled, f"form-{dialled}", pbx.phones[ME])
                invite = outside.asked("INVITE")
                assert f"<sip:{PUBLIC.removeprefix('+48')}@" in invite.get("From")
                outside.reply(invite, "486 Busy Here")
                phone.acknowledges(dialled, f"form-{dialled}", phone.final())
            assert phone.invites_with_secret("+4930123456", "abroad", pbx.phones[ME]).status == 403
            assert outside.invites_so_far() == [MOBILE, "00420224810911", "00420224810912"]


class TestNothingElseGetsOut:
    @pytest.mark.parametrize(
        ("number", "told"),
        [
            ("700123456", 403),
            ("+48703123456", 403),
            ("400123456", 403),
            ("+4930123456", 403),
            ("0044207946", 403),
            ("118913", 503),
            ("1234567", 404),
            ("0118913", 404),
            ("*21600100200", 404),
        ],
    )
    def test_from_a_phone_of_ours(
        self, pbx: Pbx, phone: RawPhone, outside: Party, number: str, told: int
    ) -> None:
        assert phone.invites_with_secret(number, f"refused-{number}", pbx.phones[ME]).status == told
        assert outside.invites_so_far() == []

    @pytest.mark.parametrize("number", ["112", MOBILE, f"+48{MOBILE}"])
    def test_from_one_with_a_wrong_secret_or_none(self, pbx: Pbx, outside: Party, number: str) -> None:
        with RawPhone("127.0.0.1", pbx.sip_port, user=ME) as stranger:
            assert stranger.calls(number, f"none-{number}").status == 401
            assert stranger.invites_with_secret(number, f"wrong-{number}", "a-wrong-secret").status == 401
        assert outside.invites_so_far() == []

    @pytest.mark.parametrize("number", ["112", MOBILE, f"+48{MOBILE}", ME])
    def test_from_the_city(self, pbx: Pbx, phone: RawPhone, outside: Party, number: str) -> None:
        with Party(CITY, pbx.sip_port, user="+48447320009") as citizen:
            answer = citizen.calls(number, f"in-{number}", sender=f"<sip:{ME}@127.0.0.1>")
            assert answer.status == 200, "the line answers whatever was dialled"
            citizen.hangs_up(number, f"in-{number}", answer)
        assert outside.invites_so_far() == phone.invites_so_far() == []

    @pytest.mark.parametrize("number", ["112", MOBILE, f"+48{MOBILE}", "*11", LINE, "7755"])
    def test_from_the_halls_other_pbx(self, pbx: Pbx, outside: Party, number: str) -> None:
        with Party(HALL, pbx.sip_port, user="7700") as hall:
            assert hall.calls(number, f"hall-{number}").status == 404
        assert outside.invites_so_far() == []

    @pytest.mark.parametrize("target", ["112", MOBILE])
    def test_by_a_phone_that_forwards(
        self, pbx: Pbx, phone: RawPhone, colleague: RawPhone, outside: Party, target: str
    ) -> None:
        phone.dials(COLLEAGUE, f"fwd-{target}", pbx.phones[ME])
        elsewhere = {"Contact": f"<{colleague.line(target)}>"}
        colleague.reply(colleague.asked("INVITE"), "302 Moved Temporarily", extra=elsewhere)
        assert phone.final().status >= 400
        assert outside.invites_so_far() == []

    @pytest.mark.parametrize("target", ["112", MOBILE, COLLEAGUE])
    def test_by_a_transfer_without_the_service(
        self, pbx: Pbx, phone: RawPhone, colleague: RawPhone, outside: Party, target: str
    ) -> None:
        call = f"refer-{target}"
        phone.dials(COLLEAGUE, call, pbx.phones[ME])
        invite = colleague.asked("INVITE")
        colleague.answers(invite)
        answer = phone.final()
        phone.acknowledges(COLLEAGUE, call, answer)
        assert phone.refers(COLLEAGUE, call, answer, target).status == 202
        notify = phone.next(lambda message: "SIP/2.0 404" in message.body)
        phone.reply(notify, "200 OK")
        assert outside.invites_so_far() == []
        assert colleague.invites_so_far() == [COLLEAGUE]
        assert is_heard(colleague, invite.audio_port, phone), "the two talk on"

    def test_by_a_transfer_of_a_call_outside(self, pbx: Pbx, phone: RawPhone, outside: Party) -> None:
        invite, answer = taken(phone, outside, MOBILE, pbx.phones[ME])
        assert phone.refers(MOBILE, f"out-{MOBILE}", answer, "112").status == 202
        assert len(pbx.channels()) == 2
        assert is_heard(outside, invite.audio_port, phone), "the two talk on"
        assert outside.invites_so_far() == [f"+48{MOBILE}"]

    async def test_by_connecting_a_call_outside_with_one_of_the_service(
        self, pbx: Pbx, phone: RawPhone, outside: Party
    ) -> None:
        """The service is told of a consultation whose other end is no leg of its own, and nobody is moved."""
        _, far = taken(phone, outside, MOBILE, pbx.phones[ME])
        async with connected(pbx) as service:
            phone.dials(COLLEAGUE, "inside", pbx.phones[ME])
            channel = (await service.event("StasisStart"))["channel"]["id"]
            await service.ask("POST", f"channels/{channel}/answer")
            near = phone.final()
            phone.acknowledges(COLLEAGUE, "inside", near)
            assert phone.refers(MOBILE, f"out-{MOBILE}", far, COLLEAGUE, replacing=near).status == 202
            assert phone.refers(COLLEAGUE, "inside", near, MOBILE, replacing=far).status == 202
            transfer = await service.event("ChannelTransfer")
            assert transfer["referred_by"]["source_channel"]["id"] == channel
            assert "city" in transfer["refer_to"]["connected_channel"]["name"]
            assert len(pbx.channels()) == 3
        assert outside.invites_so_far() == [f"+48{MOBILE}"]

    @pytest.mark.parametrize("target", ["112", MOBILE])
    async def test_by_a_transfer_that_the_service_was_not_ready_for(
        self, pbx: Pbx, phone: RawPhone, outside: Party, target: str
    ) -> None:
        """Nobody told Asterisk that this leg's transfers are the service's: the endpoint itself says so."""
        async with connected(pbx) as service:
            await self._rung_and_referring(service, phone, target)
            transfer = await service.event("ChannelTransfer")
            assert transfer["refer_to"]["requested_destination"]["destination"] == target
            assert len(pbx.channels()) == 1
        assert outside.invites_so_far() == []

    async def _rung_and_referring(self, service: Service, phone: RawPhone, target: str) -> None:
        leg = await service.ring(f"PJSIP/{ME}")
        invite = phone.asked("INVITE")
        phone.answers(invite)
        await service.event("StasisStart", id=leg)
        headers = {
            "Via": f"SIP/2.0/UDP {phone.address};rport;branch=z9hG4bK-refer-{target}",
            "Max-Forwards": "70",
            "From": f"{invite.get('To')};tag=mine",
            "To": invite.get("From"),
            "Call-ID": invite.get("Call-ID"),
            "CSeq": "7 REFER",
            "Contact": f"<sip:{ME}@{phone.address}>",
            "Refer-To": f"<{phone.line(target)}>",
        }
        phone.send(f"REFER {invite.get('Contact').strip('<>')} SIP/2.0", headers)
        assert phone.final("REFER").status == 202


class TestTheOperator:
    def test_without_a_trunk_even_help_ends_at_once_and_says_so(self, new_pbx: Callable[..., Pbx]) -> None:
        pbx = new_pbx(city_trunk=None, hall_trunk=None)
        with RawPhone("127.0.0.1", pbx.sip_port, user=ME) as phone:
            phone.registers(pbx.phones[ME])
            for number in ("112", MOBILE):
                assert phone.invites_with_secret(number, f"no-trunk-{number}", pbx.phones[ME]).status == 503

    def test_is_registered_at_by_an_account_that_is_challenged(self, new_pbx: Callable[..., Pbx]) -> None:
        with Party(CITY, 0) as operator:
            pbx = new_pbx(
                city_account=Account("hall", "hush;hush"),
                city_trunk=pbx_trunk(operator),
            )
            operator.pbx_port = pbx.sip_port
            first = operator.asked("REGISTER", seconds=15)  # Asterisk begins within 10 s of its start
            assert f"sip:{PUBLIC}@" in first.get("Contact")
            challenge = {"WWW-Authenticate": 'Digest realm="op", nonce="n1", algorithm=MD5'}
            operator.reply(first, "401 Unauthorized", extra=challenge)
            second = operator.asked("REGISTER")
            given = dict(re.findall(r'(\w+)="([^"]+)"', second.get("Authorization")))
            ha1, ha2 = _md5("hall", "op", "hush;hush"), _md5("REGISTER", given["uri"])
            assert given["response"] == _md5(ha1, "n1", ha2)
            operator.reply(second, "200 OK", extra={"Expires": "600"})


def pbx_trunk(operator: Party) -> Trunk:
    """A trunk to where this party listens."""
    host, port = operator.sip.getsockname()
    return Trunk(host=host, port=port)


def _md5(*parts: str) -> str:
    return hashlib.md5(":".join(parts).encode()).hexdigest()
