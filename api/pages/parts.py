"""What the pages are made of, beside the parts of the API: who may sign in, and how browsers reach us."""

from dataclasses import dataclass
from pathlib import Path

from yarl import URL

from api.accounts.accounts import Accounts
from api.accounts.key import Key, key_of
from api.accounts.oidc import Provider, provider_of
from api.accounts.passwords import Passwords
from api.accounts.sessions import Lifetime, Sessions
from api.accounts.signing_in import Gate
from api.metrics import Metrics
from api.pages.live import Bell
from api.settings.web import Oidc, Web
from records.database import Database
from records.stores.accounts import AccountStore


@dataclass(frozen=True, slots=True, kw_only=True)
class PageParts:
    """Everything that only pages need; built by the composition root."""

    accounts: Accounts
    sessions: Sessions
    gate: Gate
    key: Key
    bell: Bell
    provider: Provider | None = None
    address: URL | None = None
    """Where browsers reach us (`pages.address`); None: wherever they say they do."""
    proxy: str = ""
    """The reverse proxy whose X-Forwarded-For is believed (`pages.proxy`)."""

    @property
    def secure(self) -> bool:
        """Whether browsers reach us over https."""
        return self.address is not None and self.address.scheme == "https"


def page_parts(
    database: Database,
    state_dir: Path,
    metrics: Metrics,
    *,
    web: Web | None = None,
    oidc: Oidc | None = None,
    passwords: Passwords | None = None,
) -> PageParts:
    """The parts over this database, by these settings."""
    web, oidc = web or Web(), oidc or Oidc()
    bell, key = Bell(), key_of(state_dir)
    store = AccountStore(database, ended=bell.look_again)
    accounts = Accounts(store, passwords or Passwords())
    sessions = Sessions(store, Lifetime(idle=web.idle, longest=web.longest))
    return PageParts(
        accounts=accounts,
        sessions=sessions,
        gate=Gate(accounts, sessions, key, count=metrics.sign_in),
        key=key,
        bell=bell,
        provider=provider_of(oidc),
        address=URL(web.address) if web.address else None,
        proxy=web.proxy,
    )
