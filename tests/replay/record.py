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


@dataclass(frozen=True, slots=True)
class Stage:
    """Who acts in a scene, and what stands between them and the line."""

    citizen: RealCitizen
    phone: RealPhone
    recorder: Recorder


Acts = Callable[[Stage], Awaitable[None]]


async def _asks_for_a_transfer(stage: Stage) -> None:
    citizen = stage.citizen
    await citizen.hears("question")
    await citizen.presses("1")
    await citizen.is_put_down()


async def _talks_and_leaves(stage: Stage) -> None:
    citizen, phone = stage.citizen, stage.phone
    await citizen.hears("question")
    await citizen.presses("1")
    await citizen.is_talking_to(phone)
    await citizen.hangs_up()


async def _is_left_by_the_colleague(stage: Stage) -> None:
    citizen, phone = stage.citizen, stage.phone
    await citizen.hears("question")
    await citizen.presses("1")
    await citizen.is_talking_to(phone)
    await phone.hangs_up()
    await citizen.is_put_down()


async def _is_held_and_not_transferred(stage: Stage) -> None:
    citizen, phone = stage.citizen, stage.phone
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


async def _leaves_while_it_rings(stage: Stage) -> None:
    citizen, phone = stage.citizen, stage.phone
    await citizen.hears("question")
    await citizen.presses("1")
    await phone.rings()
    await citizen.hangs_up()
    await phone.is_put_down()


async def _leaves_in_the_greeting(stage: Stage) -> None:
    citizen = stage.citizen
    await citizen.hears("hello")
    await citizen.hangs_up()


async def _waits_while_the_socket_is_cut(stage: Stage) -> None:
    citizen, phone = stage.citizen, stage.phone
    await citizen.hears("question")
    await citizen.presses("1")
    await phone.rings()
    await citizen.is_on_hold()
    await stage.recorder.cuts_the_socket()
    await phone.answers()
    await phone.hears("whisper.keys")
    await phone.presses("1")
    await citizen.is_talking_to(phone)
    await phone.hangs_up()
    await citizen.is_put_down()


async def _begins_to_talk(stage: Stage) -> None:
    citizen, phone = stage.citizen, stage.phone
    await citizen.hears("question")
    await citizen.presses("1")
    await citizen.is_talking_to(phone)


async def _talks_on(stage: Stage) -> None:
    citizen, phone = stage.citizen, stage.phone
    await citizen.is_talking_to(phone)
    await phone.presses("5")
    await phone.hangs_up()
    await citizen.is_put_down()


@dataclass(frozen=True, slots=True)
class Scene:
    """One recording: what the phone does, what the citizen does."""

    behaviour: Behaviour
    acts: Acts
    shown: NumberShown = NumberShown.SHOWN
    before: Acts | None = None
    """What happens with a process that is killed afterwards; only the next one is recorded."""


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
    "cut-while-it-rang": Scene(Behaviour.BY_HAND, _waits_while_the_socket_is_cut),
    "killed-in-the-talk": Scene(Behaviour.TAKES_IT, _talks_on, before=_begins_to_talk),
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
            stage = Stage(
                world.citizen(shown=scene.shown), world.phone("1001", scene.behaviour, after=0.5), recorder
            )
            if scene.before is not None:
                async with world.process(story) as process:
                    await stage.citizen.dials()
                    await scene.before(stage)
                    await process.dies()
                recorder.begins_anew()
                told.clear()
            async with world.serves(story):
                if scene.before is None:
                    await stage.citizen.dials()
                await scene.acts(stage)
            recorder.save(RECORDINGS / f"{name}.jsonl")
    return told


async def _record_all(pbx: Pbx) -> None:
    for name, scene in SCENES.items():
        print(name, *(await record(pbx, name, scene)), sep="\n    ")


if __name__ == "__main__":
    with Pbx() as running:
        asyncio.run(_record_all(running))
