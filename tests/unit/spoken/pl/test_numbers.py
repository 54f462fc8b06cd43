"""Numbers as Polish words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callflows.spoken.pl import Ending, Gender, cardinal, counted, ordinal, plural
from callflows.spoken.pl.numbers import year_of

HOURS_OF = [
    "zerowej",
    "pierwszej",
    "drugiej",
    "trzeciej",
    "czwartej",
    "piątej",
    "szóstej",
    "siódmej",
    "ósmej",
    "dziewiątej",
    "dziesiątej",
    "jedenastej",
    "dwunastej",
    "trzynastej",
    "czternastej",
    "piętnastej",
    "szesnastej",
    "siedemnastej",
    "osiemnastej",
    "dziewiętnastej",
    "dwudziestej",
]
DAYS_OF = [
    "pierwszego",
    "drugiego",
    "trzeciego",
    "czwartego",
    "piątego",
    "szóstego",
    "siódmego",
    "ósmego",
    "dziewiątego",
    "dziesiątego",
    "jedenastego",
    "dwunastego",
    "trzynastego",
    "czternastego",
    "piętnastego",
    "szesnastego",
    "siedemnastego",
    "osiemnastego",
    "dziewiętnastego",
    "dwudziestego",
]


@pytest.mark.parametrize(("number", "words"), list(enumerate(HOURS_OF)))
def test_every_simple_ordinal_in_the_feminine_genitive(number: int, words: str) -> None:
    assert ordinal(number, Ending.OF_HER) == words


@pytest.mark.parametrize(("number", "words"), list(enumerate(DAYS_OF, start=1)))
def test_every_simple_ordinal_in_the_masculine_genitive(number: int, words: str) -> None:
    assert ordinal(number, Ending.OF_HIM) == words


@pytest.mark.parametrize(
    ("number", "ending", "words"),
    [
        (1, Ending.HE, "pierwszy"),
        (2, Ending.HE, "drugi"),
        (3, Ending.HE, "trzeci"),
        (2, Ending.SHE, "druga"),
        (3, Ending.SHE, "trzecia"),
        (2, Ending.IT, "drugie"),
        (3, Ending.IT, "trzecie"),
        (4, Ending.IT, "czwarte"),
        (2, Ending.IN_HIM, "drugim"),
        (3, Ending.IN_HIM, "trzecim"),
        (8, Ending.IN_HIM, "ósmym"),
        (21, Ending.OF_HIM, "dwudziestego pierwszego"),
        (23, Ending.SHE, "dwudziesta trzecia"),
        (22, Ending.OF_HER, "dwudziestej drugiej"),
        (31, Ending.OF_HIM, "trzydziestego pierwszego"),
        (40, Ending.HE, "czterdziesty"),
        (99, Ending.IT, "dziewięćdziesiąte dziewiąte"),
    ],
)
def test_ordinals_by_ending(number: int, ending: Ending, words: str) -> None:
    assert ordinal(number, ending) == words


@pytest.mark.parametrize("number", [-1, 100, 1000])
def test_there_are_no_other_ordinals(number: int) -> None:
    with pytest.raises(ValueError, match="0 to 99"):
        ordinal(number, Ending.HE)


@pytest.mark.parametrize(
    ("number", "gender", "words"),
    [
        (0, Gender.MASCULINE, "zero"),
        (1, Gender.MASCULINE, "jeden"),
        (1, Gender.FEMININE, "jedna"),
        (1, Gender.NEUTER, "jedno"),
        (2, Gender.MASCULINE, "dwa"),
        (2, Gender.FEMININE, "dwie"),
        (2, Gender.NEUTER, "dwa"),
        (12, Gender.FEMININE, "dwanaście"),
        (21, Gender.FEMININE, "dwadzieścia jeden"),
        (22, Gender.FEMININE, "dwadzieścia dwie"),
        (112, Gender.FEMININE, "sto dwanaście"),
        (102, Gender.FEMININE, "sto dwie"),
        (1000, Gender.FEMININE, "tysiąc"),
        (2026, Gender.MASCULINE, "dwa tysiące dwadzieścia sześć"),
        (-3, Gender.MASCULINE, "minus trzy"),
        (-1, Gender.FEMININE, "minus jedna"),
    ],
)
def test_cardinals(number: int, gender: Gender, words: str) -> None:
    assert cardinal(number, gender) == words


@pytest.mark.parametrize(
    ("numbers", "form"),
    [((1,), "sprawa"), ((2, 3, 4, 22, 104, 1003), "sprawy"), ((0, 5, 11, 12, 13, 14, 21, 112, 100), "spraw")],
)
def test_plural_forms(numbers: tuple[int, ...], form: str) -> None:
    assert {plural(number, "sprawa", "sprawy", "spraw") for number in numbers} == {form}


def test_counted() -> None:
    assert counted(2, "minuta", "minuty", "minut", Gender.FEMININE) == "dwie minuty"
    assert counted(5, "dzień", "dni", "dni") == "pięć dni"


@pytest.mark.parametrize(
    ("year", "words"),
    [
        (1989, "tysiąc dziewięćset osiemdziesiątego dziewiątego roku"),
        (2000, "dwutysięcznego roku"),
        (2003, "dwa tysiące trzeciego roku"),
        (2026, "dwa tysiące dwudziestego szóstego roku"),
        (2030, "dwa tysiące trzydziestego roku"),
    ],
)
def test_years_in_the_genitive(year: int, words: str) -> None:
    assert year_of(year) == words


@pytest.mark.parametrize("year", [1, 1900, 2100])
def test_years_without_words(year: int) -> None:
    with pytest.raises(ValueError, match="no words"):
        year_of(year)


@given(st.integers(-(10**6), 10**6), st.sampled_from(Gender))
def test_a_cardinal_never_has_a_figure(number: int, gender: Gender) -> None:
    assert not any(sign.isdigit() for sign in cardinal(number, gender))
