"""What the record says stands in its place: decisions before what they lead to, ends after what they follow from."""

from datetime import UTC, datetime

import pytest

from callflows.facts import (
    AttemptId,
    CommandAnswered,
    Fact,
    GivenInstead,
    PhoneRang,
    PresenceChanged,
    QueueLeft,
    TransferEnded,
)
from callflows.outcomes import Instead, Outcome
from directory.model import PersonId
from tests.demo.facts import ahead, line_of

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
EWA = PersonId("ewa-zmyslona")


def given(instead: Instead) -> GivenInstead:
    return GivenInstead(at=NOW, attempt=AttemptId("1"), instead=instead)


@pytest.mark.parametrize(
    "fact",
    [CommandAnswered(at=NOW, command="1", what="hand_over", done=True), given(Instead.NEXT_CANDIDATE)],
)
def test_a_decision_comes_before_what_it_leads_to(fact: Fact) -> None:
    assert ahead(fact) > 0


@pytest.mark.parametrize(
    "fact",
    [
        PresenceChanged(at=NOW, clerk=EWA, presence="talking", why="taken"),
        QueueLeft(at=NOW, why="served", seconds=7.4),
        TransferEnded(at=NOW, attempt=AttemptId("1"), outcome=Outcome.NO_ANSWER, ring_seconds=5.0),
        given(Instead.BACK),
    ],
)
def test_an_end_comes_after_what_it_follows_from(fact: Fact) -> None:
    assert ahead(fact) < 0


def test_who_is_ready_is_told_in_both_languages() -> None:
    told = line_of(PresenceChanged(at=NOW, clerk=EWA, presence="ready", why="logged_on"))

    assert told is not None
    assert told.pl == "Pracownik ewa-zmyslona: gotowość (początek dyżuru)."
    assert told.en == "Clerk ewa-zmyslona: ready (logged on)."


@pytest.mark.parametrize("fact", [PhoneRang(at=NOW, attempt=AttemptId("1")), given(Instead.NOTHING)])
def test_what_the_phones_tell_themselves_is_left_out(fact: Fact) -> None:
    assert line_of(fact) is None
