"""Where facts wait that the journal could not write before the service had to stop: the door for a disk.

A spool is asked twice in a service's life: at its start for what an earlier run left, and at its end to keep
what is still queued. What comes out of it is written as if it might be in the journal already.
"""

import logging
from collections.abc import Sequence
from typing import Protocol

from records.burst import Entry

log = logging.getLogger(__name__)


class Spool(Protocol):
    """Keeps entries of the journal outside the database."""

    def keep(self, entries: Sequence[Entry]) -> None:
        """Keep these, in order, after those already kept. Must not fail for want of the database."""

    def take(self) -> Sequence[Entry]:
        """Give all that is kept, in order, and keep it no longer."""


class NoSpool:
    """No spool: what cannot be written at the end is lost, and the log says how much."""

    def keep(self, entries: Sequence[Entry]) -> None:
        """Say that these are lost."""
        log.error(
            "%d facts were never written: the database stayed away until the service ended.", len(entries)
        )

    def take(self) -> Sequence[Entry]:
        """Nothing is kept."""
        return ()
