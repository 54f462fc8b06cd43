"""`python -m tests.soak`: what script/soak runs."""

import asyncio
import sys
from argparse import ArgumentParser
from time import monotonic

from tests.soak.run import WARM_UP, Wanted, keep, report, soak

EVERY = 10.0
"""Seconds between two lines of progress, where they cannot be written over each other."""


class Progress:
    """One line that is written over and over; or one now and then."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._told = 0.0

    def __call__(self, how: str) -> None:
        if monotonic() - self._told < (0.2 if self._terminal else EVERY):
            return
        self._told = monotonic()
        print(f"\r{how:<70}" if self._terminal else how, end="" if self._terminal else "\n", file=sys.stderr)
        sys.stderr.flush()

    def ends(self) -> None:
        """What comes next begins on a line of its own."""
        if self._terminal:
            print(file=sys.stderr)


def main() -> int:
    """Soak as told; 0 if all is in balance, else 1."""
    given = ArgumentParser(prog="soak")
    given.add_argument("--calls", type=int, default=5000)
    given.add_argument("--rate", type=float, default=6.0)
    given.add_argument("--at-once", type=int, default=60)
    given.add_argument("--concurrent", type=int, default=200)
    given.add_argument("--warm-up", type=int, default=WARM_UP)
    given.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    given.add_argument("--seed", type=int, default=4)
    wanted = Wanted(**vars(given.parse_args()))
    progress = Progress()
    soaked = asyncio.run(soak(wanted, progress))
    progress.ends()
    keep(wanted, soaked)
    print(report(wanted, soaked))
    return 0 if soaked.ok else 1


if __name__ == "__main__":
    sys.exit(main())
