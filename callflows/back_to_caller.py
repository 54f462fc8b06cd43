"""Back to the caller: why it did not work, the direct number, and a way on (bylaw §6.4)."""

from callflows.conversation import Conversation
from callflows.facts import DirectNumberTold
from callflows.order_callback import order_callback
from callflows.outcomes import CallOutcome, Instead
from callflows.subject import Subject, direct_number
from callflows.transfer.search import Failure
from callflows.wish import Meaning, Wish
from directory.model import Unit
from directory.resolve import Lack, Resolution
from telephony.values import Played, Words

MOST_REPEATS = 4


async def back_to_caller(
    talk: Conversation,
    subject: Subject,
    resolution: Resolution,
    failure: Failure | None,
    reason: Words | None = None,
) -> Wish:
    """Tell the reason and the number, and do what the caller wants; CLERK is left to whoever asked us.

    The reason is that of the last attempt, or what the directory says, unless another one is given.
    """
    told = direct_number(talk.hall, resolution)
    await talk.forget_keys()  # pressed while they waited or talked: no answer to what is asked now
    await talk.say(reason or _reason(talk, resolution, failure))
    if await _tell_number(talk, told):
        _given(failure, Instead.DIRECT_NUMBER)
    wish = await _what_now(talk, resolution, told)
    if wish is Wish.CLERK:
        _given(failure, Instead.CLERK)
    elif wish is Wish.CALL_ME_BACK:
        if await order_callback(talk, matter=subject.matter_id, unit=subject.unit_id):
            _given(failure, Instead.CALLBACK)
    else:
        await talk.say(talk.wording.plain("goodbye"))
    return wish


def _given(failure: Failure | None, instead: Instead) -> None:
    if failure is not None:
        failure.log.given(instead)


async def _what_now(talk: Conversation, resolution: Resolution, told: tuple[Unit, str] | None) -> Wish:
    wording = talk.wording
    at_the_desk = resolution.unit is None or resolution.unit.id == talk.hall.desk
    offers: list[Words] = [wording.plain("back.repeat")] if told else []
    keys: dict[str, Meaning] = {"1": Wish.REPEAT} if told else {}
    offers.append(wording.plain("back.callback"))
    keys["2"] = Wish.CALL_ME_BACK
    if not at_the_desk:
        offers.append(wording.back_to_clerk())
        keys["0"] = Wish.CLERK
    for _ in range(MOST_REPEATS):
        match await talk.choose("back", *offers, keys=keys):
            case Wish.REPEAT:
                await _tell_number(talk, told)
            case Wish() as wish:
                return wish
    return Wish.NOTHING


async def _tell_number(talk: Conversation, told: tuple[Unit, str] | None) -> bool:
    """Whether the caller heard a number to its end."""
    if told is None:
        await talk.say(talk.wording.plain("number.none"))
        return False
    unit, number = told
    with talk.waiting("the direct number"):
        played = await talk.say(talk.wording.number(unit, number))
    whole = played is Played.WHOLE
    talk.state(DirectNumberTold(call=talk.id, at=talk.now(), number=number, unit=unit.id, whole=whole))
    if whole and talk.outcome is CallOutcome.ABANDONED:
        talk.outcome = CallOutcome.INFORMED
    return whole


def _reason(talk: Conversation, resolution: Resolution, failure: Failure | None) -> Words:
    wording = talk.wording
    if failure is not None:
        return wording.reason(failure.outcome)
    if resolution.unit is None:
        return wording.plain("reason.no_unit")
    if resolution.outside:
        return wording.outside(resolution.unit)
    if resolution.back is not None:
        return wording.away(resolution.back, talk.now())
    return wording.plain("reason.closed" if resolution.lack is Lack.CLOSED else "reason.nobody")
