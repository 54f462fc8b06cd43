"""How far each story has come when the fault strikes (before the `yield`), and how its people go on (after it).

What comes after the `yield` is not told where everybody was cut off. People go on in a sensible way, and need not know
what has happened: they insist (`people`), and whoever they meet in the end is right.
"""

from collections.abc import AsyncGenerator, Callable, Mapping

from telephony.values import NumberShown
from tests.chaos import steps_of_callbacks, steps_of_clerks
from tests.chaos.people import TO_ANNA, insists, meet
from tests.chaos.scene import Scene
from tests.office.desk import dials, hear_each_other
from tests.pbx.asterisk import OPERATOR

Step = Callable[[Scene], AsyncGenerator[None, None]]


async def greeting(scene: Scene) -> AsyncGenerator[None, None]:
    """The citizen is being greeted."""
    zofia = await scene.on_duty()
    citizen = await scene.citizen()
    await citizen.begins_to_hear("greeting")
    scene.saw("call_arrived", "call_answered")
    yield
    await scene.served(citizen, zofia)


async def menu(scene: Scene) -> AsyncGenerator[None, None]:
    """The citizen hears what they can choose."""
    zofia = await scene.on_duty()
    citizen = await scene.in_the_menu()
    yield
    await scene.served(citizen, zofia)


async def queue(scene: Scene) -> AsyncGenerator[None, None]:
    """Two citizens wait for a clerk, who takes a break; afterwards the first who came is served first."""
    zofia = await scene.on_duty()
    await dials(zofia, "*13", "presence.paused")
    first = await scene.in_the_menu()
    await first.presses("0")
    await first.hears("queue.position.1")
    second = await scene.in_the_menu(number="602345678")
    await second.presses("0")
    await second.hears("queue.position.2")
    scene.saw(*2 * ("menu_answered", "queue_joined", "position_told"))
    yield
    await dials(zofia, "*11", "presence.on")
    for citizen in (first, second):
        await meet(citizen, zofia)
        await scene.part(citizen, zofia)
        assert citizen.prompts.count("menu.entry.1") == 1, (
            f"{citizen.who} lost their place:\n{citizen.ear.story()}"
        )


async def ring(scene: Scene) -> AsyncGenerator[None, None]:
    """The clerk's phone rings for the citizen."""
    zofia = await scene.on_duty()
    citizen = await scene.in_the_menu()
    await citizen.presses("0")
    await zofia.rings()
    scene.saw("queue_joined", "transfer_attempted")
    yield
    await scene.served(citizen, zofia)


async def whisper(scene: Scene) -> AsyncGenerator[None, None]:
    """Anna has taken up the phone, and is being told who is handed over to her."""
    zofia, anna = await scene.on_duty(), await scene.phone("1001")
    citizen = await scene.in_the_menu()
    await citizen.presses("1")
    await anna.rings()
    await anna.answers()
    assert anna.ear is not None
    await anna.ear.begins_to_hear("whisper")
    scene.saw("matter_chosen", "transfer_attempted", "phone_rang", "phone_taken_up")
    yield
    async with insists(citizen, TO_ANNA):
        met = await meet(citizen, anna, zofia)
    await scene.part(citizen, met)


async def introduction(scene: Scene) -> AsyncGenerator[None, None]:
    """Anna has accepted, and the citizen is being told who she is."""
    zofia, anna = await scene.on_duty(), await scene.phone("1001")
    citizen = await scene.in_the_menu()
    await citizen.presses("1")
    await anna.answers()
    await anna.hears("whisper.keys")
    await anna.presses("1")
    await citizen.begins_to_hear("introduction.person.anna")
    scene.saw("matter_chosen", "transfer_attempted", "phone_taken_up", "transfer_accepted")
    yield
    async with insists(citizen, TO_ANNA):
        met = await meet(citizen, anna, zofia)
    await scene.part(citizen, met)


async def internal_call(scene: Scene) -> AsyncGenerator[None, None]:
    """Two phones of the hall talk to each other: it is no citizen's call, and leaves no record."""
    zofia, anna = await scene.on_duty(), await scene.phone("1001")
    call = await zofia.dials("1001")
    await anna.rings()
    await anna.answers()
    await hear_each_other(call, anna)
    yield
    await scene.talk(call, anna)
    await call.hangs_up()
    await anna.is_free()


async def operator(scene: Scene) -> AsyncGenerator[None, None]:
    """A citizen who called while the service was away talks to the operator, whom the dialplan rang; it is back now."""
    phone = await scene.phone(OPERATOR)
    at, before = scene.at, scene.at.service.starts
    await at.service.stop()
    citizen = await scene.citizen()
    scene.of_asterisk_alone.append(citizen)
    await phone.rings()
    await phone.answers()
    await hear_each_other(citizen, phone)
    at.service.start()
    await at.service.is_ready(after=before)
    await at.is_well()
    yield
    await scene.part(citizen, phone)


async def arriving(scene: Scene) -> AsyncGenerator[None, None]:
    """A citizen dials in the moment in which the fault strikes, and meets the clerk or the operator."""
    zofia, phone = await scene.on_duty(), await scene.phone(OPERATOR)
    citizen = scene.somebody(shown=NumberShown.ABSENT)
    scene.meanwhile.append(citizen)
    yield
    await scene.served(citizen, zofia, phone)


STEPS: Mapping[str, Step] = {
    step.__name__: step
    for step in (
        arriving,
        greeting,
        menu,
        queue,
        ring,
        whisper,
        introduction,
        *steps_of_clerks.STEPS,
        *steps_of_callbacks.STEPS,
        internal_call,
        operator,
    )
}
"""Every step by its name, in the order of the matrix."""
