"""What `halo prompts` says about where the prompts stand."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from telephony.voice.listing import Listed, Standing
from telephony.voice.store import closed_to_others

MENDS = {
    Standing.MISSING: "Missing: `halo prompts render` makes them.",
    Standing.UNREADABLE: "Recorded in a file that is no sound: deliver NAME.wav again; the engine speaks meanwhile.",
    Standing.OLDER: (
        "Recorded from an older text: record them again, or delete NAME.txt to confirm that the recording says the "
        "new words; the engine speaks meanwhile."
    ),
    Standing.SYNTHESISED: (
        "Synthetic: a studio recording NAME.wav in the folder of overrides replaces each (an English one in en/)."
    ),
}
"""For each standing that is not the best one: what it means and how to mend it."""


def summary(rows: Sequence[Listed]) -> str:
    """One line: how many prompts stand where, and how long they are together."""
    counts = Counter(row.standing for row in rows)
    told = [f"{counts[standing]} {standing.value}" for standing in Standing if counts[standing]]
    seconds = sum(row.seconds or 0.0 for row in rows)
    return f"{len(rows)} prompts: {', '.join(told) or 'none'}; {seconds:.0f} s of speech."


def complaints(rows: Sequence[Listed], strangers: Sequence[Path], cache: Path) -> Iterator[str]:
    """Line by line what is not as it should be, the worst first, each kind with its mend."""
    shut = closed_to_others(cache)
    if shut is not None:
        yield f"Asterisk cannot read the clips if it runs as another user: chmod o+x {shut}"
    for standing, mend in MENDS.items():
        names = [row.name for row in rows if row.standing is standing]
        if names:
            yield mend
            yield from (f"  {name}" for name in dict.fromkeys(names))
    if strangers:
        yield "Recordings of no prompt: misspelt, or said with words that change from call to call."
        yield from (f"  {path.name}" for path in strangers)


def as_json(rows: Sequence[Listed]) -> list[dict[str, object]]:
    """The same for programs."""
    return [
        {
            "name": row.name,
            "text": row.words.text,
            "language": row.words.language,
            "source": row.standing.value,
            "seconds": round(row.seconds, 3) if row.seconds is not None else None,
            "clip": str(row.clip.path) if row.clip is not None else None,
        }
        for row in rows
    ]
