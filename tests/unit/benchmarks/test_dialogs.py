"""What the packets of a call say of it."""

import pytest

from benchmarks.dialogs import trace
from benchmarks.wiretap import Packet
from tests.unit.benchmarks.sip import ASTERISK, CITIZEN, PHONE, a_call, message


def test_the_two_dialogs_of_a_call_are_brought_together_by_the_number() -> None:
    (call, other) = trace([*a_call(), *a_call("601000002", start=200)]).calls
    assert call.went_well
    assert other.went_well
    assert (call.number, other.number) == ("601000001", "601000002")
    assert call.answered is not None
    assert call.asked is not None
    assert call.answered - call.asked == pytest.approx(0.005)
    assert (call.hears_from, call.phone_hears_from) == (61000, 61004)
    assert call.put_down == 103.0
    assert call.phone_released == pytest.approx(103.02)


@pytest.mark.parametrize("missing", [2, 4, 6, 9, 10, 11])
def test_a_call_with_anything_missing_did_not_go_well(missing: int) -> None:
    packets = a_call()
    del packets[missing]
    (call,) = trace(packets).calls
    assert not call.went_well


def test_a_message_that_is_sent_again_is_a_retransmission_and_changes_no_moment() -> None:
    packets = a_call()
    again = packets[0]
    packets.insert(1, Packet(again.at + 0.5, again.source, again.target, again.payload))
    seen = trace(packets)
    assert seen.retransmissions == 1
    assert seen.calls[0].asked == 100.0


def test_asterisk_that_hangs_up_first_has_cut_the_call_off() -> None:
    packets = a_call()
    bye = message("BYE sip:citizen@127.0.0.2 SIP/2.0", call="601000001@citizen", cseq="9 BYE")
    packets.insert(8, Packet(102.0, ASTERISK, CITIZEN, bye))
    (call,) = trace(packets).calls
    assert call.cut_off
    assert not call.went_well


def test_a_refusal_is_kept_by_its_answer() -> None:
    packets = a_call()[:5]
    busy = message("SIP/2.0 486 Busy Here", call="601000001@phone", cseq="77 INVITE")
    (call,) = trace([*packets, Packet(101.1, PHONE, ASTERISK, busy)]).calls
    assert call.refused == ["phone 486"]


def test_what_is_no_sip_is_passed_over() -> None:
    assert trace([Packet(1.0, PHONE, ASTERISK, b"\x80\x08" + bytes(170))]).calls == []
