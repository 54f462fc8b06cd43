"""Everybody who changes the directory comes through the editor: nothing of others is lost, and all can be undone."""

import asyncio
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.directory_editing import CannotUndo, ChangedMeanwhile, Editor, MayNotGoLive
from directory.changes import HALL, Change, HallRules, Kind, Source, changed, changes
from directory.model import Hall, PersonId, UnitId
from records.database import Database
from records.errors import NoHall, Stale
from records.history_views import InForce, Saved
from records.stores.hall import HallStore
from records.stores.history import HistoryStore
from tests.unit.directory.halls import REGISTRY, hall_of, person

ANNA, PIOTR = person("anna", REGISTRY, "201"), person("piotr", REGISTRY, "202", deputies=(PersonId("anna"),))
OLD = hall_of(ANNA, PIOTR)


@dataclass
class Answering:
    """A service that answers with what it was given last."""

    in_force: InForce | None = None
    taken: list[int] = field(default_factory=list)

    async def take(self, saved: InForce) -> None:
        self.in_force = saved
        self.taken.append(saved.version)


@pytest.fixture
def service() -> Answering:
    return Answering()


def editor_of(database: Database, service: Answering) -> Editor:
    return Editor(HallStore(database), HistoryStore(database), service)


@pytest.fixture
async def editor(empty: Database, service: Answering) -> Editor:
    """An editor of the old hall, which is version 1."""
    saved = await HallStore(empty).save_hall(OLD, "first start", source=Source.START)
    service.in_force = saved.in_force
    return editor_of(empty, service)


@pytest.fixture
async def empty(database: Database) -> Database:
    """A database without any hall."""
    async with database.write() as connection:
        for table in ("hall_in_force", "hall_versions"):
            await connection.exec_driver_sql(f"DELETE FROM {table}")
        await connection.exec_driver_sql("DELETE FROM sqlite_sequence")
    return database


def anna(**fields: Any) -> Change:
    """Anna as she was becomes otherwise."""
    return Change(Kind.PERSON, ANNA.id, ANNA, replace(ANNA, **fields))


async def by_page(editor: Editor, *wanted: Change, by: str = "ewa") -> Saved:
    return await editor.apply(wanted, by=by, source=Source.PAGE)


async def test_a_change_is_in_force_and_on_record(editor: Editor, service: Answering) -> None:
    saved = await by_page(editor, anna(room="12"))
    assert service.in_force == saved.in_force == await editor.in_force()
    assert saved.in_force.hall.people[ANNA.id].room == "12"
    [line] = (await editor.history.lines(version=saved.version)).items
    assert (line.change, line.saved_by, line.source) == (anna(room="12"), "ewa", Source.PAGE)


async def test_what_changes_nothing_is_no_save(editor: Editor, service: Answering) -> None:
    saved = await by_page(editor, Change(Kind.PERSON, ANNA.id, ANNA, ANNA))
    assert (saved.version, saved.changes, service.taken) == (1, (), [])


async def test_two_who_change_different_things_from_the_same_page_lose_nothing(editor: Editor) -> None:
    both = (
        by_page(editor, anna(room="12")),
        by_page(editor, Change(Kind.PERSON, PIOTR.id, PIOTR, replace(PIOTR, room="7"))),
    )
    await asyncio.gather(*both)
    hall = (await editor.in_force()).hall
    assert [person.room for person in hall.people.values()] == ["12", "7"]


async def test_a_change_by_another_process_stays(editor: Editor, empty: Database) -> None:
    """The running service has not read it yet."""
    elsewhere = editor_of(empty, Answering())
    await by_page(elsewhere, Change(Kind.PERSON, PIOTR.id, PIOTR, replace(PIOTR, room="7")), by="cron")
    saved = await by_page(editor, anna(room="12"))
    assert [person.room for person in saved.in_force.hall.people.values()] == ["12", "7"]
    assert saved.changes == (anna(room="12"),)


