"""The history of the tables, step by step (Alembic). `records.migrate` runs it.

A new step: change the tables, then `python -m records.migrations "what changes"` writes a draft into
`versions/`: read it, give it its own types as its neighbours do (history must not change with the code), and
let the tests compare it with the tables on both databases.
"""

from pathlib import Path

VERSIONS = Path(__file__).with_name("versions")
"""Where the steps are: `rNNNN_what.py`, in the order of their numbers."""
