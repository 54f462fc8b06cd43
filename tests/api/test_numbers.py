"""Numbers of calls that are up: known from the first fact to the last, and not a moment longer."""

from api.numbers import NumbersOnLine
from callflows.facts import CallEnded
from callflows.outcomes import CallOutcome
from tests.api.recorded import LIVE, NUMBER, TAKEN, after, arrived

ENDED = CallEnded(call=TAKEN, at=after(60), outcome=CallOutcome.SERVED, by="caller", waiting_for="")


def test_a_number_is_known_while_the_call_is_up() -> None:
    numbers = NumbersOnLine()
    assert numbers.of(TAKEN) is None
    numbers.count(arrived(TAKEN, 0, NUMBER))
    assert numbers.of(TAKEN) == NUMBER
    numbers.count(ENDED)
    numbers.count(ENDED)
    assert numbers.of(TAKEN) is None


def test_a_withheld_number_is_none() -> None:
    numbers = NumbersOnLine()
    numbers.count(arrived(LIVE, 0, ""))
    assert numbers.of(LIVE) is None
