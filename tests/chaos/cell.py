"""A cell of the matrix: one fault at one step, from an empty office to the verdict."""

import asyncio
import tempfile
import time
import traceback
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from subprocess import SubprocessError

from records.errors import RecordsError
from tests.chaos.faults import FAULTS, Fault, Meanwhile, cuts_the_socket, stops_the_database
from tests.chaos.invariants import Kind, Seen, Trouble, judged
from tests.chaos.premises import Premises, open_premises
from tests.chaos.record import Record
from tests.chaos.scene import Scene, set_scene
from tests.chaos.steps import STEPS, Step, arriving, operator
from tests.chaos.watch import Watch
from tests.office.office import a_moment
from tests.pbx.asterisk import Pbx
from tests.phones.sipp import SippFailed

AT_REST = ("ready", "away", "paused")
"""What a clerk may be whom nobody has."""
LIMIT = 30.0
"""Seconds after which whatever has not come to rest never will."""
GOES_WRONG = (AssertionError, OSError, RuntimeError, LookupError, SippFailed, RecordsError, SubprocessError)
"""What a cell may raise, a time that is up among it: it is the cell's verdict, and harms no other cell."""
LONGEST = 240.0
"""Seconds that a cell may take in all; a minute of them is the database's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How a cell went."""

    fault: str
    step: str
    seconds: float
    stages: dict[str, float] = field(default_factory=dict)
    """Seconds from one stage to the next: the step was reached, the fault over, everybody gone, the record read."""
    troubles: tuple[Trouble, ...] = ()
    log: str = field(default="", repr=False)
    """The end of the service's log, if it is worth reading."""

    @property
    def kept(self) -> bool:
        """Whether everything was as it must be."""
        return not self.troubles

    def count(self, kind: Kind) -> int:
        """How many troubles of a kind there were."""
        return sum(trouble.kind is kind for trouble in self.troubles)


async def play(pbx: Pbx, fault: str, step: str, *, database_away: float | None = None) -> Verdict:
    """Play one cell on this Asterisk, which is at rest before, and after."""
    began, clock = time.monotonic(), _Clock()
    chosen, troubles, log = FAULTS[fault], list[Trouble](), ""
    if database_away is not None and chosen.strikes is stops_the_database:
        chosen = replace(chosen, strikes=partial(stops_the_database, seconds=database_away))
    with tempfile.TemporaryDirectory(prefix="halo-chaos-") as folder:
        Path(folder).chmod(0o755)
        try:
            async with asyncio.timeout(LONGEST):
                troubles = await _played(pbx, Path(folder), chosen, STEPS[step], clock)
        except GOES_WRONG as wrong:
            told = "".join(traceback.format_exception(wrong))
            troubles.append(Trouble(Kind.ORPHANED, f"{type(wrong).__name__}: {wrong}\n{told}"))
        if troubles:
            log = _tail(Path(folder) / "service.log")
    return Verdict(
        fault=fault,
        step=step,
        seconds=time.monotonic() - began,
        stages=clock.stages,
        troubles=tuple(troubles),
        log=log,
    )


async def _played(pbx: Pbx, folder: Path, fault: Fault, step: Step, clock: "_Clock") -> list[Trouble]:
    _forget_earlier_cells(pbx)
    opened = open_premises(pbx, folder, postgres=fault.postgres, small_disk=fault.small_disk)
    async with opened as at, set_scene(at, fault) as scene:
        clock.passes("opened")
        watch = Watch(scene)
        async with aclosing(step(scene)) as story:
            await anext(story)
            clock.passes("reached")
            scene.were_there += [one for one in scene.citizens if one.answered_after > 0 and not one.over]
            heals = await fault.strikes(at)
            for citizen in scene.meanwhile:
                await citizen.dials()
            if fault.people is Meanwhile.DURING:
                await _to_its_end(story, watch)
                clock.passes("told")
            await heals()
            clock.passes("healed")
            if fault.cuts_everybody and not scene.meanwhile:
                await scene.everybody_leaves()
            elif fault.people is Meanwhile.AFTERWARDS:
                await _to_its_end(story, watch)
            clock.passes("over")
        await _next_citizen_is_greeted(scene)
        await scene.everybody_leaves()
        if step in (operator, arriving):
            await (
                await cuts_the_socket(at)
            )()  # when it connects it looks at Asterisk's own record, or once a minute
        clock.passes("left")
        troubles = [*watch.troubles.values(), *await _at_rest(at)]
        record = await _closed(at)
        clock.passes("read")
        troubles += judged(record, _seen(scene))
        return [*troubles, *([_told(record)] if troubles else [])]


