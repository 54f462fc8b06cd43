"""The hall's directory comes out of the database exactly as it went in, with its history."""

import asyncio
import string
from dataclasses import fields, replace
from datetime import UTC, date, time, timedelta
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from directory.load import DEMO, load_hall
from directory.model import (
    Extension,
    Hall,
    Hours,
    LinePolicy,
    Matter,
    MatterId,
    Menu,
    MenuEntry,
    Numbering,
    Person,
    PersonId,
    Unit,
    UnitId,
    Week,
)
from records.database import Database, open_database
from records.errors import NoHall, Rejected
from records.hall_tables import hall_versions, units
from records.staff_tables import people
from records.stores.hall import HallStore
from tests.records.made import CLEAN_TEXT, NOON

Made = TypeVar("Made")

IDS = st.text(string.ascii_lowercase + "-ąź", min_size=1, max_size=6)
TEXTS = st.lists(CLEAN_TEXT, max_size=3).map(tuple)
MAYBE = st.none() | CLEAN_TEXT
HOURS = st.builds(Hours, st.times(), st.times())
WEEKS = st.builds(Week, st.dictionaries(st.integers(1, 7), HOURS, max_size=7))
FINITE = st.floats(allow_nan=False, allow_infinity=False)


def any_of(kind: type[Made], **known: st.SearchStrategy[Any]) -> st.SearchStrategy[Made]:
    """Any value of a class: of what is not said here hypothesis draws by type, so that no new field is forgotten."""
    rest = {field.name: ... for field in fields(kind) if field.name not in known}  # type: ignore[arg-type]
    return st.builds(kind, **known, **rest)


WORDS = st.lists(CLEAN_TEXT, max_size=2).map(tuple)
DAYS = st.frozensets(st.dates(), max_size=2)
EXTENSIONS = st.none() | any_of(Extension, digits=CLEAN_TEXT)
POLICIES = any_of(
    LinePolicy,
    **{f.name: FINITE if f.type is float else st.integers(-99, 99) for f in fields(LinePolicy)},
)
NUMBERINGS = any_of(Numbering, area_code=CLEAN_TEXT)


@st.composite
def halls(draw: st.DrawFn) -> Hall:
    """Any hall whose units, matters and people know each other."""
    unit_ids = [UnitId(name) for name in draw(st.lists(IDS, min_size=1, max_size=4, unique=True))]
    matter_ids = [MatterId(name) for name in draw(st.lists(IDS, max_size=4, unique=True))]
    person_ids = [PersonId(name) for name in draw(st.lists(IDS, max_size=4, unique=True))]
    a_unit = st.sampled_from(unit_ids)
    maybe_unit = st.none() | a_unit
    some_matters = st.lists(st.sampled_from(matter_ids), max_size=3) if matter_ids else st.just([])
    some_people = st.lists(st.sampled_from(person_ids), max_size=3) if person_ids else st.just([])
    entries = any_of(
        MenuEntry,
        key=CLEAN_TEXT,
        spoken=CLEAN_TEXT,
        spoken_en=CLEAN_TEXT,
        matter=st.none() | st.sampled_from(matter_ids) if matter_ids else st.none(),
        unit=maybe_unit,
        submenu=st.none(),
    )
    menus = any_of(Menu, entries=st.lists(entries, max_size=3).map(tuple))
    upper = st.builds(replace, entries, submenu=st.none() | menus)
    made_units = [
        draw(
            any_of(
                Unit, id=st.just(unit), name=CLEAN_TEXT, spoken=CLEAN_TEXT, aliases=TEXTS, address=CLEAN_TEXT,
                direct=MAYBE, numbers=TEXTS, faxes=TEXTS, line=EXTENSIONS, week=st.none() | WEEKS,
                outside=st.booleans(), parent=maybe_unit, short=CLEAN_TEXT, source=CLEAN_TEXT,
                words=WORDS, closed_on=DAYS,
            )
        )
        for unit in unit_ids
    ]  # fmt: skip
    made_matters = [
        draw(
            any_of(
                Matter, id=st.just(matter), symbol=CLEAN_TEXT, title=CLEAN_TEXT, spoken=CLEAN_TEXT,
                unit=maybe_unit, direct=MAYBE, numbers=TEXTS, aliases=TEXTS, where=CLEAN_TEXT, source=CLEAN_TEXT,
                words=WORDS,
            )
        )
        for matter in matter_ids
    ]  # fmt: skip
    made_people = [
        draw(
            any_of(
                Person, id=st.just(person), name=CLEAN_TEXT, unit=a_unit, spoken=CLEAN_TEXT, announced=CLEAN_TEXT,
                extension=EXTENSIONS, direct=MAYBE, matters=some_matters.map(tuple),
                deputies=some_people.map(tuple), accept_key=st.booleans(), introduction=st.booleans(),
                position=CLEAN_TEXT, languages=TEXTS, room=CLEAN_TEXT, mobile=MAYBE, email=CLEAN_TEXT,
            )
        )
        for person in person_ids
    ]  # fmt: skip
    drawn: dict[str, Any] = {
        "name": draw(CLEAN_TEXT),
        "desk": draw(a_unit),
        "units": {unit.id: unit for unit in made_units},
        "matters": {matter.id: matter for matter in made_matters},
        "people": {person.id: person for person in made_people},
        "week": draw(WEEKS),
        "menu": Menu(tuple(draw(st.lists(upper, max_size=4)))),
        "closed_on": draw(st.frozensets(st.dates(), max_size=3)),
        "notice": draw(CLEAN_TEXT),
        "crisis_number": draw(CLEAN_TEXT),
        "timezone": draw(CLEAN_TEXT),
        "languages": draw(TEXTS),
        "policy": draw(POLICIES),
        "numbering": draw(NUMBERINGS),
    }
    assert drawn.keys() == {field.name for field in fields(Hall) if field.init}
    return Hall(**drawn)


