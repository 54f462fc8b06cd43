"""What somebody at a phone does when it is rung: each `Behaviour` as a few lines."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from tests.fakes.behaviour import Behaviour

if TYPE_CHECKING:
    from tests.phones.phone import Phone

WHISPER = "whisper.keys"
"""Heard to its end, a person knows which key to press."""

VOICEMAIL = 20.0
MACHINE = 1000
"""Hz: a voicemail talks in this tone."""


async def act(phone: "Phone") -> None:
    """Do what the phone's behaviour says, for the call that has just come in."""
    await _ACTS[phone.behaviour](phone)


async def _passes(seconds: float) -> None:
    passed = asyncio.Event()
    timer = asyncio.get_running_loop().call_later(seconds, passed.set)
    try:
        await passed.wait()
    finally:
        timer.cancel()


async def _rings(phone: "Phone") -> None:
    phone.shows_ringing()


async def _answers(phone: "Phone") -> None:
    phone.shows_ringing()
    await phone.rings()
    await _passes(phone.after)
    await phone.answers()


def _answers_and_presses(key: str) -> Callable[["Phone"], Awaitable[None]]:
    async def answers(phone: "Phone") -> None:
        await _answers(phone)
        await phone.hears(WHISPER)
        await phone.presses(key)

    return answers


async def _takes_it_mute(phone: "Phone") -> None:
    await _answers(phone)
    await phone.hears(WHISPER)
    await phone.presses("1")
    phone.handset.mutes()


async def _answers_and_leaves(phone: "Phone") -> None:
    await _answers(phone)
    await phone.hangs_up()


async def _leaves_during_the_whisper(phone: "Phone") -> None:
    await _answers(phone)
    assert phone.ear is not None
    await phone.ear.until(lambda: phone.ear is not None and phone.ear.loudness > 0, "for a whisper")
    await phone.hangs_up()


async def _voicemail(phone: "Phone") -> None:
    await _answers(phone)
    phone.handset.speaks(MACHINE)
    await _passes(VOICEMAIL)
    await phone.hangs_up()


def _refuses(answer: str, *, ringing: bool = False) -> Callable[["Phone"], Awaitable[None]]:
    async def refuses(phone: "Phone") -> None:
        if ringing:
            phone.shows_ringing()
            await phone.rings()
            await _passes(phone.after)
        phone.refuses(answer)

    return refuses


async def _nothing(phone: "Phone") -> None:
    """Neither ringing nor answer."""


_ACTS: dict[Behaviour, Callable[["Phone"], Awaitable[None]]] = {
    Behaviour.TAKES_IT: _answers_and_presses("1"),
    Behaviour.NEVER_ANSWERS: _rings,
    Behaviour.GIVES_UP: _refuses("480", ringing=True),
    Behaviour.BUSY: _refuses("486"),
    Behaviour.DECLINES: _refuses("603", ringing=True),
    Behaviour.DECLINES_BY_KEY: _answers_and_presses("2"),
    Behaviour.VOICEMAIL: _voicemail,
    Behaviour.SAYS_NOTHING: _answers,
    Behaviour.HANGS_UP_AT_ONCE: _answers_and_leaves,
    Behaviour.HANGS_UP_WHILE_ANNOUNCED: _leaves_during_the_whisper,
    Behaviour.FORWARDS: _refuses("302"),
    Behaviour.UNAVAILABLE: _refuses("480"),
    Behaviour.CONGESTED: _refuses("503"),
    Behaviour.UNKNOWN_NUMBER: _refuses("404"),
    Behaviour.NOT_REGISTERED: _nothing,
    Behaviour.DEAD: _nothing,
    Behaviour.ONE_WAY_AUDIO: _takes_it_mute,
    Behaviour.BY_HAND: _rings,
}
