"""No number reaches a log: not by message, by argument, by fact, nor by the text of an exception."""

import io
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from api.logging import Human, Json, of_call, set_up
from api.masking import masked, masked_number, masked_text
from callflows.facts import CallArrived
from telephony.values import Caller, CallId, NumberShown

NUMBER = "+48600123456"
ARRIVED = CallArrived(
    call=CallId("c-1"),
    at=datetime(2026, 11, 24, 10, tzinfo=UTC),
    number=NUMBER,
    name="Jan Przykładowy",
    shown=NumberShown.SHOWN,
    dialled="447327700",
)


@dataclass
class Written:
    """What a logger wrote in one form."""

    log: logging.Logger
    stream: io.StringIO

    @property
    def text(self) -> str:
        return self.stream.getvalue()


@pytest.fixture(params=[Human, Json])
def written(request: pytest.FixtureRequest) -> Iterator[Written]:
    log, stream = logging.getLogger(f"halo-test-{request.param.__name__}"), io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(request.param())
    log.addHandler(handler)
    log.propagate = False
    log.setLevel(logging.DEBUG)
    yield Written(log, stream)
    log.removeHandler(handler)


@pytest.mark.parametrize(
    "number",
    [
        "+48600123456", "600123456", "600 123 456", "600-123-456", "(44) 732 77 05", "44/732 77 05",
        "0048600123456", "%2B48600123456", "sip:600123456@10.0.0.1", "tel:+48-600-123-456", "PJSIP/600123456",
        "732 77 05",
    ],
)  # fmt: skip
def test_numbers_are_masked_however_written(written: Written, number: str) -> None:
    written.log.info("calling %s now", number)
    digits = "".join(sign for sign in number.partition("@")[0].removeprefix("%2B") if sign.isdigit())
    assert digits[:-3] not in "".join(sign for sign in written.text.partition("calling")[2] if sign.isdigit())
    assert f"***{digits[-3:]}" in written.text


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-24 10:00:00.123456", "2026-11-24T10:00", "127.0.0.1:8090", "192.168.100.200",
        "halo5060-1763848155.12", "1763848155.12",
        "extension 1001", "emergency 112", "3f2b8a9c-1234-5678-9abc-123456789012", "a1b2c3d4e5f60718",
        "22.10.1", "in 20.0 s",
    ],
)  # fmt: skip
def test_what_is_no_number_stays_readable(text: str) -> None:
    assert masked_text(text) == text
    assert masked_text(f"it is {text} now") == f"it is {text} now"


def test_a_fact_in_a_message_hides_its_personal_fields(written: Written) -> None:
    written.log.info("stated %s", ARRIVED)
    written.log.info("stated %r for %s", ARRIVED, Caller(NUMBER, "Jan Przykładowy", NumberShown.SHOWN))
    assert "Przykładowy" not in written.text
    assert "600123" not in written.text
    assert "***456" in written.text
    assert "CallArrived" in written.text


def test_arguments_by_name_are_masked_too(written: Written) -> None:
    written.log.info("stated %(fact)s", {"fact": ARRIVED})
    assert "Przykładowy" not in written.text
    assert "600123" not in written.text


def test_the_text_of_an_exception_is_masked(written: Written) -> None:
    try:
        try:
            raise ValueError(f"no such number: {NUMBER}")
        except ValueError as cause:
            raise RuntimeError("could not ring 44 732 77 05") from cause
    except RuntimeError:
        written.log.exception("the story of %s failed", NUMBER)
    assert "Traceback" in written.text
    assert "***456" in written.text
    assert "600123" not in written.text
    assert "732 77" not in written.text


@pytest.mark.parametrize("form", [Human, Json])
def test_a_wrong_format_leaks_nothing(form: type[logging.Formatter]) -> None:
    record = logging.LogRecord("halo", logging.INFO, __file__, 1, "a number: %d", (NUMBER,), None)
    text = form().format(record)
    assert "600123" not in text
    assert "***456" in text


def test_a_caller_cannot_forge_a_line(written: Written) -> None:
    written.log.info("name: %s", "x\n2026-11-24 10:00:00.000 error halo: forged")
    assert len(written.text.splitlines()) == 1


def test_every_line_of_a_call_has_its_id(written: Written) -> None:
    with of_call("c-42"):
        written.log.info("inside")
    written.log.info("said by another task", extra={"call": "c-43"})
    written.log.info("outside")
    inside, other, outside = written.text.splitlines()
    assert "c-42" in inside
    assert "c-43" in other
    assert "c-4" not in outside


def test_json_lines_are_objects() -> None:
    stream = io.StringIO()
    undo = set_up(level="info", form="json", stream=stream)
    try:
        with of_call("c-42"):
            logging.getLogger("halo-test").warning("zażółć %s", NUMBER)
    finally:
        undo()
    line = json.loads(stream.getvalue())
    assert line.pop("at").endswith("+00:00")
    assert line == {"level": "warning", "logger": "halo-test", "call": "c-42", "message": "zażółć ***456"}


def test_masking_makes_copies_and_leaves_the_rest() -> None:
    hidden = masked(ARRIVED)
    assert (hidden.number, hidden.name, hidden.call, hidden.dialled) == ("***456", "***", "c-1", "447327700")
    assert ARRIVED.number == NUMBER
    assert masked([{"inner": (ARRIVED,)}])[0]["inner"][0].name == "***"
    assert masked_number("") == ""
    assert masked_number("986") == "***"
