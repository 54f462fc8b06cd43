"""The load: citizens who call at a steady rate, and the phones that are rung. Both are SIPp, one process each."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.audio import CITIZENS_MARK, PHONES_MARK, write_capture
from benchmarks.dialogs import CITY, PHONES
from tests.pbx.ports import free_udp_port

SCENARIOS = Path(__file__).parent / "scenarios"
MEDIA = "9000"
"""Where audio goes, at the addresses of citizens and phones: below the ports that tests beside us take."""
NUMBERS = 20000
"""So many citizens there are, each with a number: nobody calls twice within the limit of calls per number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How the parties of a step behave. Seconds."""

    stays: float
    """From the answer to the citizen's putting down."""
    menu_key: tuple[float, str] = (0.3, "1")
    """When, from the answer on, the citizen presses which key."""
    rings: float = 0.3
    accepts: float | None = None
    """When the colleague presses key 1, from taking up; None: nothing is asked, and the phone echoes what it hears."""


class Load:
    """Writes what SIPp needs into a folder, and runs it against Asterisk at `server`."""

    def __init__(self, folder: Path, server: tuple[str, int], phone_port: int) -> None:
        self._folder, self._server, self._phone_port = folder, server, phone_port
        self._next = 0

    @contextmanager
    def phones(self, manner: Manner) -> Iterator[None]:
        """Phones take calls inside the block."""
        speaks = ""
        if manner.accepts is not None:
            audio = self._folder / "phone.pcap"
            write_capture(audio, seconds=manner.stays + 3, mark=PHONES_MARK, keys=((manner.accepts, "1"),))
            speaks = f'<nop><action><exec play_pcap_audio="{audio}"/></action></nop>'
        scenario = self._scenario("phone", RINGS=f"{manner.rings * 1000:.0f}", SPEAKS=speaks)
        options = ["-rtp_echo"] if manner.accepts is None else []
        with self._sipp(scenario, PHONES, self._phone_port, options, "phones") as running:
            yield
            if running.poll() is not None:
                raise RuntimeError(f"the phones' SIPp ended: {self._said('phones')}")

    @contextmanager
    def citizens(self, manner: Manner, dialled: str, *, rate: float, calls: int) -> Iterator[None]:
        """So many citizens begin to call, `rate` of them in a second; they go on after the block."""
        audio, numbers = self._folder / "citizen.pcap", self._folder / "numbers.csv"
        write_capture(audio, seconds=manner.stays + 3, mark=CITIZENS_MARK, keys=(manner.menu_key,))
        numbers.write_text("SEQUENTIAL\n" + "".join(f"{self._number()};\n" for _ in range(calls)))
        scenario = self._scenario("citizen", AUDIO=str(audio), STAYS=f"{manner.stays * 1000:.0f}")
        options = ["-inf", str(numbers), "-s", dialled, "-r", f"{rate:g}", "-m", str(calls), "-l", "4000"]
        server = [f"{self._server[0]}:{self._server[1]}"]
        with self._sipp(scenario, CITY, free_udp_port(), [*options, *server], "citizens") as running:
            yield
            limit = calls / rate + manner.stays + 40
            running.wait(limit)

    def _number(self) -> str:
        self._next = (self._next + 1) % NUMBERS
        return f"6010{self._next:05}"

    def _scenario(self, name: str, **words: str) -> Path:
        text = (SCENARIOS / f"{name}.xml").read_text(encoding="utf-8")
        for word, value in words.items():
            text = text.replace(f"@{word}@", value)
        path = self._folder / f"{name}.xml"
        path.write_text(text, encoding="utf-8")
        return path

    @contextmanager
    def _sipp(
        self, scenario: Path, host: str, port: int, options: list[str], who: str
    ) -> Iterator["subprocess.Popen[bytes]"]:
        command = ["setpriv", "--pdeathsig=KILL", "--", "sipp", "-sf", str(scenario), "-i", host, "-mi", host]
        command += ["-p", str(port), "-mp", MEDIA, "-nostdin", "-nd", "-buff_size", "8388608", *options]
        with (self._folder / f"{who}.txt").open("wb") as said:
            running = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT, cwd=self._folder
            )
            try:
                yield running
            finally:
                running.kill()
                running.wait()

    def _said(self, who: str) -> str:
        return (self._folder / f"{who}.txt").read_text(errors="replace")[:1000]
