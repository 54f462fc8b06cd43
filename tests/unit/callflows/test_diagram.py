"""The drawing in the docs is the table."""

from pathlib import Path

from callflows.transfer.diagram import page

DRAWN = Path(__file__).parents[3] / "docs" / "diagrams" / "transfer.md"


def test_the_diagram_is_drawn_from_the_table() -> None:
    """After a change of the table: `python -m callflows.transfer.diagram > docs/diagrams/transfer.md`."""
    assert DRAWN.read_text(encoding="utf-8") == page()
