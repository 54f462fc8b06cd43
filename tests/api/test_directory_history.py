"""`halo directory history` and `undo` on a real database: who changed what, and the way back, with a question."""

import asyncio
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from directory.changes import Source
from directory.load import DEMO, load_hall
from directory.model import PersonId
from records.database import open_database
from records.migrate import upgrade
from records.stores.hall import HallStore
from tests.api.halo import Halo


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database where the demo's hall was saved, and saved again with another ring time and Piotr promoted."""
    file = tmp_path_factory.mktemp("kept") / "halo.sqlite3"
    hall = load_hall(DEMO).hall
    piotr = replace(hall.people[PersonId("piotr-fikcyjny")], position="inspektor")
    new = replace(hall, people={**hall.people, piotr.id: piotr}, policy=replace(hall.policy, ring=25.0))

    async def saved() -> None:
        await upgrade(f"sqlite:///{file}")
        async with open_database(f"sqlite:///{file}") as database:
            for each in (hall, new):
                await HallStore(database).save_hall(each, "ewa", source=Source.COMMAND, note="hall")

    asyncio.run(saved())
    return file


@pytest.fixture
def changed(halo: Halo, kept: Path) -> Halo:
    halo.state.mkdir()
    shutil.copy(kept, halo.state / "halo.sqlite3")
    return halo


PIOTR = "  person piotr-fikcyjny, Piotr Fikcyjny: position podinspektor (postać fikcyjna) -> inspektor"
RING = "  hall hall, Urząd Miasta Piotrkowa Trybunalskiego: policy.ring 20.0 -> 25.0"


def test_history_tells_each_save_and_what_it_changed(changed: Halo) -> None:
    told = changed("directory", "history", "--limit", "4").output.splitlines()
    assert told[0].startswith("version 2, ")
    assert told[0].endswith(", by ewa (command hall)")
    assert told[1:3] == [PIOTR, RING]
    assert told[3].startswith("version 1, ")
    assert told[4].endswith(": new")


def test_history_of_one_thing_is_asked_by_its_id_or_its_name(changed: Halo) -> None:
    by_id = changed("directory", "history", "piotr-fikcyjny").output
    assert [line for line in by_id.splitlines() if line.startswith(" ")] == [
        PIOTR,
        "  person piotr-fikcyjny, Piotr Fikcyjny: new",
    ]
    assert changed("directory", "history", "Piotr Fikcyjny").output == by_id
    told = changed("directory", "history", "Nikt Taki")
    assert (told.exit_code, "Nothing is called 'Nikt Taki'" in told.output) == (1, True)


def test_history_says_when_there_is_more_and_tells_all_if_asked(changed: Halo) -> None:
    newest = changed("directory", "history", "--limit", "2")
    assert "These are the newest 2; there are older ones: --all, or --limit." in newest.output
    whole = changed("directory", "history", "--all")
    assert len(whole.output.splitlines()) > 100
    assert "older ones" not in whole.output
    assert len(json.loads(changed("directory", "history", "--all", "--json").output)) > 100


def test_history_for_programs(changed: Halo) -> None:
    piotr, _ = json.loads(changed("directory", "history", "--limit", "2", "--json").stdout)
    assert (piotr["version"], piotr["kind"], piotr["source"], piotr["id"]) == (
        2, "person", "command", "piotr-fikcyjny",
    )  # fmt: skip
    assert piotr["fields"]["position"]["after"] == "inspektor"


def test_undo_shows_what_it_takes_back_and_asks(changed: Halo) -> None:
    told = changed("directory", "undo", input="n\n")
    assert told.exit_code == 1
    assert "policy.ring 25.0 -> 20.0" in told.output
    assert len(changed("directory", "history", "hall").output.splitlines()) == 4
    told = changed("directory", "undo", input="y\n")
    assert told.output.endswith("In force for new calls: version 3 of the directory.\n")
    newest = changed("directory", "history", "hall").output.splitlines()
    assert newest[0].endswith("(command), takes back version 2")
    assert newest[1].endswith("policy.ring 25.0 -> 20.0")


def test_an_undo_is_undone_by_its_version(changed: Halo) -> None:
    assert changed("directory", "undo", "--yes").exit_code == 0
    assert changed("directory", "undo", "3", "--yes").exit_code == 0
    assert changed("directory", "history", "hall").output.splitlines()[1] == RING


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["7"], "There is no version 7 of the directory."),
        (["1"], "Version 1 of the directory is the first: there is nothing to go back to."),
        (["--of", "ldap"], "There is no change (ldap) that could be undone."),
        (["2", "--of", "import"], "Name a VERSION or a source by --of, not both."),
    ],
)
def test_what_cannot_be_undone_is_one_sentence(changed: Halo, arguments: list[str], sentence: str) -> None:
    told = changed("directory", "undo", *arguments, "--yes")
    assert (told.exit_code, told.output) == (1, f"Error: {sentence}\n")


@pytest.mark.parametrize("command", ["history", "undo"])
def test_before_the_first_start_nothing_was_changed(halo: Halo, command: str) -> None:
    told = halo("directory", command)
    assert (told.exit_code, list(halo.folder.iterdir())) == (1, [])
    assert "There is no database yet, so nothing was changed" in told.output
