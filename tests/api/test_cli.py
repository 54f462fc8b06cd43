"""The command line on real files: every command's good end, and one sentence for every bad one."""

import asyncio
import json
from pathlib import Path

import pytest

from api.cli import COMMANDS
from api.cli.spooled import bring_in_the_spool
from api.meanwhile import READ
from api.running import held
from api.tokens import Scope, Tokens
from records.database import open_database
from records.entry import entry_of
from records.journal import Journal
from records.migrate import head, upgrade
from records.spool import SPOOL, FolderSpool
from tests.api.halo import Halo
from tests.api.recorded import FACTS, NAME, NUMBER, PROMISED, TAKEN


async def record(folder: Path) -> None:
    async with open_database(f"sqlite:///{folder}/halo.sqlite3") as database, Journal(database) as journal:
        for fact in FACTS:
            journal.state(fact)


def test_help_names_every_command_with_a_sentence(halo: Halo) -> None:
    told = halo("--help")
    assert told.exit_code == 0
    for command in COMMANDS:
        assert f"\n  {command} " in told.output
        assert halo(command, "--help").exit_code == 0


def test_version(halo: Halo) -> None:
    assert halo("--version").output.startswith("halo, version 0.")


def test_an_unknown_command_is_refused(halo: Halo) -> None:
    told = halo("serv")
    assert told.exit_code == 2
    assert "No such command 'serv'" in told.output


@pytest.mark.parametrize("command", ["serve", "check", "settings", "token list", "database upgrade", "calls"])
def test_a_wrong_setting_is_one_sentence_and_exit_code_2(halo: Halo, command: str) -> None:
    told = halo(*command.split(), HALO_API_PROT="1")
    assert told.exit_code == 2
    assert told.output == "Error: HALO_API_PROT is not a setting; did you mean HALO_API_PORT?\n"
    assert list(halo.folder.iterdir()) == []


def test_a_named_file_of_settings_is_read(halo: Halo) -> None:
    (halo.folder / "own.toml").write_text("[api]\nport = 1234\n")
    rows = json.loads(halo("--config", "own.toml", "settings", "--json").output)
    (port,) = (row for row in rows if row["name"] == "api.port")
    assert (port["value"], port["from"]) == ("1234", "own.toml, line 2")


def test_settings_masks_secrets(halo: Halo) -> None:
    told = halo("settings", HALO_ASTERISK_PASSWORD="quiet-horse", HALO_DATABASE_URL="postgresql://u:pony@h/d")
    assert told.exit_code == 0
    assert "HALO_ASTERISK_PASSWORD" in told.output
    assert "quiet-horse" not in told.output
    assert "pony" not in told.output


def test_a_token_is_shown_once_listed_and_revoked(halo: Halo) -> None:
    made = halo("token", "create", "screen", "--scope", "read:personal")
    text = made.stdout.strip()
    assert Tokens(halo.state).bearer(text) is not None
    assert "not shown again" in made.stderr
    listed = json.loads(halo("token", "list", "--json").output)
    assert [(row["name"], row["scope"]) for row in listed] == [("screen", Scope.PERSONAL.value)]
    assert text not in halo("token", "list").output
    assert halo("token", "revoke", "screen").output == 'The token "screen" is no longer valid.\n'
    assert Tokens(halo.state).bearer(text) is None


def test_tokens_that_cannot_be_made_or_revoked(halo: Halo) -> None:
    assert "There is no token yet" in halo("token", "list").output
    halo("token", "create", "screen")
    again, gone = halo("token", "create", "screen"), halo("token", "revoke", "gone")
    assert (again.exit_code, gone.exit_code) == (1, 1)
    assert again.output.startswith('Error: there is a token "screen" already')
    assert gone.output.startswith('Error: there is no token "gone"')


def test_the_database_is_made_once_for_this_user_alone(halo: Halo) -> None:
    before = halo("database", "current")
    assert (before.exit_code, before.output) == (
        1,
        f"Error: There are no tables yet, and this version needs {head()}: halo database upgrade\n",
    )
    assert not halo.state.exists()
    assert halo("database", "upgrade").output == f"The tables are at {head()} now.\n"
    assert halo("database", "upgrade").output == f"The tables are at {head()}, as before.\n"
    assert halo("database", "current").exit_code == 0
    assert (halo.state / "halo.sqlite3").stat().st_mode & 0o777 == 0o600