async def test_who_changes_what_somebody_else_changed_is_told_by_whom(editor: Editor) -> None:
    await by_page(editor, anna(room="12"), by="piotr")
    await by_page(editor, anna(email="anna@example.org"), by="jan")
    with pytest.raises(ChangedMeanwhile) as refused:
        await by_page(editor, anna(room="7"))
    assert str(refused.value).startswith(
        'The directory was not changed: person "Anna" (anna), room, was changed meanwhile by piotr, '
    )
    assert refused.value.by is not None
    assert (refused.value.by.version, refused.value.change) == (2, anna(room="7"))


async def test_what_may_not_go_live_is_refused_with_every_fault(editor: Editor, service: Answering) -> None:
    with pytest.raises(MayNotGoLive) as refused:
        await by_page(editor, anna(unit=UnitId("nowhere"), spoken=""))
    assert [fault.field for fault in refused.value.faults] == ["spoken", "unit"]
    assert "there is no unit 'nowhere'" in str(refused.value)
    assert (service.taken, (await editor.in_force()).version) == ([], 1)


async def test_a_whole_hall_is_saved_only_on_what_it_was_made_of(editor: Editor) -> None:
    base = await editor.in_force()
    imported = replace(base.hall, people={ANNA.id: ANNA})
    await by_page(editor, anna(room="12"))
    with pytest.raises(Stale, match=r"changed meanwhile by ewa \(page\)"):
        await editor.save(imported, based_on=base, by="cron", source=Source.IMPORT)
    now = await editor.in_force()
    saved = await editor.save(
        replace(now.hall, people={}), based_on=now, by="cron", source=Source.IMPORT, note="list.csv"
    )
    assert {(change.id, change.after) for change in saved.changes} == {("anna", None), ("piotr", None)}


async def test_before_anything_was_saved_a_given_hall_can_be_changed(empty: Database) -> None:
    with pytest.raises(NoHall):
        await editor_of(empty, Answering()).in_force()
    given = Answering(InForce(0, OLD))
    saved = await by_page(editor_of(empty, given), anna(room="12"))
    assert saved.in_force.hall.people[ANNA.id].room == "12"


async def test_an_undo_takes_back_one_save_and_leaves_later_ones(editor: Editor) -> None:
    first = await by_page(editor, anna(room="12"))
    await by_page(editor, Change(Kind.PERSON, PIOTR.id, PIOTR, replace(PIOTR, room="7")))
    assert await editor.undoing(first.version) == (anna(room="12").reverse,)
    undone = await editor.undo(first.version, by="ewa", source=Source.PAGE)
    assert [person.room for person in undone.in_force.hall.people.values()] == ["", "7"]
    save = await editor.history.version(undone.version)
    assert save is not None
    assert (save.undoes, save.saved_by) == (first.version, "ewa")
    again = await editor.undo(undone.version, by="ewa", source=Source.PAGE)
    assert [person.room for person in again.in_force.hall.people.values()] == ["12", "7"]


async def test_the_hours_are_undone_like_everything(editor: Editor) -> None:
    rules = HallRules.of(OLD)
    await by_page(editor, Change(Kind.HALL, HALL, rules, replace(rules, notice="Dziś do 14.00")))
    undone = await editor.undo_last(by="ewa", source=Source.COMMAND)
    assert undone.in_force.hall == OLD


async def test_the_last_import_is_undone_though_somebody_typed_since(editor: Editor) -> None:
    base = await editor.in_force()
    without = replace(base.hall, people={ANNA.id: ANNA})
    await editor.save(without, based_on=base, by="cron", source=Source.IMPORT)
    await by_page(editor, anna(room="12"))
    undone = await editor.undo_last(of=Source.IMPORT, by="ewa", source=Source.COMMAND)
    assert undone.in_force.hall.people == {ANNA.id: replace(ANNA, room="12"), PIOTR.id: PIOTR}
    with pytest.raises(CannotUndo, match=r"no change \(import\) that could be undone"):
        await editor.undo_last(of=Source.IMPORT, by="ewa", source=Source.COMMAND)


