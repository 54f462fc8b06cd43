"""What may be done with accounts, by an administrator and by their owners; every change is a line of the audit log."""

import logging
import re
import secrets
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime

from api.accounts import passwords
from api.accounts.passwords import Passwords
from api.language import LANGUAGES, Text, noted
from directory.model import PersonId
from records.account_views import Account, AccountId, Role, Subject
from records.stores.accounts import AccountStore

audit = logging.getLogger("api.audit")

NAME = re.compile(r"[\w.@-]{2,64}")
SHOWN_AT_MOST = 100

BAD_SIGN_IN = noted("Nazwa logowania to od 2 do 64 liter, cyfr i znaków . _ - @, bez odstępów.")
BAD_NAME = noted("Podaj imię i nazwisko: najwyżej 100 znaków.")
NO_ROLE = noted("Wybierz co najmniej jedną rolę: bez niej konto nic nie może.")
TAKEN = noted("Konto o tej nazwie logowania już istnieje.")
UNKNOWN = noted("Nie ma takiego konta.")
LAST = noted("To ostatni czynny administrator: najpierw nadaj tę rolę komuś innemu.")
WRONG = noted("Dotychczasowe hasło jest inne.")
SAME = noted("Nowe hasło musi być inne niż dotychczasowe.")
NO_PASSWORD = noted("To konto nie ma hasła: loguje się przez dostawcę tożsamości.")
BAD_SUBJECT = noted("Podaj identyfikator osoby u dostawcy tożsamości (sub).")
OTHERS_SUBJECT = noted("Ten identyfikator jest już połączony z innym kontem.")


class AccountError(Exception):
    """What was asked for cannot be done with an account; `field` names the field of the form that is wrong."""

    def __init__(self, text: Text, field: str = "") -> None:
        super().__init__(text)
        self.text = text
        self.field = field


def sign_in_name(typed: str) -> str:
    """The name as it is kept: one way of writing each letter, small letters, no spaces around."""
    return unicodedata.normalize("NFKC", typed[:200]).strip().casefold()


