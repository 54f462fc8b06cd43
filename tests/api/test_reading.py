"""Reading calls, transfers and tickets: filters, pages, stories, and what each scope may see."""

import json
from dataclasses import replace
from urllib.parse import quote

import pytest

from api.tokens import Scope
from callflows import facts as f
from callflows.outcomes import Way
from tests.api.conftest import Served
from tests.api.recorded import LIVE, NAME, NUMBER, OTHER_NUMBER, PROMISED, TAKEN, after, attempted
from tests.flows.clerks import ADAM, ZOFIA

PATHS = [
    "/api/floor",
    "/api/calls",
    f"/api/calls/{TAKEN}",
    f"/api/calls/{PROMISED}",
    "/api/transfers",
    "/api/tickets",
]


async def test_calls_come_newest_first(served: Served) -> None:
    page = await served.get("/api/calls")
    assert [call["call"] for call in page["items"]] == [LIVE, PROMISED, TAKEN]
    assert page["next"] == ""
    assert page["items"][2]["outcome"] == "transferred"
    assert page["items"][0]["number_shown"] == "withheld"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("outcome=callback", [PROMISED]),
        ("state=live", [LIVE]),
        ("state=over", [PROMISED, TAKEN]),
        ("unit=podatki", [TAKEN]),
        ("matter=none", []),
        (f"since={quote(after(50).isoformat())}", [LIVE, PROMISED]),
        (f"until={quote(after(100).isoformat())}", [TAKEN]),
        ("since=2026-11-24T12:03:00%2B01:00", [LIVE]),
        ("since=2026-11-24T12:03:00+01:00", [LIVE]),
        ("limit=1", [LIVE]),
    ],
)
async def test_calls_can_be_narrowed(served: Served, query: str, found: list[str]) -> None:
    page = await served.get(f"/api/calls?{query}")
    assert [call["call"] for call in page["items"]] == found


async def test_pages_go_on_where_the_last_one_ended(served: Served) -> None:
    seen, after_ = [], ""
    for _ in range(3):
        page = await served.get(f"/api/calls?limit=1&after={after_}")
        seen += [call["call"] for call in page["items"]]
        after_ = page["next"]
    assert seen == [LIVE, PROMISED, TAKEN]
    assert after_ == ""


async def test_transfers_come_by_outcome_unit_and_time(served: Served) -> None:
    page = await served.get("/api/transfers")
    assert [each["attempt"] for each in page["items"]] == ["try-3", "try-2", "try-1"]
    page = await served.get("/api/transfers?outcome=no_answer,busy&unit=podatki")
    assert [(each["attempt"], each["outcome"], each["ring_seconds"]) for each in page["items"]] == [
        ("try-3", "busy", 0.5),
        ("try-2", "no_answer", 20.0),
    ]
    page = await served.get(f"/api/transfers?until={quote(after(50).isoformat())}&person=anna&limit=1")
    assert [each["attempt"] for each in page["items"]] == ["try-1"]


async def test_transfers_have_pages_too(served: Served) -> None:
    first = await served.get("/api/transfers?limit=2")
    second = await served.get(f"/api/transfers?limit=2&after={first['next']}")
    assert [each["attempt"] for each in second["items"]] == ["try-1"]


async def test_offers_to_clerks_are_no_transfers_unless_asked_for(served: Served) -> None:
    offered = f.AttemptId("try-4")
    served.journal.state(replace(attempted(LIVE, 210, offered, 1), way=Way.QUEUE, person=ADAM))
    served.journal.state(f.PartiesConnected(call=LIVE, at=after(220), attempt=offered))
    served.journal.state(f.LanguageChosen(call=LIVE, at=after(203), language="en"))
    await served.journal.flush()
    assert len((await served.get("/api/transfers"))["items"]) == 3
    (offer,) = (await served.get("/api/transfers?way=queue,recall"))["items"]
    assert (offer["attempt"], offer["way"]) == (offered, "queue")
    (call,) = (await served.get(f"/api/calls?clerk={ADAM}"))["items"]
    assert (call["call"], call["clerk"], call["language"]) == (LIVE, ADAM, "en")
    assert [call["call"] for call in (await served.get("/api/calls?language=en"))["items"]] == [LIVE]


async def test_presence_is_a_history_by_clerk_with_pages(served: Served) -> None:
    floor = served.desk.parts.house.floor
    floor.log_on(ADAM)
    floor.log_on(ZOFIA)
    floor.pause(ZOFIA)
    await served.journal.flush()
    first = await served.get("/api/presence?limit=2")
    second = await served.get(f"/api/presence?limit=2&after={first['next']}")
    came = [(each["clerk"], each["presence"], each["why"]) for each in first["items"] + second["items"]]
    assert came == [
        (ZOFIA, "paused", "paused"),
        (ZOFIA, "ready", "logged_on"),
        (ADAM, "ready", "logged_on"),
    ]
    assert second["next"] == ""
    assert len((await served.get(f"/api/presence?clerk={ADAM}&since=2026-11-24T00:00:00Z"))["items"]) == 1
    assert (await served.get("/api/presence?until=2026-11-24T00:00:00Z"))["items"] == []


async def test_tickets_come_by_state(served: Served) -> None:
    page = await served.get("/api/tickets?state=open&limit=5")
    assert [(each["id"], each["call"], each["state"]) for each in page["items"]] == [
        ("123456", PROMISED, "open")
    ]
    assert (await served.get("/api/tickets?state=kept"))["items"] == []


