"""The steps of a caller who reaches nobody: the number that is read out, and the callback that is ordered."""

from collections.abc import AsyncGenerator, Mapping

from telephony.values import NumberShown
from tests.chaos.people import insists
from tests.chaos.scene import Scene
from tests.fakes.behaviour import Behaviour
from tests.phones.citizen import Citizen

NUMBER = "604604604"
ASKED = {
    "menu.entry.1": "1",
    "back.callback": "2",
    "callback.type": f"{NUMBER}#",
    "callback.typed": "1",
    "callback.yours": "1",
}
"""What somebody presses who wants to be called back, whenever the line asks."""


async def number_read_out(scene: Scene) -> AsyncGenerator[None, None]:
    """Anna has declined, and the citizen is being told her unit's number; afterwards they want a clerk."""
    zofia = await scene.on_duty()
    citizen = await _declined(scene)
    await citizen.begins_to_hear("number.48447327706")
    yield
    await scene.served(citizen, zofia)


async def callback_typing(scene: Scene) -> AsyncGenerator[None, None]:
    """The citizen, whose number is withheld, is typing the number to be called back at."""
    citizen = await _declined(scene, shown=NumberShown.WITHHELD)
    await citizen.begins_to_hear("back.callback")
    await citizen.presses("2")
    await citizen.hears("callback.type")
    await citizen.presses(NUMBER[:3])
    scene.saw("menu_answered")
    yield
    await _orders(scene, citizen)


async def callback_read_back(scene: Scene) -> AsyncGenerator[None, None]:
    """The citizen's number is being read back to them."""
    citizen = await _declined(scene)
    await citizen.begins_to_hear("back.callback")
    await citizen.presses("2")
    await citizen.begins_to_hear("callback.yours")
    scene.saw("menu_answered")
    yield
    await _orders(scene, citizen)


async def promise(scene: Scene) -> AsyncGenerator[None, None]:
    """The promise is being spoken: it is on disk, and the citizen may put down."""
    citizen = await _declined(scene)
    await citizen.begins_to_hear("back.callback")
    await citizen.presses("2")
    await citizen.hears("callback.yours")
    await citizen.presses("1")
    await citizen.begins_to_hear("callback.promised")
    scene.saw("menu_answered", "callback_promised")
    yield
    await citizen.is_put_down()


async def _declined(scene: Scene, **who: object) -> Citizen:
    """Somebody whom Anna does not take, nor anybody else."""
    await scene.phone("1001", Behaviour.DECLINES)
    citizen = await scene.in_the_menu(**who)
    await citizen.presses("1")
    await citizen.hears("reason.declined")
    scene.saw("matter_chosen", "transfer_attempted", "phone_rang", "transfer_ended")
    return citizen


async def _orders(scene: Scene, citizen: Citizen) -> None:
    answers: Mapping[str, str] = ASKED
    async with insists(citizen, answers):
        await citizen.is_put_down()
    said = citizen.prompts
    refused = scene.fault.stops_promises and "callback.failed" in said
    assert refused or "callback.promised" in said, f"neither promised nor refused: {said}"


STEPS = (number_read_out, callback_typing, callback_read_back, promise)
