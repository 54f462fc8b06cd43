"""Pages behind a proxy with a certificate, and pages on a bad day: the database away, a mistake of our own."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
from aiohttp.test_utils import TestServer
from yarl import URL

from api.accounts.sessions import Sessions
from api.http.app import build_app
from api.http.server import PROTOCOL
from records.account_views import Account, Role, Session
from records.errors import DatabaseAway
from records.stores.accounts import AccountStore
from tests.api.conftest import MakeClient, Served
from tests.api.office import PASSWORD, Browser, made_account

Opens = Callable[..., Awaitable[Browser]]
PUBLIC = "https://halo.example"


@pytest.fixture
async def opens(served: Served, aiohttp_client: MakeClient) -> Opens:
    """A browser at a service whose pages have other parts."""

    async def opened(**other: Any) -> Browser:
        parts = served.desk.parts
        server = TestServer(build_app(replace(parts, pages=replace(parts.pages, **other))))
        await server.start_server(**PROTOCOL)
        await made_account(parts.pages.accounts, "anna", Role.CLERK)
        return Browser(replace(served, client=await aiohttp_client(server)), sent={"Accept": "text/html"})

    return opened


async def test_over_https_cookies_are_for_this_host_and_https_alone(opens: Opens) -> None:
    browser = await opens(address=URL(PUBLIC))
    form = await browser.get("/sign-in")
    assert form.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert (await browser.post("/sign-in", sign_in="anna", password=PASSWORD)).status == 403
    sent = {**browser.headers(), "Origin": PUBLIC}
    filled = {"csrf": browser.token, "sign_in": "anna", "password": PASSWORD}
    async with browser.served.client.post(
        "/sign-in", headers=sent, data=filled, allow_redirects=False
    ) as answer:
        assert answer.status == 303
        cookies = answer.headers.getall("Set-Cookie")
    assert cookies
    for cookie in cookies:
        assert cookie.startswith("__Host-halo_")
        assert {"Secure", "HttpOnly", "Path=/"} <= {part.strip() for part in cookie.split(";")}
        assert "domain" not in cookie.lower()


async def test_the_address_is_the_proxys_word_if_it_is_our_proxy(
    opens: Opens, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="api.audit")
    browser = await opens(proxy="127.0.0.1")
    browser.sent["X-Forwarded-For"] = "203.0.113.9, 192.0.2.44"
    await browser.sign_in("anna")
    assert caplog.records[-1].getMessage() == "anna signed in from 192.0.2.44"


class AwayStore(AccountStore):
    """A database that does not answer, or our own mistake."""

    def __init__(self, trouble: Exception) -> None:
        self.trouble = trouble

    async def signed_in(self, key: str) -> tuple[Account, Session] | None:
        raise self.trouble


async def test_while_the_database_is_away_a_page_says_so(opens: Opens) -> None:
    browser = await opens(sessions=Sessions(AwayStore(DatabaseAway("gone"))))
    browser.cookies["halo_session"] = "x"
    page = await browser.get("/home")
    assert (page.status, page.title) == (503, "Chwilowa przerwa")
    assert "Baza danych chwilowo nie odpowiada" in page.text


async def test_our_own_mistake_is_a_page_without_details_and_a_line_of_the_log(
    opens: Opens, caplog: pytest.LogCaptureFixture
) -> None:
    browser = await opens(sessions=Sessions(AwayStore(RuntimeError("a detail for us"))))
    browser.cookies["halo_session"] = "x"
    browser.sent["Accept-Language"] = "en"
    page = await browser.get("/home")
    assert (page.status, page.title) == (500, "Error")
    assert "This is our mistake" in page.text
    assert "a detail for us" not in page.text
    assert "a page failed by our own mistake" in caplog.text
    assert "a detail for us" in caplog.text
    browser.cookies.clear()
    assert (await browser.get("/sign-in")).status == 200
