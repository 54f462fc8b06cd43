"""Recorded traffic of a real Asterisk 22 in; the exact list of what the story is told out.

When a new Asterisk comes: record anew (`tests/replay/record.py`), and see here what it does differently.
"""

import asyncio
from pathlib import Path

import pytest

from telephony.ari.events import Event
from telephony.ari.line import AriLine
from telephony.ari.parsing import parse
from telephony.ari.settings import AriSettings
from telephony.call import Call
from telephony.digits import Match, Typed
from telephony.values import (
    Caller,
    Ended,
    KeyPressed,
    LegEnded,
    NumberShown,
    PhoneAnswered,
    PhoneHolds,
    PhoneResumes,
    PhoneRings,
    Played,
    TransferAsked,
    Words,
)
from telephony.voice.port import Clip, Source
from tests.replay.reception import reception
from tests.replay.server import Replay

RECORDINGS = Path(__file__).parent / "recordings"
LIMIT = 15.0

GREETED = [
    Caller("+48601234567", "", NumberShown.SHOWN),
    Played.FAILED,
    Typed("1", Match.COMPLETE, Played.CUT),
]
"""Who calls; the greeting, of which one file is missing; and the key, pressed into the question."""

TAKEN_UP = [PhoneRings(), PhoneAnswered()]

TOLD: dict[str, list[object]] = {
    "taken": [*GREETED, *TAKEN_UP, Played.WHOLE, KeyPressed("1"), True, Ended.HUNG_UP],
    "taken-and-put-down": [
        *GREETED, *TAKEN_UP, Played.WHOLE, KeyPressed("1"), LegEnded(Ended.HUNG_UP), Played.WHOLE,
    ],
    "held-and-not-transferred": [
        *GREETED, *TAKEN_UP, Played.WHOLE, KeyPressed("1"), PhoneHolds(), TransferAsked("1002"), PhoneResumes(),
        LegEnded(Ended.HUNG_UP), Played.WHOLE,
    ],
    "declined-by-key": [
        *GREETED, *TAKEN_UP, Played.WHOLE, KeyPressed("2"), LegEnded(Ended.STOPPED), Played.WHOLE,
    ],
    "put-down-in-the-whisper": [
        *GREETED, *TAKEN_UP, Played.FAILED, LegEnded(Ended.HUNG_UP), Played.WHOLE,
    ],
    "busy": [*GREETED, LegEnded(Ended.BUSY, "486"), Played.WHOLE],
    "declined": [*GREETED, PhoneRings(), LegEnded(Ended.DECLINED, "603"), Played.WHOLE],
    "gives-up": [*GREETED, PhoneRings(), LegEnded(Ended.NO_ANSWER, "480"), Played.WHOLE],
    "unavailable": [*GREETED, LegEnded(Ended.UNREACHABLE, "480"), Played.WHOLE],
    "forwards": [*GREETED, LegEnded(Ended.UNREACHABLE, "redirected"), Played.WHOLE],
    "not-registered": [*GREETED, LegEnded(Ended.UNREACHABLE, "not registered"), Played.WHOLE],
    "dead": [*GREETED, LegEnded(Ended.UNREACHABLE, "no ringing in 2 s"), Played.WHOLE],
    "left-while-it-rang": [*GREETED, PhoneRings(), Ended.HUNG_UP],
    "left-in-the-greeting": [GREETED[0], Ended.HUNG_UP],
    "cut-while-it-rang": [
        *GREETED, *TAKEN_UP, Played.WHOLE, KeyPressed("1"), LegEnded(Ended.HUNG_UP), Played.WHOLE,
    ],
    "killed-in-the-talk": [GREETED[0], KeyPressed("5"), LegEnded(Ended.HUNG_UP), Played.WHOLE],
    "withheld": [
        Caller("", "", NumberShown.WITHHELD), *GREETED[1:], LegEnded(Ended.BUSY, "486"), Played.WHOLE,
    ],
}  # fmt: skip

EVENTS: dict[str, list[str]] = {
    "taken": [
        "StasisStart", "StateChange", "PlaybackStarted", "PlaybackContinuing", "PlaybackStarted",
        "PlaybackFinished failed", "PlaybackStarted", "Dtmf 1", "PlaybackFinished", "Dial", "StateChange",
        "Dial RINGING", "StateChange", "Dial ANSWER", "StasisStart rung", "PlaybackStarted",
        "PlaybackFinished", "Dtmf 1", "HangupRequest", "StasisEnd",
        "HangupRequest 32", "StasisEnd", "ChannelDestroyed 16",
    ],
    "busy": [
        "StasisStart", "StateChange", "PlaybackStarted", "PlaybackContinuing", "PlaybackStarted",
        "PlaybackFinished failed", "PlaybackStarted", "Dtmf 1", "PlaybackFinished", "Dial",
        "HangupRequest 17 486", "Dial BUSY", "ChannelDestroyed 17 486", "PlaybackStarted",
        "PlaybackFinished", "HangupRequest 32", "StasisEnd",
    ],
}  # fmt: skip
"""Two recordings, event by event, as our code types them."""


class RecordedVoice:
    """The port `Voice`: the clips were real when the recording was made; here only their length counts."""

    async def clip(self, words: Words) -> Clip:
        """A clip that is nowhere."""
        return Clip(Path("/prompts") / words.name, 1.0, Source.SYNTHESISED)


@pytest.mark.parametrize("name", TOLD)
async def test_the_story_is_told_exactly_this(name: str) -> None:
    """Our ARI code, given what Asterisk said, tells the story the same as on the day of the recording."""
    told: list[object] = []
    over = asyncio.Event()

    async def story(call: Call) -> None:
        try:
            await reception(call, told)
        finally:
            over.set()

    async with Replay(RECORDINGS / f"{name}.jsonl") as replay:
        settings = AriSettings(url=replay.url, user="halo", password="of no use", looks=10 * LIMIT)
        line = AriLine(settings, RecordedVoice())
        serving = asyncio.create_task(line.serve(story))
        async with asyncio.timeout(LIMIT):
            await over.wait()
            await line.drain(LIMIT)
            await replay.is_through()
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
    assert told == TOLD[name]
    assert replay.unexpected == []


@pytest.mark.parametrize("name", EVENTS)
def test_the_events_are_typed_exactly_so(name: str) -> None:
    """Every recorded event becomes one typed event, in order."""
    events = [parse(message) for message in Replay(RECORDINGS / f"{name}.jsonl").events]
    assert [_short(event) for event in events if event is not None] == EVENTS[name]
    assert None not in events


def test_every_recording_is_tested() -> None:
    """No recording lies about without a list of what must come of it."""
    assert {path.stem for path in RECORDINGS.glob("*.jsonl")} == set(TOLD)


def _short(event: Event) -> str:
    """An event in a word or two: its type and what is peculiar to it."""
    peculiar: list[object] = [
        getattr(event, "status", ""),
        getattr(event, "key", ""),
        "failed" if getattr(event, "failed", False) else "",
        *getattr(event, "args", ())[:1],
        getattr(event, "cause", 0) or "",
        getattr(event, "tech_cause", 0) or "",
    ]
    words = [str(one) for one in peculiar if one and one != "447327600"]
    return " ".join([type(event).__name__, *words])
