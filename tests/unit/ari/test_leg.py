"""A rung phone that nobody listens to: what it tells is kept, but not without end."""

from typing import cast

from telephony.ari.commands import Commands
from telephony.ari.dispatch import Dispatch
from telephony.ari.events import Dtmf, Event
from telephony.ari.exchange import Exchange
from telephony.ari.ids import Names
from telephony.ari.keys import MOST_KEPT
from telephony.ari.leg import RungLeg
from telephony.ari.settings import AriSettings
from telephony.ari.speaker import Speaker
from telephony.values import CallId, Ended, KeyPressed, LegEnded, Target


def _stranger(_: Event) -> None:
    """Nobody knows this channel."""


def a_leg() -> RungLeg:
    """One that asks Asterisk for nothing."""
    settings = AriSettings(url="http://nowhere", user="", password="", app="halo")
    nobody = cast(Commands, None), Dispatch(_stranger), cast(Speaker, None)
    return RungLeg(Exchange(settings, Names("halo"), *nobody), CallId("call"), Target("1001"))


async def test_a_flood_of_keys_is_kept_to_a_few() -> None:
    leg = a_leg()
    for _ in range(1000):
        leg.feed(Dtmf(leg.id, "5"))
    assert leg.untold == MOST_KEPT

    assert [await leg.next() for _ in range(MOST_KEPT)] == [KeyPressed("5")] * MOST_KEPT
    leg.feed(Dtmf(leg.id, "6"))
    assert await leg.next() == KeyPressed("6")


async def test_its_end_is_told_all_the_same() -> None:
    leg = a_leg()
    for _ in range(1000):
        leg.feed(Dtmf(leg.id, "5"))
    leg.lose(Ended.HUNG_UP)
    told = [await leg.next() for _ in range(MOST_KEPT + 1)]
    assert told[-1] == LegEnded(Ended.HUNG_UP)
