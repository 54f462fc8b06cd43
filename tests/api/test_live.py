"""What the running service knows of this very moment."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from api.live import LATELY, LiveNow, Misses
from callflows.facts import AttemptId, TransferAttempted, TransferEnded
from callflows.outcomes import Outcome
from directory.absence import Absence, AbsenceId
from directory.live import PhoneState
from directory.model import Extension, PersonId, Reached
from telephony.values import CallId, PhoneSeen

AT = datetime(2026, 11, 24, 10, tzinfo=UTC)
CALL = CallId("c")
PHONE = Extension("1011")
ANNA = PersonId("anna")


def rung(misses: Misses, outcome: Outcome, *, at: datetime = AT, target: str = "1011") -> None:
    """One attempt at that phone, and how it ended."""
    attempt = AttemptId(f"{target} {at} {outcome}")
    misses.hears(
        TransferAttempted(
            call=CALL,
            at=at,
            attempt=attempt,
            order=1,
            matter="",
            unit="u",
            unit_name="U",
            person="",
            person_name="",
            target=target,
            why="",
        )
    )
    misses.hears(TransferEnded(call=CALL, at=at, attempt=attempt, outcome=outcome, ring_seconds=1.0))


def test_misses_in_a_row_are_counted_until_somebody_is_there() -> None:
    misses = Misses()
    rung(misses, Outcome.NO_ANSWER)
    rung(misses, Outcome.NOT_ACCEPTED, at=AT + timedelta(minutes=1))
    rung(misses, Outcome.CALLER_LEFT, at=AT + timedelta(minutes=2))
    assert misses.in_a_row("1011", AT + timedelta(minutes=2)) == 2
    assert misses.in_a_row("1012", AT) == 0

    rung(misses, Outcome.EFFECTIVE, at=AT + timedelta(minutes=3))
    assert misses.in_a_row("1011", AT + timedelta(minutes=3)) == 0


def test_a_miss_is_forgotten_after_half_an_hour() -> None:
    misses = Misses()
    rung(misses, Outcome.NO_ANSWER)
    rung(misses, Outcome.NO_ANSWER, at=AT + timedelta(minutes=20))

    assert misses.in_a_row("1011", AT + LATELY) == 1
    assert misses.in_a_row("1011", AT + 2 * LATELY) == 0


def test_an_end_without_its_beginning_is_nobodys() -> None:
    """It began in an earlier process."""
    misses = Misses()
    misses.hears(
        TransferEnded(call=CALL, at=AT, attempt=AttemptId("a"), outcome=Outcome.NO_ANSWER, ring_seconds=1)
    )

    assert misses.in_a_row("", AT) == 0


@pytest.mark.parametrize("seen", PhoneSeen)
def test_a_phone_here_is_as_the_line_sees_it_and_of_others_nothing_is_known(seen: PhoneSeen) -> None:
    live = LiveNow(lambda number: seen, lambda person: (), Misses())

    assert live.phone(PHONE) is PhoneState(seen.value)
    assert live.phone(replace(PHONE, reached=Reached.TRUNK)) is PhoneState.UNKNOWN


def test_who_is_away() -> None:
    absence = Absence(id=AbsenceId("a"), person=ANNA, begins=AT, ends=AT + timedelta(hours=4))
    live = LiveNow(lambda number: PhoneSeen.UNKNOWN, {ANNA: (absence,)}.__getitem__, Misses())

    assert live.absence(ANNA, AT) == absence
    assert live.absence(ANNA, AT + timedelta(hours=4)) is None
    assert live.missed(PHONE, AT) == 0
