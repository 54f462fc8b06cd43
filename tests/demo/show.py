"""The show: start the house, play the programme call by call, judge each, and stay up until told to stop."""

import asyncio
import signal
import wave
from collections.abc import Sequence
from dataclasses import dataclass

import aiohttp

from api.masking import masked_text
from tests.demo import clerk_plays, plays, prologue, summary, voices
from tests.demo import house as the_house
from tests.demo.demo_call import DemoCall
from tests.demo.house import CACHE, CLONE, FOLDER, MUSIC, House
from tests.demo.listening import Music
from tests.demo.record import ask
from tests.demo.screen import Screen
from tests.demo.stage import Recording, Stage
from tests.demo.summary import Result, judged
from tests.demo.texts import Text
from tests.phones.g711 import RATE
from tests.phones.sipp import SippFailed

LOGS = (the_house.SERVICE_LOG, the_house.ASTERISK_LOG)
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked for on the command line."""

    calls: tuple[DemoCall, ...]
    once: bool


async def show(screen: Screen, wanted: Wanted) -> int:
    """Run the whole demo; 0 if every call ended as the bylaw demands, else 1."""
    prologue.introduce(screen)
    hall, policy = the_house.the_hall()
    with (
        the_house.alone(),
        the_house.logged(),
        voices.opened(CACHE, voices.NATAN, rate=the_house.RATE, english=voices.SLT) as voice,
    ):
        await prologue.render(screen, voice, hall)
        async with the_house.opened(hall, voice) as house:
            prologue.tell_of_the_house(screen, house, hall, policy)
            results = await _play(screen, house, wanted.calls)
            _close(screen, results)
            if not wanted.once:
                await _stay(screen, house)
    return 0 if all(result.ended_well for result in results) else 1


async def _play(screen: Screen, house: House, calls: Sequence[DemoCall]) -> list[Result]:
    music = Music.from_file(MUSIC)
    cast = await voices.cast((*plays.SENTENCES, *clerk_plays.SENTENCES), CACHE)
    results = []
    for number, call in enumerate(calls, start=1):
        prologue.announce(screen, number, len(calls), call)
        house.clock.set(call.at)
        results.append(await _one(Stage(house, screen, music, cast), house, call))
    return results


async def _one(stage: Stage, house: House, call: DemoCall) -> Result:
    """Play one call, and look at what is left of it, however it went."""
    trouble, record = "", None
    async with stage:
        try:
            await call.play(stage)
            await stage.is_on_record()
        except (AssertionError, TimeoutError, SippFailed) as failed:
            trouble = masked_text(str(failed)) or type(failed).__name__
        evidence = stage.evidence()
        _keep(call, stage.recordings())
        if stage.call is not None:
            try:
                record = await ask(house, stage.call, stage.presence)
            except aiohttp.ClientError as failed:
                trouble = trouble or f"the API: {failed}"
    try:
        await house.sends_clerks_home()
    except AssertionError as stuck:
        trouble = trouble or str(stuck)
    return judged(call, evidence, record, trouble)


def _keep(call: DemoCall, recordings: Sequence[Recording]) -> None:
    """Write what each telephone heard, for those who want to listen."""
    for one in recordings:
        with wave.open(str(FOLDER / f"{call.name}-{one.name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(one.audio.astype("<i2").tobytes())


def _close(screen: Screen, results: list[Result]) -> None:
    summary.show(screen, results)
    for result in results:
        if not result.ended_well:
            summary.show_trouble(screen, result, [str(log.relative_to(CLONE)) for log in LOGS])
    summary.show_verdict(screen, results)
    folder = FOLDER.relative_to(CLONE)
    screen.say(
        Text(
            f"Nagrania z telefonów, do posłuchania: {folder}/*.wav",
            f"What the phones recorded, to listen to: {folder}/*.wav",
        )
    )


async def _stay(screen: Screen, house: House) -> None:
    """Stay up until a signal comes, or the service ends; raises what the service ended by."""
    prologue.tell_how_to_ask(screen, house)
    told = asyncio.Event()
    for number in SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    waiting = [asyncio.create_task(told.wait()), asyncio.create_task(house.service.ended())]
    try:
        done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
    screen.say(Text("Zatrzymuję wszystko.", "Stopping everything."))
