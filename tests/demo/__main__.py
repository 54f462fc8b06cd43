"""The demo's command line: `python -m tests.demo [--once] [--english] [--call NAME]`; `script/demo` calls it."""

import argparse
import asyncio
import signal
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

CLONE = Path(__file__).resolve().parents[2]
sys.path.insert(
    0, str(CLONE / "docker" / "asterisk")
)  # where pbx_config lies, which the tests' Asterisk needs

from api.service import StartError  # noqa: E402
from directory.report import DirectoryError  # noqa: E402
from records.errors import RecordsError  # noqa: E402
from telephony.errors import TelephonyError  # noqa: E402
from telephony.voice.engine import VoiceRefused  # noqa: E402
from tests.demo.house import Busy  # noqa: E402
from tests.demo.programme import PROGRAMME  # noqa: E402
from tests.demo.screen import Screen, open_console  # noqa: E402
from tests.demo.show import Wanted, show  # noqa: E402
from tests.demo.texts import ENGLISH, POLISH, Text  # noqa: E402
from tests.pbx.process import NotReady  # noqa: E402

CANNOT_START = (
    Busy,
    StartError,
    DirectoryError,
    RecordsError,
    TelephonyError,
    VoiceRefused,
    NotReady,
    RuntimeError,  # no Asterisk is installed
)
"""Each says in one sentence what is wrong."""


def main(arguments: list[str]) -> int:
    """Run the demo; 0 if all is well, 1 if a call did not end as the bylaw demands, 2 if it could not start."""
    asked = _parser().parse_args(arguments)
    screen = Screen(open_console(), ENGLISH if asked.english else POLISH)
    chosen = tuple(call for call in PROGRAMME if not asked.call or call.name in asked.call)
    try:
        return asyncio.run(_until_told(show(screen, Wanted(calls=chosen, once=asked.once))))
    except (KeyboardInterrupt, asyncio.CancelledError):
        screen.say(Text("Przerwano; wszystko zatrzymane.", "Interrupted; everything is stopped."))
        return 130
    except CANNOT_START as wrong:
        screen.say(Text("Pokaz nie może ruszyć: ", "The demo cannot start: ") + str(wrong), "red")
        return 2


async def _until_told(work: Coroutine[Any, Any, int]) -> int:
    """Let a signal end the work as a cancellation, so that everything that was started is stopped."""
    task = asyncio.ensure_future(work)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    return await task


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="script/demo", description="Show a city hall's telephone line at work."
    )
    parser.add_argument(
        "--once", action="store_true", help="end after the summary; 0 if every call ended well"
    )
    parser.add_argument(
        "--english", action="store_true", help="tell the story in English (the line speaks Polish)"
    )
    names = [call.name for call in PROGRAMME]
    parser.add_argument(
        "--call", action="append", choices=names, metavar="NAME", help=f"only this call: {', '.join(names)}"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
