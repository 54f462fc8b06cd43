#!/usr/bin/env python3
"""Write the configuration of one Asterisk into a directory of its own: the command line of pbx_config.

docker/asterisk/configure.py DIR --phones phones.txt --operator 100      then: docker/asterisk/run DIR
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from pbx_config import ASTERISK_ROOT, HERE, MUSIC, BadInstance, HallTrunk, Instance, Written, write


def read_phones(text: str) -> dict[str, str]:
    """Phones from lines of `extension secret`; empty lines and `#` comments are left out."""
    lines = (line.split("#", 1)[0].split() for line in text.splitlines())
    try:
        return dict(filter(None, lines))
    except ValueError:
        raise BadInstance("each line of the phones' file is: extension secret") from None


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
    add("--rtp-ports", type=int, nargs=2, default=(10000, 10999), metavar=("FIRST", "LAST"))
    add("--ari-port", type=int, default=8088, help="on 127.0.0.1 (default: %(default)s)")
    add("--city-host", action="append", help="whence citizens' calls come; may be repeated")
    add("--hall-trunk", metavar="HOST:PORT", help="the hall's other PBX")
    add("--phones", type=Path, help="a file with one `extension secret` a line")
    add("--operator", action="append", default=[], help="rings when the service is away; may be repeated")
    add("--sounds", type=Path, default=HERE / "sounds", help="the prompts for the service's absence")
    add("--music", type=Path, default=MUSIC, help="the directory of hold music")
    add("--qualify", type=int, default=30, metavar="SECONDS", help="how often phones are asked if they live")
    return parser


def configure(given: argparse.Namespace) -> Written:
    """Turn the command line into an Instance, and write it."""
    host, _, port = (given.hall_trunk or "").partition(":")
    return write(
        Instance(
            directory=given.directory,
            asterisk_root=given.asterisk_root,
            address=given.address,
            sip_port=given.sip_port,
            rtp_ports=(given.rtp_ports[0], given.rtp_ports[1]),
            ari_port=given.ari_port,
            city_hosts=tuple(given.city_host or ("127.0.0.2",)),
            hall_trunk=HallTrunk(host=host, port=int(port or 5060)) if host else None,
            phones=read_phones(given.phones.read_text(encoding="utf-8")) if given.phones else {},
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
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
