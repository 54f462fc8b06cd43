"""Two who talk, of whom the line knows no more than that: nobody of them is left alone in silence."""

from collections.abc import Iterable

from callflows.race import first_of
from telephony.call import Call, Leg
from telephony.values import Ended, LegEnded, LegEvent, LegId, Progress, TransferAsked


async def keep_company(call: Call) -> None:
    """Let two talk on whom an earlier process has connected, until one of them puts down."""
    first, *others = call.left_behind
    await let_go_of(call, others)
    async with call.take_over(first) as leg, call.connect(leg):
        await until_they_part(call, leg)


async def let_go_of(call: Call, legs: Iterable[LegId]) -> None:
    """End these legs of an earlier process: nobody of them shall wait for nothing."""
    for leg in legs:
        async with call.take_over(leg):
            pass  # leaving the block ends it


async def until_they_part(call: Call, leg: Leg) -> None:
    """Wait until one of them puts down, or the other is brought into another call."""
    told: LegEvent | None = None
    while not isinstance(told, LegEnded):
        told = await next_of(call, leg)
        if isinstance(told, TransferAsked):
            await leg.report(Progress.FAILED)  # only who has a citizen hands over


async def next_of(call: Call, leg: Leg) -> LegEvent:
    """What the rung phone tells next; LegEnded also if whoever called has gone."""

    async def gone() -> LegEvent:
        await call.left()
        return LegEnded(Ended.HUNG_UP)

    return await first_of(leg.next, gone)
