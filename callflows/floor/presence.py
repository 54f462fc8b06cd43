"""The presence table: where one clerk stands, as pure data.

Theory of operation. A clerk logs on and is READY. A caller from the queue is OFFERED to one who is ready: their
phone rings. Who takes it is TALKING until the caller is gone or somebody else has them, then WRAPPING_UP for a
while, then ready again. PAUSED is a break (the clerk comes back), AWAY is the end of duty, or somebody who missed
too many offers.

Who logs off, or pauses, while they talk does so when the talk is over (LAST_TALK, LAST_TALK_THEN_PAUSED); an offer
that rings is withdrawn. An event without a row changes nothing.

A caller is offered to a READY clerk; a caller who comes back, because a transfer failed after the clerk had left it
to the line, also to one who is WRAPPING_UP. Both lead to OFFERED, from which nothing rings: so nobody is ever
offered two callers. Only OFFERED, TALKING and the two LAST_TALK states hold a caller, and each has a row for
that caller's end: so nobody is stuck with one who is gone.
"""

from enum import Enum


class Presence(Enum):
    """Where a clerk stands, for the table."""

    AWAY = "away"
    PAUSED = "paused"
    READY = "ready"
    OFFERED = "offered"
    TALKING = "talking"
    LAST_TALK = "last_talk"
    """Talking, and logs off afterwards."""
    LAST_TALK_THEN_PAUSED = "last_talk_then_paused"
    WRAPPING_UP = "wrapping_up"

    @property
    def word(self) -> str:
        """The word for people and for the record: away, paused, ready, offered, talking, wrapping_up."""
        return "talking" if self in TALKS else self.value


TALKS = frozenset({Presence.TALKING, Presence.LAST_TALK, Presence.LAST_TALK_THEN_PAUSED})
ON_DUTY = frozenset(Presence) - {Presence.AWAY, Presence.LAST_TALK}
"""Who is here, or comes back from a break: as long as there is one of them, it makes sense to wait."""
AT_WORK = ON_DUTY - {Presence.PAUSED, Presence.LAST_TALK_THEN_PAUSED}
"""Who takes the next callers: they alone shorten a wait."""


class Happening(Enum):
    """What can happen to a clerk."""

    LOGGED_ON = "logged_on"
    LOGGED_OFF = "logged_off"
    PAUSED = "paused"
    OFFERED = "offered"
    TAKEN = "taken"
    """They answered: the caller is theirs, also if they logged off (and on again) in that instant."""
    WITHDRAWN = "withdrawn"
    """The caller left, or was called off, before anyone answered."""
    MISSED = "missed"
    """The phone rang and nobody answered, or it was declined."""
    MISSED_TOO_OFTEN = "missed_too_often"
    """Also of a phone that is answered and put down again and again, once that talk is over."""
    BUSY = "busy"
    """The phone is in use for something else: try again, a little later."""
    UNREACHABLE = "unreachable"
    """The phone is not registered, or dead."""
    TALK_OVER = "talk_over"
    WRAPPED_UP = "wrapped_up"
    """The time for it is over, or the clerk says that they are ready."""


_P, _H = Presence, Happening

TABLE: dict[Presence, dict[Happening, Presence]] = {
    _P.AWAY: {
        _H.LOGGED_ON: _P.READY,
        _H.TAKEN: _P.LAST_TALK,
    },
    _P.PAUSED: {
        _H.LOGGED_ON: _P.READY,
        _H.LOGGED_OFF: _P.AWAY,
        _H.TAKEN: _P.LAST_TALK_THEN_PAUSED,
    },
    _P.READY: {
        _H.OFFERED: _P.OFFERED,
        _H.TAKEN: _P.TALKING,
        _H.PAUSED: _P.PAUSED,
        _H.LOGGED_OFF: _P.AWAY,
    },
    _P.OFFERED: {
        _H.TAKEN: _P.TALKING,
        _H.WITHDRAWN: _P.READY,
        _H.MISSED: _P.READY,
        _H.MISSED_TOO_OFTEN: _P.AWAY,
        _H.BUSY: _P.WRAPPING_UP,
        _H.UNREACHABLE: _P.AWAY,
        _H.PAUSED: _P.PAUSED,
        _H.LOGGED_OFF: _P.AWAY,
    },
    _P.TALKING: {
        _H.TALK_OVER: _P.WRAPPING_UP,
        _H.LOGGED_OFF: _P.LAST_TALK,
        _H.PAUSED: _P.LAST_TALK_THEN_PAUSED,
    },
    _P.LAST_TALK: {
        _H.TALK_OVER: _P.AWAY,
        _H.LOGGED_ON: _P.TALKING,
        _H.PAUSED: _P.LAST_TALK_THEN_PAUSED,
    },
    _P.LAST_TALK_THEN_PAUSED: {
        _H.TALK_OVER: _P.PAUSED,
        _H.LOGGED_ON: _P.TALKING,
        _H.LOGGED_OFF: _P.LAST_TALK,
    },
    _P.WRAPPING_UP: {
        _H.WRAPPED_UP: _P.READY,
        _H.LOGGED_ON: _P.READY,
        _H.LOGGED_OFF: _P.AWAY,
        _H.PAUSED: _P.PAUSED,
        _H.OFFERED: _P.OFFERED,
        _H.MISSED_TOO_OFTEN: _P.AWAY,
    },
}


def after(presence: Presence, happening: Happening) -> Presence:
    """Where a clerk stands after something happened; what the table does not list changes nothing."""
    return TABLE[presence].get(happening, presence)
