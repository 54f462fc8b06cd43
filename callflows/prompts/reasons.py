"""Why a transfer failed, in plain words: the prompt for each outcome after which somebody is told."""

from callflows.outcomes import Outcome

REASONS = {
    Outcome.NO_ANSWER: "reason.no_answer",
    Outcome.BUSY: "reason.busy",
    Outcome.DECLINED: "reason.declined",
    Outcome.NOT_ACCEPTED: "reason.not_accepted",
    Outcome.UNREACHABLE: "reason.unreachable",
    Outcome.NOT_PROVEN: "reason.not_proven",
    Outcome.CANCELLED: "reason.cancelled",
    Outcome.CONSULTED: "reason.cancelled",
}
"""The prompt by outcome."""


def reason_id(outcome: Outcome) -> str:
    """The part of a prompt's name that says which reason it holds: `no_answer`."""
    return REASONS[outcome].removeprefix("reason.")
