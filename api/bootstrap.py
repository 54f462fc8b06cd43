"""The composition root: where the parts of the service meet, and in which order they start and stop.

    async with bootstrap(settings) as service:     # everything runs from here
        await service.ended()

Tests and the demonstration give a clock, a line or a voice of their own. What is asked for first is started
first: state folder, database, directory, tokens, journal, the API (so that its health can be seen while Asterisk is
still away), and last the line; the voice's engine starts beside all of that. They stop in the opposite order: first
the line, the journal after everything that states facts.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import Any

from api.aftermath import Aftermath
from api.calendars.addresses import Allowed
from api.calendars.rounds import read_calendars
from api.duty import resume_duty
from api.forgetting import forget_daily
from api.hall_source import HallSource
from api.http.app import build_app
from api.http.auth import Door
from api.http.events import Streams
from api.http.parts import Parts
from api.http.server import listening
from api.hygiene import Hygiene
from api.leaving import UntilLeaving
from api.live import LiveNow, Misses
from api.logging import logged
from api.meanwhile import READ, Meanwhile
from api.memory import give_back_memory
from api.metrics import CountingJournal, Metrics
from api.numbers import NumbersOnLine
from api.office.building import office_of
from api.pages.parts import page_parts
from api.readiness import checks
from api.running import held
from api.service import Service
from api.settings import Settings
from api.starting import ari_of, clock_of, first_token, make_folder, voice_beside
from api.tokens import Tokens
from api.version import VERSION
from api.watching import watch, watch_floor, watch_hygiene
from api.who_is_away import WhoIsAway
from api.without_database import DatabaseStart
from callbacks.promises import KeepsPromises
from callflows.floor.floor import OneFloor
from callflows.ports import Clock, House
from callflows.reception import reception
from callflows.talk.commands import Switchboard
from directory.model import Hall
from records.database import open_database
from records.journal import Journal
from records.past import RecordedPast
from records.spool import SPOOL, FolderSpool
from records.stores.absences import AbsenceStore
from records.stores.calls import CallStore
from records.stores.hall import HallStore
from records.stores.presence import PresenceStore
from records.stores.tickets import SqlTicketStore
from records.stores.transfers import TransferStore
from telephony.ari.line import AriLine
from telephony.call import Line
from telephony.voice.port import Voice

LAST_KNOWN, LAST_AWAY = "directory.json", "absences.json"
"""In the state folder: the last known directory and absences, and how far Asterisk's record was read."""
DRAIN = 2.0
"""Seconds for the database at the end; what it does not take then, the next start brings from the spool."""


@asynccontextmanager
async def bootstrap(
    settings: Settings,
    *,
    clock: Clock | None = None,
    line: Line | None = None,
    voice: Voice | None = None,
    hall: Hall | None = None,
    say: Callable[[str], None] = print,
) -> AsyncIterator[Service]:
    """Start the service, and stop it at the end of the block; `say` tells the administrator what was done.

    Raises StartError, BadHall, AlreadyRunning, TokenError or RecordsError: each is one sentence.
    """
    if line is None:
        ari_of(settings)  # what is wrong there shall be told before anything is made
    async with AsyncExitStack() as stack:
        make_folder(settings.state_dir)
        stack.enter_context(held(settings.state_dir))
        if line is None:
            speaks = await stack.enter_async_context(voice_beside(settings, voice))
        state, url = settings.state_dir, settings.database_url
        database = await stack.enter_async_context(open_database(url))
        directory = HallSource(HallStore(database), settings.hall_dir, copy=state / LAST_KNOWN, say=say)
        beginning = DatabaseStart(url, directory, say=say)
        begun = await beginning.now(hall)
        tokens = Tokens(settings.state_dir)
        first_token(tokens, say)
        clock = clock or clock_of(settings)
        line = line or AriLine(ari_of(settings), await speaks())
        spool = FolderSpool(state / SPOOL)
        journal = await stack.enter_async_context(Journal(database, spool=spool, drain=DRAIN))
        past = await stack.enter_async_context(RecordedPast(journal, database))
        tickets = SqlTicketStore(database)
        metrics, numbers, misses = Metrics(), NumbersOnLine(), Misses()
        stated = UntilLeaving(CountingJournal(journal, metrics.count, numbers.count, misses.hears), line)
        away = WhoIsAway(AbsenceStore(database), copy=state / LAST_AWAY, now=clock.now)
        office = office_of(
            database,
            hall=directory,
            serving=directory,
            clock=clock,
            journal=stated,
            refresh=away.reload,
            allowed=Allowed(inner=settings.calendars.inner_hosts),
        )
        house = House(
            clock=clock,
            journal=stated,
            promises=KeepsPromises(tickets, directory, clock),
            hall=directory,
            floor=OneFloor(clock, stated, directory),
            switchboard=Switchboard(),
            past=past,
            absences=office.absences,
            live=LiveNow(line.phone, away, misses),
        )
        directory.when_taken(house.floor.hall_changed)
        duty = partial(resume_duty, house, PresenceStore(database), journal)
        if begun:
            await away.reload()
            await duty()
        else:
            away.take_last_known()
            _in_background(stack, beginning.later(away.reload, duty), "beginning later")
        calls, logs = CallStore(database), settings.asterisk.log_dir
        read = state / READ
        meanwhile = Meanwhile(logs, read, journal=journal, stating=stated, calls=calls) if logs else None
        aftermath = await stack.enter_async_context(Aftermath(house, past, logs, meanwhile))
        parts = Parts(
            house=house,
            numbers=numbers,
            calls=calls,
            transfers=TransferStore(database),
            tickets=tickets,
            presence=PresenceStore(database),
            door=Door(tokens),
            metrics=metrics,
            streams=Streams(journal.subscribe),
            checks=checks(line, database, journal, directory),
            pages=page_parts(database, state, metrics, web=settings.pages, oidc=settings.oidc),
            office=office,
            version=VERSION,
        )
        watch(metrics, line, journal, parts.streams)
        watch_floor(metrics, house)
        hygiene = Hygiene(office.tidying.store, directory, clock, journal.subscribe)
        directory.when_taken(hygiene.look)
        directory.when_taken(lambda: parts.pages.bell.ring("directory"))
        watch_hygiene(metrics, hygiene)
        where = await stack.enter_async_context(listening(build_app(parts), settings.api))
        say(f"The API listens on {where}.")
        story = logged(reception(house))
        serving = asyncio.create_task(line.serve(story, aftermath.settled), name="the line")
        stack.push_async_callback(_stopped, serving)
        _in_background(stack, give_back_memory(), "giving back memory")
        _in_background(stack, hygiene.watch(), "hygiene")
        _in_background(stack, read_calendars(office.calendars, settings.calendars.every), "calendars")
        if settings.clock is None:
            forgetting = forget_daily(database, settings.retention, state / SPOOL)
            _in_background(stack, forgetting, "forgetting")
        yield Service(
            settings=settings,
            house=house,
            line=line,
            journal=journal,
            metrics=metrics,
            api=where,
            serving=serving,
            hall=directory,
            away=away,
        )


def _in_background(stack: AsyncExitStack, work: Coroutine[Any, Any, None], name: str) -> None:
    """Run this beside the service until it ends."""
    stack.push_async_callback(_stopped, asyncio.create_task(work, name=name))


async def _stopped(task: "asyncio.Task[None]") -> None:
    """End a task; what the line failed of is told by `Service.ended`."""
    task.cancel()
    await asyncio.wait([task])
