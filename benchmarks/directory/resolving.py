"""Resolving in the big hall: every matter and every unit, again and again, while things are as they are on a workday.

One in seven is away (some of them are helped by name), one phone in ten is disconnected, two in ten are in use, one
in twelve did not answer lately. What is asked is what the running service asks: `api.live`.
"""

import random
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from api.live import LiveNow, Misses
from benchmarks.directory.town import town
from benchmarks.figures import Spread
from benchmarks.row import Row
from callflows.facts import AttemptId, TransferAttempted, TransferEnded
from callflows.outcomes import Outcome
from directory.absence import Absence, AbsenceId
from directory.model import Hall, MatterId, Person, PersonId, UnitId
from directory.resolve import resolve
from telephony.values import PhoneSeen

TARGET = 0.5
"""Milliseconds, p99."""
ROUNDS = 10
TEN = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Europe/Warsaw"))
STATES = (*[PhoneSeen.FREE] * 7, PhoneSeen.IN_USE, PhoneSeen.IN_USE, PhoneSeen.GONE)


@dataclass(frozen=True, slots=True)
class Resolved:
    """How long it took, and of how many the answers told."""

    spread: Spread
    processor: Spread
    """Processor time alone: on a busy machine the better word."""
    named: float
    """Candidates and people passed over in one answer, on the average."""


def workday(hall: Hall, chance: random.Random) -> LiveNow:
    """Who is away, what phones are doing and who missed calls, in this hall at ten o'clock."""
    people = list(hall.people.values())
    away = dict(_absence(person, people, chance) for person in chance.sample(people, len(people) // 7))
    digits = [person.extension.digits for person in people if person.extension]
    phones = {one: chance.choice(STATES) for one in digits}
    misses = Misses()
    for one in chance.sample(digits, len(digits) // 12):
        _missed(misses, one)
    return LiveNow(lambda one: phones.get(one, PhoneSeen.UNKNOWN), lambda one: away.get(one, ()), misses)


def measure(hall: Hall | None = None, rounds: int = ROUNDS) -> Resolved:
    """Resolve every matter and unit so many times, after one round that does not count."""
    hall = hall or town()
    chance = random.Random(7)
    live = workday(hall, chance)
    subjects: list[MatterId | UnitId] = [*hall.matters, *hall.units]
    named = sum(_length(hall, subject, live) for subject in subjects) / len(subjects)
    times: list[float] = []
    processor: list[float] = []
    for _ in range(rounds):
        chance.shuffle(subjects)
        for subject in subjects:
            begun, worked = time.perf_counter(), time.thread_time()
            resolve(hall, subject, TEN, live)
            processor.append(time.thread_time() - worked)
            times.append(time.perf_counter() - begun)
    return Resolved(Spread.of(times), Spread.of(processor), named)


def rows(hall: Hall | None = None) -> Iterable[Row]:
    """The target and what was reached."""
    found = measure(hall)
    spread = found.spread
    note = (
        f"{spread.count} questions, {found.named:.0f} people in an answer; p50 {spread.p50:.2f}, "
        f"longest {spread.worst:.2f} ms; processor time p99 {found.processor.p99:.2f} ms"
    )
    yield Row("resolve, p99, 5,000 people × 500 matters", TARGET, "ms", spread.p99, note)


def _length(hall: Hall, subject: MatterId | UnitId, live: LiveNow) -> int:
    found = resolve(hall, subject, TEN, live)
    return len(found.candidates) + len(found.passed_over)


def _absence(
    person: Person, people: list[Person], chance: random.Random
) -> tuple[PersonId, tuple[Absence, ...]]:
    helps = chance.choice(people).id if chance.random() < 0.3 else None
    ends = TEN + timedelta(hours=chance.randint(1, 100))
    one = Absence(
        id=AbsenceId(person.id), person=person.id, begins=TEN - timedelta(days=1), ends=ends, helps=helps
    )
    return person.id, (one,)


def _missed(misses: Misses, digits: str) -> None:
    attempt = AttemptId(digits)
    misses.hears(
        TransferAttempted(
            at=TEN,
            attempt=attempt,
            order=1,
            matter="",
            unit="",
            unit_name="",
            person="",
            person_name="",
            target=digits,
            why="",
        )
    )
    misses.hears(TransferEnded(at=TEN, attempt=attempt, outcome=Outcome.NO_ANSWER, ring_seconds=20.0))
