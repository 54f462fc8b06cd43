"""Accounts, their sessions and their subjects at identity providers, in the database."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.model import PersonId
from records.account_tables import accounts, oidc_subjects, sessions
from records.account_views import Account, AccountId, Role, Session, Subject
from records.database import Database
from records.errors import Rejected

Changes = Mapping[str, Any]
"""Columns of an account with their new values."""


class AccountStore:
    """Reads and writes who may sign in, and who is signed in."""

    def __init__(self, database: Database, *, ended: Callable[[], None] = lambda: None) -> None:
        """`ended` is told whenever sessions were ended by somebody: open pages then look whether theirs was."""
        self._database = database
        self._ended = ended

    async def add(self, account: Account, password_hash: str | None) -> bool:
        """Add an account; False, and nothing is done, if its sign-in name is taken."""
        row = {
            "account": account.id,
            "sign_in": account.sign_in,
            "name": account.name,
            "hash": password_hash,
            "roles": _listed(account.roles),
            "person": account.person,
            "language": account.language,
            "created": account.created,
            "disabled_at": account.disabled_at,
            "password_changed": account.password_changed,
        }
        try:
            async with self._database.write() as connection:
                await connection.execute(accounts.insert().values(row))
        except Rejected:
            return False
        return True

    async def all(self) -> tuple[Account, ...]:
        """Every account, in the order of the sign-in names."""
        async with self._database.read() as connection:
            rows = await connection.execute(select(accounts).order_by(accounts.c.sign_in))
            return tuple(_account(row) for row in rows.mappings())

    async def of_id(self, account: AccountId) -> Account | None:
        """The account of this id, or None."""
        async with self._database.read() as connection:
            row = await _found(connection, accounts.c.account == account)
            return _account(row) if row is not None else None

    async def named(self, sign_in: str) -> tuple[Account, str | None] | None:
        """The account of this sign-in name, with the hash of its password; None if there is none."""
        async with self._database.read() as connection:
            row = await _found(connection, accounts.c.sign_in == sign_in)
            return (_account(row), row["hash"]) if row is not None else None

    async def of_subject(self, subject: Subject) -> Account | None:
        """The account that an administrator linked to this subject of an identity provider, or None."""
        async with self._database.read() as connection:
            query = select(oidc_subjects.c.account).where(*_is(subject))
            account = await connection.scalar(query)
            row = await _found(connection, accounts.c.account == account) if account else None
            return _account(row) if row is not None else None

    async def subjects(self, account: AccountId) -> tuple[Subject, ...]:
        """Who an account is at identity providers."""
        query = select(oidc_subjects).where(oidc_subjects.c.account == account)
        async with self._database.read() as connection:
            rows = await connection.execute(query.order_by(oidc_subjects.c.issuer, oidc_subjects.c.subject))
            return tuple(Subject(issuer=row.issuer, subject=row.subject) for row in rows)

    async def link(self, account: AccountId, subject: Subject) -> None:
        """Let this subject, and no other of its provider, sign in as this account, and as no other."""
        was = oidc_subjects.c.account == account, oidc_subjects.c.issuer == subject.issuer
        async with self._database.write() as connection:
            await connection.execute(delete(oidc_subjects).where(*_is(subject)))
            await connection.execute(delete(oidc_subjects).where(*was))
            row = {"issuer": subject.issuer, "subject": subject.subject, "account": account}
            await connection.execute(oidc_subjects.insert().values(row))

    async def unlink(self, account: AccountId) -> None:
        """Forget who an account is at identity providers."""
        async with self._database.write() as connection:
            await connection.execute(delete(oidc_subjects).where(oidc_subjects.c.account == account))

    async def change(self, account: AccountId, **changes: Any) -> None:
        """Change columns of an account: name, hash, roles, person, language, disabled_at, password_changed."""
        values: dict[str, Any] = dict(changes)
        if "roles" in values:
            values["roles"] = _listed(values["roles"])
        async with self._database.write() as connection:
            await connection.execute(update(accounts).where(accounts.c.account == account).values(values))

    async def rehash(self, account: AccountId, before: str, fresh: str) -> bool:
        """Keep the same password by another hash; False, and nothing is done, if it was changed meanwhile."""
        which = (accounts.c.account == account, accounts.c.hash == before)
        async with self._database.write() as connection:
            done = await connection.execute(update(accounts).where(*which).values(hash=fresh))
            return done.rowcount == 1

    async def begin(self, account: AccountId, session: Session) -> None:
        """Add a session; those that are over are forgotten on the way."""
        row = {
            "token": session.key,
            "account": account,
            "csrf": session.csrf,
            "began": session.began,
            "seen": session.seen,
            "ends": session.ends,
        }
        async with self._database.write() as connection:
            await connection.execute(delete(sessions).where(sessions.c.ends <= session.began))
            await connection.execute(sessions.insert().values(row))

    async def signed_in(self, key: str) -> tuple[Account, Session] | None:
        """Whose session this is, over or not; None if there is none."""
        query = select(sessions, accounts).join(accounts, accounts.c.account == sessions.c.account)
        async with self._database.read() as connection:
            row = (await connection.execute(query.where(sessions.c.token == key))).mappings().first()
            return (_account(row), _session(row)) if row is not None else None

    async def seen(self, key: str, at: datetime) -> None:
        """Note that a session was used."""
        async with self._database.write() as connection:
            await connection.execute(update(sessions).where(sessions.c.token == key).values(seen=at))

    async def sessions(self, account: AccountId) -> tuple[Session, ...]:
        """The sessions of an account, the newest first."""
        query = select(sessions).where(sessions.c.account == account).order_by(sessions.c.began.desc())
        async with self._database.read() as connection:
            return tuple(_session(row) for row in (await connection.execute(query)).mappings())

    async def end(self, account: AccountId, key: str) -> None:
        """End one session of an account; nothing happens if it is not theirs."""
        await self._end(sessions.c.account == account, sessions.c.token == key)

    async def end_all(self, account: AccountId) -> None:
        """End every session of an account."""
        await self._end(sessions.c.account == account)

    async def _end(self, *which: ColumnElement[bool]) -> None:
        async with self._database.write() as connection:
            await connection.execute(delete(sessions).where(*which))
        self._ended()


async def _found(connection: AsyncConnection, which: ColumnElement[bool]) -> Mapping[Any, Any] | None:
    return (await connection.execute(select(accounts).where(which))).mappings().first()


def _is(subject: Subject) -> tuple[ColumnElement[bool], ...]:
    return oidc_subjects.c.issuer == subject.issuer, oidc_subjects.c.subject == subject.subject


def _listed(roles: frozenset[Role]) -> list[str]:
    return [role.value for role in Role if role in roles]


def _account(row: Mapping[Any, Any]) -> Account:
    person = row[accounts.c.person]
    return Account(
        id=AccountId(row[accounts.c.account]),
        sign_in=row[accounts.c.sign_in],
        name=row[accounts.c.name],
        roles=frozenset(Role(role) for role in row[accounts.c.roles]),
        person=PersonId(person) if person is not None else None,
        language=row[accounts.c.language],
        created=row[accounts.c.created],
        disabled_at=row[accounts.c.disabled_at],
        has_password=row[accounts.c.hash] is not None,
        password_changed=row[accounts.c.password_changed],
    )


def _session(row: Mapping[Any, Any]) -> Session:
    return Session(
        key=row[sessions.c.token],
        csrf=row[sessions.c.csrf],
        began=row[sessions.c.began],
        seen=row[sessions.c.seen],
        ends=row[sessions.c.ends],
    )
