"""The voices of the demo: the line's own, rendered ahead of time, and those of the people who talk on it."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from telephony.values import PromptName, Words
from telephony.voice.cached import CachedVoice
from telephony.voice.choose import open_voice
from telephony.voice.port import Clip, Voice
from tests.demo.listening import SAID
from tests.demo.texts import Text
from tests.office.noted_voice import NotedVoice
from tests.phones.clipbook import Clipbook
from tests.phones.g711 import Codec, Samples, decode

NATAN, MICHAL, ALICJA, MAGDA = "Natan", "Michal", "Alicja", "Magda"
SLT, CLB, ALAN = "Slt", "Clb", "Alan"
AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Sentence:
    """What somebody says on the telephone: who, in which voice, and the words."""

    name: str
    who: Text
    voice: str
    text: str
    language: str = "pl"

    @property
    def sound(self) -> str:
        """Its name among all sounds that may be heard."""
        return SAID + self.name


@contextmanager
def opened(cache: Path, voice: str, *, rate: float, english: str = "") -> Iterator[CachedVoice]:
    """A voice, and one for English if it is wanted; the emergency ones where the good engine is not installed.

    Raises NoVoice, VoiceRefused.
    """
    found = open_voice(cache, None, engine="auto", voice=voice, rate=rate, english=english)
    try:
        yield found
    finally:
        found.close()


async def render(voice: CachedVoice, wanted: Sequence[Words], done: Callable[[], None]) -> None:
    """Make every clip that is not there yet; `done` is called for each. Raises NoVoice."""
    left = iter(wanted)

    async def work() -> None:
        for words in left:
            await asyncio.to_thread(voice.render, words)
            done()

    await asyncio.gather(*(work() for _ in range(AT_ONCE)))


def missing(voice: CachedVoice, wanted: Sequence[Words]) -> list[Words]:
    """The sentences that are not in the cache."""
    return [words for words in wanted if voice.ready(words) is None]


class VoiceOfACall:
    """Keeps `telephony.voice.port.Voice`, and gives the ears of each call a book of just what is said in it.

    The whispers of two calls begin alike for five seconds: an ear that knew both would be slow to decide.
    """

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self.begin(Clipbook())

    def begin(self, book: Clipbook) -> None:
        """From now on, what is said is written into this book."""
        self._noted = NotedVoice(self._voice, book)

    async def clip(self, words: Words) -> Clip:
        """The clip of the voice inside."""
        return await self._noted.clip(words)


@dataclass(frozen=True, slots=True)
class Cast:
    """What the people say, ready to be played (8 kHz)."""

    sentences: Sequence[Sentence]
    clips: Mapping[str, Samples]
    """By the sentence's name."""

    @property
    def speakers(self) -> Mapping[str, Text]:
        """Who says each sound."""
        return {sentence.sound: sentence.who for sentence in self.sentences}

    def book(self) -> Clipbook:
        """A new book in which the people's sentences are written already."""
        book = Clipbook()
        for sentence in self.sentences:
            book.add(sentence.sound, self.clips[sentence.name], text=sentence.text)
        return book


async def cast(sentences: Sequence[Sentence], cache: Path) -> Cast:
    """Give the people their voices. Raises NoVoice."""
    clips: dict[str, Samples] = {}
    for speaker, language in dict.fromkeys((sentence.voice, sentence.language) for sentence in sentences):
        polish, english = (speaker, "") if language == "pl" else (NATAN, speaker)
        with opened(cache, polish, rate=1.0, english=english) as voice:
            for sentence in sentences:
                if sentence.voice == speaker:
                    words = Words(PromptName(sentence.sound), sentence.text, language)
                    clip = await asyncio.to_thread(voice.render, words)
                    audio = clip.path.with_suffix(".alaw").read_bytes()
                    clips[sentence.name] = decode(audio, Codec.PCMA)
    return Cast(sentences, clips)
