"""The whole service on an in-memory line: first start, a call and its record, reload, and what can go wrong."""

import asyncio
import io
import logging
import re
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from api.bootstrap import bootstrap
from api.hall_source import BadHall
from api.logging import set_up
from api.running import AlreadyRunning, running
from api.service import Service, StartError
from api.settings.model import HOME_ZONE, Api, Asterisk, Settings, VoiceGroup
from callflows.floor.presence import Presence
from directory.changes import Source
from records.database import open_database
from records.stores.hall import HallStore
from telephony.call import Line, OnSettled, Story, nobody_asks
from telephony.errors import WrongPassword
from telephony.values import PhoneSeen
from tests.api.recorded import FACTS
from tests.fakes.memory import MemoryWorld

NIGHT = datetime(2026, 11, 24, 22, 0, tzinfo=HOME_ZONE)
NUMBER = "+48600123456"


def settings(folder: Path) -> Settings:
    return Settings(state_dir=folder / "state", api=Api(port=0), clock=NIGHT)


class Started:
    """Starts the service and keeps what it says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.said: list[str] = []

    def service(self, line: Line, **changes: Any) -> AbstractAsyncContextManager[Service]:
        wanted = settings(self.folder).model_copy(update=changes)
        return bootstrap(wanted, line=line, say=self.said.append)

    @property
    def token(self) -> str:
        (found,) = re.findall(r"halo_[\w-]+", "\n".join(self.said))
        return str(found)


@pytest.fixture
def started(tmp_path: Path) -> Started:
    return Started(tmp_path)


async def get(service: Service, path: str, token: str = "") -> Any:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with ClientSession() as session, session.get(service.api + path, headers=headers) as answer:
        return await answer.json() if answer.content_type == "application/json" else await answer.text()


async def test_the_first_start_says_what_it_did_and_the_second_is_quiet(started: Started) -> None:
    async with started.service(MemoryWorld().line):
        pass
    database, directory, doubts, token, api = started.said
    assert re.search(r"/state/halo.sqlite3 was made: its tables are at \d+\.$", database)
    assert re.search(r"loaded from .*/piotrkow: \d+ units, \d+ matters, \d+ people\.$", directory)
    assert "halo directory report" in doubts
    assert token.startswith("A token for the API was made (first, read); it is shown only now: halo_")
    assert re.fullmatch(r"The API listens on http://127\.0\.0\.1:\d+\.", api)
    started.said.clear()
    async with started.service(MemoryWorld().line):
        pass
    assert len(started.said) == 1


async def test_a_call_is_answered_recorded_and_shown(started: Started) -> None:
    world = MemoryWorld()
    citizen = world.citizen(number=NUMBER, name="Jan Przykładowy")
    async with started.service(world.line) as service:
        await citizen.dials()
        assert "Urząd Miasta" in await citizen.hears("greeting")
        await citizen.hangs_up()
        assert await world.line.idle(5)
        await service.journal.flush()
        (call,) = (await get(service, "/api/calls", started.token))["items"]
        assert (call["call"], call["outcome"], call["number"]) == (citizen.call.id, "abandoned", "***456")
        story = await get(service, f"/api/calls/{call['call']}", started.token)
        assert story["facts"][0]["kind"] == "call_arrived"
        assert story["facts"][0]["at"] == call["arrived"]
        assert call["arrived"].startswith("2026-11-24T21:0")
        assert 'halo_calls_total{outcome="abandoned"} 1.0' in await get(service, "/metrics", started.token)
        assert (await get(service, "/health/ready"))["ready"]


async def test_the_log_of_a_call_has_its_id_and_no_number(started: Started) -> None:
    world, stream = MemoryWorld(), io.StringIO()
    citizen = world.citizen(number=NUMBER, name="Jan Przykładowy")
    undo = set_up(level="debug", form="human", stream=stream)
    try:
        async with started.service(world.line):
            await citizen.dials()
            await citizen.hears("greeting")
            await citizen.hangs_up()
            assert await world.line.idle(5)
    finally:
        undo()
    assert f" callflows.reception [{citizen.call.id}]: " in stream.getvalue()
    assert NUMBER[3:] not in stream.getvalue()
    assert "Przykładowy" not in stream.getvalue()


async def test_a_set_clock_warns_loudly(started: Started, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        async with started.service(MemoryWorld().line) as service:
            now = service.house.clock.now()
    assert (now.date(), now.hour) == (NIGHT.date(), 22)
    assert "THE CLOCK IS SET to 2026-11-24T22:00:00+01:00" in caplog.text


async def test_new_calls_take_the_changed_directory(started: Started) -> None:
    async with started.service(MemoryWorld().line) as service:
        old = service.house.hall()
        async with open_database(service.settings.database_url) as database:
            await HallStore(database).save_hall(
                replace(old, notice="Kasa jest dziś nieczynna."), "test", source=Source.COMMAND
            )
        assert service.house.hall() is old
        await service.reload()
        assert service.house.hall().notice == "Kasa jest dziś nieczynna."


async def test_the_floor_takes_the_changed_directory_too(started: Started) -> None:
    async with started.service(MemoryWorld().line) as service:
        old = service.house.hall()
        clerks = service.house.floor.clerks()
        assert [clerk.name for clerk in clerks] == ["Ewa Zmyślona", "Jan Wymyślony"]
        ewa = old.people[clerks[0].person]
        service.house.floor.log_on(ewa.id)
        renamed = {**old.people, ewa.id: replace(ewa, name="Ewa Przemianowana")}
        async with open_database(service.settings.database_url) as database:
            await HallStore(database).save_hall(replace(old, people=renamed), "test", source=Source.COMMAND)
        await service.reload()
        seen = service.house.floor.clerks()[0]
        assert (seen.name, seen.presence) == ("Ewa Przemianowana", Presence.READY)


async def test_who_is_no_clerk_any_more_is_on_duty_no_more(started: Started) -> None:
    """Nobody could log them off: callers would wait for somebody who is not there."""
    async with started.service(MemoryWorld().line) as service:
        old = service.house.hall()
        service.house.floor.log_on(service.house.floor.clerks()[0].person)
        elsewhere = next(unit for unit in old.units if unit != old.desk)
        people = {
            one: replace(person, unit=elsewhere) if person.name == "Ewa Zmyślona" else person
            for one, person in old.people.items()
        }
        async with open_database(service.settings.database_url) as database:
            await HallStore(database).save_hall(replace(old, people=people), "test", source=Source.COMMAND)
        await service.reload()
        assert [clerk.name for clerk in service.house.floor.clerks()] == ["Jan Wymyślony"]
        assert not service.house.floor.staffed


async def test_a_directory_with_a_fault_never_goes_live(
    started: Started, caplog: pytest.LogCaptureFixture
) -> None:
    async with started.service(MemoryWorld().line) as service:
        old = service.house.hall()
        async with open_database(service.settings.database_url) as database:
            await HallStore(database).save_hall(
                replace(old, crisis_number="abc"), "test", source=Source.COMMAND
            )
        await service.reload()
        assert service.house.hall() is old
    assert "the old one stays in force" in caplog.text
    assert "crisis_number" in caplog.text


async def test_old_personal_data_are_forgotten_by_themselves(started: Started) -> None:
    async with started.service(MemoryWorld().line) as service:
        for fact in FACTS:
            service.journal.state(replace(fact, at=fact.at - timedelta(days=400)))
        await service.journal.flush()
        (_, promised, taken) = (await get(service, "/api/calls", started.token))["items"]
        assert (promised["number"], taken["number"]) == ("***654", "***456")
    token = started.token
    async with started.service(MemoryWorld().line, clock=None) as service:
        while any(call["number"] for call in (await get(service, "/api/calls", token))["items"]):
            assert not service.serving.done()
        (_, promised, taken) = (await get(service, "/api/calls", token))["items"]
        assert (promised["outcome"], taken["outcome"]) == ("callback", "transferred")


async def test_while_draining_new_calls_go_elsewhere(started: Started) -> None:
    world = MemoryWorld()
    async with started.service(world.line) as service:
        await service.drain(1.0)
        citizen = world.citizen()
        await citizen.dials()
        assert citizen.fell_back
        ready = await get(service, "/health/ready")
        assert [check["ok"] for check in ready["checks"]] == [False, True, True, True]


async def test_one_service_for_each_state_folder(started: Started, tmp_path: Path) -> None:
    async with started.service(MemoryWorld().line):
        assert running(tmp_path / "state") is not None
        with pytest.raises(AlreadyRunning, match="already"):
            async with started.service(MemoryWorld().line):
                pass
    assert running(tmp_path / "state") is None


async def test_a_taken_port_is_one_sentence(started: Started) -> None:
    taken = await asyncio.start_server(lambda _, __: None, "127.0.0.1", 0)
    async with taken:
        port = taken.sockets[0].getsockname()[1]
        with pytest.raises(StartError) as wrong:
            async with started.service(MemoryWorld().line, api=Api(port=port)):
                pass
    assert str(wrong.value) == (
        f"Port {port} of 127.0.0.1 is taken: stop the other program, or choose another port (api.port, HALO_API_PORT)."
    )


async def test_a_hall_that_may_not_go_live_is_one_sentence(started: Started, tmp_path: Path) -> None:
    (tmp_path / "hall").mkdir()
    with pytest.raises(BadHall, match=r"may not go live: hall\.toml"):
        async with started.service(MemoryWorld().line, hall_dir=tmp_path / "hall"):
            pass


async def test_without_a_password_nothing_is_begun(tmp_path: Path) -> None:
    with pytest.raises(StartError, match="HALO_ASTERISK_PASSWORD_FILE"):
        async with bootstrap(settings(tmp_path), say=print):
            pass
    assert not (tmp_path / "state").exists()


async def test_a_voice_that_may_not_speak_is_one_sentence(tmp_path: Path) -> None:
    asterisk = Asterisk.model_validate({"password": "x"})
    wanted = settings(tmp_path).model_copy(update={"asterisk": asterisk, "voice": VoiceGroup(voice="Cezary")})
    with pytest.raises(StartError, match=r"The line has no voice: .*Cezary"):
        async with bootstrap(wanted, say=print):
            pass


class ShutLine:
    """A line that Asterisk does not let in."""

    ready = leaving = False

    async def serve(self, story: Story, settled: OnSettled = nobody_asks) -> None:
        raise WrongPassword("Asterisk refuses the ARI user 'halo' or its password.")

    async def drain(self, limit: float) -> None:
        """Nobody is on it."""

    def phone(self, number: str) -> PhoneSeen:
        """Nothing is known of any."""
        return PhoneSeen.UNKNOWN


async def test_a_line_that_ends_ends_the_service(started: Started) -> None:
    async with started.service(ShutLine()) as service:
        with pytest.raises(WrongPassword):
            await service.ended()
