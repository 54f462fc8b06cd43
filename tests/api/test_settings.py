"""Settings: who wins, where each value comes from, and one sentence for everything that is wrong."""

from datetime import datetime
from pathlib import Path

import pytest

from api.settings import Loaded, SettingsError, load
from api.settings.model import HOME_ZONE, fields


def read(folder: Path, toml: str = "", **environ: str) -> Loaded:
    if toml:
        (folder / "halo.toml").write_text(toml, encoding="utf-8")
    return load(config=None, environ=environ, folder=folder)


def complaint(folder: Path, toml: str = "", **environ: str) -> str:
    with pytest.raises(SettingsError) as wrong:
        read(folder, toml, **environ)
    return str(wrong.value).replace(f"{folder}/", "")


def test_without_file_and_variables_the_defaults_hold(tmp_path: Path) -> None:
    settings = read(tmp_path).settings
    assert (settings.api.host, settings.api.port) == ("127.0.0.1", 8090)
    assert settings.database_url.startswith("sqlite+aiosqlite:////")
    assert settings.database_url.endswith("/.halo/halo.sqlite3")


def test_the_environment_wins_over_the_file_and_the_file_over_the_defaults(tmp_path: Path) -> None:
    loaded = read(tmp_path, '[api]\nport = 1111\nhost = "::1"\n', HALO_API_PORT="2222")
    assert (loaded.settings.api.port, loaded.settings.api.host) == (2222, "::1")
    assert loaded.settings.asterisk.user == "halo"


def test_each_value_tells_where_it_comes_from(tmp_path: Path) -> None:
    loaded = read(tmp_path, 'state_dir = "state"\n\n[voice]\nrate = 1.2\n', HALO_LOG_LEVEL="debug")
    where = {name: at.replace(f"{tmp_path}/", "") for name, _, at, _ in loaded.shown()}
    assert where["state_dir"] == "halo.toml, line 1"
    assert where["voice.rate"] == "halo.toml, line 4"
    assert where["log.level"] == "HALO_LOG_LEVEL"
    assert where["api.port"] == "default"


