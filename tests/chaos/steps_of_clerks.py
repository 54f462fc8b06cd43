"""The steps of a talk with a clerk: from being heard to leaving the citizen to somebody else."""

from collections.abc import AsyncGenerator

from tests.chaos.people import brought_to, longest_silence, meet
from tests.chaos.scene import Scene
from tests.office.desk import hear_each_other, hears_music
from tests.phones.citizen import Citizen
from tests.phones.phone import Phone

GAP = 1.0
"""Seconds of silence in a talk that a busy machine may make by itself; a service that is away is away for longer."""


async def talk(scene: Scene) -> AsyncGenerator[None, None]:
    """Citizen and clerk talk, proven; they go on without a gap, and part as usual."""
    citizen, zofia = await scene.with_a_clerk()
    assert zofia.ear is not None
    before = {ear: len(ear.recording) for ear in (citizen.ear, zofia.ear)}
    yield
    await hear_each_other(citizen, zofia)
    for ear, samples in before.items():
        silence = longest_silence(ear.recording[samples:])
        assert silence < GAP, f"{ear.who} heard nothing for {silence:.2f} s in the midst of a talk"
    await scene.part(citizen, zofia)


async def talk_in_which_the_clerk_leaves(scene: Scene) -> AsyncGenerator[None, None]:
    """The same, and the clerk puts down: the citizen is not left in silence."""
    citizen, zofia = await scene.with_a_clerk()
    yield
    await scene.talk(citizen, zofia)
    await zofia.hangs_up()
    await citizen.is_put_down()


async def hold(scene: Scene) -> AsyncGenerator[None, None]:
    """The clerk lets the citizen wait, with music."""
    citizen, zofia = await scene.with_a_clerk()
    await zofia.presses("*5")
    await hears_music(citizen, not_of=zofia)
    scene.saw("hold_began")
    yield
    await brought_to(citizen, zofia, by=zofia, keys="*5")
    await scene.part(citizen, zofia)


async def consult(scene: Scene) -> AsyncGenerator[None, None]:
    """Clerk and colleague talk about the citizen, who hears music; then the colleague gets them."""
    citizen, zofia = await scene.with_a_clerk()
    anna = await scene.phone("1001")
    await zofia.presses("*31001#")
    await anna.rings()
    await anna.answers()
    await hear_each_other(zofia, anna)
    await hears_music(citizen, not_of=zofia)
    scene.saw("consult_began")
    yield
    await brought_to(citizen, anna, by=zofia, keys="*4")
    await zofia.is_free()
    await scene.part(citizen, anna)


async def transfer_rings(scene: Scene) -> AsyncGenerator[None, None]:
    """The clerk hands the citizen over, and stays while the colleague's phone rings."""
    citizen, zofia, anna = await _handing_over(scene)
    yield
    await _meets_anna_at_last(scene, citizen=citizen, zofia=zofia, anna=anna)


async def blonde_transfer(scene: Scene) -> AsyncGenerator[None, None]:
    """The clerk has left while the colleague's phone rings: nobody but the line has the citizen."""
    citizen, zofia, anna = await _handing_over(scene)
    await zofia.hangs_up()
    yield
    await scene.served(citizen, anna, zofia)


async def _handing_over(scene: Scene) -> tuple[Citizen, Phone, Phone]:
    citizen, zofia = await scene.with_a_clerk()
    anna = await scene.phone("1001")
    await zofia.presses("*21001#")
    await anna.rings()
    scene.saw("transfer_attempted")
    return citizen, zofia, anna


async def _meets_anna_at_last(scene: Scene, *, citizen: Citizen, zofia: Phone, anna: Phone) -> None:
    """Who finds the citizen back with them hands them over again."""
    met = await meet(citizen, anna, zofia)
    if met is zofia:
        await zofia.presses("*21001#")
        await meet(citizen, anna)
    await zofia.is_free()
    await scene.part(citizen, anna)


STEPS = (talk, talk_in_which_the_clerk_leaves, hold, consult, transfer_rings, blonde_transfer)
