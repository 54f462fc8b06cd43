"""Sessions: who is signed in, in which browser, until when.

The cookie holds 256 random bits and nothing else; the database holds their hash, so that whoever reads it can
sign in as nobody. A session ends when it is not used for a while (idle), after a working day at the latest, when
its owner or an administrator ends it, and when the account's password changes or it is disabled.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from records.account_views import Account, Session
from records.stores.accounts import AccountStore

NOTED_EVERY = timedelta(minutes=1)
"""A session's use is written down so often at most: reading a page shall not cost a write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifetime:
    """How long sessions last."""

    idle: timedelta = timedelta(hours=2)
    longest: timedelta = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody, in a session that is not over."""

    account: Account
    session: Session


class Sessions:
    """Begins, finds and ends the sessions of the pages."""

    def __init__(
        self,
        store: AccountStore,
        lifetime: Lifetime | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.store = store
        self.lifetime = lifetime or Lifetime()
        self.now = now

    async def begin(self, account: Account) -> str:
        """Begin a session, and return the token for its cookie, which is kept nowhere else."""
        token, now = secrets.token_urlsafe(32), self.now()
        session = Session(
            key=_key(token),
            csrf=secrets.token_urlsafe(32),
            began=now,
            seen=now,
            ends=now + self.lifetime.longest,
        )
        await self.store.begin(account.id, session)
        return token

    async def of_token(self, token: str) -> SignedIn | None:
        """Who is signed in by this token; None if nobody is, or no longer. Counts as use."""
        found = await self.glance(token)
        if found is not None and self.now() - found.session.seen >= NOTED_EVERY:
            await self.store.seen(found.session.key, self.now())
        return found

    async def glance(self, token: str) -> SignedIn | None:
        """Who is signed in by this token, as `of_token`; but what asks by itself is no use of a session."""
        found = await self.store.signed_in(_key(token))
        if found is None or self._over(found[1]) or found[0].disabled_at is not None:
            return None
        return SignedIn(*found)

    async def end(self, token: str) -> None:
        """End the session of this token, if there is one."""
        found = await self.glance(token)
        if found is not None:
            await self.store.end(found.account.id, found.session.key)

    async def open_of(self, account: Account) -> tuple[Session, ...]:
        """The sessions of an account that are not over, the newest first."""
        sessions = await self.store.sessions(account.id)
        return tuple(each for each in sessions if not self._over(each))

    def _over(self, session: Session) -> bool:
        now = self.now()
        return now >= session.ends or now - session.seen >= self.lifetime.idle


def _key(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
