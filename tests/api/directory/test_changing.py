"""Changing the directory over REST: nothing unseen is overwritten, no mistake passes, everything can be undone."""

from typing import Any

import pytest

from api.tokens import Scope
from tests.api.conftest import Served

MAY, LOOK = Scope.DIRECTORY, Scope.LOOK_UP
ANNA = "/api/directory/people/anna"


async def mark_of(served: Served, path: str) -> str:
    return f'"{(await served.get(path, MAY))["mark"]}"'


async def sent(
    served: Served, method: str, path: str, body: object = None, **headers: str
) -> tuple[int, Any]:
    given = {**served.headers(MAY), **headers}
    async with served.client.request(method, path, json=body, headers=given) as answer:
        return answer.status, await answer.json()


async def test_a_change_is_answered_in_force_and_in_the_history_and_can_be_undone(served: Served) -> None:
    mark = await mark_of(served, ANNA)
    change = {"extension": "1005", "mobile": "600 100 200", "languages": ["pl", "en"]}
    status, anna = await sent(served, "PATCH", ANNA, change, **{"If-Match": mark})
    assert (status, anna["extension"], anna["mobile"]) == (200, "1005", "600 100 200")
    assert anna["matters"] == ["id-card"]
    who = await served.get("/api/directory/who/id-card", LOOK)
    assert who["candidates"][0]["extension"] == "1005"
    page = await served.get("/api/directory/history?kind=person&id=anna", MAY)
    newest = page["items"][0]
    assert (newest["by"], newest["source"], newest["title"]) == ("directory", "rest", "Anna Przykładowa")
    assert {each["name"] for each in newest["fields"]} == {"extension", "mobile", "languages"}
    status, undone = await sent(served, "POST", f"/api/directory/history/{newest['version']}/undo")
    assert (status, undone["changes"]) == (200, 1)
    assert (await served.get(ANNA, MAY))["extension"] == "1001"
    status, problem = await sent(served, "POST", f"/api/directory/history/{newest['version']}/undo")
    assert (status, problem["detail"]) == (
        409,
        f"Version {newest['version']} of the directory was undone already.",
    )


async def test_a_mobile_is_for_the_hall_alone(served: Served) -> None:
    mark = await mark_of(served, ANNA)
    await sent(served, "PATCH", ANNA, {"mobile": "600100200"}, **{"If-Match": mark})
    assert (await served.get(ANNA, LOOK))["mobile"] == "***200"
    assert (await served.get("/api/directory/people", Scope.READ))["items"][0]["mobile"] == "***200"
    assert (await served.get(ANNA, Scope.DESK))["mobile"] == "600 100 200"


async def test_nobody_overwrites_what_they_have_not_seen(served: Served) -> None:
    status, problem = await sent(served, "PATCH", ANNA, {"room": "12"})
    assert (status, "If-Match" in problem["detail"]) == (428, True)
    mark = await mark_of(served, ANNA)
    assert (await sent(served, "PATCH", ANNA, {"room": "12"}, **{"If-Match": mark}))[0] == 200
    status, problem = await sent(served, "PATCH", ANNA, {"room": "13"}, **{"If-Match": mark})
    assert (status, "read it again" in problem["detail"]) == (412, True)
    assert (await served.get(ANNA, MAY))["room"] == "12"
    assert (await sent(served, "PATCH", ANNA, {"room": "13"}, **{"If-Match": "*"}))[0] == 200
    assert (await sent(served, "PATCH", ANNA, {"room": "14"}, **{"If-Match": "13"}))[0] == 412


async def test_new_things_get_an_id_of_their_name(served: Served) -> None:
    status, unit = await sent(
        served, "POST", "/api/directory/units", {"name": "Referat Prób", "hours": {"mon": "9.00-17.00"}}
    )
    assert (status, unit["id"], unit["spoken"], unit["hours"]) == (
        201, "referat-prob", "Referat Prób", {"mon": "9.00-17.00"},
    )  # fmt: skip
    status, again = await sent(served, "POST", "/api/directory/units", {"name": "Referat Prób"})
    assert (status, again["id"]) == (201, "referat-prob-2")
    matter = {"symbol": "RP I", "title": "Próba generalna", "unit": "referat-prob", "words": ["generalka"]}
    assert (await sent(served, "POST", "/api/directory/matters", matter))[1]["id"] == "rp-i-proba-generalna"
    person = {
        "name": "Jan Próbny",
        "unit": "referat-prob",
        "matters": ["rp-i-proba-generalna"],
        "deputies": ["anna"],
    }
    assert (await sent(served, "POST", "/api/directory/people", person))[1]["id"] == "jan-probny"
    found = await served.get("/api/directory/find?words=generalka", LOOK)
    assert found["items"][0]["id"] == "rp-i-proba-generalna"


