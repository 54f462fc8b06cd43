"""`halo user`, as an administrator types it."""

import asyncio
import json

from api.accounts.passwords import Passwords
from records.account_views import Account
from records.database import open_database
from records.stores.accounts import AccountStore
from tests.api.halo import Halo


def kept(halo: Halo, sign_in: str) -> tuple[Account, str | None]:
    async def read() -> tuple[Account, str | None]:
        async with open_database(f"sqlite:///{halo.state / 'halo.sqlite3'}") as database:
            found = await AccountStore(database).named(sign_in)
            assert found is not None
            return found

    return asyncio.run(read())


def test_the_first_administrator_is_made_with_a_password_that_is_shown_once(halo: Halo) -> None:
    made = halo("user", "add", "Anna", "--role", "administrator", "--role", "clerk", "--name", "Anna Klucz")
    assert made.exit_code == 0
    password = made.stdout.strip()
    assert 'This is the password of "anna". It is not shown again' in made.stderr
    account, hash_ = kept(halo, "anna")
    assert account.must_change_password
    assert asyncio.run(Passwords().right(hash_, password))
    (row,) = json.loads(halo("user", "list", "--json").stdout)
    assert row["created"].startswith(str(account.created.date()))
    assert (row["sign_in"], row["name"], row["roles"], row["state"]) == (
        "anna",
        "Anna Klucz",
        ["clerk", "administrator"],
        "password to be changed",
    )
    fresh = halo("user", "reset-password", "anna").stdout.strip()
    assert fresh != password
    assert asyncio.run(Passwords().right(kept(halo, "anna")[1], fresh))


def test_accounts_are_changed_and_what_must_not_be_is_told_in_one_sentence(halo: Halo) -> None:
    assert "There is no account yet" in halo("user", "list").stdout
    halo("user", "add", "anna", "--role", "administrator")
    taken = halo("user", "add", "ANNA", "--role", "clerk")
    assert (taken.exit_code, taken.stderr) == (
        1,
        "Error: There is already an account with this sign-in name.\n",
    )
    assert "2 to 64 letters" in halo("user", "add", "a b", "--role", "clerk").stderr
    last = "Error: This is the last administrator in use: give somebody else that role first.\n"
    assert halo("user", "disable", "anna").stderr == last
    assert halo("user", "roles", "anna", "--role", "clerk").stderr == last
    halo("user", "add", "ola", "--role", "administrator")
    assert halo("user", "roles", "anna", "--role", "clerk").stdout == '"anna" is now: clerk.\n'
    assert (
        halo("user", "person", "anna", "Ewa Zmyślona").stdout == '"anna" is ewa-zmyslona in the directory.\n'
    )
    assert kept(halo, "anna")[0].person == "ewa-zmyslona"
    assert "Nothing is called" in halo("user", "person", "anna", "Nikt Taki").stderr
    assert "Nobody signs in" in halo("user", "disable", "anna").stdout
    assert "disabled" in halo("user", "list").stdout
    assert "may sign in again" in halo("user", "enable", "anna").stdout
    assert halo("user", "disable", "nobody").stderr == "Error: There is no such account.\n"
    assert halo("user", "add", "x", "--role", "emperor").exit_code == 2


def test_an_account_is_linked_to_the_identity_provider_of_the_settings(halo: Halo) -> None:
    halo("user", "add", "anna", "--role", "administrator")
    assert "set oidc.issuer" in halo("user", "link", "anna", "u-1").stderr
    issuer = {"HALO_OIDC_ISSUER": "https://id.example"}
    done = halo("user", "link", "anna", "u-1", **issuer)
    assert done.stdout == 'u-1 of https://id.example signs in as "anna".\n'
    halo("user", "add", "ola", "--role", "clerk")
    assert "already linked" in halo("user", "link", "ola", "u-1", **issuer).stderr
    assert "nobody of https://id.example" in halo("user", "link", "anna", **issuer).stdout
    assert halo("user", "link", "ola", "u-1", **issuer).exit_code == 0
