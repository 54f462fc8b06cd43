"""A conversation: the call, the hall as it was when the call came, and the record, in one hand.

It adds two things to the verbs of a `Call`: whatever the caller is told goes on record, and a question
is answered by the *meaning* of the key.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from zoneinfo import ZoneInfo

from callflows.facts import Fact, LanguageChosen, MenuAnswered, PromptPlayed
from callflows.outcomes import CallOutcome
from callflows.ports import House
from callflows.prompts.wording import Wording
from callflows.restart.standing import Standing
from callflows.wish import Meaning, Wish, written
from directory.model import Hall, LinePolicy
from telephony.call import Call
from telephony.digits import Match, Matcher, Patience, Typed, number_ended_by, one_of
from telephony.values import CallId, Played, Words


def _no_answer(_: str) -> Match:
    """Whatever was typed: an INVALID answer empties the kept keys."""
    return Match.INVALID


class Conversation:
    """One call, from its first word to its last."""

    def __init__(self, call: Call, house: House) -> None:
        self.call = call
        self.hall: Hall = house.hall()
        self.promises = house.promises
        self.floor = house.floor
        self.switchboard = house.switchboard
        self.live = house.live
        self.language = self.hall.languages[0]
        """What the caller is spoken to in (BCP 47)."""
        self.wording = Wording(self.hall, self.language)
        self.waiting_for = "answer"
        """What the caller waits for just now: the record says so if they leave."""
        self.outcome = CallOutcome.ABANDONED
        """The best that the caller has got until now."""
        self._attempts = count(1)
        self.past = house.past
        self._house = house
        self._zone = ZoneInfo(self.hall.timezone)
        self.arrived = self.now()

    @property
    def id(self) -> CallId:
        """The call's id."""
        return self.call.id

    @property
    def policy(self) -> LinePolicy:
        """What the hall decided about its line."""
        return self.hall.policy

    def now(self) -> datetime:
        """The time of day at the hall."""
        return self._house.clock.now().astimezone(self._zone)

    def state(self, fact: Fact) -> None:
        """Put a fact on record."""
        self._house.journal.state(fact)

    def speak(self, language: str) -> None:
        """Go on in the language that the caller has chosen."""
        self.language, self.wording = language, Wording(self.hall, language)
        self.state(LanguageChosen(call=self.id, at=self.now(), language=language))

    def takes_up(self, standing: Standing) -> None:
        """Go on where an earlier process has left this call."""
        self.arrived, self.outcome = standing.arrived, standing.outcome
        self._attempts = count(standing.tried + 1)
        if standing.language in self.hall.languages:
            self.language, self.wording = standing.language, Wording(self.hall, standing.language)

    def next_attempt(self) -> int:
        """The number of the next attempt at bringing this caller to somebody, from 1."""
        return next(self._attempts)

    @contextmanager
    def waiting(self, for_what: str) -> Iterator[None]:
        """Name what the caller waits for inside this block. It stays named if they leave there."""
        before, self.waiting_for = self.waiting_for, for_what
        yield
        self.waiting_for = before

    async def say(self, *words: Words) -> Played:
        """Tell the caller something, to its end."""
        played = Played.CUT
        try:
            played = await self.call.say(*words)
        finally:
            self.told(words, played)
        return played

    async def choose(self, menu: str, *words: Words, keys: Mapping[str, Meaning]) -> Meaning:
        """Ask until the caller presses a key of `keys`; its meaning, or NOTHING after `menu_tries`."""
        sorry: tuple[Words, ...] = ()
        for _ in range(self.policy.menu_tries):
            with self.waiting(f"menu {menu}"):
                typed = await self._ask((*sorry, *words), one_of(keys))
            if typed.match is Match.COMPLETE:
                return self._answered(menu, keys[typed.keys])
            sorry = (self.wording.plain("menu.nothing" if typed.nothing else "menu.wrong"),)
        return self._answered(menu, Wish.NOTHING)

    async def type_number(self, *words: Words) -> str:
        """Ask for a telephone number by keypad; the keys as typed, closed by # or by silence. May be empty."""
        with self.waiting("typing a number"):
            return (await self._ask(words, number_ended_by("#"))).keys

    async def wants(self, key: str, *words: Words, seconds: float) -> bool:
        """Say something, and wait so long for this key to be pressed; any other key ends the wait, too."""
        patience = Patience(first=seconds, between=seconds, overall=2 * seconds)
        heard = Played.CUT
        try:
            typed = await self.call.ask(*words, matcher=one_of(key), patience=patience)
            heard = typed.heard
        finally:
            self.told(words, heard)
        return typed.match is Match.COMPLETE

    async def forget_keys(self) -> None:
        """Let no key that was pressed until now answer what is asked next."""
        await self.call.ask(matcher=_no_answer, patience=Patience(first=0.0, between=0.0, overall=0.0))

    async def _ask(self, words: tuple[Words, ...], matcher: Matcher) -> Typed:
        patience = Patience(first=self.policy.first_key, between=self.policy.next_key)
        heard = Played.CUT
        try:
            typed = await self.call.ask(*words, matcher=matcher, patience=patience)
            heard = typed.heard
        finally:
            self.told(words, heard)
        return typed

    def _answered(self, menu: str, meaning: Meaning) -> Meaning:
        self.state(MenuAnswered(call=self.id, at=self.now(), menu=menu, meaning=written(meaning)))
        return meaning

    def told(self, words: tuple[Words, ...], played: Played) -> None:
        """Put on record what the caller was told, if anything was said."""
        if words:
            self.state(
                PromptPlayed(
                    call=self.id,
                    at=self.now(),
                    prompts=tuple(word.name for word in words),
                    text=" ".join(word.text for word in words),
                    played=played.value,
                )
            )
