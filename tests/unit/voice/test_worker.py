"""A speaking process that dies, hangs or raves never holds the line up."""

import os
import signal
from pathlib import Path

import pytest

from telephony.voice.worker import Worker, WorkerLost

HELLO = "import sys, json, os\nprint(json.dumps({'version': '1'}), flush=True)\n"


def program(folder: Path, body: str) -> list[str]:
    path = folder / "program.py"
    path.write_text(HELLO + body)
    return [str(path)]


def test_it_answers_with_a_header_and_bytes(tmp_path: Path) -> None:
    body = (
        "for line in sys.stdin:\n"
        "    n = json.loads(line)['count']\n"
        "    sys.stdout.buffer.write(json.dumps({'bytes': n}).encode() + b'\\n' + b'x' * n)\n"
        "    sys.stdout.flush()\n"
    )
    worker = Worker(program(tmp_path, body))
    assert worker.hello == {"version": "1"}
    for count in (0, 1, 300_000):
        assert worker.ask({"count": count}, within=10) == ({"bytes": count}, b"x" * count)
    worker.close()
    worker.close()


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("sys.stdin.readline()\n", "died"),
        ("sys.stdin.readline(); print('raving', flush=True); sys.stdin.readline()\n", "nonsense"),
        ("sys.stdin.readline(); print('[1]', flush=True); sys.stdin.readline()\n", "nonsense"),
        ("sys.stdin.readline(); print('{\"bytes\": 9}', flush=True)\n", "died"),
    ],
)
def test_what_is_no_answer_is_a_lost_worker(tmp_path: Path, body: str, complaint: str) -> None:
    worker = Worker(program(tmp_path, body))
    with pytest.raises(WorkerLost, match=complaint):
        worker.ask({}, within=10)
    worker.close()


def test_silence_is_a_lost_worker(tmp_path: Path) -> None:
    worker = Worker(program(tmp_path, "for line in sys.stdin: pass\n"))
    with pytest.raises(WorkerLost, match="in time"):
        worker.ask({}, within=0.05)
    worker.close()


def test_a_dead_process_is_noticed_when_it_is_asked(tmp_path: Path) -> None:
    worker = Worker(program(tmp_path, "for line in sys.stdin: pass\n"))
    os.kill(worker.pid, signal.SIGKILL)
    with pytest.raises(WorkerLost):
        worker.ask({}, within=10)
    worker.close()


def test_no_hello_is_a_lost_worker(tmp_path: Path) -> None:
    silent = tmp_path / "silent.py"
    silent.write_text("pass\n")
    with pytest.raises(WorkerLost, match="died"):
        Worker([str(silent)])
