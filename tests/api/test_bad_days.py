"""The whole service on its bad days: the one before was killed, the database is not there, Asterisk answered alone."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from api.bootstrap import LAST_KNOWN, bootstrap
from api.meanwhile import READ
from api.service import Service
from api.settings.model import Api, Asterisk, Settings
from callflows.facts import CallArrived
from callflows.floor.presence import Presence
from callflows.outcomes import CallOutcome
from callflows.ports import CallbackWish, PromiseRefused
from directory.absence import Absence, AbsenceId
from directory.changes import Source
from records.asterisk_log import ENDED, WITHOUT_SERVICE
from records.database import open_database
from records.entry import entry_of
from records.errors import DatabaseAway
from records.hall_copy import read_copy
from records.spool import SPOOL, FolderSpool
from records.stores.absences import AbsenceStore
from records.stores.calls import CallStore
from records.stores.hall import HallStore
from records.views import CallStory
from telephony.values import CallId, NumberShown
from tests.api.recorded import NUMBER
from tests.fakes.memory import MemoryWorld
from tests.office.office import a_moment

PATIENCE = 90.0
THEN = datetime(2026, 11, 20, 11, tzinfo=UTC)


class Premises:
    """A state folder with the service before; `service` is the next one."""

    def __init__(self, folder: Path) -> None:
        self.state, self.logs = folder / "state", folder / "log"
        self.said: list[str] = []
        for name in (ENDED, WITHOUT_SERVICE):
            (self.logs / name).parent.mkdir(parents=True)

    @asynccontextmanager
    async def service(self, world: MemoryWorld | None = None, **changes: Any) -> AsyncIterator[Service]:
        settings = Settings(
            state_dir=self.state, api=Api(port=0), asterisk=Asterisk(log_dir=self.logs)
        ).model_copy(update=changes)
        line = (world or MemoryWorld()).line
        async with asyncio.timeout(PATIENCE), bootstrap(settings, line=line, say=self.said.append) as service:
            yield service

    async def was_here(self) -> None:
        """A first start and its end."""
        async with self.service():
            pass

    def left_in_spool(self, *told: CallArrived) -> None:
        spool = FolderSpool(self.state / SPOOL)
        spool.take()
        spool.append([entry_of(1, number, fact) for number, fact in enumerate(told, start=1)])

    def asterisk_wrote(self, name: Path, **told: Any) -> None:
        with (self.logs / name).open("a") as file:
            file.write(json.dumps(told) + "\n")

    @contextmanager
    def without_database(self) -> Iterator[None]:
        """The file cannot be opened inside the block: its name leads to a folder that is not there."""
        file = self.state / "halo.sqlite3"
        aside = file.rename(file.with_name("aside"))
        file.symlink_to(self.state / "gone" / "halo.sqlite3")
        yield
        aside.replace(file)


@pytest.fixture
def premises(tmp_path: Path) -> Premises:
    return Premises(tmp_path)


async def on_record(premises: Premises, call: str) -> CallStory | None:
    async with open_database(f"sqlite:///{premises.state / 'halo.sqlite3'}") as database:
        return await CallStore(database).story(CallId(call))


async def is_over(premises: Premises, call: str) -> CallStory:
    """The call's story, once it has an end."""
    while (story := await on_record(premises, call)) is None or story.call.ended is None:
        await a_moment()
    return story


async def ready(service: Service) -> dict[str, bool]:
    async with ClientSession() as session, session.get(f"{service.api}/health/ready") as answer:
        told = await answer.json()
    return {check["name"]: check["ok"] for check in told["checks"]}


async def test_a_call_that_ended_meanwhile_ends_on_record_when_it_truly_did(premises: Premises) -> None:
    await premises.was_here()
    premises.left_in_spool(arrived("1763850000.7"))
    ended = THEN + timedelta(seconds=42)
    premises.asterisk_wrote(ENDED, uniqueid="1763850000.7", eventtime=ended.timestamp(), eventextra="")
    async with premises.service():
        story = await is_over(premises, "1763850000.7")
    assert (story.call.ended, story.call.number) == (ended, NUMBER)
    assert list((premises.state / SPOOL).iterdir()) == []


async def test_a_call_that_asterisk_answered_alone_is_on_record_once(premises: Premises) -> None:
    start = THEN.timestamp()
    told = {"start": start, "end": start + 60, "caller": "601234567"}
    premises.asterisk_wrote(
        WITHOUT_SERVICE, uniqueid="7.1", taken=f"{start + 12:.3f}", outcome="answered", **told
    )
    premises.asterisk_wrote(WITHOUT_SERVICE, uniqueid="7.2", taken="", outcome="left", **told)
    premises.asterisk_wrote(WITHOUT_SERVICE, uniqueid="7.3", taken="", outcome="service", **told)
    for _ in range(2):
        async with premises.service():
            taken, left = await is_over(premises, "7.1"), await is_over(premises, "7.2")
            assert await on_record(premises, "7.3") is None
        assert [view.kind for view in taken.facts] == ["call_arrived", "answered_without_us", "call_ended"]
        assert (taken.call.outcome, taken.call.number_e164) == (CallOutcome.WITHOUT_SERVICE, "+48601234567")
        assert taken.facts[1].payload == {"taken": True, "seconds": 48.0}
        assert (left.call.outcome, len(left.facts)) == (CallOutcome.ABANDONED, 3)
        (premises.state / READ).unlink()  # the place is lost: the next one reads all again


