"""The big hall of the directory's benchmarks, small: it may go live, it is the same every time, and it is found in."""

from benchmarks.directory.finding import measure
from benchmarks.directory.town import town
from directory.find import Finder
from directory.validate import faults


def test_the_hall_has_the_size_wanted_and_may_go_live() -> None:
    hall = town(people=300, matters=40, units=20)

    assert (len(hall.people), len(hall.matters), len(hall.units)) == (300, 40, 20)
    assert faults(hall) == ()
    assert len({person.name for person in hall.people.values()}) == 300


def test_the_same_size_is_the_same_hall() -> None:
    assert town(50, 10, 5) == town(50, 10, 5)


def test_its_matters_and_people_are_found() -> None:
    hall = town(people=100, matters=40, units=20)
    finder = Finder(hall)
    matter, person = hall.matters["sprawa-7"], hall.people["osoba-70"]  # type: ignore[index]

    assert finder.find(matter.words[0])[0].id == matter.id
    assert finder.find(person.name)[0].id == person.id


def test_every_keystroke_is_timed() -> None:
    found = measure(town(people=50, matters=10, units=5), count=2)

    assert found.keystrokes > 10
    assert 0 < found.p50 <= found.p99 <= found.longest
