"""`halo hygiene`: tasks are listed and closed with a reason, by whoever has the command line."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path

import pytest

from directory.hygiene import Doubt
from directory.model import PersonId, UnitId
from records.database import open_database
from records.migrate import upgrade
from records.stores.hygiene import HygieneStore
from tests.api.halo import Halo
from tests.flows.town import TUESDAY_TEN


@pytest.fixture
def halo(tmp_path: Path) -> Halo:
    """A state folder with two open tasks, of the example hall's people."""
    url = f"sqlite:///{tmp_path / '.halo' / 'halo.sqlite3'}"
    (tmp_path / ".halo").mkdir()

    async def opened() -> None:
        await upgrade(url)
        async with open_database(url) as database:
            store = HygieneStore(database)
            for order, (extension, unit, person) in enumerate((("1011", "del", "anna"), ("1120", "usc", ""))):
                at = TUESDAY_TEN + timedelta(hours=order)
                await store.raised(
                    Doubt(extension, UnitId(unit), PersonId(person), 5, 3, TUESDAY_TEN, at), at
                )

    asyncio.run(opened())
    return Halo(tmp_path)


def asks(halo: Halo, *arguments: str) -> str:
    done = halo("hygiene", *arguments, HALO_STATE_DIR=str(halo.state))
    assert done.exit_code == 0, done.output
    return str(done.output)


def listed(halo: Halo, *arguments: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(asks(halo, "list", "--json", *arguments))
    return found


def test_tasks_are_listed_the_newest_first(halo: Halo) -> None:
    assert [task["extension"] for task in listed(halo)] == ["1120", "1011"]
    assert [task["extension"] for task in listed(halo, "--unit", "del")] == ["1011"]
    assert str(listed(halo)[0]["sentence"]).startswith("Numer wewnętrzny 1120: 3 z 5 prób od 24.11")
    shown = asks(halo, "list")
    assert "3 of 5" in shown
    assert "the unit's line" in shown


def test_a_task_is_closed_once_and_with_a_reason(halo: Halo) -> None:
    task = str(listed(halo)[0]["task"])
    asks(halo, "close", task, "--reason", "  remont  do piątku ")
    (left,) = listed(halo)
    assert left["extension"] == "1011"
    closed = next(each for each in listed(halo, "--all") if each["task"] == task)
    assert (closed["how"], closed["reason"]) == ("reason", "remont do piątku")
    for arguments, told in (
        ((task, "--reason", "x"), "is closed already"),
        (("nothing", "--reason", "x"), "No hygiene task"),
        ((str(left["task"]), "--reason", " "), "write why nothing is wrong"),
    ):
        refused = halo("hygiene", "close", *arguments, HALO_STATE_DIR=str(halo.state))
        assert refused.exit_code in (1, 2)
        assert told in refused.output


def test_no_task_is_good_news(halo: Halo) -> None:
    for task in listed(halo):
        asks(halo, "close", str(task["task"]), "--reason", "x")
    assert "Nothing seems wrong" in asks(halo, "list")
