"""The child of `api.calendars.apart`: it reads one calendar, with little time, little memory and no network."""

import os
import resource
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

from api.calendars.busy import UNREADABLE, written
from api.calendars.events import busy
from api.calendars.trouble import Unreadable

CPU_SECONDS, MEMORY = 10, 512 * 2**20


def main() -> None:
    """Read a calendar from standard input and write its busy times to standard output."""
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    zone, since, until = sys.argv[1:]
    try:
        found = busy(
            sys.stdin.buffer.read(),
            zone=ZoneInfo(zone),
            since=datetime.fromisoformat(since),
            until=datetime.fromisoformat(until),
        )
    except Unreadable as wrong:
        sys.stderr.write(wrong.trouble.value)
        sys.exit(UNREADABLE)
    sys.stdout.writelines(f"{written(each)}\n" for each in found)


if __name__ == "__main__":
    main()
