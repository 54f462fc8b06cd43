"""What a process has used: from /proc, where the kernel keeps the accounts."""

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
"""A hundred to the second: over a step of some seconds, of no weight."""


def cpu_seconds(pid: int) -> float:
    """Seconds of processor that all threads of this process have used, of its own and in the kernel for it."""
    return read_cpu(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")) / _TICKS


def read_cpu(stat: str) -> int:
    """utime and stime of a `stat` line, in ticks. The name, second in it, may hold spaces and brackets."""
    fields = stat.rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def resident_mib(pid: int) -> float:
    """The memory that this process holds now (RSS), in MiB."""
    return read_resident(Path(f"/proc/{pid}/status").read_text(encoding="utf-8"))


def read_resident(status: str) -> float:
    """VmRSS of a `status` file, in MiB."""
    (line,) = (line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def family_cpu_seconds(pid: int) -> float:
    """The same for a process and its children that live: PostgreSQL has one for each connection."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return sum((cpu_seconds(int(child)) for child in children), cpu_seconds(pid))
