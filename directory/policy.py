"""What a hall decides about its line, in numbers: `[policy]` of its file; ranges are in `directory.validate`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LinePolicy:
    """What the hall decides about its line. Times in seconds."""

    ring: float = 20.0
    """How long one phone may ring (bylaw §6.4: "długo nie odbiera")."""
    ring_in_all: float = 60.0
    candidates: int = 3
    accept: float = 10.0
    """How long the colleague has to press 1, from the end of the first whisper."""
    proof: float = 2.0
    """RTP must flow both ways for this long before a transfer is effective."""
    proof_within: float = 5.0
    callback_hours: float = 4.0
    """Office hours until a callback is due."""
    menu_tries: int = 3
    first_key: float = 6.0
    next_key: float = 3.0
    offer_ring: float = 15.0
    """How long a clerk's phone may ring for a caller from the queue."""
    missed_offers: int = 2
    """So many offers in a row that a clerk does not take make them away."""
    wrap_up: float = 20.0
    """How long a clerk has for the work after a talk, before the next caller is offered."""
    queue_says: float = 45.0
    """How often callers in the queue are told where they stand."""
    queue_callback: float = 120.0
    """After so long in the queue a callback is offered, and again with each word on where they stand."""
    hygiene_days: float = 7.0
    """Days back in which tries at an extension are counted (`directory.hygiene`)."""
    hygiene_unanswered: int = 3
    """So many unanswered ones open a task for the unit: wrong number, or absence not entered?"""
    hygiene_share: float = 0.5
    """If they are also this share of all tries there."""
    calls_per_minute: int = 10
    """New calls of one number within a minute; the next one is politely asked to call later. 0: no limit."""
    calls_at_once: int = 6
    """Calls of one number at the same time: a school or an office may be behind it. 0: no limit."""
    withheld_at_once: int = 20
    """Calls without a number at the same time, all such callers together. 0: no limit."""
