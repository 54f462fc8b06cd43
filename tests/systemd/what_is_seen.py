"""What an administrator sees on each bad day, printed as it is: log, `halo check`, metrics.

`tests/systemd/machine what_is_seen` runs it, as root on a machine of its own; docs/operations.md shows what came out.
Nothing is asserted here: tests/systemd/bad_days.py and tests/chaos do.
"""

import os
import signal
import sqlite3
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.systemd.bad_days import (
    API,
    CITY,
    CLONE,
    LINE,
    PBX,
    SIP,
    becomes,
    citizen,
    hears_the_dialplan,
    install,
    is_ready,
    main_pid,
    run,
    says,
)

STATE = Path("/var/lib/halo")
NOISE = ("api.access", "GET /health", "api.forgetting")


def halo(*arguments: str | Path) -> str:
    """What the command line says, whatever its exit code."""
    done = subprocess.run(["/usr/local/bin/halo", *arguments], capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).strip()


def token() -> str:
    """A token for the metrics."""
    made = halo("token", "create", "metrics", "--scope", "metrics")
    return next(word for word in made.split() if word.startswith("halo_"))


class Day:
    """Shows what has changed since it began."""

    def __init__(self, name: str, token: str) -> None:
        says(f"\n==== {name}")
        self._token = token
        self._cursor = run("journalctl", "-n", "0", "--show-cursor").rpartition("cursor: ")[2]
        self._before = self._metrics()

    def log(self) -> None:
        """What both units have said."""
        units = ("-u", "halo", "-u", "halo-asterisk", "-u", "init.scope")
        for line in run(
            "journalctl", "--no-pager", "-o", "cat", "--after-cursor", self._cursor, *units
        ).splitlines():
            if not any(noise in line for noise in NOISE):
                says(f"log    {line}")

    def check(self) -> None:
        """What `halo check` finds, except what is well and says nothing of interest."""
        for line in halo("check").splitlines():
            if not line.startswith("ok") or "without the service" in line or "wait" in line:
                says(f"check  {line}")

    def metrics(self) -> None:
        """Which metrics are others now."""
        for name, value in sorted(self._metrics().items()):
            if self._before.get(name) != value:
                says(f"metric {name} {self._before.get(name)} -> {value}")

    def all(self) -> None:
        """All three."""
        self.log()
        self.check()
        self.metrics()

    def _metrics(self) -> dict[str, str]:
        request = urllib.request.Request(f"{API}/metrics", headers={"Authorization": f"Bearer {self._token}"})
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                lines = answer.read().decode().splitlines()
        except OSError:
            return {}
        shown = (line.rpartition(" ") for line in lines if line.startswith("halo_"))
        dull = ("_bucket", "_created", "halo_request", "halo_disk", "halo_tasks", "halo_loop", "_sum")
        return {name: value for name, _, value in shown if not any(word in name for word in dull)}


def pauses(seconds: float) -> None:
    """Let so much time pass."""
    run("sleep", f"{seconds:g}")


