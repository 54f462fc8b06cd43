"""Reading the settings: gather, validate, and remember where each value came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr, ValidationError

from api.settings.mending import SettingsError, bad_value
from api.settings.model import Settings, fields
from api.settings.sources import CONFIG, DEFAULT_FILE, Origin, from_environment, from_file

DEFAULT = "default"
MASKED = "********"


@dataclass(frozen=True, slots=True)
class Loaded:
    """The settings in force, and the origin of each that is not a default."""

    settings: Settings
    origins: Mapping[str, Origin]

    def shown(self) -> list[tuple[str, str, str, str]]:
        """Each setting as (name, value with secrets masked, where from, what it is for)."""
        rows = []
        for field in fields():
            value = _value(self.settings, field.name)
            if value is None:
                text = _instead(self.settings, field.name)
            else:
                text = MASKED if field.means.secret else str(value)
            origin = self.origins.get(field.name)
            rows.append((field.name, text, origin.at if origin else DEFAULT, field.means.what))
        return rows


def load(*, config: Path | None, environ: Mapping[str, str], folder: Path) -> Loaded:
    """Read the settings: `config`, else `HALO_CONFIG`, else `halo.toml` in `folder` if it is there.

    Raises SettingsError: one sentence about the first thing that is wrong.
    """
    path = _file(config, environ, folder)
    origins = {**(from_file(path) if path else {}), **from_environment(environ)}
    tree: dict[str, object] = {}
    for name, origin in origins.items():
        group, dot, key = name.partition(".")
        if dot:
            below = tree.setdefault(group, {})
            assert isinstance(below, dict)
            below[key] = origin.raw
        else:
            tree[name] = origin.raw
    try:
        settings = Settings.model_validate(tree)
    except ValidationError as wrong:
        raise _first(wrong, origins) from None
    return Loaded(_with_password(settings, origins), origins)


def _file(config: Path | None, environ: Mapping[str, str], folder: Path) -> Path | None:
    if config is not None:
        return config
    if named := environ.get(CONFIG, "").strip():
        return Path(named)
    usual = folder / DEFAULT_FILE
    return usual if usual.exists() else None


def _first(wrong: ValidationError, origins: Mapping[str, Origin]) -> SettingsError:
    by_name = {field.name: field for field in fields()}
    where = wrong.errors()[0]["loc"]
    # Deeper parts of the place name the branch of a union, which the administrator did not write.
    name = next(each for each in (".".join(map(str, where[:2])), str(where[0])) if each in by_name)
    means = by_name[name].means
    origin = origins[name]
    return bad_value(at=origin.at, name=name, must=means.must, raw=origin.raw, secret=means.secret)


def _with_password(settings: Settings, origins: Mapping[str, Origin]) -> Settings:
    """Put the content of `password_file` where the password is."""
    path = settings.asterisk.password_file
    if path is None:
        return settings
    at = origins["asterisk.password_file"].at
    if settings.asterisk.password is not None:
        other = origins["asterisk.password"].at
        raise SettingsError(f"{at}: asterisk.password stands in {other} too; remove one of the two")
    try:
        password = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as wrong:
        reason = wrong.strerror if isinstance(wrong, OSError) else "not text"
        raise SettingsError(
            f"{at}: asterisk.password_file names {path}, which cannot be read ({reason}); put the password "
            "there, readable by this user only"
        ) from None
    if not password:
        raise SettingsError(
            f"{at}: asterisk.password_file names {path}, an empty file; put the password there"
        )
    asterisk = settings.asterisk.model_copy(update={"password": SecretStr(password)})
    return settings.model_copy(update={"asterisk": asterisk})


def _instead(settings: Settings, name: str) -> str:
    """What is in force where a setting is not given; none of it is secret."""
    return {
        "database.url": settings.database_url,
        "voice.cache": str(settings.voice_cache),
        "voice.overrides": str(settings.voice_overrides),
    }.get(name, "")


def _value(settings: Settings, name: str) -> object:
    value: object = settings
    for part in name.split("."):
        value = getattr(value, part)
    return value
