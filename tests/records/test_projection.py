"""What facts make of the rows: pure, the same in one burst or many, and the same on both databases."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, timedelta
from functools import partial
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from callflows.facts import (
    AttemptId,
    CallArrived,
    ConsultBegan,
    ConsultEnded,
    Fact,
    GivenInstead,
    HoldBegan,
    HoldEnded,
    LanguageChosen,
    LeftMeanwhile,
    PhoneRang,
    PositionTold,
    QueueJoined,
    QueueLeft,
    TransferAttempted,
    TransferEnded,
)
from callflows.outcomes import Instead, Outcome, Way
from records.burst import prepare, write_burst
from records.database import Database, open_database
from records.entry import entry_of
from records.projected import e164
from records.projection import Rows, fold, project
from records.tables import calls, facts, transfer_attempts
from telephony.values import Arrival, CallId, NumberShown
from tests.records.made import NOON, any_facts, bursts, transferred_call

RUN = 1


async def write(database: Database, told: Sequence[Fact], sizes: Sequence[int]) -> None:
    """Write facts in bursts of these sizes."""
    numbers = count(1)
    for burst in bursts(list(told), sizes):
        prepared = [prepare(entry_of(RUN, next(numbers), fact)) for fact in burst]
        await database.transact(partial(write_burst, burst=prepared))


async def all_rows(database: Database) -> list[list[dict[str, Any]]]:
    """Everything in the tables that facts change, in a fixed order."""
    found = []
    async with database.read() as connection:
        for table in (calls, transfer_attempts, facts):
            rows = await connection.execute(select(table).order_by(*table.primary_key))
            found.append([dict(row) for row in rows.mappings()])
    return found


async def empty(database: Database) -> None:
    async with database.write() as connection:
        for table in (transfer_attempts, facts, calls):
            await connection.execute(delete(table))


def test_any_facts_make_the_same_rows_on_both_databases_in_any_bursts(
    migrated_sqlite: str, migrated_postgres: str
) -> None:
    with asyncio.Runner() as runner:
        databases = [open_database(migrated_sqlite), open_database(migrated_postgres)]

        async def compared(told: list[Fact], sizes: list[list[int]]) -> None:
            rows = []
            for database, these in zip(databases, sizes, strict=True):
                await empty(database)
                await write(database, told, these)
                rows.append(await all_rows(database))
            assert rows[0] == rows[1]
            assert len(rows[0][2]) == len(told)
            assert {row["call"] for row in rows[0][0]} == {fact.call for fact in told if fact.call}

        some_sizes = st.lists(st.integers(1, 9), max_size=6)

        @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
        @given(any_facts(), st.tuples(some_sizes, some_sizes).map(list))
        def check(told: list[Fact], sizes: list[list[int]]) -> None:
            runner.run(compared(told, sizes))

        try:
            check()
        finally:
            for database in databases:
                runner.run(database.close())


@given(any_facts(), st.integers(0, 25))
def test_folding_twice_is_folding_once(told: list[Fact], cut: int) -> None:
    changes = [change for fact in told for change in project(fact)]
    whole = fold(changes)
    first, second = fold(changes[:cut]), fold(changes[cut:])
    again: dict[Rows, dict[str, dict[str, Any]]] = {rows: {} for rows in Rows}
    for part in (first, second):
        for rows, by_key in part.items():
            for key, values in by_key.items():
                row = again[rows].setdefault(key, {})
                early = {c: min(values[c], row[c]) for c in ("arrived", "chosen") if c in values and c in row}
                row.update(values | early)
    assert again == whole


async def test_a_transferred_call_reads_as_it_went(database: Database) -> None:
    await write(database, transferred_call("c"), [])
    (call,), (attempt,), told = await all_rows(database)
    assert call["arrived"] == NOON
    assert call["arrived"].tzinfo is UTC
    assert call["answered"] == NOON + timedelta(seconds=1)
    assert call["ended"] == NOON + timedelta(seconds=13)
    assert (call["number"], call["number_e164"], call["name"]) == ("447327705", "+48447327705", "Żaneta")
    assert (call["matter"], call["unit"], call["outcome"]) == ("del-i", "rso", "transferred")
    assert call["waiting_for"] == ""
    assert attempt["outcome"] == "effective"
    assert attempt["proved"] == attempt["decided"] == NOON + timedelta(seconds=11)
    times = [
        "chosen",
        "announced",
        "rang",
        "taken",
        "accepted",
        "introduced",
        "connected",
        "decided",
        "talk_ended",
    ]
    assert [attempt[name] for name in times] == sorted(attempt[name] for name in times)
    assert (attempt["ring_seconds"], attempt["talk_seconds"], attempt["talk_ended_by"]) == (
        1.5,
        61.0,
        "caller",
    )
    assert [row["number_in_run"] for row in told] == list(range(1, 15))


@pytest.mark.parametrize("outcome", Outcome)
def test_only_audio_both_ways_is_a_proof(outcome: Outcome) -> None:
    ended = TransferEnded(
        call=CallId("c"), at=NOON, attempt=AttemptId("a"), outcome=outcome, ring_seconds=3.0
    )
    values = project(ended)[1].values
    assert values["outcome"] == outcome.value
    assert (values["proved"] is not None) == (outcome in (Outcome.EFFECTIVE, Outcome.UNCONFIRMED))


def test_what_the_caller_got_instead_is_in_the_attempts_row() -> None:
    instead = GivenInstead(call=CallId("c"), at=NOON, attempt=AttemptId("a"), instead=Instead.CALLBACK)
    assert project(instead)[1].values["instead"] == "callback"


def test_a_call_taken_up_again_keeps_its_arrival() -> None:
    def arrived(after: timedelta, arrival: Arrival) -> CallArrived:
        return CallArrived(
            call=CallId("c"),
            at=NOON + after,
            number="",
            name="",
            shown=NumberShown.ABSENT,
            dialled="1",
            arrival=arrival,
        )

    first, second = arrived(timedelta(), Arrival.NEW), arrived(timedelta(minutes=5), Arrival.RESUMED)
    row = fold([*project(first), *project(second)])[Rows.CALLS]["c"]
    assert row["arrived"] == NOON
    assert row["resumed"] == NOON + timedelta(minutes=5)
    assert "number" not in row


async def test_a_wait_and_a_transfer_on_a_clerks_wish_read_as_they_went(database: Database) -> None:
    call, attempt = CallId("c"), AttemptId("a")

    def now(second: int) -> dict[str, Any]:
        return {"call": call, "at": NOON + timedelta(seconds=second)}

    def tried(second: int) -> dict[str, Any]:
        return {**now(second), "attempt": attempt}

    told = [
        LanguageChosen(**now(1), language="en"),
        QueueJoined(**now(2), position=3, matter="", language="en"),
        PositionTold(**now(3), position=2, expected=None),
        QueueLeft(**now(62), why="served", seconds=60.0),
        HoldBegan(**now(70), by="ewa"),
        HoldEnded(**now(80), by="ewa", seconds=10.0),
        TransferAttempted(
            **tried(90), order=1, matter="m", unit="u", unit_name="U", person="anna", person_name="Anna",
            target="1011", why="", way=Way.CONSULTED, by="ewa",
        ),
        ConsultBegan(**tried(100)),
        ConsultEnded(**tried(130), seconds=30.0, by="clerk"),
        LeftMeanwhile(**tried(131)),
        GivenInstead(**tried(140), instead=Instead.BACK),
    ]  # fmt: skip
    await write(database, told, [])
    whole = await all_rows(database)
    ([row], [transfer], _) = whole
    assert (row["language"], row["queued"]) == ("en", NOON + timedelta(seconds=2))
    assert (row["queue_left"], row["queue_left_why"]) == (NOON + timedelta(seconds=62), "served")
    assert row["queue_seconds"] == 60.0
    assert (transfer["way"], transfer["by_person"], transfer["instead"]) == ("consulted", "ewa", "back")
    assert transfer["consulted"] == NOON + timedelta(seconds=100)
    assert transfer["consult_seconds"] == 30.0
    assert transfer["left_meanwhile"] == NOON + timedelta(seconds=131)
    await empty(database)
    await write(database, told, [1] * len(told))
    assert await all_rows(database) == whole


async def test_facts_of_a_call_that_never_arrived_still_have_their_call(database: Database) -> None:
    await write(database, [PhoneRang(call=CallId("c"), at=NOON, attempt=AttemptId("a"))], [])
    (call,), (attempt,), _ = await all_rows(database)
    assert call["arrived"] == attempt["chosen"] == attempt["rang"] == NOON


async def test_a_burst_that_was_written_before_changes_nothing(database: Database) -> None:
    told = transferred_call("c")
    prepared = [prepare(entry_of(RUN, number, fact)) for number, fact in enumerate(told, start=1)]
    await database.transact(partial(write_burst, burst=prepared[:9]))
    await database.transact(partial(write_burst, burst=prepared, maybe_written=True))
    once = await all_rows(database)
    for part in (prepared, prepared[:3]):
        await database.transact(partial(write_burst, burst=part, maybe_written=True))
    assert await all_rows(database) == once
    assert len(once[2]) == len(told)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("447327705", "+48447327705"),
        ("0447327705", "+48447327705"),
        ("0048447327705", "+48447327705"),
        ("+4930123456", "+4930123456"),
        ("986", None),
        ("", None),
        ("+", None),
        ("anonymous", None),
        ("٤٤٧٣٢٧٧٠٥", None),
        ("44 732 77 05", None),
    ],
)
def test_the_callers_number_in_e164(number: str, expected: str | None) -> None:
    assert e164(number) == expected
