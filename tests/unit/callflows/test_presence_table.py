"""The presence table in every order of events: nobody has two callers, and nobody is stuck.

What the table is told is not any word at any time: an offer is made to who is free for it, and has one end. So the
orders are walked together with that one offer (`Kept` of `callflows.floor.clerk`), as far as they lead anywhere new:
that is every order of any length.
"""

from collections.abc import Iterator
from enum import Enum
from itertools import product

import pytest

from callflows.floor.presence import ON_DUTY, TABLE, TALKS, Happening, Presence, after

P, H = Presence, Happening


class Caller(Enum):
    """How a caller stands to this clerk."""

    NONE = "none"
    OFFERED = "offered"
    """Their phone rings, or is about to stop because they logged off."""
    THEIRS = "theirs"


Together = tuple[Presence, Caller]

START: Together = (P.AWAY, Caller.NONE)
ANY_TIME = (H.LOGGED_ON, H.LOGGED_OFF, H.PAUSED)
NOT_TAKEN = (H.WITHDRAWN, H.MISSED, H.MISSED_TOO_OFTEN, H.BUSY, H.UNREACHABLE)


def may_happen(presence: Presence, caller: Caller) -> Iterator[tuple[Happening, Caller]]:
    """What can happen to somebody who stands there, and how the caller stands to them then."""
    yield from ((what, caller) for what in ANY_TIME)
    if presence is P.WRAPPING_UP:
        yield H.WRAPPED_UP, caller
        yield H.MISSED_TOO_OFTEN, caller
    if caller is Caller.NONE and presence in (P.READY, P.WRAPPING_UP):
        yield H.OFFERED, Caller.OFFERED
    if caller is Caller.OFFERED:
        yield H.TAKEN, Caller.THEIRS
        yield from ((what, Caller.NONE) for what in NOT_TAKEN)
    if caller is Caller.THEIRS:
        yield H.TALK_OVER, Caller.NONE


def reached() -> set[Together]:
    """Everything that any order of events leads to."""
    found, new = {START}, [START]
    while new:
        presence, caller = new.pop()
        for what, then in may_happen(presence, caller):
            there = (after(presence, what), then)
            if there not in found:
                found.add(there)
                new.append(there)
    return found


REACHED = sorted(reached(), key=lambda together: (together[0].value, together[1].value))


def test_every_presence_is_reached() -> None:
    """A row that nothing leads to would be dead."""
    assert {presence for presence, _ in REACHED} == set(Presence)


@pytest.mark.parametrize(("presence", "caller"), REACHED)
def test_who_talks_has_a_caller(presence: Presence, caller: Caller) -> None:
    """And who has a caller talks: whoever looks at the screen sees no clerk free who is not."""
    assert (presence in TALKS) == (caller is Caller.THEIRS)


@pytest.mark.parametrize(("presence", "caller"), REACHED)
def test_who_is_offered_a_caller_is_rung_for_one(presence: Presence, caller: Caller) -> None:
    """Never without one; with one that is being called off, they may have logged off and on again."""
    if presence is P.OFFERED:
        assert caller is Caller.OFFERED
    if caller is Caller.OFFERED:
        assert presence in (P.OFFERED, P.AWAY, P.PAUSED, P.READY)


@pytest.mark.parametrize(("presence", "caller"), REACHED)
def test_who_loses_their_caller_is_free_for_the_next(presence: Presence, caller: Caller) -> None:
    """However it ends, the clerk is where no caller is: ready, at work for a limited time, on a break, or away."""
    ends = [
        what
        for what, then in may_happen(presence, caller)
        if caller is not Caller.NONE and then is Caller.NONE
    ]

    assert bool(ends) == (caller is not Caller.NONE)
    for what in ends:
        assert after(presence, what) in (P.READY, P.WRAPPING_UP, P.PAUSED, P.AWAY)


@pytest.mark.parametrize(("presence", "caller"), REACHED)
def test_logging_off_always_leads_away(presence: Presence, caller: Caller) -> None:
    """At once, or when the present caller is gone, whatever is done about that caller meanwhile."""
    presence = after(presence, H.LOGGED_OFF)
    if caller is Caller.OFFERED:
        for what in NOT_TAKEN:
            assert after(presence, what) is P.AWAY
        presence, caller = after(presence, H.TAKEN), Caller.THEIRS
    if caller is Caller.THEIRS:
        assert presence not in ON_DUTY
        presence = after(presence, H.TALK_OVER)

    assert presence is P.AWAY


@pytest.mark.parametrize(("presence", "caller"), REACHED)
def test_who_logs_on_is_ready_as_soon_as_they_are_free(presence: Presence, caller: Caller) -> None:
    """Nobody has to log off first to get out of a state."""
    presence = after(presence, H.LOGGED_ON)
    if caller is Caller.THEIRS:
        presence = after(after(presence, H.TALK_OVER), H.WRAPPED_UP)
    elif presence is P.OFFERED:
        presence = after(presence, H.MISSED)

    assert presence is P.READY


@pytest.mark.parametrize("presence", list(Presence))
def test_nobody_is_offered_a_second_caller(presence: Presence) -> None:
    """Only who has none can be offered one."""
    free = presence in (P.READY, P.WRAPPING_UP)

    assert (TABLE[presence].get(H.OFFERED) is P.OFFERED) == free


@pytest.mark.parametrize("presence", list(Presence))
def test_there_is_a_way_out(presence: Presence) -> None:
    """A row that leads elsewhere, for something that surely comes or that the clerk can do."""
    comes = {P.OFFERED: H.MISSED, P.WRAPPING_UP: H.WRAPPED_UP, **dict.fromkeys(TALKS, H.TALK_OVER)}
    way_out = comes.get(presence, H.LOGGED_ON if presence is not P.READY else H.LOGGED_OFF)

    assert after(presence, way_out) is not presence


@pytest.mark.parametrize("first", list(Presence))
def test_nonsense_leads_nowhere_strange(first: Presence) -> None:
    """Every order of any four events, sensible or not, from every presence: then the day ends, and they are away."""
    for order in product(Happening, repeat=4):
        presence = first
        for what in order:
            presence = after(presence, what)
        for what in (H.LOGGED_OFF, H.WITHDRAWN, H.TALK_OVER):
            presence = after(presence, what)
        assert presence is P.AWAY, order


def test_the_words_for_people() -> None:
    """Six, and the three kinds of talk are one of them."""
    words = {presence.word for presence in Presence}

    assert words == {"away", "paused", "ready", "offered", "talking", "wrapping_up"}
