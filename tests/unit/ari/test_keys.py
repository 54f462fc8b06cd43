"""Keys that are kept and questions that read them; the contract suite asks the same of whole worlds."""

import asyncio

import pytest

from telephony.ari.keys import MOST_KEPT, Keys, ask, without_terminator
from telephony.digits import Match, Patience, Typed, number_ended_by, one_of
from telephony.values import Played
from tests.fakes.moments import a_packet

MENU = one_of("12")


async def _silence() -> Played:
    await asyncio.Event().wait()
    return Played.WHOLE


async def _failed() -> Played:
    return Played.FAILED


def _keys(pressed: str) -> Keys:
    keys = Keys()
    for key in pressed:
        keys.press(key)
    return keys


async def test_kept_keys_answer_one_question_each_and_no_question_is_put() -> None:
    keys = _keys("12")
    assert await ask(keys, _silence, MENU, Patience()) == Typed("1", Match.COMPLETE, Played.CUT)
    assert await ask(keys, _silence, MENU, Patience()) == Typed("2", Match.COMPLETE, Played.CUT)
    assert len(keys) == 0


async def test_a_wrong_key_takes_the_kept_ones_with_it() -> None:
    keys = _keys("712")
    assert await ask(keys, None, MENU, Patience()) == Typed("7", Match.INVALID)
    assert len(keys) == 0


@pytest.mark.looptime
async def test_the_first_key_silences_the_question() -> None:
    keys = Keys()
    asyncio.get_running_loop().call_later(3.0, keys.press, "2")
    assert await ask(keys, _silence, MENU, Patience()) == Typed("2", Match.COMPLETE, Played.CUT)
    assert asyncio.get_running_loop().time() == pytest.approx(3.0)


@pytest.mark.looptime
@pytest.mark.parametrize(
    ("pressed_at", "typed", "ends_at"),
    [
        pytest.param({}, Typed("", Match.INCOMPLETE), 6.0, id="nothing: first"),
        pytest.param({5.9: "1"}, Typed("1", Match.INCOMPLETE), 8.9, id="one key: between"),
        pytest.param({1.0: "1", 3.0: "#"}, Typed("1", Match.COMPLETE), 3.0, id="closed"),
        pytest.param(
            {float(second): "1" for second in range(1, 12)},
            Typed("1111111111", Match.INCOMPLETE),
            10.5,
            id="busy for ever: overall",
        ),
    ],
)
async def test_the_three_limits_of_patience(
    pressed_at: dict[float, str], typed: Typed, ends_at: float
) -> None:
    keys = Keys()
    loop = asyncio.get_running_loop()
    for seconds, key in pressed_at.items():
        loop.call_later(seconds, keys.press, key)
    patience = Patience(first=6.0, between=3.0, overall=10.5)
    assert await ask(keys, None, number_ended_by("#"), patience) == typed
    assert loop.time() == pytest.approx(ends_at)


async def test_a_question_that_was_not_heard_is_still_answered() -> None:
    keys = Keys()
    asking = asyncio.create_task(ask(keys, _failed, MENU, Patience()))
    await a_packet()
    keys.press("1")
    assert await asking == Typed("1", Match.COMPLETE, Played.FAILED)


def test_a_stuck_key_does_not_fill_the_memory() -> None:
    assert len(_keys("9" * (MOST_KEPT + 5))) == MOST_KEPT


@pytest.mark.parametrize(
    ("typed", "keys"), [("12#", "12"), ("12*", "12"), ("#", "#"), ("*", "*"), ("0", "0")]
)
def test_the_terminator_is_left_out(typed: str, keys: str) -> None:
    assert without_terminator(typed) == keys
