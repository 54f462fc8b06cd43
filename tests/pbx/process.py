"""A server as a child process that says when it is ready, and that cannot outlive the tests.

Asterisk and PostgreSQL both speak sd_notify(3): they send READY=1 to the datagram socket named in
NOTIFY_SOCKET. So nothing here polls or sleeps. PR_SET_PDEATHSIG ends the child when the *thread* that started
it ends (prctl(2)): start servers from the main thread.
"""

import os
import secrets
import select
import signal
import socket
import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path


class NotReady(Exception):
    """The server ended, or kept silent, before it was ready; the text holds what it printed."""


class Server:
    """One running server."""

    def __init__(
        self, command: Sequence[str], *, output: Path, seconds: float = 30.0, end: str = "KILL"
    ) -> None:
        """Start it and return when it is ready; `end` is the signal it gets when the tests die."""
        assert threading.current_thread() is threading.main_thread(), "the child would end with this thread"
        name = f"halo-test-{secrets.token_hex(8)}"
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told, output.open("wb") as sink:
            told.bind(f"\0{name}")
            self._process = subprocess.Popen(
                ["setpriv", f"--pdeathsig={end}", "--", *command],
                env={**os.environ, "NOTIFY_SOCKET": f"@{name}"},
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            self._ended = os.pidfd_open(self._process.pid)
            try:
                self._until_ready(told, seconds)
            except NotReady as problem:
                self.kill()
                raise NotReady(f"{problem}:\n{output.read_text(errors='replace')}") from None

    def _until_ready(self, told: socket.socket, seconds: float) -> None:
        while True:
            readable, _, _ = select.select([told.fileno(), self._ended], [], [], seconds)
            if told.fileno() in readable:
                if b"READY=1" in told.recv(4096):
                    return
            elif readable:
                raise NotReady("it ended at once")
            else:
                raise NotReady(f"it was not ready within {seconds:.0f} s")

    @property
    def pid(self) -> int:
        """Of the server itself (setpriv has become it)."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self._process.poll() is None

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal, if it is still there."""
        if self.running:
            self._process.send_signal(number)

    def wait(self, seconds: float) -> bool:
        """Whether it has ended, waiting so long at most."""
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def kill(self) -> None:
        """End it at once, as a crash would."""
        self.signal(signal.SIGKILL)
        self._process.wait()
        if self._ended >= 0:
            os.close(self._ended)
            self._ended = -1
