"""The transfer table as a diagram (Mermaid), drawn from the table itself; docs/diagrams/transfer.md holds it.

What the picture cannot show: the actions on the way, and that CALLER_LEFT, CANCELLED and PBX_RESTARTED lead
from every state before SILENT and TALKING to OVER. They are left out of the drawing, and said in the legend.
"""

from callflows.transfer.table import TABLE, Conclude, Event, State, Step

EVERYWHERE = (Event.CALLER_LEFT, Event.CANCELLED, Event.PBX_RESTARTED)


def mermaid() -> str:
    """The table as Mermaid `stateDiagram-v2` source."""
    lines = ["stateDiagram-v2", f"    [*] --> {State.ANNOUNCING.value}"]
    for state, row in TABLE.items():
        for event, taken in row.items():
            if event not in EVERYWHERE or state in (State.SILENT, State.TALKING):
                lines.append(f"    {state.value} --> {taken.state.value}: {_label(event, taken)}")
    lines.append(f"    {State.OVER.value} --> [*]")
    return "\n".join(lines)


def page() -> str:
    """The whole page of docs/diagrams/transfer.md."""
    names = ", ".join(f"`{event.value}`" for event in EVERYWHERE)
    return (
        "# The verified transfer\n\n"
        "Drawn from `callflows/transfer/table.py` by `python -m callflows.transfer.diagram`; "
        "a test holds the two together.\n"
        f"From every state before `silent` and `talking`, {names} lead to `over`, with the outcome of the same name.\n"
        "After the slash stands the outcome that goes on record.\n\n"
        f"```mermaid\n{mermaid()}\n```\n"
    )


def _label(event: Event, taken: Step) -> str:
    outcomes = [action.outcome.value for action in taken.actions if isinstance(action, Conclude)]
    return f"{event.value} / {outcomes[0]}" if outcomes else event.value


if __name__ == "__main__":
    print(page(), end="")
