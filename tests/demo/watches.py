"""Watchers: what an ear hears and what a phone does, told to the screen as it happens."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Protocol

from tests.demo.spoken import told
from tests.demo.texts import NOTHING, Text, quoted, seconds
from tests.fakes.memory.bell import Bell
from tests.phones.ear import Ear
from tests.phones.hearing import Heard
from tests.phones.phone import Phone

Tell = Callable[[float, Text], None]
"""Takes a moment of the event loop's clock, and what happened then."""

SAME = 0.15
"""Seconds by which the two looks at one sound may differ."""

WHISPER = "whisper"


class Hears(Protocol):
    """What a watcher needs of an ear (`tests.phones.ear.Ear`)."""

    @property
    def bell(self) -> Bell:
        """Rung when something was heard."""

    @property
    def heard(self) -> list[Heard]:
        """All sentences that are over."""

    @property
    def begun(self) -> Heard | None:
        """The one that is being heard."""

    @property
    def started(self) -> float:
        """When the recording began."""


class EarWatch:
    """Tells each sentence as soon as it is sure which one it is, and later if it was cut."""

    def __init__(self, ear: Hears, tell: Tell, speakers: Mapping[str, Text]) -> None:
        """`speakers` says for the name of a person's sentence who says it."""
        self._ear, self._tell, self._speakers = ear, tell, speakers
        self._begun: Heard | None = None
        self._concluded = 0

    async def run(self) -> None:
        """Tell until cancelled."""
        while True:
            await self._ear.bell.until(self._news)
            self.look()

    def look(self) -> None:
        """Tell what is new now."""
        heard = self._ear.heard
        for sound in heard[self._concluded :]:
            self._conclude(sound)
        self._concluded = len(heard)
        begun = self._ear.begun
        if begun is not None and not self._told(begun):
            self._begun = begun
            self._say(begun, NOTHING)

    def _news(self) -> bool:
        begun = self._ear.begun
        return len(self._ear.heard) > self._concluded or (begun is not None and not self._told(begun))

    def _told(self, sound: Heard) -> bool:
        begun = self._begun
        return begun is not None and begun.prompt == sound.prompt and abs(begun.at - sound.at) < SAME

    def _conclude(self, sound: Heard) -> None:
        cut = Text("(zapowiedź przerwana po ", "(cut short after ") + seconds(sound.seconds) + ")"
        if not self._told(sound):
            self._say(sound, NOTHING if sound.whole else cut)
        elif not sound.whole:
            self._tell(self._ear.started + sound.at + sound.seconds, cut)

    def _say(self, sound: Heard, more: Text) -> None:
        whose = self._speakers.get(sound.prompt)
        hears = Text("słyszy: ", "hears: ")
        if whose is not None:
            hears = Text("słyszy, jak mówi ", "hears ") + whose + ": "
        elif sound.prompt.startswith(WHISPER):
            hears = Text("słyszy szept linii: ", "hears the line whisper: ")
        tail = Text(" ", " ") + more if more.pl else more
        self._tell(self._ear.started + sound.at, hears + quoted(told(sound.prompt, sound.text)) + tail)


class PhoneWatch:
    """Tells when a phone rings, is taken up, falls silent."""

    def __init__(self, phone: Phone, tell: Tell, hear: "Callable[[Ear], None]", *, taken_up: Text) -> None:
        """`hear` is given the ear of each call that comes in; `taken_up` says who takes it up."""
        self.phone = phone
        self._tell, self._hear, self._taken_up = tell, hear, taken_up
        self._stage = ""
        self._ear: Ear | None = None
        self.rang: float | None = None
        self.answered: float | None = None
        self.stopped: float | None = None

    async def run(self) -> None:
        """Tell until cancelled."""
        while True:
            await self.phone.bell.until(self._news)
            self.look()

    def look(self) -> None:
        """Tell what is new now."""
        if self.phone.ear is not None and self.phone.ear is not self._ear:
            self._ear = self.phone.ear
            self._hear(self._ear)
        now, before = self._now(), self._stage
        if now == before:
            return
        self._stage = now
        moment = asyncio.get_running_loop().time()
        match now:
            case "ringing":
                self.rang = self.phone.rang_at
                self._tell(self.rang, Text("telefon dzwoni", "the phone rings"))
            case "talking":
                self.answered = moment
                self._tell(moment, self._taken_up)
            case "silent":
                self.stopped = self.phone.stopped_at or moment
                self._tell(self.stopped, _ended(before, self.phone))

    def _news(self) -> bool:
        return self._now() != self._stage or self.phone.ear is not self._ear

    def _now(self) -> str:
        if self.phone.talking:
            return "talking"
        if self.phone.ringing:
            return "ringing"
        return "silent" if self._stage or self.phone.stopped_at else ""


def _ended(before: str, phone: Phone) -> Text:
    if before == "talking" and phone.notified:
        return Text("telefon wie: ", "the phone is told: ") + f"{phone.notified[-1]} (NOTIFY)"
    if before == "talking":
        return Text("koniec połączenia na tym telefonie", "the call at this phone is over")
    if phone.cancelled is not None:
        return Text("telefon przestaje dzwonić", "the phone stops ringing")
    return Text("telefon zajęty", "the phone is busy")
