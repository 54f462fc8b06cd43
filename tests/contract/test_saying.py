"""`Call.answer`, `Call.say`: picked up, spoken to, and never left with a playback running."""

from telephony.digits import Match, Typed, one_of
from telephony.values import Played
from tests.contract.parts import (
    HELLO,
    LONG,
    QUICK,
    SHORT,
    cancelled,
    in_a_call,
    meanwhile,
    on_the_line,
    raises_hung_up,
    words,
)
from tests.contract.world import World


async def test_answering_twice_is_no_error(world: World) -> None:
    """`answer`: a second time is no error."""
    async with on_the_line(world) as (citizen, call):
        await call.answer()
        await call.answer()
        await citizen.is_answered()


async def test_what_is_said_is_heard_to_its_end(world: World) -> None:
    """`say` returns when the last word has been heard, and says so."""
    async with in_a_call(world) as (citizen, call):
        assert await call.say(HELLO) is Played.WHOLE
        await citizen.has_heard("hello")


async def test_several_words_are_said_in_order(world: World) -> None:
    """`say` takes sentences and says them one after another."""
    async with in_a_call(world) as (citizen, call):
        assert await call.say(HELLO, SHORT, words("third")) is Played.WHOLE
        await citizen.hears("third")
        await citizen.has_heard("hello", "short", "third")


async def test_a_missing_prompt_fails_and_the_call_goes_on(world: World) -> None:
    """`Played.FAILED`: the file is missing, and the next sentence is heard."""
    world.loses_prompt("lost")
    async with in_a_call(world) as (citizen, call):
        assert await call.say(words("lost")) is Played.FAILED
        assert await call.say(HELLO) is Played.WHOLE
        await citizen.hears("hello")


async def test_one_missing_prompt_of_several_fails_and_the_others_are_heard(world: World) -> None:
    """`Played.FAILED`: some of it was never heard, the rest was."""
    world.loses_prompt("lost")
    async with in_a_call(world) as (citizen, call):
        assert await call.say(HELLO, words("lost"), SHORT) is Played.FAILED
        await citizen.hears("hello")
        await citizen.hears("short")


async def test_keys_pressed_while_something_is_said_are_kept(world: World) -> None:
    """`say` goes to its end; a key pressed meanwhile answers the next question."""
    async with in_a_call(world) as (citizen, call):
        async with meanwhile(call.say(LONG)) as saying:
            await citizen.hears("long")
            await citizen.presses("2")
        assert saying.result() is Played.WHOLE
        typed = await call.ask(HELLO, matcher=one_of("12"), patience=QUICK)
        assert typed == Typed("2", Match.COMPLETE, Played.CUT)


async def test_hanging_up_while_something_is_said(world: World) -> None:
    """A pending `say` raises HungUp."""
    async with in_a_call(world) as (citizen, call), meanwhile(call.say(LONG)) as saying:
        await citizen.hears("long")
        await citizen.hangs_up()
        assert await raises_hung_up(saying)


async def test_leaving_before_the_answer(world: World) -> None:
    """CANCEL before the answer: whatever comes next raises HungUp."""
    async with on_the_line(world) as (citizen, call):
        await citizen.hangs_up()
        await call.left()
        async with meanwhile(call.answer()) as answering:
            assert await raises_hung_up(answering)
        async with meanwhile(call.say(HELLO)) as saying:
            assert await raises_hung_up(saying)


async def test_a_cancelled_say_falls_silent(world: World) -> None:
    """Cancelling leaves no playback, and the next sentence is heard at once."""
    async with in_a_call(world) as (citizen, call):
        async with meanwhile(call.say(LONG)) as saying:
            await citizen.hears("long")
            await cancelled(saying)
        await citizen.is_in_silence()
        assert await call.say(HELLO) is Played.WHOLE
        await citizen.has_heard("long", "hello")
