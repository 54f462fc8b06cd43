"""Finding things by what an administrator types; and the ids and names that they go by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.lookup import NotFound, looked_up
from directory.model import Hall
from directory.names import LONGEST_ID, as_spoken, nearest, same_name, short_slug, slug


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("usc", "usc"),
        ("DEL X", "del-x-zameldowanie-na-pobyt-czasowy-trwajacy-ponad-3"),
        ("del x", "del-x-zameldowanie-na-pobyt-czasowy-trwajacy-ponad-3"),
        ("DBI II", "dbi-i-udostepnienie-informacji-publicznej"),
        ("urząd stanu cywilnego", "usc"),
        ("Referat Kultury, Sportu i Promocji Miasta", "spk"),
        ("Pozwolenie na budowe", "pozwolenie-na-budowe"),
        ("Anna Przykładowa", "anna-przykladowa"),
        ("anna-przykladowa", "anna-przykladowa"),
    ],
)
def test_found(hall: Hall, typed: str, key: str) -> None:
    assert looked_up(hall, typed).id == key


def test_a_symbol_of_two_matters_is_asked_back(hall: Hall) -> None:
    with pytest.raises(NotFound, match=r"several things: type one of del-i-.*, del-i-.*"):
        looked_up(hall, "DEL I")


@pytest.mark.parametrize("typed", ["", " ", "?", "bilety do kina"])
def test_not_found(hall: Hall, typed: str) -> None:
    with pytest.raises(NotFound, match="Nothing is called"):
        looked_up(hall, typed)


def test_a_misspelt_word_is_guessed_at() -> None:
    assert nearest("dle", ["del", "usc"]) == "write 'del', if that is meant"
    assert nearest("x", ["del", "usc"]) == "write one of: del, usc"
    assert nearest("x", []) == "none exists"


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("Referat Ochrony Środowiska (nazwa historyczna)", "Referat Ochrony Środowiska"),
        ("Straż Miejska - służba dyżurna", "Straż Miejska, służba dyżurna"),
        ("Centrum e-usług", "Centrum e-usług"),
        ("(w budowie)", "(w budowie)"),
    ],
)
def test_names_as_they_are_said(name: str, spoken: str) -> None:
    assert as_spoken(name) == spoken


def test_names_that_differ_only_in_spelling() -> None:
    assert same_name("Urząd  Stanu Cywilnego", "URZAD STANU-CYWILNEGO")
    assert not same_name("Referat Kultury i Sportu", "Referat Kultury, Sportu i Promocji Miasta")
    assert slug("Żółć, łódź!") == "zolc-lodz"


@given(st.text(max_size=200))
def test_ids_are_plain_and_short(text: str) -> None:
    found = short_slug(text)

    assert len(found) <= LONGEST_ID
    assert slug(text).startswith(found)
    assert slug(found) == found
