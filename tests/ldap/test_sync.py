"""What an answer of LDAP makes of the people here: who comes, who changes, who goes, and what stays ours."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from api.ldap.entries import Key, Keys
from api.ldap.ldif import Found, objects
from api.ldap.sync import Sync, synced
from api.settings.ldap import Ldap, pairs
from directory.changes import Kind
from directory.importing.meanings import Meaning
from directory.model import Extension, Hall, PersonId, Reached
from tests.flows.town import ANNA, EWA, PIOTR, TOWN
from tests.ldap.tree import DRK, Somebody, active_directory, everybody, openldap

HALL = replace(
    TOWN,
    units={
        id: replace(unit, numbers=(unit.direct,) if unit.direct else ()) for id, unit in TOWN.units.items()
    },
    matters={
        id: replace(matter, numbers=(matter.direct,) if matter.direct else ())
        for id, matter in TOWN.matters.items()
    },
    numbering=replace(TOWN.numbering, area_code="44"),
)
"""The town, as it may go live."""
AD = Ldap(base="dc=x", reached="trunk")
NOBODY: Keys = {}


def found(people: Iterable[Somebody]) -> list[Found]:
    """What the server says of these people."""
    return [each for each in objects(active_directory(people).encode()) if "sn" in each.values]


def first(people: list[Somebody] | None = None, hall: Hall = HALL, **settings: Any) -> Sync:
    """The first sync of all."""
    return synced(found(people or everybody()), AD.model_copy(update=settings), hall, NOBODY)


def again(before: Sync, people: list[Somebody], hall: Hall | None = None) -> Sync:
    """A later one, after that one was saved."""
    return synced(found(people), AD, hall or before.plan.hall, before.keys)


def of(sync: Sync, kind: Kind = Kind.PERSON) -> dict[str, tuple[bool, bool]]:
    """Who changes: whether they were there before, and are after."""
    return {
        change.id: (change.before is not None, change.after is not None)
        for change in sync.plan.changes
        if change.kind is kind
    }


def test_people_come_and_those_we_had_are_known_by_their_names() -> None:
    sync = first()
    anna, zofia = sync.plan.hall.people[ANNA], sync.plan.hall.people[PersonId("zofia-umowna")]
    assert (anna.position, anna.extension, anna.room) == ("kierownik", Extension("2000"), "100")
    assert (anna.mobile, anna.email, anna.direct) == (
        "+48601234567",
        "u000@przykladowo.example",
        "+48447327700",
    )
    assert (anna.deputies, anna.matters) == (TOWN.people[ANNA].deputies, TOWN.people[ANNA].matters)
    assert zofia.extension == Extension("2003", Reached.TRUNK)
    assert (zofia.unit, zofia.announced) == (TOWN.desk, "panią Zofią Umowną")
    assert of(sync)[ANNA] == (True, True)
    assert of(sync, Kind.UNIT) == {"referat-komunikacji": (False, True)}
    assert (sync.plan.entries, sync.disabled, len(sync.plan.hall.people)) == (28, 1, 28)
    assert sync.plan.gone == ()
    assert sync.refused == ""


def test_a_second_sync_changes_nothing() -> None:
    before = first()
    assert again(before, everybody()).plan.changes == ()
    assert again(before, everybody()).keys == before.keys


def test_who_has_no_unit_there_and_none_here_is_left_out_and_told() -> None:
    sync = first()
    (told,) = [finding for finding in sync.plan.findings if "left out" in finding.why]
    assert "Nina" in told.file
    assert "nina-probna" not in sync.plan.hall.people


def test_somebody_with_another_name_is_the_same_person() -> None:
    """Married: another surname, another name of the object, the same key; what is ours of her stays."""
    before, people = first(), everybody()
    people[0] = replace(people[0], surname="Umyślna")
    sync = again(before, people)
    assert of(sync) == {ANNA: (True, True)}
    assert (sync.plan.hall.people[ANNA].name, sync.plan.hall.people[ANNA].deputies) == (
        "Anna Umyślna",
        (PIOTR,),
    )


def test_what_the_hall_wrote_of_fields_that_ldap_has_not_stays() -> None:
    before = first()
    ours = replace(
        before.plan.hall.people[ANNA], spoken="Anna, dowody", languages=("pl", "en"), deputies=(EWA,)
    )
    hall = replace(before.plan.hall, people={**before.plan.hall.people, ANNA: ours})
    sync = again(before, everybody(), hall)
    assert sync.plan.changes == ()
    overwritten = replace(ours, position="goniec")
    hall = replace(before.plan.hall, people={**before.plan.hall.people, ANNA: overwritten})
    assert again(before, everybody(), hall).plan.hall.people[ANNA] == ours


def test_who_leaves_goes_and_so_do_the_ties_to_them() -> None:
    """Piotr's account is disabled: he was Anna's deputy."""
    before, people = first(), everybody()
    people[1] = replace(people[1], disabled=True)
    sync = again(before, people)
    assert [person.id for person in sync.plan.gone] == [PIOTR]
    assert of(sync) == {PIOTR: (True, False), ANNA: (True, True)}
    assert sync.plan.hall.people[ANNA].deputies == ()
    assert PIOTR not in sync.keys.values()


def test_whom_the_hall_entered_by_hand_never_goes() -> None:
    without_ewa = [each for each in everybody() if each.given != "Ewa"]
    before = first(without_ewa)
    assert EWA in before.plan.hall.people
    assert EWA not in before.keys.values()
    assert again(before, without_ewa).plan.gone == ()


def test_when_too_many_would_go_it_is_refused() -> None:
    before = first()
    assert again(before, everybody()[:25]).refused == ""
    sync = again(before, everybody()[:20])
    assert "8 of 28 people would go" in sync.refused
    assert "--let-them-go" in sync.refused
    generous = AD.model_copy(update={"most_gone": 30.0})
    assert synced(found(everybody()[:20]), generous, before.plan.hall, before.keys).refused == ""
    nothing = synced([], AD, before.plan.hall, before.keys)
    assert nothing.refused
    assert len(nothing.plan.gone) == 28


def test_lost_keys_find_everybody_again_and_let_nobody_go() -> None:
    before = first()
    sync = synced(found(everybody()[:10]), AD, before.plan.hall, NOBODY)
    assert (sync.plan.changes, sync.plan.gone) == ((), ())
    assert set(sync.keys.items()) <= set(before.keys.items())


def test_two_accounts_of_one_person_stay_one_person() -> None:
    twice = [*everybody(), replace(everybody()[5], number=77, account=" 2")]
    before = first(twice)
    assert len(before.plan.hall.people) == len(first().plan.hall.people)
    assert any("taken for the same person" in finding.why for finding in before.plan.findings)
    assert again(before, twice).plan.changes == ()


def test_openldap_says_the_same_in_its_own_words() -> None:
    settings = Ldap(base="dc=x", kind="openldap", reached="trunk")
    there = [each for each in objects(openldap(everybody()).encode()) if "sn" in each.values]
    sync = synced(there, settings, HALL, NOBODY)
    anna = sync.plan.hall.people[ANNA]
    assert (anna.position, anna.extension, anna.room, anna.email) == (
        "kierownik",
        Extension("2000"),
        "100",
        "u000@przykladowo.example",
    )
    assert Key(f"uuid:{everybody()[0].guid}") in sync.keys
    assert synced(there, settings, sync.plan.hall, sync.keys).plan.changes == ()


def test_attributes_are_the_halls_choice() -> None:
    """An empty one is not read, and so never touched; a manager may be the deputy, by the name of their object."""
    assert pairs("room=, deputies=manager ") == {Meaning.ROOM: "", Meaning.DEPUTIES: "manager"}
    text = active_directory(everybody()).replace("\nsn::", "\nmanager: cn=boss\nsn::", 1)
    boss = text.replace("dn:: ", "dn:: ", 1)
    there = [each for each in objects(boss.encode()) if "sn" in each.values]
    zofia = next(each for each in there if each.texts("sn") == ("Umowna",))
    (managed,) = [each for each in there if "manager" in each.values]
    there[there.index(managed)] = Found(
        managed.dn, {**managed.values, "manager": (zofia.dn.upper().encode(),)}
    )
    settings = AD.model_copy(update={"attributes": "room=, deputies=manager"})
    sync = synced(there, settings, HALL, NOBODY)
    assert sync.plan.hall.people[ANNA].room == ""
    assert sync.plan.hall.people[ANNA].deputies == (PersonId("zofia-umowna"),)


@pytest.mark.parametrize("text", ["room", "nonsense=cn", "=cn"])
def test_what_is_no_pair_of_meaning_and_attribute_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="attributes"):
        Ldap(attributes=text)


def test_the_unit_is_found_by_its_name() -> None:
    karol = first().plan.hall.people[PersonId("karol-udawany")]
    hanna = first().plan.hall.people[PersonId("hanna-niebyla")]
    assert karol.unit == TOWN.people[ANNA].unit
    assert first().plan.hall.units[hanna.unit].name == DRK
