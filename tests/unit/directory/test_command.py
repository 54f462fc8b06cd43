"""`halo directory`: what an administrator types and reads, over the demo's files and a real database."""

import asyncio
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.cli import main
from directory.absence import Absence, AbsenceId
from directory.load import DEMO
from directory.model import PersonId
from records.database import open_database
from records.stores.absences import AbsenceStore
from tests.unit.directory.halls import copied_hall, moment, spoil

AT = ("--at", "2026-11-24T10:00")


@pytest.fixture
def halo(tmp_path: Path) -> "Halo":
    return Halo(tmp_path / "state")


class Halo:
    """The command line with a state folder of its own."""

    def __init__(self, state: Path) -> None:
        self.state = state

    def __call__(self, *words: str | Path) -> Result:
        environment = {"HALO_STATE_DIR": str(self.state), "HALO_CONFIG": "", "COLUMNS": "200"}
        return CliRunner().invoke(main, ["directory", *map(str, words)], env=environment)


def test_a_check_changes_nothing(halo: Halo) -> None:
    result = halo("load", "--check", DEMO)

    assert result.exit_code == 0
    assert "matters.csv, line 3, symbol: 'DEL I': line 2 gives the same symbol" in result.output
    assert "111 rows read: 30 units, 68 matters, 16 people; 30 doubtful cells." in result.output
    assert "Nothing was changed" in result.output
    assert not halo.state.exists()


def test_a_wrong_folder_is_told_and_nothing_is_taken_into_force(halo: Halo, tmp_path: Path) -> None:
    folder = copied_hall(tmp_path)
    spoil(folder, "hall.toml", "ring = 20", "ring = 2")
    spoil(folder, "people.csv", ",1011,", ",1,")

    result = halo("load", folder)

    assert result.exit_code == 1
    assert "policy.ring: 2 is out of range; choose from 5 to 120." in result.stderr
    assert "people.csv, line 4, extension: '1' is no extension" in result.stderr
    assert not halo.state.exists()


def test_a_database_that_loading_makes_is_its_users_alone(halo: Halo) -> None:
    halo("load", DEMO)

    (database,) = halo.state.glob("*.sqlite3")
    assert database.stat().st_mode & 0o777 == 0o600


def test_what_was_loaded_is_in_force(halo: Halo, tmp_path: Path) -> None:
    folder = copied_hall(tmp_path)
    spoil(folder, "people.csv", "Anna Przykładowa,del", "Anna Inna,del")

    first, again = halo("load", folder), halo("load", folder)
    shown = halo("show", "anna-przykladowa")

    assert first.exit_code == again.exit_code == shown.exit_code == 0
    assert first.output.endswith("In force for new calls: version 1 of the directory.\n")
    assert again.output == first.output, "the same files change nothing"
    assert "person:      Anna Inna" in shown.stdout
    assert not shown.stderr


def test_before_anything_was_loaded_the_first_folder_answers(halo: Halo) -> None:
    result = halo("show", "DEL X")

    assert result.exit_code == 0
    assert "id:          del-x-zameldowanie-na-pobyt-czasowy-trwajacy-ponad-3" in result.stdout
    assert "direct:      44 732 77 52" in result.stdout
    assert "source:      http://www.bom.piotrkow.pl/" in result.stdout
    assert result.stderr == "No directory is in the database yet: this is the one in piotrkow.\n"


def test_who_is_competent_and_why(halo: Halo) -> None:
    result = halo("who", "DEL X", *AT, "--folder", DEMO)

    assert result.exit_code == 0
    assert result.stdout.splitlines()[:2] == [
        "1. Piotr Fikcyjny, 1012 (here)",
        "   prowadzi sprawę: DEL X Zameldowanie na pobyt czasowy trwający ponad 3 miesiące",
    ]
    assert result.stdout.endswith("The caller's own way on: 44 732 77 52 (Referat Ewidencji Ludności).\n")


