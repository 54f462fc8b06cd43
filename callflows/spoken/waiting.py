"""How a wait is rounded before any language says it: honest, and no finer than anybody needs."""

import math

LONGEST = 20
"""Minutes: a longer wait is only said to be longer."""


def full_minutes(seconds: float) -> int:
    """Round a wait up to full minutes, at least one, and at most one more than LONGEST."""
    return min(max(1, math.ceil(seconds / 60)), LONGEST + 1)
