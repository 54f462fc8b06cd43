"""Each list makes exactly what was expected of it, cell by cell; once more, it changes nothing."""

from itertools import zip_longest
from pathlib import Path

import pytest

from directory.changes import Kind
from directory.importing.plan import Plan
from directory.importing.written import rows_for
from directory.load import DEMO, load_hall
from directory.numbers import national
from tests.imports.reading import LISTS, bare_hall, files_of, imported, kept, tables_of

Row = tuple[str, ...]


def differing(found: list[Row], wanted: list[Row]) -> list[str]:
    """Every cell that is not as expected, with its row and column."""
    header = wanted[0]
    return [
        f"row {number}, {column}: {is_so!r}, expected {should_be!r}"
        for number, (one, other) in enumerate(zip_longest(found, wanted, fillvalue=()), start=1)
        for column, is_so, should_be in zip_longest(header, one, other)
        if is_so != should_be
    ]


@pytest.fixture(scope="module", params=LISTS)
def read(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Plan, list[Path]]:
    """A list, what it makes of a hall without anybody, and its files."""
    name: str = request.param
    files = list(files_of(name, tmp_path_factory.mktemp("lists")))
    return name, imported(bare_hall(), files), files


def test_every_cell_of_report_and_result_is_as_expected(read: tuple[str, Plan, list[Path]]) -> None:
    name, plan, _ = read

    for file, rows in tables_of(name, plan):
        assert differing(rows, kept(file)) == [], file


def test_a_second_import_changes_nothing(read: tuple[str, Plan, list[Path]]) -> None:
    _, plan, files = read

    again = imported(plan.hall, files)

    assert again.changes == ()
    assert again.hall == plan.hall
    if plan.hall.people:
        assert {it.id for it in again.gone} == set()


def test_every_doubt_has_its_place_and_a_mend(read: tuple[str, Plan, list[Path]]) -> None:
    _, plan, files = read

    assert plan.findings
    for found in plan.findings:
        assert any(found.file.startswith(path.name) for path in files)
        assert found.why
        assert found.mend
        assert found.line or found.read == "Archiwum 2019"


def test_no_fax_became_a_telephone(read: tuple[str, Plan, list[Path]]) -> None:
    _, plan, _ = read
    hall = plan.hall
    faxes = {fax for unit in hall.units.values() for fax in unit.faxes}

    assert not faxes & {person.direct for person in hall.people.values()}
    for unit in hall.units.values():
        assert unit.direct not in faxes or national(unit.direct or "") == "44 646 15 66", (
            "a telephone and fax, as told"
        )


def test_the_hall_s_own_files_change_nothing_in_the_hall_that_was_loaded_from_them() -> None:
    hall = load_hall(DEMO).hall

    for files in (["units.csv"], ["matters.csv"], ["people.csv"], ["units.csv", "matters.csv", "people.csv"]):
        assert imported(hall, [DEMO / file for file in files]).changes == ()


def test_the_catalogue_makes_the_units_and_matters_that_the_hall_s_loader_makes() -> None:
    loaded = load_hall(DEMO).hall
    plan = imported(bare_hall(), [DEMO / "units.csv", DEMO / "matters.csv"])

    assert set(loaded.units) == set(plan.hall.units) - {"desk"}
    assert set(loaded.matters) == set(plan.hall.matters)
    for unit in loaded.units.values():
        made = plan.hall.units[unit.id]
        assert (made.name, made.numbers, made.faxes, made.aliases) == (
            unit.name,
            unit.numbers,
            unit.faxes,
            unit.aliases,
        )
    for matter in loaded.matters.values():
        assert plan.hall.matters[matter.id].direct == matter.direct


def test_what_is_exported_is_what_is_there(read: tuple[str, Plan, list[Path]]) -> None:
    _, plan, _ = read

    for kind, table in ((Kind.PERSON, plan.hall.people), (Kind.UNIT, plan.hall.units)):
        header, *rows = rows_for(plan.hall, kind)
        assert all(len(row) == len(header) for row in rows)
        assert [row[0] for row in rows] == list(table)
