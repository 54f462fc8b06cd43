"""The arithmetic of the soak's balance: true books balance, and each way of cooking them is found."""

from dataclasses import replace

import pytest

from tests.soak import balance
from tests.soak.balance import OnRecord, Row, counted, disagreements, in_order, table
from tests.soak.ledger import Lived

LONG, SHORT = balance.SURELY + 1, 0.1
BOTH = ("1101", "1001")

LIVED = [
    Lived(number="+48501000001", wish="leaves", answered=True, put_down_here=True),
    Lived(number="+48501000002", wish="a colleague", answered=True, heard={"1001": LONG}),
    Lived(number="+48501000003", wish="handed over", answered=True, heard={"1101": LONG, "1001": LONG}),
    Lived(number="+48501000004", wish="a callback", answered=True, ordered=True, confirmed=True),
    Lived(number="", wish="withheld", answered=True, ordered=True, confirmed=True),
    Lived(number="+48501000006", wish="too quick", answered=False, put_down_here=True),
]
RECORD = [
    OnRecord(number="+48501000001", closed=True, tickets=0, effective=()),
    OnRecord(number="+48501000002", closed=True, tickets=0, effective=("1001",), connected=("1001",)),
    OnRecord(number="+48501000003", closed=True, tickets=0, effective=BOTH, connected=BOTH),
    OnRecord(number="+48501000004", closed=True, tickets=1, effective=()),
    OnRecord(number="", closed=True, tickets=1, effective=()),
]


def wrong(rows: list[Row]) -> list[str]:
    return [row.what for row in rows if not row.ok]


def test_true_books_balance() -> None:
    """A caller who put down before any answer may be on record, or not."""
    assert wrong(counted(LIVED, RECORD)) == []
    too = OnRecord(number="+48501000006", closed=True, tickets=0, effective=())
    assert wrong(counted(LIVED, [*RECORD, too])) == []


def cooked(place: int, **changes: object) -> list[OnRecord]:
    return [
        replace(call, **changes) if number == place else call  # type: ignore[arg-type]
        for number, call in enumerate(RECORD)
    ]


WHOSE = "calls whose record says otherwise"


@pytest.mark.parametrize(
    ("record", "lines"),
    [
        pytest.param(RECORD[1:], ["calls that came", WHOSE], id="a call is missing"),
        pytest.param([*RECORD, RECORD[0]], [WHOSE], id="a call is there twice"),
        pytest.param(cooked(0, number="+48501999999"), [WHOSE], id="a call of nobody"),
        pytest.param(cooked(0, closed=False), ["calls closed", WHOSE], id="a call was never closed"),
        pytest.param(cooked(3, tickets=0), ["tickets", WHOSE], id="a promise is in no book"),
        pytest.param(cooked(3, tickets=2), ["tickets", WHOSE], id="a promise is there twice"),
        pytest.param(cooked(4, tickets=0), ["tickets"], id="a promise to a withheld number is missing"),
        pytest.param(
            cooked(1, effective=(), connected=()),
            ["talks heard, connected", "talks heard, and not proven in time", WHOSE],
            id="a talk is missing",
        ),
        pytest.param(
            cooked(1, effective=()), ["talks heard, and not proven in time"], id="a talk was not proven"
        ),
        pytest.param(
            cooked(0, effective=("1001",), connected=("1001",)),
            ["talks heard, effective", WHOSE],
            id="a talk that nobody heard",
        ),
        pytest.param(
            cooked(1, effective=("1009",), connected=("1009",)), [WHOSE], id="a talk with somebody else"
        ),
        pytest.param(cooked(2, undecided=1), ["attempts without an outcome"], id="an attempt hangs"),
    ],
)
def test_a_cooked_record_is_found(record: list[OnRecord], lines: list[str]) -> None:
    assert wrong(counted(LIVED, record)) == lines


def test_what_happened_to_a_caller_is_found() -> None:
    """Refused by the network; or somebody else's voice was heard."""
    refused = [*LIVED, Lived(number="+48501000007", wish="any", answered=False, refused=503)]
    assert wrong(counted(refused, RECORD)) == ["calls refused by the network", WHOSE]
    crossed = [replace(LIVED[0], heard={"c17": LONG}), *LIVED[1:]]
    assert disagreements(crossed, RECORD) == ["+48501000001 (leaves): hears another caller, c17"]


def test_a_short_voice_may_be_on_record_or_not() -> None:
    """Who puts down as soon as somebody is heard was perhaps too quick for the proof."""
    lived = [replace(LIVED[1], heard={"1001": SHORT})]
    for effective in ((), ("1001",)):
        assert wrong(counted(lived, [replace(RECORD[1], effective=effective)])) == []


@pytest.mark.parametrize(
    ("numbers", "lines"),
    [
        ({7: [1, 2, 3], 9: [2, 1]}, []),
        ({7: [1, 2, 2, 3]}, ["facts, each once"]),
        ({7: [1, 3]}, ["gaps in the numbers of facts"]),
        ({7: [1, 2], 9: [2]}, ["gaps in the numbers of facts"]),
    ],
)
def test_facts_are_each_there_once(numbers: dict[int, list[int]], lines: list[str]) -> None:
    assert wrong(in_order(numbers)) == lines


@pytest.mark.parametrize(
    ("row", "ok"),
    [
        (balance.same("", 5, 5), True),
        (balance.same("", 5, 4), False),
        (balance.none_left("", 3, 0), True),
        (balance.none_left("", 0, 1), False),
        (balance.no_more("", 30, 32, spare=2), True),
        (balance.no_more("", 30, 33, spare=2), False),
        (balance.back_to_start("", 100.0, 110.0), True),
        (balance.back_to_start("", 100.0, 110.2), False),
        (balance.at_most("", 90.0, 150.0, 150.0), True),
        (balance.at_most("", 90.0, 150.1, 150.0), False),
    ],
)
def test_each_kind_of_line(row: Row, ok: bool) -> None:
    assert row.ok is ok


def test_the_table_says_which_line_does_not_hold() -> None:
    lines = table([balance.same("calls", 5, 4), balance.none_left("channels", 0, 0)]).splitlines()
    assert [line.endswith("NOT OK") for line in lines] == [False, True, False]
