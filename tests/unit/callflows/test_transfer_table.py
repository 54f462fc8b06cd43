"""The transfer table in every order of its events: no order ends in silence, or in two outcomes."""

from collections.abc import Iterator

import pytest

from callflows.outcomes import Outcome, Way
from callflows.transfer.table import (
    BEGINNINGS,
    CONSULTED_BEFORE,
    TABLE,
    Action,
    Conclude,
    Do,
    Event,
    State,
    Step,
    step,
)

BEFORE = "consulted before"
BEGUN = {**{way.value: begins for way, begins in BEGINNINGS.items()}, BEFORE: CONSULTED_BEFORE}
"""Every way in which an attempt begins."""

FINAL = (State.TALKING, State.OVER)

TIMED = {
    State.ANNOUNCING: Event.ANNOUNCED,
    State.RINGING: Event.RING_TIME_UP,
    State.RINGING_TO_CONSULT: Event.RING_TIME_UP,
    State.COMPLETING: Event.ANNOUNCED,
    State.ACCEPTING: Event.ACCEPT_TIME_UP,
    State.INTRODUCING: Event.INTRODUCED,
    State.INTRODUCING_UNCONFIRMED: Event.INTRODUCED,
    State.PROVING: Event.PROOF_TIME_UP,
    State.PROVING_UNCONFIRMED: Event.PROOF_TIME_UP,
    State.SILENT: Event.STAYED_ON,
}
"""What surely comes in a state if nobody does anything: our own timers and prompts."""

_ENDING = {Event.COMPLETE, Event.CANCELLED, Event.HOST_LEFT, Event.COLLEAGUE_LEFT}
IN_CONVERSATION = {State.ASKING: _ENDING, State.CONSULTING: _ENDING}
"""Where two people talk as long as they like: who can end it."""

STARTS = {
    Event.ANNOUNCED: {Do.ANNOUNCE},
    Event.RING_TIME_UP: {Do.RING},
    Event.ACCEPT_TIME_UP: {Do.WHISPER},
    Event.INTRODUCED: {Do.INTRODUCE},
    Event.PROOF_TIME_UP: {Do.CONNECT},
    Event.STAYED_ON: {Do.TELL_OF_SILENCE},
}
"""What has to be done before that comes."""

ENDS_BY_ITSELF = {
    Event.PHONE_BUSY,
    Event.PHONE_DECLINED,
    Event.PHONE_GAVE_UP,
    Event.PHONE_UNREACHABLE,
    Event.COLLEAGUE_LEFT,
    Event.PBX_RESTARTED,
}
"""After these there is no phone to be stopped."""

Walk = tuple[tuple[State, Event | None, Step], ...]


def walks(begins: Step) -> Iterator[Walk]:
    """Every walk through the table from there (the table has no circle, so there is an end)."""
    yield from _onward(begins.state, ((State.ANNOUNCING, None, begins),))


def _onward(state: State, path: Walk) -> Iterator[Walk]:
    if state in FINAL:
        yield path
        return
    for event, taken in TABLE[state].items():
        yield from _onward(taken.state, (*path, (state, event, taken)))


def done(path: Walk) -> list[Action]:
    """Everything that is done on a walk, in order."""
    return [action for _, _, taken in path for action in taken.actions]


def outcomes(path: Walk) -> list[Outcome]:
    """What was concluded on a walk, in order."""
    return [action.outcome for action in done(path) if isinstance(action, Conclude)]


ALL = {name: list(walks(begins)) for name, begins in BEGUN.items()}
EVERY_WALK = [path for paths in ALL.values() for path in paths]


def states_of(name: str) -> set[State]:
    """The states in which an attempt that begins so can be."""
    return {taken.state for path in ALL[name] for _, _, taken in path}


def test_every_way_has_a_beginning() -> None:
    """And each is different enough to be walked for itself."""
    assert set(BEGINNINGS) == set(Way)
    assert all(len(paths) >= 10 for paths in ALL.values()), {name: len(paths) for name, paths in ALL.items()}


@pytest.mark.parametrize("name", BEGUN)
def test_every_walk_concludes_exactly_once(name: str) -> None:
    """Whatever happens in whatever order, an attempt has one outcome."""
    assert [path for path in ALL[name] if len(outcomes(path)) != 1] == []


