"""Where settings come from: the environment and one TOML file, each value with its origin.

The environment wins over the file, the file over the defaults. An unknown name is refused here, because
only here is it known whether it stood in the environment or on which line of the file. An empty variable
counts as not set (compose files pass many such).
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from api.settings.mending import SettingsError, nearest
from api.settings.model import Known, fields

PREFIX = "HALO_"
CONFIG = "HALO_CONFIG"
DEFAULT_FILE = "halo.toml"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one value was read: `at` as a sentence begins ("halo.toml, line 4"), and the raw value."""

    at: str
    raw: object = field(repr=False)
    """May be a secret."""


def from_environment(environ: Mapping[str, str]) -> dict[str, Origin]:
    """The settings of the environment by dotted name. Raises SettingsError for an unknown `HALO_` name."""
    by_variable = {known.variable: known for known in fields()}
    found: dict[str, Origin] = {}
    for variable, text in environ.items():
        if not variable.startswith(PREFIX) or variable == CONFIG:
            continue
        if variable not in by_variable:
            raise SettingsError(f"{variable} is not a setting{nearest(variable, [*by_variable, CONFIG])}")
        if text.strip():
            found[by_variable[variable].name] = Origin(variable, text.strip())
    return found


def from_file(path: Path) -> dict[str, Origin]:
    """The settings of one TOML file by dotted name; its relative paths are taken from the file's own folder.

    Raises SettingsError if it cannot be read, is no TOML, or names a setting that does not exist.
    """
    try:
        text = path.read_text(encoding="utf-8")
        tree = tomllib.loads(text)
    except OSError as gone:
        raise SettingsError(
            f"{path}: this file cannot be read ({gone.strerror}); create it, or name another by --config or "
            f"{CONFIG}"
        ) from None
    except UnicodeDecodeError:
        raise SettingsError(f"{path}: this file is not text in UTF-8; save it as such") from None
    except tomllib.TOMLDecodeError as wrong:
        # The parser's own words end with the place: "(at line 3, column 7)".
        raise SettingsError(f"{path}: this is not TOML: {wrong}; mend that line") from None
    lines = _lines(text)
    known = {each.name: each for each in fields()}
    groups = {name.partition(".")[0] for name in known if "." in name}
    found: dict[str, Origin] = {}
    for name, raw in _flat(tree, groups):
        at = f"{path}, line {lines[name]}" if name in lines else str(path)
        _known_or_refused(name, raw, at, known, groups)
        found[name] = Origin(at, _anchored(known[name], raw, path))
    return found


def _flat(tree: Mapping[str, object], groups: set[str]) -> Iterator[tuple[str, object]]:
    for key, value in tree.items():
        if isinstance(value, dict) and key in groups:
            yield from ((f"{key}.{below}", inner) for below, inner in value.items())
        else:
            yield key, value


def _known_or_refused(name: str, raw: object, at: str, known: Mapping[str, Known], groups: set[str]) -> None:
    if name in known:
        return
    group, dot, key = name.partition(".")
    if dot:
        inside = [each.partition(".")[2] for each in known if each.startswith(f"{group}.")]
        raise SettingsError(f'{at}: "{key}" is not a setting of [{group}]{nearest(key, inside, quoted=True)}')
    if name in groups:
        raise SettingsError(f"{at}: {name} is a group of settings; write it as a table, [{name}]")
    if isinstance(raw, dict):
        raise SettingsError(f"{at}: [{name}] is not a group of settings{nearest(name, groups, quoted=True)}")
    single = [each for each in known if "." not in each]
    home = [f"{each} (as [{each.partition('.')[0]}])" for each in known if each.endswith(f".{name}")]
    hint = f"; did you mean {home[0]}?" if home else nearest(name, single, quoted=True)
    raise SettingsError(f'{at}: "{name}" is not a setting{hint}')


def _anchored(known: Known, raw: object, path: Path) -> object:
    if known.is_path and isinstance(raw, str) and raw:
        return str(path.absolute().parent / Path(raw).expanduser())
    return raw


def _lines(text: str) -> dict[str, int]:
    """The line of each key and table; good enough to point at, never used to read a value."""
    table = ""
    lines: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[\s*([^\[\]]+?)\s*\]", line):
            table = header[1]
            lines.setdefault(table, number)
        elif key := re.match(r"\s*([A-Za-z0-9_.\-]+|\"[^\"]*\")\s*=", line):
            name = key[1].strip('"')
            lines.setdefault(f"{table}.{name}" if table else name, number)
    return lines
