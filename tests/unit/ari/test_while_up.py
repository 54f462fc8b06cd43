"""What a verb of a call does ends with its caller; and who cancels the task besides is obeyed."""

import asyncio

import pytest

from telephony.ari.link import Link
from telephony.ari.while_up import WhileUp
from telephony.ari.wire import Wire
from telephony.errors import HungUp
from telephony.values import CallId, Ended, LegEnded

GONE = LegEnded(Ended.HUNG_UP)


def _wire() -> Wire:
    return Wire("1", Link(), lambda: None)


def _verbs(wire: Wire) -> WhileUp:
    return WhileUp(CallId("1"), wire, Link())


async def test_the_callers_end_ends_what_is_being_done() -> None:
    """It is cleaned up after, and the task is not a cancelled one afterwards."""
    wire, cleaned = _wire(), asyncio.Event()

    async def work() -> None:
        asyncio.get_running_loop().call_soon(wire.end, GONE)
        try:
            await asyncio.Event().wait()
        finally:
            cleaned.set()

    with pytest.raises(HungUp):
        await _verbs(wire)(work)
    task = asyncio.current_task()
    assert task is not None
    assert (cleaned.is_set(), task.cancelling(), wire.listeners) == (True, 0, set())


async def test_who_cancels_the_task_in_the_same_moment_is_obeyed() -> None:
    """Cancelling is not hanging up: a service that goes does not take it for one."""
    wire = _wire()

    async def work() -> None:
        await asyncio.Event().wait()

    task = asyncio.ensure_future(_verbs(wire)(work))
    await asyncio.wait({task}, timeout=0)
    task.cancel()
    wire.end(GONE)
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_what_was_done_by_then_counts() -> None:
    """Work that has a result in spite of the end gives it."""
    wire = _wire()

    async def work() -> str:
        wire.end(GONE)
        return "done"

    assert await _verbs(wire)(work) == "done"


async def test_a_command_that_finds_the_caller_gone_is_a_hang_up() -> None:
    """Whatever else a verb raises when its caller has gone is not worth telling."""
    wire = _wire()

    async def work() -> None:
        wire.end(GONE)
        raise ValueError

    with pytest.raises(HungUp):
        await _verbs(wire)(work)


async def test_a_mistake_while_the_caller_is_there_is_one() -> None:
    """Only the caller's leaving is a hang-up."""

    async def work() -> None:
        raise ValueError("a mistake")

    with pytest.raises(ValueError, match="a mistake"):
        await _verbs(_wire())(work)
