"""The house of the demo: a real Asterisk, the real service on SQLite, and the hall's real directory.

Everything that is kept lies in one folder (`.halo/demo`): database, logs, recordings. The clips of the line
lie where `halo serve` keeps them, so that they are rendered once for both.
"""

import fcntl
import logging
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import SecretStr

from api.bootstrap import bootstrap
from api.logging import set_up
from api.service import Service
from api.settings import Settings
from api.settings.model import Api, Asterisk
from api.tokens import Scope, Tokens
from callflows.floor.presence import Presence
from directory.load import DEMO, load_hall
from directory.model import Hall, LinePolicy
from telephony.voice.port import Voice
from tests.demo.clock import MORNING, DemoClock
from tests.demo.voices import VoiceOfACall
from tests.office.office import eventually
from tests.pbx.asterisk import OPERATOR, Pbx

CLONE = Path(__file__).resolve().parents[2]
HALO = CLONE / ".halo"
FOLDER = HALO / "demo"
LOCK = HALO / "demo.lock"
STATE = FOLDER / "state"
CACHE = HALO / "voice" / "cache"
MUSIC = HALO / "music" / "halo.alaw"
SERVICE_LOG, ASTERISK_LOG = FOLDER / "service.log", FOLDER / "asterisk.log"

RING, ACCEPT = 5.0, 3.0
RATE = 1.4
"""A phone's ringing and the time for key 1 in seconds, and how fast the line speaks: nobody shall wait long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Everything runs; `token` opens the API."""

    pbx: Pbx
    service: Service
    voice: VoiceOfACall
    clock: DemoClock
    token: str

    async def sends_clerks_home(self) -> None:
        """End every clerk's duty, and return once that is on record: the next call finds an empty desk.

        Raises AssertionError if a clerk is stuck with a caller who has gone.
        """
        floor = self.service.house.floor
        for clerk in floor.clerks():
            floor.log_off(clerk.person)
        await eventually(
            lambda: all(clerk.presence is Presence.AWAY for clerk in floor.clerks()), "the clerks to go"
        )
        await self.service.journal.flush()


def the_hall() -> tuple[Hall, LinePolicy]:
    """The hall of the demo, in a hurry; and the policy that it really has."""
    hall = load_hall(DEMO).hall
    return replace(hall, policy=replace(hall.policy, ring=RING, accept=ACCEPT)), hall.policy


class Busy(Exception):
    """Another demo runs in this clone; the text is one sentence."""


@contextmanager
def alone() -> Iterator[None]:
    """Be the only demo of this clone inside the block, in an empty folder. Raises Busy."""
    HALO.mkdir(exist_ok=True)
    with LOCK.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy("another demo runs in this clone") from None
        shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir(parents=True)
        yield


@asynccontextmanager
async def opened(hall: Hall, voice: Voice) -> AsyncIterator[House]:
    """Start Asterisk and the service, and stop both at the end of the block."""
    extensions = [person.extension.digits for person in hall.people.values() if person.extension]
    lines = [unit.line.digits for unit in hall.units.values() if unit.line]
    with Pbx(phones=(OPERATOR, *extensions, *lines)) as pbx:
        try:
            settings = Settings(
                asterisk=Asterisk(
                    url=pbx.ari_url, user=pbx.ari_user, password=SecretStr(pbx.ari_password), app=pbx.app
                ),
                api=Api(port=0),
                state_dir=STATE,
            )
            STATE.mkdir(parents=True)
            _, token = Tokens(STATE).create("demo", Scope.READ)
            clock, of_a_call = DemoClock(MORNING), VoiceOfACall(voice)
            log = logging.getLogger(__name__)
            async with bootstrap(settings, clock=clock, voice=of_a_call, hall=hall, say=log.info) as service:
                await eventually(lambda: service.line.ready, "the line to be ready")
                yield House(pbx=pbx, service=service, voice=of_a_call, clock=clock, token=token)
        finally:
            if pbx.log.exists():
                shutil.copyfile(pbx.log, ASTERISK_LOG)


@contextmanager
def logged() -> Iterator[None]:
    """What the service logs goes to a file, masked as always."""
    with SERVICE_LOG.open("w", encoding="utf-8") as file:
        undo = set_up(level="info", form="human", stream=file)
        try:
            yield
        finally:
            undo()
