"""The catalogue: every sentence is sayable, known ahead, in both languages, and named so that it can be replaced."""

import re
from dataclasses import replace
from datetime import timedelta
from string import Formatter

import pytest

from callflows.facts import TicketId
from callflows.language import translated
from callflows.outcomes import Outcome
from callflows.prompts.callers import TO_CALLERS
from callflows.prompts.catalogue import CATALOGUE
from callflows.prompts.everything import everything
from callflows.prompts.staff import TO_STAFF
from callflows.prompts.wording import REASONS, Wording
from directory.model import Extension, Menu, MenuEntry
from directory.resolve import Candidate
from telephony.values import Caller, NumberShown, PromptName, Words
from tests.flows.town import ANNA, DEL, ID_CARD, TOWN, TUESDAY_TEN

NOTICED = replace(TOWN, notice="Dziś kasa czynna do godz. 14.00.")
WORDING = Wording(NOTICED)
ENGLISH = Wording(NOTICED, "en")
CANDIDATE = Candidate(TOWN.units[DEL], Extension("1001"), "", TOWN.people[ANNA])
CALLER = Caller("+48601234567", "", NumberShown.SHOWN)
UNSAYABLE = re.compile(r"[0-9{}/+%@#*]|\b(ul|nr|godz|tel|wew|al|pok)\.")
POLISH_LETTERS = re.compile(r"[ąćęłńóśźż]", re.IGNORECASE)
WHISPERED = ("whisper", "whisper.by", "offer.matter", "consulted")
"""Of a person or a matter, without an id in the name: never recorded."""


def slots(text: str) -> set[str]:
    return {slot for _, slot, _, _ in Formatter().parse(text) if slot is not None}


def outside_of_spans(words: Words) -> str:
    """What the voice of the sentence's own language says."""
    text, at = "", 0
    for span in words.spans:
        text += words.text[at : span.start]
        at = span.end
    return text + words.text[at:]


def in_spans(words: Words) -> list[str]:
    return [words.text[span.start : span.end] for span in words.spans]


def test_every_sentence_is_words() -> None:
    """No figures, signs, slots or abbreviations reach the voice."""
    said = [words for words in everything(NOTICED) if UNSAYABLE.search(words.text)]

    assert said == []


def test_a_name_means_one_text_in_each_language() -> None:
    """Two sentences of one name could not both be recorded."""
    named: dict[tuple[str, str], set[str]] = {}
    for words in everything(NOTICED):
        named.setdefault((words.name, words.language), set()).add(words.text)

    assert [name for (name, _), texts in named.items() if len(texts) > 1 and name not in WHISPERED] == []


def test_every_prompt_without_slots_is_in_the_list() -> None:
    """What is not rendered ahead of time would be rendered in the first call."""
    listed = {(words.name, words.language) for words in everything(TOWN)}
    plain = {name for name, prompt in CATALOGUE.items() if "{" not in prompt.text}

    assert {(name, "pl") for name in plain - {"menu.english"}} <= listed
    assert {(name, "en") for name in plain & set(TO_CALLERS) - {"menu.polish"}} <= listed


def test_a_hall_of_one_language_renders_no_other() -> None:
    """What nobody can hear needs no clip."""
    assert {words.language for words in everything(replace(TOWN, languages=("pl",)))} == {"pl"}


@pytest.mark.parametrize("name", sorted(TO_CALLERS))
def test_every_sentence_for_callers_is_translated(name: str) -> None:
    """With the same slots, and no Polish left in it."""
    polish = CATALOGUE[name].text
    english = translated(polish, "en")

    assert english != polish or not re.search(r"\w", re.sub(r"{\w+}", "", polish))
    assert slots(english) == slots(polish)
    assert not POLISH_LETTERS.search(english)


def test_only_names_are_polish_in_an_english_sentence() -> None:
    """All that the English voice says is English; what is Polish is in the spans."""
    english = [words for words in everything(NOTICED) if words.language == "en"]

    assert len(english) > 50
    assert [words.text for words in english if POLISH_LETTERS.search(outside_of_spans(words))] == []


def test_staff_hear_polish_whatever_the_caller_speaks() -> None:
    """A clerk's Polish is a caller's choice the least."""
    staff = [words for words in everything(NOTICED) if words.name in TO_STAFF]

    assert {words.language for words in staff} == {"pl"}
    assert [words for words in staff if words.spans] == []


def test_the_polish_sentences_have_no_spans() -> None:
    """Their clips are named as they were before anybody spoke English."""
    assert [words for words in everything(NOTICED) if words.language == "pl" and words.spans] == []


def test_every_failure_has_a_reason_in_plain_words() -> None:
    """A caller who comes back always hears why."""
    comes_back = set(Outcome) - {
        Outcome.EFFECTIVE,
        Outcome.UNCONFIRMED,
        Outcome.CALLER_LEFT,
        Outcome.PBX_RESTARTED,
    }

    assert set(REASONS) == comes_back


def test_the_notice_is_expanded() -> None:
    """Office shorthand is not read out."""
    (notice,) = WORDING.notice()

    assert "godz." not in notice.text
    assert "czternastej" in notice.text


def test_the_notice_stays_polish() -> None:
    """Nobody translates it at eight in the morning; an English caller is told why they hear Polish."""
    (notice,) = ENGLISH.notice()

    assert notice.text.startswith("Today's notice, in Polish: Dziś kasa")
    assert in_spans(notice) == [WORDING.notice()[0].text]


def test_the_whisper_tells_no_more_than_three_digits() -> None:
    """The colleague knows enough to greet; the number itself is on the phone's display, if it was shown."""
    whisper = WORDING.whisper(CANDIDATE, "dowód osobisty", CALLER)
    text = " ".join(words.text for words in whisper)

    assert "kończy się na pięć, sześć, siedem" in text
    assert "sześć, zero, jeden" not in text
    assert [words.name for words in whisper] == ["whisper", "whisper.number"]