def test_a_restored_database_gets_again_what_asterisk_alone_knew(halo: Halo) -> None:
    """The place up to which Asterisk's record was read is that of the newer one."""
    halo("database", "upgrade")
    file = halo.folder / "night.backup"
    assert halo("database", "backup", str(file)).exit_code == 0
    (halo.state / READ).write_text("1 4711\n")
    assert "is what it was when" in halo("database", "restore", str(file)).output
    assert not (halo.state / READ).exists()


def test_a_database_that_is_away_is_one_sentence_without_its_password(halo: Halo) -> None:
    told = halo("database", "current", HALO_DATABASE_URL="postgresql://u:pony@127.0.0.1:1/halo")
    assert told.exit_code == 1
    assert told.output.startswith("Error: The database postgresql://u:***@127.0.0.1:1/halo cannot be used")
    assert len(told.output.splitlines()) == 1


def test_calls_and_their_stories_in_polish_without_numbers(halo: Halo) -> None:
    halo("database", "upgrade")
    asyncio.run(record(halo.state))
    calls = halo("calls").output
    assert all(
        word in calls for word in ("kiedy", "trwa", "Podatek", "rozmowa z urzędnikiem", "***456", TAKEN)
    )
    assert PROMISED in halo("calls", "--outcome", "callback").output
    assert "Nie ma takich rozmów" in halo("calls", "--outcome", "failed").output
    story = halo("call-story", TAKEN).output
    assert story.startswith(f"2026-11-24 12:00:00  {TAKEN}\n     0.0 s  ")
    assert len(story.splitlines()) == 8
    for hidden in (NUMBER, NUMBER[3:], NAME):
        assert hidden not in calls + story


def test_a_number_is_forgotten_when_asked(halo: Halo) -> None:
    halo("database", "upgrade")
    asyncio.run(record(halo.state))
    assert halo("database", "erase", NUMBER, input="n\n").exit_code == 1
    assert "***456" in halo("calls").output
    told = halo("database", "erase", "600 123 456", "--yes")
    assert told.output.splitlines()[0] == "Forgotten: the person in 1 calls, 2 facts and 0 tickets."
    assert "***456" not in halo("calls").output
    assert TAKEN in halo("calls").output


def test_who_is_still_in_the_spool_is_forgotten_too(halo: Halo) -> None:
    halo("database", "upgrade")
    spool = FolderSpool(halo.state / SPOOL)
    spool.take()
    spool.append([entry_of(1, number, fact) for number, fact in enumerate(FACTS, start=1)])
    (halo.state / SPOOL / "00000000.bad").write_text(NUMBER)
    assert halo("database", "erase", NUMBER, "--yes").output.startswith("Forgotten: the person in 1 calls")
    assert list((halo.state / SPOOL).iterdir()) == []


async def test_while_the_service_runs_erasing_waits_until_its_spool_is_in_the_database(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path / 'halo.sqlite3'}"
    async with open_database(url) as database, open_database(url) as other:
        with held(tmp_path):
            async with Journal(database, spool=FolderSpool(tmp_path / SPOOL)) as journal:
                journal.state(FACTS[0])
                journal.spool_now()
                erasing = asyncio.create_task(bring_in_the_spool(tmp_path, other))
                assert not (await asyncio.wait([erasing], timeout=0.1))[0]
                await upgrade(url)
                await asyncio.wait_for(erasing, 30)
                assert journal.statistics.queued == 0


def test_old_personal_data_are_forgotten(halo: Halo) -> None:
    assert halo("database", "forget").output == "Error: There is no database yet, so nobody is in it.\n"
    halo("database", "upgrade")
    asyncio.run(record(halo.state))
    told = halo("database", "forget").output
    assert told.startswith("Forgotten: the person in 0 calls")
    assert told.endswith("\nDeleted: 0 absences.\n")
    later = halo("database", "forget", HALO_RETENTION_PERSONAL_DAYS="1")
    assert later.exit_code == 0


def test_stories_that_are_not_there(halo: Halo) -> None:
    assert halo("calls").output.startswith("Error: There is no database yet")
    halo("database", "upgrade")
    told = halo("call-story", "gone")
    assert (told.exit_code, told.output) == (1, 'Error: There is no call "gone"; `halo calls` lists them.\n')