async def test_who_is_taken_out_is_nobodys_deputy_any_more(served: Served) -> None:
    piotr = "/api/directory/people/piotr"
    status, gone = await sent(served, "DELETE", piotr, **{"If-Match": await mark_of(served, piotr)})
    assert (status, gone) == (200, {"id": "piotr"})
    assert (await served.get(ANNA, MAY))["deputies"] == []
    newest = (await served.get("/api/directory/history?limit=1", MAY))["items"][0]["version"]
    await sent(served, "POST", f"/api/directory/history/{newest}/undo")
    assert (await served.get(ANNA, MAY))["deputies"] == ["piotr"]


@pytest.mark.parametrize(
    ("path", "needed_by"),
    [
        ("units/usc", "Ewa Wymyślona"),
        ("units/bom", "Urząd"),
        ("matters/id-card", "Anna"),
        ("matters/marriage", "menu: 2"),
    ],
)
async def test_what_others_stand_on_stays(served: Served, path: str, needed_by: str) -> None:
    status, problem = await sent(served, "DELETE", f"/api/directory/{path}", **{"If-Match": "*"})
    assert (status, needed_by in problem["detail"]) == (409, True)


WRONG = [
    ("people/anna", {"extension": "12 34 56 78"}, '"extension"'),
    ("people/anna", {"unit": "nowhere"}, '"unit": "nowhere" is the id of no unit'),
    ("people/anna", {"unit": "mopr"}, "outside the hall"),
    ("people/anna", {"unit": ""}, '"unit": is empty'),
    ("people/anna", {"name": "  "}, '"name": is empty; fill it in.'),
    ("people/anna", {"direct": "12"}, '"direct": "12" is no telephone number'),
    ("people/anna", {"direct": "44 732 77 05, 44 732 77 06"}, "is not one telephone number"),
    ("people/anna", {"direct": "112"}, "is no telephone number"),
    ("people/anna", {"mobile": "0 700 123 456"}, '"mobile"'),
    ("people/anna", {"email": "anna"}, "e-mail"),
    ("people/anna", {"languages": []}, '"languages": is empty'),
    ("people/anna", {"languages": ["Polish!"]}, "is no language"),
    ("people/anna", {"matters": ["none"]}, "is the id of no matter"),
    ("people/anna", {"deputies": ["anna"]}, "is the same person"),
    ("people/anna", {"deputies": ["nobody", "none"]}, "(and 1 more)"),
    ("units/del", {"hours": {"mon": "17.00-9.00"}}, '"hours.mon": "17.00-9.00" is no pair of hours'),
    ("units/del", {"hours": {"monday": "9.00-17.00"}}, "is no weekday"),
    ("units/del", {"hours": {"mon": "9.00-25.00"}}, "is no pair of hours"),
    ("units/del", {"closed_on": ["24.12.2026"]}, "is no day"),
    ("units/del", {"parent": "del"}, '"parent"'),
    ("units/del", {"short": "1"}, '"short"'),
    ("units/bom", {"name": "a\u200bb"}, "cannot be printed"),
    ("matters/id-card", {"title": ""}, '"title": is empty'),
    ("matters/id-card", {"unit": "none"}, "is the id of no unit"),
]  # fmt: skip


async def test_a_mistake_is_named_and_changes_nothing(served: Served) -> None:
    """In one application: it is the sentences that differ."""
    before = served.desk.parts.house.hall()
    for path, body, sentence in WRONG:
        status, problem = await sent(served, "PATCH", f"/api/directory/{path}", body, **{"If-Match": "*"})
        assert (status, sentence in problem["detail"]) == (422, True), (body, problem)
    assert served.desk.parts.house.hall() == before


async def test_what_is_no_field_is_said_before_anything_is_read(served: Served) -> None:
    sentence = await served.problem(
        ANNA, 400, MAY, method="PATCH", json={"extention": "1"}, headers={"If-Match": "*"}
    )
    assert sentence.startswith('"extention" is not a field here; did you mean "extension"')
    assert '"words" must be everyday words' in await served.problem(
        "/api/directory/units/del", 400, MAY, method="PATCH", json={"words": [1]}, headers={"If-Match": "*"}
    )


@pytest.mark.parametrize("scope", [LOOK, Scope.READ, Scope.PERSONAL, Scope.DESK])
async def test_who_only_reads_changes_nothing(served: Served, scope: Scope) -> None:
    for method, path in (
        ("POST", "/api/directory/people"),
        ("PATCH", ANNA),
        ("DELETE", ANNA),
        ("GET", "/api/directory/history"),
        ("POST", "/api/directory/history/1/undo"),
        ("POST", "/api/absences"),
        ("GET", "/api/hygiene"),
    ):
        await served.problem(path, 403, scope, method=method)
