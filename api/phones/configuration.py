"""Phones as Asterisk wants them written: endpoints for pjsip.conf, hints and rings for extensions.conf.

Two files, because Asterisk reads them in two places. Pure text: the templates that it leans on (`phone`,
`phone-auth`, `phone-aor`, and the contexts `phones-here` and `phones-behind-trunk`) are in docker/asterisk/etc.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

ENDPOINTS = "phones.conf"
"""Included by pjsip.conf."""
DIALPLAN = "phones-dialplan.conf"
"""Included by extensions.conf."""

RING_SECONDS = 60
"""How long a phone rings for another phone when the service is away; its own voicemail is nobody's business."""
_LONGEST_NAME = 64
_WRITTEN_BY = "; Written by `halo phones render` from the directory: change that, not this.\n"
_SECTION = re.compile(r"^\[(\d+)\]", re.M)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One phone, and what it signs in with."""

    extension: str
    name: str
    secret: str = field(repr=False)


def endpoints(phones: Iterable[SignedIn]) -> str:
    """Return `phones.conf`. The extension is forced upon the phone as its number, whatever it says itself."""
    return _WRITTEN_BY + "".join(map(_endpoint, phones))


def dialplan(here: Iterable[str], behind_trunk: Iterable[str] = ()) -> str:
    """Return `phones-dialplan.conf`: what watchers of a phone see, and how phones ring without the service."""
    lines = [_WRITTEN_BY.rstrip(), "[phones-here](+)"]
    for extension in here:
        lines.append(f"exten => {extension},hint,PJSIP/{extension}")
        lines.append(f"exten => {extension},1,Dial(PJSIP/{extension},{RING_SECONDS},i)")
    lines.append("[phones-behind-trunk](+)")
    for extension in behind_trunk:
        lines.append(f"exten => {extension},1,Dial(PJSIP/{extension}@hall-trunk,{RING_SECONDS},i)")
    return "\n".join(lines) + "\n"


def shown_name(name: str) -> str:
    """Return a name with nothing in it that Asterisk or SIP could take for something else.

    Letters, digits and the signs of names stay. Quotes, brackets, semicolons (they begin a comment), line ends
    and all else become spaces: a name comes from a spreadsheet, and may not become configuration.
    """
    plain = "".join(sign if sign.isalnum() or sign in " .,'’-" else " " for sign in name)
    return " ".join(plain.split())[:_LONGEST_NAME].strip()


def sections(text: str) -> Mapping[str, str]:
    """Return what `endpoints` wrote for each extension, to compare: all of its sections together."""
    found: dict[str, str] = {}
    begins = list(_SECTION.finditer(text))
    for number, begin in enumerate(begins):
        end = begins[number + 1].start() if number + 1 < len(begins) else len(text)
        found[begin[1]] = found.get(begin[1], "") + text[begin.start() : end]
    return found


def _endpoint(phone: SignedIn) -> str:
    extension = phone.extension
    return f"""[{extension}](phone)
auth = {extension}
aors = {extension}
callerid = "{shown_name(phone.name)}" <{extension}>
[{extension}](phone-auth)
username = {extension}
password = {phone.secret}
[{extension}](phone-aor)
"""
