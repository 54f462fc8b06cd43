"""The talk table: a caller, whoever has them (the host), and what becomes of the two, as pure data.

Theory of operation. A host is a clerk who took the caller from the queue, or a colleague to whom the caller was
handed over; both have the same means. While the line tries to hand the caller over, the transfer table
(`callflows.transfer.table`) is at work below this one, and tells only how it ended.

    TALKING             the two are in one bridge
    BACK                the same, and both are being told why a transfer failed, and the direct number
    HELD                the host wants the caller to wait: the caller hears music
    HANDING_OVER        a colleague is being reached; the host waits, or talks to that colleague (a consultation)
    CALLING_OFF         the same, and the host has called it off to try somebody else: it is about to end
    HANDING_OVER_ALONE  a colleague is being reached, and the host has left it to the line (a blonde transfer)
    RECALLING           that failed; the clerk who had left is rung again, for the caller shall come back to them
    OVER                the two have parted: somebody else has the caller, or the line, or nobody any more

Who has the caller and puts down ends the talk: that is how a talk ends. Only a caller on hold, in HELD or by the
phone's own key, is not meant to be through, nor is one who has yet to hear why a transfer failed and the direct
number: the line takes them from there (bylaw §6.4: one goes back to the caller).

What is asked for by a screen or a key and has no row is refused, and its sender told; anything else without a row
changes nothing. Two transfers of one call at once: the second has no row. CALLER_LEFT and PBX_RESTARTED have one in
every state, and HOST_LEFT (or HOST_LEFT_ON_HOLD) in every state in which the host is on the line.
"""

from dataclasses import dataclass
from enum import Enum


class State(Enum):
    """Where a talk stands."""

    TALKING = "talking"
    BACK = "back"
    HELD = "held"
    HANDING_OVER = "handing_over"
    CALLING_OFF = "calling_off"
    HANDING_OVER_ALONE = "handing_over_alone"
    RECALLING = "recalling"
    OVER = "over"


class Event(Enum):
    """What can happen to a talk; the first group is asked for by the host or on their behalf."""

    HOLD = "hold"
    RESUME = "resume"
    HAND_OVER = "hand_over"
    HAND_OVER_AND_LEAVE = "hand_over_and_leave"
    COMPLETE = "complete"
    CANCEL = "cancel"
    TAKE_BACK = "take_back"
    LEAVE = "leave"

    PASSED_ON = "passed_on"
    """Somebody else has the caller now."""
    FAILED = "failed"
    """Nobody took the caller."""
    FAILED_ON_HOLD = "failed_on_hold"
    """The same, while the host's phone has the line on hold: joined with it, the caller would hear nothing of them."""
    TOLD = "told"
    """Both have heard why a transfer failed; or there was nothing to be told."""
    HOST_LEFT = "host_left"
    HOST_LEFT_ON_HOLD = "host_left_on_hold"
    """The same, while their phone has the line on hold by its own key."""
    CALLER_LEFT = "caller_left"
    PBX_RESTARTED = "pbx_restarted"


class Do(Enum):
    """What the driver does on the way; each verb is one method there."""

    PART = "part"
    JOIN = "join"
    """Both in one bridge again; if a transfer failed, both hear why, and the direct number."""
    HOLD = "hold"
    UNHOLD = "unhold"
    TRY = "try"
    CALL_OFF = "call_off"
    COMPLETE = "complete"
    LEAVE_IT_TO_THE_LINE = "leave_it_to_the_line"
    RECALL = "recall"
    AWAIT_THE_TRY = "await_the_try"
    """The attempt below sees the caller's leaving, too, and puts its own end on record first."""
    END_THE_TALK = "end_the_talk"
    RELEASE = "release"
    """The host's part in this call is over."""
    TO_THE_LINE = "to_the_line"
    """Nobody has the caller: the line goes back to them."""


@dataclass(frozen=True, slots=True)
class Step:
    """Where an event leads, and what is done on the way, in order."""

    state: State
    actions: tuple[Do, ...] = ()


_S, _E = State, Event

_AFTER_A_TALK = (Do.END_THE_TALK, Do.RELEASE)
_IN_A_TRY = (Do.AWAIT_THE_TRY, *_AFTER_A_TALK)
_LEAVES = (Do.LEAVE_IT_TO_THE_LINE, *_AFTER_A_TALK)

