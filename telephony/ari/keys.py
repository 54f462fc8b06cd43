"""Keys: kept from the moment they are pressed, and read by the next question."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from telephony.ari.tasks import call_off
from telephony.digits import Match, Matcher, Patience, Typed
from telephony.values import Played

MOST_KEPT = 64
"""Keys beyond this many that no question has read are dropped, the oldest first: a stuck or mad phone."""


class Keys:
    """The keys that a caller has pressed and no question has read yet."""

    def __init__(self) -> None:
        self._kept: deque[str] = deque(maxlen=MOST_KEPT)
        self._some = asyncio.Event()

    def press(self, key: str) -> None:
        """A key arrived."""
        self._kept.append(key)
        self._some.set()

    def __len__(self) -> int:
        return len(self._kept)

    def take(self) -> str:
        """The oldest kept key."""
        key = self._kept.popleft()
        if not self._kept:
            self._some.clear()
        return key

    def empty(self) -> None:
        """Forget what is kept."""
        self._kept.clear()
        self._some.clear()

    async def some(self) -> None:
        """Return as soon as a key is kept."""
        await self._some.wait()


async def ask(
    keys: Keys, question: Callable[[], Awaitable[Played]] | None, matcher: Matcher, patience: Patience
) -> Typed:
    """Put the question and read keys until the matcher is content or patience ends.

    The first key silences the question; a key kept from before means that it is not put at all.
    """
    heard = Played.WHOLE if question is None else await _put(question, keys)
    now = asyncio.get_running_loop().time
    give_up = now() + patience.overall
    typed = ""
    while True:
        wait = min(patience.between if typed else patience.first, give_up - now())
        try:
            async with asyncio.timeout(wait):
                await keys.some()
        except TimeoutError:
            if not len(keys):
                return Typed(typed, Match.INCOMPLETE, heard)
        typed += keys.take()
        verdict = matcher(typed)
        if verdict is Match.INVALID:
            keys.empty()
            return Typed(typed, verdict, heard)
        if verdict is Match.COMPLETE:
            return Typed(without_terminator(typed), verdict, heard)


def without_terminator(typed: str) -> str:
    """The keys of a complete answer without the # or * that closed it; a lone one is the answer itself."""
    return typed[:-1] if len(typed) > 1 and typed[-1] in "#*" else typed


async def _put(question: Callable[[], Awaitable[Played]], keys: Keys) -> Played:
    if len(keys):
        return Played.CUT
    speaking = asyncio.ensure_future(question())
    pressed = asyncio.ensure_future(keys.some())
    try:
        await asyncio.wait({speaking, pressed}, return_when=asyncio.FIRST_COMPLETED)
        return speaking.result() if speaking.done() else Played.CUT
    finally:
        pressed.cancel()
        await call_off(speaking)
