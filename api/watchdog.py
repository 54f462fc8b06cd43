"""Our word to whoever watches over this process: systemd, or what speaks as it does (sd_notify(3)).

A message is one datagram of `NAME=value` lines to the Unix socket that NOTIFY_SOCKET names; a name that begins with
`@` is abstract (unix(7)). Where the supervisor keeps a watchdog (WATCHDOG_USEC, sd_watchdog_enabled(3)), it ends a
process that has not said WATCHDOG=1 for so long. We say it from a timer of the event loop, at a third of that time: a
loop that stands still says nothing, so it is ended, and Asterisk's own dialplan looks after the callers.
"""

import asyncio
import logging
import os
import socket
import time
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from enum import Enum

log = logging.getLogger(__name__)

TICK = 0.25
"""Seconds between two looks at the event loop."""
STANDS_STILL = 1.0
"""Seconds late after which a tick is worth a line in the log."""
REMEMBERED = 60.0
"""Seconds for which the longest stand-still is shown."""


class State(Enum):
    """What a supervisor of processes is told of the service."""

    READY = "ready"
    RELOADING = "reloading"
    STOPPING = "stopping"


class Supervisor:
    """Who started us, and wants to know how we are; nobody, if NOTIFY_SOCKET is not set."""

    def __init__(self, address: str = "", *, watchdog: float | None = None) -> None:
        """`watchdog`: the seconds of silence after which we are ended; None if nobody counts them."""
        self.watchdog = watchdog
        self._address = f"\0{address[1:]}" if address.startswith("@") else address
        self._status = ""

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> "Supervisor":
        """The supervisor that the environment names; a watchdog meant for another process is not ours."""
        microseconds = environ.get("WATCHDOG_USEC", "")
        ours = environ.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        watchdog = (
            int(microseconds) / 1e6 if ours and microseconds.isdecimal() and int(microseconds) else None
        )
        return cls(environ.get("NOTIFY_SOCKET", ""), watchdog=watchdog)

    def state(self, state: State, *, patience: float | None = None) -> None:
        """Tell what we do now; `patience` is how many seconds a stop may take, if longer than usual."""
        log.info("the service is %s", state.value)
        match state:
            case State.READY:
                self._tell("READY=1")
            case State.RELOADING:
                self._tell("RELOADING=1", f"MONOTONIC_USEC={time.monotonic_ns() // 1000}")
            case State.STOPPING:
                more = () if patience is None else (f"EXTEND_TIMEOUT_USEC={int(patience * 1e6)}",)
                self._tell("STOPPING=1", *more)

    def status(self, text: str) -> None:
        """Tell in one line how we are (`systemctl status` shows it); nothing if it is as before."""
        if text != self._status:
            self._status = text
            self._tell(f"STATUS={text}")

    def alive(self) -> None:
        """Tell that the event loop turns."""
        self._tell("WATCHDOG=1")

    def _tell(self, *lines: str) -> None:
        """Never waits and never fails: a supervisor that does not listen is none of the callers' business."""
        if not self._address:
            return
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as told:
            told.setblocking(False)
            try:
                told.sendto("\n".join(lines).encode(), self._address)
            except OSError as wrong:
                log.warning("the supervisor does not hear us: %s", wrong.strerror)


class Pulse:
    """How late the event loop came to its ticks."""

    def __init__(self) -> None:
        self._late: deque[tuple[float, float]] = deque()

    def tick(self, *, due: float, now: float) -> None:
        """Note that the tick of `due` came at `now`."""
        late = max(0.0, now - due)
        if late > STANDS_STILL:
            log.warning("the event loop stood still for %.1f s: no call was served meanwhile", late)
        # Only what no later and longer one hides, so that the first is the longest.
        while self._late and self._late[-1][1] <= late:
            self._late.pop()
        self._late.append((now, late))
        while self._late[0][0] < now - REMEMBERED:
            self._late.popleft()

    @property
    def lag(self) -> float:
        """The longest, in seconds, of the last minute; 0 before the first tick."""
        return self._late[0][1] if self._late else 0.0


@asynccontextmanager
async def beating(supervisor: Supervisor, *, tick: float = TICK) -> AsyncIterator[Pulse]:
    """Inside the block the supervisor's watchdog is kept quiet, as long as the event loop turns."""
    pulse = Pulse()
    task = asyncio.create_task(_beat(supervisor, pulse, tick), name="pulse")
    try:
        yield pulse
    finally:
        task.cancel()
        await asyncio.wait([task])


async def _beat(supervisor: Supervisor, pulse: Pulse, tick: float) -> None:
    now = asyncio.get_running_loop().time
    told, every = float("-inf"), (supervisor.watchdog or 0.0) / 3
    tick = min(tick, every or tick)
    while True:
        if every and now() - told >= every - tick:
            told = now()
            supervisor.alive()
        due = now() + tick
        await asyncio.sleep(tick)
        pulse.tick(due=due, now=now())
