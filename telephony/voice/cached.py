"""The line's voice: a studio recording if one says the words, else the engine, each sentence made only once."""

import asyncio
import contextlib
import logging
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path

from telephony.errors import NoVoice
from telephony.values import Words
from telephony.voice.engine import Samples, TTSEngine
from telephony.voice.narrator import Narrator, narrator, normal
from telephony.voice.pieces import Piece, joined, pieces
from telephony.voice.port import Clip, Source
from telephony.voice.rendering import Renderers
from telephony.voice.sound import PIPELINE, prepare
from telephony.voice.store import ClipKey, ClipStore, Origin, key_of
from telephony.voice.studio import Recording, Studio

_SWEEP_EVERY = 600.0
_AHEAD = 60.0
"""Seconds that a sentence may take which is rendered before anybody waits for it."""

log = logging.getLogger(__name__)


class CachedVoice:
    """Keeps `telephony.voice.port.Voice`: words to clips, from the cache or made now.

    `engine` speaks with `voice` every language that none of `others` speaks (by BCP 47). A sentence of two
    languages is one clip all the same. `patience` is how long a call waits for a sentence that is not there yet,
    in seconds; what took longer is finished all the same, for the next call. Rendering runs in two threads of
    its own, and two askers of one sentence share one rendering. Where the engine cannot speak, or hangs, `emergency`
    says the sentence: few understand it, but nobody hears silence.
    """

    def __init__(
        self,
        cache: Path,
        overrides: Path | None,
        engine: TTSEngine | None,
        *,
        voice: str | None = None,
        rate: float = 1.0,
        patience: float = 2.0,
        others: Mapping[str, Narrator] | None = None,
        emergency: "CachedVoice | None" = None,
    ) -> None:
        """Raises VoiceRefused if the engine has no such voice; without a voice, its first one speaks."""
        self._first = narrator(engine, voice, rate) if engine is not None else None
        self._others = dict(others or {})
        self.store = ClipStore(cache)
        self.studio = Studio(overrides)
        self._patience = patience
        self._emergency = emergency
        self._renderers = Renderers(2, sick_after=patience)
        self._lock = threading.Lock()
        self._under_way: dict[ClipKey, Future[Clip]] = {}
        self._swept = float("-inf")
        self._named = lru_cache(maxsize=2048)(self._name)

    async def clip(self, words: Words) -> Clip:
        """The clip for these words, rendered now if need be. Raises NoVoice."""
        found = self.ready(words)
        if found is not None:
            return found
        try:
            return await self._made(words)
        except NoVoice as lost:
            if self._emergency is None:
                raise
            log.error("prompt %s is said by the emergency voice: %s", words.name, lost)
            return await self._emergency.clip(words)

    def ready(self, words: Words) -> Clip | None:
        """The clip if it is on disk already."""
        key, recording = self._key(words)
        seconds = self.store.seconds(key) if key else None
        if key is None or seconds is None:
            return None
        self.store.used(key)
        return self._clip(key, seconds, recording)

    def render(self, words: Words) -> Clip:
        """Make the clip ahead of time, to be kept. Raises NoVoice. Blocks: not for an event loop."""
        try:
            clip = self.ready(words) or self._begin(words, self._renderers.begin_ahead).result(_AHEAD)
        except TimeoutError:
            raise NoVoice(f"prompt {words.name} was not rendered within {_AHEAD:g} s") from None
        self.store.keep(ClipKey(clip.path.name), self._origin(words, clip))
        return clip

    def close(self) -> None:
        """Finish what is under way, unless an engine hangs, and let the engines go."""
        self._renderers.close()
        if self._emergency is not None:
            self._emergency.close()
        for speaks in (self._first, *self._others.values()):
            if speaks is not None:
                speaks.engine.close()

    async def _made(self, words: Words) -> Clip:
        """The clip that is rendered now, as far as the caller's patience goes. Raises NoVoice, whatever went wrong."""
        waiting = asyncio.wrap_future(self._begin(words, self._renderers.begin))
        waiting.add_done_callback(_looked_at)
        # asyncio.wait leaves the rendering alone when this call is cancelled or out of patience
        done, _ = await asyncio.wait({waiting}, timeout=self._patience)
        if not done:
            raise NoVoice(f"prompt {words.name} was not rendered within {self._patience:g} s")
        error = waiting.exception()
        if error is not None and not isinstance(error, NoVoice):  # an engine that breaks its promise
            raise NoVoice(f"prompt {words.name}: the engine failed with {type(error).__name__}") from error
        return waiting.result()

    def _begin(self, words: Words, begin: Callable[[Callable[[], Clip]], Future[Clip]]) -> Future[Clip]:
        """Start rendering, or join who renders the same already."""
        key, recording = self._key(words)
        if key is None:
            raise NoVoice(f"no engine can say prompt {words.name}, and nobody recorded it")
        with self._lock:
            under_way = self._under_way.get(key)
            if under_way is not None:
                return under_way
            future = self._under_way[key] = begin(partial(self._make, words, key, recording))
        future.add_done_callback(lambda _: self._finished(key))
        return future

    def _finished(self, key: ClipKey) -> None:
        with self._lock:
            del self._under_way[key]

    def _make(self, words: Words, key: ClipKey, recording: Recording | None) -> Clip:
        seconds = self.store.seconds(key)
        if seconds is not None:  # somebody finished it between our look and our turn
            return self._clip(key, seconds, recording)
        try:
            samples, hertz = self.studio.samples(recording) if recording else self._speak(words)
            audio = prepare(samples, hertz)
            clip = self._clip(key, audio.seconds, recording)
            self.store.put(key, audio, self._origin(words, clip))
        except (OSError, ValueError) as error:
            raise NoVoice(f"prompt {words.name} could not be rendered: {error}") from error
        self._sweep_sometimes()
        return clip

    def _origin(self, words: Words, clip: Clip) -> Origin:
        told = " and ".join(speaks.manner for speaks, _ in self._parts(words))
        made_by = "studio" if clip.source is Source.RECORDED else told
        return Origin((words.name,), words.text, words.language, clip.source.value, made_by, clip.seconds)

    def _speak(self, words: Words) -> tuple[Samples, int]:
        spoken = [(speaks, piece, *speaks.speak(piece.text)) for speaks, piece in self._parts(words)]
        if not spoken:
            raise NoVoice("there is no engine")
        if len(spoken) == 1:
            return spoken[0][2:]
        return joined([(piece, samples, hertz) for _, piece, samples, hertz in spoken], spoken[0][0].rate)

    def _parts(self, words: Words) -> list[tuple[Narrator, Piece]]:
        """Who says what of it: the whole of it, where one narrator speaks all its languages."""
        whole = Piece(words.text, words.language)
        cut = pieces(words) if words.spans else (whole,)
        parts = [(speaks, piece) for piece in cut if (speaks := self._narrator(piece.language)) is not None]
        if len({speaks.manner for speaks, _ in parts}) == 1:
            return [(parts[0][0], whole)]
        return parts

    def _narrator(self, language: str) -> Narrator | None:
        return self._others.get(language, self._first)

    def _key(self, words: Words) -> tuple[ClipKey | None, Recording | None]:
        """What names the clip of these words: the recording's content, or engine, voice, rate and text."""
        recording = self.studio.recording(words)
        if recording is not None:
            return key_of(PIPELINE, "studio", recording.fingerprint), recording
        return self._named(words), None

    def _name(self, words: Words) -> ClipKey | None:
        """What names the clip of these words when the engine says them; None where there is no engine."""
        said = [(speaks.manner, piece.language, normal(piece.text)) for speaks, piece in self._parts(words)]
        return key_of(PIPELINE, *chain.from_iterable(said)) if said else None

    def _clip(self, key: ClipKey, seconds: float, recording: Recording | None) -> Clip:
        source = Source.RECORDED if recording else Source.SYNTHESISED
        return Clip(self.store.path(key), seconds, source)

    def _sweep_sometimes(self) -> None:
        if time.monotonic() - self._swept > _SWEEP_EVERY:
            self._swept = time.monotonic()
            with contextlib.suppress(OSError):
                self.store.sweep()


def _looked_at(waiting: "asyncio.Future[Clip]") -> None:
    """Fetch the error of a rendering that nobody waits for any more: who gave up has been told NoVoice."""
    if not waiting.cancelled():
        waiting.exception()
