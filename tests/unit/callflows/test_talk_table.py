"""The talk table in every order of events: nobody is left in front of music, and every handle is let go of.

The orders are walked together with what they do to the world: whether the two are in one bridge, whether the hold's
music plays, whether somebody is being reached for the caller, whether the host is still on the line. That world is
small, so every order of any length can be walked: as far as it leads anywhere new.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from callflows.talk.requests import no_row
from callflows.talk.table import TABLE, Do, Event, State, Step, step

REQUESTS = (
    Event.HOLD,
    Event.RESUME,
    Event.HAND_OVER,
    Event.HAND_OVER_AND_LEAVE,
    Event.COMPLETE,
    Event.CANCEL,
    Event.TAKE_BACK,
    Event.LEAVE,
)
OF_A_TRY = (Event.PASSED_ON, Event.FAILED, Event.FAILED_ON_HOLD)
HOST_GOES = tuple(event for event in Event if event.value.startswith("host_left"))
CALL_ENDS = (Event.CALLER_LEFT, Event.PBX_RESTARTED)


@dataclass(frozen=True)
class World:
    """Where the talk stands, and what its actions have done."""

    state: State
    together: bool = False
    """Caller and host are in one bridge."""
    music: bool = False
    """The hold's: the attempts below have their own."""
    trying: bool = False
    """Somebody is being reached, or has been and the table has not heard of it yet."""
    on_record: bool = True
    """The talk has begun, and its end is not on record."""
    host: bool = True
    """Is on the line."""
    to_the_line: bool = False
    """The line has the caller again."""

    def after(self, event: Event, taken: Step) -> "World":
        """The world after this step; fails if one of its actions makes no sense in it."""
        world = replace(self, trying=self.trying and event not in OF_A_TRY)
        for action in taken.actions:
            world = world.done(action)
        return replace(world, state=taken.state)

    def done(self, action: Do) -> "World":
        """What one action makes of it."""
        assert not self.to_the_line, f"{action} after the caller was given to the line"
        match action:
            case Do.PART:
                assert self.together, "parted twice"
                return replace(self, together=False)
            case Do.JOIN:
                assert self.host, "joined with nobody"
                assert not any((self.together, self.music, self.trying)), f"joined in {self}"
                return replace(self, together=True)
            case Do.HOLD:
                assert not any((self.together, self.music, self.trying)), f"held in {self}"
                return replace(self, music=True)
            case Do.UNHOLD:
                assert self.music, "taken from a hold that was none"
                return replace(self, music=False)
            case Do.TRY:
                assert not any((self.together, self.music, self.trying)), f"tried in {self}"
                return replace(self, trying=True)
            case Do.RECALL:
                assert not any((self.host, self.trying)), f"recalled in {self}"
                return replace(self, trying=True)
            case Do.CALL_OFF | Do.COMPLETE | Do.LEAVE_IT_TO_THE_LINE:
                assert self.trying, f"{action} of no try"
                return self
            case Do.AWAIT_THE_TRY:
                assert self.trying, "awaited no try"
                return replace(self, trying=False)
            case Do.END_THE_TALK:
                assert self.on_record, "ended twice"
                return replace(self, on_record=False)
            case Do.RELEASE:
                assert self.host, "released twice"
                assert not self.on_record, "released before the end was on record"
                return replace(self, host=False, together=False)
            case Do.TO_THE_LINE:
                assert not any((self.host, self.trying, self.music)), f"given to the line in {self}"
                return replace(self, to_the_line=True)


def may_happen(world: World) -> Iterator[Event]:
    """What can happen there: anything may be asked for at any time; what tells of a try needs one."""
    yield from REQUESTS
    yield from CALL_ENDS
    yield from (event for event in Event if event not in (*REQUESTS, *CALL_ENDS, *OF_A_TRY, *HOST_GOES))
    if world.trying:
        yield from OF_A_TRY
    if world.host:
        yield from HOST_GOES


Taken = tuple[World, Event, Step, World]

START = World(State.TALKING, together=True)


def explored() -> tuple[set[World], list[Taken]]:
    """All worlds that any order of events leads to, and every step between two of them."""
    found, new, steps = {START}, [START], []
    while new:
        world = new.pop()
        for event in may_happen(world):
            taken = step(world.state, event)
            if taken is None:
                continue
            there = world.after(event, taken)
            steps.append((world, event, taken, there))
            if there not in found:
                found.add(there)
                new.append(there)
    return found, steps


WORLDS, STEPS = explored()
OVER = sorted((world for world in WORLDS if world.state is State.OVER), key=str)
GOING_ON = sorted(WORLDS - set(OVER), key=str)


def test_every_row_is_walked() -> None:
    """And none of its actions is senseless in any world in which it is taken: `World.done` looks."""
    walked = {(world.state, event) for world, event, _, _ in STEPS}
    told_of_nothing = {
        (State.RECALLING, Event.FAILED_ON_HOLD)
    }  # whoever is recalled has no phone here any more

    assert walked == {(state, event) for state, row in TABLE.items() for event in row}
    assert told_of_nothing & walked == set()


@pytest.mark.parametrize("world", OVER, ids=str)
def test_what_is_over_leaves_nothing(world: World) -> None:
    """The end is on record, the host released, no music, nobody is being reached; each exactly once on any walk."""
    assert not any((world.on_record, world.host, world.music, world.trying, world.together))
    assert TABLE[State.OVER] == {}


