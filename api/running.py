"""One service per state folder, and how other commands reach it: a file that the running service holds locked.

The lock, not the number in the file, says whether a service runs: a lock dies with its process, a number does
not, and would one day belong to a stranger.
"""

import contextlib
import fcntl
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MODE = 0o600


class AlreadyRunning(Exception):
    """Another service works with this state folder; the text is one sentence."""


@contextmanager
def held(state_dir: Path) -> Iterator[None]:
    """Be the only service of this folder inside the block. Raises AlreadyRunning."""
    path = _path(state_dir)
    with open(os.open(path, os.O_RDWR | os.O_CREAT, MODE), "r+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(
                f"Process {file.read().strip() or '(just starting)'} serves {state_dir} already: stop it, or "
                "give this one a state_dir of its own."
            ) from None
        file.truncate(0)
        file.seek(0)
        with contextlib.suppress(
            OSError
        ):  # a full disk: nobody can tell us to reload, and callers are answered
            os.write(file.fileno(), f"{os.getpid()}\n".encode("ascii"))
        try:
            yield
        finally:
            file.truncate(0)


def running(state_dir: Path) -> int | None:
    """The process that serves this folder now; None if none does."""
    try:
        with open(_path(state_dir), encoding="ascii") as file:
            text = file.read().strip()
            if not text.isdigit():
                return None
            try:
                # Asked only where a number stands: a service that is just starting shall not meet this lock.
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return int(text)
            return None
    except OSError:
        return None


def ask_to_reload(state_dir: Path) -> int | None:
    """Tell the service of this folder that the hall's data changed.

    Returns its process; None if none runs that this user may speak to.
    """
    process = running(state_dir)
    try:
        if process is not None:
            os.kill(process, signal.SIGHUP)
    except (ProcessLookupError, PermissionError):
        return None
    return process


def _path(state_dir: Path) -> Path:
    return state_dir / "halo.pid"
