"""What an erasure by number says that it did not reach."""

from pathlib import Path

import pytest

from api.cli.unreached import files_with, tell_what_is_not_reached

NUMBER = "+48 600 123 456"


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    (tmp_path / "cdr-custom").mkdir()
    (tmp_path / "cdr-custom" / "calls-without-service.json.20261123T032000").write_text(
        '{"caller":"600123456"}\n'
    )
    (tmp_path / "messages.log").write_text("a call from +48600123457 was refused\n")
    return tmp_path


def test_the_files_that_hold_the_number_are_named_however_it_is_written(logs: Path) -> None:
    assert [path.name for path in files_with(logs, NUMBER)] == ["calls-without-service.json.20261123T032000"]
    assert list(files_with(logs, "48600123458")) == []
    assert list(files_with(logs, "anonymous")) == []


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (NUMBER, "calls-without-service.json.20261123T032000 holds this number. Delete it"),
        ("600999888", "do not hold it"),
    ],
)
def test_it_is_said(logs: Path, capsys: pytest.CaptureFixture[str], number: str, said: str) -> None:
    tell_what_is_not_reached(logs, number)
    assert said in capsys.readouterr().out


def test_where_nobody_has_looked_is_said_too(capsys: pytest.CaptureFixture[str]) -> None:
    tell_what_is_not_reached(None, NUMBER)
    assert "Not looked into" in capsys.readouterr().out