def small_hall(**changed: object) -> Hall:
    """A hall with one of each."""
    desk, rso = UnitId("bom"), UnitId("rso")
    anna = Person(PersonId("anna"), "Anna Przykładowa", rso, "Anna Przykładowa", "panią Anną Przykładową")
    piotr = replace(anna, id=PersonId("piotr"), deputies=(anna.id,), matters=(MatterId("del-i"),))
    hall = Hall(
        name="Urząd Miasta",
        desk=desk,
        units={
            desk: Unit(desk, "BOM", "Biuro"),
            rso: Unit(rso, "RSO", "Referat", parent=desk, week=Week({})),
        },
        matters={MatterId("del-i"): Matter(MatterId("del-i"), "DEL I", "Dowód", "Dowód osobisty", unit=rso)},
        people={anna.id: anna, piotr.id: piotr},
        week=Week({1: Hours(time(8), time(15, 30))}),
        menu=Menu(
            (MenuEntry("1", "dowody", submenu=Menu((MenuEntry("1", "dowód", matter=MatterId("del-i")),))),)
        ),
        closed_on=frozenset({date(2026, 12, 24)}),
    )
    return replace(hall, **changed)  # type: ignore[arg-type]


def test_any_hall_comes_back_as_it_was(migrated_sqlite: str, migrated_postgres: str) -> None:
    with asyncio.Runner() as runner:
        databases = [open_database(migrated_sqlite), open_database(migrated_postgres)]

        async def compared(hall: Hall) -> None:
            for database in databases:
                store = HallStore(database)
                version = await store.save_hall(hall, "test")
                assert await store.load_hall(version) == hall
                assert await store.load_hall() == hall

        @settings(
            max_examples=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        )
        @given(halls())
        @example(small_hall(policy=LinePolicy(next_key=6.0672980055792436e-294)))
        def check(hall: Hall) -> None:
            runner.run(compared(hall))

        try:
            check()
        finally:
            for database in databases:
                runner.run(database.close())


