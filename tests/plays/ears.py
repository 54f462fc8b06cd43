"""Listens to what citizens hear: nobody who was answered is in silence for longer than a question takes."""

import asyncio

from tests.fakes.memory import MemoryCitizen


class Ears:
    """Follows calls; `complaints` says who heard nothing, and when."""

    def __init__(self, patience: float) -> None:
        self.complaints: list[str] = []
        self._patience = patience
        self._tasks: list[asyncio.Task[None]] = []

    def follow(self, citizen: MemoryCitizen) -> None:
        """Listen to this citizen's present call to its end."""
        self._tasks.append(asyncio.create_task(self._listen(citizen), name="ears"))

    async def close(self) -> None:
        """Listen no more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _listen(self, citizen: MemoryCitizen) -> None:
        def something() -> bool:
            call = citizen.call
            ear = call.ear
            if call.left_alone:  # nobody is there to say anything, until the service is back
                return True
            quiet = ear.answered and not ear.held and not ear.playing
            return call.ended is not None or not quiet or ear.hears_music or ear.talks_to is not None

        while citizen.call.ended is None:
            await citizen.bell.until(lambda: citizen.call.ended is not None or not something())
            since, keys = asyncio.get_running_loop().time(), citizen.call.keys_pressed

            def heard(keys: int = keys) -> bool:
                return something() or citizen.call.keys_pressed != keys

            if not await citizen.bell.until(heard, self._patience):
                self.complaints.append(f"{citizen.call.id} hears nothing from {since:.1f} s on")
                return
