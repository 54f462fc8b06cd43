"""The gate: a name and a password in, a session out, or a wait, or a plain no.

A wrong name, a wrong password, a disabled account and one without a password are one and the same answer, after
the same work: nobody learns here which names exist.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from api.accounts.accounts import AccountError, Accounts, sign_in_name
from api.accounts.attempts import OF_ADDRESS, OF_DEVICE, OF_NAME, Attempts, Whom
from api.accounts.key import Key
from api.accounts.sessions import Sessions
from api.language import noted
from records.account_views import Account

audit = logging.getLogger("api.audit")

DEVICE = "device"
PATIENCE = noted("Zbyt wiele prób z błędnym hasłem. Spróbuj za pół minuty.")
OK, WRONG, DELAYED = "ok", "wrong", "delayed"
"""How attempts end, for the metrics."""


@dataclass(frozen=True, slots=True)
class Entered:
    """They are in: the tokens for the cookies of the session and of the known device."""

    account: Account
    token: str
    device: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Too many attempts failed: the next is looked at after so many seconds."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Refused:
    """The name and the password do not belong together, for whatever reason."""


class Gate:
    """Lets people in. `count` is told how each attempt ended."""

    def __init__(
        self,
        accounts: Accounts,
        sessions: Sessions,
        key: Key,
        *,
        attempts: Attempts | None = None,
        count: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._accounts = accounts
        self._sessions = sessions
        self._key = key
        self._attempts = attempts or Attempts()
        self._count = count

    async def enter(
        self, *, sign_in: str, password: str, address: str, device: str = ""
    ) -> Entered | Wait | Refused:
        """Try a name and a password from an address; `device` is the mark of a known device, if there is one."""
        name = sign_in_name(sign_in)
        owner, others = self._counters(name, address, device)
        counters = (owner, *others)
        if seconds := self._attempts.wait(*counters):
            self._count(DELAYED)
            return Wait(seconds)
        # Noted as failed before it is known: else a hundred attempts at once would count as one.
        self._attempts.failed(*counters)
        found = await self._accounts.store.named(name)
        right = await self._accounts.passwords.right(found[1] if found else None, password)
        if found is None or not right or found[0].disabled_at is not None:
            self._count(WRONG)
            audit.warning(
                "a sign-in as %s from %s was refused", name if found else "somebody unknown", address
            )
            return Refused()
        self._attempts.forget(owner)
        self._attempts.forgive(*others)
        account, hash_ = found
        if hash_ is not None and self._accounts.passwords.outdated(hash_):
            fresh = await self._accounts.passwords.hashed(password)
            if await self._accounts.store.rehash(account.id, hash_, fresh):
                hash_ = fresh
        entered = await self.admit(account, address)
        if await self._is_still(account, hash_):
            return entered
        await self._sessions.end(entered.token)
        return Refused()

    async def change_password(self, account: Account, *, old: str, new: str) -> None:
        """Let somebody signed in choose a password; guessing the old one is delayed too. Raises AccountError."""
        whom = (OF_DEVICE, account.sign_in)
        if self._attempts.wait(whom):
            raise AccountError(PATIENCE, "old")
        self._attempts.failed(whom)
        await self._accounts.change_password(account, old=old, new=new)
        self._attempts.forget(whom)

    async def admit(self, account: Account, address: str) -> Entered:
        """Begin a session for somebody who has proved who they are."""
        token = await self._sessions.begin(account)
        self._count(OK)
        audit.info("%s signed in from %s", account.sign_in, address)
        return Entered(account, token, self._key.mark(DEVICE, account.sign_in))

    async def _is_still(self, account: Account, hash_: str | None) -> bool:
        """Whether the password that was right still is: while it was looked at, somebody may have reset it.

        Asked once the session has begun: a reset before is seen here, and one after ends the session.
        """
        found = await self._accounts.store.named(account.sign_in)
        return found is not None and found[1] == hash_ and found[0].disabled_at is None

    def _counters(self, name: str, address: str, device: str) -> tuple[Whom, tuple[Whom, ...]]:
        """What this attempt counts for: a known device by itself, anybody else by the name and by the address."""
        if device.isascii() and self._key.opened(DEVICE, f"{device}.{name}") == name:
            return (OF_DEVICE, name), ()
        return (OF_NAME, name), ((OF_ADDRESS, address),)
