"""Who calls: shown, withheld in each of its ways, absent, and odd; a citizen, or a phone of ours."""

import pytest

from telephony.ari.caller import Entry, caller, clean
from telephony.ari.snapshots import ChannelSnapshot
from telephony.values import Arrival, Caller, NumberShown

WITHHELD = Caller("", "", NumberShown.WITHHELD)


def _channel(number: str, name: str = "", pres: str = "allowed_not_screened") -> ChannelSnapshot:
    return ChannelSnapshot(id="1", caller_number=number, caller_name=name, presentation=pres)


@pytest.mark.parametrize("number", ["+48601234567", "601 234 567", "112", "0049301234567", "sip.user"])
def test_a_number_is_taken_as_it_came(number: str) -> None:
    assert caller(_channel(number, "Łoś")) == Caller(number, "Łoś", NumberShown.SHOWN)


@pytest.mark.parametrize(
    "channel",
    [
        pytest.param(_channel("anonymous", "Anonymous"), id="From anonymous, no identity"),
        pytest.param(_channel("+48601234567", "", "prohib_not_screened"), id="Privacy: id, number known"),
        pytest.param(_channel("+48601234567", "Jan", "prohib_passed_screen"), id="Privacy: id, name known"),
        pytest.param(_channel("+48601234567", "", "prohib"), id="prohib"),
        pytest.param(_channel("", "Anonymous"), id="a name only, and it says so"),
        pytest.param(_channel("Restricted"), id="restricted"),
    ],
)
def test_a_withheld_number_is_not_kept(channel: ChannelSnapshot) -> None:
    assert caller(channel) == WITHHELD


@pytest.mark.parametrize("number", ["", "unknown", "unavailable", "\x00\x1b"])
def test_a_number_that_nobody_gave(number: str) -> None:
    assert caller(_channel(number, "Biuro")) == Caller("", "Biuro", NumberShown.ABSENT)


def test_without_channelvars_a_number_counts_as_shown() -> None:
    assert caller(_channel("+48601234567", pres="")).shown is NumberShown.SHOWN


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("Jan\r\nCall-ID: 1", "JanCall-ID: 1"),
        ("\x1b[31mczerwony\x07", "[31mczerwony"),
        ("a\u202eb\u200bc", "abc"),
        ("  Zażółć gęślą jaźń  ", "Zażółć gęślą jaźń"),
        ("李\ud800", "李"),
    ],
)
def test_control_characters_do_not_reach_a_screen_or_a_log(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


@pytest.mark.parametrize(
    ("args", "exten", "entry"),
    [
        pytest.param(("447327700",), "447327700", Entry("447327700"), id="a citizen"),
        pytest.param((), "447327700", Entry("447327700"), id="a dialplan that says nothing"),
        pytest.param((), "s", Entry(), id="nothing was dialled"),
        pytest.param(("*11", "phone", "1001"), "*11", Entry("*11", "1001"), id="a phone of ours"),
        pytest.param(
            ("447327700", "again"),
            "s",
            Entry("447327700", arrival=Arrival.RESUMED),
            id="back from the dialplan",
        ),
        pytest.param(("1002", "phone"), "1002", Entry("1002"), id="a phone without a name"),
        pytest.param(("1002", "other", "1001"), "1002", Entry("1002"), id="another word"),
        pytest.param(("phone", "1001"), "phone", Entry("phone"), id="a citizen who dialled the word"),
    ],
)
def test_by_which_door_a_call_came(args: tuple[str, ...], exten: str, entry: Entry) -> None:
    assert Entry.of(args, exten) == entry
