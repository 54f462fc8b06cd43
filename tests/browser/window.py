"""A window of a real Chromium, and what a test looks at in it: accessibility by axe-core, focus, pictures."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from api.pages.cookies import LANGUAGE, SESSION, THEME
from records.account_views import Role
from tests.browser.application import Application

CHROMIUM = "/usr/bin/chromium"
FLAGS = ("--no-sandbox", "--disable-background-networking", "--disable-gpu", "--disable-dev-shm-usage")
WIDE, NARROW = 1280, 320
"""CSS pixels. 320 is what WCAG 1.4.10 asks for: 1280 at 400 %."""
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice")
FAULTS = """(options) => axe.run(document, options).then((told) => told.violations.flatMap(
    (rule) => rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 200)}`)))"""
SCREENSHOTS = Path(__file__).parents[2] / "docs" / "screenshots"
DRAW = "HALO_DRAW_SCREENSHOTS"
"""With this variable set, `picture` draws into docs; else it only looks whether a picture is there."""

expect.set_options(timeout=30_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How somebody looks at a page."""

    language: str = "pl"
    theme: str = "light"
    width: int = WIDE

    def __str__(self) -> str:
        return f"{self.language}-{self.theme}-{self.width}"


LOOKS = (Look(), Look(language="en", theme="dark", width=NARROW))
"""Between them: both languages, both sets of colours, both widths."""


@dataclass(slots=True)
class Window:
    """One browser window with cookies of its own; `page` is Playwright's."""

    application: Application
    page: Page
    complaints: list[str] = field(default_factory=list)
    """What the browser's console complained of: a breach of the security policy, an error of a script."""

    def open(self, path: str) -> None:
        """Go to a page of ours."""
        self.page.goto(self.application.url + path)

    def become(self, role: Role | None) -> None:
        """Have somebody of this role signed in from now on, or nobody (None)."""
        context = self.page.context
        context.clear_cookies(name=SESSION)
        if role is not None:
            session = {
                "name": SESSION,
                "value": self.application.session_of(role),
                "url": self.application.url,
            }
            context.add_cookies([session])  # type: ignore[list-item]

    def axe(self) -> list[str]:
        """Every violation that axe-core finds, as "rule: element"; an empty list is what you want."""
        # Not the package's own `run`: it also brings back everything that is well, at twice the cost.
        self.page.evaluate(f"{AXE_SCRIPT};0")
        found: list[str] = self.page.evaluate(FAULTS, {"runOnly": list(RULES), "resultTypes": ["violations"]})
        return found

    def scrolls_sideways(self) -> bool:
        """Whether the page is wider than its window (WCAG 1.4.10)."""
        wide: bool = self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        return wide

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type where the focus is."""
        self.page.keyboard.type(text)

    def tab_to(self, name: str) -> None:
        """Press Tab until what is called so has the focus, as somebody without a mouse does."""
        seen: list[str] = []
        for _ in range(80):
            self.press("Tab")
            seen.append(self.focused())
            if seen[-1] == name:
                return
        raise AssertionError(f"Tab never comes to {name!r}; it passed {seen}")

    def enter(self, heading: str) -> None:
        """Press Enter, and wait for the page of this heading."""
        self.press("Enter")
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    def focused(self) -> str:
        """The name of what has the focus: its label, its aria-label, or its text."""
        name: str = self.page.evaluate(
            """() => {
                const at = document.activeElement;
                const named = document.getElementById(at.getAttribute("aria-labelledby") ?? "");
                const words = at.getAttribute("aria-label") ?? named?.innerText ?? at.labels?.[0]?.innerText;
                return (words ?? at.innerText ?? "").trim();
            }"""
        )
        return name

    def picture(self, name: str, *, height: int = 720) -> None:
        """Draw docs/screenshots/NAME.png if pictures are to be drawn; else be sure that there is one."""
        file = SCREENSHOTS / f"{name}.png"
        if os.environ.get(DRAW):
            self.page.set_viewport_size({"width": WIDE, "height": height})
            self.page.screenshot(path=file)
        assert file.exists(), f"{file.name} is missing: {DRAW}=1 draws it"


@contextmanager
def chromium() -> Iterator[Browser]:
    """One browser for all windows."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def window(
    browser: Browser,
    application: Application,
    *,
    role: Role | None = None,
    look: Look | None = None,
    scripts: bool,
) -> Iterator[Window]:
    """A window of its own, in which somebody of a role is signed in, or nobody."""
    look = look or Look()
    context = browser.new_context(
        viewport={"width": look.width, "height": 800},
        locale={"pl": "pl-PL", "en": "en-GB"}[look.language],
        java_script_enabled=scripts,
    )
    chosen = {LANGUAGE: look.language, THEME: look.theme}
    context.add_cookies([{"name": name, "value": of, "url": application.url} for name, of in chosen.items()])
    opened = Window(application, context.new_page())
    opened.become(role)

    def listen(message: ConsoleMessage) -> None:
        # A page that is answered with an error (422, 403, 404) is one that a test wants to see.
        if message.type in {"error", "warning"} and "the server responded with a status" not in message.text:
            opened.complaints.append(message.text)

    opened.page.on("console", listen)
    opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    try:
        yield opened
    finally:
        context.close()
    assert opened.complaints == [], opened.complaints
