"""The languages of the pages: Polish is the source, English comes from the Babel catalogue in `api/locale`.

Catalogues are committed as text and read as they are, with Babel; nothing needs to be compiled. The Polish one
holds only plural forms, of which Polish has three. `python -m api.pages.extract` brings both up to date.
"""

import gettext
import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NewType

from babel.core import negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE = "pl"
LANGUAGES = ("pl", "en")
NAMES = {"pl": "Polski", "en": "English"}
"""Each language by its own name."""
LOCALE = Path(__file__).parent / "locale"

Text = NewType("Text", str)
"""A sentence in Polish that is translated when it is shown: see `noted`."""


def noted(text: str) -> Text:
    """Mark a text for the catalogue; it is translated where somebody reads it."""
    return Text(text)


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The translations into that language; a text that nobody translated stays Polish."""
    path = LOCALE / language / "LC_MESSAGES" / "halo.po"
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def preferred(header: str) -> str:
    """The best of our languages for an Accept-Language header (RFC 9110 §12.5.4); Polish if none fits."""
    wanted: list[tuple[float, str]] = []
    for part in header[:500].split(","):
        tag, _, quality = part.strip().partition(";q=")
        try:
            wanted.append((-float(quality or 1), tag.strip().replace("-", "_")))
        except ValueError:
            continue
    asked: Sequence[str] = [tag for weight, tag in sorted(wanted, key=lambda each: each[0]) if weight < 0]
    return negotiate_locale(asked, LANGUAGES, sep="_") or SOURCE
