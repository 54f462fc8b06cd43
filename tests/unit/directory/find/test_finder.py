"""Finding by words, over the real catalogue."""

from dataclasses import replace

import pytest

from directory.find import Finder, Finders
from directory.find.finder import Answer
from directory.model import Hall, MatterId
from tests.unit.directory.halls import BIRTH, hall_of, person


def first(finder: Finder, words: str) -> str:
    """The symbol or title of what is meant most."""
    hits = finder.find(words, typing=False)
    return (hits[0].symbol or hits[0].title) if hits else ""


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("kupiłem motocykl", "DRK I"),
        ("kupilem motocykl", "DRK I"),
        ("KUPIŁAM AUTKO", "DRK I"),
        ("smierc babci zgloszenie", "USC III"),
        ("śmeirć babci", "USC III"),
        ("zameldownie na pobyt czasowy", "DEL X"),
        ("nowe tablice bo ukradli", "DRK XII"),
        ("wycinka uschniętej brzozy w ogrodzie", "IGK XXIX"),
        ("firma wycina brzozy na swoim terenie", "IGK III"),
        ("dzień dobry, chciałabym się dowiedzieć, jak wymeldować byłego męża", "DEL XVIII"),
        ("straz miejska", "Straż Miejska - służba dyżurna"),
    ],
)
def test_everyday_words_lead_to_the_matter(finder: Finder, words: str, meant: str) -> None:
    assert first(finder, words) == meant


def test_a_child_gets_the_childs_card(finder: Finder) -> None:
    child, adult = finder.find("zgubiłam dowód osobisty, ma syn 10 lat")[:2]

    assert child.id == "del-i-wydawanie-dowodow-osobistych-dla-osob-do-12-roku-zycia"
    assert adult.symbol == child.symbol == "DEL I"


def test_a_body_outside_the_hall_is_named_as_a_whole(finder: Finder) -> None:
    hit = finder.find("dodatek na mieszkanie")[0]

    assert hit.unit == "Miejski Ośrodek Pomocy Rodzinie"
    assert hit.part == "Miejski Ośrodek Pomocy Rodzinie - Zespół Dodatków Mieszkaniowych"
    assert (hit.kind, hit.symbol) == ("matter", "")


@pytest.mark.parametrize("typed", ["zamel", "zameldo", "zameldowa", "zameldowanie cz"])
def test_what_is_being_typed_is_found_already(finder: Finder, typed: str) -> None:
    assert "DEL X" in [hit.symbol for hit in finder.find(typed)[:3]]


def test_a_letter_of_the_next_word_changes_nothing(finder: Finder) -> None:
    assert [hit.id for hit in finder.find("zgubiłem d")] == [hit.id for hit in finder.find("zgubiłem")]


def test_a_name_may_be_begun_with_one_letter_after_another(finder: Finder) -> None:
    assert [hit.title for hit in finder.find("anna p")] == ["Anna Przykładowa"]


def test_the_matched_words_are_marked(finder: Finder) -> None:
    hit = finder.find("rejestracja auta kupionego w Polsce")[0]

    assert hit.symbol == "DRK I"
    assert [hit.title[begins:ends] for begins, ends in hit.marks] == ["Rejestracja", "pojazdu", "zakupionego"]


def test_who_was_found_by_words_is_told_why(finder: Finder) -> None:
    assert finder.find("śmierć babci")[0].because == "mówi się też: śmierć babci"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("DEL X", "DEL X"),
        ("del-x", "DEL X"),
        ("1011", "Anna Przykładowa"),
        ("44 732 18 90", "Biuro Obsługi Mieszkańców"),
        ("986", "Straż Miejska - służba dyżurna"),
        ("przykladowa", "Anna Przykładowa"),
        ("do pani Anny Przykładowej", "Anna Przykładowa"),
        ("Ćwiczebna Danuta", "Danuta Ćwiczebna"),
        ("nieprwdziwa", "Maria Nieprawdziwa"),
    ],
)
def test_signs_and_names_are_found(finder: Finder, typed: str, found: str) -> None:
    assert first(finder, typed) == found


def test_a_name_is_marked_where_it_was_meant(finder: Finder) -> None:
    hit = finder.find("przykład")[0]

    assert (hit.kind, hit.unit, hit.marks) == ("person", "Referat Ewidencji Ludności", ((5, 16),))


@pytest.mark.parametrize("words", ["bilety do kina", "rozliczenie PIT", "nowy paszport", "boli mnie ząb"])
def test_what_no_hall_does_is_not_found_and_somebody_is_named(finder: Finder, words: str) -> None:
    answer = finder.ask(words)

    assert not answer.hits
    assert answer.elsewhere
    assert answer.nothing == f"Tego urząd nie załatwia; to sprawa dla: {answer.elsewhere}."


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("", "Nie wpisano słów."),
        ("  \n", "Nie wpisano słów."),
        ("?!", "Nie wpisano słów."),
        ("dzień dobry, mam sprawę", "Nie ma tu słowa, po którym można szukać."),
        ("abrakadabra", "Nic w urzędzie nie pasuje do słów: abrakadabra."),
    ],
)
def test_nothing_is_an_answer_with_a_reason(finder: Finder, words: str, why: str) -> None:
    assert finder.ask(words) == Answer((), why)


def test_no_more_are_told_than_wanted(finder: Finder) -> None:
    assert len(finder.find("rejestracja pojazdu", 2)) == 2


def test_a_unit_where_nobody_is_and_nothing_is_settled_is_never_found(finder: Finder) -> None:
    assert all("historyczna" not in hit.title for hit in finder.find("referat ochrony środowiska", 50))


def test_the_hall_adds_words_of_its_own() -> None:
    hall = hall_of(person("ewa", hall_of().desk, "1001"))
    matter = replace(hall.matters[BIRTH], words=("bocian przyleciał",))
    changed = replace(hall, matters={**hall.matters, MatterId("birth"): matter})

    assert first(Finder(hall), "przyleciał do nas bocian") == ""
    assert first(Finder(changed), "przyleciał do nas bocian") == "USC II"


def test_a_hall_without_anything_finds_nothing() -> None:
    empty = replace(hall_of(), matters={}, units={}, people={})

    assert Finder(empty).find("rejestracja urodzenia") == ()


def test_a_finder_is_built_anew_for_another_hall_only(hall: Hall) -> None:
    finders, other = Finders(), hall_of()

    assert finders.of(hall) is finders.of(hall)
    assert finders.of(other) is finders.of(other)
