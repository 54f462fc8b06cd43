"""Judges the record of a play: every beginning has its one end, and nothing is told that did not happen."""

from collections import Counter
from collections.abc import Iterable

from callflows.command import CommandId
from callflows.facts import (
    AttemptFact,
    AttemptId,
    CallArrived,
    CallEnded,
    CommandAnswered,
    ConsultBegan,
    ConsultEnded,
    Fact,
    HoldBegan,
    HoldEnded,
    PartiesConnected,
    QueueJoined,
    QueueLeft,
    StoryFailed,
    TalkEnded,
    TransferAttempted,
    TransferEnded,
)
from telephony.values import Arrival


def judge(facts: list[Fact], commands: Iterable[CommandId]) -> None:
    """Fail if anything in the record is not as it must be."""
    assert [fact for fact in facts if isinstance(fact, StoryFailed)] == []
    _calls(facts)
    _attempts([fact for fact in facts if isinstance(fact, AttemptFact)])
    answered = Counter(fact.command for fact in facts if isinstance(fact, CommandAnswered))
    for command in commands:
        assert answered[command] == 1, f"{command} was answered {answered[command]} times"
    assert set(answered.values()) <= {1}


def something_is_tried(facts: Iterable[Fact]) -> bool:
    """Whether an attempt has no outcome yet."""
    kinds = Counter(type(fact) for fact in facts)
    return kinds[TransferAttempted] > kinds[TransferEnded]


def under_way(facts: Iterable[Fact]) -> set[AttemptId]:
    """The attempts that have no outcome yet, and in which nobody consults."""
    tried: set[AttemptId] = set()
    for fact in facts:
        if isinstance(fact, TransferAttempted):
            tried.add(fact.attempt)
        elif isinstance(fact, TransferEnded | ConsultBegan):
            tried.discard(fact.attempt)
    return tried


def _calls(facts: list[Fact]) -> None:
    arrivals = [fact for fact in facts if isinstance(fact, CallArrived)]
    new = [fact.call for fact in arrivals if fact.arrival is Arrival.NEW]
    assert len(set(new)) == len(new), "a call comes once; whoever is on the line after a restart is resumed"
    arrived = {fact.call for fact in arrivals}
    ended = [fact.call for fact in facts if isinstance(fact, CallEnded)]
    assert sorted(arrived) == sorted(ended), f"one end for every call: {arrived.symmetric_difference(ended)}"
    for call in arrived:
        of_call = [fact for fact in facts if fact.call == call]
        assert isinstance(of_call[0], CallArrived)
        assert isinstance(of_call[-1], CallEnded), f"{of_call[-1]} after the end"
        _take_turns(of_call, QueueJoined, QueueLeft)
        _take_turns(of_call, HoldBegan, HoldEnded)


def _attempts(facts: list[AttemptFact]) -> None:
    for attempt in {fact.attempt for fact in facts}:
        of_attempt = [fact for fact in facts if fact.attempt == attempt]
        kinds = Counter(type(fact) for fact in of_attempt)
        story = [type(fact).__name__ for fact in of_attempt]
        assert isinstance(of_attempt[0], TransferAttempted), story
        assert kinds[TransferAttempted] == kinds[TransferEnded] == 1, story
        assert kinds[PartiesConnected] <= 1, story
        assert kinds[TalkEnded] == kinds[PartiesConnected], story
        _take_turns(of_attempt, PartiesConnected, TalkEnded)
        _take_turns(of_attempt, ConsultBegan, ConsultEnded)


def _take_turns(facts: Iterable[Fact], begins: type[Fact], ends: type[Fact]) -> None:
    """Beginning and end alternate, and the last one is an end."""
    inside = False
    for fact in facts:
        if isinstance(fact, begins | ends):
            assert isinstance(fact, begins) is not inside, f"{fact} when that was {inside}"
            inside = isinstance(fact, begins)
    assert not inside, f"a {begins.__name__} without {ends.__name__}"