def test_who_is_away_is_passed_over(halo: Halo) -> None:
    halo("load", DEMO)
    (database,) = halo.state.glob("*.sqlite3")
    asyncio.run(enter(f"sqlite:///{database}", "piotr-fikcyjny"))

    told = halo("who", "DEL X", *AT)
    listed = json.loads(halo("who", "DEL X", *AT, "--json", "--all").stdout)

    assert "1. Olga Nierealna" in told.stdout
    assert "-  Piotr Fikcyjny: passed over\n   nieobecny do 14:00\n" in told.stdout
    assert [row["id"] for row in listed] == ["olga-nierealna", "del", "piotr-fikcyjny"]
    assert [row.get("passed_over", False) for row in listed] == [False, False, True]
    assert "piotr-fikcyjny" not in halo("who", "DEL X", *AT, "--json").stdout


async def enter(url: str, person: str) -> None:
    """This person is away until two o'clock."""
    begins, ends = moment("2026-11-24 08:00"), moment("2026-11-24 14:00")
    absence = Absence(id=AbsenceId("a"), person=PersonId(person), begins=begins, ends=ends)
    async with open_database(url) as database:
        await AbsenceStore(database).enter(absence)


def test_who_for_programs(halo: Halo) -> None:
    result = halo("who", "USC II", *AT, "--json", "--folder", DEMO)

    candidates = json.loads(result.stdout)
    assert [(found["kind"], found["id"], found["extension"]) for found in candidates] == [
        ("person", "tomasz-udawany", "1022"),
        ("person", "maria-nieprawdziwa", "1021"),
        ("unit", "usc", "1120"),
    ]
    assert all(found["why"] for found in candidates)
    assert {found["direct"] for found in candidates} == {"+48447327707"}


@pytest.mark.parametrize(
    ("name", "at", "why", "way_on"),
    [
        ("usc", "2026-12-24T10:00", "poza godzinami pracy: Urząd Stanu Cywilnego", "44 732 77 07"),
        (
            "TBS Sp. z o.o.",
            "2026-11-24T10:00",
            "sprawę załatwia instytucja spoza urzędu",
            "the desk: 44 732 18 90",
        ),
        (
            "SPK I",
            "2026-11-24T10:00",
            "katalog nie podaje telefonu",
            "44 732 77 91 (Referat Kultury i Sportu)",
        ),
    ],
)
def test_nobody_is_rung_and_why(halo: Halo, name: str, at: str, why: str, way_on: str) -> None:
    result = halo("who", name, "--at", at, "--json", "--folder", DEMO)

    assert result.exit_code == 0
    assert json.loads(result.stdout) == []
    assert f"Nobody is rung: {why}" in result.stderr
    assert way_on in result.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("show", "nothing-of-that-name"), "Nothing is called 'nothing-of-that-name'"),
        (("show", "DEL I"), "'DEL I' is several things: type one of del-i-"),
        (("who", "anna-przykladowa"), "Anna Przykładowa is a person; name a matter or a unit."),
    ],
)
def test_what_cannot_be_answered_is_one_sentence(halo: Halo, words: tuple[str, ...], told: str) -> None:
    result = halo(*words, "--folder", DEMO)

    assert result.exit_code == 1
    assert told in result.stderr
    assert "Traceback" not in result.output


def test_a_time_that_cannot_be_read(halo: Halo) -> None:
    result = halo("who", "usc", "--at", "tomorrow", "--folder", DEMO)

    assert result.exit_code == 2
    assert "'tomorrow' is no time: write 2026-11-24T10:00" in result.stderr


def test_the_report_for_programs(halo: Halo) -> None:
    found = json.loads(halo("report", "--json", DEMO).stdout)

    assert len(found) == 30
    assert all(set(each) == {"file", "line", "field", "read", "why", "mend"} for each in found)


@pytest.mark.parametrize("name", ["usc", "straz-miejska-sluzba-dyzurna", "mopr", "IGO I", "leon-niebyly"])
def test_everything_can_be_shown(halo: Halo, name: str) -> None:
    wanted = "Miejski Ośrodek Pomocy Rodzinie" if name == "mopr" else name

    assert halo("show", wanted, "--folder", DEMO).exit_code == 0
