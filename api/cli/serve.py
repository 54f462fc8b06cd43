"""`halo serve`: answer the telephone until told to stop.

SIGTERM or SIGINT (Ctrl-C): new calls go to Asterisk's own fallback, calls that are up may end (asterisk.drain
seconds), then the service stops; a second signal stops it at once. Whoever is on the line then stays on it, and the
next process takes them over: with `asterisk.drain = 0` that is a quick restart. SIGHUP: the hall's data are read again.

Exit codes, for whoever starts it again: 0 told to stop; 1 something that may pass (start it again); 2 a setting that
cannot be read, 75 another process has taken the line, 78 the configuration is wrong (EX_TEMPFAIL and EX_CONFIG of
sysexits.h): these wait for the administrator.
"""

import asyncio
import os
import signal
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, contextmanager
from typing import Any

import click

from api.bootstrap import bootstrap
from api.cli import asked
from api.cli.asked import Cli, refuse
from api.hall_source import BadHall
from api.logging import set_up
from api.memory import look_for_rings_seldom
from api.running import AlreadyRunning
from api.service import Misconfigured, Service, StartError
from api.settings import Settings
from api.tokens import TokenError
from api.watchdog import State, Supervisor, beating
from api.watching import watch_folder, watch_pulse
from records.errors import RecordsError
from telephony.errors import LineTaken, TelephonyError, WrongPassword

LOOKS = 1.0
"""Seconds between two looks at how the service is."""
LEAVING = 30.0
"""Seconds that the service may need to end after its calls have had their time: facts may wait for a database."""


@click.command()
@click.pass_obj
def serve(cli: Cli) -> None:
    """Answer the telephone until told to stop."""
    run(cli.settings)


def run(
    settings: Settings, *, opens: Callable[..., AbstractAsyncContextManager[Service]] = bootstrap
) -> None:
    """Serve until told; `opens` is what starts it: a `bootstrap` with parts of one's own. Raises Refused."""
    undo = set_up(level=settings.log.level, form=settings.log.format)
    try:
        asyncio.run(serve_until_told(settings, say=click.echo, opens=opens))
    except LineTaken as taken:
        refuse(str(taken), by=asked.Taken)
    except (Misconfigured, BadHall, WrongPassword) as wrong:
        refuse(str(wrong), by=asked.Misconfigured)
    except (StartError, AlreadyRunning, TokenError, RecordsError, TelephonyError) as wrong:
        refuse(str(wrong))
    finally:
        undo()


async def serve_until_told(
    settings: Settings,
    *,
    say: Callable[[str], None],
    opens: Callable[..., AbstractAsyncContextManager[Service]] = bootstrap,
) -> None:
    """Run the service with its signals, and keep whoever supervises the process informed."""
    look_for_rings_seldom()
    supervisor = Supervisor.of(os.environ)
    stop, reload = asyncio.Event(), asyncio.Event()
    with _signals({signal.SIGTERM: stop.set, signal.SIGINT: stop.set, signal.SIGHUP: reload.set}):
        async with beating(supervisor) as pulse, opens(settings, say=say) as service:
            watch_pulse(service.metrics, pulse)
            watch_folder(service.metrics, settings.state_dir)
            look_for_rings_seldom()  # nor among what the start has made: a whole directory
            supervisor.state(State.READY)
            reloading = asyncio.create_task(_reload_when_told(service, reload, supervisor))
            reporting = asyncio.create_task(_report(service, supervisor))
            try:
                await _first_of(service.ended(), stop.wait())
                if stop.is_set():
                    supervisor.state(State.STOPPING, patience=settings.asterisk.drain + LEAVING)
                    stop.clear()
                    await _first_of(service.ended(), service.drain(), stop.wait())
            finally:
                # Said again, or at last: who ends by itself shall not be taken for frozen while it does.
                supervisor.state(State.STOPPING, patience=LEAVING)
                await _ended(reloading)
                await _ended(reporting)


async def _reload_when_told(service: Service, told: asyncio.Event, supervisor: Supervisor) -> None:
    while True:
        await told.wait()
        told.clear()
        supervisor.state(State.RELOADING)
        await service.reload()
        supervisor.state(State.READY)


async def _report(service: Service, supervisor: Supervisor) -> None:
    """Keep the supervisor's line about us true."""
    while True:
        ready = service.line.ready
        supervisor.status("Calls reach us." if ready else "Calls do not reach us: Asterisk is away.")
        await asyncio.sleep(LOOKS)


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
