"""The history says of every save who changed what, when and from where, and can be read back into the model."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import update

from directory.changes import HALL, Change, HallRules, Kind, Source, changes, created
from directory.model import Extension, Hall, PersonId
from records.database import Database
from records.hall_json import from_json, to_json
from records.history_tables import directory_changes
from records.history_views import FieldChange, HistoryLine
from records.stores.hall import HallStore
from records.stores.history import HistoryStore
from records.stores.paging import BadMark
from tests.records.made import NOON
from tests.records.test_hall import halls, small_hall

ANNA, PIOTR = PersonId("anna"), PersonId("piotr")


def with_anna(hall: Hall, **changed: Any) -> Hall:
    """The hall, where Anna is otherwise."""
    return replace(hall, people={**hall.people, ANNA: replace(hall.people[ANNA], **changed)})


@pytest.fixture
def store(database: Database) -> HallStore:
    """A minute passes with each look at the clock."""
    moments = (NOON + timedelta(minutes=minute) for minute in range(1000))
    return HallStore(database, now=lambda: next(moments))


@pytest.fixture
def history(database: Database) -> HistoryStore:
    return HistoryStore(database)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(halls())
def test_whatever_a_hall_holds_comes_back_from_the_history(hall: Hall) -> None:
    for change in created(hall):
        assert from_json(change.kind, to_json(change.after)) == change.after


def test_what_cannot_be_read_is_nothing_and_what_came_later_has_its_default() -> None:
    anna = small_hall().people[ANNA]
    written = to_json(anna)
    assert from_json(Kind.PERSON, {**written, "bygone": 7}) == anna
    assert from_json(Kind.PERSON, {name: it for name, it in written.items() if name != "room"}) == anna
    assert from_json(Kind.PERSON, {"id": "anna"}) is None
    assert from_json(Kind.PERSON, {**written, "extension": {"digits": "1", "reached": "by pigeon"}}) is None
    assert from_json(Kind.UNIT, None) is None


async def test_a_change_says_who_when_from_where_and_which_fields(
    store: HallStore, history: HistoryStore
) -> None:
    base = await store.save_hall(small_hall(), "piotr", source=Source.START)
    new = with_anna(small_hall(notice="Dziś do 14.00"), room="12", extension=Extension("214"))
    saved = await store.save_hall(new, "ewa", source=Source.PAGE, note="moved", based_on=base.in_force)
    assert saved.changes == changes(small_hall(), new)
    anna, hall = await history.changes_of(saved.version)
    assert (anna.saved_by, anna.source, anna.note, anna.undoes) == ("ewa", Source.PAGE, "moved", None)
    assert anna.saved > NOON
    assert (anna.kind, anna.id, anna.title) == (Kind.PERSON, "anna", "Anna Przykładowa")
    assert anna.fields == (
        FieldChange("extension", None, Extension("214")),
        FieldChange("room", "", "12"),
    )
    assert (hall.kind, hall.id, hall.title) == (Kind.HALL, HALL, "Urząd Miasta")
    assert hall.fields == (FieldChange("notice", "", "Dziś do 14.00"),)
    assert tuple(line.change for line in (anna, hall)) == saved.changes


async def test_the_first_save_makes_everything(store: HallStore, history: HistoryStore) -> None:
    saved = await store.save_hall(small_hall(), "first start", source=Source.START)
    assert saved.changes == created(small_hall())
    lines = await history.changes_of(saved.version)
    assert [(line.kind.value, line.id) for line in lines] == [
        ("unit", "bom"), ("unit", "rso"), ("matter", "del-i"), ("person", "anna"), ("person", "piotr"),
        ("hall", HALL),
    ]  # fmt: skip
    assert FieldChange("name", None, "Anna Przykładowa") in lines[3].fields


async def test_the_history_of_one_thing_is_found(store: HallStore, history: HistoryStore) -> None:
    for number in range(3):
        await store.save_hall(with_anna(small_hall(), room=str(number)), f"by {number}", source=Source.REST)
    await store.save_hall(with_anna(small_hall(notice="x"), room="2"), "other", source=Source.REST)
    page = await history.lines(kind=Kind.PERSON, id="anna")
    assert [line.saved_by for line in page.items] == ["by 2", "by 1", "by 0"]
    assert [field.after for line in page.items[:2] for field in line.fields] == ["2", "1"]
    assert page.next == ""
    assert (await history.lines(kind=Kind.UNIT, id="anna")).items == ()


async def test_pages_of_the_history_show_each_line_once(store: HallStore, history: HistoryStore) -> None:
    await store.save_hall(small_hall(), "anna", source=Source.START)
    await store.save_hall(small_hall(notice="x", people={}), "anna", source=Source.REST)
    every = (await history.lines()).items
    found: list[HistoryLine] = []
    after = ""
    while True:
        page = await history.lines(limit=2, after=after)
        found += page.items
        after = page.next
        if not after:
            break
    assert tuple(found) == every
    assert [line.version for line in every] == sorted((line.version for line in every), reverse=True)
    assert await history.ids() == {"bom", "rso", "del-i", "anna", "piotr"}, "also of who is gone"
    for bad in ("x", "1", "1.", ".1", "1.x", "-1.2", f"{10**30}.1"):
        with pytest.raises(BadMark):
            await history.lines(after=bad)


async def test_saves_are_listed_with_what_became_of_them(store: HallStore, history: HistoryStore) -> None:
    async def save(notice: str, undoes: int | None = None, source: Source = Source.PAGE) -> int:
        hall = small_hall(notice=notice)
        return (await store.save_hall(hall, "ewa", source=source, note=notice, undoes=undoes)).version

    first = await save("", source=Source.START)
    imported = await save("a", source=Source.IMPORT)
    typed = await save("b")
    assert (await history.last()) == await history.version(typed)
    back = await save("a", undoes=typed)
    again = await save("b", undoes=back)
    once_more = await save("a", undoes=again)
    listed = await history.versions()
    assert [(it.version, it.source, it.undoes, it.undone, it.in_force, it.changes) for it in listed] == [
        (once_more, Source.PAGE, again, False, True, 1),
        (again, Source.PAGE, back, True, False, 1),
        (back, Source.PAGE, typed, False, False, 1),
        (typed, Source.PAGE, None, True, False, 1),
        (imported, Source.IMPORT, None, False, False, 1),
        (first, Source.START, None, False, False, 6),
    ]
    assert [it.version for it in await history.versions(limit=2, before=typed)] == [imported, first]
    for source, expected in ((None, imported), (Source.IMPORT, imported), (Source.START, first)):
        last = await history.last(source)
        assert last is not None
        assert last.version == expected
    assert await history.last(Source.LDAP) is None
    assert await history.version(99) is None


async def test_what_an_older_version_of_the_service_wrote_is_told_without_its_fields(
    store: HallStore, history: HistoryStore, database: Database
) -> None:
    saved = await store.save_hall(small_hall(), "anna", source=Source.START)
    async with database.write() as connection:
        await connection.execute(
            update(directory_changes).where(directory_changes.c.id == "anna").values(after={"who": "Anna"})
        )
        await connection.exec_driver_sql("UPDATE hall_versions SET source = 'carrier pigeon'")
    lines = {line.id: line for line in await history.changes_of(saved.version)}
    assert (lines["anna"].change, lines["anna"].fields, lines["anna"].source) == (None, (), None)
    assert lines["anna"].title == "Anna Przykładowa"
    assert lines["piotr"].change == Change(Kind.PERSON, PIOTR, None, small_hall().people[PIOTR])


def test_rules_are_those_of_the_hall() -> None:
    assert from_json(Kind.HALL, to_json(HallRules.of(small_hall()))) == HallRules.of(small_hall())
