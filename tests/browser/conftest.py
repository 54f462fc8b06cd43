"""One application and one Chromium for all tests here, in each test process; a window per test, or several.

def test_something(window: OpenWindow) -> None:
    clerk = window(Role.CLERK)                          # or window() for a stranger
    clerk.open("/directory")
    assert clerk.axe() == []
"""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Protocol

import pytest
from playwright.sync_api import Browser

from records.account_views import Role
from tests.browser import window as windows
from tests.browser.application import Application, running
from tests.browser.window import Look, Window


class OpenWindow(Protocol):
    """Opens a window in which somebody of a role is signed in (None: nobody)."""

    def __call__(
        self, role: Role | None = None, look: Look | None = None, *, scripts: bool = True
    ) -> Window: ...


@pytest.fixture(scope="package")
def application(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    with running(tmp_path_factory.mktemp("application")) as started:
        yield started


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with windows.chromium() as browser:
        yield browser


@pytest.fixture
def window(application: Application, chromium: Browser) -> Iterator[OpenWindow]:
    with ExitStack() as stack:

        def opens(role: Role | None = None, look: Look | None = None, *, scripts: bool = True) -> Window:
            return stack.enter_context(
                windows.window(chromium, application, role=role, look=look, scripts=scripts)
            )

        yield opens
