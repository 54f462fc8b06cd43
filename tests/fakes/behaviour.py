"""What a rung phone does, by name: one vocabulary for the actors of all three worlds.

The values are what a test that is run for each of them is called by.
"""

from enum import Enum


class Behaviour(Enum):
    """How a phone behaves when it is rung. Where a delay is meant, it is the phone's `after`."""

    TAKES_IT = "takes-it"
    """Rings, is answered after `after` seconds, hears the whisper, presses 1 and talks."""
    NEVER_ANSWERS = "never-answers"
    """Rings for ever (180 and no more)."""
    GIVES_UP = "gives-up"
    """Rings for `after` seconds, then says 480 by itself."""
    BUSY = "busy"
    """486."""
    DECLINES = "declines"
    """Rings for `after` seconds, then 603."""
    DECLINES_BY_KEY = "declines-by-key"
    """Is answered, hears the whisper, and presses 2."""
    VOICEMAIL = "voicemail"
    """Is answered by a machine: it talks, presses nothing, and puts down after 20 s."""
    SAYS_NOTHING = "says-nothing"
    """Is answered; sends audio, presses nothing, and stays."""
    HANGS_UP_AT_ONCE = "hangs-up-at-once"
    """Is answered and put down again in the same breath."""
    HANGS_UP_WHILE_ANNOUNCED = "hangs-up-while-announced"
    """Is answered, and put down while the whisper plays."""
    FORWARDS = "forwards"
    """302 to somewhere else."""
    UNAVAILABLE = "unavailable"
    """480 at once, without ringing."""
    CONGESTED = "congested"
    """503."""
    UNKNOWN_NUMBER = "unknown-number"
    """404: the phone, or the PBX behind the trunk, knows no such number."""
    NOT_REGISTERED = "not-registered"
    """Asterisk has no contact for it: asking is refused at once."""
    DEAD = "dead"
    """Registered, and nobody is at that address: no RINGING ever comes."""
    ONE_WAY_AUDIO = "one-way-audio"
    """Like TAKES_IT, and never sends one RTP packet."""
    BY_HAND = "by-hand"
    """Rings; the test does the rest with `answers`, `presses`, `declines`, `hangs_up`."""
