"""Which values each kind of fact gives to the row of its call, and to that of its attempt: pure.

What becomes of them, `records.projection` says. A kind that is not here has nothing for a row.
"""

import math
from collections.abc import Callable, Mapping
from functools import singledispatch
from typing import Any

from callflows.facts import (
    AttemptFact,
    CallAnswered,
    CallArrived,
    CallbackPromised,
    CallEnded,
    ConsultBegan,
    ConsultEnded,
    DirectNumberTold,
    Fact,
    GivenInstead,
    IntroductionPlayed,
    LanguageChosen,
    LeftMeanwhile,
    LineWasClosed,
    MatterChosen,
    PartiesConnected,
    PhoneRang,
    PhoneTakenUp,
    QueueJoined,
    QueueLeft,
    StoryFailed,
    TalkEnded,
    TransferAccepted,
    TransferAnnounced,
    TransferAttempted,
    TransferEnded,
)
from callflows.outcomes import PROVED
from directory.numbers import international
from telephony.values import Arrival


@singledispatch
def of_call(fact: Fact) -> Mapping[str, Any]:
    """Values of the call's row; most facts have none."""
    return {}


@of_call.register
def _(fact: CallArrived) -> Mapping[str, Any]:
    number = fact.number or None
    return {
        "number": number,
        "number_e164": e164(fact.number),
        "name": fact.name or None,
        "number_shown": fact.shown.value,
        "dialled": fact.dialled,
        "resumed": fact.at if fact.arrival is Arrival.RESUMED else None,
    }


@of_call.register
def _(fact: CallAnswered) -> Mapping[str, Any]:
    return {"answered": fact.at}


@of_call.register
def _(fact: LanguageChosen) -> Mapping[str, Any]:
    return {"language": fact.language}


@of_call.register
def _(fact: QueueJoined) -> Mapping[str, Any]:
    return {"queued": fact.at, "language": fact.language}


@of_call.register
def _(fact: QueueLeft) -> Mapping[str, Any]:
    return {"queue_left": fact.at, "queue_left_why": fact.why, "queue_seconds": _finite(fact.seconds)}


@of_call.register
def _(fact: LineWasClosed) -> Mapping[str, Any]:
    return {"closed_until": fact.opens}


@of_call.register
def _(fact: MatterChosen) -> Mapping[str, Any]:
    return {
        "matter": fact.matter,
        "matter_title": fact.title,
        "unit": fact.unit,
        "unit_name": fact.unit_name,
    }


@of_call.register
def _(fact: DirectNumberTold) -> Mapping[str, Any]:
    return {"direct_number": fact.number}


@of_call.register
def _(fact: CallbackPromised) -> Mapping[str, Any]:
    return {"ticket": fact.ticket}


@of_call.register
def _(fact: StoryFailed) -> Mapping[str, Any]:
    return {"failure": fact.error}


@of_call.register
def _(fact: CallEnded) -> Mapping[str, Any]:
    return {
        "ended": fact.at,
        "outcome": fact.outcome.value,
        "ended_by": fact.by,
        "waiting_for": fact.waiting_for,
    }


def _at(column: str) -> Callable[[AttemptFact], Mapping[str, Any]]:
    """The change of a fact that only says when."""
    return lambda fact: {column: fact.at}


@singledispatch
def of_attempt(fact: AttemptFact) -> Mapping[str, Any]:
    """Values of the attempt's row."""
    return {}


of_attempt.register(TransferAnnounced, _at("announced"))
of_attempt.register(PhoneRang, _at("rang"))
of_attempt.register(PhoneTakenUp, _at("taken"))
of_attempt.register(TransferAccepted, _at("accepted"))
of_attempt.register(ConsultBegan, _at("consulted"))
of_attempt.register(LeftMeanwhile, _at("left_meanwhile"))
of_attempt.register(PartiesConnected, _at("connected"))


@of_attempt.register
def _(fact: TransferAttempted) -> Mapping[str, Any]:
    return {
        "order_in_call": fact.order,
        "way": fact.way.value,
        "by_person": fact.by,
        "matter": fact.matter,
        "unit": fact.unit,
        "unit_name": fact.unit_name,
        "person": fact.person,
        "person_name": fact.person_name,
        "target": fact.target,
        "why": fact.why,
    }


@of_attempt.register
def _(fact: ConsultEnded) -> Mapping[str, Any]:
    return {"consult_seconds": _finite(fact.seconds)}


@of_attempt.register
def _(fact: IntroductionPlayed) -> Mapping[str, Any]:
    return {"introduced": fact.at, "introduction": fact.played}


@of_attempt.register
def _(fact: TransferEnded) -> Mapping[str, Any]:
    return {
        "decided": fact.at,
        "outcome": fact.outcome.value,
        "ring_seconds": _finite(fact.ring_seconds),
        "detail": fact.detail,
        "proved": fact.at if fact.outcome in PROVED else None,
    }


@of_attempt.register
def _(fact: TalkEnded) -> Mapping[str, Any]:
    return {"talk_ended": fact.at, "talk_seconds": _finite(fact.seconds), "talk_ended_by": fact.by}


@of_attempt.register
def _(fact: GivenInstead) -> Mapping[str, Any]:
    return {"instead": fact.instead.value}


def e164(number: str) -> str | None:
    """Return the E.164 form of a number as it arrived, by its length and prefix; None if it has none."""
    plus = "+" if number.startswith("+") else ""
    digits = number.removeprefix("+")
    if not (digits.isascii() and digits.isdecimal()):
        return None
    return international(digits, plus=plus) or None


def _finite(seconds: float) -> float | None:
    """A duration that databases can keep: PostgreSQL knows NaN, SQLite does not."""
    return seconds if math.isfinite(seconds) else None
