"""Turning what is wrong with the settings into one sentence that says how to mend it."""

import difflib
from collections.abc import Iterable

READ_AT_MOST = 60


class SettingsError(Exception):
    """The settings cannot be used; the text is one sentence for the administrator, without any secret."""


def nearest(name: str, names: Iterable[str], *, quoted: bool = False) -> str:
    """The end of a sentence about an unknown name: what was probably meant, or what there is."""
    known = sorted(names)
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    if close:
        return f'; did you mean "{close[0]}"?' if quoted else f"; did you mean {close[0]}?"
    if len(known) <= 10:
        return f"; there are {', '.join(known)}"
    return "; `halo settings` lists them all"


def bad_value(*, at: str, name: str, must: str, raw: object, secret: bool) -> SettingsError:
    """The sentence about a value that cannot be used: source, field, what was read, and what it must be."""
    read = "what was read is a secret and not shown" if secret else f"{_shown(raw)} was read"
    return SettingsError(f"{at}: {name} must be {must}, but {read}; mend it, or remove it")


def _shown(raw: object) -> str:
    text = f'"{raw}"' if isinstance(raw, str) else repr(raw)
    text = "".join(sign if sign.isprintable() else "?" for sign in text)
    return text if len(text) <= READ_AT_MOST else text[:READ_AT_MOST] + "…"
