"""A consultation, and a transfer by a phone's own key, ended at every single moment by everybody who can.

As in `test_every_moment`: whatever the moment, the stories end as they must, and nothing is left over anywhere.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import pytest

from telephony.call import Story
from telephony.values import Ended, Played
from tests.contract.handing_over import consulting, referred
from tests.contract.moments import cut_short
from tests.fakes.behaviour import Behaviour
from tests.fakes.memory import MemoryCitizen, MemoryPhone, MemoryWorld

STEP, LAST = 0.05, 6.0
"""Seconds of virtual time between two moments, and the last one: all is well over then."""


@dataclass
class Stage:
    """One call in memory, the two phones, and what may end it."""

    story: Story
    act: Callable[["Stage"], Awaitable[None]]
    world: MemoryWorld = field(default_factory=MemoryWorld)
    cut: asyncio.Event = field(default_factory=asyncio.Event)
    after: list[Played] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.citizen: MemoryCitizen = self.world.citizen()
        self.clerk: MemoryPhone = self.world.phone("1001", Behaviour.SAYS_NOTHING, after=0.3)
        self.colleague: MemoryPhone = self.world.phone("1002", Behaviour.SAYS_NOTHING, after=0.3)

    async def ended_at(self, who: str, moment: float) -> None:
        """Play it and let `who` end it at this moment."""
        ends: dict[str, Callable[[], None]] = {
            "caller": lambda: self.citizen.call.end(Ended.HUNG_UP),
            "clerk": lambda: _put_down(self.clerk),
            "colleague": lambda: _put_down(self.colleague),
            "pbx": self.world.pbx_restarts,
            "cancel": self.cut.set,
        }
        story = cut_short(self.story, self.cut, self.after) if who == "cancel" else self.story
        async with self.world.serves(story):
            await self.citizen.dials()
            asyncio.get_running_loop().call_later(moment, ends[who])
            acting = asyncio.ensure_future(self.act(self))
            await self.citizen.bell.until(lambda: self.citizen.line_is_dead, 30.0)
            acting.cancel()
            await asyncio.gather(acting, return_exceptions=True)
            _put_down(self.clerk)
            _put_down(self.colleague)
        assert set(self.after) <= {Played.WHOLE}, (who, moment)
        self.world.assert_no_ghost_legs()


def _put_down(phone: MemoryPhone) -> None:
    for call in phone.calls:
        call.call.end(Ended.HUNG_UP)
    if not phone.is_free:
        phone.leg.end(Ended.HUNG_UP if phone.leg.answered else Ended.DECLINED)


async def _complete_by_key(stage: Stage) -> None:
    """What happens if nobody ends it: they consult, the clerk completes, and the caller leaves after a while."""
    await stage.clerk.is_talking_to(stage.colleague)
    await stage.clerk.listens(0.5)
    await stage.clerk.presses("4")
    await stage.citizen.is_talking_to(stage.colleague)
    await stage.citizen.listens(0.5)
    await stage.citizen.hangs_up()


async def _transfer_by_the_phone(stage: Stage) -> None:
    """Hold, a second call, the transfer key; then the caller leaves after a while."""
    await stage.citizen.is_talking_to(stage.clerk)
    await stage.clerk.holds()
    second = await stage.clerk.dials("1002")
    await second.is_talking_to(stage.colleague)
    await second.listens(0.5)
    await stage.clerk.transfers_to_consulted(second)
    await stage.citizen.is_talking_to(stage.colleague)
    await stage.citizen.listens(0.5)
    await second.hangs_up()
    await stage.citizen.hangs_up()


ENDS = ["caller", "clerk", "colleague", "pbx", "cancel"]


@pytest.mark.looptime
@pytest.mark.parametrize("who", ENDS)
async def test_a_consultation_may_be_ended_at_any_moment(who: str) -> None:
    """Each twentieth of a second, from the INVITE to after the end."""
    for moment in range(int(LAST / STEP)):
        await Stage(consulting, _complete_by_key).ended_at(who, moment * STEP)


@pytest.mark.looptime
@pytest.mark.parametrize("who", ENDS)
async def test_a_transfer_by_the_phones_own_key_may_be_ended_at_any_moment(who: str) -> None:
    """The same, with two calls, and a colleague who is moved from one to the other."""
    for moment in range(int(LAST / STEP)):
        await Stage(referred, _transfer_by_the_phone).ended_at(who, moment * STEP)


@pytest.mark.looptime
@pytest.mark.parametrize(
    ("story", "act"), [(consulting, _complete_by_key), (referred, _transfer_by_the_phone)]
)
async def test_left_alone_it_reaches_its_end(story: Story, act: Callable[[Stage], Awaitable[None]]) -> None:
    """The moments cover the whole of it: the caller has talked to the colleague before the last one."""
    stage = Stage(story, act)
    async with stage.world.serves(stage.story):
        await stage.citizen.dials()
        await act(stage)
    assert asyncio.get_running_loop().time() < LAST
