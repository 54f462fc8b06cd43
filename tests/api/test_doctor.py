"""The doctor: against nothing at all, each problem with its mend; on a real Asterisk, all well."""

import asyncio
import json
import os
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from api.bootstrap import bootstrap
from api.doctor.finding import Standing
from api.doctor.telephone import telephones
from api.phones.whose import phones_of
from api.running import held
from api.settings.model import Api, Asterisk, Settings, VoiceGroup
from directory.load import DEMO, load_hall
from tests.api.halo import Halo
from tests.fakes.memory import MemoryWorld
from tests.pbx.asterisk import Pbx
from tests.pbx.ports import free_tcp_port


def examined(halo: Halo, **environ: str) -> tuple[int, dict[str, dict[str, Any]]]:
    told = halo("check", "--json", **environ)
    return told.exit_code, {row["check"]: row for row in json.loads(told.output)}


def standings(found: dict[str, dict[str, Any]]) -> dict[str, str]:
    return {check: row["standing"] for check, row in found.items()}


def test_against_nothing_each_problem_has_its_mend_and_nothing_is_made(halo: Halo) -> None:
    code, found = examined(halo, HALO_API_PORT="0", HALO_ASTERISK_URL="http://127.0.0.1:1")
    assert code == 1
    assert standings(found) == {
        "state folder": "problem",
        "disk": "ok",
        "clock": "ok",
        "port": "ok",
        "service": "warning",
        "asterisk": "problem",
        "asterisk's records": "warning",
        "database": "problem",
        "spool": "ok",
        "directory": "problem",
        "prompts": "problem",
    }
    assert all(row["mend"] for row in found.values() if row["standing"] != "ok")
    assert not (halo.state / "halo.sqlite3").exists()


def test_an_asterisk_that_is_not_there(halo: Halo) -> None:
    _, found = examined(halo, HALO_ASTERISK_URL="http://127.0.0.1:1", HALO_ASTERISK_PASSWORD="x")
    assert found["asterisk"]["what"].startswith("At http://127.0.0.1:1 nobody speaks ARI.")
    assert found["asterisk"]["mend"] == "Start Asterisk, or correct asterisk.url (HALO_ASTERISK_URL)."


async def test_a_taken_port_and_a_set_clock(halo: Halo) -> None:
    taken = await asyncio.start_server(lambda _, __: None, "127.0.0.1", 0)
    async with taken:
        port = taken.sockets[0].getsockname()[1]
        _, found = await asyncio.to_thread(
            lambda: examined(halo, HALO_API_PORT=str(port), HALO_CLOCK="2026-11-24T10:00")
        )
    assert found["port"]["standing"] == "problem"
    assert "Address already in use" in found["port"]["what"]
    assert (found["clock"]["standing"], found["clock"]["mend"]) == ("warning", "Remove HALO_CLOCK.")


def test_a_running_service_is_no_taken_port(halo: Halo) -> None:
    halo.state.mkdir()
    with held(halo.state):
        _, found = examined(halo)
    assert found["port"]["what"].startswith("The service runs (process ")


def test_an_api_open_to_the_network_is_odd(halo: Halo) -> None:
    _, found = examined(halo, HALO_API_HOST="0.0.0.0", HALO_API_PORT="0")
    assert (found["port"]["standing"], "TLS" in found["port"]["mend"]) == ("warning", True)


def test_secrets_that_everybody_may_read(halo: Halo) -> None:
    halo("token", "create", "screen")
    (halo.state / "tokens.json").chmod(0o644)
    secret = halo.folder / "password"
    secret.write_text("x")
    secret.chmod(0o604)
    _, found = examined(halo, HALO_ASTERISK_PASSWORD_FILE=str(secret))
    assert found["state folder"]["what"] == "Everybody on this machine may read tokens.json, password."


def test_an_old_database_and_a_missing_voice(halo: Halo, tmp_path: Path) -> None:
    halo.state.mkdir()
    (halo.state / "halo.sqlite3").touch()
    _, found = examined(halo, HALO_VOICE_VOICE="Cezary")
    assert found["database"]["what"].startswith("Its tables are at none")
    assert "Cezary" in found["prompts"]["what"]


@pytest.fixture
def on_asterisk(pbx: Pbx, tmp_path: Path) -> dict[str, str]:
    return {
        "HALO_ASTERISK_URL": pbx.ari_url,
        "HALO_ASTERISK_USER": pbx.ari_user,
        "HALO_ASTERISK_PASSWORD": pbx.ari_password,
        "HALO_ASTERISK_APP": "halo-doctor",
        "HALO_VOICE_ENGINE": "silent",
        "HALO_VOICE_CACHE": str(tmp_path / "cache"),
        "HALO_API_PORT": "0",
    }


