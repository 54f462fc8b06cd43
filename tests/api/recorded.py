"""Three calls, as facts: one transferred, one promised a callback, one from a withheld number still up."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from callbacks.ticket import Ticket
from callflows import facts as f
from callflows import outcomes as o
from telephony.values import CallId, NumberShown

NOON = datetime(2026, 11, 24, 11, tzinfo=UTC)
TAKEN, PROMISED, LIVE = CallId("call-taken"), CallId("call-promised"), CallId("call-live")
NUMBER, OTHER_NUMBER, NAME = "+48600123456", "+48700987654", "Jan Przykładowy"
TICKET = f.TicketId("123456")


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def arrived(call: CallId, at: float, number: str, name: str = "") -> f.CallArrived:
    shown = NumberShown.SHOWN if number else NumberShown.WITHHELD
    return f.CallArrived(call=call, at=after(at), number=number, name=name, shown=shown, dialled="447327700")


def attempted(call: CallId, at: float, attempt: str, order: int) -> f.TransferAttempted:
    return f.TransferAttempted(
        call=call,
        at=after(at),
        attempt=f.AttemptId(attempt),
        order=order,
        matter="podatek",
        unit="podatki",
        unit_name="Referat Podatków",
        person="anna",
        person_name="Anna Przykładowa",
        target="1001",
        why="prowadzi tę sprawę",
    )


def ended(call: CallId, at: float, attempt: str, outcome: o.Outcome, seconds: float) -> f.TransferEnded:
    return f.TransferEnded(
        call=call, at=after(at), attempt=f.AttemptId(attempt), outcome=outcome, ring_seconds=seconds
    )


FACTS: Sequence[f.Fact] = (
    arrived(TAKEN, 0, NUMBER, NAME),
    f.CallAnswered(call=TAKEN, at=after(0.1)),
    f.PromptPlayed(
        call=TAKEN, at=after(3), prompts=("greeting",), text=f"Dzień dobry, {NAME}", played="whole"
    ),
    f.MatterChosen(
        call=TAKEN,
        at=after(8),
        matter="podatek",
        title="Podatek",
        unit="podatki",
        unit_name="Referat Podatków",
    ),
    attempted(TAKEN, 9, "try-1", 1),
    ended(TAKEN, 15, "try-1", o.Outcome.EFFECTIVE, 3.5),
    f.CallEnded(call=TAKEN, at=after(60), outcome=o.CallOutcome.TRANSFERRED, by="caller", waiting_for="talk"),
    arrived(PROMISED, 100, OTHER_NUMBER),
    attempted(PROMISED, 109, "try-2", 1),
    ended(PROMISED, 130, "try-2", o.Outcome.NO_ANSWER, 20.0),
    attempted(PROMISED, 131, "try-3", 2),
    ended(PROMISED, 135, "try-3", o.Outcome.BUSY, 0.5),
    f.CallbackPromised(
        call=PROMISED,
        at=after(150),
        ticket=TICKET,
        number=OTHER_NUMBER,
        due=after(14400),
        matter="podatek",
        unit="podatki",
    ),
    f.CallEnded(call=PROMISED, at=after(160), outcome=o.CallOutcome.CALLBACK, by="caller", waiting_for=""),
    arrived(LIVE, 200, ""),
    f.CallAnswered(call=LIVE, at=after(200.1)),
)

PROMISE = Ticket(
    id=TICKET,
    call=PROMISED,
    number=OTHER_NUMBER,
    matter="podatek",
    unit="podatki",
    language="pl",
    created=after(150),
    due=after(14400),
)
