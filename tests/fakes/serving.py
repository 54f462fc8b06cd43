"""Serving an ARI line in a test: wait until it is ready, watch its stories, and see that nothing is left."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from telephony.ari.line import AriLine
from telephony.call import Call, OnSettled, Story, nobody_asks
from telephony.errors import HungUp
from tests.fakes.memory.bell import Bell
from tests.fakes.process import Process

REST = 10.0
"""Seconds within which everything must be over at the end."""


class Serving:
    """Serves one line once; `bell` is rung when a story ends."""

    def __init__(self, line: AriLine, bell: Bell) -> None:
        self._line = line
        self._bell = bell
        self._failures: list[BaseException] = []
        self.stories = 0
        """How many are being told."""

    def take_failures(self) -> list[BaseException]:
        """What stories raised so far; from then on it is expected, and forgotten."""
        failures, self._failures = self._failures, []
        return failures

    @asynccontextmanager
    async def process(
        self, story: Story, settled: OnSettled, vanish: Callable[[], None]
    ) -> AsyncIterator[Process]:
        """The line is served until that process dies, by `vanish`, or is stopped: at the latest at the block's end."""
        serving = asyncio.create_task(self._line.serve(self._watched(story), settled), name="the line")
        process = Process(serving, vanish)
        try:
            await self.becomes_ready(serving)
            yield process
        finally:
            await process.stops()

    @asynccontextmanager
    async def serves(self, story: Story, settled: OnSettled = nobody_asks) -> AsyncIterator[None]:
        """The line is served inside; afterwards no story has failed, and no task is left."""
        before = asyncio.all_tasks()
        async with self.process(story, settled, lambda: None):
            yield
        assert not self._failures, f"stories failed: {self._failures}"
        await _no_tasks_but(before)

    async def becomes_ready(self, serving: asyncio.Task[None] | None = None) -> None:
        """Wait until the line takes calls; raises what ended the serving, if that ends first."""
        async with asyncio.timeout(REST):
            while not self._line.ready:
                if serving is not None and serving.done():
                    serving.result()
                await asyncio.sleep(0.005)

    def _watched(self, story: Story) -> Story:
        async def watch(call: Call) -> None:
            self.stories += 1
            try:
                await story(call)
            except HungUp:
                raise
            except Exception as error:
                self._failures.append(error)
                raise
            finally:
                self.stories -= 1
                self._bell.ring()

        return watch


async def _no_tasks_but(before: set[asyncio.Task[object]]) -> None:
    tasks: list[str] = []
    for _ in range(50):
        left = asyncio.all_tasks() - before - {asyncio.current_task()}
        tasks = [str(task) for task in left if not task.get_name().startswith("fake Asterisk")]
        if not tasks:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"tasks left over: {tasks}")
