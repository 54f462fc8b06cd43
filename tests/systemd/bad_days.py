"""The bad days of an installed service, on a machine that `tests/systemd/machine` has booted: run as root in it.

Each is done as it happens (a signal, a restart), while a citizen calls; what must hold is asserted, and what was
measured is printed, a line for each.
"""

import json
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.asterisk.raw_sip import Party

PBX = Path("/srv/halo/pbx")
CLONE = Path(__file__).resolve().parents[2]
LINE, CITY, SIP = "447327700", "127.0.0.2", 5060
API = "http://127.0.0.1:8090"
PLEASE_WAIT = (CLONE / "docker/asterisk/sounds/please-wait.alaw").read_bytes()[:1600]
PATIENCE = 60.0


def run(*command: str | Path) -> str:
    """What a command prints; raises with all of it if the command fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout.strip()


def shown(unit: str, name: str) -> str:
    """One property of a unit."""
    return run("systemctl", "show", "--value", "-p", name, unit)


def main_pid(unit: str) -> int:
    """The unit's process."""
    return int(shown(unit, "MainPID"))


def becomes(true: Callable[[], bool], what: str) -> float:
    """Wait until it is true; how many seconds that took."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < PATIENCE, f"not within {PATIENCE:g} s: {what}\n{journal()}"
        run("true")
    return time.monotonic() - began


def journal() -> str:
    """The last words of both units."""
    return run("journalctl", "--no-pager", "-n", "60", "-u", "halo", "-u", "halo-asterisk")


def is_ready() -> bool:
    """Whether the service says that calls reach it."""
    try:
        with urllib.request.urlopen(f"{API}/health/ready", timeout=1) as answer:
            return int(answer.status) == 200
    except OSError:
        return False


def ready_again(dead: int, unit: str = "halo") -> float:
    """Wait for another process than `dead`, and for calls to reach the service."""
    return becomes(lambda: main_pid(unit) not in (0, dead) and is_ready(), f"{unit} is back")


@contextmanager
def citizen(name: str) -> Iterator[Party]:
    """A citizen with a number of their own."""
    with Party(CITY, SIP, user=f"+4844732{abs(hash(name)) % 10000:04}") as party:
        yield party


def hears_the_dialplan(name: str) -> float:
    """A new caller: how many seconds until they have heard the beginning of the operator's prompt."""
    with citizen(name) as caller:
        began = time.monotonic()
        answer = caller.calls(LINE, name)
        caller.hears(PLEASE_WAIT, seconds=20)
        took = time.monotonic() - began
        caller.hangs_up(LINE, name, answer)
    return took


def says(text: str) -> None:
    """A line of the report."""
    print(text, flush=True)


def install() -> None:
    """As docs/operations.md says."""
    run(CLONE / "docker/asterisk/configure.py", PBX, "--operator", "1100")
    run(CLONE / "docker/systemd/install", PBX)
    Path("/etc/halo/halo.toml").write_text('[voice]\nengine = "silent"\n\n[asterisk]\ndrain = 0\n')
    run("systemctl", "enable", "halo-asterisk", "halo", "halo-logs.timer")
    subprocess.run(["systemctl", "start", "halo-asterisk", "halo", "halo-logs.timer"], check=False)
    took = becomes(is_ready, "the service is ready")
    says(f"installed and started; ready {took:.1f} s after systemctl")


def killed() -> None:
    """kill -9."""
    dead = main_pid("halo")
    run("systemctl", "kill", "-s", "KILL", "--kill-who=main", "halo")
    took = ready_again(dead)
    says(f"service killed (-9): calls reach it again after {took:.1f} s")


def stopped_and_a_caller_comes() -> None:
    """The service is not there at all."""
    run("systemctl", "stop", "halo")
    took = hears_the_dialplan("away")
    run("systemctl", "start", "halo")
    says(f"service stopped: a new caller hears the operator's prompt {took:.2f} s after the call")
    becomes(is_ready, "the service is ready")


