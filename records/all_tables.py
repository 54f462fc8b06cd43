"""Every table of the service, by one import: what migrations and comparisons look at."""

import records.absence_tables
import records.account_tables
import records.hall_tables
import records.history_tables
import records.hygiene_tables
import records.staff_tables
import records.tables  # noqa: F401 - the tables register themselves
from records.columns import metadata

__all__ = ["metadata"]
