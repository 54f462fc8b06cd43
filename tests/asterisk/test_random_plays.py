"""Fifty of the random plays on real Asterisk: the same acts, by SIPp citizens and SIP phones, in real time."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.flows.test_random_plays import written
from tests.office.desk import QUICK
from tests.office.fixtures import HURRIED, OpensOffice
from tests.plays.at_the_office import Company
from tests.plays.record import judge
from tests.plays.script import PLAYS, Play
from tests.plays.town import busy_town

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

PLAYED, TOGETHER = 50, 5
"""Plays in all, and plays in one office, one after another."""
SHORT = 10
"""Acts that fit into some five seconds; in memory they are played whole."""


@pytest.mark.parametrize("first", range(0, PLAYED, TOGETHER))
async def test_nobody_is_lost(opens_office: OpensOffice, first: int) -> None:
    """Whatever is done: everybody hears somebody, nothing is left at the PBX, and every beginning has its end."""
    async with (
        opens_office(busy_town(**{**QUICK, **HURRIED, "offer_ring": 3.0})) as office,
        Company.opened(office) as company,
    ):
        for play in drawn()[first : first + TOGETHER]:
            try:
                await company.plays(play)
                judge(company.facts, company.commands)
            except BaseException as error:
                error.add_note(written(play))
                raise


@cache
def drawn() -> tuple[Play, ...]:
    """The plays, the same everywhere; they are shrunk in memory, where a thousand of them are played."""
    plays: list[Play] = []

    @settings(
        max_examples=PLAYED,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(play=PLAYS)
    def draw(play: Play) -> None:
        plays.append(replace(play, acts=play.acts[:SHORT]))

    draw()
    return tuple(plays[:PLAYED])
