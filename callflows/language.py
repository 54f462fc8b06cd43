"""Languages: Polish is the source, English comes from the Babel catalogue beside this file.

`callflows/locale/en/LC_MESSAGES/halo.po` is read as it is, with Babel; nothing needs to be compiled. A text
without a translation stays Polish: better a sentence in the wrong language than none.
"""

from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

SOURCE = "pl"
LOCALE = Path(__file__).parent / "locale"


def translated(text: str, language: str) -> str:
    """The text in that language (BCP 47, "pl" or "en"), or as it is if nobody translated it."""
    return text if language == SOURCE else _catalogue(language).get(text, text)


@cache
def _catalogue(language: str) -> dict[str, str]:
    path = LOCALE / language / "LC_MESSAGES" / "halo.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return {
            message.id: message.string
            for message in read_po(file)
            if isinstance(message.id, str)
            and isinstance(message.string, str)
            and message.id
            and message.string
        }
