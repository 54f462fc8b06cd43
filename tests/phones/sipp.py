"""SIPp, steered while it runs.

SIPp plays a scenario (`scenarios/*.xml`) and speaks all the SIP. It tells what happens by `<log>` lines, which
we read from a pipe as they are written; and it is told what to do next by an out-of-band MESSAGE to its port
with the call's own Call-ID, for which the scenario has a branch: SIPp finds a call by its Call-ID alone.
"""

import asyncio
import os
import secrets
import shutil
import socket
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

SCENARIOS = Path(__file__).parent / "scenarios"
NOTICED = 15.0
"""Seconds within which anything that was asked of a SIPp must have happened."""


class SippFailed(Exception):
    """SIPp ended badly; the text holds its last words."""


class Sipp:
    """One SIPp process at `host`:`port`. `hear` is called with each line that its scenario logs."""

    def __init__(self, scenario: str, *, host: str, port: int, hear: Callable[[str], None]) -> None:
        self.host, self.port = host, port
        self._scenario = scenario
        self._hear = hear
        self._folder = Path(tempfile.mkdtemp(prefix="halo-sipp-"))
        self._pipe = -1
        self._rest = b""
        self._process: asyncio.subprocess.Process | None = None
        self._messages = 0

    async def start(self, server: tuple[str, int], keys: Mapping[str, str], *options: str) -> None:
        """Start it against the server's address; `keys` are the scenario's `[k_…]` words."""
        log = self._folder / "log"
        os.mkfifo(log)
        # Opened for writing too, or the pipe would be at its end, and readable for ever, once SIPp has ended.
        self._pipe = os.open(log, os.O_RDWR | os.O_NONBLOCK)
        asyncio.get_running_loop().add_reader(self._pipe, self._read)
        words = [part for name, value in keys.items() for part in ("-key", f"k_{name}", value)]
        command = ["sipp", f"{server[0]}:{server[1]}", "-sf", str(SCENARIOS / f"{self._scenario}.xml")]
        command += ["-i", self.host, "-p", str(self.port), "-nostdin", "-trace_logs", "-log_file", str(log)]
        command += ["-trace_err", "-error_file", str(self._folder / "errors"), *words, *options]
        self._process = await asyncio.create_subprocess_exec(
            "setpriv",
            "--pdeathsig=KILL",
            "--",
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            cwd=self._folder,
            env={**os.environ, "TERM": "dumb"},
            start_new_session=True,  # Ctrl-C at the terminal is for us, and we end it in our own order
        )

    async def ends(self) -> None:
        """Wait until it has ended by itself; raises SippFailed unless its calls went as the scenario says."""
        assert self._process is not None
        status = await asyncio.wait_for(self._process.wait(), NOTICED)
        self._read()
        if status:
            raise SippFailed(f"SIPp ({self._scenario}) ended with {status}: {self.errors()}")

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.returncode is None

    def errors(self) -> str:
        """What it complained of."""
        path = self._folder / "errors"
        return path.read_text(errors="replace") if path.exists() else "no word"

    def tell(self, call_id: str, what: str) -> None:
        """Steer one of its calls."""
        self._messages += 1
        mark = secrets.token_hex(6)
        lines = (
            f"MESSAGE sip:actor@{self.host}:{self.port} SIP/2.0",
            f"Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK{mark}",
            f"From: <sip:test@127.0.0.1>;tag={mark}",
            f"To: <sip:actor@{self.host}>",
            f"Call-ID: {call_id}",
            f"CSeq: {self._messages} MESSAGE",
            f"Content-Length: {len(what)}",
            "",
            what,
        )
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
            out.sendto("\r\n".join(lines).encode(), (self.host, self.port))

    async def close(self) -> None:
        """End it and remove its traces."""
        if self._process is not None:
            if self.running:
                self._process.kill()
            await self._process.wait()
        if self._pipe >= 0:
            asyncio.get_running_loop().remove_reader(self._pipe)
            os.close(self._pipe)
            self._pipe = -1
        shutil.rmtree(self._folder, ignore_errors=True)

    def _read(self) -> None:
        try:
            content = os.read(self._pipe, 65536) if self._pipe >= 0 else b""
        except BlockingIOError:
            return
        *lines, self._rest = (self._rest + content).split(b"\n")
        for line in lines:
            self._hear(line.decode(errors="replace").strip())
