"""How often a number calls: never over the limit, never a minute too long, and never without bound."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from callflows.often import MINUTE, NOBODY, TOLD_AT_ONCE, Limited, Often, TooMany, one_number
from directory.model import LinePolicy
from directory.numbers import plan_kind

POLICY = LinePolicy(calls_per_minute=3, calls_at_once=2, withheld_at_once=4)
OFF = LinePolicy(calls_per_minute=0, calls_at_once=0, withheld_at_once=0)
ANNA = "+48601234567"


def comes(often: Often, now: float, who: str = ANNA, policy: LinePolicy = POLICY) -> Limited | None:
    """One more call."""
    limited = often.limit(who, policy, now)
    often.comes(who, limited, now)
    return limited


def comes_and_goes(often: Often, now: float, who: str = ANNA) -> Limited | None:
    """A call that is over at once."""
    limited = comes(often, now, who)
    often.goes(who, limited)
    return limited


def test_the_fourth_call_within_a_minute_is_too_many() -> None:
    often = Often()
    assert [comes_and_goes(often, at) for at in (0.0, 10.0, 20.0)] == [None, None, None]
    assert comes_and_goes(often, 30.0) == Limited(why=TooMany.OFTEN, limit=3, told=True)


def test_what_was_said_is_true_a_minute_later() -> None:
    """However often they tried meanwhile: a call that was turned away does not count."""
    often = Often()
    for at in range(60):
        comes_and_goes(often, float(at))
    assert comes_and_goes(often, 60.0) is None
    assert [comes_and_goes(often, 61.0 + 30 * n) for n in range(20)] == [None] * 20


def test_too_many_at_once_until_one_has_ended() -> None:
    often = Often()
    first = comes(often, 0.0)
    assert comes(often, 100.0) is None
    assert comes_and_goes(often, 200.0) == Limited(why=TooMany.AT_ONCE, limit=2, told=True)
    often.goes(ANNA, first)
    assert comes(often, 300.0) is None


def test_callers_without_a_number_are_limited_together_and_never_by_the_minute() -> None:
    often = Often()
    assert [comes_and_goes(often, 0.0, NOBODY) for _ in range(100)] == [None] * 100
    calls = [comes(often, 0.0, NOBODY) for _ in range(5)]
    assert calls == [None] * 4 + [Limited(why=TooMany.WITHHELD, limit=4, told=True)]


def test_few_hear_why_at_the_same_time() -> None:
    """The rest hears the busy tone: a flood must not buy playbacks."""
    often = Often()
    for _ in range(POLICY.calls_at_once):
        comes(often, 0.0)
    told = [comes(often, 1.0) for _ in range(20)]
    assert [limited.told for limited in told if limited] == [True] * TOLD_AT_ONCE + [False] * 15
    often.goes(ANNA, told[0])
    again = comes(often, 2.0)
    assert again is not None
    assert again.told


def test_a_limit_of_nothing_is_none() -> None:
    often = Often()
    assert [comes(often, 0.0, who, OFF) for who in (ANNA, NOBODY) for _ in range(500)] == [None] * 1000


def test_a_limit_that_is_switched_on_knows_of_the_calls_before() -> None:
    """The hall's policy may change between two calls."""
    often = Often()
    for _ in range(5):
        often.goes(ANNA, comes(often, 0.0, policy=OFF))
    assert comes_and_goes(often, 1.0) is not None
    assert often.limit(ANNA, OFF, 1.0) is None


def test_memory_is_bounded_when_every_call_shows_another_number() -> None:
    often = Often(most=100)
    for number in range(5000):
        comes_and_goes(often, number / 1000, f"+48{number:09}")
    assert len(often) <= 100


def test_all_is_forgotten_after_a_minute() -> None:
    often = Often()
    for number in range(500):
        comes_and_goes(often, 0.0, f"+48{number:09}")
    comes_and_goes(often, MINUTE, ANNA)
    assert len(often) == 1


@pytest.mark.parametrize(
    "written",
    [
        "601234567",
        "+48601234567",
        "0048601234567",
        "48601234567",
        "0601234567",
        "601-234-567",
        "+48 601 234 567",
    ],
)
def test_ways_of_writing_one_number(written: str) -> None:
    assert one_number(written) == ANNA


@given(st.integers(200_000_000, 999_999_999))
def test_every_polish_number_is_one_in_all_its_forms(national: int) -> None:
    forms = {one_number(f"{prefix}{national}") for prefix in ("", "+48", "0048", "48", "0")}
    assert forms == {f"+48{national}"}


@given(st.text(max_size=300))
def test_whatever_a_network_shows_is_a_number_to_us(shown: str) -> None:
    found = one_number(shown)
    assert len(found) <= 67
    assert one_number(found) == found or plan_kind(found) is None


@dataclass
class _Called:
    """What a simple-minded bookkeeper would write down of one number."""

    let_in: list[float] = field(default_factory=list)
    up: list[Limited | None] = field(default_factory=list)


class AnyOrder(RuleBasedStateMachine):
    """Calls come and go in any order: the limits are kept, exactly, and nothing is left at the end."""

    def __init__(self) -> None:
        super().__init__()
        self.often, self.now = Often(), 0.0
        self.called = {who: _Called() for who in (ANNA, "+48602222222", NOBODY)}

    @rule(seconds=st.floats(0.0, 70.0))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds

    @rule(who=st.sampled_from([ANNA, "+48602222222", NOBODY]))
    def a_call_comes(self, who: str) -> None:
        book = self.called[who]
        limited = comes(self.often, self.now, who)
        recent = [at for at in book.let_in if at > self.now - MINUTE]
        up = sum(one is None for one in book.up)
        over = up >= 4 if who == NOBODY else len(recent) >= 3 or up >= 2
        assert (limited is not None) is over
        book.up.append(limited)
        if limited is None:
            book.let_in.append(self.now)

    @precondition(lambda self: any(book.up for book in self.called.values()))
    @rule(data=st.data())
    def a_call_goes(self, data: st.DataObject) -> None:
        who = data.draw(st.sampled_from([who for who, book in self.called.items() if book.up]))
        self.often.goes(who, self.called[who].up.pop(0))

    @invariant()
    def only_a_few_are_told(self) -> None:
        for book in self.called.values():
            assert sum(one is not None and one.told for one in book.up) <= TOLD_AT_ONCE

    def teardown(self) -> None:
        for who, book in self.called.items():
            for limited in book.up:
                self.often.goes(who, limited)
        self.often.limit(ANNA, POLICY, self.now + MINUTE + 1.0)
        assert len(self.often) == 0


TestAnyOrder = AnyOrder.TestCase
