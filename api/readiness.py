"""What must be so before the service calls itself ready: the line, the database, the journal, the directory."""

from collections.abc import Callable

from api.http.health import Check, NotReady
from directory.model import Hall
from directory.validate import faults
from records.database import Database
from records.errors import RecordsError
from records.journal import Journal
from telephony.call import Line

FACTS_WAIT_AT_MOST = 30.0
"""Seconds after which facts that are not in the database yet are worth a complaint."""


def checks(line: Line, database: Database, journal: Journal, hall: Callable[[], Hall]) -> tuple[Check, ...]:
    """The checks of `/health/ready`, in the order in which a call needs them."""

    async def line_ready() -> None:
        if not line.ready:
            raise NotReady("Calls do not reach the service: Asterisk is away; `halo check` says why.")

    async def database_answers() -> None:
        try:
            await database.ping()
        except RecordsError as wrong:
            raise NotReady(str(wrong)) from None

    async def facts_are_kept() -> None:
        journal.spool_now()  # where nothing was stated since, nobody has found out that there is room again
        kept = journal.statistics
        if kept.spool_failing:
            raise NotReady(
                f"The spool cannot be written, and {kept.unspooled} facts are only in memory: make room on the "
                "disk of the state folder."
            )
        if kept.oldest_waits > FACTS_WAIT_AT_MOST:
            waits = f"Facts have been waiting for the database for {kept.oldest_waits:.0f} seconds"
            raise NotReady(f"{waits}: start it; the log says what is wrong with it.")

    async def directory_leads() -> None:
        if found := faults(hall()):
            raise NotReady(
                f"The directory has a fault: {found[0]}; `halo directory load` takes a better one."
            )

    return (
        Check("line", line_ready),
        Check("database", database_answers),
        Check("journal", facts_are_kept),
        Check("directory", directory_leads),
    )
