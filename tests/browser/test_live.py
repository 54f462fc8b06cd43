"""A piece of a page that comes anew when there is news: htmx and server-sent events under our security policy."""

from datetime import UTC, datetime

from playwright.sync_api import expect

from callflows.facts import CallAnswered
from records.account_views import Role
from telephony.values import CallId
from tests.browser.application import Application
from tests.browser.conftest import OpenWindow

PIECE = """() => new Promise((opened) => {
    document.body.addEventListener("htmx:sseOpen", opened, { once: true });
    const piece = document.createElement("div");
    piece.setAttribute("hx-ext", "sse");
    piece.setAttribute("sse-connect", "/live");
    piece.innerHTML = '<p id="piece" hx-get="/account" hx-select="h1" hx-trigger="sse:call_answered">old</p>';
    document.querySelector("main").append(piece);
    htmx.process(piece);
})"""


def test_a_piece_comes_anew_when_there_is_news(application: Application, window: OpenWindow) -> None:
    me = window(Role.CLERK)
    me.open("/home")
    me.page.evaluate(PIECE)
    expect(me.page.locator("#piece")).to_have_text("old")
    fact = CallAnswered(call=CallId("call-live"), at=datetime.now(UTC))
    application.loop.call_soon_threadsafe(application.service.journal.state, fact)
    expect(me.page.locator("#piece h1")).to_have_text("Moje konto")
