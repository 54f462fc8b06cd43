"""From a calendar's server to the order in which phones ring: entered, moved, cancelled; trouble is kept and told."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from api.calendars.rounds import one_round
from api.doctor.neighbours import calendars
from api.office.office import Office
from api.settings.model import Database, Settings
from api.tokens import Scope
from directory.model import PersonId
from tests.api.calendars.feeds import day, event, feed, warsaw
from tests.api.conftest import Served

ANNA, PIOTR = PersonId("anna"), PersonId("piotr")
LEAVE = day("leave", "20261126", "20261128", "SUMMARY:a secret of Anna's")


@dataclass
class Feed:
    """A calendar on loopback that a test writes."""

    url: str = ""
    events: list[str] = field(default_factory=list)
    status: int = 200
    mark: str = ""
    """The ETag, if it has one."""
    asked: int = 0


@pytest.fixture
async def calendar() -> AsyncIterator[Feed]:
    made = Feed()

    async def answer(request: web.Request) -> web.Response:
        made.asked += 1
        tag = {"ETag": made.mark} if made.mark else {}
        if made.mark and request.headers.get("If-None-Match") == made.mark:
            return web.Response(status=304, headers=tag)
        return web.Response(body=feed(*made.events), status=made.status, headers=tag)

    app = web.Application()
    app.router.add_get("/anna.ics", answer)
    async with TestServer(app) as server:
        made.url = str(server.make_url("/anna.ics"))
        yield made


@pytest.fixture
def office(served: Served) -> Office:
    return served.desk.parts.office


async def test_a_calendars_life(served: Served, office: Office, calendar: Feed) -> None:
    desk = office.calendars
    calendar.events = [LEAVE, event("now", "20261124T110000", "20261124T140000")]
    await desk.connect(ANNA, calendar.url)
    assert await one_round(desk) == {}
    assert [(each.begins, each.calendar != "") for each in await office.absences.ahead(ANNA)] == [
        (warsaw("2026-11-24T11:00"), True),
        (warsaw("2026-11-26"), True),
    ]
    assert served.desk.moment.absence(ANNA, warsaw("2026-11-27T10:00")) is not None
    async with served.client.get("/api/absences", headers=served.headers()) as answer:
        assert "secret" not in await answer.text()

    now, leave = await office.absences.ahead(ANNA)
    await office.absences.take_back(now.id, "Anna")
    calendar.events = [LEAVE.replace("20261128", "20261127"), calendar.events[1]]
    assert await one_round(desk) == {}
    (moved,) = await office.absences.ahead(ANNA)
    assert (moved.ends, moved.id != leave.id) == (warsaw("2026-11-27"), True)

    calendar.status = 403
    assert await one_round(desk) == {"anna": "refused"}
    assert await office.absences.ahead(ANNA) == (moved,)
    settings = Settings(database=Database(url=f"sqlite:///{served.database.url.database}"))  # type: ignore[arg-type]
    (found,) = await calendars(settings)
    assert (found.what, "share the calendar again" in found.mend) == (
        "The calendar of anna is not read.",
        True,
    )

    calendar.status, calendar.events = 200, []
    assert await one_round(desk) == {}
    assert await office.absences.ahead(ANNA) == ()
    (found,) = await calendars(settings)
    assert found.what == "1 calendars of people are read."


async def test_a_calendar_that_is_disconnected_says_nothing_of_the_future(
    office: Office, calendar: Feed
) -> None:
    calendar.events = [LEAVE]
    await office.calendars.connect(ANNA, calendar.url)
    await one_round(office.calendars)
    assert len(await office.absences.ahead(ANNA)) == 1
    await office.calendars.disconnect(ANNA)
    assert await office.absences.ahead(ANNA) == ()
    assert await one_round(office.calendars) == {}


async def test_a_calendar_that_did_not_change_counts_again_once_it_is_connected_again(
    office: Office, calendar: Feed
) -> None:
    calendar.events, calendar.mark = [LEAVE], '"one"'
    await office.calendars.connect(ANNA, calendar.url)
    for _ in range(2):
        await one_round(office.calendars)
    assert calendar.asked == 2
    await office.calendars.connect(PIOTR, calendar.url)
    await one_round(office.calendars)
    assert len(await office.absences.ahead(PIOTR)) == 1, "two people may share a calendar"
    await office.calendars.disconnect(ANNA)
    assert await office.absences.ahead(ANNA) == ()
    await office.calendars.connect(ANNA, calendar.url)
    await one_round(office.calendars)
    assert len(await office.absences.ahead(ANNA)) == 1


async def test_an_absence_of_a_calendar_is_not_changed_here(
    served: Served, office: Office, calendar: Feed
) -> None:
    calendar.events = [LEAVE]
    await office.calendars.connect(ANNA, calendar.url)
    await one_round(office.calendars)
    (made,) = await office.absences.ahead(ANNA)
    sentence = await served.problem(
        f"/api/absences/{made.id}",
        409,
        Scope.DIRECTORY,
        method="PATCH",
        json={"ends": "2026-12-24"},
        headers={"If-Match": "*"},
    )
    assert "change it there" in sentence
