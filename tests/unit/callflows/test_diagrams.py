"""The drawings in the docs are the tables."""

from pathlib import Path

import pytest

from callflows.diagrams import Drawing, drawings

DRAWN = Path(__file__).parents[3] / "docs" / "diagrams"


@pytest.mark.parametrize("drawing", drawings(), ids=lambda drawing: drawing.name)
def test_the_diagram_is_drawn_from_the_table(drawing: Drawing) -> None:
    """After a change of a table: `python -m callflows.diagrams docs/diagrams`."""
    assert (DRAWN / f"{drawing.name}.md").read_text(encoding="utf-8") == drawing.page


def test_nothing_else_is_there() -> None:
    """A page whose table is gone would tell something that is not so."""
    assert {page.stem for page in DRAWN.glob("*.md")} == {drawing.name for drawing in drawings()}
