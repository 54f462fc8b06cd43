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

SECRETS = ("asterisk.password", "oidc.client_secret", "ldap.password")
"""Settings that a file may hold instead, which the setting of the same name and "_file" names."""


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
    return Loaded(_with_secrets(settings, origins), origins)


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


def _with_secrets(settings: Settings, origins: Mapping[str, Origin]) -> Settings:
    """Put the content of each file of a secret where the secret is."""
    for name in SECRETS:
        group, _, key = name.partition(".")
        inside = getattr(settings, group)
        path: Path | None = getattr(inside, f"{key}_file")
        if path is not None:
            at = origins[f"{name}_file"].at
            if getattr(inside, key) is not None:
                raise SettingsError(f"{at}: {name} stands in {origins[name].at} too; remove one of the two")
            secret = SecretStr(_secret(path, at, name))
            settings = settings.model_copy(update={group: inside.model_copy(update={key: secret})})
    return settings


def _secret(path: Path, at: str, name: str) -> str:
    """What the file of a secret holds. Raises SettingsError."""
    what = name.partition(".")[2].rpartition("_")[2]
    try:
        secret = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as wrong:
        reason = wrong.strerror if isinstance(wrong, OSError) else "not text"
        raise SettingsError(
            f"{at}: {name}_file names {path}, which cannot be read ({reason}); put the {what} there, "
            "readable by this user only"
        ) from None
    if not secret:
        raise SettingsError(f"{at}: {name}_file names {path}, an empty file; put the {what} there")
    return secret


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