def test_the_whisper_of_somebody_who_hands_over_an_english_caller() -> None:
    """By whom, and what to expect."""
    whisper = ENGLISH.whisper(CANDIDATE, "dowód osobisty", Caller(), "Ewa Zmyślona")

    assert [words.name for words in whisper] == [
        "whisper",
        "whisper.by",
        "whisper.withheld",
        "whisper.english",
    ]
    assert whisper[1].text == "Przekazuje: Ewa Zmyślona."
    assert whisper[3].text == "Rozmówca mówi po angielsku."


@pytest.mark.parametrize(
    ("matter", "language", "waited", "told"),
    [
        ("", "pl", 5.0, "Rozmowa z kolejki."),
        ("dowód osobisty", "pl", 5.0, "Rozmowa z kolejki. Sprawa: dowód osobisty."),
        ("", "en", 61.0, "Rozmowa z kolejki. Czas oczekiwania: dwie minuty. Rozmówca mówi po angielsku."),
        ("", "pl", 5000.0, "Rozmowa z kolejki. Czas oczekiwania: ponad dwadzieścia minut."),
    ],
)
def test_the_offer(matter: str, language: str, waited: float, told: str) -> None:
    """A clerk hears what they need before they greet."""
    assert " ".join(words.text for words in WORDING.offer(matter, language, waited)) == told


@pytest.mark.parametrize(
    ("hours", "spoken", "in_english"),
    [
        (4, "dzisiaj do godziny czternastej", "today by two in the afternoon"),
        (26, "jutro do godziny dwunastej", "tomorrow by noon"),
    ],
)
def test_a_promise_says_until_when(hours: int, spoken: str, in_english: str) -> None:
    """Day and hour, as people say them."""
    due = TUESDAY_TEN + timedelta(hours=hours)

    assert spoken in WORDING.promised(due, TicketId("123456"), TUESDAY_TEN).text
    assert in_english in ENGLISH.promised(due, TicketId("123456"), TUESDAY_TEN).text


def test_an_english_caller_hears_names_as_they_are() -> None:
    """No Polish case inside an English sentence; the name is for the Polish voice."""
    words = ENGLISH.announcement(CANDIDATE)

    assert words.text == "Connecting you to Anna Przykładowa, Referat Ewidencji Ludności. Please hold."
    assert words.language == "en"
    assert in_spans(words) == ["Anna Przykładowa", "Referat Ewidencji Ludności"]


def test_a_name_whose_instrumental_nobody_knows_is_said_as_it_stands() -> None:
    """A list seldom says how a name is declined, and a wrong case sounds worse than another sentence."""
    anna = replace(TOWN.people[ANNA], announced="")

    words = WORDING.announcement(replace(CANDIDATE, person=anna))

    assert words.text == "Łączę. Zgłosi się Anna Przykładowa, Referat Ewidencji Ludności. Proszę czekać."


def test_the_way_to_english_is_english_in_the_polish_menu() -> None:
    """Who needs it does not understand Polish."""
    assert WORDING.languages() == (Words(PromptName("menu.english"), "For English, press eight.", "en"),)
    assert [words.language for words in ENGLISH.languages()] == ["pl"]
    assert Wording(replace(TOWN, languages=("pl",))).languages() == ()


def test_an_entry_is_english_if_the_hall_wrote_it() -> None:
    """Else it is the Polish text, by the Polish voice."""
    menu = Menu(
        (
            MenuEntry("1", "Dowody osobiste", matter=ID_CARD, spoken_en="Identity cards"),
            MenuEntry("2", "Śluby", unit=DEL),
        )
    )
    cards, weddings = ENGLISH.menu(menu, "")

    assert (cards.text, in_spans(cards)) == ("Identity cards: one.", [])
    assert (weddings.text, in_spans(weddings)) == ("Śluby: two.", ["Śluby"])
    assert WORDING.menu(menu, "")[0].text == "Dowody osobiste: jeden."


@pytest.mark.parametrize(
    ("seconds", "polish", "english"),
    [
        (0, "około jednej minuty", "about one minute"),
        (61, "około dwóch minut", "about two minutes"),
        (240, "około czterech minut", "about four minutes"),
        (1200, "około dwudziestu minut", "about twenty minutes"),
        (1201, "ponad dwadzieścia minut", "more than twenty minutes"),
        (9999, "ponad dwadzieścia minut", "more than twenty minutes"),
    ],
)
def test_the_expected_wait_is_rounded_up(seconds: float, polish: str, english: str) -> None:
    """Honest, and no finer than anybody needs."""
    assert WORDING.expected_wait(seconds).text == f"Przewidywany czas oczekiwania: {polish}."
    assert ENGLISH.expected_wait(seconds).text == f"Expected waiting time: {english}."


def test_the_place_in_the_queue() -> None:
    """A cardinal: nobody has to be the third one, of some gender."""
    assert WORDING.position(3).text == "Miejsce w kolejce: trzy."
    assert ENGLISH.position(50).text == "Your place in the queue: fifty."


def test_both_hear_why_the_caller_is_back() -> None:
    """One sentence with the reason inside."""
    assert WORDING.came_back(Outcome.BUSY).text == "Ten telefon jest zajęty. Rozmowa wróciła do urzędnika."
    assert ENGLISH.came_back(Outcome.BUSY).text == "That phone is busy. You are back with the clerk."
    assert [words.text for words in ENGLISH.recall(Outcome.BUSY)] == [
        "Powrót rozmowy.",
        "Ten telefon jest zajęty.",
    ]
