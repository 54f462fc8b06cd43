"""The screen: a call's story line by line in the order of time, headings, and whatever else is told.

What a phone heard is known a moment after it began, and a fact only once it is on disk. So every line waits a
second for older ones, and the story stays in order.
"""

import asyncio
import heapq
from dataclasses import dataclass, field

from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text as Styled

from tests.demo.texts import Text, both, figure

HOLD = 1.0
"""Seconds that a line waits for others that are older."""
WIDTH = 100
"""Columns where the screen does not say how many it has."""
WHO = 20
NAME = 18
"""Columns for who does something, and for the name of an item."""


@dataclass(order=True, slots=True)
class _Line:
    rank: float
    order: int
    shown_at: float = field(compare=False)
    who: Text = field(compare=False)
    what: Text = field(compare=False)
    style: str = field(compare=False)


class Screen:
    """Writes to one console in one language."""

    def __init__(self, console: Console, language: str) -> None:
        self.console = console
        self.language = language
        self._began = 0.0
        self._waiting: list[_Line] = []
        self._count = 0
        self._timer: asyncio.TimerHandle | None = None

    def say(self, what: Text | str, style: str = "") -> None:
        """Write a paragraph of its own."""
        self.console.print(Styled(self.words(what), style=style), highlight=False)

    def item(self, name: Text | str, what: Text | str) -> None:
        """Write one of several things that are told beside their names."""
        row = Table.grid(padding=(0, 1))
        row.add_column(width=NAME, style="dim")
        row.add_column(overflow="fold")
        row.add_row(Styled("  " + self.words(name)), Styled(self.words(what)))
        self.console.print(row, highlight=False)

    def command(self, text: str) -> None:
        """Write a line to be copied: never broken."""
        self.console.print(Styled("  " + text), soft_wrap=True, highlight=False)

    def heading(self, title: Text | str) -> None:
        """Begin a new part."""
        self.console.print()
        self.console.print(Rule(Styled(self.words(title), style="bold"), align="left", style="dim"))

    def words(self, what: Text | str) -> str:
        """The words in the language of this screen."""
        return both(what).of(self.language)

    def begin_story(self, began: float) -> None:
        """Times count from this moment of the event loop's clock."""
        self._began = began

    def line(
        self, at: float, who: Text | str, what: Text | str, style: str = "", *, before: float = 0.0
    ) -> None:
        """Add a line to the story; `at` is a moment of the event loop's clock.

        The line goes above all that are younger than `before` seconds less.
        """
        self._count += 1
        heapq.heappush(self._waiting, _Line(at - before, self._count, at, both(who), both(what), style))
        self._print_what_is_due()

    def end_story(self) -> None:
        """Write all lines that still wait."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        while self._waiting:
            self._print(heapq.heappop(self._waiting))

    def _print_what_is_due(self) -> None:
        now = asyncio.get_running_loop().time()
        while self._waiting and self._waiting[0].rank <= now - HOLD:
            self._print(heapq.heappop(self._waiting))
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._waiting:
            wait = max(0.01, self._waiting[0].rank + HOLD - now)
            self._timer = asyncio.get_running_loop().call_later(wait, self._print_what_is_due)

    def _print(self, line: _Line) -> None:
        row = Table.grid(padding=(0, 1))
        row.add_column(width=7, justify="right", style="dim")
        row.add_column(width=WHO, style=line.style, overflow="fold")
        row.add_column(overflow="fold", style=line.style)
        time = figure(max(0.0, line.shown_at - self._began)).of(self.language) + " s"
        row.add_row(time, self.words(line.who), Styled(self.words(line.what)))
        self.console.print(row, highlight=False)


def open_console(*, width: int | None = None) -> Console:
    """The console of this process; readable in a pipe, and without colours where there are none."""
    console = Console(highlight=False, width=width)
    return console if console.is_terminal or width else Console(highlight=False, width=WIDTH)
