"""Looking things up over REST: by words, by id, by list; and who is competent now, with the reasons."""

from dataclasses import replace

import pytest

from api.office.showing import mark_of
from api.tokens import Scope
from directory.live import PhoneState
from directory.model import PersonId
from tests.api.conftest import Served

LOOK = Scope.LOOK_UP


async def test_who_is_competent_is_told_with_the_reasons(served: Served) -> None:
    served.desk.moment.phones["1001"] = PhoneState.FREE
    served.desk.moment.phones["1002"] = PhoneState.GONE
    found = await served.get("/api/directory/who/id-card", LOOK)
    first = found["candidates"][0]
    assert (first["person"], first["extension"], first["phone"], first["reached"]) == (
        "anna",
        "1001",
        "free",
        "here",
    )
    assert "DEL I" in first["why"]
    assert [each["person"] for each in found["passed_over"]] == ["piotr"]
    assert (found["unit"], found["direct"], found["lack"]) == ("del", "44 732 77 06", None)


async def test_who_is_competent_at_night_is_nobody(served: Served) -> None:
    found = await served.get("/api/directory/who/id-card?at=2026-11-24T22:00:00%2B01:00", LOOK)
    assert (found["candidates"], found["lack"]) == ([], "closed")
    assert found["why_none"]


async def test_words_find_what_is_meant(served: Served) -> None:
    found = await served.get("/api/directory/find?words=wymiana+prawa+jazdy", LOOK)
    best = found["items"][0]
    assert (best["kind"], best["id"], best["symbol"]) == ("matter", "licence", "DRK XIX")
    begins, ends = best["marks"][0]
    assert best["title"][begins:ends] == "Wymiana"
    nothing = await served.get("/api/directory/find?words=bilety+do+kina", LOOK)
    assert nothing["items"] == []
    assert nothing["nothing"]


async def test_lists_have_pages(served: Served) -> None:
    seen, after = [], ""
    for _ in range(3):
        page = await served.get(f"/api/directory/people?limit=2&after={after}", LOOK)
        seen += [each["id"] for each in page["items"]]
        after = page["next"]
    assert seen == ["anna", "piotr", "ewa", "zofia", "adam"]
    assert after == ""


@pytest.mark.parametrize(
    ("path", "ids"),
    [
        ("people?unit=usc", ["ewa"]),
        ("people?unit=none", []),
        ("matters?unit=usc", ["marriage"]),
        ("units?parent=none", []),
        ("units", ["bom", "del", "usc", "mopr"]),
    ],
)
async def test_lists_can_be_narrowed(served: Served, path: str, ids: list[str]) -> None:
    assert [each["id"] for each in (await served.get(f"/api/directory/{path}", LOOK))["items"]] == ids


async def test_a_thing_is_told_as_it_may_be_sent_back_with_its_mark(served: Served) -> None:
    async with served.client.get("/api/directory/units/del", headers=served.headers(LOOK)) as answer:
        unit = await answer.json()
        assert answer.headers["ETag"] == f'"{unit["mark"]}"'
    assert unit["direct"] == "44 732 77 05"
    assert (unit["extension"], unit["reached"], unit["hours"], unit["closed_on"]) == ("1799", "trunk", {}, [])


@pytest.mark.parametrize("path", ["units/x", "matters/x", "people/x", "who/x"])
async def test_what_is_not_there_is_404(served: Served, path: str) -> None:
    assert "/api/directory/find" in await served.problem(f"/api/directory/{path}", 404, LOOK)


async def test_a_page_that_does_not_exist_is_said_so(served: Served) -> None:
    assert '"after"' in await served.problem("/api/directory/people?after=nobody", 400, LOOK)


async def test_who_may_not_see_a_mobile_cannot_try_numbers_on_its_mark(served: Served) -> None:
    """A mark is a hash of all that is written of somebody: with nothing else unknown, a billion tries find it."""

    async def marks(scope: Scope) -> tuple[str, str]:
        one = await served.get("/api/directory/people/anna", scope)
        (listed,) = [
            each
            for each in (await served.get("/api/directory/people", scope))["items"]
            if each["id"] == "anna"
        ]
        assert one == listed
        return one["mark"], one["mobile"]

    def tried(number: str) -> str:
        return mark_of(replace(served.desk.parts.house.hall().people[PersonId("anna")], mobile=number))

    async with served.client.patch(
        "/api/directory/people/anna",
        headers={**served.headers(Scope.DIRECTORY), "If-Match": "*"},
        json={"mobile": "600 700 800"},
    ) as answer:
        assert answer.status == 200
    for scope in (Scope.LOOK_UP, Scope.READ):
        mark, mobile = await marks(scope)
        assert (mobile, mark == tried("+48600700800")) == ("***800", False)
    assert await marks(Scope.DIRECTORY) == (tried("+48600700800"), "600 700 800")


@pytest.mark.parametrize("path", ["absences?since", "directory/who/id-card?at"])
@pytest.mark.parametrize("year", ["0001", "9999"])
async def test_a_moment_at_the_end_of_all_calendars_is_one_like_others(
    served: Served, path: str, year: str
) -> None:
    await served.get(f"/api/{path}={year}-12-31T12:00:00Z", LOOK)


@pytest.mark.parametrize("scope", [Scope.METRICS, None])
async def test_who_may_not_look_is_refused(served: Served, scope: Scope | None) -> None:
    await served.problem("/api/directory/people", 401 if scope is None else 403, scope)
