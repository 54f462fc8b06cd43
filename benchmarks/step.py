"""One step: so many calls at one rate through one way, and everything that the wire and the accounts say of it."""

import asyncio
import time
from dataclasses import asdict, dataclass, field
from typing import Any

from benchmarks.bpf import sip_of
from benchmarks.dialogs import Trace, trace
from benchmarks.figures import Spread
from benchmarks.load import Manner
from benchmarks.processes import cpu_seconds, family_cpu_seconds
from benchmarks.service import Kept
from benchmarks.stage import DIALLED, Stage, Way
from benchmarks.wiretap import Packet, Wiretap

TALK = Manner(stays=3.3)
"""A second of sentences, 0.3 s of ringing, 2 s of talk."""
SETTLES = 10.0
"""Seconds within which the record must be complete and Asterisk at rest after the last call."""


@dataclass(slots=True)
class Step:
    """What was measured. CPU is seconds of processor for all calls of the step together."""

    way: Way
    rate: float
    calls: int
    failed: int = 0
    lost_facts: int = 0
    retransmissions: int = 0
    asterisk_cpu: float = 0.0
    service_cpu: float = 0.0
    database_cpu: float = 0.0
    facts: int = 0
    complaints: int = 0
    answered: list[float] = field(default_factory=list)
    """INVITE to 200, each call, in seconds."""
    gone: list[float] = field(default_factory=list)
    """The citizen's BYE until both legs were ended: theirs by its 200, the phone's by the phone's 200 to its BYE."""
    troubles: list[str] = field(default_factory=list)
    """In words, what was not clean."""

    @property
    def clean(self) -> bool:
        """Whether no call failed, no fact was lost and no SIP message had to be repeated."""
        return not self.failed and not self.lost_facts and not self.retransmissions

    def and_then(self, more: "Step") -> "Step":
        """Both as one, for a step that was made in rounds."""
        return Step(
            self.way,
            self.rate,
            self.calls + more.calls,
            self.failed + more.failed,
            self.lost_facts + more.lost_facts,
            self.retransmissions + more.retransmissions,
            self.asterisk_cpu + more.asterisk_cpu,
            self.service_cpu + more.service_cpu,
            self.database_cpu + more.database_cpu,
            self.facts + more.facts,
            self.complaints + more.complaints,
            self.answered + more.answered,
            self.gone + more.gone,
            self.troubles + more.troubles,
        )

    @property
    def asterisk_per_call(self) -> float:
        """Milliseconds of Asterisk's processor for a call."""
        return 1000 * self.asterisk_cpu / self.calls

    @property
    def service_per_call(self) -> float:
        """Milliseconds of the service's processor for a call."""
        return 1000 * self.service_cpu / self.calls

    def summary(self) -> dict[str, Any]:
        """For the JSON: spreads in place of every single duration."""
        kept = {name: value for name, value in asdict(self).items() if name not in ("answered", "gone")}
        return kept | {
            "way": self.way.value,
            "asterisk_ms_per_call": round(self.asterisk_per_call, 3),
            "service_ms_per_call": round(self.service_per_call, 3),
            "database_ms_per_call": round(1000 * self.database_cpu / self.calls, 3),
            "answered_ms": asdict(Spread.of(self.answered)),
            "gone_ms": asdict(Spread.of(self.gone)),
            "clean": self.clean,
        }


def run_step(stage: Stage, way: Way, rate: float, calls: int, manner: Manner = TALK) -> Step:
    """Make the calls and measure."""
    step, _ = run_watched(stage, way, rate, calls, manner, sip_of(stage.pbx.sip_port))
    return step


def run_watched(
    stage: Stage, way: Way, rate: float, calls: int, manner: Manner, program: bytes
) -> tuple[Step, list[Packet]]:
    """Make the calls and measure; the packets that the program let through are returned, too."""
    step = Step(way, rate, calls)
    service = stage.services.get(way)
    before = asyncio.run(service.kept()) if service else None
    complaints = service.complaints if service else 0
    with Wiretap(program) as wire, stage.load.phones(manner):
        accounts = _accounts(stage, way)
        with stage.load.citizens(manner, DIALLED[way], rate=rate, calls=calls):
            pass
        kept = asyncio.run(_settled(stage, way, before, calls))
        step.asterisk_cpu, step.service_cpu, step.database_cpu = (
            after - before for after, before in zip(_accounts(stage, way), accounts, strict=True)
        )
    if wire.missed:
        raise RuntimeError(f"the wiretap missed {wire.missed} packets: nothing that it counted is true")
    packets = wire.packets
    _read(step, trace(packets))
    if service and kept:
        _compare(step, kept)
        step.complaints = service.complaints - complaints
    return step, packets


def _accounts(stage: Stage, way: Way) -> tuple[float, float, float]:
    service = stage.services.get(way)
    database = family_cpu_seconds(stage.cluster.pid) if way is Way.POSTGRES else 0.0
    return cpu_seconds(stage.pbx.pid), cpu_seconds(service.pid) if service else 0.0, database


async def _settled(stage: Stage, way: Way, before: Kept | None, calls: int) -> Kept | None:
    """Wait until every call is closed on record and gone from Asterisk, or until that should have been."""
    until = time.monotonic() + SETTLES
    service = stage.services.get(way)
    while True:
        kept = (await service.kept()).since(before) if service and before else None
        at_rest = kept is None or (kept.ended >= calls and kept.outcomes == kept.attempts)
        if (at_rest and not stage.pbx.channels()) or time.monotonic() > until:
            return kept
        await asyncio.sleep(0.1)


def _read(step: Step, seen: Trace) -> None:
    """What the wire says."""
    well = [call for call in seen.calls if call.went_well]
    step.failed = step.calls - len(well)
    step.retransmissions = seen.retransmissions
    for call in well:
        moments = (call.asked, call.answered, call.put_down, call.released, call.phone_released)
        asked, answered, put_down, *released = (moment or 0.0 for moment in moments)
        step.answered.append(answered - asked)
        step.gone.append(max(released) - put_down)
    if step.failed:
        step.troubles += [str(call) for call in seen.calls if not call.went_well][:3]


def _compare(step: Step, kept: Kept) -> None:
    """What the record says, against what the citizens did."""
    step.facts = kept.facts
    missing = abs(kept.stated - kept.facts)
    short = max(0, step.calls - min(kept.calls, kept.ended)) + kept.attempts - kept.outcomes
    if missing or short or kept.calls > step.calls:
        step.troubles.append(f"on record of {step.calls} calls: {kept}")
    step.lost_facts = missing + short + max(0, kept.calls - step.calls)
