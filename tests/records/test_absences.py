"""Absences are kept with who entered, changed and took them back; what counts is found, and forgotten in time."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from callflows.facts import AbsenceCancelled, AbsenceEntered, PresenceChanged
from directory.absence import Absence, AbsenceId, Entered, Reason
from directory.model import PersonId
from records.database import Database
from records.errors import Rejected
from records.journal import Journal
from records.stores.absences import AbsenceStore, NoAbsence
from records.tables import facts
from tests.records.made import NOON

ANNA, PIOTR = PersonId("anna"), PersonId("piotr")
HOUR = timedelta(hours=1)


def away(id: str = "a", begins: float = 0, hours: float = 2, **more: object) -> Absence:
    """Anna is away, from so many hours after noon."""
    first = NOON + begins * HOUR
    whole = Absence(id=AbsenceId(id), person=ANNA, begins=first, ends=first + hours * HOUR)
    return replace(whole, **more)  # type: ignore[arg-type]


def ids(absences: tuple[Absence, ...]) -> list[str]:
    """Which ones."""
    return [absence.id for absence in absences]


@pytest.fixture
def store(database: Database) -> AbsenceStore:
    return AbsenceStore(database, now=lambda: NOON)


async def test_an_absence_comes_back_as_it_was_entered(store: AbsenceStore) -> None:
    entered = away(
        back=NOON + 20 * HOUR,
        helps=PIOTR,
        reason=Reason.TRAINING,
        entered=Entered.PHONE,
        entered_by="anna",
        calendar="uid@example.org",
    )
    assert await store.enter(entered) == ()
    assert await store.running(NOON) == (entered,)
    found = await store.find(entered.id)
    assert found is not None
    assert (found.absence, found.entered_at, found.changed_at, found.cancelled_at) == (
        entered,
        NOON,
        None,
        None,
    )
    assert await store.find(AbsenceId("nobody's")) is None


async def test_the_same_id_twice_is_refused(store: AbsenceStore) -> None:
    await store.enter(away())
    with pytest.raises(Rejected):
        await store.enter(away(begins=5))


async def test_who_enters_one_is_told_of_those_that_it_overlaps(store: AbsenceStore) -> None:
    await store.enter(away("before", begins=-2))
    await store.enter(away("within", begins=0.5, hours=0.5))
    await store.enter(away("piotr's", person=PIOTR))
    await store.enter(away("after", begins=2))
    assert ids(await store.enter(away("new"))) == ["within"]
    assert ids(await store.change(away("new", begins=-1, hours=4), "ewa")) == ["before", "within", "after"]


async def test_a_change_stays_on_record_and_leaves_alone_whose_it_is(store: AbsenceStore) -> None:
    await store.enter(away(entered_by="anna"))
    await store.change(away(hours=5, helps=PIOTR, person=PIOTR, entered_by="ewa", calendar="x"), "ewa")
    found = await store.find(AbsenceId("a"))
    assert found is not None
    assert found.absence == away(hours=5, helps=PIOTR, entered_by="anna")
    assert (found.changed_at, found.changed_by) == (NOON, "ewa")


async def test_one_that_was_taken_back_counts_no_more_and_stays_on_record(store: AbsenceStore) -> None:
    await store.enter(away())
    assert await store.cancel(AbsenceId("a"), "ewa") == away()
    assert await store.running(NOON) == ()
    assert await store.between(NOON, NOON + HOUR) == ()
    [found] = await store.of(ANNA)
    assert (found.absence, found.cancelled_at, found.cancelled_by) == (away(), NOON, "ewa")
    for late in (store.cancel(AbsenceId("a"), "piotr"), store.change(away(hours=9), "piotr")):
        with pytest.raises(NoAbsence, match="cancelled already"):
            await late
    assert await store.of(ANNA) == (found,)


async def test_what_is_over_does_not_run_and_what_comes_does(store: AbsenceStore) -> None:
    for id, begins in (("over", -5), ("just over", -2), ("now", -1), ("later", 100)):
        await store.enter(away(id, begins=begins))
    assert ids(await store.running(NOON)) == ["now", "later"]


async def test_a_unit_sees_its_people_in_a_time(store: AbsenceStore) -> None:
    for id, begins, person in (("ends", -2, ANNA), ("in", 0, ANNA), ("his", 1, PIOTR), ("next", 4, ANNA)):
        await store.enter(away(id, begins=begins, person=person))
    noon_to_four = (NOON, NOON + 4 * HOUR)
    assert ids(await store.between(*noon_to_four)) == ["in", "his"]
    assert ids(await store.between(*noon_to_four, people={ANNA})) == ["in"]
    many = {PersonId(f"p{number}") for number in range(1200)}
    assert ids(await store.between(*noon_to_four, people=many | {PIOTR})) == ["his"]
    assert await store.between(*noon_to_four, people=set()) == ()


async def test_a_calendar_replaces_its_own_all_or_nothing(store: AbsenceStore) -> None:
    by_hand, first = away("by-hand"), away("first", calendar="uid-1", entered=Entered.CALENDAR)
    for absence in (by_hand, first):
        await store.enter(absence)
    moved = replace(first, id=AbsenceId("moved"), ends=first.ends + HOUR)
    with pytest.raises(Rejected):
        await store.replace([first.id], [moved, by_hand])
    assert await store.of_calendar(ANNA, NOON) == ((first,), ())
    await store.replace([first.id], [moved])
    assert await store.of_calendar(ANNA, NOON) == ((moved,), ())
    await store.cancel(moved.id, "anna")
    assert await store.of_calendar(ANNA, NOON) == ((), (moved,))
    assert await store.running(NOON) == (by_hand,)


async def test_absences_that_are_long_over_are_forgotten(store: AbsenceStore) -> None:
    for id, begins in (("old", -50), ("older", -60), ("young", -3)):
        await store.enter(away(id, begins=begins))
    await store.cancel(AbsenceId("older"), "ewa")
    assert await store.forget_ended_before(NOON - 10 * HOUR) == 2
    assert [found.absence.id for found in await store.of(ANNA)] == ["young"]


async def test_the_journal_forgets_them_too(database: Database, store: AbsenceStore) -> None:
    async with Journal(database) as journal:
        for days in (50, 1):
            at = NOON - timedelta(days=days)
            who: Any = {"absence": AbsenceId("a"), "person": ANNA, "by": "ewa"}
            journal.state(AbsenceCancelled(at=at, **who))
            journal.state(
                AbsenceEntered(at=at, begins=at, ends=at + HOUR, back=at + HOUR, entered=Entered.PAGE, **who)
            )
            journal.state(PresenceChanged(at=at, clerk=PIOTR, presence="ready", why="logged_on"))
    await store.forget_ended_before(NOON - timedelta(days=10))
    async with database.read() as connection:
        left = await connection.execute(select(facts.c.kind).order_by(facts.c.at, facts.c.number_in_run))
        assert left.scalars().all() == [
            "presence_changed", "absence_cancelled", "absence_entered", "presence_changed",
        ]  # fmt: skip


async def test_moments_come_back_with_their_zone(store: AbsenceStore) -> None:
    await store.enter(away())
    [found] = await store.running(NOON)
    assert found.begins.utcoffset() == timedelta()
    assert found.holds(datetime.fromisoformat("2026-11-23T13:59:59+01:00"))
