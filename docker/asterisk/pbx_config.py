"""Write the whole configuration of one Asterisk instance into a directory of its own.

The templates are in `etc/` beside this file; `<<name>>` in them is a setting. Several instances live side
by side on one machine: each has its own directory, ports, password, log and database. Nothing but the
standard library is needed, so this runs before anything is installed, in Docker too.

`write(Instance(...))` does it; `configure.py` is its command line. Writing again keeps the ARI password and what
`halo phones render` has put beside it (`phones.conf`, `phones-dialplan.conf`: the phones are the directory's), and
replaces everything else; a running Asterisk takes over trunks and dialplan after `run DIR -rx 'core reload'`, ports
after a restart.
"""

import ipaddress
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pbx_instance import (
    ASTERISK_ROOT,
    HERE,
    MUSIC,
    Account,
    BadInstance,
    Instance,
    NumberForm,
    Secrecy,
    Tls,
    Trunk,
    check,
    new_secret,
)
from pbx_trunks import trunk_settings

__all__ = [
    "ASTERISK_ROOT",
    "HERE",
    "MUSIC",
    "Account",
    "BadInstance",
    "Instance",
    "NumberForm",
    "Secrecy",
    "Tls",
    "Trunk",
    "Written",
    "new_secret",
    "write",
]

TEMPLATES = HERE / "etc"

RTP_PORTS_OF_A_CALL = 4
"""Two legs, each with a port for audio (RTP) and one for its reports (RTCP)."""

_UNUSED = ("acl", "ccss", "features", "manager", "pjproject", "udptl", "websocket_client")
"""Files that Asterisk looks for and complains about; an empty one leaves the thing at rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What others need to know of a written instance.

    It stands in its `instance.json` too, and the password alone in `ari-password`, for the service's setting
    `asterisk.password_file`; only the owner can read them.
    """

    directory: Path
    sip_address: str
    sip_port: int
    ari_url: str
    ari_user: str
    ari_password: str
    app: str
    outside: bool
    """Whether its phones can call the outside: there is a trunk to the network operator."""


def write(instance: Instance) -> Written:
    """Write the instance's directory, ready for `run`; raises BadInstance before anything is written."""
    check(instance)
    directory = instance.directory.resolve()
    settings = _settings(instance, directory)
    files = {path.name: _fill(path, settings) for path in sorted(TEMPLATES.glob("*.conf"))}
    files |= {f"{name}.conf": "; Not used here.\n" for name in _UNUSED}

    existed = directory.is_dir()
    for name in ("etc", "run", "log/cdr-custom", "log/cel-custom", "spool", "lib", "cache"):
        (directory / name).mkdir(parents=True, exist_ok=True)
    # A group that may enter has been let in on purpose (docker/systemd/install); nobody else ever is.
    directory.chmod(directory.stat().st_mode & 0o750 | 0o700 if existed else 0o700)
    for name, text in files.items():
        _write_private(directory / "etc" / name, text)
    _write_private(directory / "asterisk-root", f"{instance.asterisk_root.resolve()}\n")
    written = Written(
        directory=directory,
        sip_address=instance.address,
        sip_port=instance.sip_port,
        ari_url=f"http://{instance.ari_address}:{instance.ari_port}",
        ari_user=instance.ari_user,
        ari_password=settings["ari_password"],
        app=instance.app,
        outside=instance.city_trunk is not None,
    )
    _write_private(directory / "ari-password", written.ari_password + "\n")
    facts = {name: str(getattr(written, name)) for name in Written.__dataclass_fields__}
    _write_private(directory / "instance.json", json.dumps(facts, indent=2) + "\n")
    return written


def _settings(instance: Instance, directory: Path) -> dict[str, str]:
    """Every `<<name>>` of the templates."""
    root = instance.asterisk_root.resolve()
    libraries = next(iter(sorted(root.glob("usr/lib/*-linux-gnu"))), root / "usr/lib")
    somewhere = ipaddress.ip_address(instance.address).is_unspecified
    return {
        "directory": str(directory),
        "asterisk_root": str(root),
        "libraries": str(libraries),
        "system_name": f"halo{instance.sip_port}",
        "verbose": "3" if "verbose" in instance.log_levels else "0",
        "address": instance.address,
        "sip_port": str(instance.sip_port),
        "media_address": ""
        if somewhere
        else f"media_address = {instance.address}\nbind_rtp_to_media_address = yes",
        "rtp_start": str(instance.rtp_ports[0]),
        "rtp_end": str(instance.rtp_ports[1]),
        "most_calls": str((instance.rtp_ports[1] - instance.rtp_ports[0] + 1) // RTP_PORTS_OF_A_CALL),
        "ari_address": instance.ari_address,
        "ari_port": str(instance.ari_port),
        "ari_user": instance.ari_user,
        "ari_password": _kept_password(directory) or new_secret(),
        "app": instance.app,
        "codecs": ",".join(instance.codecs),
        "qualify_seconds": str(instance.qualify_seconds),
        "city_matches": "\n".join(f"match = {host}" for host in instance.city_hosts),
        "ring_operator": _ring_operator(instance.operator, instance.operator_seconds),
        "sounds": str(instance.sounds.resolve()),
        "music": str(instance.music.resolve()),
        "log_levels": ",".join(instance.log_levels),
        **trunk_settings(instance),
    }


def _ring_operator(operator: Sequence[str], seconds: int) -> str:
    """The dialplan's step: music meanwhile (m), no redirection (i), a note of when it was taken (U)."""
    if not operator:
        return "NoOp(no phone was named to ring)"
    return (
        f"Dial({'&'.join(f'PJSIP/{extension}' for extension in operator)},{seconds},imU(taken-by-operator))"
    )


def _fill(template: Path, settings: Mapping[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        return settings[found[1]]

    return re.sub(r"<<(\w+)>>", value, template.read_text(encoding="utf-8"))


def _kept_password(directory: Path) -> str:
    """The ARI password of the last writing, or nothing."""
    try:
        return str(json.loads((directory / "instance.json").read_text(encoding="utf-8"))["ari_password"])
    except (FileNotFoundError, ValueError, KeyError):
        return ""


def _write_private(path: Path, text: str) -> None:
    """Write by rename, for the folder's owner alone: nobody ever reads half a file."""
    beside = path.with_name(f".{path.name}.new")
    beside.touch(mode=0o600)
    beside.write_text(text, encoding="utf-8")
    if os.geteuid() == 0:
        folder = path.parent.stat()
        os.chown(beside, folder.st_uid, folder.st_gid)
    beside.replace(path)
