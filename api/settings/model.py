"""The settings themselves: groups, defaults, and for each field what it is and what it must be.

The words beside a field are used twice: `halo settings` shows them, and a bad value is answered with them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, SecretStr

from api.settings.calendars import Calendars
from api.settings.group import DAYS, WORD, Days, Group, Means, Name, Word, web_address
from api.settings.ldap import Ldap
from api.settings.web import Oidc, Web

HOME_ZONE = ZoneInfo("Europe/Warsaw")
"""The hall's time zone, until the hall's own data say another."""


DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+asyncpg",
    "postgres": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}


def _database_url(secret: SecretStr | None) -> SecretStr | None:
    if secret is None:
        return None
    scheme, colon, rest = secret.get_secret_value().partition("://")
    if scheme not in DRIVERS or not colon or not rest.strip("/"):
        raise ValueError
    return SecretStr(f"{DRIVERS[scheme]}://{rest}")


def _at_home(moment: datetime | None) -> datetime | None:
    if moment is None or moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=HOME_ZONE)


class Asterisk(Group):
    """How we reach Asterisk's REST interface (ARI)."""

    url: Annotated[
        str,
        AfterValidator(web_address),
        Means("Asterisk's HTTP server", "http://HOST:PORT or https://HOST:PORT, without a user in it"),
    ] = "http://127.0.0.1:8088"
    user: Annotated[Name, Means("the ARI user of ari.conf", "a user's name")] = "halo"
    password: Annotated[
        SecretStr | None, Means("that user's password", "a text (in TOML between quotes)", secret=True)
    ] = None
    password_file: Annotated[
        Path | None, Means("a file that holds the password", "the path of a readable file, not empty")
    ] = None
    app: Annotated[Word, Means("the Stasis application of the dialplan", WORD)] = "halo"
    trunk: Annotated[Word, Means("the PJSIP endpoint towards the hall's other PBX", WORD)] = "hall-trunk"
    log_dir: Annotated[
        Path | None,
        Means(
            "Asterisk's log folder: what happened while the service was away is read there", "a folder's path"
        ),
    ] = None
    drain: Annotated[
        float,
        Field(ge=0, le=3600),
        Means("how long calls may go on when the service is told to stop", "seconds, from 0 to 3600"),
    ] = 30.0


class Database(Group):
    """Where calls, facts, transfers and tickets are kept."""

    url: Annotated[
        SecretStr | None,
        AfterValidator(_database_url),
        Means(
            "the database; SQLite in the state folder if not set",
            "sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME",
            secret=True,
        ),
    ] = None


class VoiceGroup(Group):
    """How the line speaks."""

    engine: Annotated[
        Literal["auto", "rhvoice", "espeak", "silent"],
        Means("the engine that turns texts into audio", 'one of "auto", "rhvoice", "espeak", "silent"'),
    ] = "auto"
    voice: Annotated[Name, Means("the engine's Polish voice", "a voice that the engine has")] = "Natan"
    english: Annotated[Name, Means("the engine's English voice", "a voice that the engine has")] = "Slt"
    rate: Annotated[
        float, Field(ge=0.5, le=2.0), Means("how fast it speaks; 1 is normal", "a number from 0.5 to 2")
    ] = 1.0
    cache: Annotated[
        Path | None,
        Means("rendered clips, read by Asterisk too; in the state folder if not set", "a folder's path"),
    ] = None
    overrides: Annotated[
        Path | None,
        Means(
            "studio recordings, NAME.wav and en/NAME.wav; in the state folder if not set", "a folder's path"
        ),
    ] = None


class Api(Group):
    """Where programs and people reach the service."""

    host: Annotated[Name, Means("the address that the API listens on", "an address of this machine")] = (
        "127.0.0.1"
    )
    port: Annotated[
        int,
        Field(ge=0, le=65535),
        Means("the API's port; 0 takes any free one", "a whole number from 0 to 65535"),
    ] = 8090


class Log(Group):
    """What the service writes about itself, to standard error."""

    level: Annotated[
        Literal["debug", "info", "warning", "error"],
        Means("how much is logged", 'one of "debug", "info", "warning", "error"'),
    ] = "info"
    format: Annotated[
        Literal["human", "json"], Means("lines for people or for programs", 'one of "human", "json"')
    ] = "human"


class Retention(Group):
    """How long personal data stay."""

    personal_days: Annotated[
        Days, Means("callers' numbers and names are emptied after this many days", DAYS)
    ] = 90
    absence_days: Annotated[Days, Means("absences are deleted this many days after their end", DAYS)] = 90


class Settings(Group):
    """All that the administrator decides. Built by `load`; tests may build one directly."""

    asterisk: Asterisk = Asterisk()
    database: Database = Database()
    voice: VoiceGroup = VoiceGroup()
    api: Api = Api()
    pages: Web = Web()
    calendars: Calendars = Calendars()
    oidc: Oidc = Oidc()
    ldap: Ldap = Ldap()
    log: Log = Log()
    retention: Retention = Retention()
    state_dir: Annotated[
        Path, Means("everything the service writes: database, tokens, clips", "a folder's path")
    ] = Path(".halo")
    hall_dir: Annotated[
        Path | None,
        Means("the hall's own data, loaded at first start; the example hall if not set", "a folder's path"),
    ] = None
    clock: Annotated[
        datetime | None,
        AfterValidator(_at_home),
        Means("a moment to start from instead of now: for demonstrations only", "like 2026-11-24T10:00"),
    ] = None

    @property
    def database_url(self) -> str:
        """The database's address, with its password: never to be shown or logged."""
        if self.database.url is not None:
            return self.database.url.get_secret_value()
        return f"sqlite+aiosqlite:///{self.state_dir.absolute() / 'halo.sqlite3'}"

    @property
    def voice_cache(self) -> Path:
        """The folder of rendered clips, which Asterisk must be able to read."""
        return (self.voice.cache or self.state_dir / "voice" / "cache").absolute()

    @property
    def voice_overrides(self) -> Path:
        """The folder of studio recordings."""
        return (self.voice.overrides or self.state_dir / "voice" / "overrides").absolute()


@dataclass(frozen=True, slots=True)
class Known:
    """One setting: its dotted name ("api.port"), its variable, and its words."""

    name: str
    variable: str
    means: Means
    is_path: bool


def fields() -> Iterator[Known]:
    """Every setting there is, in the order of the model."""
    for name, info in Settings.model_fields.items():
        inner = info.annotation
        if isinstance(inner, type) and issubclass(inner, Group):
            for below, deeper in inner.model_fields.items():
                yield _field(f"{name}.{below}", deeper.metadata, deeper.annotation)
        else:
            yield _field(name, info.metadata, inner)


def _field(name: str, metadata: list[object], annotation: object) -> Known:
    means = next(word for word in metadata if isinstance(word, Means))
    return Known(
        name=name,
        variable="HALO_" + name.replace(".", "_").upper(),
        means=means,
        is_path=annotation is Path or annotation == (Path | None),
    )
