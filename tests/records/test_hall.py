"""The hall's directory comes out of the database exactly as it went in, with its history."""

import asyncio
import string
from dataclasses import fields, replace
from datetime import date, time
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from directory.changes import Source
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
from records.errors import NoHall, Rejected, Stale
from records.hall_tables import hall_versions, units
from records.history_views import FieldChange, InForce, Saved
from records.staff_tables import people
from records.stores.hall import HallStore
from records.stores.history import HistoryStore
from tests.records.made import CLEAN_TEXT

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
                version = (await store.save_hall(hall, "test", source=Source.IMPORT)).version
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
    version = (await store.save_hall(hall, "import", source=Source.IMPORT)).version
    loaded = await store.load_hall(version)
    assert loaded == hall
    for kept, given_ in (
        (loaded.units, hall.units),
        (loaded.matters, hall.matters),
        (loaded.people, hall.people),
    ):
        assert list(kept) == list(given_)


async def save(store: HallStore, hall: Hall, by: str = "anna", based_on: InForce | None = None) -> Saved:
    """Save it from a page."""
    return await store.save_hall(hall, by, source=Source.PAGE, based_on=based_on)


async def test_saving_what_is_in_force_changes_nothing(database: Database) -> None:
    store = HallStore(database)
    first = await save(store, small_hall())
    again = await save(store, small_hall(), "piotr")
    assert (again.version, again.changes) == (first.version, ())
    assert (await save(store, small_hall(notice="Dziś do 14.00"))).version == first.version + 1
    assert len(await HistoryStore(database).versions()) == 2


async def test_the_hall_in_force_is_read_again_only_if_it_is_another(database: Database) -> None:
    store = HallStore(database)
    saved = await save(store, small_hall())
    known = await store.in_force()
    assert known == saved.in_force
    assert await store.in_force(known) is known
    await save(store, small_hall(notice="Dziś do 14.00"))
    assert (await store.in_force(known)).hall.notice == "Dziś do 14.00"


async def test_a_hall_made_of_one_that_is_no_more_in_force_is_refused(database: Database) -> None:
    store = HallStore(database)
    base = (await save(store, small_hall())).in_force
    await save(store, small_hall(notice="Dziś do 14.00"), "ewa", based_on=base)
    with pytest.raises(Stale, match=r"meanwhile by ewa \(page\)"):
        await save(store, small_hall(name="Inny"), based_on=base)
    assert (await store.load_hall()).notice == "Dziś do 14.00"


async def test_of_two_who_save_at_the_same_moment_one_is_refused(database: Database) -> None:
    store = HallStore(database)
    base = (await save(store, small_hall())).in_force
    both = [save(store, small_hall(notice=words), words, based_on=base) for words in ("one", "two")]
    ended = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(type(each).__name__ for each in ended) == ["Saved", "Stale"]


async def test_old_versions_keep_only_their_changes(database: Database) -> None:
    store = HallStore(database, kept_whole=2)
    versions = [(await save(store, small_hall(notice=str(number)))).version for number in range(4)]
    with pytest.raises(NoHall, match="only the changes are kept"):
        await store.load_hall(versions[1])
    assert [(await store.load_hall(version)).notice for version in versions[2:]] == ["2", "3"]
    assert [version.whole for version in await HistoryStore(database).versions()] == [
        True,
        True,
        False,
        False,
    ]
    [line] = (await HistoryStore(database).lines(version=versions[1])).items
    assert line.fields == (FieldChange("notice", "0", "1"),)
    async with database.read() as connection:
        assert await connection.scalar(select(func.count()).select_from(people)) == 4


async def test_before_anything_was_saved_there_is_no_hall(database: Database) -> None:
    store = HallStore(database)
    with pytest.raises(NoHall, match="import"):
        await store.load_hall()
    with pytest.raises(NoHall, match="7"):
        await store.load_hall(7)
    assert await HistoryStore(database).versions() == ()


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
    await save(store, small_hall())
    with pytest.raises(Rejected):
        await save(store, small_hall(**broken))
    assert await store.load_hall() == small_hall()
    async with database.read() as connection:
        assert await connection.scalar(select(func.count()).select_from(units)) == 2


async def test_a_version_goes_with_all_its_rows(database: Database) -> None:
    store = HallStore(database)
    first = (await save(store, small_hall())).version
    async with database.write() as connection:
        await connection.exec_driver_sql("DELETE FROM hall_in_force")
        await connection.execute(hall_versions.delete().where(hall_versions.c.version == first))
        assert await connection.scalar(select(func.count()).select_from(people)) == 0
        assert await connection.scalar(select(func.count()).select_from(units)) == 0


async def test_a_setting_that_came_later_has_its_default_and_one_that_went_is_passed_over(
    database: Database,
) -> None:
    store = HallStore(database)
    version = (await save(store, small_hall(policy=LinePolicy(ring=11.0, candidates=5)))).version
    async with database.write() as connection:
        await connection.exec_driver_sql("DELETE FROM hall_settings WHERE setting = 'ring'")
        await connection.exec_driver_sql(
            "UPDATE hall_settings SET setting = 'bygone' WHERE setting = 'accept'"
        )
    assert (await store.load_hall(version)).policy == LinePolicy(candidates=5)
