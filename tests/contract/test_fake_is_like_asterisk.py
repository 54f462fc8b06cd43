"""The fake Asterisk against the real one, where a difference would hide behind our own code."""

import asyncio
import json
import urllib.error
from collections.abc import Iterator
from typing import Any

import aiohttp
import pytest

from tests.fakes.asterisk.declarations import OPERATIONS, Operation, resources
from tests.fakes.asterisk.server import PASSWORD, USER, FakeAsterisk
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
    ("POST", "bridges/nowhere/moh"),
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
    missing = {name for name, one in described.items() if one["required"]}
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
