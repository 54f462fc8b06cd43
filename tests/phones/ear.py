"""An ear on a handset: recognises prompts, tones and music as they come, and lets a test wait for them."""

import asyncio
from collections.abc import Callable

from tests.fakes.memory.bell import Bell
from tests.phones.clipbook import Clipbook
from tests.phones.g711 import RATE, Samples
from tests.phones.handset import Handset
from tests.phones.hearing import Heard, Hearing
from tests.phones.moment import Moment

LOOK = 0.1
"""Seconds between two looks at what has arrived."""

LIMIT = 30.0
"""No actor waits longer than this for anything, in seconds."""

WINDOW = 0.4
"""Seconds of the newest audio in which tones, music and silence are looked for."""

STEADY = 0.8
"""Seconds for which something loud must go on, that is no prompt and no tone, to be music: the first moment of
any prompt is loud, and not yet known."""


class Ear:
    """Listens to one call on a handset until `close`."""

    def __init__(self, who: str, handset: Handset, book: Clipbook) -> None:
        self.who = who
        self.bell = Bell()
        self._handset = handset
        self._recording = handset.records_anew()
        self._hearing = Hearing(book)
        self._length = 0
        self._cursor = 0
        self._over = False
        self._music_since = 0.0
        self._loop = asyncio.get_running_loop()
        self._timer = self._loop.call_later(LOOK, self._tick)

    @property
    def heard(self) -> list[Heard]:
        """All that was recognised and is over, in order."""
        return list(self._hearing.heard)

    @property
    def begun(self) -> Heard | None:
        """What is being heard now, as soon as only one known sound fits."""
        return self._hearing.begun

    @property
    def started(self) -> float:
        """When the recording began, on the event loop's clock: add it to `Heard.at`."""
        return self._recording.started

    @property
    def prompts(self) -> list[str]:
        """The names of what was heard, in order."""
        return [heard.prompt for heard in self._hearing.heard]

    @property
    def hears_now(self) -> str | None:
        """The prompt that is being heard now, as far as it is recognised."""
        return self._hearing.now

    @property
    def recording(self) -> Samples:
        """The whole recording so far, 8 kHz."""
        return self._recording.audio(0, self._recording.length(self._loop.time()))

    @property
    def seconds(self) -> float:
        """How long the recording is."""
        return self._recording.length(self._loop.time()) / RATE

    def close(self) -> None:
        """The call is over: what is still undecided is decided."""
        if not self._over:
            self._timer.cancel()
            self._listen()
            self._over = True
            self._hearing.finish()
            self.bell.ring()

    async def hears(self, prompt: str) -> Heard:
        """Wait until this prompt was heard (after the last one waited for), and return it."""

        def found() -> int | None:
            later = range(self._cursor, len(self._hearing.heard))
            return next((i for i in later if self._is(self._hearing.heard[i], prompt)), None)

        await self.until(lambda: found() is not None, f"to hear {prompt!r}")
        index = found()
        assert index is not None
        self._cursor = index + 1
        return self._hearing.heard[index]

    async def begins_to_hear(self, prompt: str) -> None:
        """Wait until this prompt is being heard (or was heard already)."""
        await self.until(
            lambda: (
                self._hearing.now == prompt or any(self._is(h, prompt) for h in self.heard[self._cursor :])
            ),
            f"for the beginning of {prompt!r}",
        )

    async def hears_tone(self, hz: int) -> None:
        """Wait until a steady tone is heard: what the other party's handset `speaks`."""
        await self.until(lambda: self.tone_now(hz), f"to hear a tone of {hz} Hz")

    async def hears_music(self) -> None:
        """Wait until something loud has gone on for a while that is no prompt and no tone."""
        await self.until(
            lambda: self._may_be_music and self.seconds - self._music_since >= STEADY, "to hear music"
        )

    async def hears_silence(self) -> None:
        """Wait until nothing is heard."""
        await self.until(lambda: self._moment.is_quiet, "for silence")

    @property
    def loudness(self) -> float:
        """Root mean square of the last moment."""
        return self._moment.loudness

    def tone_now(self, hz: int) -> bool:
        """Whether the last moment is mostly this tone."""
        return self._moment.has_tone(hz)

    def has_trace_of(self, hz: int) -> bool:
        """Whether in the last moment somebody's tone can be made out, whatever else is heard."""
        return self._moment.has_trace_of(hz)

    @property
    def _may_be_music(self) -> bool:
        moment = self._moment
        return self._hearing.now is None and not moment.is_quiet and not moment.is_one_tone

    async def until(self, true: Callable[[], bool], what: str) -> None:
        """Wait until `true()`; fail when the call is over or the time is up, with all that was heard."""
        await self.bell.until(lambda: true() or self._over, LIMIT)
        if not true():
            why = "the call is over" if self._over else f"{LIMIT:.0f} s have passed"
            raise AssertionError(f"{self.who} waited {what}, and {why}; heard:\n{self.story()}")

    def story(self) -> str:
        """All that was heard, a line each."""
        now = [f"  and now {self._hearing.now}"] if self._hearing.now else []
        return "\n".join([f"  {heard}" for heard in self.heard] + now) or "  nothing"

    @staticmethod
    def _is(heard: Heard, prompt: str) -> bool:
        return prompt == heard.prompt or prompt in heard.also

    @property
    def _moment(self) -> Moment:
        end = self._recording.length(self._loop.time())
        return Moment(self._recording.audio(max(0, end - round(WINDOW * RATE)), end))

    def _tick(self) -> None:
        known = len(self._hearing.heard)
        self._listen()
        if not self._may_be_music or len(self._hearing.heard) > known:
            self._music_since = self.seconds
        self._timer = self._loop.call_later(LOOK, self._tick)
        self.bell.ring()

    def _listen(self) -> None:
        # If the process has just stood still, silence is no silence: what has come meanwhile is not read yet.
        self._handset.catches_up()
        end = self._recording.length(self._loop.time())
        if end > self._length:
            self._hearing.listen(self._recording.audio(self._length, end))
            self._length = end