class _Clock:
    """Says what took how long."""

    def __init__(self) -> None:
        self.stages: dict[str, float] = {}
        self._since = time.monotonic()

    def passes(self, stage: str) -> None:
        """So far since the stage before."""
        now = time.monotonic()
        self.stages[stage], self._since = round(now - self._since, 1), now


async def _to_its_end(story: AsyncIterator[None], watch: Watch) -> None:
    """The people go on."""
    async with watch.over():
        assert await anext(story, "the end") == "the end", "a step has one yield"


async def _next_citizen_is_greeted(scene: Scene) -> None:
    """The line is as good as before."""
    citizen = await scene.citizen(number="609999999")
    await citizen.hears("greeting")
    await citizen.hangs_up()


async def _at_rest(at: Premises) -> list[Trouble]:
    """What has not come to rest on the PBX, and at the desk, although everybody has put down."""
    end = asyncio.get_running_loop().time() + LIMIT
    while left := await _left(at):
        if asyncio.get_running_loop().time() > end:
            return [Trouble(Kind.ORPHANED, what) for what in left]
        await a_moment()
    return []


async def _left(at: Premises) -> list[str]:
    left = [f"channel {name} is left on the PBX" for name in await asyncio.to_thread(at.pbx.channels)]
    bridges = await asyncio.to_thread(at.pbx.ari, "bridges")
    left += [f"bridge {bridge['id']} is left on the PBX" for bridge in bridges]
    floor = await at.asks("/api/floor")
    if floor is None:
        return [*left, "the service does not answer"]
    clerks = [clerk for clerk in floor["clerks"] if clerk["presence"] not in AT_REST or clerk["call"]]
    left += [f"{clerk['person']} is stuck, {clerk['presence']}" for clerk in clerks]
    return left + [f"call {waiting['call']} waits in the queue" for waiting in floor["waiting"]]


async def _closed(at: Premises) -> Record:
    """The record, once every call on it has its end; or as it is, when that never comes."""
    end = asyncio.get_running_loop().time() + LIMIT
    await at.has_written()
    while True:
        record = await at.record()
        if not record.unfinished or asyncio.get_running_loop().time() > end:
            return record
        await a_moment()


def _seen(scene: Scene) -> Seen:
    """What the people know."""
    fault, alone = scene.fault, scene.of_asterisk_alone
    known = [one for one in scene.citizens if not (fault.crashes_asterisk and one in alone)]
    cut_off = [one for one in known if fault.cuts_everybody and one in scene.were_there and one not in alone]
    promised = [citizen for citizen in scene.citizens if "callback.promised" in citizen.prompts]
    return Seen(
        answered=sum(citizen.answered_after > 0 for citizen in known),
        cut_off=tuple(scene.numbers[citizen] for citizen in cut_off if scene.numbers[citizen]),
        promised=tuple(f"+48{scene.numbers[citizen]}" for citizen in promised if scene.numbers[citizen]),
        kinds=scene.witnessed,
        promises_may_fail=scene.fault.stops_promises,
    )


def _told(record: Record) -> Trouble:
    """Every call's facts, for whoever looks into what is wrong."""
    calls = [
        f"{story.call.call} {', '.join(f'{told.run % 1000}:{told.kind}' for told in story.facts)}"
        for story in record.stories
    ]
    return Trouble(Kind.NOTE, "on record: " + "; ".join(calls))


def _forget_earlier_cells(pbx: Pbx) -> None:
    """Asterisk's own record begins anew: the service of this cell is to know of no call before it."""
    for kind in ("cdr-custom", "cel-custom"):
        for file in (pbx.directory / "log" / kind).glob("*"):
            file.unlink()


def _tail(log: Path) -> str:
    said = log.read_text(errors="replace") if log.exists() else ""
    return "\n".join(said.splitlines()[-80:])
