"""What citizens call for: every story of the line, each a few lines from their side."""

import random

from telephony.values import NumberShown
from tests.soak import deeds
from tests.soak.citizen import Citizen, Wish
from tests.soak.light_call import now
from tests.soak.sounds import VOICE

BACK = "back.callback"
"""The line has come back to the caller, and says what they can do now."""

ENOUGH = 25.0
"""Seconds after which even a patient citizen puts down."""

STAY = 60.0
"""Seconds on the line, where many shall be on it at once."""


async def leaves_after_the_greeting(me: Citizen) -> None:
    """Hears who answers, and that was it."""
    await me.call.until_answered()
    await me.call.until_hears("privacy")


async def changes_their_mind(me: Citizen) -> None:
    """Puts down in the same breath."""
    await me.call.until(lambda: False, random.uniform(0.0, 0.02))


async def wants_a_person(me: Citizen, keys: str) -> None:
    """Goes through the menu, and talks to whoever takes the call."""
    await _chooses(me, keys)
    await _talks(me)


async def takes_the_number(me: Citizen, keys: str) -> None:
    """Nobody takes it: hears the direct number twice, and thanks."""
    await _chooses(me, keys)
    if await me.call.until_hears("back.repeat"):
        await me.call.presses("1")
        await me.call.until_hears("number.")
        await me.call.until_hears(BACK)
    await me.call.passes(random.uniform(0.2, 1.0))


async def orders_a_callback(me: Citizen, keys: str) -> None:
    """Nobody takes it: wants to be called back at the number that was shown."""
    await _chooses(me, keys)
    if await me.call.until_hears(BACK):
        await _orders(me)


async def types_a_number(me: Citizen) -> None:
    """Nobody takes it, and the number is withheld: types one."""
    await _chooses(me, "2")
    if not await me.call.until_hears(BACK):
        return
    await me.call.presses("2")
    if await me.call.until_hears("callback.type"):
        await me.call.presses(f"{me.number.removeprefix('+48')}#")
        await _says_yes(me)


async def asks_for_a_clerk_instead(me: Citizen, keys: str) -> None:
    """Nobody takes it: then somebody at the desk shall."""
    await _chooses(me, keys)
    if await me.call.until_hears(BACK):
        await me.call.presses("0")
        await _waits_for_a_clerk(me)


async def wants_a_clerk(me: Citizen) -> None:
    """Presses 0 as soon as there is a menu, and talks for a moment."""
    await _chooses(me, "0")
    await _waits_for_a_clerk(me)


async def speaks_english(me: Citizen) -> None:
    """Presses 8, then 0."""
    await _chooses(me, "80")
    await _waits_for_a_clerk(me)


async def is_looked_after(me: Citizen) -> None:
    """Is passed on, put on hold, comes back: stays until it is surely over, or the line says goodbye."""
    await _chooses(me, "0")
    if await _is_served(me):
        await me.call.until_hears("goodbye", BACK, seconds=ENOUGH)


async def is_handed_over(me: Citizen) -> None:
    """Talks to a clerk, then to the colleague to whom the clerk brings them."""
    await _chooses(me, "0")
    if not await _is_served(me):
        return
    if (await me.call.until_hears(f"{VOICE}10", "goodbye", BACK, seconds=ENOUGH)).startswith(VOICE):
        await me.call.passes(deeds.LONG_ENOUGH + random.uniform(0.0, 1.0))


async def wants_the_outside(me: Citizen) -> None:
    """A matter that somebody outside the hall settles: hears the number."""
    await _chooses(me, "5")
    await me.call.until_hears(BACK)


async def hears_about_privacy(me: Citizen) -> None:
    """Presses 9, hears the menu again with *, and goes."""
    await _chooses(me, "9")
    await me.call.until_hears("menu.entry.1")
    await me.call.presses("*")
    await me.call.until_hears("menu.entry.1")


async def says_nothing(me: Citizen) -> None:
    """Never presses a key, and is brought to a clerk all the same."""
    await me.call.until_answered()
    await _waits_for_a_clerk(me)


# ---- many at once


async def stays_in_the_menu(me: Citizen) -> None:
    """Hears the menu again and again."""
    until = now() + STAY
    await me.call.until_answered()
    while now() < until:
        await me.call.until_hears("menu.entry.1")
        await me.call.passes(1.0)
        await me.call.presses("*")


async def stays_in_the_queue(me: Citizen) -> None:
    """Waits for a clerk, wants no callback, and keeps the clerk who comes."""
    until = now() + STAY
    await _chooses(me, "0")
    await me.call.passes(until - now())


async def stays_in_a_talk(me: Citizen) -> None:
    """Talks to a colleague for long."""
    until = now() + STAY
    await _chooses(me, "1")
    await me.call.passes(until - now())


# ---- the steps that they have in common


async def _chooses(me: Citizen, keys: str) -> None:
    await me.call.until_answered()
    for key in keys:
        await me.call.until_hears("menu.entry.1")
        await me.call.presses(key)


async def _talks(me: Citizen) -> None:
    """With whoever is heard; then puts down."""
    if (await me.call.until_hears(VOICE, BACK)).startswith(VOICE):
        await me.call.passes(deeds.LONG_ENOUGH + random.uniform(0.0, 1.5))


