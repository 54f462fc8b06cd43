"""Whatever is typed, the finder answers, the same every time, and says only what is so."""

from hypothesis import given, settings
from hypothesis import strategies as st

from directory.find import Finder
from directory.find.finder import Hit
from directory.load import DEMO, load_hall

FINDER = Finder(load_hall(DEMO).hall)
WORDS = "kupiłem auto zgubił dowód babcia del x 1011 anna przykładowa śmieci kino pit prawo ja"
SAID = st.lists(st.sampled_from(WORDS.split()), max_size=9).map(" ".join)


def _is_true(hit: Hit) -> bool:
    places = [place for mark in hit.marks for place in mark]
    return 0.0 < hit.score <= 1.0 and places == sorted(places) and all(p <= len(hit.title) for p in places)


@given(st.one_of(st.text(), SAID))
@settings(max_examples=100)
def test_any_text_has_an_answer(typed: str) -> None:
    answer = FINDER.ask(typed, 5)

    assert answer == FINDER.ask(typed, 5)
    assert bool(answer.hits) != bool(answer.nothing)
    assert all(map(_is_true, answer.hits))
    assert [hit.score for hit in answer.hits] == sorted((hit.score for hit in answer.hits), reverse=True)


@given(SAID)
@settings(max_examples=30)
def test_diacritics_change_nothing(typed: str) -> None:
    plain = typed.translate(str.maketrans("łóćąśżę", "locasze"))

    assert [hit.id for hit in FINDER.find(plain)] == [hit.id for hit in FINDER.find(typed)]


def test_a_whole_book_is_answered() -> None:
    hits = FINDER.find("kupiłem auto " + "x" * 100_000 + " ł" * 100_000)

    assert hits[0].symbol == "DRK I"
