"""What a caller can want: the meanings of the keys, so that no story ever handles a key itself."""

from dataclasses import dataclass
from enum import Enum

from directory.model import MatterId, Menu, UnitId


@dataclass(frozen=True, slots=True)
class About:
    """The caller wants this matter, or something else that this unit settles."""

    subject: MatterId | UnitId


@dataclass(frozen=True, slots=True)
class Into:
    """The caller wants to hear the menu behind a key; `path` is the keys that lead there."""

    menu: Menu
    path: str


@dataclass(frozen=True, slots=True)
class Speak:
    """The caller wants to be spoken to in this language (BCP 47)."""

    language: str


class Wish(Enum):
    """Everything else a key can mean."""

    CLERK = "clerk"
    CALL_ME_BACK = "call_me_back"
    REPEAT = "repeat"
    YES = "yes"
    ANOTHER = "another"
    PRIVACY = "privacy"
    BACK = "back"
    NOTHING = "nothing"
    """No key, or none that means anything, as often as we care to ask."""


Meaning = About | Into | Speak | Wish
"""What the answer to a question means."""


def written(meaning: Meaning) -> str:
    """The meaning as the record writes it: `about:del-i`, `into:3`, `speak:en`, `clerk`."""
    match meaning:
        case About(subject):
            return f"about:{subject}"
        case Into(_, path):
            return f"into:{path}"
        case Speak(language):
            return f"speak:{language}"
        case Wish():
            return meaning.value
