"""What the service itself says of a call: asked over its API with a token, as any program would."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import aiohttp

from callflows.language import translated
from callflows.outcomes import CallOutcome, Outcome
from callflows.story_words import CALLS, OUTCOMES
from telephony.values import CallId
from tests.demo.clock import WARSAW
from tests.demo.house import House
from tests.demo.texts import ENGLISH, NOTHING, Text, both, seconds


@dataclass(frozen=True, slots=True)
class Record:
    """A call on record: how it ended, each attempt's outcome, the number of promised callbacks; and all in words."""

    outcome: CallOutcome | None
    attempts: tuple[Outcome | None, ...]
    tickets: int
    words: tuple[Text, ...]


async def ask(house: House, call: CallId) -> Record:
    """The story of that call as the API tells it. Raises aiohttp.ClientError."""
    headers = {"Authorization": f"Bearer {house.token}"}
    async with (
        aiohttp.ClientSession(house.service.api, headers=headers, raise_for_status=True) as session,
        session.get(f"/api/calls/{call}") as answer,
    ):
        return understood(await answer.json())


def understood(story: Any) -> Record:
    """The parts of the API's answer that the demo shows."""
    outcome = CallOutcome(story["call"]["outcome"]) if story["call"]["outcome"] else None
    attempts = tuple(Outcome(one["outcome"]) if one["outcome"] else None for one in story["transfers"])
    words = [_said(CALLS[outcome]) if outcome else Text("rozmowa trwa", "still up")]
    for one, how in zip(story["transfers"], attempts, strict=True):
        words.append(_attempt(one, how))
    for ticket in story["tickets"]:
        due = datetime.fromisoformat(ticket["due"]).astimezone(WARSAW)
        words.append(Text("oddzwonić do ", "call back by ") + f"{due:%d.%m.%Y %H:%M}")
    return Record(outcome, attempts, len(story["tickets"]), tuple(words))


def _attempt(one: Any, how: Outcome | None) -> Text:
    who = both(one["person_name"] or one["unit_name"])
    rang = (
        Text(", dzwonił ", ", rang for ") + seconds(one["ring_seconds"] or 0.0)
        if one["ring_seconds"]
        else NOTHING
    )
    return who + ": " + (_said(OUTCOMES[how]) if how else Text("trwa", "goes on")) + rang


def _said(text: str) -> Text:
    return Text(text, translated(text, ENGLISH))