async def test_the_halls_whole_catalogue_comes_back_as_it_was(database: Database) -> None:
    hall = load_hall(DEMO).hall
    store = HallStore(database)
    version = await store.save_hall(hall, "import")
    loaded = await store.load_hall(version)
    assert loaded == hall
    for kept, given_ in (
        (loaded.units, hall.units),
        (loaded.matters, hall.matters),
        (loaded.people, hall.people),
    ):
        assert list(kept) == list(given_)


async def test_saving_what_is_in_force_changes_nothing(database: Database) -> None:
    store = HallStore(database)
    first = await store.save_hall(small_hall(), "anna")
    assert await store.save_hall(small_hall(), "piotr") == first
    assert await store.save_hall(small_hall(notice="Dziś do 14.00"), "piotr") == first + 1
    assert len(await store.versions()) == 2


async def test_the_history_says_which_version_is_in_force_since_when_and_by_whom(database: Database) -> None:
    moments = iter(NOON + timedelta(minutes=minute) for minute in range(10))
    store = HallStore(database, now=lambda: next(moments))
    first = await store.save_hall(small_hall(), "anna")
    second = await store.save_hall(small_hall(name="Inny"), "piotr")
    newest, oldest = await store.versions()
    assert (newest.version, newest.saved_by, newest.in_force) == (second, "piotr", True)
    assert (oldest.version, oldest.saved_by, oldest.in_force) == (first, "anna", False)
    assert (oldest.units, oldest.matters, oldest.people) == (2, 1, 2)
    await store.take_into_force(first, "anna")
    assert (await store.load_hall()).name == "Urząd Miasta"
    newest, oldest = await store.versions()
    assert (newest.in_force, oldest.in_force) == (False, True)
    assert oldest.in_force_since == NOON + timedelta(minutes=4)
    assert oldest.in_force_since.tzinfo is UTC
    assert oldest.saved == NOON


async def test_before_anything_was_saved_there_is_no_hall(database: Database) -> None:
    store = HallStore(database)
    with pytest.raises(NoHall, match="import"):
        await store.load_hall()
    with pytest.raises(NoHall, match="7"):
        await store.load_hall(7)
    with pytest.raises(NoHall, match="7"):
        await store.take_into_force(7, "anna")
    assert await store.versions() == ()


@pytest.mark.parametrize(
    "broken",
    [
        {"people": {PersonId("x"): Person(PersonId("x"), "X", UnitId("nowhere"), "X", "X")}},
        {"matters": {MatterId("x"): Matter(MatterId("x"), "X", "X", "X", unit=UnitId("nowhere"))}},
        {"menu": Menu((MenuEntry("1", "x", unit=UnitId("nowhere")),))},
    ],
)
async def test_a_hall_that_names_what_it_does_not_have_is_refused_whole(
    database: Database, broken: dict[str, object]
) -> None:
    store = HallStore(database)
    await store.save_hall(small_hall(), "anna")
    with pytest.raises(Rejected):
        await store.save_hall(small_hall(**broken), "piotr")
    assert await store.load_hall() == small_hall()
    async with database.read() as connection:
        assert await connection.scalar(select(func.count()).select_from(units)) == 2


async def test_a_version_goes_with_all_its_rows(database: Database) -> None:
    store = HallStore(database)
    first = await store.save_hall(small_hall(), "anna")
    async with database.write() as connection:
        await connection.exec_driver_sql("DELETE FROM hall_in_force")
        await connection.execute(hall_versions.delete().where(hall_versions.c.version == first))
        assert await connection.scalar(select(func.count()).select_from(people)) == 0
        assert await connection.scalar(select(func.count()).select_from(units)) == 0


async def test_a_setting_that_came_later_has_its_default_and_one_that_went_is_passed_over(
    database: Database,
) -> None:
    store = HallStore(database)
    version = await store.save_hall(small_hall(policy=LinePolicy(ring=11.0, candidates=5)), "anna")
    async with database.write() as connection:
        await connection.exec_driver_sql("DELETE FROM hall_settings WHERE setting = 'ring'")
        await connection.exec_driver_sql(
            "UPDATE hall_settings SET setting = 'bygone' WHERE setting = 'accept'"
        )
    assert (await store.load_hall(version)).policy == LinePolicy(candidates=5)
