"""Where a caller stands in the queue, and for how long, in English."""

from num2words import num2words

from callflows.spoken.waiting import LONGEST


def place(number: int) -> str:
    """Say a place in the queue: "three"."""
    return str(num2words(number, lang="en"))


def wait(minutes: int) -> str:
    """Say how long it will take: "about four minutes", "more than twenty minutes"."""
    if minutes > LONGEST:
        return f"more than {place(LONGEST)} minutes"
    return f"about {place(minutes)} {'minute' if minutes == 1 else 'minutes'}"
