"""The transfer table: one try at one candidate, as pure data.

Rule 1: everything that decides where an attempt goes next is in this file, and nothing else is.

Theory of operation
-------------------
Three parties may act at any moment: the caller may leave, the colleague (or their phone, or voicemail) may do
anything, and our timers run out. A story cannot be written for that; a table can.

    ANNOUNCING    the caller is being told to whom we connect them; nothing rings yet
    RINGING       the colleague's phone is asked to ring; the caller hears music
    ACCEPTING     the phone was taken up, by a person or by a machine: we whisper, and wait for key 1
    INTRODUCING   taken; the caller hears who took the call (§6.1)
    PROVING       both in one bridge; we wait until audio has flowed both ways
    SILENT        no proof came in time: that is on record, both are told, and they stay bridged. Whoever puts down
                  now heard nobody: a colleague gives the caller back. Who stays on hears somebody
    TALKING       it worked: the attempt is over, and the talk begins (`callflows.talk`)
    OVER          it did not; nothing that still arrives changes anything

A phone that cannot forward may have its accept key turned off. Its answer counts as taking the call, and the attempt
walks the twin states INTRODUCING_UNCONFIRMED and PROVING_UNCONFIRMED to its own outcome.

Who has the caller may want to talk to the colleague first:

    RINGING_TO_CONSULT  the phone rings for a consultation; the caller hears music and does not know of it yet
    ASKING              the two are in one bridge without the caller; whether they hear each other is not proven yet
    CONSULTING          they do
    COMPLETING          the consultation is over, the caller is being told to whom they go; then they are connected

Whoever wanted the transfer need not stay: HOST_LEFT changes nothing, but completes a consultation, as every desk phone
does it. One that still rings, or in which nobody can have talked yet (it may be a voicemail), becomes a transfer.

A clerk on duty takes a caller from the queue by answering (TAKEN_UP_ON_DUTY): they have logged on for that.

An event that has no row in a state changes nothing: late keys, timers that lost a race, a second hang-up. That is
safe because every waiting state has a timer whose row leads on (only two who consult may take their time), and
CALLER_LEFT and PBX_RESTARTED have a row in every state but the two last.

An outcome is concluded exactly once: on the way to SILENT, TALKING or OVER.
"""

from dataclasses import dataclass
from enum import Enum

from callflows.outcomes import Outcome, Way


class State(Enum):
    """Where an attempt stands."""

    ANNOUNCING = "announcing"
    RINGING = "ringing"
    ACCEPTING = "accepting"
    INTRODUCING = "introducing"
    PROVING = "proving"
    INTRODUCING_UNCONFIRMED = "introducing_unconfirmed"
    PROVING_UNCONFIRMED = "proving_unconfirmed"
    RINGING_TO_CONSULT = "ringing_to_consult"
    ASKING = "asking"
    CONSULTING = "consulting"
    COMPLETING = "completing"
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
    TAKEN_UP_ON_DUTY = "taken_up_on_duty"
    """Answered by a clerk to whom a caller from the queue was offered."""
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
    COMPLETE = "complete"
    """The consultation is over: the caller goes to the colleague."""
    HOST_LEFT = "host_left"
    """Whoever wanted the transfer does not wait for its outcome."""
    CANCELLED = "cancelled"
    PBX_RESTARTED = "pbx_restarted"


class Do(Enum):
    """What the driver does on the way; each verb is one method there."""

    ANNOUNCE = "announce"
    RING = "ring"
    TAKE_OVER = "take_over"
    """The colleague is on the line already, in another call of the host's phone, or by an earlier process."""
    MUSIC = "music"
    CONSULT = "consult"
    END_THE_CONSULTATION = "end_the_consultation"
    WHISPER = "whisper"
    INTRODUCE = "introduce"
    CONNECT = "connect"
    TELL_OF_SILENCE = "tell_of_silence"
    STOP_THE_PHONE = "stop_the_phone"
    END_THE_TALK = "end_the_talk"
    COUNT_NO_TALK = "count_no_talk"
    """They never heard each other: what the caller had got before this attempt counts again."""


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
"""They may come at any time before the outcome stands, and mean the same wherever no row says otherwise."""

_BEGUN: dict[State, tuple[Do, ...]] = {
    _S.ANNOUNCING: (),
    **dict.fromkeys((_S.RINGING, _S.RINGING_TO_CONSULT, _S.ACCEPTING), (Do.STOP_THE_PHONE,)),
    **dict.fromkeys((_S.INTRODUCING, _S.INTRODUCING_UNCONFIRMED, _S.COMPLETING), (Do.STOP_THE_PHONE,)),
    **dict.fromkeys((_S.ASKING, _S.CONSULTING), (Do.END_THE_CONSULTATION, Do.STOP_THE_PHONE)),
    **dict.fromkeys((_S.PROVING, _S.PROVING_UNCONFIRMED), (Do.END_THE_TALK, Do.STOP_THE_PHONE)),
}
"""What is undone when one of them comes in a state."""

