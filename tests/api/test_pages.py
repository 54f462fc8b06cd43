"""The frame of the pages: who may come, what they are shown, in which language."""

import re

import pytest

from records.account_views import Role
from tests.api.conftest import Served
from tests.api.office import Browser, made_account


@pytest.fixture
async def office(served: Served) -> Served:
    """Somebody of each role."""
    for role in Role:
        await made_account(served.desk.parts.pages.accounts, role.value, role)
    return served


async def test_a_stranger_is_sent_to_sign_in_and_then_where_they_wished(office: Served) -> None:
    browser = Browser(office)
    sent = await browser.get("/account?x=1")
    assert (sent.status, sent.to) == (303, "/sign-in?next=%2Faccount%3Fx%3D1")
    form = await browser.get(sent.to)
    assert form.title == "Logowanie"
    assert 'value="/account?x=1"' in form.text
    entered = await browser.post(
        "/sign-in", sign_in="clerk", password="trzy kaczki i rower 71", next="/account?x=1"
    )
    assert (entered.status, entered.to) == (303, "/account?x=1")
    assert "Clerk" in (await browser.get("/account?x=1")).text


PAGES = ("/home", "/account", "/account/password", "/accounts", "/accounts/new")


async def test_every_page_of_the_frame_is_shown_to_its_administrator(office: Served) -> None:
    browser = Browser(office)
    await browser.sign_in("administrator")
    titles = [(await browser.get(path)).title for path in PAGES]
    assert titles == ["Co chcesz zrobić?", "Moje konto", "Zmiana hasła", "Konta", "Nowe konto"]


async def test_what_is_for_other_roles_is_neither_offered_nor_shown(office: Served) -> None:
    browser = Browser(office)
    await browser.sign_in("clerk")
    assert "/accounts" not in (await browser.get("/home")).text
    refused = await browser.get("/accounts")
    assert (refused.status, refused.title) == (403, "Brak dostępu")


async def test_errors_are_pages_in_the_visitors_language(office: Served) -> None:
    browser = Browser(office, sent={"Accept-Language": "en-GB,en;q=0.9"})
    nothing = await browser.get("/nothing-here")
    assert nothing.status == 404
    assert '<html lang="en"' in nothing.text
    wrong = await browser._asked("PUT", "/sign-in", {})
    assert (wrong.status, wrong.headers["Allow"]) == (405, "GET,POST")


async def test_programs_are_still_answered_as_programs(office: Served) -> None:
    for path in ("/nothing-here", "/api/nothing"):
        async with office.client.get(path) as answer:
            assert (answer.status, answer.content_type) == (404, "application/problem+json")
    async with office.client.get("/api/nothing", headers={"Accept": "text/html"}) as answer:
        assert answer.content_type == "application/problem+json"


async def test_who_opens_the_service_with_a_browser_comes_to_the_pages(office: Served) -> None:
    assert (await Browser(office).get("/")).to == "/home"


async def test_a_piece_of_a_page_leads_the_whole_page_on_when_the_session_is_over(office: Served) -> None:
    """htmx would follow a redirect by itself, and put the form of the sign-in into the piece."""
    piece = await Browser(office).get("/home", **{"HX-Request": "true"})
    assert (piece.status, piece.headers["HX-Redirect"]) == (200, "/sign-in?next=%2Fhome")
    boosted = await Browser(office).get("/home", **{"HX-Request": "true", "HX-Boosted": "true"})
    assert boosted.status == 303


async def test_files_are_kept_for_a_year_under_the_name_of_their_content(office: Served) -> None:
    page = (await Browser(office).get("/sign-in")).text
    paths = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert {path.rpartition("/")[2] for path in paths} == {
        "halo.css",
        "halo.svg",
        "halo.js",
        "htmx.js",
        "sse.js",
    }
    for path in paths:
        kept = await Browser(office).get(path)
        assert (kept.status, kept.headers["Cache-Control"]) == (200, "public, max-age=31536000, immutable")
    assert (await Browser(office).get("/static/0123456789abcdef/halo.css")).status == 404
    assert (await Browser(office).get("/static/..%2f..%2fpage.py/x")).status == 404
