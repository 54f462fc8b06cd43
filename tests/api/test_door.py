"""The door: tokens, scopes, failed attempts, safe headers, and an access log that knows nobody."""

import io
import logging
from collections.abc import Iterator

import pytest

from api.http.auth import FailedAttempts
from api.http.hardening import HEADERS
from api.http.routes import ROUTES
from api.tokens import Scope
from tests.api.conftest import Served
from tests.api.recorded import NUMBER, TAKEN
from tests.flows.clerks import ADAM

NAMED = {"id": TAKEN, "person": ADAM, "unit": "del", "matter": "id-card", "subject": "id-card"}
NAMED |= {"absence": "x", "task": "x", "version": "1"}
GUARDED = [(route.method.value, route.path.format(**NAMED)) for route in ROUTES if route.scope is not None]
OPEN = [route.path for route in ROUTES if route.scope is None] + ["/openapi.json"]


@pytest.mark.parametrize(("method", "path"), GUARDED)
async def test_without_a_token_nothing_is_told_or_done(served: Served, method: str, path: str) -> None:
    async with served.client.request(method, path) as answer:
        assert answer.status == 401
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="halo"'
        assert "halo token create" in (await answer.json())["detail"]


@pytest.mark.parametrize("path", OPEN)
async def test_what_is_open_to_all_needs_no_token(served: Served, path: str) -> None:
    async with served.client.get(path) as answer:
        assert answer.status == 200


async def test_only_metrics_with_the_scope_for_metrics(served: Served) -> None:
    sentence = await served.problem("/api/calls", 403, Scope.METRICS)
    assert sentence == 'This token may only "metrics"; a token with "read" is needed here.'
    async with served.client.get("/metrics", headers=served.headers(Scope.METRICS)) as answer:
        assert answer.status == 200


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Basic aGFsbzpoYWxv", "halo_x", "Bearer halo_x"])
async def test_what_is_no_valid_token_is_refused(served: Served, header: str) -> None:
    async with served.client.get("/api/calls", headers={"Authorization": header}) as answer:
        assert answer.status == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


async def test_a_revoked_token_no_longer_opens(served: Served) -> None:
    await served.get("/api/calls")
    served.tokens.revoke("read")
    assert "no longer" in await served.problem("/api/calls", 401)


async def test_a_token_in_the_query_is_no_token(served: Served) -> None:
    assert (await served.problem(f"/api/calls?token={served.bearers[Scope.READ]}", 401, None)).startswith(
        "Send"
    )


async def test_too_many_wrong_tokens_are_sent_away_and_right_ones_are_not(served: Served) -> None:
    wrong = {"Authorization": "Bearer halo_guess"}
    for _ in range(10):
        async with served.client.get("/api/calls", headers=wrong) as answer:
            assert answer.status == 401
    async with served.client.get("/api/calls", headers=wrong) as answer:
        assert answer.status == 429
        assert 1 <= int(answer.headers["Retry-After"]) <= 60
    await served.get("/api/calls")


def test_failures_are_forgotten_after_a_while_and_counted_by_address() -> None:
    now = [0.0]
    attempts = FailedAttempts(at_most=2, within=60, now=lambda: now[0])
    assert [attempts.failed("a") for _ in range(3)] == [0, 0, 60]
    assert attempts.failed("b") == 0
    now[0] = 59.5
    assert attempts.failed("a") == 1
    now[0] = 60
    assert attempts.failed("a") == 0


def test_failures_of_a_million_addresses_cost_bounded_memory() -> None:
    attempts = FailedAttempts(at_most=1, addresses=100)
    for number in range(1000):
        attempts.failed(str(number))
    assert attempts.failed("999") > 0
    assert attempts.failed("1") == 0


@pytest.mark.parametrize("path", ["/", "/api/calls", "/nothing", "/metrics"])
async def test_every_answer_has_safe_headers(served: Served, path: str) -> None:
    async with served.client.get(path, headers=served.headers()) as answer:
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS


@pytest.fixture
def access() -> Iterator[io.StringIO]:
    stream, log = io.StringIO(), logging.getLogger("api.access")
    handler = logging.StreamHandler(stream)
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    yield stream
    log.removeHandler(handler)


async def test_the_access_log_has_no_address_query_or_id(served: Served, access: io.StringIO) -> None:
    for path in (f"/api/calls/{TAKEN}?number={NUMBER}", f"/{NUMBER}", "/health/live"):
        async with served.client.get(path, headers=served.headers(Scope.PERSONAL)) as answer:
            await answer.read()
    lines = access.getvalue().splitlines()
    assert [line.partition(" in ")[0] for line in lines] == [
        "GET /api/calls/{id} 400",
        "GET (no such path) 404",
        "GET /health/live 200",
    ]


async def test_what_is_no_http_is_one_line_of_the_access_log(served: Served, access: io.StringIO) -> None:
    """A header longer than aiohttp takes: refused before the router, and noted like anything else."""
    async with served.client.get("/health/live", headers={"X-Long": "y" * 9000}) as answer:
        assert answer.status == 400
    (line,) = access.getvalue().splitlines()
    assert line.partition(" in ")[0] == "UNKNOWN (no such path) 400"
