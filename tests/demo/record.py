"""What the service itself says of a call: asked over its API with a token, as any program would."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import aiohttp

from callflows.language import translated
from callflows.outcomes import CallOutcome, Instead, Outcome, Way
from callflows.story_words import CALLS, OUTCOMES, PRESENCE, WAYS
from telephony.values import CallId
from tests.demo.clock import WARSAW
from tests.demo.house import House
from tests.demo.texts import ENGLISH, NOTHING, Text, both, seconds

Presences = Mapping[str, tuple[str, ...]]
"""What each clerk was meanwhile, one thing after another, by the clerk's id."""


@dataclass(frozen=True, slots=True)
class Attempted:
    """One attempt on record: its outcome, on whose wish it was, and whether the caller came back to them."""

    outcome: Outcome | None
    way: Way = Way.LINE
    by: str = ""
    came_back: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A call on record: how it ended, each attempt, the number of promised callbacks; and all in words."""

    outcome: CallOutcome | None
    attempts: tuple[Attempted, ...]
    tickets: int
    words: tuple[Text, ...]
    presence: Presences = field(default_factory=dict)


async def ask(house: House, call: CallId, presence: Presences) -> Record:
    """The story of that call as the API tells it; `presence` is from the journal. Raises aiohttp.ClientError."""
    headers = {"Authorization": f"Bearer {house.token}"}
    async with (
        aiohttp.ClientSession(house.service.api, headers=headers, raise_for_status=True) as session,
        session.get(f"/api/calls/{call}") as answer,
    ):
        return understood(await answer.json(), presence)


def understood(story: Any, presence: Presences) -> Record:
    """The parts of the API's answer that the demo shows."""
    outcome = CallOutcome(story["call"]["outcome"]) if story["call"]["outcome"] else None
    attempts = tuple(_attempted(one) for one in story["transfers"])
    words = [_said(CALLS[outcome]) if outcome else Text("rozmowa trwa", "still up")]
    for one, how in zip(story["transfers"], attempts, strict=True):
        words.append(_attempt(one, how))
    for ticket in story["tickets"]:
        due = datetime.fromisoformat(ticket["due"]).astimezone(WARSAW)
        words.append(Text("oddzwonić do ", "call back by ") + f"{due:%d.%m.%Y %H:%M}")
    for clerk, stood in presence.items():
        said = [_said(PRESENCE[word]) for word in stood]
        names = Text(", ".join(word.pl for word in said), ", ".join(word.en for word in said))
        words.append(both(f"{clerk}: ") + names)
    return Record(outcome, attempts, len(story["tickets"]), tuple(words), presence)


def _attempted(one: Any) -> Attempted:
    return Attempted(
        Outcome(one["outcome"]) if one["outcome"] else None,
        Way(one["way"]),
        one["by_person"] or "",
        one["instead"] == Instead.BACK.value,
    )


def _attempt(one: Any, how: Attempted) -> Text:
    who = both(one["person_name"] or one["unit_name"])
    if how.way is not Way.LINE:
        who = who + " (" + _said(WAYS[how.way]) + ")"
    rang = (
        Text(", dzwonił ", ", rang for ") + seconds(one["ring_seconds"] or 0.0)
        if one["ring_seconds"]
        else NOTHING
    )
    ended = _said(OUTCOMES[how.outcome]) if how.outcome else Text("trwa", "goes on")
    back = Text(", rozmowa wróciła", ", the call came back") if how.came_back else NOTHING
    return who + ": " + ended + rang + back


def _said(text: str) -> Text:
    return Text(text, translated(text, ENGLISH))