_NOT_TAKEN_UP = {
    _E.PHONE_BUSY: _over(Outcome.BUSY),
    _E.PHONE_DECLINED: _over(Outcome.DECLINED),
    _E.PHONE_GAVE_UP: _over(Outcome.NO_ANSWER),
    _E.PHONE_UNREACHABLE: _over(Outcome.UNREACHABLE),
    _E.RING_TIME_UP: _over(Outcome.NO_ANSWER, Do.STOP_THE_PHONE),
}

_IN_A_CONSULTATION = {
    _E.COLLEAGUE_LEFT: _over(Outcome.CONSULTED, Do.END_THE_CONSULTATION),
    _E.CANCELLED: _over(Outcome.CONSULTED, Do.END_THE_CONSULTATION, Do.STOP_THE_PHONE),
}
_ASKED_TOO_LITTLE = Step(_S.ACCEPTING, (Do.END_THE_CONSULTATION, Do.ANNOUNCE, Do.WHISPER))

TABLE: dict[State, dict[Event, Step]] = {
    _S.ANNOUNCING: {_E.ANNOUNCED: Step(_S.RINGING, (Do.RING,))},
    _S.RINGING: {
        _E.TAKEN_UP: Step(_S.ACCEPTING, (Do.WHISPER,)),
        _E.TAKEN_UP_WITHOUT_KEY: Step(_S.INTRODUCING_UNCONFIRMED, (Do.INTRODUCE,)),
        _E.TAKEN_UP_ON_DUTY: Step(_S.INTRODUCING, (Do.INTRODUCE,)),
        **_NOT_TAKEN_UP,
    },
    _S.RINGING_TO_CONSULT: {
        _E.TAKEN_UP: Step(_S.ASKING, (Do.CONSULT,)),
        _E.TAKEN_UP_WITHOUT_KEY: Step(_S.CONSULTING, (Do.CONSULT,)),
        _E.COMPLETE: Step(_S.RINGING, (Do.ANNOUNCE,)),
        _E.HOST_LEFT: Step(_S.RINGING, (Do.ANNOUNCE,)),
        **_NOT_TAKEN_UP,
    },
    _S.ASKING: {
        _E.AUDIO_PROVED: Step(_S.CONSULTING),
        _E.COMPLETE: _ASKED_TOO_LITTLE,
        _E.HOST_LEFT: _ASKED_TOO_LITTLE,
        **_IN_A_CONSULTATION,
    },
    _S.CONSULTING: {
        _E.COMPLETE: Step(_S.COMPLETING, (Do.END_THE_CONSULTATION, Do.ANNOUNCE)),
        _E.HOST_LEFT: Step(_S.COMPLETING, (Do.END_THE_CONSULTATION, Do.ANNOUNCE)),
        **_IN_A_CONSULTATION,
    },
    _S.COMPLETING: {
        _E.ANNOUNCED: Step(_S.PROVING, (Do.CONNECT,)),
        _E.COLLEAGUE_LEFT: _over(Outcome.NOT_PROVEN),
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
        _E.COLLEAGUE_LEFT: Step(_S.OVER, (Do.END_THE_TALK, Do.COUNT_NO_TALK)),
        _E.CALLER_LEFT: Step(_S.OVER, (Do.END_THE_TALK, Do.COUNT_NO_TALK, Do.STOP_THE_PHONE)),
        _E.PBX_RESTARTED: Step(_S.OVER, (Do.END_THE_TALK,)),
    },
    _S.TALKING: {},
    _S.OVER: {},
}

for _state, _undone in _BEGUN.items():
    _ends = {event: _over(outcome, *_undone) for event, outcome in _ENDS_AN_ATTEMPT.items()}
    TABLE[_state] = _ends | TABLE[_state]


BEGINNINGS: dict[Way, Step] = {
    Way.LINE: Step(_S.ANNOUNCING, (Do.ANNOUNCE,)),
    Way.HANDED_OVER: Step(_S.ANNOUNCING, (Do.ANNOUNCE,)),
    Way.QUEUE: Step(_S.RINGING, (Do.RING,)),
    Way.RECALL: Step(_S.RINGING, (Do.RING,)),
    Way.CONSULTED: Step(_S.RINGING_TO_CONSULT, (Do.RING,)),
}
"""Where an attempt begins. Who waits in the queue, or comes back, need not be told to whom: the introduction does."""

CONSULTED_BEFORE = Step(_S.COMPLETING, (Do.TAKE_OVER, Do.ANNOUNCE))
"""Where it begins if the host's phone has consulted the colleague already, in a call of its own."""
CONSULTING_BEFORE = Step(_S.CONSULTING, (Do.MUSIC, Do.TAKE_OVER, Do.CONSULT))
"""Where it begins if an earlier process has left the two talking with each other."""


def step(state: State, event: Event) -> Step:
    """Where `event` leads from `state`: itself, and nothing to do, if the table has no row."""
    return TABLE[state].get(event, Step(state))