async def _waits_for_a_clerk(me: Citizen) -> None:
    if await _is_served(me):
        await me.call.passes(deeds.LONG_ENOUGH + random.uniform(0.0, 1.0))


async def _is_served(me: Citizen) -> bool:
    """Waits in the queue; whoever is offered a callback there takes it. Whether a clerk is heard."""
    heard = await me.call.until_hears(VOICE, "queue.callback", BACK, seconds=60)
    if heard == "queue.callback":
        await _orders(me)
    elif heard == BACK:
        await me.call.passes(0.2)
    return heard.startswith(VOICE)


async def _orders(me: Citizen) -> None:
    await me.call.presses("2")
    await _says_yes(me)


async def _says_yes(me: Citizen) -> None:
    """A yes counts only to a number that was heard: so it is said again, until the line says goodbye."""
    until = now() + 8.0
    while now() < until and not me.confirmed:
        await me.call.passes(0.5)
        me.ordered += 1
        await me.call.presses("1")
        heard = await me.call.until_hears("goodbye", "callback.failed", VOICE, seconds=1.0)
        me.confirmed = heard == "goodbye" and not me.call.has_heard("callback.failed")
        if heard:
            break
    await me.call.passes(random.uniform(0.1, 0.6))


def _wish(name: str, often: int, go: object, **more: object) -> Wish:
    return Wish(name, often, go, **more)  # type: ignore[arg-type]


def _on(keys: str, story: object) -> object:
    return lambda me: story(me, keys)  # type: ignore[operator]


WISHES = (
    _wish("leaves after the greeting", 4, leaves_after_the_greeting),
    _wish("changes their mind", 2, changes_their_mind),
    _wish("a colleague takes it", 12, _on("1", wants_a_person)),
    _wish("the first is busy, the next takes it", 4, _on("4", wants_a_person)),
    _wish("busy: takes the number", 4, _on("2", takes_the_number)),
    _wish("busy: orders a callback", 5, _on("2", orders_a_callback)),
    _wish("declined: orders a callback", 4, _on("31", orders_a_callback)),
    _wish("no answer: wants a clerk", 3, _on("32", asks_for_a_clerk_instead)),
    _wish("no answer: takes the number", 3, _on("32", takes_the_number)),
    _wish("voicemail: orders a callback", 3, _on("33", orders_a_callback)),
    _wish("unreachable: wants a clerk", 2, _on("34", asks_for_a_clerk_instead)),
    _wish("declined by key: takes the number", 2, _on("35", takes_the_number)),
    _wish("puts down while told: takes the number", 2, _on("36", takes_the_number)),
    _wish("outside the hall", 2, wants_the_outside),
    _wish("withheld: types a number", 3, types_a_number, shown=NumberShown.WITHHELD),
    _wish("privacy, and the menu again", 2, hears_about_privacy),
    _wish("says nothing", 1, says_nothing),
    _wish("a clerk", 8, wants_a_clerk),
    _wish("a clerk, withheld", 1, wants_a_clerk, shown=NumberShown.WITHHELD),
    _wish("a clerk, in English", 4, speaks_english),
    _wish("hold by keys", 2, is_looked_after, deed=deeds.holds_by_keys),
    _wish("hold by the phone", 2, is_looked_after, deed=deeds.holds_by_the_phone),
    _wish("handed over by keys", 3, is_handed_over, deed=deeds.hands_over_by_keys),
    _wish("handed over by REFER", 3, is_handed_over, deed=deeds.hands_over_by_refer),
    _wish("handed over by REST", 3, is_handed_over, deed=deeds.hands_over_by_screen),
    _wish("blonde by REST", 2, is_handed_over, deed=deeds.leaves_it_to_the_line),
    _wish("blonde by putting down", 2, is_handed_over, deed=deeds.leaves_while_it_rings),
    _wish("consulted, and handed over", 3, is_handed_over, deed=deeds.asks_first),
    _wish("consulted, and back", 2, is_looked_after, deed=deeds.asks_and_comes_back),
    _wish("handed over in vain", 4, is_looked_after, deed=deeds.hands_over_in_vain),
    _wish("blonde in vain", 2, is_looked_after, deed=deeds.leaves_in_vain),
    _wish("puts down at any moment: menu", 3, _on("31", takes_the_number), impatient=True),
    _wish("puts down at any moment: a colleague", 3, _on("1", wants_a_person), impatient=True),
    _wish("puts down at any moment: a clerk", 3, wants_a_clerk, impatient=True),
    _wish(
        "puts down at any moment: handed over",
        3,
        is_handed_over,
        deed=deeds.hands_over_by_keys,
        impatient=True,
    ),
)
"""Every wish, with how often of a hundred or so it is wanted."""

MANY_AT_ONCE = (
    _wish("stays in the menu", 2, stays_in_the_menu),
    _wish("stays in the queue", 2, stays_in_the_queue, deed=deeds.stays),
    _wish("stays in a talk", 1, stays_in_a_talk),
)
"""What those want who are on the line all at once."""
