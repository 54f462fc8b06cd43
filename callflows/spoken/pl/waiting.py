"""Where a caller stands in the queue, and for how long, in Polish."""

from callflows.spoken.pl.numbers import Gender, cardinal, counted
from callflows.spoken.waiting import LONGEST

_GENITIVE = (
    "jednej",
    "dwóch",
    "trzech",
    "czterech",
    "pięciu",
    "sześciu",
    "siedmiu",
    "ośmiu",
    "dziewięciu",
    "dziesięciu",
    "jedenastu",
    "dwunastu",
    "trzynastu",
    "czternastu",
    "piętnastu",
    "szesnastu",
    "siedemnastu",
    "osiemnastu",
    "dziewiętnastu",
    "dwudziestu",
)
"""From one to LONGEST, as "około" wants them; feminine for one, as minutes are."""


def place(number: int) -> str:
    """Say a place in the queue: "trzy"."""
    return cardinal(number)


def wait(minutes: int) -> str:
    """Say how long it will take: "około czterech minut", "ponad dwadzieścia minut"."""
    if minutes > LONGEST:
        return f"ponad {waited(LONGEST)}"
    return f"około {_GENITIVE[minutes - 1]} {'minuty' if minutes == 1 else 'minut'}"


def waited(minutes: int) -> str:
    """Say how long it took, in the nominative: "jedna minuta", "dwie minuty", "ponad dwadzieścia minut"."""
    if minutes > LONGEST:
        return f"ponad {waited(LONGEST)}"
    return counted(minutes, "minuta", "minuty", "minut", Gender.FEMININE)
