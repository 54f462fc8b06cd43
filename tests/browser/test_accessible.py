"""Every page of the table: no violation by axe-core, no sideways scrolling, nothing that the policy forbids."""

from http import HTTPMethod

import pytest

from api.pages.table import PAGES
from records.account_views import Role
from tests.browser.conftest import OpenWindow
from tests.browser.window import LOOKS, Look

STRANGER = None
VISITS: dict[str, Role | None] = {
    "/sign-in": STRANGER,
    "/home": Role.ADMINISTRATOR,
    "/account": Role.CLERK,
    "/account/password": Role.CLERK,
    "/accounts": Role.ADMINISTRATOR,
    "/accounts/new": Role.ADMINISTRATOR,
    "/accounts/browser-administrator": Role.ADMINISTRATOR,
    "/nothing-here": Role.CLERK,
    "/directory": Role.CLERK,
    "/directory/units/del": Role.SUPERVISOR,
    "/directory/matters/drk-xii-wniosek-o-wydanie-wtornikow-dokumentow-lub-tablic": Role.CLERK,
    "/directory/people/ewa-zmyslona": Role.SUPERVISOR,
    "/directory/people/ewa-zmyslona/calendar": Role.SUPERVISOR,
    "/directory/units/new": Role.SUPERVISOR,
    "/directory/matters/new": Role.SUPERVISOR,
    "/directory/people/new": Role.SUPERVISOR,
    "/directory/units/del/edit": Role.SUPERVISOR,
    "/directory/matters/drk-xii-wniosek-o-wydanie-wtornikow-dokumentow-lub-tablic/edit": Role.SUPERVISOR,
    "/directory/people/ewa-zmyslona/edit": Role.SUPERVISOR,
    "/directory/history": Role.PROTECTION,
    "/absences": Role.SUPERVISOR,
    "/absences/new": Role.SUPERVISOR,
    "/hygiene": Role.SUPERVISOR,
}
"""Where the test goes, and as whom. A page with an id in its path stands here with one that exists."""
NO_PAGES = {"/live", "/sign-in/provider", "/sign-in/provider/back"}
"""A stream, and two redirects."""
ELSEWHERE = {"/hygiene/{task}", "/absences/{absence}"}
"""Pages of what is made by a test: tests/browser/test_directory.py looks at them in the same way."""


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_page_is_accessible(window: OpenWindow, look: Look) -> None:
    wrong: dict[str, list[str]] = {}
    opened = window(look=look)
    for role in {*VISITS.values()}:
        opened.become(role)
        for path in [path for path, who in VISITS.items() if who is role]:
            opened.open(path)
            assert opened.page.locator("html").get_attribute("lang") == look.language
            wrong[path] = opened.axe() + ["scrolls sideways"] * opened.scrolls_sideways()
    assert wrong == {path: [] for path in VISITS}


def test_no_page_was_forgotten() -> None:
    def visited(pattern: str) -> bool:
        parts = pattern.split("/")
        return any(
            len(parts) == len(path.split("/"))
            and all(
                want == got or want.startswith("{") for want, got in zip(parts, path.split("/"), strict=True)
            )
            for path in VISITS
        )

    shown = {page.path for page in PAGES if page.method is HTTPMethod.GET} - NO_PAGES - ELSEWHERE
    assert {path for path in shown if not visited(path)} == set()


def test_axe_would_find_something(window: OpenWindow) -> None:
    """The rule of the rules: a page with a fault fails."""
    opened = window()
    opened.open("/sign-in")
    opened.page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert [fault.partition(":")[0] for fault in opened.axe()] == ["image-alt"]
