"""A phone's own transfer key: each asking told once, and its destination fit to be shown."""

import pytest

from telephony.ari.events import Transfer
from telephony.ari.ids import Names
from telephony.ari.transfers import LONGEST, Transfers, destination
from telephony.values import Progress, TransferAsked

NAMES = Names("halo")
ASKED = Transfer("halo-leg-1", "202", "", echo=False)
ECHO = Transfer("halo-leg-1", "202", "", echo=True)


def test_an_asking_is_told_and_waits_for_our_last_word() -> None:
    transfers = Transfers()
    assert not transfers.open
    assert transfers.asked(ASKED, NAMES) == TransferAsked("202")
    assert transfers.open


def test_the_echo_of_what_we_told_is_no_asking() -> None:
    transfers = Transfers()
    assert transfers.asked(ECHO, NAMES) is None
    assert not transfers.open


def test_one_asking_at_a_time() -> None:
    """Asterisk tells an open one again, and answers all that are open at once."""
    transfers = Transfers()
    transfers.asked(ASKED, NAMES)
    transfers.reported(Progress.RINGING)
    assert transfers.asked(Transfer("halo-leg-1", "203", "", echo=False), NAMES) is None


@pytest.mark.parametrize("last", [Progress.ANSWERED, Progress.FAILED])
def test_after_our_last_word_it_may_ask_again(last: Progress) -> None:
    transfers = Transfers()
    transfers.asked(ASKED, NAMES)
    transfers.reported(last)
    assert transfers.asked(ECHO, NAMES) is None
    assert transfers.asked(ASKED, NAMES) == TransferAsked("202")


def test_only_a_leg_of_ours_can_be_taken_over() -> None:
    """A phone may have consulted somebody of whom we know nothing: then there is a number, and no more."""
    leg = NAMES.leg()
    assert Transfers().asked(Transfer("1", "202", leg, echo=False), NAMES) == TransferAsked("202", leg)
    assert Transfers().asked(Transfer("1", "0", "city-7.1", echo=False), NAMES) == TransferAsked("0")


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("202", "202"),
        ("+48 601 234 567", "+48 601 234 567"),
        ("202;phone-context=halo", "202"),
        ("202?Replaces=x", "202"),
        ("sip:202@hall.example;transport=udp", "202"),
        ("SIPS:202", "202"),
        (" tel:+48601", "+48601"),
        ("a b;c", "a b"),
        ("", ""),
        ("sip:", ""),
        ("20\r\n2\x1b[31m", "202[31m"),
        ("9" * 80, "9" * LONGEST),
        ("Łoś", "Łoś"),
    ],
)
def test_a_destination_is_bare_printable_and_short(raw: str, shown: str) -> None:
    assert destination(raw) == shown