async def test_an_undo_leaves_what_was_typed_since_of_the_same_person(editor: Editor) -> None:
    imported = await editor.apply([anna(room="12", position="inspektorka")], by="cron", source=Source.IMPORT)
    now = imported.in_force.hall.people[ANNA.id]
    await by_page(editor, Change(Kind.PERSON, ANNA.id, now, replace(now, email="anna@example.org")))
    undone = await editor.undo(imported.version, by="ewa", source=Source.PAGE)
    assert undone.in_force.hall.people[ANNA.id] == replace(ANNA, email="anna@example.org")


async def test_what_an_undo_brings_back_has_its_old_place(editor: Editor) -> None:
    """The order of a unit's people is the order in which they are rung."""
    gone = (
        Change(Kind.PERSON, ANNA.id, ANNA, None),
        Change(Kind.PERSON, PIOTR.id, PIOTR, replace(PIOTR, deputies=())),
    )
    await by_page(editor, *gone)
    undone = await editor.undo_last(by="ewa", source=Source.PAGE)
    assert list(undone.in_force.hall.people) == ["anna", "piotr"]


async def test_what_was_changed_since_is_not_undone(editor: Editor) -> None:
    first = await by_page(editor, anna(room="12"))
    await by_page(editor, Change(Kind.PERSON, ANNA.id, replace(ANNA, room="12"), ANNA), by="piotr")
    await by_page(editor, anna(room="7"), by="piotr")
    for undo in (editor.undoing(first.version), editor.undo(first.version, by="ewa", source=Source.PAGE)):
        with pytest.raises(ChangedMeanwhile, match="changed meanwhile by piotr"):
            await undo


async def test_an_undo_that_would_leave_a_fault_is_refused(editor: Editor) -> None:
    ewa = person("ewa", REGISTRY, None)
    new = await by_page(editor, Change(Kind.PERSON, ewa.id, None, ewa))
    await by_page(editor, anna(deputies=(ewa.id,)))
    with pytest.raises(MayNotGoLive, match="there is no person 'ewa'"):
        await editor.undo(new.version, by="ewa", source=Source.PAGE)


async def test_there_is_nothing_to_undo_in(editor: Editor) -> None:
    with pytest.raises(CannotUndo, match="There is no version 99"):
        await editor.undo(99, by="ewa", source=Source.PAGE)
    saved = await by_page(editor, anna(room="12"))
    await editor.undo(saved.version, by="ewa", source=Source.PAGE)
    with pytest.raises(CannotUndo, match="undone already"):
        await editor.undo(saved.version, by="ewa", source=Source.PAGE)
    with pytest.raises(CannotUndo, match="the first"):
        await editor.undo(1, by="ewa", source=Source.PAGE)


EDITS = st.lists(
    st.tuples(st.sampled_from(["room", "notice", "come", "go", "undo"]), st.integers(1, 4)), max_size=7
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EDITS)
async def test_any_edits_and_undos_end_in_the_hall_that_the_history_says(
    editor: Editor, edits: list[tuple[str, int]]
) -> None:
    began = await editor.in_force()
    for kind, number in edits:
        hall = (await editor.in_force()).hall
        try:
            if kind == "undo":
                await editor.undo(began.version + number, by="ewa", source=Source.PAGE)
            else:
                await by_page(editor, *changes(hall, edited(hall, kind, number)))
        except (CannotUndo, ChangedMeanwhile, MayNotGoLive):
            assert (await editor.in_force()).hall == hall
    replayed = began.hall
    for save in reversed(await editor.history.versions(limit=1000)):
        if save.version > began.version:
            lines = await editor.history.changes_of(save.version)
            replayed = changed(replayed, [line.change for line in lines if line.change])
    assert replayed == (await editor.in_force()).hall


def edited(hall: Hall, kind: str, number: int) -> Hall:
    """The hall after one edit of that kind."""
    people = dict(hall.people)
    match kind:
        case "room":
            people = {id: replace(each, room=str(number)) for id, each in people.items()}
        case "notice":
            return replace(hall, notice="" if hall.notice else str(number))
        case "come":
            new = person(f"new-{number}", REGISTRY, None)
            people = {**people, new.id: new}
        case "go":
            people = {id: each for id, each in people.items() if not id.endswith(str(number))}
    return replace(hall, people=people)
