"""The menu of matters: at most two levels, spoken from the hall's own data; the answer is what is wanted."""

from collections.abc import Mapping

from callflows.conversation import Conversation
from callflows.prompts.to_callers import other_language
from callflows.wish import About, Into, Meaning, Speak, Wish
from directory.model import MenuEntry
from telephony.values import Words

LANGUAGE_KEY = "8"
"""The line's own key in the first menu of a hall that speaks two languages."""

MOST_ROUNDS = 12
"""How many menus one caller hears before a person takes over: nobody is kept going in circles."""


async def choose_matter(talk: Conversation) -> About | Wish:
    """Ask what the matter is: `About(...)`, or CLERK, or NOTHING if the caller never says."""
    here = top = Into(talk.hall.menu, "")
    opening = talk.wording.notice()
    for _ in range(MOST_ROUNDS):
        wish = await talk.choose(
            f"matter {here.path}".strip(), *opening, *_spoken(talk, here), keys=_keys(talk, here)
        )
        opening = ()
        match wish:
            case Into():
                here = wish
            case Speak(language):
                talk.speak(language)
            case Wish.BACK:
                here = top
            case Wish.PRIVACY:
                await talk.say(talk.wording.plain("privacy.more"))
            case Wish.REPEAT:
                pass
            case _:
                return wish
    return Wish.NOTHING


def _spoken(talk: Conversation, here: Into) -> tuple[Words, ...]:
    wording = talk.wording
    entries = wording.menu(here.menu, here.path)
    if here.path:
        return (*entries, wording.plain("menu.back"), wording.clerk_by_zero())
    first = (*wording.languages(), wording.plain("menu.intro"))
    return (*first, *entries, wording.clerk_by_zero(), wording.plain("menu.repeat"))


def language_key(talk: Conversation) -> dict[str, Meaning]:
    """Key 8 for the other language, where the hall has one."""
    other = other_language(talk.hall, talk.language)
    return {LANGUAGE_KEY: Speak(other)} if other else {}


def _keys(talk: Conversation, here: Into) -> Mapping[str, Meaning]:
    """The hall's own keys, and the line's: 0 a person, 9 privacy, 8 the other language, * back or again."""
    keys: dict[str, Meaning] = {entry.key: _meaning(entry, here.path) for entry in here.menu.entries}
    if not here.path:
        keys |= language_key(talk)
    return keys | {"0": Wish.CLERK, "9": Wish.PRIVACY, "*": Wish.BACK if here.path else Wish.REPEAT}


def _meaning(entry: MenuEntry, path: str) -> Meaning:
    if entry.submenu is not None:
        return Into(entry.submenu, path + entry.key)
    subject = entry.matter or entry.unit
    return About(subject) if subject else Wish.CLERK
