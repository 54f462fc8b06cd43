"""What changed between two halls, and the way back; what the hall decides about itself is one of the things."""

from dataclasses import fields, replace

import pytest

from directory.changes import (
    HALL,
    Change,
    Conflict,
    HallRules,
    Kind,
    changed,
    changes,
    created,
    parts,
    reverse,
)
from directory.model import Hall, LinePolicy, PersonId
from tests.unit.directory.halls import BIRTH, REGISTRY, hall_of, person

ANNA, PIOTR = person("anna", REGISTRY, "201"), person("piotr", REGISTRY, "202")
OLD = hall_of(ANNA, PIOTR)


def moved() -> Hall:
    """Anna has another phone, Piotr is gone, Ewa is new, a matter has a word, and there is a notice."""
    anna = replace(ANNA, extension=None)
    ewa = person("ewa", REGISTRY, None)
    birth = replace(OLD.matters[BIRTH], words=("becik",))
    return replace(
        OLD,
        people={anna.id: anna, ewa.id: ewa},
        matters={**OLD.matters, BIRTH: birth},
        notice="Dziś do 14.00",
    )


def test_every_difference_is_one_change() -> None:
    found = changes(OLD, moved())
    assert [(change.kind, change.id, change.before is None, change.after is None) for change in found] == [
        (Kind.MATTER, "birth", False, False),
        (Kind.PERSON, "anna", False, False),
        (Kind.PERSON, "piotr", False, True),
        (Kind.PERSON, "ewa", True, False),
        (Kind.HALL, HALL, False, False),
    ]
    assert changes(OLD, OLD) == ()


def test_changes_lead_there_and_back() -> None:
    there = changes(OLD, moved())
    assert changed(OLD, there) == moved()
    assert changed(moved(), reverse(there)) == OLD


def test_what_makes_a_hall_makes_all_of_it() -> None:
    made = created(OLD)
    assert {(change.kind, change.id): change.after for change in made} == {
        (kind, id): known for kind, found in parts(OLD).items() for id, known in found.items()
    }
    assert all(change.before is None for change in made)


@pytest.mark.parametrize(
    ("meanwhile", "field"),
    [
        (replace(OLD, people={ANNA.id: replace(ANNA, room="12"), PIOTR.id: PIOTR}), "room"),
        (replace(OLD, people={PIOTR.id: PIOTR}), ""),
    ],
)
def test_what_somebody_else_changed_meanwhile_is_a_conflict(meanwhile: Hall, field: str) -> None:
    wanted = Change(Kind.PERSON, ANNA.id, ANNA, replace(ANNA, room="7"))
    with pytest.raises(Conflict, match="person 'anna' was changed by somebody else") as conflict:
        changed(meanwhile, [wanted])
    assert (conflict.value.change, conflict.value.field) == (wanted, field)


def test_two_who_change_different_fields_of_the_same_are_no_conflict() -> None:
    room, mail = replace(ANNA, room="7"), replace(ANNA, email="anna@example.org")
    both = changed(OLD, [Change(Kind.PERSON, ANNA.id, ANNA, room), Change(Kind.PERSON, ANNA.id, ANNA, mail)])
    assert both.people[ANNA.id] == replace(ANNA, room="7", email="anna@example.org")
    same = changed(OLD, [Change(Kind.PERSON, ANNA.id, ANNA, room)] * 2)
    assert same.people[ANNA.id] == room


def test_two_rules_of_the_hall_are_two_things_also_within_its_policy() -> None:
    old = HallRules.of(OLD)
    notice, ring, longer = (
        Change(Kind.HALL, HALL, old, new)
        for new in (
            replace(old, notice="Dziś do 14.00"),
            replace(old, policy=LinePolicy(ring=30.0)),
            replace(old, policy=LinePolicy(accept=20.0)),
        )
    )
    hall = changed(OLD, [notice, ring, longer])
    assert (hall.notice, hall.policy) == ("Dziś do 14.00", LinePolicy(ring=30.0, accept=20.0))
    shorter = Change(Kind.HALL, HALL, old, replace(old, policy=LinePolicy(ring=10.0)))
    with pytest.raises(Conflict, match=r"policy\.ring of hall 'hall'"):
        changed(hall, [shorter])


def test_what_is_new_twice_and_gone_twice_is_a_conflict() -> None:
    for again in (Change(Kind.PERSON, ANNA.id, None, ANNA), Change(Kind.PERSON, "ewa", ANNA, None)):
        with pytest.raises(Conflict):
            changed(OLD, [again])


def test_a_hall_never_loses_its_rules() -> None:
    with pytest.raises(Conflict):
        changed(OLD, [Change(Kind.HALL, HALL, HallRules.of(OLD), None)])


def test_what_was_changed_elsewhere_stays() -> None:
    wanted = Change(Kind.PERSON, ANNA.id, ANNA, replace(ANNA, room="7"))
    other = replace(OLD, policy=LinePolicy(ring=30.0))
    both = changed(other, [wanted])
    assert (both.people[PersonId("anna")].room, both.policy.ring) == ("7", 30.0)


def test_the_order_of_lists_stays_and_what_is_new_comes_last() -> None:
    assert list(changed(OLD, changes(OLD, moved())).people) == ["anna", "ewa"]


def test_nothing_of_a_hall_is_forgotten() -> None:
    """A field that a hall gets one day is a rule of it, or one of its lists."""
    ours = {field.name for field in fields(HallRules)} | {"units", "matters", "people"}
    assert ours == {field.name for field in fields(Hall) if field.init}
