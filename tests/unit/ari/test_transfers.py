"""A phone's own transfer key: each asking told once, and its destination fit to be shown."""

import asyncio
from typing import cast

import pytest

from telephony.ari.commands import Commands
from telephony.ari.dispatch import Dispatch
from telephony.ari.events import Transfer
from telephony.ari.exchange import Exchange
from telephony.ari.ids import Names
from telephony.ari.settings import AriSettings
from telephony.ari.speaker import Speaker
from telephony.ari.transfers import LONGEST, MOST, PAUSE, QUIET, Transfers, destination
from telephony.values import Progress, TransferAsked

NAMES = Names("halo")
ASKED = Transfer("halo-leg-1", "202", "", echo=False)
ECHO = Transfer("halo-leg-1", "202", "", echo=True)

pytestmark = pytest.mark.looptime


class Phone:
    """What a phone was told, and when."""

    def __init__(self) -> None:
        self.told: list[tuple[Progress, float]] = []
        self.put_down: list[str] = []
        settings = AriSettings(url="http://nowhere", user="", password="", app="halo")
        nobody = Dispatch(lambda _: None), cast(Speaker, None)
        self.exchange = Exchange(settings, NAMES, cast(Commands, self), *nobody)

    async def report_transfer(self, channel: str, progress: Progress) -> None:
        """Take it."""
        self.told.append((progress, asyncio.get_running_loop().time()))

    async def hang_up(self, channel: str) -> None:
        """Take it, too."""
        self.put_down.append(channel)


@pytest.fixture
def phone() -> Phone:
    return Phone()


async def passes(seconds: float) -> None:
    """Let so much time go by."""
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(seconds):
            await asyncio.Event().wait()


async def test_an_asking_is_told_and_waits_for_our_last_word(phone: Phone) -> None:
    transfers = Transfers()
    assert not transfers.open
    assert transfers.asked(ASKED, phone.exchange) == TransferAsked("202")
    assert transfers.open


async def test_the_echo_of_what_we_told_is_no_asking(phone: Phone) -> None:
    transfers = Transfers()
    assert transfers.asked(ECHO, phone.exchange) is None
    assert not transfers.open


async def test_one_asking_at_a_time(phone: Phone) -> None:
    """Asterisk tells an open one again, and answers all that are open at once."""
    transfers = Transfers()
    transfers.asked(ASKED, phone.exchange)
    await passes(QUIET)
    await transfers.report(Progress.RINGING, phone.exchange, "halo-leg-1")
    assert transfers.asked(Transfer("halo-leg-1", "203", "", echo=False), phone.exchange) is None


@pytest.mark.parametrize("last", [Progress.ANSWERED, Progress.FAILED])
async def test_after_our_last_word_it_may_ask_again(phone: Phone, last: Progress) -> None:
    transfers = Transfers()
    transfers.asked(ASKED, phone.exchange)
    await passes(QUIET)
    await transfers.report(last, phone.exchange, "halo-leg-1")
    assert phone.told == [(last, QUIET)]
    assert transfers.asked(ECHO, phone.exchange) is None
    assert transfers.asked(ASKED, phone.exchange) == TransferAsked("202")


async def test_nobody_is_told_anything_in_the_moment_of_asking(phone: Phone) -> None:
    """To answer while Asterisk takes in a REFER can crash it; what was the last word then counts."""
    transfers = Transfers()
    transfers.asked(ASKED, phone.exchange)
    await transfers.report(Progress.RINGING, phone.exchange, "halo-leg-1")
    await passes(QUIET / 2)
    transfers.asked(ASKED, phone.exchange)
    await transfers.report(Progress.FAILED, phone.exchange, "halo-leg-1")
    await phone.exchange.errands.finish(10)
    assert [progress for progress, _ in phone.told] == [Progress.FAILED]
    assert phone.told[0][1] == pytest.approx(1.5 * QUIET)
    assert not transfers.open


async def test_a_phone_that_asks_on_and_on_is_told_when_it_pauses(phone: Phone) -> None:
    """And its owner's talk does not wait for it."""
    transfers = Transfers()
    told = 0
    for _ in range(MOST - 1):
        told += transfers.asked(ASKED, phone.exchange) is not None
        await transfers.report(Progress.FAILED, phone.exchange, "halo-leg-1")
        await passes(0.02)
    last = asyncio.get_running_loop().time() - 0.02
    assert (told, phone.told) == (1, [])

    await transfers.report(Progress.RINGING, phone.exchange, "halo-leg-1")
    await transfers.report(Progress.FAILED, phone.exchange, "halo-leg-1")
    await phone.exchange.errands.finish(10)
    assert [progress for progress, _ in phone.told] == [Progress.FAILED]
    assert phone.told[0][1] == pytest.approx(last + PAUSE)
    assert phone.put_down == []
    assert transfers.asked(ASKED, phone.exchange) == TransferAsked("202")
    await phone.exchange.errands.finish(10)
    assert phone.put_down == ["halo-leg-1"], "enough is enough"


async def test_a_phone_of_ours_that_calls_is_refused_and_not_faster(phone: Phone) -> None:
    transfers = Transfers()
    for _ in range(100):
        transfers.refuse(ASKED, phone.exchange, "city-1")
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    await phone.exchange.errands.finish(10)
    assert phone.told == [(Progress.FAILED, PAUSE)]


async def test_only_a_leg_of_ours_can_be_taken_over(phone: Phone) -> None:
    """A phone may have consulted somebody of whom we know nothing: then there is a number, and no more."""
    leg = NAMES.leg()
    assert Transfers().asked(Transfer("1", "202", leg, echo=False), phone.exchange) == TransferAsked(
        "202", leg
    )
    assert Transfers().asked(Transfer("1", "0", "city-7.1", echo=False), phone.exchange) == TransferAsked("0")


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
