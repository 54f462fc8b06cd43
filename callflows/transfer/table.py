"""The transfer table: one try at one candidate, as pure data.

Rule 1: everything that decides where an attempt goes next is in this file, and nothing else is.

Theory of operation
-------------------
Three parties may act at any moment: the caller may leave, the colleague (or their phone, or their
voicemail) may do anything, and our timers run out. A story cannot be written for that; a table can.

    ANNOUNCING    the caller is being told to whom we connect them; nothing rings yet
    RINGING       the colleague's phone is asked to ring; the caller hears music
    ACCEPTING     the phone was taken up, by a person or by a machine: we whisper, and wait for key 1
    INTRODUCING   taken; the caller hears who took the call (§6.1)
    PROVING       both in one bridge; we wait until audio has flowed both ways
    SILENT        no proof came in time: that is on record, both are told, and they stay bridged. A colleague who
                  puts down now heard nobody, and gives the caller back; who stays on hears somebody
    TALKING       the outcome is on record; they talk until one of them leaves
    OVER          done; nothing that still arrives changes anything

A phone that cannot forward may have its accept key turned off. Its answer counts as taking the call, and
the attempt walks the twin states INTRODUCING_UNCONFIRMED and PROVING_UNCONFIRMED to its own outcome.

An event that has no row in a state changes nothing: late keys, timers that lost a race, a second
hang-up. That is a choice. It is safe because every waiting state has a timer whose row leads on, and
CALLER_LEFT and PBX_RESTARTED have a row in every state but OVER.

An outcome is concluded exactly once: on the way to SILENT, TALKING or OVER.
"""

from dataclasses import dataclass
from enum import Enum

from callflows.outcomes import Outcome


class State(Enum):
    """Where an attempt stands."""

    ANNOUNCING = "announcing"
    RINGING = "ringing"
    ACCEPTING = "accepting"
    INTRODUCING = "introducing"
    PROVING = "proving"
    INTRODUCING_UNCONFIRMED = "introducing_unconfirmed"
    PROVING_UNCONFIRMED = "proving_unconfirmed"
    SILENT = "silent"
    TALKING = "talking"
    OVER = "over"


class Event(Enum):
    """What can happen to an attempt."""

    ANNOUNCED = "announced"
    PHONE_BUSY = "phone_busy"
    PHONE_DECLINED = "phone_declined"
    PHONE_GAVE_UP = "phone_gave_up"
    PHONE_UNREACHABLE = "phone_unreachable"
    RING_TIME_UP = "ring_time_up"
    TAKEN_UP = "taken_up"
    TAKEN_UP_WITHOUT_KEY = "taken_up_without_key"
    """Answered by a phone whose accept key is turned off."""
    KEY_ACCEPT = "key_accept"
    KEY_DECLINE = "key_decline"
    ACCEPT_TIME_UP = "accept_time_up"
    INTRODUCED = "introduced"
    AUDIO_PROVED = "audio_proved"
    PROOF_TIME_UP = "proof_time_up"
    STAYED_ON = "stayed_on"
    """Without proof, and both are still there: nobody stays so long on a dead line."""
    COLLEAGUE_LEFT = "colleague_left"
    CALLER_LEFT = "caller_left"
    CANCELLED = "cancelled"
    PBX_RESTARTED = "pbx_restarted"


class Do(Enum):
    """What the driver does on the way; each verb is one method there."""

    RING = "ring"
    WHISPER = "whisper"
    INTRODUCE = "introduce"
    CONNECT = "connect"
    TELL_OF_SILENCE = "tell_of_silence"
    STOP_THE_PHONE = "stop_the_phone"
    END_THE_TALK = "end_the_talk"
    GIVE_THE_CALLER_BACK = "give_the_caller_back"
    """They never talked: what the caller had got before this attempt counts again."""


@dataclass(frozen=True, slots=True)
class Conclude:
    """Put the outcome on record."""

    outcome: Outcome


Action = Do | Conclude


@dataclass(frozen=True, slots=True)
class Step:
    """Where an event leads, and what is done on the way, in order."""

    state: State
    actions: tuple[Action, ...] = ()


def _over(outcome: Outcome, *before: Action) -> Step:
    return Step(State.OVER, (*before, Conclude(outcome)))


_S, _E = State, Event

_ENDS_AN_ATTEMPT = {
    _E.CALLER_LEFT: Outcome.CALLER_LEFT,
    _E.CANCELLED: Outcome.CANCELLED,
    _E.PBX_RESTARTED: Outcome.PBX_RESTARTED,
}
"""These three may come at any time before the outcome stands, and mean the same everywhere."""

