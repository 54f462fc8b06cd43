"""The fake Asterisk against the real one, where a difference would hide behind our own code."""

import asyncio
import json
import urllib.error
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.contract.leaving import left_in
from tests.contract.parts import open_line
from tests.fakes.asterisk import FakeAsteriskWorld
from tests.fakes.asterisk.declarations import OPERATIONS, Operation, resources
from tests.fakes.asterisk.server import PASSWORD, USER, FakeAsterisk
from tests.fakes.asterisk_real import RealWorld
from tests.pbx.asterisk import Pbx

REFUSED = [
    ("GET", "channels/nobody"),
    ("DELETE", "channels/nobody"),
    ("POST", "channels/nobody/answer"),
    ("POST", "channels/nobody/continue"),
    ("POST", "channels/nobody/ring"),
    ("POST", "channels/nobody/transfer_progress?states=channel_answered"),
    ("POST", "channels/nobody/variable?variable=X&value=1"),
    ("POST", "channels/nobody/play/p1?media=sound:x"),
    ("GET", "channels/nobody/rtp_statistics"),
    ("GET", "bridges/nowhere"),
    ("DELETE", "bridges/nowhere"),
    ("POST", "bridges/nowhere/addChannel?channel=nobody"),
    ("POST", "bridges/nowhere/removeChannel?channel=nobody"),
    ("POST", "channels/nobody/moh"),
    ("DELETE", "channels/nobody/moh"),
    ("POST", "bridges/nowhere/play/p1?media=sound:x"),
    ("DELETE", "playbacks/nothing"),
    ("GET", "applications/nobodys"),
    ("POST", "channels/halo-leg-x-1?endpoint=PJSIP/1999&app=halo&timeout=5"),
    ("POST", "channels/halo-leg-x-1?endpoint=PJSIP/1999&app=halo&timeout=5&originator=nobody"),
]
"""What concerns nobody and nothing: only the refusals are compared."""


def _real_operations(pbx: Pbx) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    for resource in resources():
        for api in pbx.ari(f"api-docs/{resource}.json")["apis"]:
            for operation in api["operations"]:
                yield resource, operation["httpMethod"], api["path"], operation


def test_every_declared_operation_is_asterisks_own(pbx: Pbx) -> None:
    """Name, method, path, parameters and answer of each operation are as the real API description has them."""
    real = {(resource, method, path): one for resource, method, path, one in _real_operations(pbx)}
    for ours in OPERATIONS:
        theirs = real[ours.resource, ours.method, ours.path]
        assert theirs["nickname"] == ours.nickname
        assert theirs["responseClass"] == ours.answers, ours.nickname
        _compare_parameters(ours, theirs)


def _compare_parameters(ours: Operation, theirs: dict[str, Any]) -> None:
    described = {one["name"]: one for one in theirs.get("parameters", [])}
    for parameter in ours.parameters:
        known = described[parameter.name]
        assert (known["paramType"], known["required"]) == (parameter.stands, parameter.required), (
            ours.nickname
        )
    missing = {name for name, one in described.items() if one.get("required")}
    assert missing <= {one["name"] for one in ours.described()["parameters"]}, ours.nickname


@pytest.mark.parametrize(("method", "path"), REFUSED)
async def test_a_refusal_is_the_same(pbx: Pbx, method: str, path: str) -> None:
    """Status and sentence: our code tells "gone" from "refused" by them."""
    fake = FakeAsterisk()
    await fake.start()
    try:
        theirs = await asyncio.to_thread(_refusal, pbx, method, path)
        ours = await _answer_of(fake, method, path)
    finally:
        await fake.end()
    assert ours == theirs


@pytest.mark.parametrize("state", ["music", "ringing", "talk", "hold"])
async def test_what_a_dead_process_leaves_is_listed_alike(pbx: Pbx, tmp_path: Path, state: str) -> None:
    """Channels and bridges, as far as our code reads them there."""
    async with FakeAsteriskWorld.opened() as fake, left_in(state, fake):
        ours = await _listed(fake.asterisk.url, USER, PASSWORD)
    async with RealWorld.opened(pbx, tmp_path) as real, left_in(state, real) as (citizen, _):
        theirs = await _listed(pbx.ari_url, pbx.ari_user, pbx.ari_password)
        async with open_line(real):
            await citizen.hangs_up()
    assert ours == theirs


async def _listed(url: str, user: str, password: str) -> tuple[list[object], list[object]]:
    """Both lists, with the ids told apart only by what they name."""
    credentials = aiohttp.encode_basic_auth(user, password)
    async with aiohttp.ClientSession(headers={"Authorization": credentials}) as session:
        channels, bridges = [
            await (await session.get(f"{url}/ari/{what}")).json() for what in ("channels", "bridges")
        ]
    callers = {channel["id"]: "the caller" for channel in channels if "-leg-" not in channel["id"]}
    known = callers | {channel["id"]: "the leg" for channel in channels if channel["id"] not in callers}
    plans = [channel["dialplan"] for channel in channels]
    parties = [
        (
            known[channel["id"]],
            channel["name"].partition("-")[0],
            channel["state"],
            plan["context"],
            plan["exten"],
            plan["app_name"],
            [known.get(part, part) for part in plan["app_data"].split(",")],
            {name: known.get(value, value) for name, value in channel["channelvars"].items()},
        )
        for channel, plan in zip(channels, plans, strict=True)
    ]
    rooms = [
        (bridge["id"].split("-")[1], bridge["bridge_type"], sorted(known[one] for one in bridge["channels"]))
        for bridge in bridges
    ]
    return sorted(parties, key=str), sorted(rooms, key=str)


def _refusal(pbx: Pbx, method: str, path: str) -> tuple[int, dict[str, str]]:
    with pytest.raises(urllib.error.HTTPError) as refused:
        pbx.ari(path, method=method)
    return refused.value.code, json.loads(refused.value.read())


async def _answer_of(fake: FakeAsterisk, method: str, path: str) -> tuple[int, dict[str, str]]:
    credentials = aiohttp.encode_basic_auth(USER, PASSWORD)
    async with (
        aiohttp.ClientSession(headers={"Authorization": credentials}) as session,
        session.request(method, f"{fake.url}/ari/{path}") as answer,
    ):
        return answer.status, await answer.json()
