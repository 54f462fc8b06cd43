"""`Call.left`, `ended`, `hang_up`: how a call ends, and that every verb knows it."""

import pytest

from telephony.digits import one_of
from telephony.values import Ended, HangUpCause
from tests.contract.parts import (
    HELLO,
    LONG,
    QUICK,
    cancelled,
    in_a_call,
    meanwhile,
    on_the_line,
    raises_hung_up,
)
from tests.contract.world import World


async def test_a_call_that_is_up_has_not_ended(world: World) -> None:
    """`ended` is None while the caller's leg is there."""
    async with in_a_call(world) as (_, call):
        assert call.ended is None


async def test_the_caller_hangs_up(world: World) -> None:
    """`left` returns without raising, and `ended` says that it was the caller."""
    async with in_a_call(world) as (citizen, call):
        async with meanwhile(call.left()):
            await citizen.hangs_up()
        assert call.ended is Ended.HUNG_UP
        await call.left()


async def test_we_hang_up(world: World) -> None:
    """`hang_up` puts the caller down, twice is no error, and `ended` says that it was us."""
    async with in_a_call(world) as (citizen, call):
        await call.hang_up()
        await call.hang_up()
        await citizen.is_put_down()
        await call.left()
        assert call.ended is Ended.STOPPED


async def test_hanging_up_on_somebody_who_has_left(world: World) -> None:
    """No HungUp, and the reason stays theirs."""
    async with in_a_call(world) as (citizen, call):
        await citizen.hangs_up()
        await call.left()
        await call.hang_up()
        assert call.ended is Ended.HUNG_UP


@pytest.mark.parametrize("cause", [HangUpCause.BUSY, HangUpCause.CONGESTION, HangUpCause.NORMAL])
async def test_a_call_may_be_refused_without_answering(world: World, cause: HangUpCause) -> None:
    """Before the answer `hang_up` is a refusal."""
    async with on_the_line(world) as (citizen, call):
        await call.hang_up(cause)
        await citizen.is_put_down()
        assert call.ended is Ended.STOPPED


async def test_our_own_hang_up_ends_pending_verbs(world: World) -> None:
    """HungUp is about the leg, not about who ended it."""
    async with in_a_call(world) as (citizen, call), meanwhile(call.say(LONG)) as saying:
        await citizen.hears("long")
        await call.hang_up()
        assert await raises_hung_up(saying)


async def test_every_verb_raises_after_the_end(world: World) -> None:
    """answer, say and ask; the blocks have their own tests."""
    async with in_a_call(world) as (citizen, call):
        await citizen.hangs_up()
        await call.left()
        for verb in (call.answer(), call.say(HELLO), call.ask(HELLO, matcher=one_of("1"), patience=QUICK)):
            async with meanwhile(verb) as pending:
                assert await raises_hung_up(pending)


async def test_waiting_for_the_end_can_be_cancelled(world: World) -> None:
    """A cancelled `left` leaves nothing behind, and the call goes on."""
    async with in_a_call(world) as (citizen, call):
        async with meanwhile(call.left()) as leaving:
            await cancelled(leaving)
        await call.say(HELLO)
        await citizen.hears("hello")
