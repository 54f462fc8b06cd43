"""Words as they are compared: without diacritics, by stems, by what they mean."""

import pytest

from directory.find.lexicon import Lexicon, polish
from directory.find.stem import stem
from directory.find.text import LONGEST, fold, words_of


@pytest.mark.parametrize(
    ("written", "folded"), [("Żółć", "zolc"), ("ŁÓDŹ", "lodz"), ("plain", "plain"), ("straße", "strasse")]
)
def test_diacritics_and_capitals_do_not_count(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_words_know_where_they_stood() -> None:
    text = "Kupiłem (wczoraj) auto!"

    assert [text[word.start : word.end] for word in words_of(text)] == ["Kupiłem", "wczoraj", "auto"]


def test_a_very_long_text_is_cut() -> None:
    assert words_of("a " * LONGEST)[-1].end <= LONGEST


@pytest.mark.parametrize(
    "forms",
    [
        "tablica tablicy tablice tablicę tablicami",
        "zameldowanie zameldowania zameldowaniu",
        "droga drogi drodze",
        "wózek wózka wózki",
        "Polska Polsce Polskę",
        "drzewo drzewa drzewem",
        "mieszkanie mieszkania mieszkaniu",
        "rejestracja rejestracji rejestrację",
    ],
)
def test_inflected_forms_have_one_stem(forms: str) -> None:
    assert len({stem(fold(form)) for form in forms.split()}) == 1, forms


@pytest.mark.parametrize("word", ["usc", "18", "12a", "i", ""])
def test_a_short_word_is_its_own_stem(word: str) -> None:
    assert stem(word) == word


def read(lexicon: Lexicon, text: str, *, begun: bool = False) -> list[tuple[str, tuple[str, ...], str, bool]]:
    """What each term says: its words, concepts, whose it is elsewhere, whether it is filler."""
    return [
        (term.folded, term.concepts, term.elsewhere, term.filler) for term in lexicon.read(text, begun=begun)
    ]


@pytest.fixture
def lexicon() -> Lexicon:
    concepts = [("pojazd", "aut* samochod*"), ("prawo", "prawo_jazdy")]
    return Lexicon(concepts, [("bank", "kredyt*")], ["na", "prosze"])


def test_words_are_read_for_what_they_mean(lexicon: Lexicon) -> None:
    assert read(lexicon, "proszę kredyt na autko") == [
        ("prosze", (), "", True),
        ("kredyt", (), "bank", False),
        ("na", (), "", True),
        ("autko", ("@pojazd",), "", False),
    ]


def test_several_words_mean_one_thing_in_any_case(lexicon: Lexicon) -> None:
    assert read(lexicon, "bez prawa jazdy") == [
        ("bez", (), "", False),
        ("prawa jazdy", ("@prawo",), "", False),
    ]


def test_while_typing_the_last_of_several_words_may_be_begun(lexicon: Lexicon) -> None:
    assert read(lexicon, "prawo ja", begun=True)[0][1] == ("@prawo",)
    assert read(lexicon, "prawo ja")[0][1] == ()


def test_the_end_of_a_stem_may_change(lexicon: Lexicon) -> None:
    assert read(lexicon, "w samochodzie i kredycie")[1:] == [
        ("samochodzie", ("@pojazd",), "", False),
        ("i", (), "", True),
        ("kredycie", (), "bank", False),
    ]


def test_the_lexicon_that_ships_can_be_read() -> None:
    (cinema,) = polish().read("kino", begun=False)

    assert cinema.elsewhere