_BEFORE_THE_PHONE = (_S.ANNOUNCING,)
_WITH_THE_PHONE = (
    _S.RINGING,
    _S.ACCEPTING,
    _S.INTRODUCING,
    _S.INTRODUCING_UNCONFIRMED,
)
_IN_ONE_BRIDGE = (_S.PROVING, _S.PROVING_UNCONFIRMED)

TABLE: dict[State, dict[Event, Step]] = {
    _S.ANNOUNCING: {
        _E.ANNOUNCED: Step(_S.RINGING, (Do.RING,)),
    },
    _S.RINGING: {
        _E.TAKEN_UP: Step(_S.ACCEPTING, (Do.WHISPER,)),
        _E.TAKEN_UP_WITHOUT_KEY: Step(_S.INTRODUCING_UNCONFIRMED, (Do.INTRODUCE,)),
        _E.PHONE_BUSY: _over(Outcome.BUSY),
        _E.PHONE_DECLINED: _over(Outcome.DECLINED),
        _E.PHONE_GAVE_UP: _over(Outcome.NO_ANSWER),
        _E.PHONE_UNREACHABLE: _over(Outcome.UNREACHABLE),
        _E.RING_TIME_UP: _over(Outcome.NO_ANSWER, Do.STOP_THE_PHONE),
    },
    _S.ACCEPTING: {
        _E.KEY_ACCEPT: Step(_S.INTRODUCING, (Do.INTRODUCE,)),
        _E.KEY_DECLINE: _over(Outcome.DECLINED, Do.STOP_THE_PHONE),
        _E.ACCEPT_TIME_UP: _over(Outcome.NOT_ACCEPTED, Do.STOP_THE_PHONE),
        _E.COLLEAGUE_LEFT: _over(Outcome.NOT_ACCEPTED),
    },
    _S.INTRODUCING: {
        _E.INTRODUCED: Step(_S.PROVING, (Do.CONNECT,)),
        _E.COLLEAGUE_LEFT: _over(Outcome.NOT_PROVEN),
    },
    _S.PROVING: {
        _E.AUDIO_PROVED: Step(_S.TALKING, (Conclude(Outcome.EFFECTIVE),)),
        _E.PROOF_TIME_UP: Step(_S.SILENT, (Conclude(Outcome.NOT_PROVEN), Do.TELL_OF_SILENCE)),
        _E.COLLEAGUE_LEFT: _over(Outcome.NOT_PROVEN, Do.END_THE_TALK),
    },
    _S.INTRODUCING_UNCONFIRMED: {
        _E.INTRODUCED: Step(_S.PROVING_UNCONFIRMED, (Do.CONNECT,)),
        _E.COLLEAGUE_LEFT: _over(Outcome.NOT_PROVEN),
    },
    _S.PROVING_UNCONFIRMED: {
        _E.AUDIO_PROVED: Step(_S.TALKING, (Conclude(Outcome.UNCONFIRMED),)),
        _E.PROOF_TIME_UP: Step(_S.SILENT, (Conclude(Outcome.NOT_PROVEN), Do.TELL_OF_SILENCE)),
        _E.COLLEAGUE_LEFT: _over(Outcome.NOT_PROVEN, Do.END_THE_TALK),
    },
    _S.SILENT: {
        _E.AUDIO_PROVED: Step(_S.TALKING),
        _E.STAYED_ON: Step(_S.TALKING),
    },
    _S.TALKING: {
        _E.COLLEAGUE_LEFT: Step(_S.OVER, (Do.END_THE_TALK,)),
        _E.CALLER_LEFT: Step(_S.OVER, (Do.END_THE_TALK, Do.STOP_THE_PHONE)),
        _E.PBX_RESTARTED: Step(_S.OVER, (Do.END_THE_TALK,)),
    },
    _S.OVER: {},
}
TABLE[_S.SILENT] |= TABLE[_S.TALKING] | {
    _E.COLLEAGUE_LEFT: Step(_S.OVER, (Do.END_THE_TALK, Do.GIVE_THE_CALLER_BACK)),
}

for _event, _outcome in _ENDS_AN_ATTEMPT.items():
    for _state in _BEFORE_THE_PHONE:
        TABLE[_state][_event] = _over(_outcome)
    for _state in _WITH_THE_PHONE:
        TABLE[_state][_event] = _over(_outcome, Do.STOP_THE_PHONE)
    for _state in _IN_ONE_BRIDGE:
        TABLE[_state][_event] = _over(_outcome, Do.END_THE_TALK, Do.STOP_THE_PHONE)


def step(state: State, event: Event) -> Step:
    """Where `event` leads from `state`: itself, and nothing to do, if the table has no row."""
    return TABLE[state].get(event, Step(state))
