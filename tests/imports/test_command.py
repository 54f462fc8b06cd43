"""`halo directory import` and `export`: what an administrator types, answers and reads, over a real database."""

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.cli import main
from api.spreadsheets.write import write_rows
from benchmarks.directory.town import town
from directory.changes import Kind
from directory.importing.written import rows_for
from tests.imports.reading import HERE

GMINA, MIASTO = HERE / "gmina.csv", HERE / "miasto.tsv"
DEPUTIES = ("--column", "Zastępstwo=deputies")


class Halo:
    """The command line with a state folder of its own."""

    def __init__(self, state: Path) -> None:
        self.state = state

    def __call__(self, *words: str | Path, answers: Sequence[str] = ()) -> Result:
        environment = {"HALO_STATE_DIR": str(self.state), "HALO_CONFIG": "", "COLUMNS": "200"}
        typed = "".join(f"{answer}\n" for answer in answers)
        return CliRunner().invoke(main, ["directory", *map(str, words)], env=environment, input=typed)


@pytest.fixture
def halo(tmp_path: Path) -> Halo:
    return Halo(tmp_path / "state")


def test_a_check_shows_everything_and_changes_nothing(halo: Halo) -> None:
    result = halo("import", "--check", GMINA)

    assert result.exit_code == 0
    assert "gmina.csv: a list of people, from row 6 on" in result.stdout
    assert "B   Nazwisko i imię                     surname-first" in result.stdout
    assert "person adam-zmyslony: Adam Zmyślony; unit kierownictwo-urzedu" in result.stdout
    assert "gmina.csv, line 9, wewn. (F): '203?': whoever wrote it was not sure" in result.stdout
    assert "0 changed, 0 removed; " in result.stdout
    assert result.stdout.endswith("Nothing was changed: this was a check.\n")
    assert not halo.state.exists()


def test_an_import_is_in_force_once_and_can_be_taken_back(halo: Halo) -> None:
    made = halo("import", "--yes", GMINA)
    shown = halo("show", "adam-zmyslony")
    again = halo("import", "--yes", GMINA)
    undone = halo("undo", "--yes")
    after = halo("show", "adam-zmyslony")

    assert made.exit_code == again.exit_code == undone.exit_code == 0, made.output + undone.output
    assert (
        "In force for new calls: version 2 of the directory.\n`halo directory undo 2` takes it back."
        in made.stdout
    )
    assert "announced:   panem Adamem Zmyślonym" in shown.stdout
    assert again.stdout.endswith("Nothing was changed: the directory has all of this already.\n")
    assert after.exit_code == 1
    assert halo("show", "anna-przykladowa").exit_code == 0, "whoever was there before"


def test_the_history_names_the_file(halo: Halo) -> None:
    halo("import", "--yes", GMINA)

    assert "(import gmina.csv)" in halo("history").stdout


def test_a_column_that_may_mean_two_things_is_never_guessed(halo: Halo) -> None:
    refused = halo("import", "--yes", MIASTO)
    told = halo("import", "--yes", MIASTO, *DEPUTIES)

    assert refused.exit_code == 1
    assert (
        "miasto.tsv, line 1, Zastępstwo (I): the column may mean deputies or stands-in-for; "
        'say which, like --column "Zastępstwo=deputies". Nothing was changed.'
    ) in refused.stderr
    assert told.exit_code == 0


def test_it_is_asked_instead_where_somebody_answers(halo: Halo) -> None:
    result = halo("import", MIASTO, answers=["deputies", "y", "keep", "y"])

    assert result.exit_code == 0, result.output
    assert (
        "What is column Zastępstwo (I), like 'Jan Fikcyjny'? Maybe deputies, stands-in-for" in result.stdout
    )
    assert "of the directory are not in this list: keep or remove them?" in result.stdout
    assert "In force for new calls" in result.stdout


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (["deputies", "y", "keep", "n"], "Nothing was changed."),
        (["deputies", "n"], "--column"),
        ([], "--yes"),
    ],
)
def test_a_no_and_no_answer_change_nothing(halo: Halo, answers: list[str], told: str) -> None:
    result = halo("import", MIASTO, answers=answers)

    assert told in result.output
    assert not halo.state.exists()


