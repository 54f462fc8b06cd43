"""An actor with an ear: it remembers what it heard, and a test can wait for it."""

from collections.abc import Callable
from dataclasses import dataclass

from telephony.values import Played, Words
from tests.fakes.memory.bell import Bell

LIMIT = 120.0
"""No actor waits longer than this, in seconds; virtual ones in memory, so they cost nothing."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One prompt that somebody heard, and how it ended."""

    name: str
    text: str
    played: Played


@dataclass(slots=True, eq=False)
class Hearing:
    """A prompt from its first sound on; `played` is known when it is over."""

    words: Words
    played: Played | None = None


class Listener:
    """A citizen, or a phone with somebody at it."""

    def __init__(self, who: str) -> None:
        self.who = who
        self.bell = Bell()
        self.log: list[Hearing] = []
        self.limit = LIMIT
        self._cursor = 0

    @property
    def line_is_dead(self) -> bool:
        """Whether there is nothing more to be heard: waiting on would be in vain."""
        return False

    @property
    def heard(self) -> list[Heard]:
        """All prompts that are over, in the order in which they began."""
        return [Heard(h.words.name, h.words.text, h.played) for h in self.log if h.played is not None]

    @property
    def prompts(self) -> list[str]:
        """The names of all prompts that began, in order."""
        return [str(h.words.name) for h in self.log]

    async def hears(self, prompt: str) -> str:
        """Wait until a prompt of this name begins (after the last one waited for); return its text."""
        return (await self._next(prompt)).words.text

    async def hears_all_of(self, prompt: str) -> Heard:
        """Wait until a prompt of this name has begun and has ended, however it ended."""
        hearing = await self._next(prompt)
        await self.waits_for(lambda: hearing.played is not None, f"to hear the end of {prompt!r}")
        assert hearing.played is not None
        return Heard(hearing.words.name, hearing.words.text, hearing.played)

    async def has_heard(self, *prompts: str) -> None:
        """Wait until these are all the prompts heard so far, in order, whole or cut."""
        await self.bell.until(lambda: self.prompts == list(prompts), self.limit)
        assert self.prompts == list(prompts), f"{self.who} heard {self._story()}"

    async def waits_for(self, true: Callable[[], bool], what: str) -> None:
        """Wait until `true()`; fail if the line goes dead first or after two minutes, telling all heard."""
        if not await self.bell.until(lambda: true() or self.line_is_dead, self.limit):
            raise AssertionError(
                f"{self.who} waited {self.limit:.0f} s {what}; heard so far: {self._story()}"
            )
        if not true():
            raise AssertionError(f"{self.who} waited {what}, and the line is dead; heard: {self._story()}")

    async def _next(self, prompt: str) -> Hearing:
        def found() -> int | None:
            later = range(self._cursor, len(self.log))
            return next((i for i in later if self.log[i].words.name == prompt), None)

        await self.waits_for(lambda: found() is not None, f"to hear {prompt!r}")
        index = found()
        assert index is not None
        self._cursor = index + 1
        return self.log[index]

    def _story(self) -> str:
        parts = [f"{h.words.name} ({h.played.value if h.played else 'playing'})" for h in self.log]
        return ", ".join(parts) or "nothing"
