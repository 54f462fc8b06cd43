"""`halo user`: who may sign in to the pages. A password is printed once and kept nowhere."""

import getpass
import json
from collections.abc import Awaitable, Callable

import click
from rich.console import Console
from rich.table import Table

from api.accounts.accounts import AccountError, Accounts, roles_named
from api.accounts.passwords import Passwords
from api.cli.asked import Cli, Result, refuse, run
from api.cli.hall import hall_in_force, person_called
from api.language import catalogue
from api.private import make_private, not_made_yet
from records.account_views import Account, Role, Subject
from records.database import open_database
from records.migrate import upgrade
from records.stores.accounts import AccountStore

ROLE = click.Choice([role.value for role in Role])


@click.group()
def user() -> None:
    """Who may sign in to the pages: accounts, their roles and passwords."""


@user.command()
@click.argument("sign_in", metavar="NAME")
@click.option("--role", "roles", type=ROLE, multiple=True, required=True, help="May be given several times.")
@click.option("--name", help="The name that is shown, such as a first and last name; NAME unless given.")
@click.pass_obj
def add(cli: Cli, sign_in: str, roles: tuple[str, ...], name: str | None) -> None:
    """Add an account that signs in as NAME, and print its first password, this once."""

    async def added(accounts: Accounts, by: str) -> tuple[Account, str]:
        return await accounts.add(sign_in=sign_in, name=name or sign_in, roles=roles_named(roles), by=by)

    account, password = _with_accounts(cli, added)
    click.echo(password)
    _tell_of_password(account)


@user.command("list")
@click.option("--json", "form", flag_value="json", help="For programs: a list of objects.")
@click.pass_obj
def list_(cli: Cli, form: str | None) -> None:
    """List the accounts."""

    async def listed(accounts: Accounts, by: str) -> tuple[Account, ...]:
        return await accounts.store.all()

    rows = [
        {
            "sign_in": account.sign_in,
            "name": account.name,
            "roles": [role.value for role in Role if role in account.roles],
            "person": account.person or "",
            "state": _state(account),
            "created": account.created.isoformat(),
        }
        for account in _with_accounts(cli, listed)
    ]
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    if not rows:
        click.echo("There is no account yet; `halo user add NAME --role administrator` makes the first.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in rows[0]:
        table.add_column(heading, overflow="fold", no_wrap=heading == "sign_in")
    for row in rows:
        table.add_row(*(value if isinstance(value, str) else ", ".join(value) for value in row.values()))
    Console().print(table)


@user.command()
@click.argument("sign_in", metavar="NAME")
@click.pass_obj
def disable(cli: Cli, sign_in: str) -> None:
    """Let nobody sign in as NAME any more, and end its sessions."""

    async def disabled(accounts: Accounts, by: str) -> None:
        await accounts.disable(await accounts.named(sign_in), by=by)

    _with_accounts(cli, disabled)
    click.echo(f'Nobody signs in as "{sign_in}" any more; `halo user enable` allows it again.')


@user.command()
@click.argument("sign_in", metavar="NAME")
@click.pass_obj
def enable(cli: Cli, sign_in: str) -> None:
    """Let NAME sign in again."""

    async def enabled(accounts: Accounts, by: str) -> None:
        await accounts.enable(await accounts.named(sign_in), by=by)

    _with_accounts(cli, enabled)
    click.echo(f'"{sign_in}" may sign in again.')


@user.command("reset-password")
@click.argument("sign_in", metavar="NAME")
@click.pass_obj
def reset_password(cli: Cli, sign_in: str) -> None:
    """Give NAME a new password, end its sessions, and print the password, this once."""

    async def reset(accounts: Accounts, by: str) -> tuple[Account, str]:
        account = await accounts.named(sign_in)
        return account, await accounts.reset_password(account, by=by)

    account, password = _with_accounts(cli, reset)
    click.echo(password)
    _tell_of_password(account)


@user.command()
@click.argument("sign_in", metavar="NAME")
@click.option("--role", "wanted", type=ROLE, multiple=True, required=True, help="May be given several times.")
@click.pass_obj
def roles(cli: Cli, sign_in: str, wanted: tuple[str, ...]) -> None:
    """Give NAME these roles, and no others."""

    async def given(accounts: Accounts, by: str) -> None:
        await accounts.set_roles(await accounts.named(sign_in), roles_named(wanted), by=by)

    _with_accounts(cli, given)
    click.echo(f'"{sign_in}" is now: {", ".join(wanted)}.')


@user.command()
@click.argument("sign_in", metavar="NAME")
@click.argument("whose", metavar="[PERSON]", required=False)
@click.pass_obj
def person(cli: Cli, sign_in: str, whose: str | None) -> None:
    """Say that NAME is PERSON (an id or a whole name) of the directory, and may enter their own absences.

    Without PERSON, NAME is nobody there any more.
    """
    known = person_called(hall_in_force(cli), whose) if whose else None

    async def said(accounts: Accounts, by: str) -> None:
        await accounts.set_person(await accounts.named(sign_in), known, by=by)

    _with_accounts(cli, said)
    click.echo(f'"{sign_in}" is {known or "nobody"} in the directory.')


@user.command()
@click.argument("sign_in", metavar="NAME")
@click.argument("subject", required=False)
@click.pass_obj
def link(cli: Cli, sign_in: str, subject: str | None) -> None:
    """Let SUBJECT of the identity provider (its `sub`) sign in as NAME; without SUBJECT, nobody any more."""
    issuer = cli.settings.oidc.issuer
    if issuer is None:
        refuse("There is no identity provider: set oidc.issuer (HALO_OIDC_ISSUER) first.")

    async def linked(accounts: Accounts, by: str) -> None:
        account = await accounts.named(sign_in)
        if subject is None:
            await accounts.unlink(account, by=by)
        else:
            await accounts.link(account, Subject(issuer=issuer, subject=subject), by=by)

    _with_accounts(cli, linked)
    who = f"{subject} of {issuer}" if subject else f"nobody of {issuer}"
    click.echo(f'{who} signs in as "{sign_in}".')


def _state(account: Account) -> str:
    if account.disabled_at is not None:
        return "disabled"
    return "password to be changed" if account.must_change_password else "in use"


def _tell_of_password(account: Account) -> None:
    click.echo(
        f'This is the password of "{account.sign_in}". It is not shown again, and must be changed at first sign-in.',
        err=True,
    )


def _with_accounts(cli: Cli, work: Callable[[Accounts, str], Awaitable[Result]]) -> Result:
    """Do this with the accounts; what cannot be done ends the command with one sentence."""

    async def done() -> Result:
        url = cli.settings.database_url
        if not_made_yet(url):
            make_private(url)
            await upgrade(url)
        async with open_database(url) as database:
            return await work(Accounts(AccountStore(database), Passwords()), getpass.getuser())

    try:
        return run(done())
    except AccountError as wrong:
        refuse(catalogue("en").gettext(wrong.text))
