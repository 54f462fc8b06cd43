"""Setting Asterisk's own logs aside, and deleting them before they are too old."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import rotate

NOW = datetime(2026, 11, 24, 3, 20, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A folder `log` in which something has been written."""
    for name in rotate.WRITTEN:
        (path := tmp_path / "log" / name).parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a line\n")
    return tmp_path / "log"


def test_what_was_written_is_set_aside_under_its_name_and_the_time(log: Path) -> None:
    assert rotate.set_aside(log, NOW) == [log / f"{name}.20261124T032000" for name in rotate.WRITTEN]
    assert not any((log / name).exists() for name in rotate.WRITTEN)
    assert rotate.set_aside(log, NOW + DAY) == [], "nothing has been written since"


def test_no_line_outlives_its_days(log: Path) -> None:
    """A file that was set aside holds lines as old as a day; the next look comes a day later."""
    rotate.set_aside(log, NOW)
    assert rotate.forget(log, NOW + 88 * DAY, days=90) == []
    assert len(rotate.forget(log, NOW + 89 * DAY, days=90)) == len(rotate.WRITTEN)
    assert [path for path in log.rglob("*") if path.is_file()] == []


def test_for_one_day_nothing_is_kept_beyond_it(log: Path) -> None:
    rotate.set_aside(log, NOW)
    assert len(rotate.forget(log, NOW, days=1)) == len(rotate.WRITTEN)


def test_what_somebody_else_put_there_is_left_alone(log: Path) -> None:
    other = log / "messages.log.keep"
    other.touch()
    assert rotate.forget(log, NOW + 1000 * DAY, days=90) == []
    assert other.exists()


@pytest.mark.parametrize("days", ["0", "-1"])
def test_no_days_at_all_are_refused(tmp_path: Path, log: Path, days: str) -> None:
    assert rotate.main([str(tmp_path), "--days", days]) == 1
    assert (log / "messages.log").exists()


def test_the_command_line_does_both(tmp_path: Path, log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rotate.main([str(tmp_path), "--days", "90"]) == 0
    assert "3 files set aside, 0 deleted" in capsys.readouterr().out
