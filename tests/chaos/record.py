"""What the database says after a cell: every fact of every call, in order, and the promises in the books."""

from dataclasses import dataclass, field

from sqlalchemy import select

from callbacks.ticket import Ticket
from records.database import open_database
from records.stores.calls import CallStore
from records.stores.tickets import SqlTicketStore
from records.tables import calls, facts
from records.views import CallStory
from telephony.values import CallId


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """All that is on record."""

    stories: tuple[CallStory, ...]
    tickets: tuple[Ticket, ...]
    numbers: tuple[tuple[int, int], ...] = ()
    """(run, number in that run) of every fact there is, also of those of no call."""
    kinds: tuple[str, ...] = field(default=())
    """The kind of each."""

    @property
    def unfinished(self) -> list[CallId]:
        """The calls that have no end."""
        return [story.call.call for story in self.stories if story.call.ended is None]


async def read_record(url: str) -> Record:
    """Read everything."""
    async with open_database(url) as database:
        async with database.read() as connection:
            ids = (await connection.execute(select(calls.c.call).order_by(calls.c.arrived))).scalars().all()
            query = select(facts.c.run, facts.c.number_in_run, facts.c.kind)
            told = (await connection.execute(query.order_by(facts.c.run, facts.c.number_in_run))).all()
        store = CallStore(database)
        stories = [await store.story(CallId(call)) for call in ids]
        tickets = await SqlTicketStore(database).listed()
    return Record(
        stories=tuple(story for story in stories if story is not None),
        tickets=tuple(tickets),
        numbers=tuple((row.run, row.number_in_run) for row in told),
        kinds=tuple(row.kind for row in told),
    )