TABLE: dict[State, dict[Event, Step]] = {
    _S.TALKING: {
        _E.HOLD: Step(_S.HELD, (Do.PART, Do.HOLD)),
        _E.HAND_OVER: Step(_S.HANDING_OVER, (Do.PART, Do.TRY)),
        _E.HAND_OVER_AND_LEAVE: Step(_S.HANDING_OVER_ALONE, (Do.PART, Do.TRY, *_LEAVES)),
        _E.HOST_LEFT: Step(_S.OVER, _AFTER_A_TALK),
        _E.HOST_LEFT_ON_HOLD: Step(_S.OVER, (*_AFTER_A_TALK, Do.TO_THE_LINE)),
        _E.CALLER_LEFT: Step(_S.OVER, _AFTER_A_TALK),
        _E.PBX_RESTARTED: Step(_S.OVER, _AFTER_A_TALK),
    },
    _S.HELD: {
        _E.RESUME: Step(_S.BACK, (Do.UNHOLD, Do.JOIN)),
        _E.TAKE_BACK: Step(_S.BACK, (Do.UNHOLD, Do.JOIN)),
        _E.HAND_OVER: Step(_S.HANDING_OVER, (Do.UNHOLD, Do.TRY)),
        _E.HAND_OVER_AND_LEAVE: Step(_S.HANDING_OVER_ALONE, (Do.UNHOLD, Do.TRY, *_LEAVES)),
        _E.HOST_LEFT: Step(_S.OVER, (Do.UNHOLD, *_AFTER_A_TALK, Do.TO_THE_LINE)),
        _E.HOST_LEFT_ON_HOLD: Step(_S.OVER, (Do.UNHOLD, *_AFTER_A_TALK, Do.TO_THE_LINE)),
        _E.CALLER_LEFT: Step(_S.OVER, (Do.UNHOLD, *_AFTER_A_TALK)),
        _E.PBX_RESTARTED: Step(_S.OVER, (Do.UNHOLD, *_AFTER_A_TALK)),
    },
    _S.HANDING_OVER: {
        _E.COMPLETE: Step(_S.HANDING_OVER, (Do.COMPLETE,)),
        _E.CANCEL: Step(_S.CALLING_OFF, (Do.CALL_OFF,)),
        _E.TAKE_BACK: Step(_S.HANDING_OVER, (Do.CALL_OFF,)),
        _E.FAILED: Step(_S.BACK, (Do.JOIN,)),
        _E.FAILED_ON_HOLD: Step(_S.HELD, (Do.HOLD,)),
    },
    _S.CALLING_OFF: {
        _E.TAKE_BACK: Step(_S.HANDING_OVER),
        _E.FAILED: Step(_S.HELD, (Do.HOLD,)),
        _E.FAILED_ON_HOLD: Step(_S.HELD, (Do.HOLD,)),
    },
    _S.HANDING_OVER_ALONE: {
        _E.PASSED_ON: Step(_S.OVER),
        _E.CANCEL: Step(_S.HANDING_OVER_ALONE, (Do.CALL_OFF,)),
        _E.TAKE_BACK: Step(_S.HANDING_OVER_ALONE, (Do.CALL_OFF,)),
        _E.FAILED: Step(_S.RECALLING, (Do.RECALL,)),
        _E.FAILED_ON_HOLD: Step(_S.RECALLING, (Do.RECALL,)),
        _E.CALLER_LEFT: Step(_S.OVER, (Do.AWAIT_THE_TRY,)),
        _E.PBX_RESTARTED: Step(_S.OVER, (Do.AWAIT_THE_TRY,)),
    },
    _S.RECALLING: {
        _E.PASSED_ON: Step(_S.OVER),
        _E.FAILED: Step(_S.OVER, (Do.TO_THE_LINE,)),
        _E.CALLER_LEFT: Step(_S.OVER, (Do.AWAIT_THE_TRY,)),
        _E.PBX_RESTARTED: Step(_S.OVER, (Do.AWAIT_THE_TRY,)),
    },
    _S.OVER: {},
}
TABLE[_S.BACK] = TABLE[_S.TALKING] | {
    _E.TOLD: Step(_S.TALKING),
    _E.HOST_LEFT: Step(_S.OVER, (*_AFTER_A_TALK, Do.TO_THE_LINE)),
}
for _state in (_S.HANDING_OVER, _S.CALLING_OFF):
    TABLE[_state] |= {
        _E.PASSED_ON: Step(_S.OVER, _AFTER_A_TALK),
        _E.LEAVE: Step(_S.HANDING_OVER_ALONE, _LEAVES),
        _E.HOST_LEFT: Step(_S.HANDING_OVER_ALONE, _LEAVES),
        _E.HOST_LEFT_ON_HOLD: Step(_S.HANDING_OVER_ALONE, _LEAVES),
        _E.CALLER_LEFT: Step(_S.OVER, _IN_A_TRY),
        _E.PBX_RESTARTED: Step(_S.OVER, _IN_A_TRY),
    }


def step(state: State, event: Event) -> Step | None:
    """Where `event` leads from `state`; None if the table has no row."""
    return TABLE[state].get(event)
