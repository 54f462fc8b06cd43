"""Make the recordings anew, on a real Asterisk: `PYTHONPATH=docker/asterisk python -m tests.replay.record`.

Do it when a new Asterisk comes, and look at what changed in the exact lists of `test_replay.py`.
"""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from telephony.call import Call
from telephony.values import NumberShown, Progress
from tests.fakes.asterisk_real import RealWorld
from tests.fakes.asterisk_real.citizen import RealCitizen
from tests.fakes.asterisk_real.phone import RealPhone
from tests.fakes.behaviour import Behaviour
from tests.pbx.asterisk import Pbx
from tests.replay.reception import reception
from tests.replay.recorder import Recorder

RECORDINGS = Path(__file__).parent / "recordings"

Acts = Callable[[RealCitizen, RealPhone], Awaitable[None]]


async def _asks_for_a_transfer(citizen: RealCitizen, phone: RealPhone) -> None:
    await citizen.hears("question")
    await citizen.presses("1")
    await citizen.is_put_down()


async def _talks_and_leaves(citizen: RealCitizen, phone: RealPhone) -> None:
    await citizen.hears("question")
    await citizen.presses("1")
    await citizen.is_talking_to(phone)
    await citizen.hangs_up()


async def _is_left_by_the_colleague(citizen: RealCitizen, phone: RealPhone) -> None:
    await citizen.hears("question")
    await citizen.presses("1")
    await citizen.is_talking_to(phone)
    await phone.hangs_up()
    await citizen.is_put_down()


async def _is_held_and_not_transferred(citizen: RealCitizen, phone: RealPhone) -> None:
    await citizen.hears("question")
    await citizen.presses("1")
    await citizen.is_talking_to(phone)
    await phone.holds()
    await citizen.is_on_hold()
    await phone.transfers_to("1002")
    await phone.is_told(Progress.FAILED)
    await phone.resumes()
    await citizen.is_talking_to(phone)
    await phone.hangs_up()
    await citizen.is_put_down()


async def _leaves_while_it_rings(citizen: RealCitizen, phone: RealPhone) -> None:
    await citizen.hears("question")
    await citizen.presses("1")
    await phone.rings()
    await citizen.hangs_up()
    await phone.is_put_down()


async def _leaves_in_the_greeting(citizen: RealCitizen, phone: RealPhone) -> None:
    await citizen.hears("hello")
    await citizen.hangs_up()


@dataclass(frozen=True, slots=True)
class Scene:
    """One recording: what the phone does, what the citizen does."""

    behaviour: Behaviour
    acts: Acts
    shown: NumberShown = NumberShown.SHOWN


SCENES = {
    "taken": Scene(Behaviour.TAKES_IT, _talks_and_leaves),
    "taken-and-put-down": Scene(Behaviour.TAKES_IT, _is_left_by_the_colleague),
    "held-and-not-transferred": Scene(Behaviour.TAKES_IT, _is_held_and_not_transferred),
    "declined-by-key": Scene(Behaviour.DECLINES_BY_KEY, _asks_for_a_transfer),
    "put-down-in-the-whisper": Scene(Behaviour.HANGS_UP_WHILE_ANNOUNCED, _asks_for_a_transfer),
    "busy": Scene(Behaviour.BUSY, _asks_for_a_transfer),
    "declined": Scene(Behaviour.DECLINES, _asks_for_a_transfer),
    "gives-up": Scene(Behaviour.GIVES_UP, _asks_for_a_transfer),
    "unavailable": Scene(Behaviour.UNAVAILABLE, _asks_for_a_transfer),
    "forwards": Scene(Behaviour.FORWARDS, _asks_for_a_transfer),
    "not-registered": Scene(Behaviour.NOT_REGISTERED, _asks_for_a_transfer),
    "dead": Scene(Behaviour.DEAD, _asks_for_a_transfer),
    "left-while-it-rang": Scene(Behaviour.NEVER_ANSWERS, _leaves_while_it_rings),
    "left-in-the-greeting": Scene(Behaviour.BUSY, _leaves_in_the_greeting),
    "withheld": Scene(Behaviour.BUSY, _asks_for_a_transfer, NumberShown.WITHHELD),
}


async def record(pbx: Pbx, name: str, scene: Scene) -> list[object]:
    """Play one scene on the real Asterisk, save what passed, and return what the story was told."""
    told: list[object] = []

    async def story(call: Call) -> None:
        await reception(call, told)

    with tempfile.TemporaryDirectory() as folder:
        async with (
            Recorder(pbx.ari_url, hide={folder: "/prompts"}) as recorder,
            RealWorld.opened(pbx, Path(folder), ari_url=recorder.url) as world,
        ):
            world.loses_prompt("lost")
            citizen = world.citizen(shown=scene.shown)
            phone = world.phone("1001", scene.behaviour, after=0.5)
            async with world.serves(story):
                await citizen.dials()
                await scene.acts(citizen, phone)
            recorder.save(RECORDINGS / f"{name}.jsonl")
    return told


async def _record_all(pbx: Pbx) -> None:
    for name, scene in SCENES.items():
        print(name, *(await record(pbx, name, scene)), sep="\n    ")


if __name__ == "__main__":
    with Pbx() as running:
        asyncio.run(_record_all(running))
