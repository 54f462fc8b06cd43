"""Signing in by an identity provider: a real one (Authlib's, in a process of its own), and one that lies."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer
from joserfc.jwk import RSAKey
from yarl import URL

from api.accounts.oidc import Provider
from api.http.app import build_app
from api.http.server import PROTOCOL
from records.account_views import Role, Subject
from tests.api.conftest import MakeClient, Served
from tests.api.office import Browser, Page, made_account
from tests.fakes.identity_provider import CLIENT, SECRET, IdentityProvider, identity_provider

Opens = Callable[[str], Awaitable[Browser]]


@pytest.fixture
async def opens(served: Served, aiohttp_client: MakeClient) -> Opens:
    """A browser at a service that knows the provider of this issuer; Anna is `u-4711` there."""

    async def opened(issuer: str) -> Browser:
        parts = served.desk.parts
        provider = Provider(issuer=issuer, name="Urząd", client_id=CLIENT, client_secret=SECRET)
        server = TestServer(build_app(replace(parts, pages=replace(parts.pages, provider=provider))))
        await server.start_server(**PROTOCOL)
        accounts = parts.pages.accounts
        anna = await made_account(accounts, "anna", Role.CLERK)
        await accounts.link(anna, Subject(issuer=issuer, subject="u-4711"), by="test")
        return Browser(replace(served, client=await aiohttp_client(server)))

    return opened


@asynccontextmanager
async def real_provider() -> AsyncIterator[str]:
    """The issuer of a provider that others wrote."""
    process = await asyncio.create_subprocess_exec(
        *("setpriv", "--pdeathsig=KILL", sys.executable, "-W", "ignore", "-m", "oidc_provider_mock"),
        *("--port", "0", "--host", "127.0.0.1", "--user", "u-4711", "--require-nonce"),
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "NO_COLOR": "1"},
    )
    try:
        assert process.stderr is not None
        async with asyncio.timeout(60):
            while not (found := re.search(rb"running on (http://[\w.:]+)", await process.stderr.readline())):
                pass
        yield found[1].decode()
    finally:
        process.kill()
        await process.wait()
        await process.communicate()


async def test_somebody_signs_in_by_a_real_provider(opens: Opens) -> None:
    async with real_provider() as issuer, ClientSession() as elsewhere:
        browser = await opens(issuer)
        assert "Zaloguj przez: Urząd" in (await browser.get("/sign-in")).text
        sent = await browser.get("/sign-in/provider?next=/account")
        assert sent.status == 303
        async with elsewhere.post(sent.to, data={"sub": "u-4711"}, allow_redirects=False) as answer:
            back = URL(answer.headers["Location"])
        assert (await browser.get(back.path_qs)).to == "/account"
        assert "Anna" in (await browser.get("/account")).text
        assert "error" not in back.query


async def comes_back(browser: Browser, provider: IdentityProvider, **other: str) -> Page:
    """Go to the provider and come back with its answer, or with other values in it."""
    sent = await browser.get("/sign-in/provider?next=/account")
    query = {**provider.authorize(sent.to), **other}
    return await browser.get(str(URL("/sign-in/provider/back").with_query(query)))


async def test_what_the_specification_asks_for_is_enough(opens: Opens) -> None:
    """Also PKCE, which the real one of this test file does not look at."""
    async with identity_provider() as provider:
        browser = await opens(provider.issuer)
        assert (await comes_back(browser, provider)).to == "/account"
        assert (await browser.get("/account")).status == 200


LIES: dict[str, dict[str, Any]] = {
    "another nonce": {"nonce": "x"},
    "no nonce": {"nonce": None},
    "another issuer": {"iss": "https://evil.example"},
    "no issuer": {"iss": None},
    "for somebody else": {"aud": "another"},
    "for several, by somebody else": {"aud": [CLIENT, "another"], "azp": "another"},
    "for several, by nobody": {"aud": [CLIENT, "another"]},
    "expired": {"exp": 1_000_000_000},
    "never expires": {"exp": None},
    "from the future": {"iat": 4_000_000_000},
    "nobody": {"sub": None},
}


async def test_a_token_that_lies_lets_nobody_in(opens: Opens) -> None:
    async with identity_provider() as provider:
        browser = await opens(provider.issuer)
        let_in = []
        for lie, claims in LIES.items():
            provider.claims = claims
            if (await comes_back(browser, provider)).to != "/sign-in":
                let_in.append(lie)
        provider.claims = {}
        for forged in (provider.by_another_key, provider.by_the_public_key, provider.by_nobody):
            provider.signed = forged
            if (await comes_back(browser, provider)).to != "/sign-in":
                let_in.append(forged.__name__)
        assert let_in == []
        assert "nie pasuje do tego logowania" in (await browser.get("/sign-in")).text


async def test_an_answer_that_was_not_asked_for_lets_nobody_in(opens: Opens) -> None:
    async with identity_provider() as provider:
        browser, other = await opens(provider.issuer), None
        for wrong in (
            {"state": "x"},
            {"iss": "https://evil.example"},
            {"code": "x"},
            {"error": "access_denied"},
        ):
            assert (await comes_back(browser, provider, **wrong)).to == "/sign-in"
        sent = await browser.get("/sign-in/provider")
        query = provider.authorize(sent.to)
        back = str(URL("/sign-in/provider/back").with_query(query))
        other = Browser(browser.served)
        assert (await other.get(back)).to == "/sign-in"
        assert (await browser.get(back)).to == "/home"
        assert (await Browser(browser.served, cookies=dict(other.cookies)).get(back)).to == "/sign-in"


async def test_who_is_linked_to_no_account_in_use_learns_what_to_tell_the_administrator(opens: Opens) -> None:
    async with identity_provider() as provider:
        browser = await opens(provider.issuer)
        provider.subject = "u-<b>unknown"
        assert (await comes_back(browser, provider)).to == "/sign-in"
        assert "zna Cię jako u-&lt;b&gt;unknown" in (await browser.get("/sign-in")).text
        accounts = browser.served.desk.parts.pages.accounts
        await made_account(accounts, "adam", Role.ADMINISTRATOR)
        await accounts.disable(await accounts.named("anna"), by="test")
        provider.subject = "u-4711"
        assert (await comes_back(browser, provider)).to == "/sign-in"


async def test_a_provider_that_cannot_be_trusted_or_reached_is_told_of(opens: Opens) -> None:
    async with identity_provider() as provider:
        browser = await opens(provider.issuer)
        for known in ({"issuer": "https://evil.example"}, {"token_endpoint": "http://evil.example/token"}):
            provider.known = known
            assert (await browser.get("/sign-in/provider")).to == "/sign-in"
        assert "nie odpowiada" in (await browser.get("/sign-in")).text
    assert (await browser.get("/sign-in/provider")).to == "/sign-in"
    assert (await browser.sign_in("anna")).status == 303


async def test_a_provider_may_change_its_keys(opens: Opens) -> None:
    async with identity_provider() as provider:
        browser = await opens(provider.issuer)
        assert (await comes_back(browser, provider)).to == "/account"
        provider.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
        browser = Browser(browser.served)
        assert (await comes_back(browser, provider)).to == "/sign-in"
        assert "Spróbuj jeszcze raz" in (await browser.get("/sign-in")).text
        assert (await comes_back(browser, provider)).to == "/account"


async def test_without_a_provider_there_is_no_such_page(served: Served) -> None:
    assert (await Browser(served).get("/sign-in/provider")).status == 404
    assert "Zaloguj przez" not in (await Browser(served).get("/sign-in")).text


async def test_an_administrator_links_an_account(opens: Opens) -> None:
    async with identity_provider() as provider:
        browser = await opens(provider.issuer)
        accounts = browser.served.desk.parts.pages.accounts
        adam = await made_account(accounts, "adam", Role.ADMINISTRATOR)
        await browser.sign_in("adam")
        await browser.get(f"/accounts/{adam.id}")
        taken = await browser.post(f"/accounts/{adam.id}/identity", subject="u-4711")
        assert "połączony z innym kontem" in taken.text
        await browser.post(f"/accounts/{adam.id}/identity", subject="u-1")
        assert 'value="u-1"' in (await browser.get(f"/accounts/{adam.id}")).text
        provider.subject = "u-1"
        elsewhere = Browser(browser.served)
        assert (await comes_back(elsewhere, provider)).to == "/account"
        anna = await accounts.named("anna")
        provider.subject = "u-4711"
        stranger = Browser(browser.served)
        assert (await comes_back(stranger, provider)).to == "/account"
        await browser.post(f"/accounts/{anna.id}/identity", subject="u-anna")
        assert (await stranger.get("/account")).to.startswith("/sign-in"), "a mistake is mended at once"
        assert (await comes_back(stranger, provider)).to == "/sign-in", "and for good"
        provider.subject = "u-1"
        await browser.post(f"/accounts/{adam.id}/identity", subject="")
        assert (await elsewhere.get("/account")).to.startswith("/sign-in")
        assert (await comes_back(Browser(browser.served), provider)).to == "/sign-in"
