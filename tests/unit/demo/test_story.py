"""The story on the screen: in the order of time, in one language, each sentence once, no number given away."""

import asyncio
from io import StringIO

from rich.console import Console

from tests.demo.screen import Screen
from tests.demo.texts import CITIZEN, ENGLISH, LINE, POLISH, Text
from tests.demo.watches import EarWatch
from tests.fakes.memory.bell import Bell
from tests.phones.hearing import Heard


def screen(language: str = POLISH) -> tuple[Screen, StringIO]:
    written = StringIO()
    return Screen(Console(file=written, width=100), language), written


def lines(written: StringIO) -> list[str]:
    return [line.rstrip() for line in written.getvalue().splitlines()]


async def test_lines_stand_in_the_order_of_time() -> None:
    story, written = screen()
    now = asyncio.get_running_loop().time()
    story.begin_story(now)
    story.line(now + 2.0, CITIZEN, "potem")
    story.line(now + 0.5, LINE, "najpierw")
    story.line(now + 2.04, LINE, Text("decyzja", "decision"), before=0.06)
    story.end_story()

    assert lines(written) == [
        "  0,5 s linia                najpierw",
        "  2,0 s linia                decyzja",
        "  2,0 s mieszkaniec          potem",
    ]


async def test_a_line_waits_for_older_ones_and_no_longer() -> None:
    story, written = screen(ENGLISH)
    now = asyncio.get_running_loop().time()
    story.begin_story(now - 10)
    story.line(now - 5.0, CITIZEN, Text("słyszy", "hears"))
    before_the_end = lines(written)
    story.line(now, CITIZEN, "later")
    story.end_story()

    assert before_the_end == ["  5.0 s citizen              hears"]
    assert lines(written)[1] == " 10.0 s citizen              later"


async def test_a_long_line_goes_on_below_its_own_words() -> None:
    story, written = screen()
    story.begin_story(0.0)
    story.line(1.0, LINE, "słowo " * 20)
    story.end_story()

    first, second = lines(written)
    assert second.index("słowo") == first.index("słowo")


class Ear:
    """An ear that hears what it is told."""

    def __init__(self) -> None:
        self.bell = Bell()
        self.heard: list[Heard] = []
        self.begun: Heard | None = None
        self.started = 100.0


def heard(prompt: str, text: str, *, at: float = 1.0, seconds: float = 2.0, whole: bool = True) -> Heard:
    return Heard(prompt, at, seconds, 1.0, whole, text)


class Told:
    """What the watcher of an ear told."""

    def __init__(self) -> None:
        self.ear = Ear()
        self.lines: list[tuple[float, str]] = []
        speakers = {"said.anna": Text("Anna", "Anna")}
        self.watch = EarWatch(self.ear, lambda at, what: self.lines.append((at, what.pl)), speakers)

    def begins(self, sound: Heard) -> None:
        self.ear.begun = sound
        self.watch.look()

    def ends(self, sound: Heard) -> None:
        self.ear.begun = None
        self.ear.heard.append(sound)
        self.watch.look()


def test_a_sentence_is_told_once_when_it_begins() -> None:
    told = Told()
    told.begins(heard("greeting", "Dzień dobry.", seconds=0.4, whole=False))
    told.begins(heard("greeting", "Dzień dobry.", at=1.05, seconds=0.8, whole=False))
    told.ends(heard("greeting", "Dzień dobry."))

    assert told.lines == [(101.0, "słyszy: „Dzień dobry.”")]


def test_a_sentence_that_was_cut_is_told_to_be() -> None:
    told = Told()
    told.begins(heard("menu.intro", "Proszę wybrać sprawę.", seconds=0.4, whole=False))
    told.ends(heard("menu.intro", "Proszę wybrać sprawę.", seconds=0.7, whole=False))

    assert told.lines[1] == (101.7, "(zapowiedź przerwana po 0,7 s)")


def test_a_sentence_that_was_sure_only_at_its_end_is_told_then() -> None:
    told = Told()
    told.ends(heard("reason.no_answer", "Nikt nie odebrał telefonu."))
    told.ends(heard("menu.intro", "Proszę wybrać sprawę.", at=4.0, seconds=0.5, whole=False))

    assert [what for _, what in told.lines] == [
        "słyszy: „Nikt nie odebrał telefonu.”",
        "słyszy: „Proszę wybrać sprawę.” (zapowiedź przerwana po 0,5 s)",
    ]


def test_the_same_sentence_later_is_told_again() -> None:
    told = Told()
    told.ends(heard("whisper.keys", "Przyjmuję: jeden."))
    told.begins(heard("whisper.keys", "Przyjmuję: jeden.", at=6.0, whole=False))

    assert [at for at, _ in told.lines] == [101.0, 106.0]


def test_who_speaks_is_told_and_no_number() -> None:
    told = Told()
    told.ends(heard("said.anna", "Słucham."))
    told.ends(heard("whisper", "Rozmowa do przejęcia.", at=4.0))
    number = "sześć, zero, jeden; dwa, trzy, cztery; pięć, sześć, siedem"
    told.ends(heard("callback.yours", f"Oddzwonimy pod numer {number}.", at=7.0))

    assert [what for _, what in told.lines] == [
        "słyszy, jak mówi Anna: „Słucham.”",
        "słyszy szept linii: „Rozmowa do przejęcia.”",
        "słyszy: „Oddzwonimy pod numer ***, pięć, sześć, siedem.”",
    ]
