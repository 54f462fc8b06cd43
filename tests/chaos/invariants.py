"""What must be true of the record after any fault at any step; pure, so that it can be shown a record that is cooked.

`judged` compares the record with what people have seen and heard themselves: nothing of it may be missing, nothing may
be there twice, and nothing may be out of order.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from callflows.facts import (
    AnsweredWithoutUs,
    AttemptFact,
    CallArrived,
    CallbackPromised,
    CallEnded,
    ConsultBegan,
    ConsultEnded,
    DirectNumberTold,
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
from callflows.outcomes import CallOutcome
from records.views import CallStory
from telephony.values import Arrival
from tests.chaos.record import Record


class Kind(Enum):
    """What is wrong, in the words of the report's counts."""

    LOST = "lost"
    """It happened, and is not on record."""
    DOUBLE = "double"
    """It happened once, and is on record twice."""
    ORPHANED = "orphaned"
    """A caller, a phone or a clerk with whom nobody goes on."""
    WRONG = "wrong"
    """Anything else."""
    NOTE = "note"
    """No trouble, but of use to whoever looks into one."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is not as it must be."""

    kind: Kind
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the people of a cell know: the measure of the record."""

    answered: int
    """How many citizens were answered, by whomever."""
    promised: tuple[str, ...] = ()
    """The E.164 numbers to which a promise was spoken."""
    cut_off: tuple[str, ...] = ()
    """The numbers, as they arrived, of those who were cut off because Asterisk itself was gone."""
    kinds: Counter[str] = field(default_factory=Counter)
    """Kinds of facts that somebody has witnessed, and how often at least."""
    promises_may_fail: bool = False
    """The database was away: a ticket may be on disk that nobody was told of; the hall calls, and does no harm."""


def judged(record: Record, seen: Seen) -> list[Trouble]:
    """Everything that is wrong with the record."""
    return [
        *_complete(record, seen),
        *_promises(record, seen),
        *_cut_off(record, seen),
        *_calls(record.stories),
    ]


def _complete(record: Record, seen: Seen) -> Iterator[Trouble]:
    twice = [number for number, times in Counter(record.numbers).items() if times > 1]
    if twice:
        yield Trouble(Kind.DOUBLE, f"facts with the same number: {twice}")
    for run in sorted({run for run, _ in record.numbers}):
        there = {number for of, number in record.numbers if of == run}
        gaps = sorted(set(range(1, max(there) + 1)) - there)
        if gaps:
            yield Trouble(Kind.LOST, f"run {run} has {max(there)} facts, without {gaps}")
    found = Counter(record.kinds)
    for kind, times in seen.kinds.items():
        if found[kind] < times:
            yield Trouble(Kind.LOST, f"{times} {kind} were seen, and {found[kind]} are on record")
    calls = len(record.stories)
    if calls != seen.answered:
        what = Kind.LOST if calls < seen.answered else Kind.DOUBLE
        yield Trouble(what, f"{seen.answered} citizens were answered, {calls} calls are on record")


def _promises(record: Record, seen: Seen) -> Iterator[Trouble]:
    owed = Counter(ticket.number for ticket in record.tickets)
    for number in seen.promised:
        if not owed[number]:
            yield Trouble(Kind.LOST, f"{number} was promised a call, and no ticket says so")
    for number, times in owed.items():
        if times > 1:
            yield Trouble(Kind.DOUBLE, f"{number} has {times} tickets")
    spoken = {
        fact.ticket
        for story in record.stories
        for fact in _facts(story)
        if isinstance(fact, CallbackPromised)
    }
    for ticket in record.tickets:
        if ticket.id not in spoken and not seen.promises_may_fail:
            yield Trouble(Kind.LOST, f"ticket {ticket.id} is in no call's record")
    for ticket_id in spoken - {ticket.id for ticket in record.tickets}:
        yield Trouble(Kind.LOST, f"ticket {ticket_id} is on record, and in no book")


def _cut_off(record: Record, seen: Seen) -> Iterator[Trouble]:
    """Who did not want to go is on record so, and has a way on: a ticket, or the number that they were told."""
    for number in seen.cut_off:
        for story in (story for story in record.stories if story.call.number == number):
            if story.call.outcome is not CallOutcome.PBX_RESTARTED:
                yield Trouble(
                    Kind.WRONG, f"call {story.call.call} was cut off, and ended as {story.call.outcome}"
                )
            told = any(isinstance(fact, DirectNumberTold) and fact.whole for fact in _facts(story))
            if not story.tickets and not told:
                yield Trouble(Kind.LOST, f"call {story.call.call} was cut off, and nobody owes them anything")


def _calls(stories: Sequence[CallStory]) -> Iterator[Trouble]:
    for story in stories:
        known = _facts(story)
        kinds = Counter(type(fact) for fact in known)
        name = f"call {story.call.call}"
        arrived = [fact for fact in known if isinstance(fact, CallArrived)]
        new = [fact for fact in arrived if fact.arrival is Arrival.NEW]
        if not isinstance(known[0], CallArrived | AnsweredWithoutUs):
            yield Trouble(Kind.LOST, f"{name} begins with {type(known[0]).__name__}")
        if len(new) > 1:
            yield Trouble(Kind.DOUBLE, f"{name} arrived {len(new)} times")
        if kinds[CallEnded] != 1 or story.call.ended is None:
            kind = Kind.DOUBLE if kinds[CallEnded] > 1 else Kind.LOST
            yield Trouble(kind, f"{name} has {kinds[CallEnded]} ends")
        elif not isinstance(known[-1], CallEnded):
            yield Trouble(Kind.WRONG, f"{name}: {type(known[-1]).__name__} after the end")
        if kinds[StoryFailed]:
            yield Trouble(Kind.WRONG, f"{name}: our own mistake ended its story")
        times = [fact.at for fact in known]
        if times != sorted(times):
            yield Trouble(Kind.WRONG, f"{name}: its facts are not in the order of time")
        yield from _same_twice(name, known)
        yield from _turns(name, known, QueueJoined, QueueLeft)
        yield from _turns(name, known, HoldBegan, HoldEnded)
        yield from _attempts(name, [fact for fact in known if isinstance(fact, AttemptFact)])


def _attempts(name: str, facts: list[AttemptFact]) -> Iterator[Trouble]:
    for attempt in dict.fromkeys(fact.attempt for fact in facts):
        of_attempt = [fact for fact in facts if fact.attempt == attempt]
        kinds = Counter(type(fact) for fact in of_attempt)
        story = f"{name}: " + ", ".join(type(fact).__name__ for fact in of_attempt)
        if not isinstance(of_attempt[0], TransferAttempted):
            yield Trouble(Kind.LOST, f"an attempt without a beginning in {story}")
        for kind in (TransferAttempted, TransferEnded):
            if kinds[kind] != 1:
                what = Kind.DOUBLE if kinds[kind] > 1 else Kind.LOST
                yield Trouble(what, f"{kinds[kind]} {kind.__name__} in {story}")
        yield from _turns(name, of_attempt, PartiesConnected, TalkEnded)
        yield from _turns(name, of_attempt, ConsultBegan, ConsultEnded)


def _turns(name: str, facts: Iterable[Fact], begins: type[Fact], ends: type[Fact]) -> Iterator[Trouble]:
    """Beginning and end alternate, and the last one is an end."""
    inside = False
    for fact in facts:
        if isinstance(fact, begins | ends):
            if isinstance(fact, begins) is inside:
                kind = Kind.LOST if inside or isinstance(fact, ends) else Kind.WRONG
                yield Trouble(kind, f"{name}: {type(fact).__name__} when that was {inside}")
            inside = isinstance(fact, begins)
    if inside:
        yield Trouble(Kind.LOST, f"{name}: a {begins.__name__} without {ends.__name__}")


def _same_twice(name: str, facts: list[Fact]) -> Iterator[Trouble]:
    for fact, times in Counter(facts).items():
        if times > 1:
            yield Trouble(Kind.DOUBLE, f"{name}: {times} times {type(fact).__name__} at {fact.at}")


def _facts(story: CallStory) -> list[Fact]:
    return [told.fact for told in story.facts if told.fact is not None]
