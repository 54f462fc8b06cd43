"""The phones that register here, among themselves: with the service and without, their lamps, and their configuration.

What the service does with a call is its own tests' business; here it is only seen what reaches it.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from api.phones.configuration import DIALPLAN, ENDPOINTS, SignedIn, dialplan, endpoints
from api.phones.reloading import reload_phones
from api.phones.rendering import instance_in
from api.phones.secrets import new_secret, write_private
from tests.asterisk.bare_service import connected
from tests.asterisk.raw_phone import RawPhone, registered
from tests.asterisk.raw_sip import Party, is_heard
from tests.pbx.asterisk import CITY, HALL, OPERATOR, PHONES, Pbx
from tests.phones.sip.message import Message, tag_in

LINE = "447327700"
ME, COLLEAGUE, WATCHER = PHONES[1:4]
BEHIND = "7755"


@pytest.fixture(scope="module")
def hall(sounds: Path) -> Iterator[Pbx]:
    """An Asterisk that knows an extension behind the trunk, with short prompts."""
    with Pbx(behind_trunk=(BEHIND,), sounds=sounds) as running:
        yield running


@pytest.fixture
def phone(hall: Pbx) -> Iterator[RawPhone]:
    with registered(hall, ME) as party:
        yield party


@pytest.fixture
def colleague(hall: Pbx) -> Iterator[RawPhone]:
    with registered(hall, COLLEAGUE) as party:
        yield party


@pytest.fixture
def watcher(hall: Pbx) -> Iterator[RawPhone]:
    with registered(hall, WATCHER) as party:
        yield party


def talking(pbx: Pbx, phone: RawPhone, colleague: RawPhone, call: str) -> tuple[Message, Message]:
    """Two phones in a call without the service: what the rung one was sent, and what the calling one."""
    phone.dials(COLLEAGUE, call, pbx.phones[ME])
    invite = colleague.asked("INVITE")
    colleague.answers(invite)
    answer = phone.final()
    phone.acknowledges(COLLEAGUE, call, answer)
    assert answer.status == 200
    return invite, answer


class TestWithTheService:
    @pytest.mark.parametrize("number", ["*11", "*13", "*14", COLLEAGUE, "99", "100112"])
    async def test_a_phones_call_is_the_services_and_names_the_phone(
        self, hall: Pbx, phone: RawPhone, number: str
    ) -> None:
        async with connected(hall) as service:
            phone.dials(number, f"call-{number}", hall.phones[ME])
            start = await service.event("StasisStart")
            assert start["args"] == [number, "phone", ME]
            assert start["channel"]["caller"] == {"name": f"Telefon {ME}", "number": ME}

    async def test_a_phone_is_who_it_signed_in_as_whatever_it_says(self, hall: Pbx, phone: RawPhone) -> None:
        async with connected(hall) as service:
            phone.dials(COLLEAGUE, "lies", hall.phones[ME], sender=f'"Prezydent" <sip:{OPERATOR}0@127.0.0.1>')
            start = await service.event("StasisStart")
            assert start["args"][2] == ME
            assert start["channel"]["caller"] == {"name": f"Telefon {ME}", "number": ME}

    async def test_a_call_given_back_rings_the_phone_itself(
        self, hall: Pbx, phone: RawPhone, colleague: RawPhone
    ) -> None:
        async with connected(hall) as service:
            phone.dials(COLLEAGUE, "given-back", hall.phones[ME])
            channel = (await service.event("StasisStart"))["channel"]["id"]
            await service.ask("POST", f"channels/{channel}/continue")
            colleague.asked("INVITE")


class TestOnTheWire:
    def test_no_phone_is_offered_a_transfer_without_a_report(
        self, hall: Pbx, phone: RawPhone, colleague: RawPhone
    ) -> None:
        """It would send "Refer-Sub: false" (RFC 4488), at which Asterisk 22.10.1 crashes."""
        invite, answer = talking(hall, phone, colleague, "offers")
        for message in (invite, answer):
            assert "replaces" in message.get("Supported")
            assert "norefersub" not in message.get("Supported")

    @pytest.mark.parametrize("trunk", [CITY, HALL])
    def test_no_trunk_transfers_anybody(self, hall: Pbx, colleague: RawPhone, trunk: str) -> None:
        """Not even in the way at which Asterisk 22.10.1 crashes, and every call with it: the two talk on."""
        with Party(trunk, hall.sip_port, user="447320005") as caller:
            number = LINE if trunk == CITY else COLLEAGUE
            caller.request("INVITE", "moves", to=number, body=caller.sdp)
            if trunk == HALL:
                colleague.answers(colleague.asked("INVITE"))
            answer = caller.final()
            caller.acknowledges(number, "moves", answer)
            tag, to = tag_in(answer.get("To")), {"Refer-To": f"<{caller.line(ME)}>"}
            for more in ({}, {"Refer-Sub": "false"}):
                caller.request("REFER", "moves", to=number, tag=tag, extra=to | more)
                assert caller.final("REFER").status == 603
            assert any("hall-trunk" in name or "city" in name for name in hall.channels())
            caller.hangs_up(number, "moves", answer)


class TestWithoutTheService:
    def test_phones_call_each_other_under_their_own_names(
        self, hall: Pbx, phone: RawPhone, colleague: RawPhone
    ) -> None:
        invite, answer = talking(hall, phone, colleague, "direct")
        assert f'"Telefon {ME}" <sip:{ME}@' in invite.get("From")
        assert is_heard(phone, answer.audio_port, colleague)
        assert is_heard(colleague, invite.audio_port, phone)

    def test_a_phone_behind_the_trunk_is_rung_there(self, hall: Pbx, phone: RawPhone) -> None:
        with Party(HALL, hall.sip_port, port=hall.hall_port) as other:
            phone.dials(BEHIND, "behind", hall.phones[ME])
            invite = other.asked("INVITE")
            assert invite.first.startswith(f"INVITE sip:{BEHIND}@{HALL}:{hall.hall_port} ")
            other.reply(invite, "486 Busy Here")
            assert phone.final().status == 486

    @pytest.mark.parametrize("number", ["*11", "*14", "9999"])
    def test_what_only_the_service_can_do_is_congestion(
        self, hall: Pbx, phone: RawPhone, number: str
    ) -> None:
        assert phone.invites_with_secret(number, f"away-{number}", hall.phones[ME]).status == 503

    def test_the_halls_other_pbx_reaches_our_phones(self, hall: Pbx, colleague: RawPhone) -> None:
        with Party(HALL, hall.sip_port, user="7700") as other:
            other.request("INVITE", "from-hall", to=COLLEAGUE, body=other.sdp)
            invite = colleague.asked("INVITE")
            assert "sip:7700@" in invite.get("From")
            colleague.answers(invite)
            assert other.final().status == 200


class TestSigningIn:
    def test_a_wrong_secret_is_refused(self, hall: Pbx) -> None:
        with RawPhone("127.0.0.1", hall.sip_port, user=ME) as stranger:
            assert stranger.tries_to_register("not-the-secret-of-this") == 401
            assert stranger.tries_to_register(hall.phones[COLLEAGUE]) == 401

    def test_a_phone_that_is_not_in_the_directory_looks_like_a_wrong_secret(self, hall: Pbx) -> None:
        with RawPhone("127.0.0.1", hall.sip_port, user="4711") as stranger:
            assert stranger.tries_to_register("whatever-it-may-be") == 401


class TestLamps:
    def test_show_that_a_phone_is_in_use_and_that_it_is_free_again(
        self, hall: Pbx, phone: RawPhone, colleague: RawPhone, watcher: RawPhone
    ) -> None:
        assert watcher.watches(COLLEAGUE, hall.phones[WATCHER]) == 200
        assert "<state>terminated</state>" in watcher.lamp()
        _, answer = talking(hall, phone, colleague, "watched")
        assert "<state>confirmed</state>" in watcher.lamp()
        phone.hangs_up(COLLEAGUE, "watched", answer)
        colleague.reply(colleague.asked("BYE"), "200 OK")
        assert "<state>terminated</state>" in watcher.lamp()

    def test_never_tell_who_is_calling(self, hall: Pbx, watcher: RawPhone) -> None:
        """Asterisk tells who watches a ringing phone the caller's number; a phone that counts as busy it does not."""
        with registered(hall, OPERATOR) as operator:
            watcher.watches(OPERATOR, hall.phones[WATCHER])
            watcher.lamp()
            with Party(CITY, hall.sip_port, user="+48447320005") as citizen:
                answer = citizen.calls(LINE, "seen")
                operator.reply(operator.asked("INVITE"), "180 Ringing")
                lamp = watcher.lamp()
                assert "<state>confirmed</state>" in lamp
                assert "447320005" not in lamp
                citizen.hangs_up(LINE, "seen", answer)
                watcher.lamp()
        assert "447320005" not in str(watcher.got)

    def test_are_for_phones_that_sign_in_and_for_extensions_that_there_are(
        self, hall: Pbx, watcher: RawPhone
    ) -> None:
        assert watcher.watches("9999", hall.phones[WATCHER]) == 404
        with RawPhone("127.0.0.1", hall.sip_port, user=ME) as stranger:
            assert stranger.watches(COLLEAGUE, "not-the-secret-of-this") == 401
        with RawPhone(CITY, hall.sip_port, user="+48447320006") as citizen:
            assert citizen.watches(COLLEAGUE, "") == 603


