"""A consultation, and a transfer by a phone's own key, ended at every single request to the fake Asterisk.

As in `test_every_moment`: as a request comes in, or between its being done and its being answered.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from telephony.call import Story
from telephony.values import Played
from tests.contract.handing_over import consulting, referred
from tests.contract.moments import cut_short
from tests.contract.parts import LIMIT
from tests.fakes.asterisk import FakeAsteriskWorld
from tests.fakes.asterisk.citizen import FakeCitizen
from tests.fakes.asterisk.phone import FakePhone
from tests.fakes.behaviour import Behaviour

QUICK = 0.02
"""Seconds until a phone is answered."""


@dataclass(frozen=True)
class Stage:
    """The caller and the two phones, at a fake Asterisk."""

    world: FakeAsteriskWorld
    citizen: FakeCitizen
    clerk: FakePhone
    colleague: FakePhone

    def ends(self, who: str) -> None:
        """The caller, or somebody at a phone, puts down (or declines)."""
        if who == "caller":
            self.world.asterisk.switch.leaves(self.citizen.channel)
            return
        phone = self.clerk if who == "clerk" else self.colleague
        for call in phone.calls:
            self.world.asterisk.switch.leaves(call.channel)
        if phone.times_rung and phone.channel.up:
            self.world.asterisk.network.hangs_up(phone.channel)
        elif phone.times_rung:
            self.world.asterisk.network.refuses(phone.channel, 603)


Acts = Callable[[Stage], Awaitable[None]]


async def _complete_by_key(stage: Stage) -> None:
    await stage.clerk.is_talking_to(stage.colleague)
    await stage.clerk.presses("4")
    await stage.citizen.is_talking_to(stage.colleague)


async def _transfer_by_the_phone(stage: Stage) -> None:
    await stage.citizen.is_talking_to(stage.clerk)
    await stage.clerk.holds()
    second = await stage.clerk.dials("1002")
    await second.is_talking_to(stage.colleague)
    await stage.clerk.transfers_to_consulted(second)
    await stage.citizen.is_talking_to(stage.colleague)


@pytest.mark.parametrize(
    ("story", "act", "who", "when"),
    [
        (consulting, _complete_by_key, "caller", "after"),
        (consulting, _complete_by_key, "colleague", "before"),
        (referred, _transfer_by_the_phone, "caller", "before"),
        (referred, _transfer_by_the_phone, "clerk", "after"),
        (referred, _transfer_by_the_phone, "colleague", "after"),
        (referred, _transfer_by_the_phone, "cancel", "before"),
    ],
)
async def test_it_may_be_ended_at_any_request(story: Story, act: Acts, who: str, when: str) -> None:
    """Each request in turn; at the end every call, leg, bridge and task is gone."""
    requests = await _ended_at_request(story, act, who, when, 10_000)
    assert requests > 12
    for number in range(requests):
        await _ended_at_request(story, act, who, when, number)


async def _ended_at_request(story: Story, act: Acts, who: str, when: str, number: int) -> int:
    """Play it and end it at this request; return how many requests the line made."""
    cut, after, seen = asyncio.Event(), list[Played](), list[str]()
    async with FakeAsteriskWorld.opened() as world:
        world.voice.pace, world.voice.shortest = 0.005, 0.05
        phones = [world.phone(one, Behaviour.SAYS_NOTHING, after=QUICK) for one in ("1001", "1002")]
        stage = Stage(world, world.citizen(), *phones)

        def end_it(operation: str) -> None:
            seen.append(operation)
            if len(seen) == number + 1:
                cut.set()
                if who != "cancel":
                    stage.ends(who)

        async with world.serves(cut_short(story, cut, after) if who == "cancel" else story):
            setattr(world.asterisk, when, end_it)
            await stage.citizen.dials()
            acting = asyncio.ensure_future(act(stage))
            over = asyncio.ensure_future(cut.wait())
            async with asyncio.timeout(LIMIT):
                await asyncio.wait({acting, over}, return_when=asyncio.FIRST_COMPLETED)
            over.cancel()
            if not cut.is_set():
                await acting
            acting.cancel()
            await asyncio.gather(acting, over, return_exceptions=True)
            for one in ("clerk", "colleague", "caller"):
                stage.ends(one)
    return len(seen)
