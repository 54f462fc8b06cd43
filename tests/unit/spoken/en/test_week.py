"""Opening hours as one English sentence."""

from datetime import time

import pytest

from callflows.spoken.en import hours_of_week
from directory.model import Hours, Week

USUAL = Hours(time(8), time(15, 30))
LONG = Hours(time(8), time(17))
LATE = Hours(time(10), time(18))
SATURDAY = Hours(time(9), time(13))
ALWAYS = Hours(time(0), time(0))

FULL = "from eight in the morning until three thirty in the afternoon"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({}, ""),
        (dict.fromkeys(range(1, 6), USUAL), f"Monday to Friday {FULL}"),
        (
            dict.fromkeys(range(1, 6), USUAL) | {2: LONG},
            f"Monday to Friday {FULL}, but on Tuesday until five in the afternoon",
        ),
        (
            dict.fromkeys(range(1, 6), USUAL) | {2: LATE},
            f"Monday to Friday {FULL}, but on Tuesday from ten in the morning until six in the evening",
        ),
        (
            dict.fromkeys(range(1, 6), USUAL) | {6: SATURDAY},
            f"Monday to Friday {FULL}, Saturday from nine in the morning until one in the afternoon",
        ),
        ({1: USUAL, 3: USUAL}, f"Monday and Wednesday {FULL}"),
        (dict.fromkeys(range(1, 8), ALWAYS), "every day round the clock"),
    ],
)
def test_hours_of_week(days: dict[int, Hours], words: str) -> None:
    assert hours_of_week(Week(days)) == words
