"""Write anew what is expected of each list: `python -m tests.imports`; then read every difference."""

import tempfile
from pathlib import Path

from tests.imports.reading import EXPECTED, LISTS, as_text, bare_hall, files_of, imported, tables_of

if __name__ == "__main__":
    EXPECTED.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in LISTS:
            plan = imported(bare_hall(), files_of(name, Path(folder)))
            for file, rows in tables_of(name, plan):
                (EXPECTED / file).write_text(as_text(rows), "utf-8")