def test_a_letter_names_a_column_too_and_a_wrong_name_is_told(halo: Halo) -> None:
    by_letter = halo("import", "--check", MIASTO, "--column", "I=nothing")
    wrong = halo("import", "--check", MIASTO, "--column", "Zastepca=deputies")
    meaning = halo("import", "--check", MIASTO, "--column", "I=zastępca")

    assert by_letter.exit_code == 0
    assert "Zastepca: there is no such column; name one of: Wydział/Referat (A)" in wrong.stderr
    assert wrong.exit_code == 1
    assert "'I=zastępca': write \"Heading=meaning\"" in meaning.stderr
    assert meaning.exit_code == 2


def test_those_who_are_not_in_the_list_go_only_if_it_is_said(halo: Halo) -> None:
    result = halo("import", "--yes", GMINA, "--gone", "remove")

    assert result.exit_code == 0
    assert "Gone, removed (16)" in result.stdout
    assert "20 new, 0 changed, 16 removed" in result.stdout
    assert halo("show", "anna-przykladowa").exit_code == 1


def test_the_report_holds_all_of_it(halo: Halo, tmp_path: Path) -> None:
    halo("import", "--check", GMINA, "--report", tmp_path / "report.csv")

    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert {row["what"] for row in rows} == {"doubtful", "new", "kept"}
    assert sum(1 for row in rows if row["what"] == "kept") == 16
    assert all(row["row"] and row["mend"] for row in rows if row["what"] == "doubtful")


@pytest.mark.parametrize("file", ["people.csv", "people.xlsx"])
@pytest.mark.parametrize("kind", ["people", "units", "matters"])
def test_what_was_exported_changes_nothing_when_it_is_imported(
    halo: Halo, tmp_path: Path, kind: str, file: str
) -> None:
    exported = halo("export", "--kind", kind, "--to", tmp_path / file)
    result = halo("import", "--yes", tmp_path / file)

    assert exported.exit_code == result.exit_code == 0, result.output
    assert "Nothing was changed: the directory has all of this already." in result.stdout


def test_a_broken_row_near_the_end_leaves_the_directory_as_it_was(halo: Halo, tmp_path: Path) -> None:
    header, *rows = rows_for(town(people=2_000), Kind.PERSON)
    assert header[15] == "accept_key"
    rows[1_997] = (*rows[1_997][:15], "może", *rows[1_997][16:])
    write_rows(tmp_path / "all.csv", "", [header, *rows])
    halo("import", "--yes", GMINA)
    before = halo("history").stdout

    result = halo("import", "--yes", tmp_path / "all.csv")

    assert result.exit_code == 1
    assert (
        'all.csv, line 1999, accept_key (P): \'może\' is neither yes nor no; write "tak" or "nie". Nothing was changed.'
        in result.stderr
    )
    assert halo("history").stdout == before


def test_a_file_without_a_list_is_refused_in_one_sentence(halo: Halo, tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("Dzień dobry\nto nie jest lista\n", "utf-8")

    result = halo("import", "--yes", tmp_path / "notes.csv")

    assert result.exit_code == 1
    assert "notes.csv: no row of headings was found; write one above the list" in result.stderr


def test_people_without_a_unit_are_given_one_that_exists(halo: Halo, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Nazwisko i imię;wewn.\nPozorny Jan;215\n", "utf-8")

    refused = halo("import", "--yes", tmp_path / "list.csv")
    wrong = halo("import", "--yes", tmp_path / "list.csv", "--unit", "DLE")
    made = halo("import", "--check", tmp_path / "list.csv", "--unit", "DEL")

    assert "no unit is named for Jan Pozorny, neither here nor above" in refused.stderr
    assert "No units are called 'DLE'" in wrong.stderr
    assert "person jan-pozorny: Jan Pozorny; unit del" in made.stdout