@pytest.mark.parametrize("name", BEGUN)
def test_who_ends_up_talking_has_an_outcome_that_says_so(name: str) -> None:
    """Bridged: effective, unconfirmed or not proven; and no effective transfer without a talk."""
    for path in ALL[name]:
        (outcome,) = outcomes(path)
        if path[-1][2].state is State.TALKING:
            assert outcome in (Outcome.EFFECTIVE, Outcome.UNCONFIRMED, Outcome.NOT_PROVEN)
        else:
            assert outcome not in (Outcome.EFFECTIVE, Outcome.UNCONFIRMED)


def test_every_outcome_of_a_rung_candidate_can_happen() -> None:
    """No word of the record is there for nothing."""
    assert {outcomes(path)[0] for path in EVERY_WALK} == set(Outcome)


def test_every_row_is_walked() -> None:
    """A row that no order of events leads to would be dead."""
    walked = {(state, event) for path in EVERY_WALK for state, event, _ in path if event is not None}

    assert walked == {(state, event) for state, row in TABLE.items() for event in row}


def test_every_state_waits_for_something_that_comes() -> None:
    """There is a timer, a prompt of ours, or somebody who can end it."""
    assert set(TIMED) | set(IN_CONVERSATION) | set(FINAL) == set(State)


@pytest.mark.parametrize("state", list(TIMED))
def test_nothing_waits_for_ever(state: State) -> None:
    """If nobody does anything, our own timer or prompt leads on."""
    assert step(state, TIMED[state]).state is not state


def test_what_is_waited_for_was_begun() -> None:
    """On every walk the timer or prompt of a state was started on the way into it, or before."""
    for path in EVERY_WALK:
        begun: set[Action] = set()
        for _, _, taken in path:
            begun |= set(taken.actions)
            if taken.state in TIMED:
                assert STARTS[TIMED[taken.state]] & begun, (path, taken.state)


@pytest.mark.parametrize("state", list(IN_CONVERSATION))
def test_who_talks_can_end_it(state: State) -> None:
    """A consultation has no timer: both people in it can put down."""
    for event in IN_CONVERSATION[state]:
        assert step(state, event).state is not state


@pytest.mark.parametrize("state", [state for state in State if state not in FINAL])
@pytest.mark.parametrize("event", [Event.CALLER_LEFT, Event.PBX_RESTARTED])
def test_the_end_of_the_call_ends_the_attempt(state: State, event: Event) -> None:
    """Whatever goes on, the caller's leaving ends it."""
    assert step(state, event).state is State.OVER


@pytest.mark.parametrize("state", [state for state in State if state not in (*FINAL, State.SILENT)])
def test_it_can_be_called_off(state: State) -> None:
    """At any moment before its outcome stands; then it stays."""
    assert step(state, Event.CANCELLED).state is State.OVER
    assert step(State.SILENT, Event.CANCELLED) == Step(State.SILENT)


@pytest.mark.parametrize("state", FINAL)
@pytest.mark.parametrize("event", list(Event))
def test_what_is_over_is_over(state: State, event: Event) -> None:
    """What arrives late changes nothing; what happens to two who talk is the talk's business."""
    assert step(state, event) == Step(state)


@pytest.mark.parametrize("state", list(State))
def test_who_wanted_it_may_leave_at_any_moment(state: State) -> None:
    """It goes on without them: never over, and never back to a consultation."""
    left = step(state, Event.HOST_LEFT)

    assert left.state in (state, State.RINGING, State.ACCEPTING, State.COMPLETING)
    assert not {State.RINGING_TO_CONSULT, State.ASKING, State.CONSULTING} & {left.state}
    assert not [action for action in left.actions if isinstance(action, Conclude)]


def test_nobody_consults_who_has_left() -> None:
    """After HOST_LEFT no walk begins a consultation."""
    for path in EVERY_WALK:
        events = [event for _, event, _ in path]
        if Event.HOST_LEFT in events:
            after = path[events.index(Event.HOST_LEFT) :]
            assert Do.CONSULT not in done(after)


@pytest.mark.parametrize("state", [state for state in State if state is not State.ANNOUNCING])
def test_no_phone_is_left_ringing_or_waiting(state: State) -> None:
    """When an attempt is over and the phone did not end by itself, it is stopped."""
    for event, taken in TABLE[state].items():
        if taken.state is State.OVER and event not in ENDS_BY_ITSELF:
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