@contextmanager
def locked_database() -> Iterator[None]:
    """Nobody else can write to the database inside."""
    with closing(sqlite3.connect(STATE / "halo.sqlite3", isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        yield
        holder.execute("ROLLBACK")


@contextmanager
def full_spool() -> Iterator[None]:
    """The folder of facts is on a disk of its own, that is full."""
    run("systemctl", "stop", "halo")
    run("mount", "-t", "tmpfs", "-o", "size=16k,mode=0700,uid=halo,gid=halo", "tmpfs", STATE / "spool")
    run("systemctl", "start", "halo")
    becomes(is_ready, "ready")
    filler = STATE / "spool" / "filler"
    subprocess.run(["dd", "if=/dev/zero", f"of={filler}", "bs=4k"], check=False, capture_output=True)
    yield
    filler.unlink()


def a_call(name: str) -> None:
    """A citizen calls, and hears something."""
    with citizen(name) as caller:
        answer = caller.calls(LINE, name, seconds=20)
        caller.listens(1, seconds=20)
        caller.hangs_up(LINE, name, answer)


def killed(day: Day) -> None:
    dead = main_pid("halo")
    run("systemctl", "kill", "-s", "KILL", "--kill-who=main", "halo")
    becomes(lambda: main_pid("halo") not in (0, dead) and is_ready(), "back")
    day.log()


def stopped(day: Day) -> None:
    run("systemctl", "stop", "halo")
    hears_the_dialplan("meanwhile")
    day.check()
    run("systemctl", "start", "halo")
    becomes(is_ready, "ready")
    pauses(2)
    day.log()


def frozen(day: Day) -> None:
    dead = main_pid("halo")
    run("systemctl", "kill", "-s", "STOP", "--kill-who=main", "halo")
    day.check()
    becomes(lambda: main_pid("halo") not in (0, dead) and is_ready(), "back")
    day.log()


def silent_asterisk(day: Day) -> None:
    os.kill(main_pid("halo-asterisk"), signal.SIGSTOP)
    becomes(lambda: not is_ready(), "noticed")
    day.check()
    os.kill(main_pid("halo-asterisk"), signal.SIGCONT)
    becomes(is_ready, "ready")
    day.log()
    day.metrics()


def restarted_asterisk(day: Day) -> None:
    with citizen("cut-off") as caller:
        caller.calls(LINE, "cut-off")
        run("systemctl", "restart", "halo-asterisk")
        becomes(is_ready, "ready")
    day.log()
    day.metrics()


def taken(day: Day) -> None:
    pauses(31)  # until then the service would think of connections of its own
    other = Path("/tmp/other")
    other.mkdir()
    given = {**os.environ, "HALO_STATE_DIR": str(other), "HALO_API_PORT": "0", "HALO_VOICE_ENGINE": "silent"}
    given |= {"HALO_ASTERISK_PASSWORD_FILE": "/etc/halo/ari-password"}
    stranger = subprocess.Popen([CLONE / ".venv/bin/halo", "serve"], env=given, stdout=subprocess.DEVNULL)
    becomes(lambda: run("systemctl", "show", "--value", "-p", "ActiveState", "halo") == "failed", "failed")
    says(
        "       systemctl: "
        + run("systemctl", "show", "-p", "Result", "-p", "ExecMainStatus", "halo").replace("\n", " ")
    )
    day.check()
    stranger.kill()
    stranger.wait()
    run("systemctl", "start", "halo")
    becomes(is_ready, "ready")
    day.log()


def database_locked(day: Day) -> None:
    with locked_database():
        a_call("while-locked")
        pauses(35)
        a_call("still-locked")
        day.all()
    becomes(lambda: not any((STATE / "spool").glob("*.jsonl")) or is_ready(), "written")
    pauses(7)
    day.log()


def disk_full(day: Day) -> None:
    with full_spool(), locked_database():
        a_call("disk-full")
        pauses(3)
        day.all()
    pauses(7)
    day.log()
    run("systemctl", "stop", "halo")
    run("umount", STATE / "spool")
    run("systemctl", "start", "halo")
    becomes(is_ready, "ready")


def flood(day: Day) -> None:
    with citizen("mad-dialler") as caller:
        for number in range(20):
            call = f"mad-{number}"
            answer = caller.calls(LINE, call, seconds=20)
            if answer.status == 200:
                caller.hangs_up(LINE, call, answer)
    day.log()
    day.metrics()


def power_cut(day: Day) -> None:
    with citizen("power-cut") as caller:
        caller.calls(LINE, "power-cut")
        for unit in ("halo", "halo-asterisk"):
            run("systemctl", "kill", "-s", "KILL", unit)
        becomes(is_ready, "ready")
    pauses(3)
    day.log()
    day.metrics()


def backup_and_restore(day: Day) -> None:
    file = Path("/var/lib/halo/night.backup")
    says("       " + halo("database", "backup", file))
    before = halo("calls").count("\n")
    run("systemctl", "stop", "halo")
    for name in ("halo.sqlite3", "halo.sqlite3-wal", "halo.sqlite3-shm"):
        (STATE / name).unlink(missing_ok=True)
    says("       " + halo("database", "restore", file))
    run("systemctl", "start", "halo")
    becomes(is_ready, "ready")
    says(f"       calls listed before and after: {before}, {halo('calls').count(chr(10))}")
    day.log()


def main() -> None:
    """Each day, one after the other."""
    install()
    shown = token()
    days: tuple[Callable[[Day], None], ...] = (
        killed,
        stopped,
        frozen,
        silent_asterisk,
        restarted_asterisk,
        taken,
        database_locked,
        disk_full,
        flood,
        power_cut,
        backup_and_restore,
    )
    for each in days:
        day = Day(each.__name__, shown)
        try:
            each(day)
        except (AssertionError, OSError) as wrong:
            says(f"!! {wrong}")
            day.log()
    says(f"SIP at {CITY}:{SIP}, {PBX}")


if __name__ == "__main__":
    main()
