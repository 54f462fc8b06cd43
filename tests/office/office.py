"""An open office: the service serves a hall on a real Asterisk, with a database of its own."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from api.bootstrap import bootstrap
from api.service import Service
from api.settings import Settings
from api.settings.model import Api, Asterisk, Database
from callflows.ports import Clock
from directory.model import Hall
from records.database import open_database
from records.stores.calls import CallFilter, CallStore
from records.stores.tickets import SqlTicketStore
from records.views import CallStory
from telephony.voice.cached import CachedVoice
from telephony.voice.port import Voice
from tests.fakes.behaviour import Behaviour
from tests.fakes.chirps import ChirpEngine
from tests.office.noted_voice import NotedVoice
from tests.pbx.asterisk import Pbx
from tests.phones.citizen import Citizen
from tests.phones.clipbook import Clipbook
from tests.phones.phone import Phone


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Everything that a story on real parts needs."""

    pbx: Pbx
    service: Service
    book: Clipbook
    voice: NotedVoice
    database_url: str

    def citizen(self, **who: object) -> Citizen:
        """Somebody who may dial; takes what `Citizen` takes."""
        return Citizen(self.pbx, self.book, **who)  # type: ignore[arg-type]

    def phone(self, number: str, behaviour: Behaviour = Behaviour.BY_HAND, **how: object) -> Phone:
        """A phone; takes what `Phone` takes."""
        return Phone(self.pbx, self.book, number, behaviour, **how)  # type: ignore[arg-type]

    async def stories(self) -> list[CallStory]:
        """What the database says of every call, oldest first."""
        await self.service.journal.flush()
        async with open_database(self.database_url) as database:
            store = CallStore(database)
            page = await store.listed(CallFilter())
            stories = [await store.story(call.call) for call in reversed(page.items)]
        return [story for story in stories if story is not None]

    async def has_an_outcome(self) -> None:
        """Wait until some attempt has its outcome on record, while the parties still talk."""
        async with asyncio.timeout(60):
            while not any(attempt.outcome for story in await self.stories() for attempt in story.transfers):
                await a_moment()

    async def story(self) -> CallStory:
        """What the database says of the only call, once it is closed there."""
        (story,) = await self.has_closed()
        return story

    async def tickets(self) -> list[str]:
        """The numbers that are owed a call, by the database."""
        async with open_database(self.database_url) as database:
            return [ticket.number for ticket in await SqlTicketStore(database).listed()]

    async def is_at_rest(self) -> None:
        """Wait until Asterisk has no channel and no bridge, and the journal is written."""
        await eventually(
            lambda: not self.pbx.channels() and not self.pbx.ari("bridges"), "the PBX to be at rest"
        )
        await self.service.journal.flush()

    async def has_closed(self, calls: int = 1) -> list[CallStory]:
        """Wait until so many calls are closed on record, and return their stories."""
        async with asyncio.timeout(60):
            while True:
                stories = await self.stories()
                if len([story for story in stories if story.call.ended]) >= calls:
                    return stories
                await a_moment()


async def eventually(true: Callable[[], object], what: str) -> None:
    """Wait until `true()`, looking again and again; fail after a minute."""
    try:
        async with asyncio.timeout(60):
            while not true():
                await a_moment()
    except TimeoutError:
        raise AssertionError(f"waited a minute for {what}") from None


async def a_moment() -> None:
    """Let 50 ms pass before looking again at something that tells nobody when it changes."""
    passed = asyncio.Event()
    asyncio.get_running_loop().call_later(0.05, passed.set)
    await passed.wait()


@asynccontextmanager
async def open_office(
    pbx: Pbx,
    hall: Hall,
    database_url: str,
    clock: Clock,
    *,
    voice: Voice | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> AsyncIterator[Office]:
    """Serve `hall` until the end of the block; without a voice, chirps are spoken."""
    book = Clipbook()
    with tempfile.TemporaryDirectory(prefix="halo-office-") as folder:
        state = Path(folder)
        chirps = CachedVoice(state / "clips", None, ChirpEngine())
        settings = Settings(
            asterisk=Asterisk(
                url=pbx.ari_url, user=pbx.ari_user, password=SecretStr(pbx.ari_password), app=pbx.app
            ),
            database=Database(url=SecretStr(database_url)),
            api=Api(port=0),
            state_dir=state,
        )
        noted = NotedVoice(voice or chirps, book)
        try:
            async with bootstrap(settings, clock=clock, voice=noted, hall=hall, say=say) as service:
                await eventually(lambda: service.line.ready, "the line to be ready")
                yield Office(pbx=pbx, service=service, book=book, voice=noted, database_url=database_url)
        finally:
            chirps.close()
