"""Write the whole configuration of one Asterisk instance into a directory of its own.

The templates are in `etc/` beside this file; `<<name>>` in them is a setting. Several instances live side
by side on one machine: each has its own directory, ports, password, log and database. Nothing but the
standard library is needed, so this runs before anything is installed, in Docker too.

`write(Instance(...))` does it; `configure.py` is its command line. Writing again keeps the ARI password and
replaces everything else; a running Asterisk takes over phones and dialplan after `run DIR -rx 'core reload'`,
ports after a restart.
"""

import ipaddress
import json
import os
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
CLONE = HERE.parent.parent
ASTERISK_ROOT = CLONE / ".halo" / "asterisk-22"
MUSIC = CLONE / ".halo" / "music"
TEMPLATES = HERE / "etc"

_UNUSED = ("acl", "ccss", "cel", "features", "manager", "pjproject", "udptl", "websocket_client")
"""Files that Asterisk looks for and complains about; an empty one leaves the thing at rest."""

_SOCKET_PATH_LIMIT = 107
"""Bytes of a Unix socket's path (sun_path, less the final NUL): Asterisk cuts a longer one silently."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HallTrunk:
    """The hall's other PBX: where it listens, and by which address it is known when it calls."""

    host: str
    port: int = 5060


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """One Asterisk: everything that its configuration is made of."""

    directory: Path
    """Its own: configuration, log, spool, database and control socket."""
    asterisk_root: Path = ASTERISK_ROOT
    address: str = "127.0.0.1"
    """Where SIP and audio are spoken; 0.0.0.0 for all of the machine's addresses."""
    sip_port: int = 5060
    rtp_ports: tuple[int, int] = (10000, 10999)
    """First and last UDP port for audio, both inclusive; a call needs four."""
    ari_address: str = "127.0.0.1"
    ari_port: int = 8088
    ari_user: str = "halo"
    app: str = "halo"
    """The ARI application's name, as the service connects with it."""
    city_hosts: tuple[str, ...] = ("127.0.0.2",)
    """Addresses or networks from which citizens' calls come: the network operator's."""
    phones: Mapping[str, str] = field(default_factory=dict)
    """Extension to secret, of each phone that registers here."""
    operator: tuple[str, ...] = ()
    """Extensions that ring, all at once, when the service is away."""
    operator_seconds: int = 20
    hall_trunk: HallTrunk | None = None
    sounds: Path = HERE / "sounds"
    """Holds `please-wait` and `nobody-here`, for the time when the service is away."""
    music: Path = MUSIC
    codecs: tuple[str, ...] = ("alaw", "ulaw", "g722")
    qualify_seconds: int = 0
    """How often phones and the hall's PBX are asked whether they live (SIP OPTIONS); 0 is never."""
    log_levels: tuple[str, ...] = ("notice", "warning", "error", "security")
    """Levels `verbose` and `debug` print callers' numbers: for tests only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What others need to know of a written instance; also in its `instance.json` (mode 0600)."""

    directory: Path
    sip_address: str
    sip_port: int
    ari_url: str
    ari_user: str
    ari_password: str
    app: str


class BadInstance(ValueError):
    """An instance that cannot be; the text says why, in one sentence."""


def new_secret() -> str:
    """A password for a phone or for ARI: 144 bits, letters and digits and `-_` only."""
    return secrets.token_urlsafe(18)


def write(instance: Instance) -> Written:
    """Write the instance's directory, ready for `run`; raises BadInstance before anything is written."""
    _check(instance)
    directory = instance.directory.resolve()
    settings = _settings(instance, directory)
    files = {path.name: _fill(path, settings) for path in sorted(TEMPLATES.glob("*.conf"))}
    files |= {f"{name}.conf": "; Not used here.\n" for name in _UNUSED}

    for name in ("etc", "run", "log/cdr-custom", "spool", "lib", "cache"):
        (directory / name).mkdir(parents=True, exist_ok=True)
    directory.chmod(0o700)
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
    )
    facts = {name: str(getattr(written, name)) for name in Written.__dataclass_fields__}
    _write_private(directory / "instance.json", json.dumps(facts, indent=2) + "\n")
    return written


