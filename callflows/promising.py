"""A promise of a callback, on disk and on record; whether the caller hears of it is their story's business."""

from callflows.facts import CallbackNotPromised, CallbackPromised
from callflows.ports import CallbackWish, Clock, Journal, Promise, PromiseRefused, Promises
from directory.model import Hall
from directory.numbers import for_callback
from telephony.values import NumberShown


def shown_number(hall: Hall, number: str, shown: NumberShown) -> str | None:
    """The number that the network showed, E.164, if it may be dialled; a withheld one is not ours to use."""
    return for_callback(hall, number).e164 if shown is NumberShown.SHOWN else None


async def keep_a_promise(
    wish: CallbackWish, promises: Promises, journal: Journal, clock: Clock
) -> Promise | None:
    """The promise, once it is on disk; None if it was refused. Either is on record then."""
    try:
        promise = await promises.promise(wish)
    except PromiseRefused as refused:
        journal.state(CallbackNotPromised(call=wish.call, at=clock.now(), why=str(refused)))
        return None
    journal.state(
        CallbackPromised(
            call=wish.call,
            at=clock.now(),
            ticket=promise.ticket,
            number=wish.number,
            due=promise.due,
            matter=wish.matter,
            unit=wish.unit,
        )
    )
    return promise
