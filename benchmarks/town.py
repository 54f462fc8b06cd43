"""The hall of the benchmark, and its voice: one unit, two colleagues, and sentences of exactly known length.

What the caller hears before the phone rings takes one second: greeting and notice 0.7 s, announcement 0.3 s. That is
what the pure dialplan plays, too. Key 1 of the menu leads to a colleague whose accept key is off; key 2 to one who
accepts. Neither is introduced (the hall has chosen that they introduce themselves).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from callflows.prompts.everything import everything
from directory.model import (
    Extension,
    Hall,
    Hours,
    LinePolicy,
    Menu,
    MenuEntry,
    Person,
    PersonId,
    Reached,
    Unit,
    UnitId,
    Week,
)
from telephony.voice.cached import CachedVoice
from telephony.voice.engine import Samples
from telephony.voice.silent import Silent
from telephony.voice.sound import LEAD, TAIL, prepare

OPEN = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Europe/Warsaw"))
AT_ONCE, BY_KEY = "1011", "1012"
"""The two colleagues' extensions."""

LENGTHS = {"greeting": 0.4, "privacy": 0.3, "announcement": 0.3}
"""Seconds of the sentences that a caller of the benchmark hears, by the first word of their names."""
OTHERS = 0.3
PROMPT = "one-second"
"""What the pure dialplan plays."""

_FIRST, _SECOND = UnitId("pierwszy"), UnitId("drugi")


def _colleague(name: str, unit: UnitId, extension: str, *, accept_key: bool) -> Person:
    phone = Extension(extension, Reached.TRUNK)
    person = Person(
        PersonId(name.lower()), f"{name} Próbna", unit, f"{name} Próbna", f"panią {name} Próbną", phone
    )
    return replace(person, accept_key=accept_key, introduction=False)


def bench_hall() -> Hall:
    """The hall; audio is proven after 1.5 s, so that a talk of 2 s has its outcome before it ends."""
    units = (
        Unit(_FIRST, "Referat Pierwszy", "Referat Pierwszy"),
        Unit(_SECOND, "Referat Drugi", "Referat Drugi"),
    )
    people = (
        _colleague("Ada", _FIRST, AT_ONCE, accept_key=False),
        _colleague("Ewa", _SECOND, BY_KEY, accept_key=True),
    )
    return Hall(
        name="Urząd Miasta Próbnego",
        desk=_FIRST,
        units={unit.id: unit for unit in units},
        matters={},
        people={person.id: person for person in people},
        week=Week({day: Hours(time(0), time(23, 59)) for day in range(1, 8)}),
        menu=Menu((MenuEntry("1", "Pierwszy", unit=_FIRST), MenuEntry("2", "Drugi", unit=_SECOND))),
        policy=LinePolicy(proof=1.5, calls_per_minute=0, calls_at_once=0, withheld_at_once=0),
    )


class Brief:
    """Speaks each sentence in the time that it is given, under the name of the silent engine: so the service, which
    is started with that one, finds the clips in its cache."""

    id, version, voices = Silent.id, Silent.version, Silent.voices

    def __init__(self, seconds: Mapping[str, float]) -> None:
        self._seconds = seconds

    def synth(self, text: str, voice: str, rate: float) -> tuple[Samples, int]:
        """A tone of 400 Hz, which no party of the benchmark sends."""
        return tone(self._seconds.get(text, OTHERS)), 8000

    def close(self) -> None:
        """Nothing to let go of."""


def tone(seconds: float) -> Samples:
    """A tone of 400 Hz at 8 kHz, which makes a clip of so many seconds with the silence around it."""
    moments = np.arange(round((seconds - LEAD - TAIL) * 8000)) / 8000
    samples: Samples = np.rint(8000 * np.sin(2 * np.pi * 400 * moments)).astype(np.int16)
    return samples


def speak_ahead(cache: Path, hall: Hall) -> None:
    """Fill a service's cache with every sentence of the hall that is known ahead."""
    words = everything(hall)
    seconds = {word.text: LENGTHS.get(word.name.split(".")[0], OTHERS) for word in words}
    voice = CachedVoice(cache, None, Brief(seconds))
    for word in words:
        voice.render(word)
    voice.close()


def write_prompt(folder: Path) -> Path:
    """The prompt of the pure dialplan, as Asterisk wants it named."""
    audio = prepare(tone(1.0), 8000)
    (folder / f"{PROMPT}.alaw").write_bytes(audio.alaw)
    return folder / PROMPT