def _check(instance: Instance) -> None:
    """Refuse what Asterisk would take in silence, or what would let strangers in."""
    plain = re.compile(r"[A-Za-z0-9_.-]{1,64}")
    for extension, secret in instance.phones.items():
        if not re.fullmatch(r"[A-Za-z0-9_]{1,32}", extension):
            raise BadInstance(f"{extension!r} cannot be a phone's extension: letters, digits and _ only")
        if not re.fullmatch(r"[A-Za-z0-9_-]{12,128}", secret):
            raise BadInstance(f"the secret of phone {extension} needs at least 12 letters, digits, - or _")
    reserved = {"city", "hall-trunk", "phone", "party", "udp", "global"}.intersection(instance.phones)
    if reserved:
        raise BadInstance(f"{', '.join(sorted(reserved))} cannot be a phone's extension: the name is taken")
    unknown = [extension for extension in instance.operator if extension not in instance.phones]
    if unknown:
        raise BadInstance(f"the operator's phone {unknown[0]} is not among the phones")
    for word in (instance.app, instance.ari_user):
        if not plain.fullmatch(word) or word == "general":
            raise BadInstance(f"{word!r} cannot be a name for ARI: letters, digits, dot, _ and - only")
    ports = [instance.sip_port, instance.ari_port, *instance.rtp_ports]
    if not all(1 <= port <= 65535 for port in ports) or instance.rtp_ports[1] - instance.rtp_ports[0] < 3:
        raise BadInstance("ports lie between 1 and 65535, and audio needs at least four")
    networks = [_network(host) for host in instance.city_hosts]
    trunk = instance.hall_trunk
    if trunk and any(_network(trunk.host).overlaps(network) for network in networks):
        raise BadInstance("the hall's other PBX and the network operator need different addresses")
    for path in (instance.directory, instance.asterisk_root, instance.sounds, instance.music):
        if re.search(r"[\s;,&()\[\]<>|\"'$\\]", str(path.resolve())):
            raise BadInstance(f"Asterisk cannot read a path with spaces or signs in it: {path.resolve()}")
    socket = instance.directory.resolve() / "run" / "asterisk.ctl"
    if len(os.fsencode(socket)) > _SOCKET_PATH_LIMIT:
        raise BadInstance(f"the path {socket} is too long for a Unix socket ({_SOCKET_PATH_LIMIT} bytes)")


def _network(host: str) -> ipaddress.IPv4Network:
    try:
        return ipaddress.IPv4Network(host)
    except ValueError:
        raise BadInstance(f"{host!r} is not an IPv4 address or network") from None


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
        "ari_address": instance.ari_address,
        "ari_port": str(instance.ari_port),
        "ari_user": instance.ari_user,
        "ari_password": _kept_password(directory) or new_secret(),
        "app": instance.app,
        "codecs": ",".join(instance.codecs),
        "qualify_seconds": str(instance.qualify_seconds),
        "city_matches": "\n".join(f"match = {host}" for host in instance.city_hosts),
        "hall_trunk": _hall_trunk(instance.hall_trunk, instance.qualify_seconds),
        "phones": "\n".join(_phone(name, instance.phones[name]) for name in sorted(instance.phones)),
        "ring_operator": _ring_operator(instance.operator, instance.operator_seconds),
        "sounds": str(instance.sounds.resolve()),
        "music": str(instance.music.resolve()),
        "log_levels": ",".join(instance.log_levels),
    }


def _ring_operator(operator: Sequence[str], seconds: int) -> str:
    """The dialplan's step: music for the caller (m) while the phones ring, and no redirection (i)."""
    if not operator:
        return "NoOp(no phone was named to ring)"
    return f"Dial({'&'.join(f'PJSIP/{extension}' for extension in operator)},{seconds},im)"


def _hall_trunk(trunk: HallTrunk | None, qualify_seconds: int) -> str:
    if trunk is None:
        return ""
    return f"""
[hall-trunk](party)
context = from-hall
aors = hall-trunk

[hall-trunk]
type = aor
contact = sip:{trunk.host}:{trunk.port}
qualify_frequency = {qualify_seconds}

[hall-trunk-address]
type = identify
endpoint = hall-trunk
match = {trunk.host}
"""


def _phone(extension: str, secret: str) -> str:
    return f"""[{extension}](phone)
auth = {extension}
aors = {extension}
[{extension}](phone-auth)
username = {extension}
password = {secret}
[{extension}](phone-aor)
"""


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
    """Write by rename, readable by the owner only: nobody ever reads half a file."""
    beside = path.with_name(f".{path.name}.new")
    beside.touch(mode=0o600)
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
