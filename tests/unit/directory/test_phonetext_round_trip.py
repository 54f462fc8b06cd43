"""Cells of numbers, whatever stands in them: what was written is read back, and no digit is ever lost."""

import re
from collections.abc import Callable

import phonenumbers
from hypothesis import example, given
from hypothesis import strategies as st

from directory.numbers import Kind, national, plan_kind
from tests.unit.directory.test_phonetext import numbers, read

polish = (
    st.integers(min_value=120_000_000, max_value=899_999_999)
    .map(lambda digits: f"+48{digits}")
    .filter(lambda e164: plan_kind(e164) in {Kind.LANDLINE, Kind.MOBILE})
)
WRITTEN: tuple[Callable[[str], str], ...] = (
    national,
    lambda e164: e164,
    lambda e164: e164[3:],
    lambda e164: "0" + e164[3:],
    lambda e164: "0048" + e164[3:],
    lambda e164: "+48 " + national(e164),
    lambda e164: "tel. " + national(e164),
    lambda e164: f"({e164[3:5]}) {e164[5:8]} {e164[8:10]} {e164[10:]}",
    lambda e164: f"{e164[3:5]}/{e164[5:8]} {e164[8:10]} {e164[10:]}",
    lambda e164: f"{e164[3:6]}-{e164[6:9]}-{e164[9:]}",
)


@given(
    st.lists(polish, min_size=1, max_size=5),
    st.sampled_from(WRITTEN),
    st.sampled_from([";", ", ", "\n", ",\n"]),
)
def test_whatever_is_written_is_read_back(
    some: list[str], written: Callable[[str], str], between: str
) -> None:
    cell = between.join(written(e164) for e164 in some)

    assert numbers(cell) == some
    assert not any(found.doubt for found in read(cell))


@given(polish, st.integers(min_value=1, max_value=9))
def test_a_range_is_read_back(e164: str, more: int) -> None:
    first = int(e164[-2:])
    if first + more > 99:
        return
    cell = f"{national(e164)} - {first + more:02}"
    wanted = [f"{e164[:-2]}{ending:02}" for ending in range(first, first + more + 1)]

    assert numbers(cell) == [number if plan_kind(number) else None for number in wanted]


def digits_of(text: str) -> str:
    return "".join(re.findall(r"[0-9]", text))


@given(st.text(alphabet="0123456789 +-/().,;*÷wefaxtlnr\n", max_size=60))
@example("44 732 78 71 - 76, wew. 12; 616-80-75")
def test_no_digit_is_lost_and_nothing_that_speaks_is_invalid(cell: str) -> None:
    found = read(cell)

    told = iter(digits_of(" ".join(each.raw for each in found)))
    assert all(digit in told for digit in digits_of(cell)), "digits of the cell, in order, in what was read"
    for each in found:
        if each.speaks:
            assert each.e164 is not None
            assert phonenumbers.is_valid_number(phonenumbers.parse(each.e164, None))
        if each.kind is Kind.NOT_A_NUMBER:
            assert each.doubt


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading(cell: str) -> None:
    read(cell)
