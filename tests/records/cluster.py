"""A PostgreSQL that may be stopped as a crash stops it, and started again; `tests.pbx.postgres` is for the rest."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_VERSIONS = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
_AS_POSTGRES = ("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--pdeathsig=INT", "--")
_QUICK = ("fsync=off", "full_page_writes=off", "shared_buffers=64MB", "max_connections=200")


class FrailCluster:
    """One server: started, stopped as a crash would stop it, started again."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._process: subprocess.Popen[str] | None = None
        shutil.chown(directory, "postgres", "postgres")
        self._run(
            "initdb", "-D", str(directory / "data"), "-U", "postgres", "-A", "trust",
            "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions",
        )  # fmt: skip

    def start(self) -> None:
        """Start, and return when it answers."""
        options = (f"unix_socket_directories={self.directory}", "listen_addresses=", *_QUICK)
        command = [*_AS_POSTGRES, str(_VERSIONS[-1]), "-D", str(self.directory / "data")]
        for option in options:
            command += ["-c", option]
        self._process = subprocess.Popen(command, cwd="/", stderr=subprocess.PIPE, text=True)
        assert self._process.stderr is not None
        _read_until(self._process.stderr, "ready to accept connections")

    def stop(self) -> None:
        """Stop at once, without a farewell to anybody (an immediate shutdown: what a crash leaves behind)."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGQUIT)
        self._process.communicate(timeout=20)
        self._process = None

    def freeze(self) -> None:
        """Stop answering, without closing anything: what a swapping machine or a dead network looks like."""
        self._signal_all(signal.SIGSTOP)

    def thaw(self) -> None:
        """Go on as if nothing had been."""
        self._signal_all(signal.SIGCONT)

    def _signal_all(self, number: signal.Signals) -> None:
        assert self._process is not None
        server = self._process.pid
        children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
        for process in (server, *map(int, children)):
            os.kill(process, number)

    @property
    def url(self) -> str:
        """The address of its database."""
        return f"postgresql://postgres@/postgres?host={self.directory}"

    def _run(self, program: str, *arguments: str) -> None:
        command = [*_AS_POSTGRES, str(_VERSIONS[-1].with_name(program)), *arguments]
        done = subprocess.run(command, cwd="/", capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr


@contextmanager
def frail_cluster() -> Iterator[FrailCluster]:
    """A cluster that runs inside the block; its files go with it."""
    directory = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # short: a socket's path has 107 bytes
    directory.chmod(0o755)
    cluster = FrailCluster(directory)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(directory)


def _read_until(stream: IO[str], words: str) -> None:
    """Read a log until it says these words; the rest is left for the end."""
    deadline = time.monotonic() + 30
    for line in stream:
        if words in line:
            return
        assert time.monotonic() < deadline, line
    raise AssertionError(f"The server ended before it said {words!r}.")
