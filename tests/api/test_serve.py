"""`halo serve` as a process: ready on a real Asterisk, told by signals, ended with one sentence."""

import asyncio
import os
import re
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from directory.load import DEMO
from tests.api.halo import Halo
from tests.asterisk.raw_sip import Party
from tests.pbx.asterisk import CITY, Pbx

PATIENCE = 90.0
GIVEN = {"HALO_API_PORT": "0", "HALO_VOICE_ENGINE": "silent", "HALO_ASTERISK_PASSWORD": "x"}


@dataclass
class Serving:
    """A running `halo serve`: where its API is, and what it has written so far."""

    process: Process
    base: str = ""
    said: list[str] = field(default_factory=list)
    logged: list[str] = field(default_factory=list)

    async def says(self, pattern: str) -> str:
        """Read standard output up to the line in which this is found; returns the first group."""
        return await _until(self.process.stdout, self.said, pattern)

    async def logs(self, pattern: str) -> str:
        """The same for the log, on standard error."""
        return await _until(self.process.stderr, self.logged, pattern)

    async def get(self, path: str) -> tuple[int, Any]:
        async with ClientSession() as session, session.get(self.base + path) as answer:
            return answer.status, await answer.json()

    def tell(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    async def ends(self) -> int:
        """Wait for its end; the exit code. What is left of the log is read."""
        async with asyncio.timeout(PATIENCE):
            assert self.process.stderr is not None
            self.logged += (await self.process.stderr.read()).decode().splitlines()
            return await self.process.wait()


async def _until(stream: asyncio.StreamReader | None, lines: list[str], pattern: str) -> str:
    assert stream is not None
    async with asyncio.timeout(PATIENCE):
        while line := (await stream.readline()).decode():
            lines.append(line.rstrip())
            if found := re.search(pattern, line):
                return found[found.lastindex or 0]
    raise AssertionError(f"it ended before {pattern!r}: {lines}")


@asynccontextmanager
async def serving(folder: Path, **environ: str) -> AsyncIterator[Serving]:
    halo = Path(sys.executable).with_name("halo")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HALO_")}
    # It must not outlive the tests, however they end.
    command = ("setpriv", "--pdeathsig=KILL", "--", halo, "serve")
    process = await asyncio.create_subprocess_exec(
        *command, cwd=folder, env={**kept, **GIVEN, **environ}, stdout=PIPE, stderr=PIPE
    )
    running = Serving(process)
    try:
        yield running
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def test_on_a_real_asterisk_it_is_ready_reloads_and_stops(pbx: Pbx, tmp_path: Path) -> None:
    environ = {
        "HALO_ASTERISK_URL": pbx.ari_url,
        "HALO_ASTERISK_PASSWORD": pbx.ari_password,
        "HALO_ASTERISK_APP": "halo-serve",
        "HALO_LOG_FORMAT": "json",
    }
    async with serving(tmp_path, **environ) as halo:
        halo.base = await halo.says(r"The API listens on (\S+)\.$")
        await halo.logs("the service is ready")
        assert (await halo.get("/health/live"))[0] == 200
        while (await halo.get("/health/ready"))[0] != 200:
            assert halo.process.returncode is None
        halo.tell(signal.SIGHUP)
        await halo.logs("the directory was read again: nothing has changed")
        await halo.logs("the service is ready")
        halo.tell(signal.SIGTERM)
        await halo.logs("the service is stopping")
        assert await halo.ends() == 0
    assert not [line for line in halo.logged if '"error"' in line or "Traceback" in line]


async def test_while_asterisk_is_away_it_says_why_and_stops_when_told(tmp_path: Path) -> None:
    async with serving(tmp_path, HALO_ASTERISK_URL="http://127.0.0.1:1") as halo:
        halo.base = await halo.says(r"The API listens on (\S+)\.$")
        status, ready = await halo.get("/health/ready")
        assert (status, ready["checks"][0]["name"], ready["checks"][0]["ok"]) == (503, "line", False)
        assert [check["ok"] for check in ready["checks"][1:]] == [True, True, True]
        halo.tell(signal.SIGINT)
        assert await halo.ends() == 0


async def test_a_changed_directory_is_taken_over_by_the_running_service(tmp_path: Path) -> None:
    async with serving(tmp_path, HALO_ASTERISK_URL="http://127.0.0.1:1") as halo:
        await halo.says("The API listens on")
        hall = tmp_path / "hall"
        hall.mkdir()
        for file in DEMO.iterdir():
            (hall / file.name).write_bytes(file.read_bytes())
        text = (hall / "hall.toml").read_text()
        (hall / "hall.toml").write_text(text.replace('notice = ""', 'notice = "Kasa jest nieczynna."', 1))
        state = {"HALO_STATE_DIR": str(tmp_path / ".halo")}
        told = await asyncio.to_thread(lambda: Halo(tmp_path)("directory", "load", str(hall), **state))
        assert told.exit_code == 0, told.output
        assert f"The running service (process {halo.process.pid}) was told" in told.output
        await halo.logs(r"the directory was read again: \d+ units, .*, for new calls")
        halo.tell(signal.SIGTERM)
        assert await halo.ends() == 0


async def test_its_supervisor_hears_that_it_lives_and_stops(tmp_path: Path) -> None:
    loop = asyncio.get_running_loop()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as told:
        told.bind(str(tmp_path / "notify"))
        heard: list[bytes] = []

        async def hears(line: bytes) -> None:
            async with asyncio.timeout(PATIENCE):
                while not heard or line not in heard[-1].splitlines():
                    heard.append(await loop.sock_recv(told, 4096))

        watched = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "900000"}
        async with serving(tmp_path, HALO_ASTERISK_URL="http://127.0.0.1:1", **watched) as halo:
            await hears(b"READY=1")
            await hears(b"STATUS=Calls do not reach us: Asterisk is away.")
            for _ in range(3):
                heard.clear()
                await hears(b"WATCHDOG=1")
            halo.tell(signal.SIGTERM)
            await hears(b"EXTEND_TIMEOUT_USEC=60000000")
            assert await halo.ends() == 0


