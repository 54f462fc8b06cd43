"""A cell of telephone numbers as offices keep them, read into one value per number.

The cell is cut at semicolons, line ends and commas. Inside a piece, words say what follows: `tel.`, `fax`,
`tel./fax`, `wew.` (an extension). A word that stands last in its piece speaks of the number before it. Bank
accounts, journal numbers, dates and opening hours are recognised and set aside. Every digit of the cell is
in the `raw` of some value, so that nothing disappears.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from directory.model import Numbering
from directory.numbers import Kind
from directory.phonerun import DASHES, Read, endings, read_run


class Use(Enum):
    """What answers a number."""

    VOICE = "voice"
    FAX = "fax"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class ParsedNumber:
    """One number as it was read: `raw` is what stood there, `doubt` says why it may be wrong ("" if sure).

    `e164` is set if the number can be dialled from outside; `extension` is what to dial behind it, or all
    there is (kind EXTENSION).
    """

    raw: str
    kind: Kind
    e164: str | None = None
    extension: str = ""
    use: Use = Use.VOICE
    doubt: str = ""

    @property
    def speaks(self) -> bool:
        """Whether a citizen can be told to dial it and talk."""
        return self.e164 is not None and self.use is not Use.FAX and self.kind not in _NOT_FOR_CITIZENS


_NOT_FOR_CITIZENS = frozenset({Kind.PREMIUM, Kind.OTHER})
_DASH = re.escape(DASHES)
_SIGNS = rf"[\s()./*÷{_DASH}]"
_LETTER = r"[^\W\d_]"
_HOUR = r"(?:[01]?[0-9]|2[0-4])[.:][0-5][0-9]"
_TOKEN = re.compile(
    rf"""
    (?P<aside>
        \b(?:NIP|REGON|KRS|PESEL|IBAN|kont[oa]|rach\w*|Dz\.?\s*U|poz|pok(?:ój|oje|oju)?)\b[^0-9;]{{0,15}}[0-9][0-9\s.{_DASH}]*
      | {_HOUR}\s*[{_DASH}]\s*{_HOUR}
      | [0-9]{{1,2}}\.[0-9]{{1,2}}\.(?:19|20)[0-9][0-9]\b
      | [0-9]{{1,4}}/(?:19|20)[0-9][0-9]\b(?!\s*[0-9])
    )
  | (?P<both>tel\w*\.?\s*[/+i]\s*(?:fax|faks)\w*\.?)
  | (?P<fax>\b(?:tele)?(?:fax|faks)\w*\.?)
  | (?P<voice>\b(?:tel|kom|mobile|centrala)\w*\.?)
  | (?P<extension>
        (?<![^\W\d_])(?:wew(?:n{_LETTER}*)?|w|ext|int)(?!{_LETTER})\.?\)?\s*:?\s*(?P<digits>[0-9]{{1,5}})\b
        (?P<more>(?:\s*(?:/|\b(?:i|lub|oraz)\b)\s*[0-9]{{1,5}}\b(?!\s*[0-9]))*)
    )
  | (?P<garbled>[0-9]{_SIGNS}?(?:[0-9]{_SIGNS}{{0,2}})*[OolI](?=[0-9])[0-9OolI\s./{_DASH}]*)
  | (?P<reference>\b[^\W0-9_]+[.{_DASH}/][0-9][\w./{_DASH}]*)
  | (?P<run>(?:[(+][(+\s]*)?[0-9]+(?:(?:{_SIGNS}|\bdo\b)+[0-9]+)*)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BARE = re.compile(r"\s*([0-9]{1,5})\s*")


def read_numbers(cell: str, numbering: Numbering) -> tuple[ParsedNumber, ...]:
    """Read every number of a cell, in order. Never raises: what cannot be read comes back as a doubt."""
    found: list[ParsedNumber] = []
    for part in re.split(r"[;\n\r|]+", cell):
        found.extend(_part(part, numbering))
    return tuple(found)


def _part(part: str, numbering: Numbering) -> Iterator[ParsedNumber]:
    """Read one part between semicolons: pieces between commas, which go on with what the last one began."""
    use = Use.VOICE
    before: ParsedNumber | None = None
    for piece in part.split(","):
        bare = _BARE.fullmatch(piece)
        if bare and before is not None and (going_on := _going_on(before, bare[1], piece)):
            found = [going_on]
        else:
            found, use = _piece(piece, use, before, numbering)
        yield from found
        before = found[-1] if found else before


def _going_on(before: ParsedNumber, digits: str, raw: str) -> ParsedNumber | None:
    """Read a piece of few digits behind a comma: one more extension, or another ending."""
    if before.extension:
        doubt = before.doubt or f"taken for another extension of {before.e164}"
        return replace(before, raw=raw.strip(), extension=digits, doubt=doubt)
    if before.e164 and len(digits) <= 2:
        read = next(endings(Read(before.kind, before.e164), digits, to=False))
        doubt = read.doubt or f"taken for another ending of {before.e164}"
        return ParsedNumber(raw.strip(), read.kind, read.e164, use=before.use, doubt=doubt)
    return None


def _piece(
    piece: str, use: Use, before: ParsedNumber | None, numbering: Numbering
) -> tuple[list[ParsedNumber], Use]:
    """Read one piece between commas, and say what use the next piece inherits."""
    found: list[ParsedNumber] = []
    inherited = use
    for token in _TOKEN.finditer(piece):
        if token.lastgroup in _USES:
            use = _USES[token.lastgroup]
            inherited = Use.VOICE
            if found and not re.search(r"[0-9]", piece[token.end() :]):
                found[-1] = replace(found[-1], use=use)
                use = Use.VOICE
        elif token["extension"]:
            base = found.pop() if found and found[-1].e164 and not found[-1].extension else None
            found += _extensions(
                token[0], [token["digits"], *re.findall(r"[0-9]+", token["more"])], base, before
            )
        elif token["run"]:
            doubt = "behind a fax and a comma: taken for a fax too" if inherited is Use.FAX else ""
            for read in read_run(token[0], numbering):
                why = read.doubt or doubt
                found.append(ParsedNumber(token[0].strip(), read.kind, read.e164, use=use, doubt=why))
        else:
            doubt = "a letter stands among the digits" if token["garbled"] else "no telephone number"
            found.append(ParsedNumber(token[0].strip(), Kind.NOT_A_NUMBER, doubt=doubt))
    return found, use


_USES = {"both": Use.BOTH, "fax": Use.FAX, "voice": Use.VOICE}


def _extensions(
    raw: str, digits: list[str], base: ParsedNumber | None, before: ParsedNumber | None
) -> list[ParsedNumber]:
    """Read one extension or several: behind their number, or alone."""
    if base is not None:
        raws = [f"{base.raw} {raw.strip()}", *digits[1:]]
        return [replace(base, raw=read, extension=each) for read, each in zip(raws, digits, strict=True)]
    doubt = "an extension without its number"
    if before is not None and before.e164:
        doubt = f"an extension: of {before.e164}, or of a number before that"
    raws = [raw.strip(), *digits[1:]]
    return [
        ParsedNumber(read, Kind.EXTENSION, extension=each, doubt=doubt)
        for read, each in zip(raws, digits, strict=True)
    ]
