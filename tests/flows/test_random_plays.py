"""A thousand random plays: callers, clerks and colleagues do what they like, and nobody is lost.

HALO_PLAYS sets another number of plays, drawn anew each time; without it they are the same thousand everywhere.
"""

import os
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from tests.flows.restarts import mortal
from tests.flows.town import TUESDAY_TEN, WARSAW
from tests.plays.company import Company
from tests.plays.ears import Ears
from tests.plays.record import judge
from tests.plays.script import NOTHING, PLAYS, Play
from tests.plays.town import busy_town

pytestmark = pytest.mark.looptime

WANTED = os.environ.get("HALO_PLAYS", "")
PLAYED = int(WANTED or 1000)
CLOSING = datetime(2026, 11, 24, 15, 30, tzinfo=WARSAW)
PATIENCE = 4.5
"""Seconds: a caller who is asked something has three to answer, and a moment passes between two verbs."""


@settings(
    max_examples=PLAYED,
    derandomize=not WANTED,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(play=PLAYS)
async def test_nobody_is_lost(play: Play) -> None:
    """Whatever is done in whatever order."""
    try:
        await perform(play)
    except BaseException as error:
        error.add_note(written(play))
        raise


def written(play: Play) -> str:
    """The play, one act in a line."""
    begins = f"{play.on_duty} on duty, colleagues {play.moods}, the hall closes in {play.closes_in} s"
    acts = [
        f"  {act.after} s: {act.who} {act.does} {act.what}"
        + (" (the PBX restarts)" if n == play.crash else "")
        + (f" (the service is killed, for {play.away} acts)" if n == play.killed else "")
        for n, act in enumerate(play.acts)
        if act != NOTHING or n in (play.crash, play.killed)
    ]
    return "\n".join([begins, *acts, f"  at the end {play.stays} s pass"])


async def perform(play: Play) -> None:
    """One play, from an empty line to one at rest."""
    begins = TUESDAY_TEN if play.closes_in is None else CLOSING - timedelta(seconds=play.closes_in)
    ears = Ears(PATIENCE)
    try:
        async with mortal(busy_town(), begins) as service:
            company = Company(service, ears)
            await company.plays(play)
            await company.goes_home()
        service.world.assert_at_rest()
    finally:
        await ears.close()
    assert ears.complaints == []
    judge(service.journal.facts, company.commands)
