"""Why a ring failed: one row for each ending that was seen on a real Asterisk 22."""

import pytest

from telephony.ari.classify import NOT_REGISTERED, Ending, classify
from telephony.values import Ended, LegEnded

SEEN: list[tuple[str, Ending, LegEnded]] = [
    ("486", Ending(cause=17, tech_cause=486), LegEnded(Ended.BUSY, "486")),
    ("486 after ringing", Ending(rang=True, cause=17, tech_cause=486), LegEnded(Ended.BUSY, "486")),
    ("603", Ending(rang=True, cause=21, tech_cause=603), LegEnded(Ended.DECLINED, "603")),
    ("480 after ringing", Ending(rang=True, cause=19, tech_cause=480), LegEnded(Ended.NO_ANSWER, "480")),
    ("480 at once", Ending(cause=19, tech_cause=480), LegEnded(Ended.UNREACHABLE, "480")),
    ("404", Ending(cause=1, tech_cause=404), LegEnded(Ended.UNREACHABLE, "404")),
    ("503", Ending(cause=34, tech_cause=503), LegEnded(Ended.UNREACHABLE, "503")),
    ("302", Ending(redirected=True, cause=23, tech_cause=302), LegEnded(Ended.UNREACHABLE, "redirected")),
    ("302 without a Dial", Ending(cause=23, tech_cause=302), LegEnded(Ended.UNREACHABLE, "redirected")),
    ("301", Ending(rang=True, cause=0, tech_cause=301), LegEnded(Ended.UNREACHABLE, "redirected")),
    ("nobody at the port", Ending(cause=18, tech_cause=408), LegEnded(Ended.UNREACHABLE, "408")),
    ("rang, then 408", Ending(rang=True, cause=18, tech_cause=408), LegEnded(Ended.NO_ANSWER, "408")),
    ("Asterisk's backstop", Ending(rang=True, cause=19, tech_cause=480), LegEnded(Ended.NO_ANSWER, "480")),
    ("403 is a locked door, not a no", Ending(cause=21, tech_cause=403), LegEnded(Ended.UNREACHABLE, "403")),
    ("rejected without SIP", Ending(rang=True, cause=21), LegEnded(Ended.DECLINED, "cause 21")),
    ("600", Ending(rang=True, cause=17, tech_cause=600), LegEnded(Ended.BUSY, "600")),
    ("ended by somebody's CLI", Ending(rang=True, cause=16), LegEnded(Ended.NO_ANSWER, "cause 16")),
    ("nothing is known", Ending(), LegEnded(Ended.UNREACHABLE, "cause 0")),
    ("put down after the answer", Ending(rang=True, answered=True, cause=16), LegEnded(Ended.HUNG_UP)),
    ("put down with 480", Ending(answered=True, cause=19, tech_cause=480), LegEnded(Ended.HUNG_UP)),
    ("own cancel", Ending(rang=True, stopped=True, cause=19, tech_cause=480), LegEnded(Ended.STOPPED)),
    ("own cancel, answered elsewhere", Ending(rang=True, stopped=True, cause=26), LegEnded(Ended.STOPPED)),
    ("we put down", Ending(rang=True, answered=True, stopped=True, cause=16), LegEnded(Ended.STOPPED)),
    (
        "no RINGING in time",
        Ending(stopped=True, silent_for=2.0, cause=19, tech_cause=480),
        LegEnded(Ended.UNREACHABLE, "no ringing in 2 s"),
    ),
    (
        "no RINGING behind the trunk",
        Ending(stopped=True, silent_for=10.0),
        LegEnded(Ended.UNREACHABLE, "no ringing in 10 s"),
    ),
]


@pytest.mark.parametrize(("ending", "told"), [row[1:] for row in SEEN], ids=[row[0] for row in SEEN])
def test_every_ending_that_was_seen(ending: Ending, told: LegEnded) -> None:
    assert classify(ending) == told


def test_a_phone_that_is_not_registered() -> None:
    """HTTP 500 on the originate itself: no event ever comes."""
    assert NOT_REGISTERED.why is Ended.UNREACHABLE
