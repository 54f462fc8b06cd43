"""Ordering a callback: read back, another number by keypad, on disk before it is spoken (bylaw §6.3)."""

import pytest

from callflows.facts import CallbackNotPromised, CallbackPromised
from callflows.outcomes import CallOutcome
from telephony.values import NumberShown
from tests.fakes.memory import MemoryCitizen
from tests.flows.conftest import Opens
from tests.flows.town import TUESDAY_NIGHT

pytestmark = pytest.mark.looptime


async def orders(citizen: MemoryCitizen) -> None:
    """After hours, key 2."""
    await citizen.dials()
    await citizen.hears("closed.choice")
    await citizen.presses("2")


async def test_another_number_by_keypad(line: Opens) -> None:
    """Typed, read back, confirmed."""
    async with line(at=TUESDAY_NIGHT) as stage:
        citizen = stage.world.citizen(number="+48601234567")
        await orders(citizen)
        await citizen.hears("callback.yours")
        await citizen.presses("2")
        await citizen.hears("callback.type")
        await citizen.presses("446450123#")
        typed = await citizen.hears("callback.typed")
        await citizen.presses("1")
        await citizen.hears_all_of("callback.promised")
        await citizen.is_put_down()

    assert "cztery, cztery; sześć, cztery, pięć" in typed
    assert stage.journal.one(CallbackPromised).number == "+48446450123"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("", NumberShown.WITHHELD),
        ("", NumberShown.ABSENT),
        ("986", NumberShown.SHOWN),
        ("+4915112345678", NumberShown.SHOWN),
        ("700123456", NumberShown.SHOWN),
        ("abc", NumberShown.SHOWN),
        ("112", NumberShown.SHOWN),
    ],
)
async def test_a_number_that_cannot_be_used_is_asked_for(
    line: Opens, number: str, shown: NumberShown
) -> None:
    """Withheld, short, foreign, premium, malformed or emergency: the caller types one."""
    async with line(at=TUESDAY_NIGHT) as stage:
        citizen = stage.world.citizen(number=number, shown=shown)
        await orders(citizen)
        await citizen.hears("callback.type")
        await citizen.presses("601234567#")
        await citizen.hears("callback.typed")
        await citizen.presses("1")
        await citizen.hears_all_of("callback.promised")
        await citizen.is_put_down()

    assert stage.journal.one(CallbackPromised).number == "+48601234567"
    assert "callback.yours" not in citizen.prompts


async def test_a_number_without_a_hash_is_taken_after_a_pause(line: Opens) -> None:
    """Nobody is stuck for want of a #."""
    async with line(at=TUESDAY_NIGHT) as stage:
        citizen = stage.world.citizen(shown=NumberShown.ABSENT)
        await orders(citizen)
        await citizen.hears("callback.type")
        await citizen.presses("601234567")
        await citizen.hears("callback.typed")
        await citizen.presses("1")
        await citizen.hears("callback.promised")
        await citizen.is_put_down()

    assert stage.ended is CallOutcome.CALLBACK


@pytest.mark.parametrize("typed", ["112#", "700123456#", "12#", "*", "0048999999999999999999#", "#"])
async def test_three_bad_numbers_end_with_the_desks_number(line: Opens, typed: str) -> None:
    """Never dialled; the caller gets a way on that needs nothing of ours."""
    async with line(at=TUESDAY_NIGHT) as stage:
        citizen = stage.world.citizen(shown=NumberShown.ABSENT)
        await orders(citizen)
        for _ in range(3):
            await citizen.hears("callback.type")
            await citizen.presses(typed)
        await citizen.hears("callback.failed")
        await citizen.hears("number.48447321890")
        await citizen.is_put_down()

    assert stage.house.promises.wishes == []
    assert stage.journal.one(CallbackNotPromised).why == "no number was agreed on"


async def test_a_promise_that_cannot_be_kept_is_not_spoken(line: Opens) -> None:
    """The store refuses: no due time is heard, no ticket is on record."""
    async with line(at=TUESDAY_NIGHT) as stage:
        stage.house.promises.is_locked = True
        citizen = stage.world.citizen()
        await orders(citizen)
        await citizen.hears("callback.yours")
        await citizen.presses("1")
        await citizen.hears("callback.failed")
        await citizen.is_put_down()

    assert "callback.promised" not in citizen.prompts
    assert stage.journal.all(CallbackPromised) == []


async def test_leaving_before_the_number_is_confirmed_promises_nothing(line: Opens) -> None:
    """A number that nobody confirmed is not called."""
    async with line(at=TUESDAY_NIGHT) as stage:
        citizen = stage.world.citizen()
        await orders(citizen)
        await citizen.hears("callback.yours")
        await citizen.hangs_up()

    assert stage.house.promises.wishes == []


async def test_leaving_while_the_promise_is_spoken_leaves_it_in_force(line: Opens) -> None:
    """It is on disk before the first word."""
    async with line(at=TUESDAY_NIGHT) as stage:
        citizen = stage.world.citizen()
        await orders(citizen)
        await citizen.hears("callback.yours")
        await citizen.presses("1")
        await citizen.hears("callback.promised")
        await citizen.hangs_up()

    assert len(stage.house.promises.wishes) == 1
    assert stage.ended is CallOutcome.CALLBACK
