"""`halo phones render`, as an administrator types it."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.cli import main
from pbx_config import Instance, write


class Halo:
    """The command line with a state folder and an Asterisk instance of its own."""

    def __init__(self, folder: Path) -> None:
        self.state, self.pbx = folder / "state", folder / "pbx"
        write(Instance(directory=self.pbx))

    def __call__(self, *words: str) -> Result:
        environment = {"HALO_STATE_DIR": str(self.state), "HALO_CONFIG": "", "COLUMNS": "200"}
        into = [] if "--into" in words else ["--into", str(self.pbx)]
        return CliRunner().invoke(main, ["phones", "render", *into, *words], env=environment)


@pytest.fixture
def halo(tmp_path: Path) -> Halo:
    return Halo(tmp_path)


def test_it_renders_the_directory_in_force_and_says_what_is_new(halo: Halo) -> None:
    result = halo()
    assert result.exit_code == 0, result.output
    assert "phones in the directory are reached here" in result.output
    assert "new:     1001, 1002" in result.output
    assert "changed: none" in result.output
    assert '"Ewa Zmyślona" <1001>' in (halo.pbx / "etc" / "phones.conf").read_text()
    assert "1001,hint" in (halo.pbx / "etc" / "phones-dialplan.conf").read_text()
    assert (halo.pbx / "sheets" / "1100.html").exists()
    secret = (halo.state / "phone-secrets").read_text().split()[1]
    assert secret not in result.output


def test_a_dry_run_writes_nothing(halo: Halo) -> None:
    result = halo("--dry-run")
    assert "new:     1001" in result.output
    assert "Nothing was written" in result.output
    assert not (halo.state / "phone-secrets").exists()
    assert not (halo.pbx / "etc" / "phones.conf").exists()


def test_a_second_time_nothing_changes_but_the_secret_asked_for(halo: Halo) -> None:
    halo()
    result = halo("--new-secret", "1001")
    assert "new:     none" in result.output
    assert "changed: 1001" in result.output


def test_what_is_wrong_is_one_sentence(halo: Halo, tmp_path: Path) -> None:
    result = halo("--new-secret", "4711")
    assert result.exit_code == 1
    assert "Error: 4711 is no phone of the directory that is reached here.\n" in result.output
    result = halo("--into", str(tmp_path))
    assert result.exit_code == 1
    assert "holds no Asterisk instance: write one with docker/asterisk/configure.py.\n" in result.output


def test_an_asterisk_that_does_not_run_is_told_and_the_files_are_written(tmp_path: Path) -> None:
    halo = Halo(tmp_path)
    write(Instance(directory=halo.pbx, ari_port=1))
    result = halo("--reload")
    assert result.exit_code == 1
    assert (
        "The files are written, and Asterisk has not taken them over: Asterisk does not answer"
        in result.output
    )
    assert (halo.pbx / "etc" / "phones.conf").exists()
