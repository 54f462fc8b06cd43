"""The facts of the desk: the queue, the clerks, holds, and what became of commands."""

from dataclasses import dataclass

from callflows.facts.fact import NO_CALL, Fact
from directory.model import PersonId
from telephony.values import CallId


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueJoined(Fact):
    """The caller waits for a clerk; `position` counts from 1, `matter` is empty if unknown."""

    position: int
    matter: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionTold(Fact):
    """The caller heard where they stand; `expected` seconds of waiting, None if nothing honest can be said."""

    position: int
    expected: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLeft(Fact):
    """The caller waits no longer: served, callback, closed, nobody (on duty), not_heard, left or broken_off."""

    why: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceChanged(Fact):
    """A clerk's presence is another now: "away", "paused", "ready", "offered", "talking" or "wrapping_up".

    `why` in a word: "logged_on", "logged_off", "paused", "missed", "unreachable", "offered", "taken", "talk_over"...
    `with_call` is the call that it is about, empty for none.
    """

    clerk: PersonId
    presence: str
    why: str
    with_call: CallId = NO_CALL


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldBegan(Fact):
    """The caller hears music because somebody who has them wants it so; `by` is that person's id."""

    by: str
    by_phone: bool = False
    """By their phone's own key, which alone ends it; else by the line, on their word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldEnded(Fact):
    """The two talk again."""

    by: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandAnswered(Fact):
    """What became of a command from a screen or a phone; `why` in plain Polish words if it was refused."""

    command: str
    """The id that whoever gave the command was told."""
    what: str
    done: bool
    why: str = ""
    by: str = ""
    """Who gave it: the name of a screen's token, or the id of whose phone it came from."""
