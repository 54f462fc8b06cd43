"""Cleaning up although cancelled; racing; errands."""

import asyncio
import gc

import pytest

from telephony.ari.tasks import Errands, call_off, first_of, to_the_end
from telephony.errors import PbxAway
from tests.fakes.moments import a_packet


async def test_what_must_be_done_is_done_although_we_are_cancelled_again_and_again() -> None:
    may_end, done = asyncio.Event(), asyncio.Event()

    async def clean_up() -> None:
        await may_end.wait()
        done.set()

    task = asyncio.create_task(to_the_end(clean_up()))
    for _ in range(3):
        await a_packet()
        task.cancel()
    assert not task.done()
    may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert done.is_set()


async def test_without_cancelling_it_is_as_if_awaited() -> None:
    async def fail() -> None:
        raise PbxAway("away")

    async def give() -> int:
        return 7

    assert await to_the_end(give()) == 7
    with pytest.raises(PbxAway):
        await to_the_end(fail())


async def test_the_first_to_end_cancels_the_others_and_waits_for_them() -> None:
    cleaned = asyncio.Event()

    async def long() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await a_packet()
            cleaned.set()

    async def short() -> None:
        await a_packet()

    await first_of(long(), short())
    assert cleaned.is_set()


async def test_what_the_first_one_raises_is_raised() -> None:
    async def long() -> None:
        await asyncio.Event().wait()

    async def fail() -> None:
        raise PbxAway("away")

    with pytest.raises(PbxAway):
        await first_of(long(), fail())


async def test_an_errand_that_fails_is_logged_and_one_that_lasts_is_cancelled(
    caplog: pytest.LogCaptureFixture,
) -> None:
    errands = Errands()
    cancelled = asyncio.Event()

    async def fail() -> None:
        raise PbxAway("Asterisk does not answer")

    async def last() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    errands.run(fail())
    errands.run(last())
    await errands.finish(0.01)
    assert "Asterisk does not answer" in caplog.text
    assert cancelled.is_set()


async def test_what_is_called_off_ends_and_its_error_is_nobodys_any_more(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """asyncio would log an error that nobody has looked at when the task is collected."""
    begun = asyncio.Event()

    async def fails_when_cancelled() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            raise PbxAway("away")

    task = asyncio.create_task(fails_when_cancelled())
    await begun.wait()
    await call_off(task)
    assert task.done()
    del task
    gc.collect()
    assert caplog.records == []
