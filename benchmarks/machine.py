"""The machine on which was measured, in one line: figures mean nothing without it."""

import os
import platform
from pathlib import Path


def machine() -> str:
    """Processor, how many of them, memory, kernel, Python."""
    model = _field(Path("/proc/cpuinfo"), "model name") or platform.machine()
    memory = int((_field(Path("/proc/meminfo"), "MemTotal") or "0").split()[0]) / 1024 / 1024
    cores = len(os.sched_getaffinity(0))
    return f"{model}, {cores} cores, {memory:.0f} GiB, Linux {platform.release()}, Python {platform.python_version()}"


def busy() -> float:
    """The load average of the last minute: what else ran meanwhile."""
    return os.getloadavg()[0]


def _field(path: Path, name: str) -> str:
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        if line.startswith(name):
            return line.partition(":")[2].strip()
    return ""