class Accounts:
    """The accounts of one hall."""

    def __init__(
        self,
        store: AccountStore,
        passwords: Passwords,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.store = store
        self.passwords = passwords
        self.now = now

    async def named(self, sign_in: str) -> Account:
        """The account of this sign-in name. Raises AccountError."""
        found = await self.store.named(sign_in_name(sign_in))
        if found is None:
            raise AccountError(UNKNOWN)
        return found[0]

    async def of_id(self, account: str) -> Account:
        """The account of this id. Raises AccountError."""
        found = await self.store.of_id(AccountId(account))
        if found is None:
            raise AccountError(UNKNOWN)
        return found

    async def add(
        self, *, sign_in: str, name: str, roles: Iterable[Role], by: str, person: PersonId | None = None
    ) -> tuple[Account, str]:
        """Add an account, and return it with its first password, which exists nowhere else. Raises AccountError."""
        kept, shown, wanted = sign_in_name(sign_in), name.strip(), frozenset(roles)
        if not NAME.fullmatch(kept):
            raise AccountError(BAD_SIGN_IN, "sign_in")
        if not shown or len(shown) > SHOWN_AT_MOST or not shown.isprintable():
            raise AccountError(BAD_NAME, "name")
        if not wanted:
            raise AccountError(NO_ROLE, "roles")
        account = Account(
            id=AccountId(secrets.token_hex(8)),
            sign_in=kept,
            name=shown,
            roles=wanted,
            person=person,
            created=self.now(),
        )
        password = passwords.made_up()
        if not await self.store.add(account, await self.passwords.hashed(password)):
            raise AccountError(TAKEN, "sign_in")
        audit.info("%s added the account %s (%s)", by, kept, _words(wanted))
        return account, password

    async def set_roles(self, account: Account, roles: Iterable[Role], *, by: str) -> None:
        """Give an account these roles and no others. Raises AccountError."""
        wanted = frozenset(roles)
        if not wanted:
            raise AccountError(NO_ROLE, "roles")
        if Role.ADMINISTRATOR not in wanted:
            await self._not_the_last(account)
        await self.store.change(account.id, roles=wanted)
        audit.info("%s gave the account %s the roles %s", by, account.sign_in, _words(wanted))

    async def set_person(self, account: Account, person: PersonId | None, *, by: str) -> None:
        """Say whose account it is in the directory: they enter their own absences; None: nobody's."""
        await self.store.change(account.id, person=person)
        audit.info("%s gave the account %s the person %s", by, account.sign_in, person or "-")

    async def disable(self, account: Account, *, by: str) -> None:
        """Let nobody sign in with it any more, and end its sessions. Raises AccountError."""
        await self._not_the_last(account)
        await self.store.change(account.id, disabled_at=self.now())
        await self.store.end_all(account.id)
        audit.info("%s disabled the account %s", by, account.sign_in)

    async def enable(self, account: Account, *, by: str) -> None:
        """Let its owner sign in again."""
        await self.store.change(account.id, disabled_at=None)
        audit.info("%s enabled the account %s", by, account.sign_in)

    async def reset_password(self, account: Account, *, by: str) -> str:
        """Give an account a new password, end its sessions, and return the password: show it once."""
        password = passwords.made_up()
        hash_ = await self.passwords.hashed(password)
        await self.store.change(account.id, hash=hash_, password_changed=None)
        await self.store.end_all(account.id)
        audit.info("%s gave the account %s a new password", by, account.sign_in)
        return password

    async def change_password(self, account: Account, *, old: str, new: str) -> None:
        """Let its owner choose a password, and end all its sessions. Raises AccountError."""
        found = await self.store.named(account.sign_in)
        if found is None or found[1] is None:
            raise AccountError(NO_PASSWORD)
        if not await self.passwords.right(found[1], old):
            audit.warning("a wrong password was given to change that of the account %s", account.sign_in)
            raise AccountError(WRONG, "old")
        if new == old:
            raise AccountError(SAME, "new")
        if wrong := passwords.fault(new, account.name.split()) or passwords.fault(new, [account.sign_in]):
            raise AccountError(wrong, "new")
        hash_ = await self.passwords.hashed(new)
        await self.store.change(account.id, hash=hash_, password_changed=self.now())
        await self.store.end_all(account.id)
        audit.info("%s changed their password", account.sign_in)

    async def speak(self, account: Account, language: str) -> None:
        """Show an account's pages in this language, wherever its owner signs in."""
        await self.store.change(account.id, language=language if language in LANGUAGES else "")

    async def link(self, account: Account, subject: Subject, *, by: str) -> None:
        """Let somebody of the identity provider sign in as this account, in place of whoever did. Raises AccountError.

        If that was somebody else, every session of the account ends.
        """
        if not subject.subject.strip() or len(subject.subject) > 255 or not subject.subject.isprintable():
            raise AccountError(BAD_SUBJECT, "subject")
        other = await self.store.of_subject(subject)
        if other is not None and other.id != account.id:
            raise AccountError(OTHERS_SUBJECT, "subject")
        before = await self.store.subjects(account.id)
        await self.store.link(account.id, subject)
        if any(each != subject for each in before):
            await self.store.end_all(account.id)
        audit.info("%s linked the account %s to an identity", by, account.sign_in)

    async def unlink(self, account: Account, *, by: str) -> None:
        """Let nobody of an identity provider sign in as this account, and end its sessions."""
        await self.store.unlink(account.id)
        await self.store.end_all(account.id)
        audit.info("%s unlinked the account %s from its identities", by, account.sign_in)

    async def _not_the_last(self, account: Account) -> None:
        """Raises AccountError if nobody else could keep the accounts."""
        if Role.ADMINISTRATOR not in account.roles or account.disabled_at is not None:
            return
        for other in await self.store.all():
            if other.id != account.id and Role.ADMINISTRATOR in other.roles and other.disabled_at is None:
                return
        raise AccountError(LAST)


def roles_named(words: Iterable[str]) -> frozenset[Role]:
    """The roles of these words; what is no role is passed over."""
    known: Mapping[str, Role] = {role.value: role for role in Role}
    return frozenset(known[word] for word in words if word in known)


def _words(roles: frozenset[Role]) -> str:
    return ", ".join(role.value for role in Role if role in roles)
