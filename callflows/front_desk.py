"""The front desk: what a citizen meets first. Greeting, privacy, hours, matter, and on to a person.

Bylaw §6.1: every call is answered at once, and whoever answers gives the name of the unit.
"""

from callflows.after_hours import after_hours
from callflows.conversation import Conversation
from callflows.facts import CallAnswered
from callflows.hand_over import hand_over, to_the_desk
from callflows.matter_menu import choose_matter
from callflows.wish import About
from directory.hours import is_open
from telephony.values import Arrival


async def front_desk(talk: Conversation) -> None:
    """Take a citizen from the first word to the end of the call."""
    await answer(talk)
    if not is_open(talk.hall, talk.now()):
        await after_hours(talk)
        return
    wish = await choose_matter(talk)
    if isinstance(wish, About):
        await hand_over(talk, wish.subject)
    else:
        await to_the_desk(talk)


async def answer(talk: Conversation) -> None:
    """Pick up at once, say who we are, and the privacy notice in under ten seconds."""
    await talk.call.answer()
    talk.state(CallAnswered(call=talk.id, at=talk.now()))
    with talk.waiting("greeting"):
        if talk.call.arrival is Arrival.RESUMED:
            await talk.say(talk.wording.plain("resumed"), talk.wording.greeting())
        else:
            await talk.say(talk.wording.greeting(), talk.wording.plain("privacy"))
