"""What each behaviour does, told in the verbs of a handset: the same script in memory and at the fake Asterisk."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

from tests.fakes.behaviour import Behaviour

KEY_SECONDS = 0.1
"""How long a key is held down; Asterisk reports it when it is let go (RFC 4733)."""

THINKS = 0.3
"""Seconds that a person listens before doing something."""


class Handset(Protocol):
    """A phone that is being rung, as a script works it."""

    async def rings(self) -> None:
        """Show that it rings (180)."""

    async def answers(self) -> None:
        """Take it up (200)."""

    async def presses(self, keys: str) -> None:
        """Press keys."""

    async def refuses(self, status: int) -> None:
        """Give a final answer that is not 200."""

    async def hangs_up(self) -> None:
        """Put it down."""

    async def hears_anything(self) -> None:
        """Wait for a whisper."""


Script = Callable[[Handset, float], Awaitable[None]]
"""Works the handset once; the number is the phone's `after`, in seconds."""


async def _nobody(phone: Handset, after: float) -> None:
    """The INVITE is lost."""


async def _rings(phone: Handset, after: float) -> None:
    await phone.rings()


async def _answers(phone: Handset, after: float) -> None:
    await phone.rings()
    await asyncio.sleep(after)
    await phone.answers()


def _answers_and_presses(key: str) -> Script:
    async def act(phone: Handset, after: float) -> None:
        await _answers(phone, after)
        await phone.hears_anything()
        await asyncio.sleep(THINKS)
        await phone.presses(key)

    return act


async def _answers_and_leaves(phone: Handset, after: float) -> None:
    await _answers(phone, after)
    await phone.hangs_up()


async def _leaves_during_the_whisper(phone: Handset, after: float) -> None:
    await _answers(phone, after)
    await phone.hears_anything()
    await asyncio.sleep(THINKS)
    await phone.hangs_up()


async def _voicemail(phone: Handset, after: float) -> None:
    await _answers(phone, after)
    await asyncio.sleep(20.0)
    await phone.hangs_up()


def _says(status: int) -> Script:
    async def act(phone: Handset, after: float) -> None:
        await phone.refuses(status)

    return act


def _rings_and_says(status: int) -> Script:
    async def act(phone: Handset, after: float) -> None:
        await phone.rings()
        await asyncio.sleep(after)
        await phone.refuses(status)

    return act


SCRIPTS: dict[Behaviour, Script] = {
    Behaviour.TAKES_IT: _answers_and_presses("1"),
    Behaviour.NEVER_ANSWERS: _rings,
    Behaviour.GIVES_UP: _rings_and_says(480),
    Behaviour.BUSY: _says(486),
    Behaviour.DECLINES: _rings_and_says(603),
    Behaviour.DECLINES_BY_KEY: _answers_and_presses("2"),
    Behaviour.VOICEMAIL: _voicemail,
    Behaviour.SAYS_NOTHING: _answers,
    Behaviour.HANGS_UP_AT_ONCE: _answers_and_leaves,
    Behaviour.HANGS_UP_WHILE_ANNOUNCED: _leaves_during_the_whisper,
    Behaviour.FORWARDS: _says(302),
    Behaviour.UNAVAILABLE: _says(480),
    Behaviour.CONGESTED: _says(503),
    Behaviour.UNKNOWN_NUMBER: _says(404),
    Behaviour.NOT_REGISTERED: _nobody,
    Behaviour.DEAD: _nobody,
    Behaviour.ONE_WAY_AUDIO: _answers_and_presses("1"),
    Behaviour.BY_HAND: _rings,
}
