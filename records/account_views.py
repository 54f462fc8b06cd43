"""Accounts and sessions as the rest of the service sees them: nothing of passwords or tokens is in them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import NewType

from directory.model import PersonId

AccountId = NewType("AccountId", str)
"""Ours, chosen when the account is made; it never changes, whatever the names become."""


class Role(Enum):
    """What somebody is to the line. An account may have several; none includes another."""

    CLERK = "clerk"
    """Works at BOM's desk: answers calls, looks people up, keeps promises."""
    SUPERVISOR = "supervisor"
    """Answers for the service: edits the directory, sees every failed transfer."""
    PROTECTION = "data-protection"
    """The data-protection officer: sees what is kept about people, and has it erased."""
    ADMINISTRATOR = "administrator"
    """Keeps the accounts and the directory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody who may sign in."""

    id: AccountId
    sign_in: str
    """The name they type; unique, in small letters."""
    name: str = field(metadata={"personal": True})
    """The name that is shown, and written beside what they change."""
    roles: frozenset[Role]
    person: PersonId | None = None
    """Who they are in the directory, if they are in it."""
    language: str = ""
    """The language of their pages ("pl", "en"); empty: what their browser asks for."""
    created: datetime
    disabled_at: datetime | None = None
    has_password: bool = True
    """False: only by the identity provider."""
    password_changed: datetime | None = None
    """When they last chose it themselves; None: it was given to them, and must be changed."""

    @property
    def must_change_password(self) -> bool:
        """Whether somebody else knows their password."""
        return self.has_password and self.password_changed is None

    def is_any(self, roles: frozenset[Role]) -> bool:
        """Whether the account has at least one of these roles."""
        return bool(self.roles & roles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A browser in which somebody is signed in."""

    key: str
    """SHA-256 of the cookie's token, in hex: of no use to whoever reads it."""
    csrf: str
    """What forms of this session must bring back."""
    began: datetime
    seen: datetime
    ends: datetime
    """When it is over, whatever they do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Who an account is at an identity provider (OpenID Connect Core §2, `iss` and `sub`)."""

    issuer: str
    subject: str
