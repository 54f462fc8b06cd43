"""How long a bystander waits for an answer, without and beside each nuisance; one table, one machine, one run.

    PYTHONPATH=docker/asterisk .venv/bin/python -m benchmarks.bad_calls

Real Asterisk, the whole service on SQLite, everything on loopback. Bystander and nuisance run in the service's own
process, so the figures are the worst of it. What counts is the ratio, not the milliseconds.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

from api.clock import SetClock
from directory.model import Hall
from tests.asterisk import nuisances
from tests.asterisk.nuisances import THE_HALL, Dialler, answers, goes_on
from tests.asterisk.raw_phone import RawPhone
from tests.asterisk.raw_sip import Party
from tests.flows.town import TUESDAY_TEN, town
from tests.office.fixtures import FAST
from tests.office.office import open_office
from tests.pbx.asterisk import CITY, Pbx
from tests.phones.sip.message import tag_in

TIMES, EVERY = 100, 0.08
"""Calls of the bystander behind each figure, and seconds between two of them."""
WARM = 1.0
"""Seconds that a nuisance goes on before anybody measures."""
FLOOD = 2500
"""Keys, at 250 a second: longer than the bystander's calls take."""

Nuisance = Callable[[Pbx], AbstractAsyncContextManager[object]]


@asynccontextmanager
async def dialling(pbx: Pbx, per_second: float) -> AsyncIterator[None]:
    """One number dials on and on."""
    with Dialler(CITY, pbx.sip_port, user="601999999") as dialler:
        async with goes_on(lambda goes: dialler.dials_on(goes, per_second)):
            yield
        print(
            f"       ({dialler.dialled} calls dialled, {dialler.answered} answered, {dialler.refused} busy)"
        )


@asynccontextmanager
async def dropping(pbx: Pbx) -> AsyncIterator[None]:
    """A caller hangs up as soon as answered, as fast as it goes."""
    with Party(CITY, pbx.sip_port, user="601777777") as party:
        async with goes_on(nuisances.answers_and_drops(party)):
            yield


@asynccontextmanager
async def flooding(pbx: Pbx, flood: Callable[..., None]) -> AsyncIterator[None]:
    """A caller whose phone sends keys without end."""
    with Party(CITY, pbx.sip_port, user="601888888") as party:
        answer = await asyncio.to_thread(party.calls, THE_HALL, "keys")
        named = (answer,) if flood is nuisances.floods_with_keys else ("keys", answer)
        going = asyncio.create_task(asyncio.to_thread(flood, party, *named, keys=FLOOD, seconds=FLOOD / 250))
        yield
        await going
        party.request("BYE", "keys", to=THE_HALL, tag=tag_in(answer.get("To")))


@asynccontextmanager
async def flapping(pbx: Pbx) -> AsyncIterator[None]:
    """A phone registers on and on."""
    await asyncio.to_thread(pbx.add_phones, "1102")
    with RawPhone("127.0.0.1", pbx.sip_port, user="1102") as phone:
        async with goes_on(nuisances.flaps(phone, pbx.phones["1102"])):
            yield


NUISANCES: dict[str, Nuisance] = {
    "nothing": lambda _: nullcontext(),
    "one number dials 2 times a second": lambda pbx: dialling(pbx, 2),
    "one number dials 20 times a second": lambda pbx: dialling(pbx, 20),
    "one number dials 50 times a second": lambda pbx: dialling(pbx, 50),
    "a caller hangs up as soon as answered": dropping,
    "250 keys a second by RFC 4733": lambda pbx: flooding(pbx, nuisances.floods_with_keys),
    "250 keys a second by INFO": lambda pbx: flooding(pbx, nuisances.floods_with_info),
    "a phone registers without end": flapping,
    "nothing, again": lambda _: nullcontext(),
}


def limited_town() -> Hall:
    """The tests' town with the limits that a hall has if it says nothing."""
    hall = town(**FAST)
    return replace(
        hall, policy=replace(hall.policy, calls_per_minute=10, calls_at_once=6, withheld_at_once=20)
    )


async def main() -> None:
    """Measure, and print."""
    with Pbx() as pbx, tempfile.TemporaryDirectory() as folder:
        database = f"sqlite+aiosqlite:///{Path(folder) / 'halo.sqlite3'}"
        async with open_office(pbx, limited_town(), database, SetClock(TUESDAY_TEN)):
            print(f"A bystander is answered after so many ms ({TIMES} calls):\n   p50    p95    max")
            for what, nuisance in NUISANCES.items():
                async with nuisance(pbx):
                    await asyncio.sleep(WARM)
                    took = sorted(await asyncio.to_thread(answers, pbx, TIMES, EVERY))
                p50, p95, most = took[TIMES // 2], took[TIMES * 95 // 100], took[-1]
                print(f"{p50 * 1000:6.1f} {p95 * 1000:6.1f} {most * 1000:6.1f}   {what}", flush=True)


if __name__ == "__main__":
    asyncio.run(main())
