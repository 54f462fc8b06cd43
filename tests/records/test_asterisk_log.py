"""Reading Asterisk's own record: true ends, calls without us, each once, over torn lines and files set aside."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from records.asterisk_log import ENDED, WITHOUT_SERVICE, Place, calls_without_service, ends_of
from telephony.values import CallId

START = 1795385160.25


def line(call: str, **changes: Any) -> str:
    """A line as Asterisk 22 writes it."""
    told = {
        "uniqueid": call, "start": START, "taken": "", "end": START + 20, "caller": "601234567", "outcome": "left"
    }  # fmt: skip
    return json.dumps({**told, **changes}) + "\n"


@pytest.fixture
def log_dir(tmp_path: Path) -> Path:
    for name in (ENDED, WITHOUT_SERVICE):
        (tmp_path / name).parent.mkdir()
    return tmp_path


def moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def test_what_asterisk_wrote_of_a_call_is_read(log_dir: Path) -> None:
    (log_dir / WITHOUT_SERVICE).write_text(
        line("pbx-1.1", outcome="answered", taken=f"{START + 4:.3f}")
        + line("pbx-1.2", caller="withheld", outcome="nobody")
        + line("pbx-1.3", caller="", outcome="service")
    )
    (taken, withheld, by_us), place = calls_without_service(log_dir, Place())
    assert (taken.call, taken.started, taken.taken) == ("pbx-1.1", moment(START), moment(START + 4))
    assert (taken.number, taken.withheld, taken.by) == ("601234567", False, "unknown")
    assert (withheld.number, withheld.withheld, withheld.by, withheld.taken) == ("", True, "pbx", None)
    assert (by_us.by_service, by_us.number, by_us.withheld) == (True, "", False)
    assert calls_without_service(log_dir, place) == ([], place)


def test_only_what_is_new_is_read_and_half_a_line_waits_for_its_end(log_dir: Path) -> None:
    file = log_dir / WITHOUT_SERVICE
    file.write_text(line("1") + line("2")[:30])
    first, place = calls_without_service(log_dir, Place())
    file.write_text(line("1") + line("2"))
    second, place = calls_without_service(log_dir, place)
    assert [[call.call for call in calls] for calls in (first, second)] == [["1"], ["2"]]


def test_a_record_that_was_set_aside_is_read_to_its_end(log_dir: Path) -> None:
    file = log_dir / WITHOUT_SERVICE
    file.with_name(f"{file.name}.20261120T032000").write_text(line("old"))
    file.write_text(line("1"))
    found, place = calls_without_service(log_dir, Place())
    assert [call.call for call in found] == ["old", "1"]
    with file.open("a") as more:
        more.write(line("2"))
    file.rename(file.with_name(f"{file.name}.20261122T032000"))
    found, place = calls_without_service(log_dir, place)
    assert [call.call for call in found] == ["2"]
    file.write_text(line("3"))
    found, place = calls_without_service(log_dir, place)
    assert [call.call for call in found] == ["3"]


def test_a_damaged_line_costs_no_other(log_dir: Path) -> None:
    damaged = [
        "\n", "null\n", "[]\n", "{}\n", '{"uniqueid": 7}\n', line("x", start="soon"), line(""), "\x00\x00\n",
        line("x", end=None), line("x", start=1e300),
    ]  # fmt: skip
    (log_dir / WITHOUT_SERVICE).write_text("".join(damaged) + line("good", caller=None, taken="?", outcome=3))
    found, _ = calls_without_service(log_dir, Place())
    assert [(call.call, call.number, call.taken) for call in found] == [("good", "", None)]


def test_the_ends_of_calls_are_found_also_in_what_was_set_aside(log_dir: Path) -> None:
    file = log_dir / ENDED
    written = [{"uniqueid": f"1.{number}", "eventtime": START + number} for number in range(5)]
    file.with_name(f"{file.name}.20261122T032000").write_text(json.dumps(written[0]) + "\n")
    file.write_text("".join(json.dumps(told) + "\n" for told in written[1:]))
    wanted = {CallId("1.0"), CallId("1.3"), CallId("1.9")}
    assert ends_of(log_dir, wanted) == {CallId("1.0"): moment(START), CallId("1.3"): moment(START + 3)}


def test_no_record_at_all_is_nothing_new(tmp_path: Path) -> None:
    assert ends_of(tmp_path, {CallId("1.0")}) == {}
    assert calls_without_service(tmp_path, Place(5, 7)) == ([], Place(5, 7))