class TestTakingOver:
    async def test_new_and_gone_phones_while_two_talk(self, new_pbx: Callable[..., Pbx]) -> None:
        pbx = new_pbx()
        with registered(pbx, ME) as phone, registered(pbx, COLLEAGUE) as colleague:
            invite, answer = talking(pbx, phone, colleague, "goes-on")
            secrets = {**pbx.phones, "301": new_secret(), WATCHER: new_secret()}
            del secrets[OPERATOR]
            write_private(
                pbx.directory / "etc" / ENDPOINTS,
                endpoints(SignedIn(number, f"Nowa {number}", secret) for number, secret in secrets.items()),
            )
            write_private(pbx.directory / "etc" / DIALPLAN, dialplan(secrets))
            await reload_phones(instance_in(pbx.directory))

            assert is_heard(phone, answer.audio_port, colleague)
            assert is_heard(colleague, invite.audio_port, phone)
            assert phone.address in pbx.cli("pjsip show contacts")
            with RawPhone("127.0.0.1", pbx.sip_port, user="301") as new:
                assert new.tries_to_register(secrets["301"]) == 200
                new.dials(ME, "new-calls", secrets["301"])
                assert '"Nowa 301" <sip:301@' in phone.asked("INVITE").get("From")
            with RawPhone("127.0.0.1", pbx.sip_port, user=OPERATOR) as gone:
                assert gone.tries_to_register(pbx.phones[OPERATOR]) == 401
            with RawPhone("127.0.0.1", pbx.sip_port, user=WATCHER) as rotated:
                assert rotated.tries_to_register(pbx.phones[WATCHER]) == 401
                assert rotated.tries_to_register(secrets[WATCHER]) == 200
            phone.hangs_up(COLLEAGUE, "goes-on", answer)
            colleague.asked("BYE")
