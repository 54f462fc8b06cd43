"""Hygiene tasks over REST: listed, and closed by a correction or by a reason, once."""

from api.tokens import Scope
from directory.hygiene import Doubt
from directory.model import PersonId, UnitId
from tests.api.calendars.feeds import warsaw
from tests.api.conftest import Served

MAY = Scope.DIRECTORY
NOW = warsaw("2026-11-24T10:00")


async def doubt(served: Served, digits: str, person: str = "") -> str:
    """A number of the unit DEL that nobody answers; the id of its task."""
    store = served.desk.parts.office.tidying.store
    await store.raised(Doubt(digits, UnitId("del"), PersonId(person), 5, 3, NOW, NOW), NOW)
    page = await served.get("/api/hygiene?unit=del&state=open", MAY)
    assert "3 z 5 prób" in page["items"][0]["sentence"]
    return str(page["items"][0]["task"]["id"])


async def closed(served: Served, task: str, **how: str) -> dict[str, object]:
    path = f"/api/hygiene/{task}/close"
    async with served.client.post(path, json=how, headers=served.headers(MAY)) as answer:
        assert answer.status == 200, await answer.text()
        found: dict[str, object] = (await answer.json())["task"]
        return found


async def test_a_correction_goes_into_the_directory(served: Served) -> None:
    task = await doubt(served, "1001", "anna")
    path = f"/api/hygiene/{task}/close"
    for wrong in ("1001", "x", " "):
        await served.problem(path, 422, MAY, method="POST", json={"extension": wrong})
    done = await closed(served, task, extension="1010")
    assert (done["how"], done["closed_by"]) == ("corrected", "directory")
    assert (await served.get("/api/directory/people/anna", MAY))["extension"] == "1010"
    assert "closed already" in await served.problem(path, 409, MAY, method="POST", json={"reason": "again"})


async def test_a_reason_closes_the_task_of_a_units_line(served: Served) -> None:
    task = await doubt(served, "1799")
    path = f"/api/hygiene/{task}/close"
    both = {"extension": "1", "reason": "2"}
    for wrong in ({}, both, {"reason": " "}):
        await served.problem(path, 422, MAY, method="POST", json=wrong)
    done = await closed(served, task, reason="telefon był w naprawie")
    assert (done["how"], done["reason"]) == ("reason", "telefon był w naprawie")
    assert (await served.get("/api/hygiene?state=open", MAY))["items"] == []
    await served.problem("/api/hygiene/none/close", 404, MAY, method="POST", json={"reason": "x"})
    await served.problem("/api/hygiene?after=x", 400, MAY)
