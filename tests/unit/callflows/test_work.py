"""The named tasks around a table: one piece of work at a time under one name, and none left behind."""

import asyncio

import pytest

from callflows.work import Work


class Working:
    """Work that goes on until it is called off, and writes down what happens to it."""

    def __init__(self, name: str, diary: list[str]) -> None:
        self.begun = asyncio.Event()
        self._name, self._diary = name, diary

    async def __call__(self) -> None:
        self._diary.append(f"{self._name} begins")
        self.begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            self._diary.append(f"{self._name} ends")


async def test_work_of_one_name_follows_on_what_went_on_before() -> None:
    """Never two at once, or one of them could not be stopped any more."""
    work, diary = Work[str](), list[str]()
    first, second = Working("first", diary), Working("second", diary)
    work.start("whisper", first)
    await first.begun.wait()
    work.start("whisper", second)
    await second.begun.wait()
    await work.stop("whisper")

    assert diary == ["first begins", "first ends", "second begins", "second ends"]


async def test_what_fails_unexpectedly_fails_the_driver() -> None:
    """Nothing goes on half-dead."""

    async def fails() -> None:
        raise LookupError("a mistake of ours")

    work = Work[str]()
    work.start("whisper", fails)
    with pytest.raises(LookupError):
        await work.next()


async def test_what_was_not_taken_is_there_to_be_answered() -> None:
    """In its order."""
    work = Work[str]()
    work.post("hold")
    work.post("resume")

    assert work.rest() == ["hold", "resume"]
    assert work.rest() == []
