"""The doctor: against nothing at all, each problem with its mend; on a real Asterisk, all well."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from api.running import held
from directory.load import DEMO
from tests.api.halo import Halo
from tests.pbx.asterisk import Pbx


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
        "clock": "ok",
        "port": "ok",
        "asterisk": "problem",
        "database": "problem",
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
    assert found["application"]["what"] == "Nobody serves the application halo-doctor."


def test_a_wrong_password_on_a_real_asterisk(halo: Halo, on_asterisk: dict[str, str]) -> None:
    _, found = examined(halo, **{**on_asterisk, "HALO_ASTERISK_PASSWORD": "wrong"})
    assert found["asterisk"]["what"].startswith("Asterisk refuses the ARI user")
    assert "ari.conf" in found["asterisk"]["mend"]
