"""Put the directory's phones into an Asterisk instance's directory, and say what that changes.

Nothing is written before everything is known; each file is replaced whole, so a phone that registers meanwhile
meets the old configuration or the new one.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from api.phones.configuration import DIALPLAN, ENDPOINTS, SignedIn, dialplan, endpoints, sections, shown_name
from api.phones.secrets import PhoneSecrets, write_private
from api.phones.sheet import Server, sheet
from api.phones.whose import BadPhone, Phones

ANYWHERE = "0.0.0.0"  # noqa: S104  compared with, never bound to


@dataclass(frozen=True, slots=True)
class Instance:
    """What `docker/asterisk/configure.py` says of an instance that it has written (`instance.json`)."""

    directory: Path
    sip_address: str
    sip_port: int
    ari_url: str
    ari_user: str
    ari_password: str = field(repr=False)
    outside: bool
    """Whether its phones can call the outside, help among it."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """All that would be written, and what is different about it."""

    files: Mapping[Path, str] = field(repr=False)
    secrets: Mapping[str, str] = field(repr=False)
    sheets_gone: tuple[Path, ...]
    phones: int
    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]


def instance_in(directory: Path) -> Instance:
    """Read what is known of the instance in this directory. Raises BadPhone."""
    path = directory / "instance.json"
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        words = {name: str(facts[name]) for name in ("sip_address", "ari_url", "ari_user", "ari_password")}
        outside = facts["outside"] == str(True)
        return Instance(directory=directory, sip_port=int(facts["sip_port"]), outside=outside, **words)
    except FileNotFoundError:
        raise BadPhone(
            f"{directory} holds no Asterisk instance: write one with docker/asterisk/configure.py"
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise BadPhone(
            f"{path} cannot be read ({type(wrong).__name__}): write it anew with configure.py"
        ) from None


def server_of(instance: Instance, named: str | None) -> Server:
    """Return where phones register: as the administrator named it, else as the instance says. Raises BadPhone."""
    if named:
        host, _, port = named.partition(":")
        if host and (not port or (port.isdecimal() and 0 < int(port) < 65536)):
            return Server(host, int(port or instance.sip_port))
        raise BadPhone(f"{named!r} is no server: write HOST or HOST:PORT")
    if instance.sip_address == ANYWHERE:
        raise BadPhone("This Asterisk listens on every address: name the one for the sheets by --server HOST")
    return Server(instance.sip_address, instance.sip_port)


def render(
    phones: Phones, instance: Instance, kept: PhoneSecrets, server: Server, *, anew: Collection[str] = ()
) -> Rendering:
    """Work out what is to be written; nothing is written yet. Raises BadPhone."""
    here = {phone.extension: phone for phone in phones.here}
    if strangers := sorted(set(anew) - here.keys()):
        raise BadPhone(f"{strangers[0]} is no phone of the directory that is reached here")
    secrets = kept.for_phones(here.keys(), anew=anew)
    signed_in = [
        SignedIn(phone.extension, shown_name(phone.name), secrets[phone.extension]) for phone in phones.here
    ]
    etc, sheets = instance.directory / "etc", instance.directory / "sheets"
    papers = {
        sheets / f"{known.extension}.html": sheet(
            here[known.extension], known, server, outside=instance.outside
        )
        for known in signed_in
    }
    wanted = endpoints(signed_in)
    before, after = sections(_read(etc / ENDPOINTS)), sections(wanted)
    return Rendering(
        files={
            etc / ENDPOINTS: wanted,
            etc / DIALPLAN: dialplan(here, phones.behind_trunk),
            **papers,
        },
        secrets=secrets,
        sheets_gone=tuple(path for path in sorted(sheets.glob("*.html")) if path not in papers),
        phones=len(here),
        new=tuple(sorted(after.keys() - before.keys())),
        changed=tuple(sorted(name for name in after.keys() & before.keys() if after[name] != before[name])),
        gone=tuple(sorted(before.keys() - after.keys())),
    )


def write(rendering: Rendering, kept: PhoneSecrets) -> None:
    """Write it: secrets first, so that none is lost if something stops us half-way."""
    kept.keep(rendering.secrets)
    for path, text in rendering.files.items():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(path, text)
    for path in rendering.sheets_gone:
        path.unlink(missing_ok=True)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