async def test_without_its_database_the_service_answers_with_the_last_known_directory(
    premises: Premises, caplog: pytest.LogCaptureFixture
) -> None:
    await premises.was_here()
    world = MemoryWorld()
    citizen = world.citizen(number=NUMBER)
    with premises.without_database():
        async with premises.service(world) as service:
            assert "starts without its database" in caplog.text
            assert await ready(service) == {
                "line": True,
                "database": False,
                "journal": True,
                "directory": True,
            }
            await citizen.dials()
            await citizen.hears("greeting")
            with pytest.raises(PromiseRefused):
                await service.house.promises.promise(
                    CallbackWish(call=citizen.call.id, number=NUMBER, matter="", unit="")
                )
            await citizen.hangs_up()
            assert await world.line.idle(5)
    async with premises.service():
        story = await is_over(premises, citizen.call.id)
    assert story.facts[0].kind == "call_arrived"


async def test_when_the_database_is_back_everything_that_waited_is_taken_over(premises: Premises) -> None:
    async with premises.service() as service:
        ewa = service.house.floor.clerks()[0].person
        service.house.floor.log_on(ewa)
        hall, now = service.house.hall(), service.house.clock.now()
        out = Absence(id=AbsenceId("out"), person=ewa, begins=now, ends=now + timedelta(days=1))
        async with open_database(service.settings.database_url) as database:
            await AbsenceStore(database).enter(out)
        assert service.house.live.absence(ewa, now) is None
        await service.reload()
        assert service.house.live.absence(ewa, now) == out
    with premises.without_database():
        async with open_database(f"sqlite:///{premises.state / 'aside'}") as database:
            await AbsenceStore(database).cancel(out.id, "ewa")
            await HallStore(database).save_hall(
                replace(hall, notice="Kasa jest dziś nieczynna."), "test", source=Source.COMMAND
            )
        starting = premises.service()
        service = await starting.__aenter__()
        assert service.house.hall().notice == hall.notice
        assert service.house.live.absence(ewa, now) == out
        assert {clerk.presence for clerk in service.house.floor.clerks()} == {Presence.AWAY}
        service.journal.state(arrived("new"))
    await service.journal.flush()
    while service.house.floor.clerks()[0].presence is Presence.AWAY:
        await asyncio.to_thread(lambda: None)
    assert service.house.hall().notice == "Kasa jest dziś nieczynna."
    assert service.house.live.absence(ewa, now) is None
    assert await ready(service) == {"line": True, "database": True, "journal": True, "directory": True}
    await starting.__aexit__(None, None, None)
    assert await on_record(premises, "new") is not None


async def test_without_database_and_copy_it_does_not_start(premises: Premises) -> None:
    await premises.was_here()
    (premises.state / LAST_KNOWN).unlink()
    with premises.without_database(), pytest.raises(DatabaseAway, match="cannot be used now"):
        async with premises.service():
            pass


async def test_a_backup_that_holds_the_file_holds_up_no_start(premises: Premises) -> None:
    await premises.was_here()
    with closing(sqlite3.connect(premises.state / "halo.sqlite3", isolation_level=None)) as backup:
        backup.execute("BEGIN IMMEDIATE")
        async with premises.service() as service:
            service.journal.state(arrived("meanwhile"))
            assert (await ready(service))["directory"]
            backup.execute("COMMIT")
            await service.journal.flush()
    assert await on_record(premises, "meanwhile") is not None


async def test_a_full_disk_is_said_and_the_line_goes_on(premises: Premises) -> None:
    async with premises.service() as service:
        spool = premises.state / SPOOL
        spool.rmdir()
        spool.write_text("in the way")
        service.journal.state(arrived("c"))
        service.journal.spool_now()
        assert (await ready(service))["journal"] is False
        await service.journal.flush()
        spool.unlink()
    assert await on_record(premises, "c") is not None


def test_the_copy_of_the_directory_is_the_directory(premises: Premises) -> None:
    asyncio.run(premises.was_here())
    copy = premises.state / LAST_KNOWN
    assert copy.stat().st_mode & 0o777 == 0o600

    async def stored() -> object:
        async with open_database(f"sqlite:///{premises.state / 'halo.sqlite3'}") as database:
            return await HallStore(database).load_hall()

    assert read_copy(copy) == asyncio.run(stored())
    text = copy.read_text()
    for damaged in ("", "{}", text[: len(text) // 2], text.replace('"units"', '"unions"', 1)):
        copy.write_text(damaged)
        assert read_copy(copy) is None


def arrived(call: str) -> CallArrived:
    return CallArrived(
        call=CallId(call), at=THEN, number=NUMBER, name="", shown=NumberShown.SHOWN, dialled="447327700"
    )
