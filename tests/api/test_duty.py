"""A restart of the service: who was on duty goes on being so, and yesterday's forgotten log-off does not count."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from api.bootstrap import bootstrap
from api.clock import SetClock
from api.settings.model import HOME_ZONE, Api, Settings
from callflows.floor.presence import Presence
from directory.model import PersonId
from tests.fakes.memory import MemoryWorld

MORNING = datetime(2026, 11, 24, 9, 0, tzinfo=HOME_ZONE)
EWA, JAN = PersonId("ewa-zmyslona"), PersonId("jan-wymyslony")


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        (timedelta(hours=1), {EWA: Presence.READY, JAN: Presence.PAUSED}),
        (timedelta(days=1), {EWA: Presence.AWAY, JAN: Presence.AWAY}),
    ],
    ids=["the same day", "the next day"],
)
async def test_duty_outlives_a_restart_within_the_day(
    tmp_path: Path, later: timedelta, expected: dict[PersonId, Presence]
) -> None:
    settings = Settings(state_dir=tmp_path, api=Api(port=0))
    quiet: list[str] = []
    async with bootstrap(
        settings, line=MemoryWorld().line, clock=SetClock(MORNING), say=quiet.append
    ) as service:
        service.house.floor.log_on(EWA)
        service.house.floor.log_on(JAN)
        service.house.floor.pause(JAN)
        await service.journal.flush()
    async with bootstrap(
        settings, line=MemoryWorld().line, clock=SetClock(MORNING + later), say=quiet.append
    ) as service:
        seen = {clerk.person: clerk.presence for clerk in service.house.floor.clerks()}

    assert {clerk: seen[clerk] for clerk in expected} == expected
