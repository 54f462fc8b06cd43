"""After hours: when the hall opens, the number for a crisis, and a callback for those who want one."""

from callflows.conversation import Conversation
from callflows.facts import LineWasClosed
from callflows.matter_menu import language_key
from callflows.order_callback import order_callback
from callflows.outcomes import CallOutcome
from callflows.wish import Meaning, Speak, Wish
from directory.hours import next_opening

MOST_REPEATS = 3


async def after_hours(talk: Conversation) -> None:
    """Say when we work and what else can be done now; take a callback order."""
    now = talk.now()
    opens = next_opening(talk.hall, now)
    talk.state(LineWasClosed(call=talk.id, at=now, opens=opens))
    for _ in range(MOST_REPEATS):
        wording = talk.wording
        choice = (*wording.languages(), *wording.crisis(), wording.plain("closed.choice"))
        keys: dict[str, Meaning] = {"1": Wish.REPEAT, "2": Wish.CALL_ME_BACK, "9": Wish.PRIVACY}
        keys |= language_key(talk)
        with talk.waiting("the hours"):
            await talk.say(wording.closed(), wording.opens(opens, now))
        talk.outcome = CallOutcome.INFORMED
        match await talk.choose("after hours", *choice, keys=keys):
            case Wish.CALL_ME_BACK:
                await order_callback(talk)
                return
            case Speak(language):
                talk.speak(language)
            case Wish.PRIVACY:
                await talk.say(wording.plain("privacy.more"))
            case Wish.NOTHING:
                break
    await talk.say(talk.wording.plain("goodbye"))
