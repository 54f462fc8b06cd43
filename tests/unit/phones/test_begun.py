"""An ear says what is being heard as soon as only one known sound fits, and not before."""

from tests.phones.clipbook import Clipbook
from tests.phones.g711 import RATE
from tests.phones.hearing import Hearing
from tests.unit.phones.sounds import SILENCE, sentence, through_the_network

ANNA, PIOTR = sentence(1, 2, 3, 4, 5), sentence(1, 2, 3, 8, 9)


def begun_while_hearing(book: Clipbook) -> list[tuple[float, str | None]]:
    """What is said to have begun, every 100 ms of Anna's sentence."""
    hearing = Hearing(book)
    samples = through_the_network(ANNA)
    told: list[tuple[float, str | None]] = []
    for start in range(0, len(samples), 800):
        hearing.listen(samples[start : start + 800])
        begun = hearing.begun
        told.append(((start + 800) / RATE, begun.prompt if begun else None))
    hearing.listen(SILENCE)
    assert hearing.begun is None
    return told


def test_told_while_it_is_heard() -> None:
    book = Clipbook()
    book.add("anna", through_the_network(ANNA))

    told = begun_while_hearing(book)

    assert told[0][1] is None
    assert "anna" in [name for moment, name in told if moment < 1.0]


def test_not_told_while_another_could_be_meant() -> None:
    book = Clipbook()
    book.add("anna", through_the_network(ANNA))
    book.add("piotr", through_the_network(PIOTR))
    same = len(sentence(1, 2, 3)) / RATE

    told = begun_while_hearing(book)

    assert {name for moment, name in told if moment < same} == {None}
    assert "anna" in {name for _, name in told}
    assert "piotr" not in {name for _, name in told}
