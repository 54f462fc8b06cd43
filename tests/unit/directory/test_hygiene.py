"""When an extension seems wrong, and when it does not any more."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from directory.hygiene import (
    Doubt,
    Task,
    TaskId,
    Try,
    counting,
    doubt,
    explained,
    is_rung_there,
    sentence,
    window,
)
from directory.model import Extension, LinePolicy, PersonId
from tests.flows.town import ANNA, BOM, DEL, TOWN, TUESDAY_TEN

POLICY = LinePolicy()
NOBODY = PersonId("")


def tried(*answers: bool, hours: float = 1.0, person: PersonId = ANNA) -> list[Try]:
    """Tries at Anna's phone, so many hours apart, the last one now."""
    last = len(answers) - 1
    return [
        Try(TUESDAY_TEN - timedelta(hours=hours * (last - order)), "1001", DEL, person, answered)
        for order, answered in enumerate(answers)
    ]


def never(_: PersonId, __: datetime) -> bool:
    return False


def always(person: PersonId, _: datetime) -> bool:
    return person == ANNA


def task_of(found: Doubt) -> Task:
    return Task(
        id=TaskId("1"),
        unit=found.unit,
        person=found.person,
        extension=found.extension,
        opened=found.last,
        raised=found.last,
        tries=found.tries,
        unanswered=found.unanswered,
        since=found.since,
    )


TASK = task_of(Doubt("214", DEL, ANNA, 5, 3, TUESDAY_TEN, TUESDAY_TEN))


@pytest.mark.parametrize(
    ("tries", "seen"),
    [
        ([], None),
        (tried(False, False), None),
        (tried(False, False, False), (3, 3)),
        (tried(False, True, False, True, False), (5, 3)),
        (tried(False, True, False, True, False, True), (6, 3)),
        (tried(False, True, False, True, False, True, True), None),
        (tried(*[True] * 50, False, False, False), None),
    ],
)
def test_enough_of_them_and_a_large_share(tries: list[Try], seen: tuple[int, int] | None) -> None:
    found = doubt(tries, POLICY)
    assert (found and (found.tries, found.unanswered)) == seen


def test_the_hall_decides_what_is_enough() -> None:
    assert doubt(tried(False, False), replace(POLICY, hygiene_unanswered=2)) is not None
    assert doubt(tried(False, False, False, True), replace(POLICY, hygiene_share=0.8)) is None


def test_old_tries_do_not_count() -> None:
    tries = tried(False, False, False, False, hours=48)
    counted = counting(tries, window(POLICY, TUESDAY_TEN), never)
    assert len(counted) == 4
    assert len(counting(tries, window(replace(POLICY, hygiene_days=3), TUESDAY_TEN), never)) == 2
    assert [each.at for each in counted] == sorted(each.at for each in tries)


def test_nobody_answers_who_is_away() -> None:
    tries = tried(False, False, False)
    assert counting(tries, window(POLICY, TUESDAY_TEN), always) == []
    lines = tried(False, False, False, person=NOBODY)
    assert counting(lines, window(POLICY, TUESDAY_TEN), lambda _, __: True) == lines


def test_an_absence_entered_later_explains_a_task() -> None:
    tries = tried(True, False, False, False)
    found = doubt(tries, POLICY)
    assert found is not None
    task = task_of(found)
    assert not explained(tries, task, POLICY, never)
    assert explained(tries, task, POLICY, always)
    first_vain = tries[1].at
    assert explained(tries, task, POLICY, lambda _, at: at == first_vain)
    assert not explained([*tries, *tried(False)], task, POLICY, lambda _, at: at == first_vain)


def test_answers_since_and_time_explain_nothing() -> None:
    tries = tried(False, False, False, *[True] * 20)
    found = doubt(tries[:3], POLICY)
    assert found is not None
    assert not explained(tries, task_of(found), POLICY, never)


@pytest.mark.parametrize(
    ("person", "extension", "there"),
    [(ANNA, "1001", True), (ANNA, "1002", False), ("nobody", "1001", False), ("", "1900", True), ("", "1901", False)],
)  # fmt: skip
def test_what_was_corrected(person: str, extension: str, *, there: bool) -> None:
    task = replace(TASK, unit=BOM, person=PersonId(person), extension=extension)
    assert is_rung_there(TOWN, task) is there
    if person == ANNA:
        moved = replace(TOWN.people[ANNA], extension=Extension("1777"))
        assert not is_rung_there(replace(TOWN, people={**TOWN.people, ANNA: moved}), task)


def test_what_is_wrong_is_one_sentence() -> None:
    assert sentence(TASK) == (
        "Numer wewnętrzny 214: 3 z 5 prób od 24.11 bez odpowiedzi. Zły numer czy niewpisana nieobecność?"
    )
