"""The table of a promise, in every order of its events."""

from itertools import product

import pytest

from callbacks.table import TABLE, TicketEvent, after
from callbacks.ticket import TicketState

EVENTS = list(TicketEvent)
ORDERS = list(product(EVENTS, repeat=4))


def life(*events: TicketEvent) -> list[TicketState]:
    """The states that a ticket goes through, its birth included."""
    states = [TicketState.OPEN]
    for event in events:
        states.append(after(states[-1], event))
    return states


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: "-".join(event.name for event in order))
def test_the_first_event_that_decides_decides_for_good(order: tuple[TicketEvent, ...]) -> None:
    decided = {
        TicketEvent.SPOKEN_TO: TicketState.KEPT,
        TicketEvent.DUE_PASSED: TicketState.BROKEN,
        TicketEvent.WITHDRAWN_BY_CITIZEN: TicketState.WITHDRAWN,
    }
    first = next((event for event in order if event in decided), None)

    assert life(*order)[-1] is (decided[first] if first else TicketState.OPEN)


def test_every_state_can_be_reached_and_every_event_means_something() -> None:
    assert {TicketState.OPEN, *TABLE.values()} == set(TicketState)
    assert {event for _, event in TABLE} == set(TicketEvent)


@pytest.mark.parametrize(("state", "event"), list(product(TicketState, TicketEvent)))
def test_an_event_that_is_not_in_the_table_changes_nothing(state: TicketState, event: TicketEvent) -> None:
    if (state, event) not in TABLE:
        assert after(state, event) is state


def test_a_late_call_does_not_mend_a_broken_promise() -> None:
    assert life(TicketEvent.DUE_PASSED, TicketEvent.SPOKEN_TO)[-1] is TicketState.BROKEN