def frozen() -> None:
    """SIGSTOP: the watchdog must end it."""
    dead, restarts = main_pid("halo"), int(shown("halo", "NRestarts"))
    run("systemctl", "kill", "-s", "STOP", "--kill-who=main", "halo")
    began = time.monotonic()
    with citizen("frozen") as caller:
        answer = caller.calls(LINE, "frozen", seconds=20)
        assert answer.status == 200
        caller.listens(1, seconds=20)
        heard = time.monotonic() - began
        becomes(lambda: main_pid("halo") != dead, "the frozen process is ended")
        ready_again(dead)
        back = time.monotonic() - began
        caller.hangs_up(LINE, "frozen", answer)
    assert "watchdog" in run("journalctl", "--no-pager", "-u", "halo").lower()
    assert int(shown("halo", "NRestarts")) == restarts + 1
    says(
        f"service frozen: who calls just then is answered after {heard:.1f} s; calls reach it again after {back:.1f} s"
    )


def asterisk_killed() -> None:
    """Asterisk dies with a call up."""
    with citizen("cut") as caller:
        caller.calls(LINE, "cut")
        dead, service = main_pid("halo-asterisk"), main_pid("halo")
        run("systemctl", "kill", "-s", "KILL", "--kill-who=main", "halo-asterisk")
        took = becomes(lambda: main_pid("halo-asterisk") not in (0, dead), "Asterisk is back")
        took += becomes(is_ready, "the service is ready")
    assert main_pid("halo") == service, "the service itself went on"
    says(f"Asterisk killed (-9): the line is ready again after {took:.1f} s")


def restarted_with_a_call_up() -> None:
    """An upgrade: nobody is cut off."""
    with citizen("upgrade") as caller:
        answer = caller.calls(LINE, "upgrade")
        dead, began = main_pid("halo"), time.monotonic()
        run("systemctl", "restart", "halo")
        ready_again(dead)
        took = time.monotonic() - began
        assert not any(message.first.startswith("BYE ") for message in caller.got)
        caller.listens(1)
        caller.hangs_up(LINE, "upgrade", answer)
    says(f"service restarted with a call up: ready again after {took:.1f} s, the caller stayed on the line")


def wrong_setting() -> None:
    """A mistake of the administrator's is not tried again and again."""
    mistake = Path("/etc/halo/environment")
    mistake.write_text("HALO_LOG_LEVEL=loud\n")
    run("systemctl", "stop", "halo")
    restarts = shown("halo", "NRestarts")
    subprocess.run(["systemctl", "start", "halo"], check=False, capture_output=True)
    becomes(lambda: shown("halo", "ActiveState") == "failed", "the unit has failed")
    assert shown("halo", "ExecMainStatus") == "2"
    said = run("journalctl", "--no-pager", "-n", "20", "-u", "halo")
    assert "HALO_LOG_LEVEL: log.level must be one of" in said
    mistake.unlink()
    run("systemctl", "start", "halo")
    becomes(is_ready, "the service is ready")
    assert shown("halo", "NRestarts") == restarts
    says("a wrong setting: the unit has failed (status 2), is not started again, and its log says why")


def logs_are_emptied() -> None:
    """The nightly job, now."""
    records = PBX / "log/cdr-custom/calls-without-service.json"
    ended = PBX / "log/cel-custom/ended-channels.json"
    assert [json.loads(line) for line in records.read_text().splitlines()]
    assert ended.read_text()
    run("runuser", "-u", "halo", "--", "test", "-r", records)
    assert subprocess.run(
        ["runuser", "-u", "halo", "--", "test", "-r", PBX / "ari-password"], check=False
    ).returncode
    run("systemctl", "start", "halo-logs")
    assert not records.exists()
    assert len(list(records.parent.glob("*.json.*"))) == 1
    says(
        "the nightly job sets Asterisk's logs aside; the service can read the records, and not Asterisk's secrets"
    )


def hardened() -> None:
    """What systemd itself says of the units' openness, 0 to 10."""
    for unit in ("halo", "halo-asterisk"):
        score = run("systemd-analyze", "security", "--no-pager", unit).splitlines()[-1]
        says(score.strip())


def main() -> None:
    """All of them, in turn."""
    install()
    for day in (
        killed,
        stopped_and_a_caller_comes,
        frozen,
        asterisk_killed,
        restarted_with_a_call_up,
        wrong_setting,
        logs_are_emptied,
        hardened,
    ):
        try:
            day()
        except AssertionError:
            says(journal())
            raise


if __name__ == "__main__":
    main()
