"""What the database says of a run, read by plain SQL after the service has ended."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select

from callflows.outcomes import PROVED
from records.database import open_database
from records.tables import calls, facts, tickets, transfer_attempts
from tests.soak.balance import OnRecord


@dataclass(frozen=True, slots=True)
class Record:
    """All of it."""

    calls: tuple[OnRecord, ...]
    numbers: dict[int, list[int]]
    """The numbers of the facts, by run."""
    outcomes: dict[str, int]
    """How many calls ended how."""
    attempts: dict[str, int]
    failures: int
    """Calls that a mistake of ours ended."""


async def read_record(url: str) -> Record:
    """Read the whole database."""
    async with open_database(url) as database, database.read() as connection:
        rows = (await connection.execute(select(calls))).mappings().all()
        tried = (await connection.execute(select(transfer_attempts))).mappings().all()
        owed = await connection.execute(select(tickets.c.call, func.count()).group_by(tickets.c.call))
        promised = {str(call): int(number) for call, number in owed.all()}
        numbers: dict[int, list[int]] = defaultdict(list)
        for run, number in (await connection.execute(select(facts.c.run, facts.c.number_in_run))).all():
            numbers[run].append(number)
    effective, connected, undecided = defaultdict(list), defaultdict(list), Counter[str]()
    proved = {outcome.value for outcome in PROVED}
    for attempt in tried:
        if attempt["connected"]:
            connected[attempt["call"]].append(attempt["target"])
        if attempt["outcome"] in proved:
            effective[attempt["call"]].append(attempt["target"])
        elif not attempt["outcome"]:
            undecided[attempt["call"]] += 1
    return Record(
        calls=tuple(
            OnRecord(
                number=row["number"] or "",
                closed=row["ended"] is not None,
                tickets=promised.get(row["call"], 0),
                effective=tuple(effective[row["call"]]),
                connected=tuple(connected[row["call"]]),
                undecided=undecided[row["call"]],
            )
            for row in rows
        ),
        numbers=dict(numbers),
        outcomes=dict(Counter(str(row["outcome"]) for row in rows)),
        attempts=dict(Counter(str(attempt["outcome"]) for attempt in tried)),
        failures=sum(bool(row["failure"]) for row in rows),
    )
