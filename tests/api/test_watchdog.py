"""What a supervisor of processes hears of the service, by the protocol of sd_notify(3)."""

import asyncio
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.watchdog import Pulse, State, Supervisor, beating
from tests.fakes.moments import a_packet

AS_FILE, ABSTRACT = "as a file", "abstract"


class Heard:
    """A supervisor's end: what was said to it."""

    def __init__(self, told: socket.socket) -> None:
        told.setblocking(False)
        self._told = told

    def next(self) -> list[str]:
        """The lines of the next message; none if there is none yet."""
        try:
            return self._told.recv(4096).decode().splitlines()
        except BlockingIOError:
            return []

    async def until(self, wanted: str, count: int = 1) -> int:
        """Wait for so many messages that are just this; how many others came."""
        others = 0
        async with asyncio.timeout(20):
            while count:
                if (lines := self.next()) == [wanted]:
                    count -= 1
                else:
                    others += bool(lines)
                    await a_packet()
        return others


@pytest.fixture(params=[AS_FILE, ABSTRACT])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """What NOTIFY_SOCKET says."""
    return str(tmp_path / "notify") if request.param == AS_FILE else f"@halo-{os.getpid()}-{tmp_path.name}"


@pytest.fixture
def heard(address: str) -> Iterator[Heard]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
        told.bind(address.replace("@", "\0"))
        yield Heard(told)


class TestWhatIsTold:
    def test_ready_reloading_and_stopping(self, address: str, heard: Heard) -> None:
        supervisor = Supervisor.of({"NOTIFY_SOCKET": address})
        supervisor.state(State.READY)
        assert heard.next() == ["READY=1"]
        supervisor.state(State.RELOADING)
        reloading, since = heard.next()
        assert reloading == "RELOADING=1"
        assert int(since.removeprefix("MONOTONIC_USEC=")) > 0
        supervisor.state(State.STOPPING)
        assert heard.next() == ["STOPPING=1"]

    def test_a_stop_that_takes_longer_asks_for_the_time(self, address: str, heard: Heard) -> None:
        Supervisor.of({"NOTIFY_SOCKET": address}).state(State.STOPPING, patience=62.5)
        assert heard.next() == ["STOPPING=1", "EXTEND_TIMEOUT_USEC=62500000"]

    def test_a_status_only_when_it_changes(self, address: str, heard: Heard) -> None:
        supervisor = Supervisor.of({"NOTIFY_SOCKET": address})
        supervisor.status("Calls reach us.")
        supervisor.status("Calls reach us.")
        assert heard.next() == ["STATUS=Calls reach us."]
        assert heard.next() == []

    @pytest.mark.parametrize("environ", [{}, {"NOTIFY_SOCKET": ""}, {"NOTIFY_SOCKET": "/nobody/listens"}])
    def test_where_nobody_listens_nothing_fails(self, environ: dict[str, str]) -> None:
        Supervisor.of(environ).state(State.READY)


class TestTheWatchdogOfTheEnvironment:
    @pytest.mark.parametrize(
        ("environ", "seconds"),
        [
            ({}, None),
            ({"WATCHDOG_USEC": "5000000"}, 5.0),
            ({"WATCHDOG_USEC": "5000000", "WATCHDOG_PID": str(os.getpid())}, 5.0),
            ({"WATCHDOG_USEC": "5000000", "WATCHDOG_PID": "1"}, None),
            ({"WATCHDOG_USEC": "soon"}, None),
            ({"WATCHDOG_USEC": "0"}, None),
        ],
    )
    def test_it_is_ours_if_it_counts_us(self, environ: dict[str, str], seconds: float | None) -> None:
        assert Supervisor.of(environ).watchdog == seconds


class TestTheBeat:
    async def test_a_loop_that_turns_keeps_the_watchdog_quiet(self, address: str, heard: Heard) -> None:
        async with beating(Supervisor(address, watchdog=0.3), tick=0.02):
            assert await heard.until("WATCHDOG=1", 5) == 0

    async def test_without_a_watchdog_nothing_is_said(self, address: str, heard: Heard) -> None:
        async with beating(Supervisor(address), tick=0.001) as pulse:
            async with asyncio.timeout(20):
                while not pulse.lag:
                    await a_packet()
        assert heard.next() == []

    async def test_a_loop_that_stands_still_says_nothing_and_its_pulse_shows_it(
        self, address: str, heard: Heard, caplog: pytest.LogCaptureFixture
    ) -> None:
        async with beating(Supervisor(address, watchdog=0.3), tick=0.02) as pulse:
            await heard.until("WATCHDOG=1")
            while heard.next():
                pass
            stand_still(1.2)
            assert heard.next() == [], "nothing can be said while the loop stands still"
            await heard.until("WATCHDOG=1")
            assert 1.0 < pulse.lag < 20.0
        assert "the event loop stood still for 1." in caplog.text


def stand_still(seconds: float) -> None:
    """What a blocking call does to the event loop."""
    reading, writing = socket.socketpair()
    with reading, writing:
        reading.settimeout(seconds)
        with pytest.raises(TimeoutError):
            reading.recv(1)


class TestThePulse:
    def test_it_shows_the_longest_of_the_last_minute(self) -> None:
        pulse = Pulse()
        assert pulse.lag == 0.0
        for due, now in [(10.0, 10.5), (11.0, 11.1), (12.0, 12.2), (13.0, 13.0)]:
            pulse.tick(due=due, now=now)
        assert pulse.lag == pytest.approx(0.5)
        pulse.tick(due=70.9, now=71.0)
        assert pulse.lag == pytest.approx(0.2)
        pulse.tick(due=200.0, now=200.0)
        assert pulse.lag == 0.0
