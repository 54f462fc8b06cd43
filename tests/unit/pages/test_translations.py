"""The catalogues of the pages: nothing untranslated, nothing left over, every place of a value kept."""

import re

import pytest

from api.language import LANGUAGES, LOCALE, SOURCE, catalogue, preferred
from api.pages.extract import texts, updated, written

PLACE = re.compile(r"%\(\w+\)s")


def forms(value: object) -> list[str]:
    """Every form of a text."""
    return [str(each) for each in value] if isinstance(value, list | tuple) else [str(value)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_with_the_same_values(language: str) -> None:
    untranslated, other_values = [], []
    for message in updated(language):
        if not message.id:
            continue
        if not all(forms(message.string)):
            untranslated.append(message.id)
        wanted = set(PLACE.findall(forms(message.id)[-1]))
        if any(set(PLACE.findall(form)) != wanted for form in forms(message.string)):
            other_values.append(message.id)
    assert (untranslated, other_values) == ([], [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_is_up_to_date(language: str) -> None:
    """`python -m api.pages.extract` would change nothing."""
    kept = (LOCALE / language / "LC_MESSAGES" / "halo.po").read_text("utf-8")
    assert written(updated(language)) == kept


def test_texts_are_found_in_templates_and_in_code() -> None:
    found = {id_ for id_, _ in texts()}
    assert {"Przejdź do treści", "Nie ma takiego konta."} <= found


def test_polish_has_three_forms() -> None:
    one, many = "Zbyt wiele prób. Spróbuj ponownie za %(num)s sekundę.", "%(num)s"
    said = [catalogue(SOURCE).ngettext(one, many, num) for num in (1, 3, 5, 22)]
    assert [text.rpartition(" ")[2] for text in said] == ["sekundę.", "sekundy.", "sekund.", "sekundy."]


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "pl"),
        ("en-GB,en;q=0.9,pl;q=0.5", "en"),
        ("pl;q=0.5,en;q=0.9", "en"),
        ("de,fr;q=0.5", "pl"),
        ("de,en;q=0.1", "en"),
        ("en;q=0,de", "pl"),
        ("*", "pl"),
        ("en;q=high, ;;;,,", "pl"),
        ("x" * 10_000, "pl"),
    ],
)
def test_the_browsers_wish_is_understood(header: str, language: str) -> None:
    assert preferred(header) == language
