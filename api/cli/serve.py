"""`halo serve`: answer the telephone until told to stop.

SIGTERM or SIGINT (Ctrl-C): new calls go to Asterisk's own fallback, calls that are up may end (asterisk.drain
seconds), then the service stops; a second signal stops it at once. SIGHUP: the hall's data are read again.
"""

import asyncio
import logging
import signal
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, contextmanager
from enum import Enum
from typing import Any

import click

from api.bootstrap import bootstrap
from api.cli.asked import Cli, refuse
from api.hall_source import BadHall
from api.logging import set_up
from api.running import AlreadyRunning
from api.service import Service, StartError
from api.settings import Settings
from api.tokens import TokenError
from records.errors import RecordsError
from telephony.errors import TelephonyError

log = logging.getLogger(__name__)


class State(Enum):
    """What a supervisor of processes wants to be told of the service."""

    READY = "ready"
    RELOADING = "reloading"
    STOPPING = "stopping"


@click.command()
@click.pass_obj
def serve(cli: Cli) -> None:
    """Answer the telephone until told to stop."""
    settings = cli.settings
    undo = set_up(level=settings.log.level, form=settings.log.format)
    try:
        asyncio.run(serve_until_told(settings, say=click.echo))
    except (StartError, BadHall, AlreadyRunning, TokenError, RecordsError, TelephonyError) as wrong:
        refuse(str(wrong))
    finally:
        undo()


async def serve_until_told(
    settings: Settings,
    *,
    say: Callable[[str], None],
    announce: Callable[[State], None] = lambda state: log.info("the service is %s", state.value),
    opens: Callable[..., AbstractAsyncContextManager[Service]] = bootstrap,
) -> None:
    """Run the service with its signals; `announce` is where a later sd_notify belongs.

    `opens` is what starts it: a `bootstrap` with parts of one's own.
    """
    stop, reload = asyncio.Event(), asyncio.Event()
    with _signals({signal.SIGTERM: stop.set, signal.SIGINT: stop.set, signal.SIGHUP: reload.set}):
        async with opens(settings, say=say) as service:
            announce(State.READY)
            reloading = asyncio.create_task(_reload_when_told(service, reload, announce))
            try:
                await _first_of(service.ended(), stop.wait())
                if stop.is_set():
                    announce(State.STOPPING)
                    stop.clear()
                    await _first_of(service.ended(), service.drain(), stop.wait())
            finally:
                await _ended(reloading)


async def _reload_when_told(service: Service, told: asyncio.Event, announce: Callable[[State], None]) -> None:
    while True:
        await told.wait()
        told.clear()
        announce(State.RELOADING)
        await service.reload()
        announce(State.READY)


async def _first_of(*waits: Coroutine[Any, Any, object]) -> None:
    """Return when one of these is over, or raise what it raised; the others are given up."""
    tasks = [asyncio.create_task(wait) for wait in waits]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            await _ended(task)


async def _ended(task: "asyncio.Task[Any]") -> None:
    task.cancel()
    await asyncio.wait([task])


@contextmanager
def _signals(handlers: Mapping[signal.Signals, Callable[[], None]]) -> Iterator[None]:
    """Handle these signals inside the block."""
    loop = asyncio.get_running_loop()
    for number, handler in handlers.items():
        loop.add_signal_handler(number, handler)
    try:
        yield
    finally:
        for number in handlers:
            loop.remove_signal_handler(number)
