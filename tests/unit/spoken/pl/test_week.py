"""Opening hours as one sentence."""

from datetime import time

import pytest

from callflows.spoken.pl import hours_of_week
from directory.model import Hours, Week

USUAL = Hours(time(8), time(15, 30))
LONG = Hours(time(8), time(17))
LATE = Hours(time(10), time(18))
SHORT = Hours(time(9), time(15, 30))
SATURDAY = Hours(time(9), time(13))
ALWAYS = Hours(time(0), time(0))

FULL = "od ósmej do piętnastej trzydzieści"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (
            {1: USUAL, 2: LONG, 3: USUAL, 4: USUAL, 5: USUAL},
            f"od poniedziałku do piątku {FULL}, a we wtorek do siedemnastej",
        ),
        ({1: USUAL, 2: USUAL, 3: USUAL, 4: USUAL, 5: USUAL}, f"od poniedziałku do piątku {FULL}"),
        (
            {1: LONG, 2: USUAL, 3: USUAL, 4: USUAL, 5: USUAL},
            f"w poniedziałek od ósmej do siedemnastej, od wtorku do piątku {FULL}",
        ),
        (
            {1: USUAL, 2: USUAL, 3: SHORT, 4: USUAL, 5: USUAL, 6: SATURDAY},
            f"od poniedziałku do piątku {FULL}, a w środę od dziewiątej, w sobotę od dziewiątej do trzynastej",
        ),
        (
            {1: USUAL, 2: USUAL, 3: LATE, 4: USUAL, 5: USUAL},
            f"od poniedziałku do piątku {FULL}, a w środę od dziesiątej do osiemnastej",
        ),
        (
            {1: USUAL, 2: LONG, 3: USUAL, 4: LONG, 5: USUAL},
            f"od poniedziałku do piątku {FULL}, a we wtorek i w czwartek do siedemnastej",
        ),
        (
            {1: USUAL, 2: LONG, 3: USUAL, 4: USUAL, 5: USUAL, 6: LONG},
            f"od poniedziałku do piątku {FULL}, a we wtorek do siedemnastej, w sobotę od ósmej do siedemnastej",
        ),
        (
            {1: USUAL, 3: LATE, 5: USUAL},
            f"w poniedziałek i w piątek {FULL}, w środę od dziesiątej do osiemnastej",
        ),
        ({1: USUAL, 2: USUAL, 4: USUAL}, f"w poniedziałek, we wtorek i w czwartek {FULL}"),
        ({2: LATE}, "we wtorek od dziesiątej do osiemnastej"),
        (dict.fromkeys(range(1, 8), LATE), "codziennie od dziesiątej do osiemnastej"),
        (dict.fromkeys(range(1, 8), ALWAYS), "codziennie całą dobę"),
        ({7: Hours(time(18), time(0))}, "w niedzielę od osiemnastej do północy"),
        ({}, ""),
    ],
)
def test_hours_of_week(days: dict[int, Hours], words: str) -> None:
    assert hours_of_week(Week(days)) == words
