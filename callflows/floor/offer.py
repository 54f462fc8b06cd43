"""Offer a caller to one clerk: their phone rings, and what came of it is told to the floor."""

import uuid
from collections.abc import Callable, Set

from callflows.conversation import Conversation
from callflows.facts import AttemptId
from callflows.floor.ports import Reservation
from callflows.host import Host
from callflows.outcomes import Outcome, Way
from callflows.subject import Subject
from callflows.transfer.attempt import Attempt
from callflows.transfer.log import AttemptLog
from callflows.transfer.table import State
from callflows.transfer.wanted import Try
from directory.resolve import Candidate

CONNECTED = frozenset({State.PROVING, State.SILENT, State.TALKING})
TAKEN = CONNECTED | {State.INTRODUCING}


def _nobody_counts() -> None:
    """It does not matter."""


async def offer(
    talk: Conversation,
    reservation: Reservation,
    subject: Subject,
    *,
    way: Way = Way.QUEUE,
    waited: float = 0.0,
    failed: Outcome = Outcome.NO_ANSWER,
    not_heard: Callable[[], None] = _nobody_counts,
) -> Host | None:
    """Ring the clerk for this caller; whoever has the caller then, or None. Raises HungUp if the caller leaves.

    `waited` is seconds in the queue; `failed`, for a recall, why the caller comes back. `not_heard` is called if the
    two were connected, and the clerk put down because they did not hear each other.
    """
    log = AttemptLog(talk, AttemptId(uuid.uuid4().hex))
    candidate = _candidate(talk, reservation)
    log.attempted(subject.matter_id, candidate, way, "")
    wanted = Try(
        candidate=candidate,
        matter=subject.spoken if subject.matter else "",
        ring=talk.policy.offer_ring,
        way=way,
        waited=waited,
        failed=failed,
    )

    entered: set[State] = set()

    def watch(state: State) -> None:
        entered.add(state)
        if state in TAKEN:
            reservation.taken()

    attempt = Attempt(talk, wanted, log, watch)
    reservation.when_called_off(attempt.cancel)
    outcome = Outcome.CANCELLED
    try:
        outcome = await attempt.run()
    finally:
        if attempt.host is None:
            _tell(reservation, outcome, entered)
    if attempt.host is not None:
        attempt.host.reservation = reservation
    elif entered & CONNECTED:
        not_heard()
    return attempt.host


def _candidate(talk: Conversation, reservation: Reservation) -> Candidate:
    person = reservation.clerk
    assert person.extension is not None, "a clerk has a phone"
    unit = talk.hall.units.get(person.unit, talk.hall.units[talk.hall.desk])
    return Candidate(
        unit, person.extension, f"na dyżurze, najdłużej bez rozmowy: {person.name}", person, unit.direct
    )


def _tell(reservation: Reservation, outcome: Outcome, entered: Set[State]) -> None:
    """The floor learns why the clerk has not got the caller. Of one who had taken them, only that it is over."""
    match outcome:
        case Outcome.NO_ANSWER | Outcome.DECLINED:
            reservation.missed()
        case Outcome.NOT_PROVEN if not entered & CONNECTED:
            reservation.missed()  # a phone that answers by itself and puts down takes no caller, ever
        case Outcome.BUSY:
            reservation.busy()
        case Outcome.UNREACHABLE:
            reservation.unreachable()
        case Outcome.CALLER_LEFT | Outcome.CANCELLED | Outcome.PBX_RESTARTED:
            reservation.withdrawn()
        case _:
            reservation.talk_over()
