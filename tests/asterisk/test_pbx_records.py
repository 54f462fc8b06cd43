"""What Asterisk itself writes about calls, from which a service that was away knows them afterwards."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.asterisk.raw_phone import RawPhone
from tests.asterisk.raw_sip import Party
from tests.pbx.asterisk import CITY, OPERATOR, Pbx

LINE = "447327700"
NUMBER = "+48447329900"


@pytest.fixture(scope="module")
def quick(sounds: Path) -> Iterator[Pbx]:
    """An Asterisk whose prompts are short, and whose operator is given up after two seconds."""
    with Pbx(sounds=sounds, operator_seconds=2) as running:
        yield running


@pytest.fixture
def citizen(quick: Pbx) -> Iterator[Party]:
    with Party(CITY, quick.sip_port, user=NUMBER) as party:
        yield party


@pytest.fixture
def operator(quick: Pbx) -> Iterator[RawPhone]:
    with RawPhone("127.0.0.1", quick.sip_port, user=OPERATOR) as party:
        party.registers(quick.phones[OPERATOR])
        yield party


def once_written(pbx: Pbx, lines: Callable[[], list[dict[str, Any]]], count: int) -> list[dict[str, Any]]:
    """The last so many of these lines, when there are so many more than there were."""
    for _ in range(400):  # each look at the console is a round trip of 15 ms
        if len(found := lines()) >= count:
            return found[-count:]
        pbx.cli("core show uptime")
    raise AssertionError(f"only {lines()}")


def talks(citizen: Party, operator: RawPhone, call: str) -> None:
    """A call that the operator takes, and that the citizen ends."""
    answer = citizen.calls(LINE, call)
    invite = operator.asked("INVITE")
    operator.answers(invite)
    citizen.hangs_up(LINE, call, answer)
    operator.reply(operator.asked("BYE"), "200 OK")


class TestTheRecordOfACallWithoutTheService:
    def test_it_says_who_when_and_how_under_the_id_of_the_channel(
        self, quick: Pbx, citizen: Party, operator: RawPhone
    ) -> None:
        before, began = len(quick.records), time.time()
        talks(citizen, operator, "recorded")
        (record,) = once_written(quick, lambda: quick.records[before:], 1)
        assert set(record) == {"uniqueid", "start", "taken", "end", "caller", "outcome"}
        assert (record["caller"], record["outcome"]) == (NUMBER, "answered")
        assert began - 1 <= record["start"] <= record["end"] <= time.time()
        assert record["start"] - 1 <= int(record["taken"]) <= record["end"], "in whole seconds"

    def test_of_a_call_that_nobody_took_it_has_no_such_time(self, quick: Pbx, citizen: Party) -> None:
        before = len(quick.records)
        citizen.calls(LINE, "untaken")
        citizen.reply(citizen.asked("BYE"), "200 OK")
        (record,) = once_written(quick, lambda: quick.records[before:], 1)
        assert (record["taken"], record["outcome"]) == ("", "nobody")


class TestTheEndOfEachChannel:
    def test_it_stands_once_with_its_time_and_its_cause(
        self, quick: Pbx, citizen: Party, operator: RawPhone
    ) -> None:
        before, recorded = len(quick.ended), len(quick.records)
        talks(citizen, operator, "ends")
        ended = once_written(quick, lambda: quick.ended[before:], 2)
        (record,) = once_written(quick, lambda: quick.records[recorded:], 1)
        by_id = {line["uniqueid"]: line for line in ended}
        assert len(by_id) == 2
        assert abs(by_id[record["uniqueid"]]["eventtime"] - record["end"]) < 0.5
        assert [json.loads(line["eventextra"])["hangupcause"] for line in ended] == [16, 16]

    def test_no_number_stands_there(self, quick: Pbx, citizen: Party, operator: RawPhone) -> None:
        before = len(quick.ended)
        talks(citizen, operator, "private")
        once_written(quick, lambda: quick.ended[before:], 2)
        assert set(quick.ended[0]) == {"uniqueid", "eventtime", "eventextra"}
        assert NUMBER[1:] not in json.dumps(quick.ended)
