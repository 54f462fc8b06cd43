"""A small disk of the service's own, that can be filled to the last byte, and emptied again.

A tmpfs in a mount namespace that only the service is in: a real ENOSPC for everything it writes, and nothing of the
machine is touched. Where we are not root, the namespace belongs to a user namespace (user_namespaces(7)), in which
an ordinary user may mount a tmpfs. A keeper process holds both; they go with it.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

MEGABYTES = 24
"""A migrated SQLite database, its write-ahead log and our spool need about two."""
CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class SmallDisk:
    """A disk that is mounted at `folder` for whoever runs behind `enter`."""

    folder: Path
    """Where the service sees it."""
    seen: Path
    """Where everybody else does."""
    enter: tuple[str, ...]
    """The command that runs another one where the disk is mounted."""

    @classmethod
    @contextmanager
    def mounted(cls, folder: Path) -> Iterator["SmallDisk"]:
        """Mount it inside the block."""
        folder.mkdir()
        rootless = os.geteuid() != 0
        spaces = ["--mount", "--propagation", "private", *(["--user", "--map-root-user"] if rootless else [])]
        said = (
            f"mount -t tmpfs -o size={MEGABYTES}m,mode=755 halo-chaos '{folder}' && echo mounted && exec cat"
        )
        keeper = subprocess.Popen(
            ["setpriv", "--pdeathsig=KILL", "--", "unshare", *spaces, "--", "sh", "-c", said],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert keeper.stdin is not None
        assert keeper.stdout is not None
        try:
            assert keeper.stdout.readline().strip() == "mounted", "no file system can be mounted here"
            of = ["--user", "--preserve-credentials"] if rootless else []
            enter = ("nsenter", f"--target={keeper.pid}", "--mount", "--root", *of, "--")
            yield cls(folder, Path(f"/proc/{keeper.pid}/root{folder}"), enter)
        finally:
            keeper.stdin.close()
            keeper.stdout.close()
            keeper.wait()

    def fill(self) -> None:
        """Take every byte that is left."""
        with (self.seen / "ballast").open("wb", buffering=0) as ballast:
            chunk = CHUNK
            while chunk:
                try:
                    ballast.write(bytes(chunk))
                except OSError:
                    chunk //= 2

    def copied(self, name: str, to: Path) -> Path:
        """A copy of a database on it, for whoever is not on it: SQLite would follow our path out of it again."""
        for file in sorted(self.seen.glob(f"{name}*")):
            if not file.name.endswith("-shm"):
                shutil.copyfile(file, to / file.name)
        return to / name

    def empty(self) -> None:
        """Give the space back."""
        (self.seen / "ballast").unlink()
