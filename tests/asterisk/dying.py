"""A service that will be killed: `python -m tests.asterisk.dying INSTANCE.json`, a line in a process of its own.

The last digit of the dialled number says in which state its caller is to be when it dies; that is printed,
with the call's id, as soon as it is reached.
"""

import asyncio
import json
import sys
from pathlib import Path

from telephony.ari import AriLine, AriSettings
from telephony.call import Call, Leg
from telephony.values import Behind, PhoneAnswered, Target
from tests.asterisk.noise import NoiseVoice, noise

MENU, HOLD, RINGING, TALK, CONSULTATION, WHISPER, TALK_WITH_CLERK = "1234567"
COLLEAGUE, CLERK = Target("3001", Behind.TRUNK), Target("201")
TALKS = {TALK: COLLEAGUE, TALK_WITH_CLERK: CLERK}


async def story(call: Call) -> None:
    """Bring the caller into the state that was dialled, and stay there."""
    await call.answer()
    match call.dialled[-1]:
        case "1":
            _reached(call)
            await call.say(noise("menu", 60.0))
        case "2":
            async with call.on_hold():
                _reached(call)
                await call.left()
        case "3":
            async with call.on_hold(), call.ring(COLLEAGUE) as leg:
                await leg.next()
                _reached(call)
                await call.left()
        case "4" | "7":
            async with call.ring(TALKS[call.dialled[-1]]) as leg:
                await _answers(leg)
                async with call.connect(leg):
                    _reached(call)
                    await call.left()
        case "5":
            async with call.on_hold(), call.ring(CLERK) as clerk, call.ring(COLLEAGUE) as colleague:
                await _answers(clerk)
                await _answers(colleague)
                async with call.consult(clerk, colleague):
                    _reached(call)
                    await call.left()
        case _:
            async with call.on_hold(), call.ring(COLLEAGUE) as leg:
                await _answers(leg)
                _reached(call)
                await leg.say(noise("whisper", 60.0))


async def _answers(leg: Leg) -> None:
    while not isinstance(await leg.next(), PhoneAnswered):
        pass


def _reached(call: Call) -> None:
    print(call.dialled[-1], call.id, flush=True)


async def main(instance: Path) -> None:
    """Serve until the end."""
    pbx = json.loads(instance.read_text())
    given = AriSettings(
        url=pbx["ari_url"], user=pbx["ari_user"], password=pbx["ari_password"], app=pbx["app"]
    )
    await AriLine(given, NoiseVoice(instance.parent)).serve(story)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