def test_a_real_asterisk_with_everything_made_is_well(halo: Halo, on_asterisk: dict[str, str]) -> None:
    halo("database", "upgrade")
    assert halo("directory", "load", str(DEMO), **on_asterisk).exit_code == 0
    assert halo("prompts", "render", **on_asterisk).exit_code == 0
    code, found = examined(halo, **on_asterisk)
    complaints = {row["check"]: row["what"] for row in found.values() if row["standing"] == "problem"}
    assert complaints == {}
    assert code == 0
    assert found["asterisk"]["what"].startswith("Asterisk 22.")
    assert found["music"]["standing"] == "ok"
    assert found["phones"]["standing"] == "ok"
    assert found["telephones"]["standing"] != "problem"
    assert found["application"]["what"] == "Nobody serves the application halo-doctor."


def test_phones_that_nobody_can_ring_are_named() -> None:
    hall = load_hall(DEMO).hall
    everywhere = {phone.extension: True for phone in phones_of(hall).here}
    assert [each.standing for each in telephones(hall, everywhere)] == [Standing.OK]
    assert [each.what for each in telephones(hall, {**everywhere, "1011": False})] == [
        f"1 of {len(everywhere)} phones are not registered now, and their calls go to whoever steps in: 1011."
    ]
    (none,) = telephones(hall, {"trunk": True})
    assert f"{len(everywhere)} of {len(everywhere)} extensions have no account at Asterisk" in none.what
    assert (none.what.endswith(" more."), none.mend) == (True, "halo phones render --into DIR --reload")


def test_a_wrong_password_on_a_real_asterisk(halo: Halo, on_asterisk: dict[str, str]) -> None:
    _, found = examined(halo, **{**on_asterisk, "HALO_ASTERISK_PASSWORD": "wrong"})
    assert found["asterisk"]["what"].startswith("Asterisk refuses the ARI user")
    assert "ari.conf" in found["asterisk"]["mend"]


class TestTheRunningService:
    def test_one_that_does_not_answer_is_a_problem(self, halo: Halo) -> None:
        halo.state.mkdir()
        with held(halo.state):
            _, found = examined(halo, HALO_API_PORT=str(free_tcp_port()))
        assert found["service"]["standing"] == "problem"
        assert "and does not answer at http://127.0.0.1:" in found["service"]["what"]

    async def test_what_it_says_of_itself_is_shown(self, halo: Halo) -> None:
        settings = Settings(state_dir=halo.state, api=Api(port=free_tcp_port()))
        port = str(settings.api.port)
        async with bootstrap(settings, line=MemoryWorld().line, say=lambda _: None):
            _, found = await asyncio.to_thread(lambda: examined(halo, HALO_API_PORT=port))
        assert found["service"]["what"] == f"It runs (process {os.getpid()}) and is ready."
        nowhere = Asterisk(url="http://127.0.0.1:1", password=SecretStr("x"))
        away = settings.model_copy(update={"asterisk": nowhere, "voice": VoiceGroup(engine="silent")})
        async with bootstrap(away, say=lambda _: None):
            _, found = await asyncio.to_thread(lambda: examined(halo, HALO_API_PORT=port))
        assert found["service"]["standing"] == "problem"
        assert found["service"]["what"].startswith("Calls do not reach the service: Asterisk is away")


class TestWhatIsLeftBehind:
    def test_facts_that_wait_while_nothing_runs(self, halo: Halo) -> None:
        (halo.state / "spool").mkdir(parents=True)
        (halo.state / "spool" / "00000001.jsonl").write_bytes(b"x" * 1_200_000)
        _, found = examined(halo)
        assert found["spool"]["what"] == "1200 kB of facts wait for the database."
        assert "Do not delete them" in found["spool"]["mend"]

    def test_asterisks_records_that_are_not_there(self, halo: Halo, tmp_path: Path) -> None:
        _, found = examined(halo, HALO_ASTERISK_LOG_DIR=str(tmp_path / "gone"))
        assert found["asterisk's records"]["standing"] == "problem"

    def test_calls_that_were_answered_without_the_service(self, halo: Halo, tmp_path: Path) -> None:
        line = {"uniqueid": "a-1.0", "start": 1795384405.6, "taken": "", "end": 1795384407.2}
        (tmp_path / "cdr-custom").mkdir()
        record = tmp_path / "cdr-custom" / "calls-without-service.json"
        record.write_text(json.dumps({**line, "caller": "withheld", "outcome": "left"}) + "\n")
        _, found = examined(halo, HALO_ASTERISK_LOG_DIR=str(tmp_path))
        assert found["asterisk's records"]["what"].startswith("1 calls were answered without the service")
