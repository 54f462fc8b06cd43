"""SIPp, steered while it runs.

SIPp plays a scenario (`scenarios/*.xml`) and speaks all the SIP. It tells what happens by `<log>` lines, which
we read from a pipe as they are written; and it is told what to do next by an out-of-band MESSAGE to its port
with the call's own Call-ID, for which the scenario has a branch: SIPp finds a call by its Call-ID alone.

A scenario hears only what it waits for just then. So a word to it is repeated until the scenario logs that it was
`told`, and only then comes the next word for that call; and what Asterisk sends at the wrong moment is ignored
(`-abortunexp`), because Asterisk repeats it too.
"""

import asyncio
import os
import secrets
import socket
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path

SCENARIOS = Path(__file__).parent / "scenarios"
AGAIN = 0.1
"""Seconds after which a word that was not understood is repeated."""

NOTICED = 15.0
"""Seconds within which anything that was asked of a SIPp must have happened."""


class SippFailed(Exception):
    """SIPp ended badly; the text holds its last words."""


class Sipp:
    """One SIPp process at `host`:`port`.

    `hear` is called with each line that its scenario logs, and with `ended STATUS` when the process has ended.
    """

    def __init__(self, scenario: str, *, host: str, port: int, hear: Callable[[str], None]) -> None:
        self.host, self.port = host, port
        self._scenario = scenario
        self._hear = hear
        self._pipe = self._errors = -1
        self._rest = b""
        self._process: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None
        self._messages = 0
        self._words: dict[str, deque[tuple[int, bytes]]] = {}
        self._repeating: dict[str, asyncio.TimerHandle] = {}

    async def start(self, server: tuple[str, int], keys: Mapping[str, str], *options: str) -> None:
        """Start it against the server's address; `keys` are the scenario's `[k_…]` words."""
        # Both of its files are ours, and have no name: nothing of them is left, however the tests end.
        self._pipe, log = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._errors = os.memfd_create("sipp-errors")
        asyncio.get_running_loop().add_reader(self._pipe, self._read)
        words = [part for name, value in keys.items() for part in ("-key", f"k_{name}", value)]
        command = ["sipp", f"{server[0]}:{server[1]}", "-sf", str(SCENARIOS / f"{self._scenario}.xml")]
        command += ["-i", self.host, "-p", str(self.port), "-nostdin", *words, *options]
        command += ["-trace_logs", "-log_file", f"/dev/fd/{log}"]
        command += ["-trace_err", "-error_file", f"/dev/fd/{self._errors}"]
        command += ["-default_behaviors", "all,-abortunexp"]
        self._process = await asyncio.create_subprocess_exec(
            "setpriv",
            "--pdeathsig=KILL",
            "--",
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            cwd="/",
            pass_fds=(log, self._errors),
            env={**os.environ, "TERM": "dumb"},
            start_new_session=True,  # Ctrl-C at the terminal is for us, and we end it in our own order
        )
        os.close(log)
        self._watch = asyncio.create_task(self._ended(self._process), name=f"SIPp {self._scenario} ends")

    async def _ended(self, process: asyncio.subprocess.Process) -> None:
        status = await process.wait()
        self._read()
        self._silence(*self._words)
        self._hear(f"ended {status}")

    async def ends(self) -> None:
        """Wait until it has ended by itself; raises SippFailed unless its calls went as the scenario says."""
        assert self._process is not None
        assert self._watch is not None
        await asyncio.wait_for(asyncio.shield(self._watch), NOTICED)
        self.went_well()

    def went_well(self) -> None:
        """Raise SippFailed if it has ended otherwise than its scenario says."""
        if self._process is not None and self._process.returncode:
            status = self._process.returncode
            raise SippFailed(f"SIPp ({self._scenario}) ended with {status}: {self.errors()}")

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.returncode is None

    def errors(self) -> str:
        """What it complained of."""
        said = os.pread(self._errors, 65536, 0) if self._errors >= 0 else b""
        return said.decode(errors="replace") or "no word"

    def tell(self, call_id: str, what: str) -> None:
        """Steer one of its calls. Words for one call arrive in order, and those for a call that is over are lost."""
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
        words = self._words.setdefault(call_id, deque())
        words.append((self._messages, "\r\n".join(lines).encode()))
        if len(words) == 1:
            self._say(call_id)

    def _say(self, call_id: str) -> None:
        _, datagram = self._words[call_id][0]
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
            out.sendto(datagram, (self.host, self.port))
        later = asyncio.get_running_loop().call_later(AGAIN, self._say, call_id)
        self._repeating[call_id] = later

    def _was_told(self, call_id: str, number: int) -> None:
        words = self._words.get(call_id)
        if words and words[0][0] == number:
            words.popleft()
            self._repeating.pop(call_id).cancel()
            if words:
                self._say(call_id)

    def _silence(self, *call_ids: str) -> None:
        """Nothing more can be said to these calls."""
        for call_id in call_ids:
            self._words.pop(call_id, None)
            if call_id in self._repeating:
                self._repeating.pop(call_id).cancel()

    async def close(self) -> None:
        """End it, and leave nothing open."""
        if self._process is not None:
            if self.running:
                self._process.kill()
            if self._watch is not None:
                await self._watch
        self._silence(*self._words)
        if self._pipe >= 0:
            asyncio.get_running_loop().remove_reader(self._pipe)
            os.close(self._pipe)
            os.close(self._errors)
            self._pipe = self._errors = -1

    def _read(self) -> None:
        try:
            content = os.read(self._pipe, 65536) if self._pipe >= 0 else b""
        except BlockingIOError:
            return
        if not content and self._pipe >= 0:
            asyncio.get_running_loop().remove_reader(self._pipe)  # SIPp has closed it
        *lines, self._rest = (self._rest + content).split(b"\n")
        for line in lines:
            text = line.decode(errors="replace").strip()
            match text.split():
                case ["told", call_id, number]:
                    self._was_told(call_id, int(number))
                case ["over", call_id]:
                    self._silence(call_id)
            self._hear(text)