def test_every_setting_can_be_given_by_variable(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("x\n")
    good = {
        "asterisk.url": "https://pbx:8089", "asterisk.user": "u", "asterisk.app": "a", "asterisk.trunk": "t",
        "asterisk.drain": "0", "asterisk.log_dir": "/l",
        "asterisk.password_file": str(tmp_path / "password"), "database.url": "postgresql://u:p@h/d",
        "voice.engine": "espeak", "voice.voice": "Alicja", "voice.english": "Clb", "voice.rate": "0.9",
        "voice.cache": "/c", "voice.overrides": "/o", "api.host": "::1", "api.port": "0", "log.level": "debug",
        "pages.address": "https://halo.example", "pages.proxy": "10.0.0.1", "pages.idle_minutes": "30",
        "pages.session_hours": "10", "calendars.every_minutes": "30", "calendars.inner": "mail.example, cal",
        "oidc.issuer": "https://id.example", "oidc.client_id": "c",
        "oidc.client_secret_file": str(tmp_path / "password"), "oidc.name": "n",
        "ldap.url": "ldaps://dc.example", "ldap.kind": "openldap", "ldap.starttls": "false", "ldap.ca_file": "/ca",
        "ldap.bind_dn": "cn=halo", "ldap.password_file": str(tmp_path / "password"), "ldap.base": "dc=x",
        "ldap.filter": "(cn=*)", "ldap.attributes": "room=", "ldap.reached": "trunk", "ldap.timeout": "5",
        "ldap.most_gone": "5",
        "log.format": "json", "retention.personal_days": "30", "retention.absence_days": "30",
        "state_dir": "/s", "hall_dir": "/h", "clock": "2026-11-24T10:00",
    }  # fmt: skip
    variables = {field.variable: good[field.name] for field in fields() if field.name in good}
    loaded = read(tmp_path, **variables)
    assert {name for name, _, at, _ in loaded.shown() if at != "default"} == set(good)
    assert {field.name for field in fields()} - set(good) == {
        "asterisk.password",
        "oidc.client_secret",
        "ldap.password",
    }
    assert loaded.settings.database_url == "postgresql+asyncpg://u:p@h/d"


def test_a_set_clock_without_zone_is_the_halls_time(tmp_path: Path) -> None:
    assert read(tmp_path, HALO_CLOCK="2026-11-24T10:00").settings.clock == datetime(
        2026, 11, 24, 10, tzinfo=HOME_ZONE
    )


def test_an_empty_variable_counts_as_not_set(tmp_path: Path) -> None:
    assert read(tmp_path, HALO_API_PORT="").settings.api.port == 8090


def test_paths_of_the_file_start_at_the_files_folder(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "own.toml").write_text('state_dir = "state"\n')
    loaded = load(config=tmp_path / "etc" / "own.toml", environ={}, folder=tmp_path)
    assert loaded.settings.state_dir == tmp_path / "etc" / "state"


def test_the_file_can_be_named_by_a_variable(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text("[api]\nport = 1\n")
    assert read(tmp_path, HALO_CONFIG=str(tmp_path / "own.toml")).settings.api.port == 1


def test_the_password_is_read_from_its_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("quiet-horse\n")
    loaded = read(tmp_path, '[asterisk]\npassword_file = "secret"\n')
    password = loaded.settings.asterisk.password
    assert password is not None
    assert password.get_secret_value() == "quiet-horse"
    assert "quiet-horse" not in repr(loaded)
    assert "quiet-horse" not in str(loaded.shown())


def test_a_password_is_in_no_representation(tmp_path: Path) -> None:
    loaded = read(tmp_path, HALO_ASTERISK_PASSWORD="quiet-horse", HALO_DATABASE_URL="postgresql://u:pony@h/d")
    for shown in (repr(loaded), str(loaded.shown()), repr(loaded.settings)):
        assert "quiet-horse" not in shown
        assert "pony" not in shown


def test_what_is_in_force_is_shown_where_nothing_was_given(tmp_path: Path) -> None:
    shown = {name: value for name, value, _, _ in read(tmp_path, HALO_STATE_DIR="/s").shown()}
    assert shown["database.url"] == "sqlite+aiosqlite:////s/halo.sqlite3"
    assert shown["voice.cache"] == "/s/voice/cache"


WRONG = [
    ("", {"HALO_API_PROT": "1"}, "HALO_API_PROT is not a setting; did you mean HALO_API_PORT?"),
    ("", {"HALO_ZZZ": "1"}, "HALO_ZZZ is not a setting; `halo settings` lists them all"),
    ("[api]\nprot = 1", {}, 'halo.toml, line 2: "prot" is not a setting of [api]; did you mean "port"?'),
    ("[apy]\nport = 1", {}, 'halo.toml, line 1: [apy] is not a group of settings; did you mean "api"?'),
    ("port = 1", {}, 'halo.toml, line 1: "port" is not a setting; did you mean api.port (as [api])?'),
    ("state = 1", {}, 'halo.toml, line 1: "state" is not a setting; did you mean "state_dir"?'),
    ("api = 1", {}, "halo.toml, line 1: api is a group of settings; write it as a table, [api]"),
    (
        "[api]\n\nport = 99999",
        {},
        "halo.toml, line 3: api.port must be a whole number from 0 to 65535, but 99999 was read; mend it, or "
        "remove it",
    ),
    (
        "",
        {"HALO_API_PORT": "80a"},
        'HALO_API_PORT: api.port must be a whole number from 0 to 65535, but "80a" was read; mend it, or '
        "remove it",
    ),
    (
        "",
        {"HALO_ASTERISK_URL": "localhost:8088"},
        "HALO_ASTERISK_URL: asterisk.url must be http://HOST:PORT or https://HOST:PORT, without a user in it,"
        ' but "localhost:8088" was read; mend it, or remove it',
    ),
    (
        "",
        {"HALO_CLOCK": "noon"},
        'HALO_CLOCK: clock must be like 2026-11-24T10:00, but "noon" was read; mend it, or remove it',
    ),
    (
        '[log]\nlevel = "loud"',
        {},
        'halo.toml, line 2: log.level must be one of "debug", "info", "warning", "error", but "loud" was '
        "read; mend it, or remove it",
    ),
    (
        "api.port = = 1",
        {},
        "halo.toml: this is not TOML: Invalid value (at line 1, column 12); mend that line",
    ),
]


@pytest.mark.parametrize(("toml", "environ", "sentence"), WRONG, ids=[each[2][:40] for each in WRONG])
def test_what_is_wrong_is_one_sentence(
    tmp_path: Path, toml: str, environ: dict[str, str], sentence: str
) -> None:
    assert complaint(tmp_path, toml, **environ) == sentence


@pytest.mark.parametrize(
    ("toml", "environ"),
    [
        ("[asterisk]\npassword = 4711", {}),
        ("", {"HALO_DATABASE_URL": "mysql://u:4711@h/d"}),
        ("", {"HALO_DATABASE_URL": "4711"}),
        ("[database]\nurl = 4711", {}),
    ],
)
def test_a_secret_is_never_in_the_sentence(tmp_path: Path, toml: str, environ: dict[str, str]) -> None:
    sentence = complaint(tmp_path, toml, **environ)
    assert "4711" not in sentence
    assert "not shown" in sentence


def test_a_missing_or_empty_password_file_is_one_sentence(tmp_path: Path) -> None:
    gone = complaint(tmp_path, HALO_ASTERISK_PASSWORD_FILE=str(tmp_path / "gone"))
    assert gone == (
        "HALO_ASTERISK_PASSWORD_FILE: asterisk.password_file names gone, which cannot be read (No such file "
        "or directory); put the password there, readable by this user only"
    )
    (tmp_path / "empty").touch()
    empty = complaint(tmp_path, HALO_ASTERISK_PASSWORD_FILE=str(tmp_path / "empty"))
    assert "an empty file" in empty


def test_a_password_given_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("a")
    sentence = complaint(
        tmp_path, '[asterisk]\npassword_file = "secret"\n', HALO_ASTERISK_PASSWORD="quiet-horse"
    )
    assert "stands in HALO_ASTERISK_PASSWORD too" in sentence
    assert "quiet-horse" not in sentence


def test_a_named_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    sentence = complaint(tmp_path, HALO_CONFIG=str(tmp_path / "gone.toml"))
    assert sentence.startswith("gone.toml: this file cannot be read (No such file or directory); create it")
