"""The catalogue: every sentence is sayable, known ahead, and named so that it can be replaced."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from callflows.facts import TicketId
from callflows.outcomes import Outcome
from callflows.prompts.catalogue import CATALOGUE
from callflows.prompts.everything import everything
from callflows.prompts.wording import REASONS, Wording
from directory.model import Extension
from directory.resolve import Candidate
from telephony.values import Caller, NumberShown
from tests.flows.town import ANNA, DEL, TOWN, TUESDAY_TEN

WORDING = Wording(replace(TOWN, notice="Dziś kasa czynna do godz. 14.00."))
UNSAYABLE = re.compile(r"[0-9{}/+%@#*]|\b(ul|nr|godz|tel|wew|al|pok)\.")


def test_every_sentence_is_words() -> None:
    """No figures, signs, slots or abbreviations reach the voice."""
    said = [words for words in everything(TOWN) if UNSAYABLE.search(words.text)]

    assert said == []


def test_a_name_means_one_text() -> None:
    """Two sentences of one name could not both be recorded; the whisper is the exception: it is never recorded."""
    named: dict[str, set[str]] = {}
    for words in everything(TOWN):
        named.setdefault(words.name, set()).add(words.text)

    assert [name for name, texts in named.items() if len(texts) > 1 and name != "whisper"] == []


def test_every_prompt_without_slots_is_in_the_list() -> None:
    """What is not rendered ahead of time would be rendered in the first call."""
    listed = {words.name for words in everything(TOWN)}

    assert {name for name, prompt in CATALOGUE.items() if "{" not in prompt.text} <= listed


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


def test_the_whisper_tells_no_more_than_three_digits() -> None:
    """The colleague knows enough to greet; the number itself is on the phone's display, if it was shown."""
    candidate = Candidate(TOWN.units[DEL], Extension("1001"), "", TOWN.people[ANNA])
    whisper = WORDING.whisper(candidate, "dowód osobisty", Caller("+48601234567", "", NumberShown.SHOWN))

    assert "kończy się na pięć, sześć, siedem" in whisper.text
    assert "sześć, zero, jeden" not in whisper.text


@pytest.mark.parametrize(
    ("hours", "spoken"),
    [(4, "dzisiaj do godziny czternastej"), (26, "jutro do godziny dwunastej")],
)
def test_a_promise_says_until_when(hours: int, spoken: str) -> None:
    """Day and hour, as people say them."""
    words = WORDING.promised(TUESDAY_TEN + timedelta(hours=hours), TicketId("123456"), TUESDAY_TEN)

    assert spoken in words.text
