#!/usr/bin/env python3
"""Write the configuration of one Asterisk into a directory of its own: the command line of pbx_config.

docker/asterisk/configure.py DIR --operator 1100     then: halo phones render --into DIR, docker/asterisk/run DIR
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from pbx_config import (
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
    Written,
    write,
)


def read_account(text: str) -> Account:
    """An account of one line, `user secret`. Raises BadInstance, without showing what was read."""
    words = text.split()
    if len(words) != 2:
        raise BadInstance("the file of the operator's account has one line: user secret")
    return Account(*words)


def read_trunk(text: str | None, *, secrecy: Secrecy = Secrecy.OPEN, name: str = "") -> Trunk | None:
    """A trunk from `HOST:PORT` or `HOST`; none from nothing."""
    if not text:
        return None
    usual = "5060" if secrecy is Secrecy.OPEN else "5061"
    host, _, port = text.partition(":")
    if not (port or usual).isdecimal():
        raise BadInstance(f"{text!r} is no trunk: write HOST:PORT")
    return Trunk(host=host, port=int(port or usual), secrecy=secrecy, certified_as=name)


def read_tls(given: argparse.Namespace) -> Tls | None:
    """What SIP over TLS needs, if both files were named."""
    if not given.tls_certificate and not given.tls_key:
        return None
    if not given.tls_certificate or not given.tls_key:
        raise BadInstance("TLS needs both, --tls-certificate and --tls-key")
    believed = {"authorities": given.tls_authorities} if given.tls_authorities else {}
    return Tls(certificate=given.tls_certificate, key=given.tls_key, port=given.tls_port, **believed)


def arguments_parser() -> argparse.ArgumentParser:
    """The options, named as the settings of `Instance`."""
    parser = argparse.ArgumentParser(
        prog="configure.py",
        description="Write the configuration of one Asterisk into a directory of its own.",
    )
    add = parser.add_argument
    add("directory", type=Path, help="the instance's own directory")
    add("--asterisk-root", type=Path, default=ASTERISK_ROOT, help="where `install` unpacked Asterisk")
    add("--address", default="127.0.0.1", help="where SIP and audio are spoken (default: %(default)s)")
    add("--sip-port", type=int, default=5060, help="UDP (default: %(default)s)")
    add(
        "--rtp-ports",
        type=int,
        nargs=2,
        default=(10000, 10999),
        metavar=("FIRST", "LAST"),
        help="UDP, for audio",
    )
    add("--ari-port", type=int, default=8088, help="on 127.0.0.1 (default: %(default)s)")
    add("--city-host", action="append", help="whence citizens' calls come (default: 127.0.0.2); repeatable")
    add("--city-trunk", metavar="HOST:PORT", help="where the network operator takes calls, 112 among them")
    add("--city-account", type=Path, metavar="FILE", help="a file of one line, `user secret`, to register by")
    add("--public-number", default="", metavar="+48...", help="the hall's own, shown to who is called")
    add(
        "--numbers",
        choices=[form.value for form in NumberForm],
        default="e164",
        help="how the operator writes them",
    )
    add("--abroad", action="append", default=[], metavar="CODE", help="a country phones may call; repeatable")
    add("--hall-trunk", metavar="HOST:PORT", help="the hall's other PBX")
    kinds = [secrecy.value for secrecy in Secrecy]
    for name in ("city", "hall"):
        add(f"--{name}-secrecy", choices=kinds, default="open", help="of that trunk (default: %(default)s)")
        add(f"--{name}-certified-as", default="", metavar="NAME", help="the name in its certificate, if any")
    add("--tls-certificate", type=Path, metavar="FILE", help="ours, PEM, for a trunk over TLS")
    add("--tls-key", type=Path, metavar="FILE", help="its key, readable by Asterisk's user alone")
    add("--tls-authorities", type=Path, metavar="FILE", help="whom we believe (default: Debian's list)")
    add("--tls-port", type=int, default=5061, help="TCP (default: %(default)s)")
    add(
        "--operator",
        action="append",
        default=[],
        help="a phone that rings when the service is away; repeatable",
    )
    add("--sounds", type=Path, default=HERE / "sounds", help="the prompts for the service's absence")
    add("--music", type=Path, default=MUSIC, help="the directory of hold music")
    add("--qualify", type=int, default=30, metavar="SECONDS", help="how often phones are asked if they live")
    return parser


def configure(given: argparse.Namespace) -> Written:
    """Turn the command line into an Instance, and write it."""
    account = given.city_account
    return write(
        Instance(
            directory=given.directory,
            asterisk_root=given.asterisk_root,
            address=given.address,
            sip_port=given.sip_port,
            rtp_ports=(given.rtp_ports[0], given.rtp_ports[1]),
            ari_port=given.ari_port,
            city_hosts=tuple(given.city_host or ("127.0.0.2",)),
            city_trunk=read_trunk(
                given.city_trunk, secrecy=Secrecy(given.city_secrecy), name=given.city_certified_as
            ),
            city_account=read_account(account.read_text(encoding="utf-8")) if account else None,
            public_number=given.public_number,
            number_form=NumberForm(given.numbers),
            foreign_countries=tuple(given.abroad),
            hall_trunk=read_trunk(
                given.hall_trunk, secrecy=Secrecy(given.hall_secrecy), name=given.hall_certified_as
            ),
            tls=read_tls(given),
            operator=tuple(given.operator),
            sounds=given.sounds,
            music=given.music,
            qualify_seconds=given.qualify,
        )
    )


def main(arguments: Sequence[str]) -> int:
    """Write one instance, and say where it is; or say in one sentence why not."""
    given = arguments_parser().parse_args(arguments)
    try:
        written = configure(given)
    except (ValueError, OSError) as problem:
        print(f"configure.py: {problem}", file=sys.stderr)
        return 1
    print(f"{written.directory}: SIP {written.sip_address}:{written.sip_port}, ARI {written.ari_url}")
    if not given.city_trunk:
        print("No --city-trunk: phones that register here can call nobody outside, not even 112.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
