"""`Call.ask`: keys early, late, too many, wrong, none; hang-up and cancellation while we wait."""

import pytest

from telephony.digits import Match, Patience, Typed, number_ended_by, one_of
from telephony.values import Played
from tests.contract.parts import (
    LONG,
    PATIENT,
    QUESTION,
    QUICK,
    SHORT,
    cancelled,
    in_a_call,
    meanwhile,
    raises_hung_up,
)
from tests.contract.world import World


async def test_the_first_key_silences_the_question(world: World) -> None:
    """Barge-in: the question is cut by the key that answers it."""
    async with in_a_call(world) as (citizen, call):
        async with meanwhile(call.ask(QUESTION, matcher=one_of("12"), patience=PATIENT)) as asking:
            await citizen.hears("question")
            await citizen.presses("1")
        assert asking.result() == Typed("1", Match.COMPLETE, Played.CUT)
        await citizen.is_in_silence()


async def test_the_clock_starts_when_the_question_has_ended(world: World) -> None:
    """`patience.first` is shorter than the question, and a key after its end still counts."""
    async with in_a_call(world) as (citizen, call):
        asked = call.ask(
            LONG, SHORT, matcher=one_of("12"), patience=Patience(first=2.0, between=0.5, overall=2.0)
        )
        async with meanwhile(asked) as asking:
            await citizen.hears("short")
            await citizen.presses("2")
        assert asking.result().keys == "2"


async def test_no_key_at_all(world: World) -> None:
    """Patience runs out: INCOMPLETE, nothing typed, the whole question heard."""
    async with in_a_call(world) as (_, call):
        typed = await call.ask(SHORT, matcher=one_of("12"), patience=QUICK)
        assert typed == Typed("", Match.INCOMPLETE, Played.WHOLE)
        assert typed.nothing


async def test_a_question_may_have_no_words(world: World) -> None:
    """`ask()` without words only listens."""
    async with in_a_call(world) as (citizen, call):
        async with meanwhile(call.ask(matcher=one_of("1"), patience=Patience(first=5.0))) as asking:
            await citizen.presses("1")
        assert asking.result().keys == "1"


async def test_keys_typed_ahead_count_and_the_question_is_not_asked(world: World) -> None:
    """A caller who knows the menu need not listen to it."""
    async with in_a_call(world) as (citizen, call):
        async with meanwhile(call.say(LONG)):
            await citizen.hears("long")
            await citizen.presses("12")
        first = await call.ask(QUESTION, matcher=one_of("12"), patience=PATIENT)
        second = await call.ask(QUESTION, matcher=one_of("12"), patience=PATIENT)
        assert [first.keys, second.keys] == ["1", "2"]
        await citizen.has_heard("long")


async def test_a_wrong_key_empties_what_was_kept(world: World) -> None:
    """INVALID: what was typed ahead after a mistake must not answer the next question."""
    async with in_a_call(world) as (citizen, call):
        async with meanwhile(call.say(LONG)):
            await citizen.hears("long")
            await citizen.presses("712")
        wrong = await call.ask(QUESTION, matcher=one_of("12"), patience=PATIENT)
        assert (wrong.keys, wrong.match) == ("7", Match.INVALID)
        again = await call.ask(SHORT, matcher=one_of("12"), patience=QUICK)
        assert again.nothing
        await citizen.has_heard("long", "short")


@pytest.mark.parametrize("typed", ["447327705#", "0#", "123456789012345#"])
async def test_a_number_is_closed_by_hash(world: World, typed: str) -> None:
    """The terminator is left out of `keys`."""
    async with in_a_call(world) as (citizen, call):
        async with meanwhile(call.ask(QUESTION, matcher=number_ended_by("#"), patience=PATIENT)) as asking:
            await citizen.hears("question")
            await citizen.presses(typed)
        assert asking.result() == Typed(typed[:-1], Match.COMPLETE, Played.CUT)


