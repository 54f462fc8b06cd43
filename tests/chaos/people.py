"""People do not give up at once: they press again when they are asked again, and answer as often as it rings."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from itertools import cycle

import numpy as np

from tests.office.desk import Party
from tests.office.office import a_moment
from tests.phones.citizen import Citizen
from tests.phones.clipbook import QUIET
from tests.phones.g711 import RATE, Samples
from tests.phones.phone import Phone
from tests.phones.tones import VOICES

LONGEST = 45.0
"""Seconds in which two who want to must have met, whatever happened; a watchdog takes four of them."""
AGAIN = 1.5
"""Seconds after which a key is pressed again that seems to have done nothing."""
AGAIN_BY_CODE = 5.0
"""Seconds after which a code is dialled again: to hold and to resume are one code, and must not cross."""
TONES = cycle(VOICES)
"""Each meeting has tones of its own."""

PIECE = RATE // 50
"""Samples of one packet."""

TO_A_CLERK = {"menu.entry.1": "0", "back.callback": "0"}
"""What somebody presses who wants a person, whenever the line asks: the prompt heard, and the keys for it."""
TO_ANNA = {"menu.entry.1": "1", "back.callback": "0"}
"""Somebody with the matter that is Anna's, content with a clerk if she can't be had."""


@asynccontextmanager
async def insists(citizen: Citizen, on: Mapping[str, str]) -> AsyncIterator[None]:
    """Inside the block the citizen presses these keys whenever they hear these prompts."""
    pressing = asyncio.create_task(_presses(citizen, on), name=f"{citizen.who} insists")
    try:
        yield
    finally:
        pressing.cancel()
        await asyncio.gather(pressing, return_exceptions=True)


async def _presses(citizen: Citizen, on: Mapping[str, str]) -> None:
    done = len(citizen.heard)

    def news() -> list[str]:
        return [prompt for heard in citizen.heard[done:] for prompt in (heard.prompt, *heard.also)]

    while True:
        await citizen.ear.bell.until(lambda: bool(news()))
        prompts, done = news(), len(citizen.heard)
        for prompt in prompts:
            if prompt in on:
                await citizen.presses(on[prompt])


async def meet(one: Party, *phones: Phone) -> Phone:
    """Each phone is taken up as often as it rings, and accepts; the one with which they hear each other at last."""
    said = next(TONES)
    tones = {phone: next(TONES) for phone in phones}
    one.speaks(said)
    for phone, tone in tones.items():
        phone.speaks(tone)
    pressed: dict[Phone, float] = {}
    now = asyncio.get_running_loop().time
    try:
        async with asyncio.timeout(LONGEST):
            while True:
                for phone, tone in tones.items():
                    if phone.ringing:
                        await phone.answers()
                        pressed[phone] = now()
                    elif _hear_each_other(one, phone, said, tone):
                        return phone
                    elif phone.talking and now() - pressed.setdefault(phone, 0.0) > AGAIN:
                        await phone.presses("1")
                        pressed[phone] = now()
                await a_moment()
    except TimeoutError:
        raise AssertionError(_never_met(one, phones)) from None


async def brought_to(one: Party, phone: Phone, *, by: Phone, keys: str) -> None:
    """Somebody presses these keys, again if nothing comes of it, until the two hear each other."""
    said, answered = next(TONES), next(TONES)
    one.speaks(said)
    phone.speaks(answered)
    now = asyncio.get_running_loop().time
    pressed, end = float("-inf"), now() + LONGEST
    while not _hear_each_other(one, phone, said, answered):
        assert now() < end, _never_met(one, (phone, by))
        if now() - pressed > AGAIN_BY_CODE:
            await by.presses(keys)
            pressed = now()
        await a_moment()


def longest_silence(heard: Samples) -> float:
    """The longest time in a recording without a sound, in seconds."""
    pieces = heard[: len(heard) // PIECE * PIECE].astype(np.float64).reshape(-1, PIECE)
    longest = now = 0
    for loud in np.sqrt(np.mean(pieces**2, axis=1)) > QUIET:
        now = 0 if loud else now + 1
        longest = max(longest, now)
    return longest * PIECE / RATE


def _hear_each_other(one: Party, phone: Phone, said: int, answered: int) -> bool:
    ears = (one.ear, phone.ear)
    if not phone.talking or ears[0] is None or ears[1] is None:
        return False
    return ears[0].tone_now(answered) and ears[1].tone_now(said)


def _never_met(one: Party, phones: tuple[Phone, ...]) -> str:
    assert one.ear is not None
    heard = "\n".join(
        f"{phone.who}:\n{phone.ear.story() if phone.ear else '  never rung'}" for phone in phones
    )
    return f"{one.ear.who} met nobody in {LONGEST:g} s, and heard:\n{one.ear.story()}\n{heard}"
