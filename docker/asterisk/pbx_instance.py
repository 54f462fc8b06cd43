"""One Asterisk instance: all that its configuration is made of, and what it must not be.

Only the standard library is needed, as in the rest of this folder.
"""

import ipaddress
import os
import re
import secrets
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

HERE = Path(__file__).resolve().parent
CLONE = HERE.parent.parent
ASTERISK_ROOT = CLONE / ".halo" / "asterisk-22"
MUSIC = CLONE / ".halo" / "music"

_SOCKET_PATH_LIMIT = 107
"""Bytes of a Unix socket's path (sun_path, less the final NUL): Asterisk cuts a longer one silently."""


class Secrecy(Enum):
    """What of a trunk's calls nobody on the way can read."""

    OPEN = "open"
    """Nothing: SIP over UDP, audio as it is."""
    TLS = "tls"
    """Who calls whom (SIP over TLS), with certificates checked."""
    SRTP = "tls+srtp"
    """That, and what is said (SRTP, its keys in the SDP, RFC 4568); a call without it is refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trunk:
    """Another exchange: where it listens. The hall's own is known by that address when it calls, too."""

    host: str
    port: int = 5060
    secrecy: Secrecy = Secrecy.OPEN
    certified_as: str = ""
    """The name in its certificate, which DNS must know; empty if the certificate names the address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tls:
    """What SIP over TLS needs of us: who we are, and whom we believe. PEM files that Asterisk's user can read."""

    certificate: Path
    """Ours, with whatever stands between it and a known authority."""
    key: Path
    authorities: Path = Path("/etc/ssl/certs/ca-certificates.crt")
    """Whom we believe when they vouch for another exchange."""
    port: int = 5061


@dataclass(frozen=True, slots=True)
class Account:
    """The user by which the network operator knows us; the secret is never printed."""

    user: str
    secret: str = field(repr=False)


class NumberForm(Enum):
    """How the network operator wants numbers written."""

    E164 = "e164"
    """+48447327700, and +49..."""
    NATIONAL = "national"
    """447327700, and 0049..."""


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
    city_trunk: Trunk | None = None
    """Where the network operator listens: without it no phone can call outside, not even 112."""
    city_account: Account | None = None
    """For an operator that wants us to register; None for one that knows our address."""
    public_number: str = ""
    """The hall's own number, +48 and nine digits: who is called outside sees it, whichever phone called."""
    number_form: NumberForm = NumberForm.E164
    foreign_countries: tuple[str, ...] = ()
    """Calling codes of countries that phones may call. Calls abroad are the usual toll fraud."""
    operator: tuple[str, ...] = ()
    """Extensions that ring, all at once, when the service is away."""
    operator_seconds: int = 20
    hall_trunk: Trunk | None = None
    tls: Tls | None = None
    """Needed by a trunk that is not open; without it nobody listens for TLS."""
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
    for extension in instance.operator:
        if not re.fullmatch(r"[1-9][0-9]{1,5}", extension):
            raise BadInstance(f"{extension!r} cannot be an operator's extension: two to six digits")
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
    _check_way_out(instance)
    _check_secrecy(instance)
    tls = instance.tls
    files = (tls.certificate, tls.key, tls.authorities) if tls else ()
    for path in (instance.directory, instance.asterisk_root, instance.sounds, instance.music, *files):
        if re.search(r"[\s;,&()\[\]<>|\"'$\\]", str(path.resolve())):
            raise BadInstance(f"Asterisk cannot read a path with spaces or signs in it: {path.resolve()}")
    socket = instance.directory.resolve() / "run" / "asterisk.ctl"
    if len(os.fsencode(socket)) > _SOCKET_PATH_LIMIT:
        raise BadInstance(f"the path {socket} is too long for a Unix socket ({_SOCKET_PATH_LIMIT} bytes)")


def _check_way_out(instance: Instance) -> None:
    """Refuse a trunk to the outside that could not be used, or not by whom it is meant for."""
    if instance.public_number and not re.fullmatch(r"\+48[1-9][0-9]{8}", instance.public_number):
        raise BadInstance(f"{instance.public_number!r} is no public number: write +48 and nine digits")
    for country in instance.foreign_countries:
        if not re.fullmatch(r"[1-9][0-9]{0,2}", country) or country == "48":
            raise BadInstance(f"{country!r} is no calling code of a foreign country, like 49 or 420")
    if instance.city_account:
        _check_account(instance.city_account)
        if not instance.city_trunk:
            raise BadInstance("an account at the network operator needs the operator's trunk")
    if instance.city_trunk:
        if not instance.public_number:
            raise BadInstance("calls outside need the hall's public number: 112 must see whom to call back")
        host = _network(instance.city_trunk.host)
        if instance.hall_trunk and host.overlaps(_network(instance.hall_trunk.host)):
            raise BadInstance("the hall's other PBX and the network operator need different addresses")


def _check_secrecy(instance: Instance) -> None:
    """Refuse a trunk that would fall back to open, or never come up."""
    for trunk in (instance.city_trunk, instance.hall_trunk):
        if trunk and trunk.secrecy is not Secrecy.OPEN and not instance.tls:
            raise BadInstance("a trunk over TLS needs our certificate and its key")
        if trunk and trunk.certified_as and not re.fullmatch(r"[A-Za-z0-9.-]{1,253}", trunk.certified_as):
            raise BadInstance(f"{trunk.certified_as!r} is no name that a certificate could have")
    if instance.tls:
        for file in (instance.tls.certificate, instance.tls.key, instance.tls.authorities):
            if not file.is_file():
                raise BadInstance(f"there is no file {file}")


def _check_account(account: Account) -> None:
    """Refuse what would end a line of configuration, or make two words of one; without showing it."""
    if not re.fullmatch(r"[A-Za-z0-9_.+-]{1,64}", account.user):
        raise BadInstance("the operator's user may have letters, digits, dot, +, - and _ only")
    if not re.fullmatch(r"[!-~]{1,128}", account.secret):
        raise BadInstance("the operator's secret may have signs of ASCII only, and no spaces")


def _network(host: str) -> ipaddress.IPv4Network:
    try:
        return ipaddress.IPv4Network(host)
    except ValueError:
        raise BadInstance(f"{host!r} is not an IPv4 address or network") from None
