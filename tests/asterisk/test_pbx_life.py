"""Asterisk as a fixture: it comes alone, comes back, and never outlives its tests."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.asterisk.raw_phone import RawPhone
from tests.pbx.asterisk import PHONES, Pbx
from tests.pbx.ports import free_tcp_port, free_udp_port

CLONE = Path(__file__).resolve().parents[2]
CHILD = """
import sys
from tests.pbx.asterisk import Pbx
pbx = Pbx()
pbx.start()
print(pbx.pid, pbx.directory, flush=True)
sys.stdin.read()
"""


def test_two_live_side_by_side(new_pbx: Callable[..., Pbx]) -> None:
    one, other = new_pbx(), new_pbx()
    assert one.ari_url != other.ari_url
    assert one.ari_password != other.ari_password
    assert one.channels() == other.channels() == []


def test_registrations_survive_a_restart(new_pbx: Callable[..., Pbx]) -> None:
    pbx = new_pbx()
    with RawPhone("127.0.0.1", pbx.sip_port, user=PHONES[1]) as phone:
        phone.registers(pbx.phones[PHONES[1]])
        pbx.restart()
        assert phone.address in pbx.cli("pjsip show contacts")


def test_it_comes_back_after_a_crash(new_pbx: Callable[..., Pbx]) -> None:
    pbx = new_pbx()
    pbx.kill()
    pbx.start()
    assert "System uptime" in pbx.cli("core show uptime")


def test_it_leaves_nothing_behind(new_pbx: Callable[..., Pbx]) -> None:
    with Pbx() as pbx:
        directory = pbx.directory
        assert directory.exists()
    assert not directory.exists()


def test_it_ends_with_tests_that_are_killed(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": f"{CLONE}:{CLONE}/docker/asterisk", "TMPDIR": "/tmp"}
    with subprocess.Popen(
        [sys.executable, "-c", CHILD],
        cwd=CLONE,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout
        pid, directory = child.stdout.readline().split()
        asterisk = os.pidfd_open(int(pid))
        child.send_signal(signal.SIGKILL)
        assert select.select([asterisk], [], [], 5)[0], "Asterisk is still there"
        os.close(asterisk)
    subprocess.run(["rm", "-rf", directory], check=True)


def test_ports_are_handed_out_once() -> None:
    assert len({free_udp_port() for _ in range(100)} | {free_tcp_port() for _ in range(100)}) == 200
