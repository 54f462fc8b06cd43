"""A real PostgreSQL of one's own: a cluster per test process, a fresh database per test.

It listens on a Unix socket only, keeps nothing safe on disk (fsync off), and needs half a second.
"""

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.pbx.process import Server

_BINARIES = Path("/usr/lib/postgresql")


class Cluster:
    """One PostgreSQL server with as many databases as are asked for."""

    def __init__(self) -> None:
        """Make the cluster and start it."""
        versions = sorted(_BINARIES.glob("*/bin"), key=lambda path: int(path.parent.name))
        if not versions:
            raise RuntimeError("there is no PostgreSQL to test with: run script/setup --tests")
        self._bin = versions[-1]
        self._numbers = itertools.count(1)
        # Not under pytest's own directory: that is closed to others, and PostgreSQL does not run as root.
        self.directory = Path(tempfile.mkdtemp(prefix="halo-pg-"))
        self._as_user: list[str] = []
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self.directory, owner.pw_uid, owner.pw_gid)
            self._as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"]
        data = str(self.directory / "data")
        # Without these a machine with no locale at all would get a cluster that cannot hold "ł".
        initdb = ["initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
        self._run([*initdb, "--no-sync", "--no-instructions"])
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.directory),
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "shared_buffers": "64MB",
            "max_connections": "200",
        }
        # Changing the user clears the signal of the parent's death: it is asked for once more after that.
        self._server = Server(
            [
                *self._as_user,
                "setpriv",
                "--pdeathsig=INT",
                str(self._bin / "postgres"),
                "-D",
                data,
                *(part for name, value in settings.items() for part in ("-c", f"{name}={value}")),
            ],
            output=Path(f"{self.directory}.log"),
            end="INT",
        )

    @property
    def pid(self) -> int:
        """The running server's first process."""
        return self._server.pid

    def url(self, database: str) -> str:
        """For SQLAlchemy with asyncpg."""
        return f"postgresql+asyncpg://postgres@/{database}?host={self.directory}"

    def new_database(self, *, template: str = "template1") -> str:
        """Make a database, as a copy of another one, and return its name; 50 ms."""
        name = f"test_{next(self._numbers)}"
        self.sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name

    def drop(self, database: str) -> None:
        """Remove a database, and end who still uses it."""
        self.sql(f'DROP DATABASE "{database}" WITH (FORCE)')

    def sql(self, statement: str, *, database: str = "postgres") -> str:
        """Run one statement by psql and return what it printed."""
        bare = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]
        where = ["-h", str(self.directory), "-U", "postgres", "-d", database]
        return self._run(["psql", *bare, *where, "-c", statement])

    def _run(self, command: Sequence[str]) -> str:
        done = subprocess.run(
            [*self._as_user, self._bin / command[0], *command[1:]], capture_output=True, text=True, cwd="/"
        )
        if done.returncode != 0:
            raise RuntimeError(f"{command[0]}: {done.stderr}")
        return done.stdout

    def close(self) -> None:
        """End it and remove every trace."""
        self._server.signal(signal.SIGQUIT)
        self._server.wait(5)
        self._server.kill()
        shutil.rmtree(self.directory)
        Path(f"{self.directory}.log").unlink()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