async def test_a_second_signal_ends_it_at_once_with_a_call_up(pbx: Pbx, tmp_path: Path) -> None:
    app = {"HALO_ASTERISK_APP": pbx.app, "HALO_ASTERISK_DRAIN": "600"}
    environ = {"HALO_ASTERISK_URL": pbx.ari_url, "HALO_ASTERISK_PASSWORD": pbx.ari_password, **app}
    with Party(CITY, pbx.sip_port) as citizen:
        async with serving(tmp_path, **environ) as halo:
            halo.base = await halo.says(r"The API listens on (\S+)\.$")
            while (await halo.get("/health/ready"))[0] != 200:
                assert halo.process.returncode is None
            answer = await asyncio.to_thread(citizen.calls, "447327700", "stays-on-the-line")
            halo.tell(signal.SIGTERM)
            await halo.logs("the service is stopping")
            halo.tell(signal.SIGTERM)
            assert await halo.ends() == 0
        assert len(pbx.channels()) == 1, "nobody is cut off"
        citizen.hangs_up("447327700", "stays-on-the-line", answer)


async def test_whose_line_is_taken_ends_for_good(pbx: Pbx, tmp_path: Path) -> None:
    environ = {
        "HALO_ASTERISK_URL": pbx.ari_url,
        "HALO_ASTERISK_PASSWORD": pbx.ari_password,
        "HALO_ASTERISK_APP": "halo-taken",
    }
    for folder in ("one", "other"):
        (tmp_path / folder).mkdir()
    async with serving(tmp_path / "one", **environ) as first:
        first.base = await first.says(r"The API listens on (\S+)\.$")
        while (await first.get("/health/ready"))[0] != 200:
            assert first.process.returncode is None
        async with serving(tmp_path / "other", **environ):
            assert await first.ends() == 75
    assert first.logged[-1].startswith("Error: Another process serves the application 'halo-taken' now")


@pytest.mark.parametrize(
    ("environ", "code", "sentence"),
    [
        ({"HALO_ASTERISK_PASSWORD": ""}, 78, r"Asterisk's password is not set: put it into a file"),
        ({"HALO_VOICE_VOICE": "Cezary", "HALO_VOICE_ENGINE": "rhvoice"}, 1, r"The line has no voice: "),
        ({"HALO_API_HOST": "192.0.2.1"}, 1, r"The API cannot listen on 192\.0\.2\.1, port 0 "),
        ({"HALO_LOG_LEVEL": "loud"}, 2, r"HALO_LOG_LEVEL: log\.level must be one of"),
        ({"HALO_HALL_DIR": "gone"}, 78, r"The hall's data in gone may not go live: "),
    ],
)
def test_what_it_cannot_start_with_is_one_sentence(
    halo: Halo, environ: dict[str, str], code: int, sentence: str
) -> None:
    told = halo("serve", **{**GIVEN, **environ})
    assert told.exit_code == code
    assert re.fullmatch(f"Error: {sentence}.*\n", told.stderr)


def test_a_wrong_password_ends_it_with_one_sentence(pbx: Pbx, halo: Halo) -> None:
    told = halo("serve", **GIVEN, HALO_ASTERISK_URL=pbx.ari_url)
    assert told.exit_code == 78
    assert told.stderr.endswith("Error: Asterisk refuses the ARI user 'halo' or its password.\n")


async def test_a_second_service_on_one_folder_is_refused(tmp_path: Path) -> None:
    away = {"HALO_ASTERISK_URL": "http://127.0.0.1:1"}
    async with serving(tmp_path, **away) as first:
        await first.says("The API listens on")
        async with serving(tmp_path, **away) as second:
            assert await second.ends() == 1
        assert second.logged[-1].startswith(f"Error: Process {first.process.pid} serves ")
