"""A speaking process on a leash: requests over its stdin, answers over its stdout, and never waiting for ever.

The process is ended with the service: its input closes. A crash or a silence raises `WorkerLost`; who speaks
through it starts another.
"""

import contextlib
import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Any


class WorkerLost(Exception):
    """The process died, or said nothing in time, or nothing sensible; it has been ended."""


class Worker:
    """One process that answers each JSON line by a JSON line and maybe bytes after it. One user at a time."""

    def __init__(self, program: Sequence[str], hello_within: float = 10.0) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own program and arguments
            [sys.executable, "-I", *program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )
        self._read = bytearray()
        try:
            self.hello = self._header(time.monotonic() + hello_within)
        except WorkerLost:
            self.close()
            raise

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    def ask(self, request: dict[str, Any], within: float) -> tuple[dict[str, Any], bytes]:
        """Send a request; the answer's header and the bytes that it announces, within that many seconds."""
        until = time.monotonic() + within
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            header = self._header(until)
            return header, self._exactly(int(header.get("bytes", 0)), until)
        except (OSError, ValueError) as error:
            raise WorkerLost(str(error)) from None

    def close(self) -> None:
        """End the process now. Idempotent."""
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        self._process.wait()

    def _header(self, until: float) -> dict[str, Any]:
        while b"\n" not in self._read:
            self._more(until)
        line, _, rest = bytes(self._read).partition(b"\n")
        self._read[:] = rest
        try:
            header = json.loads(line)
        except ValueError:
            raise WorkerLost("the speech process wrote nonsense") from None
        if not isinstance(header, dict):
            raise WorkerLost("the speech process wrote nonsense")
        return header

    def _exactly(self, count: int, until: float) -> bytes:
        while len(self._read) < count:
            self._more(until)
        found = bytes(self._read[:count])
        del self._read[:count]
        return found

    def _more(self, until: float) -> None:
        assert self._process.stdout is not None
        readable, _, _ = select.select([self._process.stdout], [], [], max(0.0, until - time.monotonic()))
        if not readable:
            raise WorkerLost("the speech process said nothing in time")
        chunk = os.read(self._process.stdout.fileno(), 1 << 16)
        if not chunk:
            raise WorkerLost("the speech process died")
        self._read += chunk
