"""Live pieces of a page: htmx and server-sent events under our security policy.

That a piece comes anew when there is news, test_directory.py sees where somebody enters an absence.
"""

import re

from playwright.sync_api import expect

from records.account_views import Role
from tests.browser.conftest import OpenWindow


def test_a_live_page_asks_anew_after_a_break_and_leaves_with_its_session(window: OpenWindow) -> None:
    me = window(Role.CLERK)
    me.open("/absences")
    piece = me.page.locator("#away-now")
    expect(piece).to_have_attribute("data-opened", "yes")
    with me.page.expect_response(re.compile("/absences")):
        piece.evaluate("it => htmx.trigger(it, 'htmx:sseOpen')")
    elsewhere = me.page.context.new_page()
    elsewhere.goto(f"{me.application.url}/home")
    elsewhere.get_by_role("button", name="Wyloguj").click()
    expect(me.page.get_by_role("heading", level=1)).to_have_text("Logowanie")
    assert "next=%2Fabsences" in me.page.url
    me.complaints.clear()  # htmx has told the console that the stream has ended
