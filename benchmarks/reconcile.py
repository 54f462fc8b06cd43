"""How long the next process needs until everybody whom a killed one has left is in its care again.

`PYTHONPATH=docker/asterisk .venv/bin/python -m benchmarks.reconcile [CALLS]`: half of the citizens hear music, half
talk with a colleague; the line is killed (-9). Then it is timed, from the first word of the next one to Asterisk on,
until it has settled, and until the last story has its people. Only the line: no journal, and no start of a process.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from pathlib import Path

from benchmarks.stage import AUDIO_PORTS
from telephony.ari import AriLine, AriSettings
from telephony.call import Call
from telephony.values import Settled
from tests.asterisk.noise import NoiseVoice
from tests.asterisk.serving import becomes
from tests.pbx.asterisk import CITY, HALL, Pbx
from tests.pbx.ports import free_udp_port

SCENARIOS = Path(__file__).parent / "scenarios"
MUSIC, TALK = "2", "4"
"""Last digits by which `tests.asterisk.dying` knows what to do with a caller."""
RATE = 20
"""Calls a second, until all are there."""
PATIENCE = 30.0


class Taken:
    """A story that has its people back as soon as it can, and notes when."""

    def __init__(self) -> None:
        self.settled = self.last = 0.0
        self.calls = self.talks = self.there = 0

    def note(self, found: Settled) -> None:
        """The line has settled."""
        self.settled = time.perf_counter()
        self.calls = len(found.calls)

    async def story(self, call: Call) -> None:
        """Connect again, or play music; then wait."""
        if call.left_behind:
            async with call.take_over(call.left_behind[0]) as leg, call.connect(leg):
                self.talks += 1
                self._noted()
                await call.left()
        async with call.on_hold():
            self._noted()
            await call.left()

    def _noted(self) -> None:
        self.last = time.perf_counter()
        self.there += 1


@contextmanager
def _sipp(folder: Path, scenario: str, host: str, port: int, *options: str, **words: str) -> Iterator[None]:
    text = (SCENARIOS / f"{scenario}.xml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if "play_pcap_audio" not in line]
    text = "\n".join(lines)
    for word, value in words.items():
        text = text.replace(f"@{word}@", value)
    file = folder / f"{scenario}.xml"
    file.write_text(text, encoding="utf-8")
    command = [
        "setpriv",
        "--pdeathsig=KILL",
        "--",
        "sipp",
        "-sf",
        str(file),
        "-i",
        host,
        "-mi",
        host,
        "-p",
        str(port),
    ]
    running = subprocess.Popen(
        [*command, "-nostdin", "-nd", *options],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        running.kill()
        running.wait()


@asynccontextmanager
async def _killed_line(pbx: Pbx, calls: int) -> AsyncIterator[None]:
    """So many callers are on the line, and nobody cares for them."""
    numbers = pbx.directory / "numbers.csv"
    numbers.write_text("SEQUENTIAL\n" + "".join(f"6010{one:05};\n" for one in range(calls)))
    command = [sys.executable, "-m", "tests.asterisk.dying", str(pbx.directory / "instance.json")]
    service = await asyncio.create_subprocess_exec(
        "setpriv", "--pdeathsig=KILL", "--", *command, stdout=asyncio.subprocess.PIPE
    )
    assert service.stdout is not None
    server = f"{pbx.sip_address}:{pbx.sip_port}"
    with ExitStack() as parties:
        parties.enter_context(_sipp(pbx.directory, "phone", HALL, pbx.hall_port, RINGS="50", SPEAKS=""))
        await becomes(lambda: pbx.app in json.dumps(pbx.ari("applications")), "the service is connected")
        for state in (MUSIC, TALK):
            options = (
                "-inf",
                str(numbers),
                "-s",
                f"44732770{state}",
                "-r",
                str(RATE),
                "-m",
                str(calls // 2),
                "-l",
                "4000",
            )
            parties.enter_context(
                _sipp(pbx.directory, "citizen", CITY, free_udp_port(), *options, server, STAYS="600000")
            )
        async with asyncio.timeout(calls / RATE + PATIENCE):
            for _ in range(calls // 2 * 2):
                await service.stdout.readline()
        service.kill()
        await service.wait()
        yield


async def measure(pbx: Pbx, calls: int) -> str:
    """Kill, take over, and say in one line how long it took."""
    async with _killed_line(pbx, calls):
        channels, bridges = len(pbx.channels()), len(pbx.ari("bridges"))
        taken = Taken()
        settings = AriSettings(url=pbx.ari_url, user=pbx.ari_user, password=pbx.ari_password, app=pbx.app)
        line = AriLine(settings, NoiseVoice(pbx.directory))
        began = time.perf_counter()
        serving = asyncio.create_task(line.serve(taken.story, taken.note))
        await becomes(lambda: taken.there >= calls // 2 * 2, "everybody is back")
        commands = line.statistics.commands
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
    return (
        f"{taken.calls} calls, {taken.talks} of them talks ({channels} channels, {bridges} bridges): settled after "
        f"{taken.settled - began:.2f} s, the last in its story's care after {taken.last - began:.2f} s, "
        f"{commands} commands"
    )


def main() -> None:
    """Measure once."""
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with Pbx(rtp_ports=AUDIO_PORTS) as pbx:
        print(asyncio.run(measure(pbx, calls)))


if __name__ == "__main__":
    main()
