"""The service under test: a real `halo serve`, a process of its own, with a database of its own."""

import os
import re
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from benchmarks.town import OPEN, bench_hall, speak_ahead
from directory.changes import Source
from records.database import open_database
from records.migrate import upgrade
from records.stores.hall import HallStore
from tests.pbx.asterisk import Pbx

PATIENCE = 60.0
"""Seconds within which the service must be ready."""

_KEPT = """
SELECT (SELECT count(*) FROM calls), (SELECT count(*) FROM calls WHERE ended IS NOT NULL),
       (SELECT count(*) FROM transfer_attempts),
       (SELECT count(*) FROM transfer_attempts WHERE outcome IS NOT NULL),
       (SELECT count(*) FROM facts),
       (SELECT coalesce(sum(most), 0) FROM (SELECT max(number_in_run) AS most FROM facts GROUP BY run) AS runs)
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is on record. `stated` is how many facts the journal was given: by their numbers, which have no gap."""

    calls: int
    ended: int
    attempts: int
    outcomes: int
    facts: int
    stated: int

    def since(self, before: "Kept") -> "Kept":
        """What was added."""
        return Kept(
            self.calls - before.calls,
            self.ended - before.ended,
            self.attempts - before.attempts,
            self.outcomes - before.outcomes,
            self.facts - before.facts,
            self.stated - before.stated,
        )


class HaloService:
    """One `halo serve` under the name `app` at this Asterisk."""

    def __init__(self, folder: Path, pbx: Pbx, *, app: str, database_url: str | None = None) -> None:
        self.app = app
        self._state = folder / app
        self._state.mkdir(parents=True)
        self._database = database_url or f"sqlite+aiosqlite:///{self._state / 'halo.sqlite3'}"
        self.log = self._state / "log.txt"
        self._said = self._state / "said.txt"
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("HALO_")},
            "HALO_STATE_DIR": str(self._state),
            "HALO_DATABASE_URL": self._database,
            "HALO_ASTERISK_URL": pbx.ari_url,
            "HALO_ASTERISK_USER": pbx.ari_user,
            "HALO_ASTERISK_PASSWORD": pbx.ari_password,
            "HALO_ASTERISK_APP": app,
            "HALO_ASTERISK_DRAIN": "0",
            "HALO_API_PORT": "0",
            "HALO_VOICE_ENGINE": "silent",
            "HALO_LOG_LEVEL": "warning",
            "HALO_CLOCK": OPEN.isoformat(),
        }
        self._process: subprocess.Popen[bytes] | None = None
        self._token = ""

    @property
    def pid(self) -> int:
        """Of its process."""
        assert self._process is not None, "it does not run"
        return self._process.pid

    async def prepare(self) -> None:
        """Make its database, with the hall, and its clips."""
        hall = bench_hall()
        await upgrade(self._database)
        async with open_database(self._database) as database:
            await HallStore(database).save_hall(hall, "benchmark", source=Source.COMMAND)
        speak_ahead(self._state / "voice" / "cache", hall)

    def start(self) -> None:
        """Start it and return at once."""
        halo = Path(sys.executable).with_name("halo")
        with self._said.open("ab") as said, self.log.open("ab") as log:
            self._process = subprocess.Popen(
                ["setpriv", "--pdeathsig=KILL", "--", str(halo), "serve"],
                env=self._environment,
                cwd=self._state,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=log,
            )

    def until_ready(self) -> None:
        """Wait until calls reach it."""
        until = time.monotonic() + PATIENCE
        while self.metric("halo_line_ready") != 1.0:
            if self._process is None or self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"halo serve is not ready: {self.log.read_text()[-1000:]}")
            time.sleep(0.01)

    def kill(self) -> None:
        """End it as a crash would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def metric(self, name: str) -> float | None:
        """A metric of its own, now; None while it does not answer."""
        where = re.findall(r"The API listens on (\S+)\.$", self._said.read_text(), re.M)
        token = re.search(r"halo_[\w-]{16,}$", self._said.read_text(), re.M)
        self._token = token[0] if token else self._token
        if not where:
            return None
        request = urllib.request.Request(f"{where[-1]}/metrics")
        request.add_header("Authorization", f"Bearer {self._token}")
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                said = answer.read().decode()
        except OSError:
            return None
        found = re.search(rf"^{name}(?:_total)? (\S+)$", said, re.M)
        return float(found[1]) if found else None

    async def kept(self) -> Kept:
        """What is on record now."""
        async with open_database(self._database) as database, database.read() as connection:
            return Kept(*(int(one) for one in (await connection.execute(text(_KEPT))).one()))

    @property
    def complaints(self) -> int:
        """Lines of its log: warnings and errors."""
        return len(self.log.read_text(errors="replace").splitlines())
