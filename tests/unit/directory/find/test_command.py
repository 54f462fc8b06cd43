"""`halo directory find`: what programs and people read."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.cli import main


class Halo:
    """The command line with a state folder of its own."""

    def __init__(self, state: Path) -> None:
        self._state = state

    def __call__(self, *words: str, color: bool = False) -> Result:
        environment = {"HALO_STATE_DIR": str(self._state), "HALO_CONFIG": "", "COLUMNS": "200"}
        return CliRunner().invoke(main, ["directory", "find", *words], env=environment, color=color)


@pytest.fixture
def halo(tmp_path: Path) -> Halo:
    return Halo(tmp_path / "state")


def test_programs_read_a_list_best_first(halo: Halo) -> None:
    result = halo("--json", "dodatek na mieszkanie")

    found = json.loads(result.stdout)
    assert result.exit_code == 0
    assert {"kind", "id", "symbol", "title", "unit", "score"} <= found[0].keys()
    assert (found[0]["kind"], found[0]["symbol"]) == ("matter", "")
    assert found[0]["unit"] == "Miejski Ośrodek Pomocy Rodzinie"
    assert [hit["score"] for hit in found] == sorted((hit["score"] for hit in found), reverse=True)


def test_words_may_be_one_argument_or_several(halo: Halo) -> None:
    assert halo("--json", "kupiłem motocykl").stdout == halo("kupiłem", "motocykl", "--json").stdout


def test_nothing_is_an_empty_list_and_no_failure(halo: Halo) -> None:
    result = halo("bilety do kina", "--json")

    assert (result.exit_code, json.loads(result.stdout)) == (0, [])


def test_people_read_why_nothing_was_found(halo: Halo) -> None:
    result = halo("bilety do kina")

    assert result.exit_code == 0
    assert not result.stdout
    assert "Tego urząd nie załatwia" in result.stderr


def test_people_see_the_matched_words(halo: Halo) -> None:
    result = halo("śmierć", "babci", "--limit", "1", color=True)

    assert result.stdout.startswith("1. USC III Rejestracja \x1b[1mzgonów\x1b[0m\n")
    assert "matter usc-iii-rejestracja-zgonow, Urząd Stanu Cywilnego (1.00; " in result.stdout


def test_the_group_has_its_other_commands_still(halo: Halo) -> None:
    shown = CliRunner().invoke(main, ["directory", "--help"]).output

    assert all(
        f"\n  {name} " in shown for name in ("find", "load", "report", "show", "who", "import", "export")
    )
