"""`python -m tests.soak.serving`: the real service as a process, with a voice of chirps and the hall of the soak.

It is configured as `halo serve` is, by HALO_ variables, and ends on SIGTERM when its calls are over.
"""

import asyncio
import os
import signal
from pathlib import Path

from api.bootstrap import bootstrap
from api.logging import set_up
from api.memory import look_for_rings_seldom
from api.settings import Settings
from api.settings.loading import load
from telephony.voice.cached import CachedVoice
from tests.fakes.chirps import ChirpEngine
from tests.soak.town import hall


def chirps(state: Path) -> CachedVoice:
    """The voice of the service in this state folder."""
    return CachedVoice(state / "clips", None, ChirpEngine())


async def serve(settings: Settings) -> None:
    """Serve until told to stop."""
    told = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told.set)
    voice = chirps(settings.state_dir)
    async with bootstrap(settings, voice=voice, hall=hall(), say=_say) as service:
        look_for_rings_seldom()
        ended, stop = asyncio.create_task(service.ended()), asyncio.create_task(told.wait())
        await asyncio.wait({ended, stop}, return_when=asyncio.FIRST_COMPLETED)
        if told.is_set():
            await service.drain()
        else:
            ended.result()
        for task in (ended, stop):
            task.cancel()
        await asyncio.gather(ended, stop, return_exceptions=True)
    voice.close()


def _say(sentence: str) -> None:
    print(sentence, flush=True)


if __name__ == "__main__":
    loaded = load(config=None, environ=os.environ, folder=Path.cwd()).settings
    set_up(level=loaded.log.level, form=loaded.log.format)
    asyncio.run(serve(loaded))