async def test_a_number_that_is_not_closed(world: World) -> None:
    """`patience.between` runs out: INCOMPLETE, with what was typed until then."""
    async with in_a_call(world) as (citizen, call):
        async with meanwhile(call.ask(QUESTION, matcher=number_ended_by("#"), patience=QUICK)) as asking:
            await citizen.hears("question")
            await citizen.presses("44")
        typed = asking.result()
        assert (typed.keys, typed.match) == ("44", Match.INCOMPLETE)
        assert not typed.nothing


async def test_typing_for_ever_ends(world: World) -> None:
    """`patience.overall` limits the whole typing, however busy the keys are."""
    patience = Patience(first=1.0, between=1.0, overall=0.7)
    async with in_a_call(world) as (citizen, call):
        async with meanwhile(call.ask(matcher=number_ended_by("#"), patience=patience)) as asking:
            await citizen.presses("123456789012")
        assert asking.result().match is Match.INCOMPLETE
        assert 1 <= len(asking.result().keys) < 12


async def test_too_many_keys(world: World) -> None:
    """A number that grows beyond its limit is INVALID when it is closed."""
    async with in_a_call(world) as (citizen, call):
        matcher = number_ended_by("#", at_most=3)
        async with meanwhile(call.ask(QUESTION, matcher=matcher, patience=PATIENT)) as asking:
            await citizen.hears("question")
            await citizen.presses("1234#")
        assert asking.result().match is Match.INVALID


async def test_a_question_whose_prompt_is_missing_still_listens(world: World) -> None:
    """The answer says that the question was not heard, and the key counts."""
    world.loses_prompt("question")
    patience = Patience(first=5.0)
    async with in_a_call(world) as (citizen, call):
        async with meanwhile(call.ask(QUESTION, SHORT, matcher=one_of("1"), patience=patience)) as asking:
            await citizen.hears("short")
            await citizen.is_in_silence()
            await citizen.listens(0.5)
            await citizen.presses("1")
        assert asking.result() == Typed("1", Match.COMPLETE, Played.FAILED)


async def test_hanging_up_while_the_question_is_asked(world: World) -> None:
    """A pending `ask` raises HungUp, in the question."""
    async with in_a_call(world) as (citizen, call):
        async with meanwhile(call.ask(LONG, matcher=one_of("1"), patience=PATIENT)) as asking:
            await citizen.hears("long")
            await citizen.hangs_up()
        assert await raises_hung_up(asking)


async def test_hanging_up_while_we_wait_for_a_key(world: World) -> None:
    """A pending `ask` raises HungUp, in the silence after the question."""
    async with in_a_call(world) as (citizen, call):
        async with meanwhile(call.ask(SHORT, matcher=one_of("1"), patience=Patience(first=60.0))) as asking:
            await citizen.hears("short")
            await citizen.is_in_silence()
            await citizen.hangs_up()
        assert await raises_hung_up(asking)


async def test_a_cancelled_question_falls_silent_and_keeps_later_keys(world: World) -> None:
    """Cancelling `ask` leaves no playback; a key pressed afterwards answers the next question."""
    async with in_a_call(world) as (citizen, call):
        async with meanwhile(call.ask(LONG, matcher=one_of("1"), patience=PATIENT)) as asking:
            await citizen.hears("long")
            await cancelled(asking)
        await citizen.is_in_silence()
        async with meanwhile(call.ask(SHORT, matcher=one_of("1"), patience=Patience(first=5.0))) as asking:
            await citizen.hears("short")
            await citizen.presses("1")
        assert asking.result().keys == "1"


async def test_a_question_cancelled_while_it_waits(world: World) -> None:
    """Cancelling `ask` after the question leaves nothing behind either."""
    async with in_a_call(world) as (citizen, call):
        async with meanwhile(call.ask(SHORT, matcher=one_of("1"), patience=Patience(first=60.0))) as asking:
            await citizen.hears("short")
            await citizen.is_in_silence()
            await cancelled(asking)
        assert (await call.ask(SHORT, matcher=one_of("1"), patience=QUICK)).nothing