@pytest.mark.parametrize("event", [Event.CALLER_LEFT, Event.COLLEAGUE_LEFT])
def test_a_silence_that_somebody_ends_counts_as_no_talk(event: Event) -> None:
    """Neither served nor transferred: the caller has what they had before."""
    assert Do.COUNT_NO_TALK in step(State.SILENT, event).actions


def test_a_voicemail_never_meets_the_caller() -> None:
    """Before the two are bridged somebody pressed 1, is a clerk on duty, was heard by the host, or has no key."""
    persons = {
        Event.KEY_ACCEPT,
        Event.TAKEN_UP_ON_DUTY,
        Event.TAKEN_UP_WITHOUT_KEY,
        Event.AUDIO_PROVED,
    }
    for name, paths in ALL.items():
        for path in paths:
            before: set[Event | None] = set()
            for _, event, taken in path:
                before.add(event)
                if Do.CONNECT in taken.actions:
                    assert persons & before or name == BEFORE, path


@pytest.mark.parametrize("event", [Event.COMPLETE, Event.HOST_LEFT])
@pytest.mark.parametrize("still", [State.RINGING_TO_CONSULT, State.ASKING])
def test_a_consultation_that_has_hardly_begun_is_no_shortcut(still: State, event: Event) -> None:
    """Who has not been talked to has to press 1 as everybody: only a consultation stands for it."""
    for path in ALL[Way.CONSULTED.value]:
        passed = [(state, what) for state, what, _ in path]
        if (still, event) in passed and Do.CONNECT in done(path):
            assert {what for _, what in passed} & {
                Event.KEY_ACCEPT,
                Event.TAKEN_UP_WITHOUT_KEY,
                Event.TAKEN_UP_ON_DUTY,
            }


def test_accepted_as_the_caller_leaves() -> None:
    """Both orders of "presses 1" and "caller leaves" end alike."""
    first_key = step(step(State.ACCEPTING, Event.KEY_ACCEPT).state, Event.CALLER_LEFT)
    first_gone = step(State.ACCEPTING, Event.CALLER_LEFT)

    assert first_gone == first_key == Step(State.OVER, (Do.STOP_THE_PHONE, Conclude(Outcome.CALLER_LEFT)))
    assert Step(State.OVER) == step(first_gone.state, Event.KEY_ACCEPT)


def test_accepted_as_it_is_called_off() -> None:
    """Whichever comes first: the colleague who was too late is put down, and who called it off has the caller."""
    first_key = step(step(State.ACCEPTING, Event.KEY_ACCEPT).state, Event.CANCELLED)
    first_off = step(State.ACCEPTING, Event.CANCELLED)

    assert first_off == first_key == Step(State.OVER, (Do.STOP_THE_PHONE, Conclude(Outcome.CANCELLED)))


def test_whoever_was_connected_is_parted_on_record_or_talks() -> None:
    """Every walk that connects the two also ends their talk, or leaves that to the talk that begins."""
    for path in EVERY_WALK:
        talks = path[-1][2].state is State.TALKING
        assert (Do.CONNECT in done(path)) == (Do.END_THE_TALK in done(path) or talks)
        assert done(path).count(Do.END_THE_TALK) <= 1
        assert not (talks and Do.END_THE_TALK in done(path))


def test_a_consultation_ends_before_anything_else_is_done_with_the_colleague() -> None:
    """Begun at most once, ended exactly as often, and before the caller is connected."""
    for path in EVERY_WALK:
        order = [
            action for action in done(path) if action in (Do.CONSULT, Do.END_THE_CONSULTATION, Do.CONNECT)
        ]
        consulted = order[:2] == [Do.CONSULT, Do.END_THE_CONSULTATION]
        assert order.count(Do.CONSULT) == (1 if consulted else 0), order
        assert order.count(Do.CONNECT) <= 1


def test_a_consultation_needs_somebody_who_wants_it() -> None:
    """The line, the queue and a recall have nobody to consult."""
    for name in (Way.LINE.value, Way.HANDED_OVER.value, Way.QUEUE.value, Way.RECALL.value, BEFORE):
        assert not states_of(name) & {State.RINGING_TO_CONSULT, State.CONSULTING}


def test_the_caller_is_told_to_whom() -> None:
    """Before the two are connected the colleague was announced, or introduced, or both."""
    for path in EVERY_WALK:
        if Do.CONNECT in done(path):
            assert {Do.ANNOUNCE, Do.INTRODUCE} & set(done(path))
