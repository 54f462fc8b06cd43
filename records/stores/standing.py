"""Reading where the calls stood that have no end on record: for the process that takes over after another."""

from sqlalchemy import exists, select

from callflows.restart.standing import Standing, standings
from records.codec import Stored, decode
from records.database import Database
from records.tables import calls, facts
from telephony.values import CallId

_OF_BEFORE = facts.alias("of_before")


class StandingStore:
    """Reads what `callflows.restart.standing` makes of the facts of calls that have no end."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def unended(self, *, run: int) -> dict[CallId, Standing]:
        """Return every call without an end that was on record before this run of the service; one query."""
        before = exists().where(_OF_BEFORE.c.call == calls.c.call, _OF_BEFORE.c.run != run)
        open_calls = select(calls.c.call).where(calls.c.outcome.is_(None), calls.c.ended.is_(None), before)
        query = (
            select(facts.c.call, facts.c.at, facts.c.kind, facts.c.payload, facts.c.personal)
            .where(facts.c.call.in_(open_calls))
            .order_by(facts.c.run, facts.c.number_in_run)
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
        return standings(filter(None, (decode(Stored(*row)) for row in rows)))
