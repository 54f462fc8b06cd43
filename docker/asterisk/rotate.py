#!/usr/bin/env python3
"""Begin Asterisk's own logs and records anew, and delete the old ones before they are too old: once a day.

docker/asterisk/rotate.py DIR --days 90

Callers' numbers stand in the records of calls without the service, and now and then in the log: neither the service's
erasure by number nor its retention time reaches them, so nothing in a file may outlive --days. What a day has written
is set aside under its name and the time (`messages.log.20261122T032000`); each such file holds one day, and is deleted
one day before it is --days old. Needs the standard library only, and the rights of Asterisk's own user.
"""

import argparse
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
STAMP = "%Y%m%dT%H%M%S"
WRITTEN = (
    "messages.log",
    "cdr-custom/calls-without-service.json",
    "cel-custom/ended-channels.json",
)
"""What Asterisk appends to, in its folder `log`. It opens the last two anew for each line."""


def set_aside(log: Path, now: datetime) -> list[Path]:
    """Rename what has been written since the last time; returns the new names."""
    aside = []
    for name in WRITTEN:
        path = log / name
        if path.exists() and path.stat().st_size:
            aside.append(path.rename(path.with_name(f"{path.name}.{now.strftime(STAMP)}")))
    return aside


def set_aside_before(log: Path) -> Iterator[tuple[Path, datetime]]:
    """Every file that was set aside, and when."""
    for name in WRITTEN:
        path = log / name
        for old in sorted(path.parent.glob(f"{path.name}.*")):
            try:
                yield (
                    old,
                    datetime.strptime(old.name.removeprefix(f"{path.name}."), STAMP).replace(tzinfo=UTC),
                )
            except ValueError:
                continue  # somebody else's


def forget(log: Path, now: datetime, days: int) -> list[Path]:
    """Delete what holds lines that would be older than so many days before the next time; returns it."""
    oldest = now - timedelta(days=days - 1)
    gone = [path for path, then in set_aside_before(log) if then <= oldest]
    for path in gone:
        path.unlink()
    return gone


def reopen(directory: Path) -> None:
    """Have a running Asterisk open its log anew; one that does not run will do so by itself."""
    if (directory / "run" / "asterisk.ctl").exists():
        subprocess.run(  # noqa: S603 - our own command
            [HERE / "run", directory, "-rx", "logger reload"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=30,
            check=False,
        )


def main(arguments: Sequence[str]) -> int:
    """Do it for one instance, and say what was done."""
    parser = argparse.ArgumentParser(
        prog="rotate.py", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("directory", type=Path, help="the instance's own directory")
    parser.add_argument("--days", type=int, required=True, help="how long its lines may stay")
    given = parser.parse_args(arguments)
    log, now = given.directory / "log", datetime.now(UTC)
    if given.days < 1 or not log.is_dir():
        print(
            f"rotate.py: {given.directory} is no instance, or {given.days} is no number of days",
            file=sys.stderr,
        )
        return 1
    aside, gone = set_aside(log, now), forget(log, now, given.days)
    if aside:
        reopen(given.directory)
    print(f"{log}: {len(aside)} files set aside, {len(gone)} deleted")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
