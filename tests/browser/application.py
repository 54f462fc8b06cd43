"""The real application with the example hall, a real SQLite database and a line in memory, in a thread of its own.

Playwright's plain interface drives the browser from the test's thread; the service has its event loop here.
`Application.do` runs a coroutine there: `application.do(application.accounts.add(...))`.
"""

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from api.accounts.accounts import Accounts
from api.accounts.passwords import Cost, Passwords
from api.accounts.sessions import Sessions
from api.bootstrap import bootstrap
from api.service import Service
from api.settings.model import HOME_ZONE, Api, Settings
from records.account_views import Account, AccountId, Role
from records.database import open_database
from records.stores.accounts import AccountStore
from tests.fakes.memory import MemoryWorld

Result = TypeVar("Result")

TUESDAY_TEN = datetime(2026, 11, 24, 10, 0, tzinfo=HOME_ZONE)
NAMES = {
    Role.CLERK: "Klara Okienko",
    Role.SUPERVISOR: "Nadia Przełożona",
    Role.PROTECTION: "Olga Ochronna",
    Role.ADMINISTRATOR: "Adam Klucznik",
}
"""Who is signed in, by role; nobody of these exists."""


@dataclass(frozen=True, slots=True)
class Application:
    """The running service, and a way to its accounts beside the pages."""

    service: Service
    accounts: Accounts
    sessions: Sessions
    loop: asyncio.AbstractEventLoop

    @property
    def url(self) -> str:
        return self.service.api

    def do(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Run this where the service runs, and return what it returns."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout=60)

    def session_of(self, role: Role) -> str:
        """The cookie of somebody of this role who has just signed in."""
        return self.do(self._session_of(role))

    async def _session_of(self, role: Role) -> str:
        account = Account(
            id=AccountId(f"browser-{role.value}"),
            sign_in=role.value,
            name=NAMES[role],
            roles=frozenset({role}),
            created=TUESDAY_TEN,
            password_changed=TUESDAY_TEN,
        )
        await self.accounts.store.add(account, "x")
        return await self.sessions.begin(account)


@contextmanager
def running(folder: Path) -> Iterator[Application]:
    """The application, from now to the end of the block."""
    started, told = threading.Event(), []

    async def serve() -> None:
        settings = Settings(state_dir=folder / "state", api=Api(port=0), clock=TUESDAY_TEN)
        over = asyncio.Event()
        async with (
            bootstrap(settings, line=MemoryWorld().line, say=lambda _: None) as service,
            open_database(settings.database_url) as database,
        ):
            store = AccountStore(database)
            accounts = Accounts(store, Passwords(Cost(passes=1, kibibytes=8, lanes=1)))
            told.append((Application(service, accounts, Sessions(store), asyncio.get_running_loop()), over))
            started.set()
            await over.wait()

    def live() -> None:
        try:
            asyncio.run(serve())
        finally:
            started.set()

    thread = threading.Thread(target=live, name="application", daemon=True)
    thread.start()
    started.wait(timeout=60)
    assert told, "the application did not start"
    application, over = told[0]
    try:
        yield application
    finally:
        application.loop.call_soon_threadsafe(over.set)
        thread.join(timeout=30)
