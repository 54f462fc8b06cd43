"""Which facts of the record are told in the story: what the line decided, and why.

What was heard, rung and pressed is told by the phones themselves, so those facts are left out here.
"""

from callflows.facts import (
    CallbackNotPromised,
    CallbackPromised,
    CallEnded,
    CandidatesProposed,
    CommandAnswered,
    DirectNumberTold,
    Fact,
    GivenInstead,
    LanguageChosen,
    LineWasClosed,
    MatterChosen,
    NobodyToRing,
    PartiesConnected,
    PresenceChanged,
    QueueJoined,
    QueueLeft,
    StoryFailed,
    TransferAttempted,
    TransferEnded,
)
from callflows.outcomes import Instead
from callflows.story_text import sentence
from tests.demo.texts import ENGLISH, POLISH, Text

TOLD = (
    CallbackNotPromised,
    CallbackPromised,
    CallEnded,
    CandidatesProposed,
    CommandAnswered,
    DirectNumberTold,
    GivenInstead,
    LanguageChosen,
    LineWasClosed,
    MatterChosen,
    NobodyToRing,
    PartiesConnected,
    PresenceChanged,
    QueueJoined,
    QueueLeft,
    StoryFailed,
    TransferAttempted,
    TransferEnded,
)

ENDS = (CallEnded, PresenceChanged, QueueLeft, TransferEnded, PartiesConnected)
"""What follows from something that the phones did; all other facts lead to something that they hear."""

NEAR = 0.06
"""Seconds by which our clocks may differ."""


def ahead(fact: Fact) -> float:
    """How much earlier (later, if negative) than its time a fact stands in the story, in seconds."""
    came_back = isinstance(fact, GivenInstead) and fact.instead is Instead.BACK
    return -NEAR if came_back or isinstance(fact, ENDS) else NEAR


def line_of(fact: Fact) -> Text | None:
    """The fact's sentence in both languages; None if it is not told."""
    if not isinstance(fact, TOLD) or (isinstance(fact, GivenInstead) and fact.instead is Instead.NOTHING):
        return None
    return Text(sentence(fact, POLISH), sentence(fact, ENGLISH))
