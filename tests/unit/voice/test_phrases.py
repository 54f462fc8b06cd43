"""Where the voice pauses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telephony.voice.phrases import PAUSES, phrases


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Dzień dobry.", [("Dzień dobry.", 0.0)]),
        ("Dzień dobry. Urząd Miasta.", [("Dzień dobry.", PAUSES["."]), ("Urząd Miasta.", 0.0)]),
        (
            "Numer: cztery, cztery; siedem.",
            [("Numer", PAUSES[":"]), ("cztery, cztery", PAUSES[";"]), ("siedem.", 0.0)],
        ),
        ("Czy tak? Tak!", [("Czy tak?", PAUSES["?"]), ("Tak!", 0.0)]),
        ("bez znaku", [("bez znaku", 0.0)]),
        ("Raz. ... Dwa.", [("Raz.", PAUSES["."]), ("Dwa.", 0.0)]),
        ("", []),
        (" … ", []),
    ],
)
def test_a_text_is_cut_where_people_pause(text: str, pieces: list[tuple[str, float]]) -> None:
    assert [(phrase.text, phrase.pause) for phrase in phrases(text)] == pieces


@given(st.text(alphabet="abcąę ,.;:!?…", max_size=80))
def test_no_word_is_lost_or_added(text: str) -> None:
    letters = [sign for phrase in phrases(text) for sign in phrase.text if sign.isalpha()]
    assert letters == [sign for sign in text if sign.isalpha()]


@given(st.text(alphabet="abc .;", max_size=40))
def test_the_last_phrase_has_no_pause(text: str) -> None:
    cut = phrases(text)
    assert not cut or cut[-1].pause == 0.0
