"""The dialplan as text: which line Asterisk would take for a number that a phone dials.

Asterisk's own rules, as far as this dialplan needs them: contexts are looked through in the order in which they are
included, the first that has a match wins, and inside one the most exact line (fewest possible digits from the left).
"""

import re
from dataclasses import dataclass
from pathlib import Path

_SETS = {"X": "0123456789", "Z": "123456789", "N": "23456789"}


@dataclass(frozen=True, slots=True)
class Taken:
    """Where a number goes."""

    context: str
    step: str
    """The first application, with the number put in: `Goto(help,112,1)`."""


class Dialplan:
    """One written `extensions.conf`."""

    def __init__(self, file: Path) -> None:
        self._contexts: dict[str, list[tuple[str, str]]] = {}
        self._includes: dict[str, list[str]] = {}
        context = ""
        for line in file.read_text(encoding="utf-8").splitlines():
            if found := re.fullmatch(r"\[([\w-]+)\]", line):
                context = found[1]
            elif found := re.fullmatch(r"include => (.+)", line):
                self._includes.setdefault(context, []).append(found[1])
            elif found := re.fullmatch(r"exten => ([^,]+),1,(.+)", line):
                self._contexts.setdefault(context, []).append((found[1], found[2]))

    def dialled(self, number: str, context: str = "from-phones") -> Taken | None:
        """The first line for this number; None is a 404."""
        for name in (context, *self._includes.get(context, [])):
            matches = [
                (breadth, step)
                for pattern, step in self._contexts.get(name, [])
                if (breadth := _matched(pattern, number)) is not None
            ]
            if matches:
                step = min(matches)[1]
                return Taken(
                    name, re.sub(r"\$\{EXTEN(?::(\d+))?\}", lambda cut: number[int(cut[1] or 0) :], step)
                )
        return None


def _matched(pattern: str, number: str) -> list[int] | None:
    """How many signs each place of the pattern would take, if it matches."""
    if not pattern.startswith("_"):
        return [0] if pattern == number else None
    places = re.findall(r"\[[^\]]+\]|.", pattern[1:])
    breadths: list[int] = []
    for position, place in enumerate(places):
        if place == ".":
            return [*breadths, 1000] if len(number) > position else None
        allowed = _SETS.get(place) or _range(place)
        if position >= len(number) or number[position] not in allowed:
            return None
        breadths.append(len(allowed))
    return breadths if len(number) == len(places) else None


def _range(place: str) -> str:
    """The signs between brackets, ranges spelled out; any other sign is itself."""
    return re.sub(
        r"(\d)-(\d)", lambda ends: "".join(map(str, range(int(ends[1]), int(ends[2]) + 1))), place.strip("[]")
    )
