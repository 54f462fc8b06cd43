"""How a sentence is made: a text of the catalogue, in its language, with its slots filled by words.

What the hall's data say (names of people, units, matters, notices) is Polish in every language: inside an English
sentence it is marked as a span of Polish, which the Polish voice says.
"""

from functools import cache
from string import Formatter

from callflows.language import SOURCE, translated
from callflows.prompts.catalogue import ALWAYS_IN, CATALOGUE
from callflows.spoken import spoken_in
from directory.model import Hall
from telephony.values import PromptName, Span, Words


class Polish(str):
    """Words of the hall's own data, which stay Polish in a sentence of any language."""

    __slots__ = ()


class Sentences:
    """Makes the sentences of one hall for one caller, who speaks `language`."""

    def __init__(self, hall: Hall, language: str = SOURCE) -> None:
        self.language = language
        self._hall = hall
        self._desk = hall.units[hall.desk]
        self._spoken = spoken_in(language)

    def plain(self, name: str) -> Words:
        """A prompt without slots."""
        return self._words(name)

    def _words(self, name: str, of: str = "", /, language: str = "", **slots: str) -> Words:
        """A prompt with its slots filled; `of` is the id of whom or what it is about."""
        language = ALWAYS_IN.get(name, language or self.language)
        text, spans = _filled(translated(CATALOGUE[name].text, language), slots)
        foreign = () if language == SOURCE else spans
        return Words(PromptName(f"{name}.{of}" if of else name), text, language, foreign)

    def _text(self, name: str) -> str:
        """The text of a prompt without slots, to stand inside another one."""
        return translated(CATALOGUE[name].text, self.language)


@cache
def _parts(template: str) -> tuple[tuple[str, str | None], ...]:
    """The literal texts of a template of the catalogue, each with the slot that follows it."""
    return tuple((literal, slot) for literal, slot, _, _ in Formatter().parse(template))


def _filled(template: str, slots: dict[str, str]) -> tuple[str, tuple[Span, ...]]:
    """The text with its slots filled, and where Polish words of the hall stand in it."""
    text = ""
    spans: list[Span] = []
    for literal, slot in _parts(template):
        text += literal
        if slot is None:
            continue
        value = slots[slot]
        if isinstance(value, Polish):
            spans.append(Span(len(text), len(text) + len(value), SOURCE))
        text += value
    return text, tuple(spans)
