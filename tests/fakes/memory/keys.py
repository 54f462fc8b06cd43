"""The keys that a caller has pressed, and the question that takes them."""

import asyncio
from collections.abc import Callable

from telephony.digits import Match, Matcher, Patience, Typed
from telephony.values import Played
from tests.fakes.memory.bell import Bell
from tests.fakes.memory.sound import Playback


class Keys:
    """Kept for the next question; the first one silences the question that is being asked."""

    def __init__(self, bell: Bell) -> None:
        self._bell = bell
        self._kept: list[str] = []
        self._asking: Playback | None = None

    def press(self, key: str) -> None:
        """One more."""
        self._kept.append(key)
        if self._asking is not None:
            self._asking.stop()
        self._bell.ring()

    def empty(self) -> None:
        """Forget what was pressed."""
        self._kept.clear()

    async def ask(
        self, question: Playback | None, matcher: Matcher, patience: Patience, up: Callable[[], bool]
    ) -> Typed:
        """Say the question and collect keys as long as the caller is `up`; the clock starts at its end."""
        heard = await self._put(question)
        now = asyncio.get_running_loop().time
        give_up = now() + patience.overall
        keys = ""
        while True:
            wait = min(patience.between if keys else patience.first, give_up - now())
            await self._bell.until(lambda: bool(self._kept) or not up(), wait)
            if not self._kept or not up():
                return Typed(keys, Match.INCOMPLETE, heard)
            keys += self._kept.pop(0)
            verdict = matcher(keys)
            if verdict is Match.INVALID:
                self._kept.clear()
                return Typed(keys, verdict, heard)
            if verdict is Match.COMPLETE:
                return Typed(without_terminator(keys), verdict, heard)

    async def _put(self, question: Playback | None) -> Played:
        """Say the question until its end or the first key; one kept from before means: not at all."""
        if question is None:
            return Played.WHOLE
        if self._kept:
            return Played.CUT
        self._asking = question
        try:
            return await question.run()
        finally:
            self._asking = None


def without_terminator(keys: str) -> str:
    """The keys of a complete answer without the # or * that closed it."""
    return keys[:-1] if len(keys) > 1 and keys[-1] in "#*" else keys
