"""What the journal says of itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """What the journal has done since it was made, for metrics."""

    stated: int
    queued: int
    """Stated, and not yet committed."""
    written: int
    rejected: int
    """Facts that no database can keep: set aside, and logged."""
    bursts: int
    failures: int
    """Tries that failed because the database was away."""
    oldest_waits: float
    """Seconds that the oldest queued fact has been waiting; 0 if none is."""
    unspooled: int
    """Queued facts that are only in memory: the spool could not be written."""
    spool_failing: bool
    """Whether the spool can not be written now."""
