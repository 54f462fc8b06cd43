"""The frame of the pages: who may come, what they are shown, in which language."""

import re
from datetime import timedelta

import pytest

from api.pages.cookies import SESSION
from api.pages.page import ANYBODY
from api.pages.table import PAGES as TABLE
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


ADMINISTRATOR, SUPERVISOR = Role.ADMINISTRATOR, Role.SUPERVISOR
CHANGES = frozenset({SUPERVISOR, ADMINISTRATOR})
ONLY = {
    "/accounts": {ADMINISTRATOR},
    "/hygiene": CHANGES,
    "/directory/history": CHANGES | {Role.PROTECTION},
    "/directory/history/{version}/undo": CHANGES,
    **{
        f"/directory/{things}/{what}": CHANGES
        for things in ("units", "matters", "people")
        for what in ("new", "{id}/edit", "{id}/delete")
    },
}
"""Pages that not everybody may see who is signed in; what stands below one of them is for the same."""


def may_see(path: str) -> set[Role]:
    """The roles for which a page is meant: those of the longest path in `ONLY` that leads there."""
    above = [each for each in ONLY if path == each or path.startswith(f"{each}/")]
    return set(ONLY[max(above, key=len)]) if above else set(Role)


async def test_each_page_is_for_its_roles_and_no_others(office: Served) -> None:
    """Every method of every path in the table, so that a new page says here for whom it is."""
    guarded = [page for page in TABLE if page.roles != ANYBODY and page.path not in ("/live", "/sign-out")]
    wrong: list[str] = []
    for role in (None, *Role):
        browser = Browser(office)
        if role:
            await browser.sign_in(role.value)
        for page in guarded:
            path, post = re.sub(r"{\w+}", "nothing", page.path), page.method == "POST"
            answer = await (browser.post(path) if post else browser.get(path))
            sent_away = answer.to.startswith("/sign-in")
            refused = "dla innych ról" in answer.text
            if (sent_away, refused) != (role is None, role is not None and role not in may_see(page.path)):
                wrong.append(f"{role}: {page.method} {page.path} was answered {answer.status} {answer.to}")
    assert wrong == []


async def test_a_form_that_was_filled_in_for_too_long_says_so_and_leads_back(office: Served) -> None:
    browser, sessions = Browser(office), office.desk.parts.pages.sessions
    await browser.sign_in("supervisor")
    began = sessions.now()
    sessions.now = lambda: began + timedelta(hours=2)
    sent = await browser.post("/directory/people/new", name="Anna")
    assert sent.to == "/sign-in?next=%2Fdirectory%2Fpeople%2Fnew"
    assert "Sesja się skończyła, więc nic nie zostało zapisane" in (await browser.get(sent.to)).text
    assert (await browser.post("/directory/people/anna/delete")).to == "/sign-in?next=%2Fhome"
    assert (await browser.post("/sign-out")).to == "/sign-in"


async def test_a_form_with_mistakes_leads_to_itself_when_the_language_is_changed(office: Served) -> None:
    browser = Browser(office)
    await browser.sign_in("administrator")
    wrong = await browser.post("/accounts/new", name="")
    assert 'name="next" value="/accounts/new"' in wrong.text
    account = await office.desk.parts.pages.accounts.named("administrator")
    wrong = await browser.post(f"/accounts/{account.id}/roles")
    assert (wrong.status, 'name="next" value="/home"' in wrong.text) == (422, True)


async def test_what_a_page_asks_for_by_itself_keeps_no_session_and_takes_no_message(office: Served) -> None:
    browser, sessions = Browser(office), office.desk.parts.pages.sessions
    await browser.sign_in("clerk")
    await browser.post("/account/sessions", session="none")
    piece = {"HX-Request": "true", "X-By-Itself": "yes"}
    assert "zakończona" not in (await browser.get("/absences", **piece)).text
    assert "Sesja została zakończona" in (await browser.get("/account")).text
    began = sessions.now()
    for minutes, asked, status in ((90, piece, 200), (119, {}, 200), (200, piece, 200), (240, piece, 200)):
        sessions.now = lambda minutes=minutes: began + timedelta(minutes=minutes)  # type: ignore[misc]
        answer = await browser.get("/absences", **asked)
        assert ("HX-Redirect" in answer.headers, answer.status) == (minutes == 240, status), minutes
    assert SESSION in browser.cookies


async def test_a_message_is_told_also_if_it_is_long(office: Served) -> None:
    browser = Browser(office)
    await browser.sign_in("administrator")
    account = await office.desk.parts.pages.accounts.named("clerk")
    await office.desk.parts.pages.accounts.store.change(account.id, name="Ż" * 2000)
    for _ in range(4):
        await browser.post(f"/accounts/{account.id}/state", to="enabled")
    assert f"Konto {'Ż' * 400}" in (await browser.get("/home")).text


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
