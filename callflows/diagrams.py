"""The three tables as diagrams (Mermaid), drawn from the tables themselves; docs/diagrams holds them.

A picture cannot show everything: the actions on the way are left out, but for the outcome of an attempt; and so are
events that mean the same nearly everywhere, which the legend names.

    python -m callflows.diagrams docs/diagrams
"""

import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TypeVar

from callflows.floor import presence
from callflows.talk import table as talk
from callflows.transfer import table as transfer

S = TypeVar("S", bound=Enum)
E = TypeVar("E", bound=Enum)
T = TypeVar("T")
Row = tuple[Enum, str, Enum]
"""From where, by what, to where."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """One page: the name of its file, its heading, the module that holds the table, and what is to be seen."""

    name: str
    title: str
    drawn_from: str
    legend: str
    begins: tuple[Enum, ...]
    ends: tuple[Enum, ...]
    rows: tuple[Row, ...]

    @property
    def mermaid(self) -> str:
        """The table as Mermaid `stateDiagram-v2` source."""
        lines = ["stateDiagram-v2", *(f"    [*] --> {state.value}" for state in self.begins)]
        lines += [f"    {state.value} --> {there.value}: {label}" for state, label, there in self.rows]
        lines += [f"    {state.value} --> [*]" for state in self.ends]
        return "\n".join(lines)

    @property
    def page(self) -> str:
        """The whole page of docs/diagrams."""
        return (
            f"# {self.title}\n\n"
            f"Drawn from `{self.drawn_from}` by `python -m callflows.diagrams docs/diagrams`; "
            "a test holds the two together.\n"
            f"{self.legend}\n\n"
            f"```mermaid\n{self.mermaid}\n```\n"
        )


def drawings() -> tuple[Drawing, ...]:
    """All of them."""
    return _transfer(), _talk(), _presence()


def _transfer() -> Drawing:
    state, event = transfer.State, transfer.Event
    everywhere = (event.CALLER_LEFT, event.CANCELLED, event.PBX_RESTARTED)
    shown = _rows(
        transfer.TABLE,
        lambda taken: taken.state,
        lambda here, what: what not in everywhere or here is state.SILENT,
    )

    def labelled(row: Row) -> Row:
        here, what, there = row
        done = transfer.step(state(here.value), event(what)).actions
        outcomes = [action.outcome.value for action in done if isinstance(action, transfer.Conclude)]
        return (here, " / ".join([what, *outcomes]), there)

    begins = {step.state: None for step in (*transfer.BEGINNINGS.values(), transfer.CONSULTED_BEFORE)}
    return Drawing(
        name="transfer",
        title="The verified transfer",
        drawn_from="callflows/transfer/table.py",
        legend=(
            f"From every state before `silent` and `talking`, {_names(everywhere)} lead to `over`, with the outcome "
            "of the same name\n(called off while they consult: `consulted`). After the slash stands the outcome that "
            "goes on record."
        ),
        begins=tuple(begins),
        ends=(state.TALKING, state.OVER),
        rows=tuple(labelled(row) for row in shown),
    )


def _talk() -> Drawing:
    state, event = talk.State, talk.Event
    everywhere = (event.CALLER_LEFT, event.PBX_RESTARTED)
    return Drawing(
        name="talk",
        title="The talk of a caller and whoever has them",
        drawn_from="callflows/talk/table.py",
        legend=(
            f"From every state {_names(everywhere)} lead to `over`. While the caller is being handed over, "
            "[the transfer's table](transfer.md)\nis at work below this one, and tells only how it ended."
        ),
        begins=(state.TALKING,),
        ends=(state.OVER,),
        rows=tuple(_rows(talk.TABLE, lambda taken: taken.state, lambda _, what: what not in everywhere)),
    )


def _presence() -> Drawing:
    return Drawing(
        name="presence",
        title="The presence of a clerk",
        drawn_from="callflows/floor/presence.py",
        legend="People are told one word, `talking`, for the three kinds of talk.",
        begins=(presence.Presence.AWAY,),
        ends=(),
        rows=tuple(_rows(presence.TABLE, lambda there: there, lambda _, what: True)),
    )


def _rows(
    table: Mapping[S, Mapping[E, T]], leads: Callable[[T], Enum], shown: Callable[[S, E], bool]
) -> Iterator[Row]:
    """The rows of a table that are to be seen; `leads` says where that leads to which stands in a row."""
    for here, row in table.items():
        for event, taken in row.items():
            if shown(here, event):
                yield here, event.value, leads(taken)


def _names(events: Collection[Enum]) -> str:
    *first, last = (f"`{event.value}`" for event in events)
    return f"{', '.join(first)} and {last}"


def draw(folder: Path) -> None:
    """Write every page anew."""
    for drawing in drawings():
        (folder / f"{drawing.name}.md").write_text(drawing.page, encoding="utf-8")


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