@pytest.mark.parametrize("world", GOING_ON, ids=str)
def test_the_caller_is_always_with_somebody_or_something(world: World) -> None:
    """In a bridge with the host, in front of the hold's music, or in the hands of an attempt: exactly one of them."""
    assert [world.together, world.music, world.trying].count(True) == 1


@pytest.mark.parametrize("world", GOING_ON, ids=str)
def test_the_end_of_the_call_ends_the_talk(world: World) -> None:
    """From every state, whoever is there."""
    for event in CALL_ENDS:
        taken = step(world.state, event)
        assert taken is not None
        assert taken.state is State.OVER
        assert Do.TO_THE_LINE not in taken.actions


@pytest.mark.parametrize("world", [world for world in GOING_ON if world.host], ids=str)
@pytest.mark.parametrize("event", HOST_GOES)
def test_a_host_who_leaves_leaves_nobody_alone(world: World, event: Event) -> None:
    """An attempt goes on, or the line has the caller; who puts down in a talk has ended it for both."""
    taken = step(world.state, event)
    assert taken is not None
    there = world.after(event, taken)

    assert not there.host
    if there.state is State.OVER:
        assert there.to_the_line or (world.state is State.TALKING and event is Event.HOST_LEFT)
    else:
        assert there.trying
        assert step(there.state, Event.FAILED) is not None


@pytest.mark.parametrize("state", [State.HANDING_OVER_ALONE, State.RECALLING])
def test_who_is_left_to_the_line_is_never_dropped(state: State) -> None:
    """Every walk on from there leads to somebody, to the line, or to the caller's own leaving."""
    for world, event, _, there in STEPS:
        if world.state is state and there.state is State.OVER:
            assert event in (Event.PASSED_ON, *CALL_ENDS) or there.to_the_line


@pytest.mark.parametrize("world", GOING_ON, ids=str)
def test_every_state_waits_for_something_that_comes(world: World) -> None:
    """A try tells how it ended, and a host can put down."""
    comes = OF_A_TRY[:2] if world.trying else (Event.HOST_LEFT,)
    for event in comes:
        if event is Event.PASSED_ON or world.state is not State.CALLING_OFF:
            taken = step(world.state, event)
            assert taken is not None
            assert world.trying or world.host


def test_only_a_held_or_a_phones_hold_leads_to_the_line_without_a_try() -> None:
    """Who ends a talk by putting down has ended it."""
    for world, event, _, there in STEPS:
        if there.to_the_line and world.state is State.TALKING:
            assert event is not Event.HOST_LEFT


@pytest.mark.parametrize("state", [State.HANDING_OVER, State.CALLING_OFF, State.HANDING_OVER_ALONE])
@pytest.mark.parametrize("event", [Event.HAND_OVER, Event.HAND_OVER_AND_LEAVE, Event.HOLD, Event.RESUME])
def test_one_transfer_of_a_call_at_a_time(state: State, event: Event) -> None:
    """The second is refused, with a reason; so is a hold meanwhile."""
    assert step(state, event) is None
    assert str(no_row(state))


@pytest.mark.parametrize("state", list(State))
def test_what_is_refused_has_a_reason(state: State) -> None:
    """Whatever has no row in a state is answered by one sentence."""
    refused = [event for event in REQUESTS if step(state, event) is None]

    assert refused
    assert str(no_row(state))


def test_who_is_back_can_do_what_who_talks_can() -> None:
    """All but end it unheard: whoever puts down before the caller knows why, leaves that to the line."""
    back, talking = TABLE[State.BACK], TABLE[State.TALKING]

    assert {event for event in talking if back[event] != talking[event]} == {Event.HOST_LEFT}
    assert set(back) - set(talking) == {Event.TOLD}


def test_nothing_is_done_of_what_was_asked_when_it_is_over() -> None:
    """Every request that comes late is refused."""
    assert [step(State.OVER, event) for event in REQUESTS] == [None] * len(REQUESTS)


def test_whoever_called_a_transfer_off_may_try_another_one() -> None:
    """CANCEL leaves the caller on hold with the host; TAKE_BACK brings them together again."""
    calling_off = step(State.HANDING_OVER, Event.CANCEL)
    assert calling_off is not None
    held = step(calling_off.state, Event.FAILED)
    assert held is not None
    assert held.state is State.HELD
    assert step(State.HELD, Event.HAND_OVER) is not None

    for off in (step(State.HANDING_OVER, Event.TAKE_BACK), step(State.CALLING_OFF, Event.TAKE_BACK)):
        assert off is not None
        back = step(off.state, Event.FAILED)
        assert back is not None
        assert back.state is State.BACK


def test_the_colleague_accepts_as_the_clerk_cancels() -> None:
    """If the caller is with the colleague already, they stay there, and the clerk is free."""
    calling_off = step(State.HANDING_OVER, Event.CANCEL)
    assert calling_off is not None
    passed = step(calling_off.state, Event.PASSED_ON)

    assert passed == Step(State.OVER, (Do.END_THE_TALK, Do.RELEASE))


def test_both_legs_hang_up_in_one_instant() -> None:
    """Whichever is heard of first: one end on record, one release, and nobody is rung for a caller who has gone."""
    for first, second in ((Event.HOST_LEFT, Event.CALLER_LEFT), (Event.CALLER_LEFT, Event.HOST_LEFT)):
        for world in WORLDS:
            if not world.host or (taken := step(world.state, first)) is None:
                continue
            there = world.after(first, taken)
            late = step(there.state, second)
            if late is not None:
                there = there.after(second, late)
            assert there.state is State.OVER
            assert not any((there.host, there.on_record, there.trying))
