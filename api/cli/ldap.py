"""`halo directory ldap`: what the hall's own directory of accounts would change here, and the change itself."""

import asyncio
import getpass

import click

from api.cli.asked import Cli, refuse, run
from api.cli.hall import hall_in_force
from api.cli.importing_text import plan_text
from api.cli.saving import save_import
from api.ldap.search import LdapError, searched
from api.ldap.sync import Sync, keep_keys, kept_keys, synced
from directory.changes import Source
from directory.model import Hall
from directory.report import DirectoryError


@click.command()
@click.option(
    "--check", "mode", flag_value="check", default=True, help="Show what would change; the default."
)
@click.option("--sync", "mode", flag_value="sync", help="Show it and change it, without a question.")
@click.option("--let-them-go", "gone", flag_value="go", help="However many people are not there any more.")
@click.pass_obj
def ldap(cli: Cli, mode: str, gone: str | None) -> None:
    """Bring the people up to date with the hall's own LDAP server (Active Directory), which is only read."""
    hall = hall_in_force(cli)
    sync = _asked(cli, hall)
    _show(sync)
    if sync.refused and gone != "go":
        refuse(f"Nothing was changed: {sync.refused}")
    if mode != "sync":
        click.echo("Nothing was changed: this was a check; --sync does it.")
        return
    if sync.plan.changes:
        note = str(cli.settings.ldap.url)
        saving = save_import(cli, hall, sync.plan.hall, by=getpass.getuser(), note=note, source=Source.LDAP)
        click.echo(f"In force for new calls: version {run(saving)} of the directory.")
    else:
        click.echo("Nothing was changed: the directory has all of this already.")
    try:
        keep_keys(cli.settings.state_dir, sync.keys)
    except OSError as wrong:
        refuse(f"Who came from LDAP could not be kept in {cli.settings.state_dir} ({wrong.strerror}).")


def _asked(cli: Cli, hall: Hall) -> Sync:
    """Ask the server, and compare."""
    try:
        found = asyncio.run(searched(cli.settings.ldap))
        return synced(found, cli.settings.ldap, hall, kept_keys(cli.settings.state_dir))
    except LdapError as wrong:
        refuse(f"{wrong} Nothing was changed.")
    except DirectoryError as wrong:
        for fault in wrong.faults[1:]:
            click.echo(str(fault), err=True)
        refuse(f"{wrong.faults[0]}. Nothing was changed.")


def _show(sync: Sync) -> None:
    plan = sync.plan
    for line in plan_text(plan, gone="removed"):
        click.echo(line)
    people = [change for change in plan.changes if change.before is None]
    out = sum(1 for change in plan.changes if change.after is None)
    click.echo(
        f"{plan.entries} accounts read, {sync.disabled} more are disabled: {len(people)} new, "
        f"{len(plan.changes) - len(people) - out} changed, {out} removed; {len(plan.findings)} doubtful."
    )
