"""`halo` as an administrator types it, in an empty folder."""

import os
from pathlib import Path

from click.testing import CliRunner, Result

from api.cli import main


class Halo:
    """`halo` in an empty folder, where nothing but the given variables is set."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.state = folder / ".halo"
        self._runner = CliRunner()

    def __call__(self, *arguments: str, input: str = "", **environ: str) -> Result:
        cleared = dict.fromkeys(name for name in os.environ if name.startswith("HALO_"))
        return self._runner.invoke(main, arguments, input=input, env={**cleared, **environ, "COLUMNS": "200"})
