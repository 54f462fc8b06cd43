"""What our dialplan and configuration rely on, held to be true of the real Asterisk 22.

Who calls, who rings and what is heard is seen on the wire. The service is absent in most of these tests:
what then happens to a caller is the dialplan's business.
"""

import itertools
import re
import urllib.error
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.asterisk.raw_phone import RawPhone
from tests.asterisk.raw_sip import Party, is_heard
from tests.pbx.asterisk import CITY, OPERATOR, Pbx
from tests.phones.sip.message import Message

NUMBERS = (f"+484473{number}" for number in itertools.count(20000))
"""Each caller has a number of their own, so that each record is theirs."""
ANONYMOUS = '"Anonymous" <sip:anonymous@anonymous.invalid>'
LINE = "447327700"


@pytest.fixture(scope="module")
def quick(sounds: Path) -> Iterator[Pbx]:
    """An Asterisk whose prompts are short, and whose operator is given up after two seconds."""
    with Pbx(sounds=sounds, operator_seconds=2) as running:
        yield running


@pytest.fixture
def citizen(quick: Pbx) -> Iterator[Party]:
    with Party(CITY, quick.sip_port, user=next(NUMBERS)) as party:
        yield party


@pytest.fixture
def operator(quick: Pbx) -> Iterator[RawPhone]:
    with RawPhone("127.0.0.1", quick.sip_port, user=OPERATOR) as party:
        party.registers(quick.phones[OPERATOR])
        yield party


def on_the_wire(message: Message) -> str:
    """All of a message, to look for what must not be in it."""
    return "\n".join([message.first, *(f"{name}: {value}" for name, value in message.headers), message.body])


def record_of(pbx: Pbx, caller: str, *, after: int = 0) -> dict[str, Any]:
    """The one record of this caller beyond the first `after`, once Asterisk has written it."""
    for _ in range(200):  # each look at the console is a round trip of 15 ms
        found = [record for record in pbx.records if record["caller"] == caller][after:]
        if found:
            (record,) = found
            return record
        pbx.cli("core show uptime")
    raise AssertionError("no record was written")


