"""Facts of no call: they are in the journal, touch no call, and tell who was on duty when."""

from dataclasses import fields
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from callflows.facts import CommandAnswered, Fact, PresenceChanged
from directory.model import PersonId
from records.codec import decode, encode
from records.database import Database
from records.erase import erase_number, forget_older_than
from records.journal import Journal
from records.stores.calls import CallStore
from records.stores.paging import BadMark, mark
from records.stores.presence import PresenceFilter, PresenceStore
from records.tables import calls, facts
from telephony.values import CallId
from tests.records.made import NOON, transferred_call

EWA, JAN = PersonId("ewa"), PersonId("jan")


def minute(number: int) -> datetime:
    """So many minutes after noon."""
    return NOON + timedelta(minutes=number)


def changed(clerk: PersonId, at: int, presence: str, why: str, with_call: str = "") -> PresenceChanged:
    return PresenceChanged(
        clerk=clerk, at=minute(at), presence=presence, why=why, with_call=CallId(with_call)
    )


MORNING = [
    changed(EWA, 0, "ready", "logged_on"),
    changed(JAN, 1, "ready", "logged_on"),
    changed(EWA, 2, "offered", "offered", "c"),
    changed(EWA, 2, "talking", "taken", "c"),
    changed(JAN, 3, "away", "logged_off"),
    changed(EWA, 4, "wrapping_up", "talk_over", "c"),
]


@pytest.fixture
async def told(database: Database) -> Database:
    """A morning of two clerks, in two runs of the service, with a call and a command's answer in between."""
    refused = CommandAnswered(
        at=minute(3), command="5eed", what="hold", done=False, why="nikt tu nie rozmawia"
    )
    for part in (MORNING[:3], [*transferred_call("c", minute(2)), *MORNING[3:], refused]):
        async with Journal(database) as journal:
            for fact in part:
                journal.state(fact)
    return database


def in_short(page: tuple[object, ...]) -> list[tuple[str, str]]:
    return [(getattr(view, "clerk", ""), getattr(view, "presence", "")) for view in page]


async def test_a_fact_of_no_call_is_in_the_journal_and_makes_no_call(told: Database) -> None:
    async with told.read() as connection:
        rows = await connection.execute(select(facts.c.kind).where(facts.c.call.is_(None)))
        kinds = list(rows.scalars())
        assert await connection.scalar(select(func.count()).select_from(calls)) == 1
    assert sorted(kinds) == ["command_answered", *["presence_changed"] * len(MORNING)]
    story = await CallStore(told).story(CallId("c"))
    assert story is not None
    assert len(story.facts) == len(transferred_call("c"))


@pytest.mark.parametrize(
    "fact", [MORNING[2], CommandAnswered(at=NOON, command="5eed", what="hold", done=True)]
)
def test_a_fact_of_no_call_comes_back_as_it_was(fact: Fact) -> None:
    assert decode(encode(fact)) == fact


@pytest.mark.parametrize("limit", [1, 2, 5, 6, 7])
async def test_the_history_is_newest_first_page_by_page(told: Database, limit: int) -> None:
    store, found, after = PresenceStore(told), [], ""
    while True:
        page = await store.listed(limit=limit, after=after)
        found += in_short(page.items)
        if not page.next:
            break
        after = page.next
    assert found == in_short(tuple(reversed(MORNING)))


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (PresenceFilter(clerk="jan"), [("jan", "away"), ("jan", "ready")]),
        (PresenceFilter(clerk="nobody"), []),
        (PresenceFilter(since=minute(4)), [("ewa", "wrapping_up")]),
        (PresenceFilter(until=minute(1)), [("ewa", "ready")]),
        (PresenceFilter(clerk="ewa", since=minute(1), until=minute(4)), [("ewa", "talking"), ("ewa", "offered")]),
    ],
)  # fmt: skip
async def test_who_was_on_duty_when(
    told: Database, wanted: PresenceFilter, expected: list[tuple[str, str]]
) -> None:
    assert in_short((await PresenceStore(told).listed(wanted)).items) == expected


async def test_a_change_tells_its_reason_and_its_call(told: Database) -> None:
    newest = (await PresenceStore(told).listed(limit=1)).items[0]
    assert (newest.at, newest.why, newest.with_call) == (minute(4), "talk_over", "c")


async def test_where_everybody_stood_at_a_moment(told: Database) -> None:
    store = PresenceStore(told)
    at_three = await store.standing(minute(3))
    assert {clerk: view.presence for clerk, view in at_three.items()} == {EWA: "talking", JAN: "ready"}
    now = await store.standing()
    assert {clerk: view.presence for clerk, view in now.items()} == {EWA: "wrapping_up", JAN: "away"}
    assert await store.standing(minute(0)) == {}


@pytest.mark.parametrize("after", ["x", mark(NOON, "c"), mark(NOON, "1"), mark(NOON, "1 x"), mark(NOON, "")])
async def test_what_is_no_mark_of_such_a_page_is_refused(told: Database, after: str) -> None:
    with pytest.raises(BadMark):
        await PresenceStore(told).listed(after=after)


async def test_forgetting_callers_leaves_the_facts_of_no_call(told: Database) -> None:
    await erase_number(told, "447327705", asked_by="test", at=minute(60))
    await forget_older_than(told, minute(90), asked_by="test", at=minute(91))
    assert len((await PresenceStore(told).listed()).items) == len(MORNING)


@pytest.mark.parametrize("kind", [PresenceChanged, CommandAnswered])
def test_a_fact_of_no_call_holds_nothing_that_would_have_to_be_forgotten(kind: type[Fact]) -> None:
    assert not any(field.metadata.get("personal") for field in fields(kind))
