"""How well we find: a little below what was reached on each set of phrases, so that no change makes it worse unseen."""

import pytest

from directory.find import Finder
from tests.unit.directory.find.phrases import phrases, reached


@pytest.mark.parametrize(
    ("name", "first", "three", "none", "refused"),
    [
        ("tune", 0.95, 0.97, 0.95, 0.03),
        ("check", 0.95, 0.98, 0.95, 0.02),
        ("blind", 0.95, 0.97, 0.90, 0.03),
        ("last", 0.95, 0.97, 0.92, 0.03),
        ("fresh", 0.92, 0.94, 0.94, 0.04),
        ("visit", 0.93, 0.96, 0.93, 0.03),
    ],
)
def test_the_right_matter_is_found(
    finder: Finder, name: str, first: float, three: float, none: float, refused: float
) -> None:
    found = reached(finder, phrases(name))

    assert found.first >= first, found
    assert found.three >= three, found
    assert found.none >= none, found
    assert found.refused <= refused, found


def test_also_stories_and_slang_are_found_mostly(finder: Finder) -> None:
    found = reached(finder, phrases("hard"))

    assert found.three >= 0.75, found
    assert found.none >= 0.80, found