class TestWhenTheServiceIsAway:
    def test_the_caller_hears_a_prompt_and_the_operator_rings_and_talks(
        self, quick: Pbx, citizen: Party, operator: Party, sounds: Path
    ) -> None:
        answer = citizen.calls(LINE, "away-taken")
        assert answer.status == 200
        citizen.hears((sounds / "please-wait.alaw").read_bytes())

        invite = operator.asked("INVITE")
        assert citizen.user in invite.get("From")
        operator.reply(invite, "180 Ringing")
        music = citizen.listens(25)
        assert len(set(music)) > 10, "silence instead of music while the operator rings"
        operator.reply(invite, "200 OK", body=operator.sdp)
        operator.asked("ACK")

        assert is_heard(operator, invite.audio_port, citizen)
        assert is_heard(citizen, answer.audio_port, operator)

        citizen.hangs_up(LINE, "away-taken", answer)
        operator.reply(operator.asked("BYE"), "200 OK")
        assert record_of(quick, citizen.user)["outcome"] == "answered"

    @pytest.mark.parametrize("sender", ["", ANONYMOUS], ids=["number in From", "anonymous From"])
    def test_a_withheld_number_reaches_neither_the_operator_nor_the_record(
        self, quick: Pbx, citizen: Party, operator: Party, sender: str
    ) -> None:
        before = sum(record["caller"] == "withheld" for record in quick.records)
        extra = {"P-Asserted-Identity": f"<sip:{citizen.user}@{CITY}>", "Privacy": "id"}
        answer = citizen.calls(LINE, f"away-withheld-{len(sender)}", extra=extra, sender=sender)
        invite = operator.asked("INVITE")
        assert "nonymous" in invite.get("From")
        assert citizen.user[1:] not in on_the_wire(invite)
        operator.reply(invite, "200 OK", body=operator.sdp)
        operator.asked("ACK")
        citizen.hangs_up(LINE, f"away-withheld-{len(sender)}", answer)
        operator.reply(operator.asked("BYE"), "200 OK")
        assert record_of(quick, "withheld", after=before)["outcome"] == "answered"

    @pytest.mark.parametrize(
        "refusal", ["486 Busy Here", "603 Decline", "480 Temporarily Unavailable", "404 Not Found"]
    )
    def test_an_operator_who_does_not_take_it_is_followed_by_an_apology(
        self, quick: Pbx, citizen: Party, operator: Party, sounds: Path, refusal: str
    ) -> None:
        call = f"away-{refusal[:3]}"
        citizen.calls(LINE, call)
        invite = operator.asked("INVITE")
        operator.reply(invite, refusal)
        citizen.hears((sounds / "nobody-here.alaw").read_bytes())
        citizen.reply(citizen.asked("BYE"), "200 OK")
        assert record_of(quick, citizen.user)["outcome"] == "nobody"

    def test_an_operator_who_does_not_pick_up_is_rung_no_longer_than_set(
        self, citizen: Party, operator: Party
    ) -> None:
        citizen.calls(LINE, "away-unanswered")
        invite = operator.asked("INVITE")
        operator.reply(invite, "180 Ringing")
        operator.reply(operator.asked("CANCEL", seconds=3), "200 OK")
        operator.reply(invite, "487 Request Terminated")
        citizen.reply(citizen.asked("BYE"), "200 OK")

    def test_an_operator_whose_phone_forwards_is_not_followed_elsewhere(
        self, quick: Pbx, citizen: Party, operator: Party, sounds: Path
    ) -> None:
        citizen.calls(LINE, "away-forwarded")
        contact = {"Contact": f"<sip:201@127.0.0.1:{quick.sip_port}>"}
        operator.reply(operator.asked("INVITE"), "302 Moved Temporarily", extra=contact)
        citizen.hears((sounds / "nobody-here.alaw").read_bytes())
        citizen.reply(citizen.asked("BYE"), "200 OK")

    def test_with_no_operator_at_all_the_caller_still_hears_both_prompts(
        self, new_pbx: Callable[..., Pbx], sounds: Path
    ) -> None:
        pbx = new_pbx(sounds=sounds, operator=())
        with Party(CITY, pbx.sip_port) as citizen:
            citizen.calls(LINE, "away-no-operator")
            citizen.hears((sounds / "please-wait.alaw").read_bytes())
            citizen.hears((sounds / "nobody-here.alaw").read_bytes())
            citizen.reply(citizen.asked("BYE"), "200 OK")

    def test_a_caller_who_leaves_stops_the_operators_phone(
        self, quick: Pbx, citizen: Party, operator: Party
    ) -> None:
        answer = citizen.calls(LINE, "away-left")
        invite = operator.asked("INVITE")
        operator.reply(invite, "180 Ringing")
        citizen.hangs_up(LINE, "away-left", answer)
        operator.reply(operator.asked("CANCEL", seconds=1), "200 OK")
        operator.reply(invite, "487 Request Terminated")
        assert record_of(quick, citizen.user)["outcome"] == "left"


class TestWhoIsWho:
    def test_a_phone_without_its_secret_is_challenged(self, quick: Pbx) -> None:
        with RawPhone("127.0.0.1", quick.sip_port, user="201") as phone:
            assert phone.calls(LINE, "no-secret").status == 401

    def test_a_wrong_secret_is_refused(self, quick: Pbx) -> None:
        with RawPhone("127.0.0.1", quick.sip_port, user="201") as phone:
            assert phone.invites_with_secret(LINE, "wrong-secret", "wrong-secret-indeed").status == 401

    @pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.9"])
    def test_a_stranger_is_not_let_in(self, quick: Pbx, host: str) -> None:
        with Party(host, quick.sip_port, user=next(NUMBERS)) as stranger:
            assert stranger.calls(LINE, f"stranger-{host}").status == 401

    def test_a_caller_of_the_city_who_names_a_phone_reaches_the_line_only(
        self, quick: Pbx, citizen: Party, operator: Party, sounds: Path
    ) -> None:
        answer = citizen.calls("201", "names-a-phone", sender=f"<sip:{OPERATOR}@127.0.0.1>")
        assert answer.status == 200
        citizen.hears((sounds / "please-wait.alaw").read_bytes())
        citizen.hangs_up("201", "names-a-phone", answer)


class TestTheConsole:
    def test_nothing_is_wrong_in_the_log_of_a_start(self, new_pbx: Callable[..., Pbx]) -> None:
        assert not re.findall(r".*(?:WARNING|ERROR).*", new_pbx().log.read_text())

    def test_a_wrong_password_for_ari_is_refused(self, quick: Pbx) -> None:
        with pytest.raises(urllib.error.HTTPError, match="401"):
            quick.ari("asterisk/info", password="guess")
