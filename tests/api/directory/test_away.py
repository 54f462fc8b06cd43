"""Absences over REST: entered they count for the next caller, and the deputy is rung."""

from typing import Any

from api.tokens import Scope
from callflows.facts import AbsenceEntered
from tests.api.conftest import Served

MAY, LOOK = Scope.DIRECTORY, Scope.LOOK_UP


async def enter(served: Served, status: int = 201, **sheet: object) -> Any:
    headers = served.headers(MAY)
    async with served.client.post("/api/absences", json=sheet, headers=headers) as answer:
        assert answer.status == status, await answer.text()
        return await answer.json()


async def rung(served: Served) -> list[str]:
    who = await served.get("/api/directory/who/id-card", LOOK)
    return [each["person"] for each in who["candidates"]]


async def test_an_absence_counts_at_once_and_its_helper_steps_in(served: Served) -> None:
    facts = served.journal.subscribe()
    assert (await rung(served))[0] == "anna"
    made = await enter(
        served, person="anna", begins="2026-11-24", ends="2026-11-27", helps="ewa", reason="leave"
    )
    assert (made["begins"], made["ends"]) == ("2026-11-23T23:00:00Z", "2026-11-27T23:00:00Z")
    assert made["back"] == "2026-11-30T07:00:00Z"
    assert "anna" not in await rung(served)
    assert (await rung(served))[0] == "ewa"
    await served.journal.flush()
    fact = await anext(facts)
    assert isinstance(fact, AbsenceEntered)
    assert (fact.person, fact.helps, fact.by) == ("anna", "ewa", "directory")
    facts.close()


async def test_an_absence_is_changed_and_cancelled(served: Served) -> None:
    made = await enter(served, person="anna", begins="2026-11-24T08:00", ends="2026-11-24T14:00")
    path, mark = f"/api/absences/{made['id']}", {"If-Match": f'"{made["mark"]}"'}
    headers = {**served.headers(MAY), **mark}
    async with served.client.patch(path, json={"ends": "2026-11-24T15:00"}, headers=headers) as answer:
        assert (await answer.json())["ends"] == "2026-11-24T14:00:00Z"
    await served.problem(path, 412, MAY, method="PATCH", json={"ends": "2026-11-25"}, headers=mark)
    await served.problem(path, 428, MAY, method="PATCH", json={"ends": "2026-11-25"})
    async with served.client.delete(path, headers=served.headers(MAY)) as answer:
        assert answer.status == 200
    assert (await rung(served))[0] == "anna"
    await served.problem(path, 404, MAY, method="DELETE")


async def test_who_is_away_is_listed_by_time_unit_and_person(served: Served) -> None:
    anna = await enter(served, person="anna", begins="2026-11-25", ends="2026-11-25")
    ewa = await enter(served, person="ewa", begins="2026-12-01T10:00", ends="2026-12-01T11:00")

    async def listed(query: str) -> list[str]:
        return [each["id"] for each in (await served.get(f"/api/absences?{query}", LOOK))["items"]]

    assert await listed("") == [anna["id"], ewa["id"]]
    assert await listed("unit=usc") == [ewa["id"]]
    assert await listed("person=anna") == [anna["id"]]
    assert await listed("person=anna&unit=usc") == []
    assert await listed("until=2026-11-30T00:00:00Z") == [anna["id"]]
    await served.problem("/api/absences?unit=none", 404, LOOK)
    await served.problem("/api/absences?until=2026-01-01T00:00:00Z", 422, LOOK)


async def test_another_of_the_same_person_is_told(served: Served) -> None:
    first = await enter(served, person="anna", begins="2026-11-25", ends="2026-11-27")
    second = await enter(served, person="anna", begins="2026-11-26", ends="2026-11-30")
    assert (first["overlaps"], second["overlaps"]) == ([], [first["id"]])


TODAY = {"person": "anna", "begins": "2026-11-24", "ends": "2026-11-24"}


WRONG = [
    ({"person": "nobody"}, "is the id of nobody"),
    ({"person": ""}, '"person": is empty'),
    ({"begins": "tomorrow"}, '"begins": "tomorrow" is no moment'),
    ({"ends": ""}, '"ends": is empty'),
    ({"ends": "2026-11-23"}, "is not after the beginning"),
    ({"begins": "2026-11-01", "ends": "2026-11-23"}, "is over already"),
    ({"ends": "2031-01-01"}, "three years"),
    ({"helps": "anna"}, "is the same person"),
    ({"helps": "nobody"}, "is the id of nobody"),
    ({"back": "2026-11-24"}, '"back"'),
]


async def test_a_mistake_is_named(served: Served) -> None:
    for sheet, sentence in WRONG:
        problem = await enter(served, 422, **{**TODAY, **sheet})
        assert sentence in problem["detail"], sheet


async def test_health_is_no_reason_here(served: Served) -> None:
    problem = await enter(served, 400, **{**TODAY, "reason": "illness"})
    assert '"reason" must be why, one of leave' in problem["detail"]
