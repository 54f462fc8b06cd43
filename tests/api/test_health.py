"""Health, readiness with reasons, metrics, and what is said when the records are away."""

import asyncio
import logging

import pytest

from api.http.health import Check, NotReady, readiness
from tests.api.conftest import Served


async def fine() -> None:
    """A check that finds nothing wrong."""


async def away() -> None:
    raise NotReady("Asterisk is not reached; start it.")


async def hangs() -> None:
    await asyncio.Event().wait()


async def test_the_index_points_on(served: Served) -> None:
    pointer = await served.get("/", None)
    assert (pointer["service"], pointer["version"], pointer["openapi"]) == (
        "halo-urzad",
        "1.2.3",
        "/openapi.json",
    )
    for path in pointer["links"].values():
        async with served.client.head(path) as answer:
            assert answer.status in {405, 401, 200}


async def test_a_live_service_says_so(served: Served) -> None:
    assert await served.get("/health/live", None) == {"status": "live", "version": "1.2.3"}


async def test_ready_when_every_check_is_fine(served: Served) -> None:
    served.checks[:] = [Check("line", fine), Check("database", fine)]
    assert await served.get("/health/ready", None) == {
        "ready": True,
        "checks": [
            {"name": "line", "ok": True, "reason": ""},
            {"name": "database", "ok": True, "reason": ""},
        ],
    }


async def test_not_ready_says_why(served: Served) -> None:
    served.checks[:] = [Check("line", away), Check("database", fine)]
    async with served.client.get("/health/ready") as answer:
        assert answer.status == 503
        body = await answer.json()
    assert body["ready"] is False
    assert body["checks"][0] == {"name": "line", "ok": False, "reason": "Asterisk is not reached; start it."}


async def test_a_check_that_hangs_is_a_failed_check() -> None:
    ready = await readiness([Check("line", hangs), Check("database", fine)], within=0.01)
    assert [check.ok for check in ready.checks] == [False, True]
    assert ready.checks[0].reason == "No answer within 0.01 seconds."


async def test_metrics_count_calls_and_requests(served: Served) -> None:
    await served.get("/api/calls")
    async with served.client.get("/metrics", headers=served.headers()) as answer:
        text = await answer.text()
        assert answer.headers["Content-Type"].startswith("text/plain; version=")
    assert 'halo_calls_total{outcome="callback"} 1.0' in text
    assert 'halo_transfers_total{outcome="busy"} 1.0' in text
    assert 'halo_request_seconds_count{method="GET",path="/api/calls",status="200"} 1.0' in text


async def test_records_that_cannot_be_read_are_a_problem_and_no_traceback(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    async with served.database.write() as connection:
        await connection.exec_driver_sql("DROP TABLE tickets")
        await connection.exec_driver_sql("DROP TABLE transfer_attempts")
    with caplog.at_level(logging.WARNING):
        for path in ("/api/transfers", "/api/tickets"):
            assert "cannot be read at present" in await served.problem(path, 503)
    assert all(record.exc_info is None for record in caplog.records)


async def test_a_mistake_of_ours_is_logged_and_told_without_details(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken() -> None:
        raise ZeroDivisionError("secret detail")

    served.checks[:] = [Check("broken", broken)]
    with caplog.at_level(logging.ERROR):
        async with served.client.get("/health/ready") as answer:
            assert answer.status == 500
            assert "secret detail" not in await answer.text()
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert any(record.exc_info for record in caplog.records)
    assert await served.get("/health/live", None)
    async with served.client.get("/metrics", headers=served.headers()) as answer:
        counted = 'halo_request_seconds_count{method="GET",path="/health/ready",status="500"} 1.0'
        assert counted in await answer.text()
