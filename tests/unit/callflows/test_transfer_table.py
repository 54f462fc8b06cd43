"""The transfer table in every order of its events: no order ends in silence, or in two outcomes."""

from collections.abc import Iterator

import pytest

from callflows.outcomes import Outcome
from callflows.transfer.table import TABLE, Conclude, Do, Event, State, Step, step

TIMED = {
    State.ANNOUNCING: {Event.ANNOUNCED},
    State.RINGING: {Event.RING_TIME_UP},
    State.ACCEPTING: {Event.ACCEPT_TIME_UP},
    State.INTRODUCING: {Event.INTRODUCED},
    State.INTRODUCING_UNCONFIRMED: {Event.INTRODUCED},
    State.PROVING: {Event.PROOF_TIME_UP},
    State.PROVING_UNCONFIRMED: {Event.PROOF_TIME_UP},
    State.SILENT: {Event.STAYED_ON},
}
"""What surely comes in a state if nobody does anything: our own timers and prompts."""

WITH_A_PHONE = set(State) - {State.ANNOUNCING, State.OVER}


def walks(state: State, path: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
    """Every walk through the table from `state` to OVER (the table has no circle, so there is an end)."""
    if state is State.OVER:
        yield path
        return
    for taken in TABLE[state].values():
        yield from walks(taken.state, (*path, taken))


def outcomes(path: tuple[Step, ...]) -> list[Outcome]:
    """What was concluded on a walk, in order."""
    return [action.outcome for taken in path for action in taken.actions if isinstance(action, Conclude)]


def test_every_walk_concludes_exactly_once() -> None:
    """Whatever happens in whatever order, an attempt has one outcome."""
    found = list(walks(State.ANNOUNCING))

    assert len(found) > 40
    assert all(len(outcomes(path)) == 1 for path in found)


def test_every_outcome_of_a_rung_candidate_can_happen() -> None:
    """Only ABSENT has no walk: then nothing is rung at all."""
    reached = {outcomes(path)[0] for path in walks(State.ANNOUNCING)}

    assert set(Outcome) - {Outcome.ABSENT} == reached


@pytest.mark.parametrize("state", list(TIMED))
def test_nothing_waits_for_ever(state: State) -> None:
    """If nobody does anything, our own timer or prompt leads on."""
    for event in TIMED[state]:
        assert step(state, event).state is not state


@pytest.mark.parametrize("state", [state for state in State if state is not State.OVER])
@pytest.mark.parametrize("event", [Event.CALLER_LEFT, Event.PBX_RESTARTED])
def test_the_end_of_the_call_ends_the_attempt(state: State, event: Event) -> None:
    """Whatever goes on, the caller's leaving ends it."""
    assert step(state, event).state is State.OVER


@pytest.mark.parametrize("event", list(Event))
def test_over_is_over(event: Event) -> None:
    """What arrives late changes nothing."""
    assert Step(State.OVER) == step(State.OVER, event)


@pytest.mark.parametrize("state", [state for state in State if state in WITH_A_PHONE])
def test_no_phone_is_left_ringing_or_waiting(state: State) -> None:
    """When an attempt is over and the phone did not end by itself, it is stopped."""
    ends_by_itself = {
        Event.PHONE_BUSY,
        Event.PHONE_DECLINED,
        Event.PHONE_GAVE_UP,
        Event.PHONE_UNREACHABLE,
        Event.COLLEAGUE_LEFT,
        Event.PBX_RESTARTED,
    }
    for event, taken in TABLE[state].items():
        if taken.state is State.OVER and event not in ends_by_itself:
            assert Do.STOP_THE_PHONE in taken.actions, (state, event)


def test_only_audio_both_ways_is_effective() -> None:
    """EFFECTIVE is concluded in one row of the whole table."""
    rows = [
        (state, event)
        for state, events in TABLE.items()
        for event, taken in events.items()
        if Conclude(Outcome.EFFECTIVE) in taken.actions
    ]

    assert rows == [(State.PROVING, Event.AUDIO_PROVED)]


def test_a_voicemail_never_meets_the_caller() -> None:
    """Between taken up and bridged there is always key 1, where the accept key is on."""
    keyed = {State.RINGING, State.ACCEPTING}
    connects = {
        state for state, events in TABLE.items() for taken in events.values() if Do.CONNECT in taken.actions
    }

    assert not keyed & connects
    assert step(State.ACCEPTING, Event.KEY_ACCEPT).state is State.INTRODUCING
    assert {State.ACCEPTING} == {
        state
        for state, events in TABLE.items()
        for taken in events.values()
        if taken.state is State.INTRODUCING
    }


def test_accepted_as_the_caller_leaves() -> None:
    """Both orders of "presses 1" and "caller leaves" end alike."""
    first_key = step(step(State.ACCEPTING, Event.KEY_ACCEPT).state, Event.CALLER_LEFT)
    first_gone = step(State.ACCEPTING, Event.CALLER_LEFT)

    assert first_gone == first_key == Step(State.OVER, (Do.STOP_THE_PHONE, Conclude(Outcome.CALLER_LEFT)))
    assert Step(State.OVER) == step(first_gone.state, Event.KEY_ACCEPT)


def test_whoever_was_connected_is_parted_on_record() -> None:
    """Every walk that connects the two also ends their talk."""
    for path in walks(State.ANNOUNCING):
        done = [action for taken in path for action in taken.actions]
        assert (Do.CONNECT in done) == (Do.END_THE_TALK in done)
