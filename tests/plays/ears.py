"""Listens to what citizens hear: nobody who was answered is in silence for longer than a question takes."""

import asyncio

from tests.fakes.memory import MemoryCitizen
from tests.fakes.memory.call import MemoryCall


class Ears:
    """Follows calls; `complaints` says who heard nothing, and when."""

    def __init__(self, patience: float) -> None:
        self.complaints: list[str] = []
        self._patience = patience
        self._tasks: list[asyncio.Task[None]] = []

    def follow(self, citizen: MemoryCitizen) -> None:
        """Listen to this citizen's present call to its end."""
        self._tasks.append(asyncio.create_task(self._listen(citizen, citizen.call), name="ears"))

    async def close(self) -> None:
        """Listen no more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _listen(self, citizen: MemoryCitizen, call: MemoryCall) -> None:
        def something() -> bool:
            ear = call.ear
            quiet = ear.answered and not ear.held and not ear.playing
            return call.ended is not None or not quiet or ear.hears_music or ear.talks_to is not None

        while call.ended is None:
            await citizen.bell.until(lambda: call.ended is not None or not something())
            since, keys = asyncio.get_running_loop().time(), call.keys_pressed

            def heard(keys: int = keys) -> bool:
                return something() or call.keys_pressed != keys

            if not await citizen.bell.until(heard, self._patience):
                self.complaints.append(f"{call.id} hears nothing from {since:.1f} s on")
                return
