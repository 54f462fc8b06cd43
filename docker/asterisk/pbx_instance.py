"""One Asterisk instance: all that its configuration is made of, and what it must not be.

Only the standard library is needed, as in the rest of this folder.
"""

import ipaddress
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
CLONE = HERE.parent.parent
ASTERISK_ROOT = CLONE / ".halo" / "asterisk-22"
MUSIC = CLONE / ".halo" / "music"

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


class BadInstance(ValueError):
    """An instance that cannot be; the text says why, in one sentence."""


def new_secret() -> str:
    """A password for a phone or for ARI: 144 bits, letters and digits and `-_` only."""
    return secrets.token_urlsafe(18)


def check(instance: Instance) -> None:
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
    if not all(1 <= port <= 65535 for port in ports) or instance.rtp_ports[1] < instance.rtp_ports[0] + 3:
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
