"""Order a callback: the number is read back, the promise is on disk before it is spoken (bylaw §6.3)."""

from callflows.conversation import Conversation
from callflows.facts import CallbackNotPromised
from callflows.outcomes import CallOutcome
from callflows.ports import CallbackWish, Promise
from callflows.promising import keep_a_promise, shown_number
from callflows.wish import Wish
from directory.numbers import for_callback
from telephony.values import Words

TRIES = 3


async def order_callback(talk: Conversation, *, matter: str = "", unit: str = "") -> Promise | None:
    """Agree on a number, keep the promise on disk, say until when we call, and part.

    Returns the promise, or None if there is none: the caller was then told so, and given the desk's number.
    """
    with talk.waiting("ordering a callback"):
        number = await agree_on_a_number(talk)
        if number is None:
            talk.state(CallbackNotPromised(call=talk.id, at=talk.now(), why="no number was agreed on"))
        promise = None if number is None else await _promise(talk, number, matter, unit)
        if promise is None:
            await _cannot(talk)
            return None
    await confirm(talk, promise)
    return promise


async def promise_a_callback(talk: Conversation, why: Words, *, matter: str = "", unit: str = "") -> None:
    """Send a caller away who did not ask for it: say why, and promise a callback without any key of theirs.

    Only where no number is known that may be dialled, they are asked for one.
    """
    promise = await _promise_to_the_shown_number(talk, matter, unit)
    if promise is None:
        await talk.say(why)
        await order_callback(talk, matter=matter, unit=unit)
    else:
        await confirm(talk, promise, why)


async def agree_on_a_number(talk: Conversation) -> str | None:
    """The E.164 number to call back, read back and confirmed; None if none was agreed on."""
    number, read_back, wording = _shown(talk), "callback.yours", talk.wording
    for _ in range(TRIES):
        if number is None:
            typed = await talk.type_number(wording.plain("callback.type"))
            number, read_back = for_callback(talk.hall, typed).e164, "callback.typed"
            if number is None:
                await talk.say(wording.plain("callback.refused" if typed else "menu.nothing"))
                await talk.forget_keys()  # the rest of a number typed slowly is not the next one
                continue
        keys = {"1": Wish.YES, "2": Wish.ANOTHER}
        await talk.forget_keys()  # a yes counts only to a number that was heard
        match await talk.choose(read_back, wording.read_back(read_back, number), keys=keys):
            case Wish.YES:
                return number
            case Wish.ANOTHER:
                number = None
            case _:
                return None
    return None


def _shown(talk: Conversation) -> str | None:
    return shown_number(talk.hall, talk.call.caller.number, talk.call.caller.shown)


async def confirm(talk: Conversation, promise: Promise, *first: Words) -> None:
    """Speak a promise that is on disk and on record, after what is to be said `first`."""
    talk.outcome = CallOutcome.CALLBACK
    talk.waiting_for = "goodbye"
    wording = talk.wording
    promised = wording.promised(promise.due, promise.ticket, talk.now())
    await talk.say(*first, promised, wording.plain("goodbye"))


async def _cannot(talk: Conversation) -> None:
    await talk.say(talk.wording.plain("callback.failed"), *_desk_number(talk), talk.wording.plain("goodbye"))


def _desk_number(talk: Conversation) -> tuple[Words, ...]:
    """A way on that needs nothing of ours: the number of the clerks."""
    desk = talk.hall.units[talk.hall.desk]
    return (talk.wording.number(desk, desk.direct),) if desk.direct else ()


async def promise_after_failure(talk: Conversation) -> None:
    """Apologise for our own mistake; promise a callback if we know a number that we may dial."""
    promise = await _promise_to_the_shown_number(talk)
    if promise is None:
        await apologise(talk)
    else:
        await confirm(talk, promise, talk.wording.plain("apology"))


async def apologise(talk: Conversation) -> None:
    """Apologise, and give a way on that needs nothing of ours."""
    wording = talk.wording
    await talk.say(wording.plain("apology"), *_desk_number(talk), wording.plain("goodbye"))


async def promise_unheard(talk: Conversation) -> None:
    """Promise a callback to a caller who was cut off by no wish of their own, and has no promise yet."""
    await _promise_to_the_shown_number(talk)


async def _promise_to_the_shown_number(
    talk: Conversation, matter: str = "", unit: str = ""
) -> Promise | None:
    """A promise to the number that the network showed; None if there is none, or one already."""
    number = _shown(talk)
    if number is None or talk.outcome is CallOutcome.CALLBACK:
        return None
    return await _promise(talk, number, matter, unit)


async def _promise(talk: Conversation, number: str, matter: str, unit: str) -> Promise | None:
    wish = CallbackWish(call=talk.id, number=number, matter=matter, unit=unit, language=talk.language)
    return await keep_a_promise(wish, talk.promises, journal=talk, clock=talk)
