"""Which numbers a phone may dial, in the dialplan's text, held against the national numbering plan itself."""

import itertools

import phonenumbers
import pytest

from api.phones.whose import EMERGENCY, EXTENSION
from directory.numbers import Kind, plan_kind
from pbx_config import Instance, Trunk, write
from tests.unit.pbx.dialplan import Dialplan, Taken

PUBLIC = "+48447327700"
REFUSED = "Goto(refused,s,1)"
CHEAP = frozenset({Kind.LANDLINE, Kind.MOBILE, Kind.VOIP, Kind.TOLL_FREE})
TAILS = ("000000", "100000", "123456", "200200", "777777", "990990")


@pytest.fixture(scope="module")
def dialplan(tmp_path_factory: pytest.TempPathFactory) -> Dialplan:
    directory = tmp_path_factory.mktemp("pbx")
    trunk = Trunk(host="127.0.0.2")
    write(Instance(directory=directory, city_trunk=trunk, public_number=PUBLIC, foreign_countries=("420",)))
    return Dialplan(directory / "etc" / "extensions.conf")


def test_a_short_number_is_help_exactly_if_the_numbering_plan_says_so(dialplan: Dialplan) -> None:
    for number in map(str, range(100, 1000)):
        is_help = EMERGENCY.fullmatch(number) is not None
        code = phonenumbers.PhoneNumber(country_code=48, national_number=int(number))
        assert is_help == phonenumbers.is_valid_short_number_for_region(code, "PL")
        for written in (number, f"0{number}", f"+48{number}") if is_help else (number,):
            taken = dialplan.dialled(written)
            assert taken
            assert taken.step == (f"Goto(help,{number},1)" if is_help else f"Goto(to-service,{number},1)")


@pytest.mark.parametrize(
    "begin", ["".join(digits) for digits in itertools.product("123456789", "0123456789")]
)
def test_an_ordinary_telephone_may_be_called_and_nothing_dearer(dialplan: Dialplan, begin: str) -> None:
    """Free, local and mobile numbers; 801 and 804 cost a local call; 21 is a network of machines, not of people."""
    for third in "0123456789":
        numbers = [begin + third + tail for tail in TAILS]
        kinds = {plan_kind(f"+48{number}") for number in numbers}
        allowed = bool(kinds & CHEAP) and begin != "21"
        if begin + third in ("801", "804"):
            allowed = True
        for number in numbers:
            taken = dialplan.dialled(number)
            assert taken
            if allowed:
                assert taken.step == f"Goto(way-out,+48{number},1)"
            elif taken.step != REFUSED:
                # No number of this beginning is given to anybody: the network says so, at no cost.
                assert kinds == {None}, (number, kinds)


@pytest.mark.parametrize(
    "number", ["700123456", "703123456", "209123456", "300123456", "400123456", "649123456"]
)
def test_a_dear_number_is_refused_however_it_is_written(dialplan: Dialplan, number: str) -> None:
    for before in ("", "0", "48", "+48", "0048"):
        assert _at_last(dialplan, before + number) == Taken("national", REFUSED)


@pytest.mark.parametrize("before", ["", "0", "48", "+48", "0048"])
def test_one_number_is_written_in_one_way_for_the_operator(dialplan: Dialplan, before: str) -> None:
    taken = _at_last(dialplan, f"{before}447327701")
    assert taken == Taken("national", "Goto(way-out,+48447327701,1)")


@pytest.mark.parametrize(
    "number", ["+4930123456", "004930123456", "+1900", "00", "+", "+48", "0044", "+481234"]
)
def test_nothing_abroad_or_half_written_gets_out(dialplan: Dialplan, number: str) -> None:
    taken = dialplan.dialled(number)
    assert taken is None or taken.step == REFUSED


@pytest.mark.parametrize("number", ["+420224810911", "00420224810911"])
def test_a_country_that_the_hall_allows_is_dialled_by_its_digits_alone(
    dialplan: Dialplan, number: str
) -> None:
    taken = dialplan.dialled(number)
    assert taken
    assert taken.step == "Goto(way-out,+${FILTER(0-9,420224810911)},1)"


@pytest.mark.parametrize("number", ["*11", "*12", "*13", "*14", "12", "100", "1001", "10011", "100112"])
def test_the_services_codes_and_extensions_are_the_services(dialplan: Dialplan, number: str) -> None:
    assert dialplan.dialled(number) == Taken("hall-numbers", f"Goto(to-service,{number},1)")
    assert number.startswith("*") or EXTENSION.fullmatch(number)


@pytest.mark.parametrize(
    "number", ["*", "*1", "*15", "*2", "*111", "0", "9", "1234567", "12345678", "jan", "s", "h"]
)
def test_everything_else_is_nobody(dialplan: Dialplan, number: str) -> None:
    assert dialplan.dialled(number) is None


def _at_last(dialplan: Dialplan, number: str) -> Taken | None:
    """Where a number goes after its form was made one."""
    taken = dialplan.dialled(number)
    assert taken
    if taken.context == "written-longer":
        return dialplan.dialled(taken.step.split(",")[1], "national")
    return taken
