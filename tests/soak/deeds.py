"""What a clerk does with a caller: talk, hold, ask somebody, hand over by each way there is, and leave."""

import random
from collections.abc import Awaitable, Callable
from typing import Protocol

from tests.phones.sip.sdp import Flow
from tests.soak.light_call import LightCall
from tests.soak.sounds import VOICE
from tests.soak.town import BUSY, NEVER_ANSWERS, PROOF, TAKES_IT, VOICEMAIL

LONG_ENOUGH = PROOF + 1.2
"""Seconds of talk after which it is surely on record as effective, also while the machine is busy."""


class Screen(Protocol):
    """The screen at a clerk's desk: commands by REST."""

    async def hands_over(self, caller: str, extension: str, how: str) -> None:
        """Ask for a transfer of the caller with this number."""


class AtDesk(Protocol):
    """What a deed needs: the clerk's call, the screen, and who the caller is."""

    call: LightCall
    screen: Screen
    caller: str
    """Their number; empty if it is withheld."""
    voice: str


Deed = Callable[[AtDesk], Awaitable[None]]


async def talks(at: AtDesk) -> None:
    """Just a talk; the caller puts down when they are through, or the clerk does if they don't."""
    await at.call.passes(15.0)


async def stays(at: AtDesk) -> None:
    """A long talk; the caller puts down."""
    await at.call.passes(90.0)


async def holds_by_keys(at: AtDesk) -> None:
    """`*5`: music for a while, and back."""
    await at.call.presses("*5")
    await at.call.until_hears("hold.on", seconds=3)
    await at.call.passes(random.uniform(0.3, 1.0))
    await at.call.presses("*5")
    await _talks_on(at)


async def holds_by_the_phone(at: AtDesk) -> None:
    """The phone's own key."""
    await at.call.turns(Flow.OUT)
    await at.call.passes(random.uniform(0.3, 1.0))
    await at.call.turns(Flow.BOTH)
    at.call.forgets()
    await _talks_on(at)


async def hands_over_by_keys(at: AtDesk) -> None:
    """`*2 1001 #`, and waits until it is done."""
    await at.call.presses(f"*2{TAKES_IT}#")
    await at.call.passes(20.0)


async def hands_over_by_refer(at: AtDesk) -> None:
    """The phone's transfer key."""
    await at.call.refers(TAKES_IT)
    await at.call.passes(20.0)


async def hands_over_by_screen(at: AtDesk) -> None:
    """REST, waiting for the outcome."""
    await at.screen.hands_over(at.caller, TAKES_IT, "stay")
    await at.call.passes(20.0)


async def leaves_it_to_the_line(at: AtDesk) -> None:
    """A blonde transfer by REST."""
    await at.screen.hands_over(at.caller, TAKES_IT, "leave")
    await at.call.passes(20.0)


async def leaves_while_it_rings(at: AtDesk) -> None:
    """A blonde transfer by putting down."""
    await at.call.presses(f"*2{TAKES_IT}#")
    await at.call.until_hears("handover.ringing", seconds=5)
    await at.call.hangs_up()


async def asks_first(at: AtDesk) -> None:
    """A consultation by `*3`, completed by `*4`."""
    await at.call.presses(f"*3{TAKES_IT}#")
    await at.call.until_hears(f"{VOICE}{TAKES_IT}", seconds=8)
    await at.call.passes(random.uniform(0.4, 1.0))
    await at.call.presses("*4")
    await at.call.passes(20.0)


async def asks_and_comes_back(at: AtDesk) -> None:
    """A consultation by `*3`, and back by `*0`."""
    await at.call.presses(f"*3{TAKES_IT}#")
    await at.call.until_hears(f"{VOICE}{TAKES_IT}", seconds=8)
    await at.call.passes(random.uniform(0.4, 1.0))
    await at.call.presses("*0")
    await _talks_on(at)


async def hands_over_in_vain(at: AtDesk) -> None:
    """To somebody who is busy, does not answer, or is a voicemail: the caller comes back."""
    to = random.choice((BUSY, NEVER_ANSWERS, VOICEMAIL))
    if random.random() < 0.5:
        await at.call.presses(f"*2{to}#")
    else:
        await at.call.refers(to)
    await at.call.passes(0.3)
    at.call.forgets()
    await _talks_on(at)


async def leaves_in_vain(at: AtDesk) -> None:
    """A blonde transfer that fails: the line rings this clerk again, or brings the caller back to the line."""
    await at.screen.hands_over(at.caller, NEVER_ANSWERS, "leave")
    await at.call.passes(20.0)


async def _talks_on(at: AtDesk) -> None:
    """Hear the caller again, talk for a moment, and put down."""
    await at.call.until_hears(at.voice, seconds=8)
    await at.call.passes(LONG_ENOUGH)
    await at.call.hangs_up()