async def test_a_call_is_a_story_in_order(served: Served) -> None:
    story = await served.get(f"/api/calls/{PROMISED}")
    assert [fact["kind"] for fact in story["facts"]] == [
        "call_arrived",
        "transfer_attempted",
        "transfer_ended",
        "transfer_attempted",
        "transfer_ended",
        "callback_promised",
        "call_ended",
    ]
    assert [each["attempt"] for each in story["transfers"]] == ["try-2", "try-3"]
    assert [each["id"] for each in story["tickets"]] == ["123456"]
    assert all(fact["sentence"] for fact in story["facts"])


@pytest.mark.parametrize("path", PATHS)
async def test_who_may_only_read_sees_no_number_name_or_spoken_text(served: Served, path: str) -> None:
    text = json.dumps(await served.get(path), ensure_ascii=False)
    for hidden in (NUMBER, NUMBER[3:], OTHER_NUMBER, OTHER_NUMBER[3:], NAME):
        assert hidden not in text


@pytest.mark.parametrize("path", PATHS)
async def test_masked_and_unmasked_answers_have_the_same_keys(served: Served, path: str) -> None:
    masked, whole = await served.get(path), await served.get(path, Scope.PERSONAL)
    assert _keys(masked) == _keys(whole)


async def test_who_may_see_personal_data_sees_it(served: Served) -> None:
    calls = (await served.get("/api/calls", Scope.PERSONAL))["items"]
    assert [call["number"] for call in calls] == [None, OTHER_NUMBER, NUMBER]
    story = await served.get(f"/api/calls/{TAKEN}", Scope.PERSONAL)
    assert story["call"]["name"] == NAME
    assert story["facts"][0]["personal"] == {"number": NUMBER, "name": NAME}
    assert story["facts"][2]["personal"]["text"].endswith(NAME)


async def test_masked_numbers_keep_three_digits(served: Served) -> None:
    calls = (await served.get("/api/calls"))["items"]
    assert [call["number"] for call in calls] == [None, "***654", "***456"]
    assert (await served.get("/api/tickets"))["items"][0]["number"] == "***654"


async def test_a_number_is_looked_for_only_by_who_may_see_it(served: Served) -> None:
    path = f"/api/calls?number={quote(NUMBER)}"
    assert "read:personal" in await served.problem(path, 403)
    found = await served.get(path, Scope.PERSONAL)
    assert [call["call"] for call in found["items"]] == [TAKEN]


WRONG = [
    (
        "/api/calls?limit=0",
        400,
        '"limit" must be a whole number from 1 to 200, but "0" was read.',
    ),
    ("/api/calls?limit=x", 400, '"limit" must be a whole number from 1 to 200, but "x" was read.'),
    (
        "/api/calls?since=2026-11-24",
        400,
        '"since" must be a moment with its time zone, like 2026-11-24T10:00:00+01:00, but "2026-11-24" was read.',
    ),
    ("/api/calls?sinse=1", 400, '"sinse" is not a parameter here; did you mean "since"?'),
    ("/api/calls?limit=1&limit=2", 400, '"limit" was given 2 times; give it once.'),
    ("/health/live?x=1", 400, '"x" is not a parameter here; this path takes none'),
    ("/api/calls/none", 404, "There is no call of this id; /api/calls lists them."),
    ("/api/calls/%00", 404, "There is no call of this id; /api/calls lists them."),
    ("/nothing", 404, "There is nothing under this path; /openapi.json lists every path."),
]


@pytest.mark.parametrize(("path", "status", "sentence"), WRONG, ids=[each[0] for each in WRONG])
async def test_what_is_wrong_is_a_problem_in_one_sentence(
    served: Served, path: str, status: int, sentence: str
) -> None:
    assert await served.problem(path, status) == sentence


MARKS = [
    "xx",
    "=",
    "%C3%A4",
    "%00",
    "MTcw",
    "MSA",
    "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5IHg",
    "LTEgeA",
    "A" * 5000,
]


@pytest.mark.parametrize("path", ["/api/calls", "/api/transfers", "/api/presence"])
@pytest.mark.parametrize("mark", MARKS, ids=[mark[:12] for mark in MARKS])
async def test_a_mark_that_no_page_gave_is_refused_or_the_end(served: Served, path: str, mark: str) -> None:
    async with served.client.get(f"{path}?after={mark}", headers=served.headers()) as answer:
        assert answer.status in {200, 400}
        body = await answer.json()
    assert body.get("detail", "") in {"", '"after" must be the "next" of the page before, or be left out.'}


async def test_an_unknown_outcome_names_the_known_ones(served: Served) -> None:
    sentence = await served.problem("/api/transfers?outcome=no_answer,lost", 400)
    assert sentence.startswith('"outcome" must be one or more of effective, unconfirmed,')


async def test_a_wrong_method_is_a_problem_too(served: Served) -> None:
    async with served.client.post("/api/calls", headers=served.headers()) as answer:
        assert answer.status == 405
        assert answer.headers["Allow"] == "GET"
        assert (await answer.json())["detail"] == "Here only GET is understood."


def _keys(value: object) -> object:
    if isinstance(value, dict):
        return {key: _keys(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_keys(inner) for inner in value]
    return None if value is None else "value"
