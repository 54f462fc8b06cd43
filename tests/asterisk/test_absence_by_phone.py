"""*14 on real Asterisk: real keys, a real database; who is away is away for the next caller, until they are back."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from directory.absence import Entered
from records.database import open_database
from tests.flows.town import ANNA
from tests.office.desk import open_desk, quick
from tests.office.fixtures import OpensOffice
from tests.phones.phone_call import PhoneCall

pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)

BACK = datetime(2026, 11, 24, 13, 30, tzinfo=UTC)
"""Half past two at the hall."""


async def presses(call: PhoneCall, *said: tuple[str, str]) -> None:
    """Hear a prompt, and press keys."""
    for prompt, keys in said:
        await call.hears(prompt)
        await call.presses(keys)


async def test_away_until_an_hour_and_back_before_it(opens_office: OpensOffice) -> None:
    """The line knows at once, the journal has both, and the phone's next call says how it stands."""
    async with open_desk(opens_office(quick(first_key=4.0, next_key=2.0))) as desk:
        anna = await desk.phone("1001")
        call = await anna.dials("*14")
        await presses(
            call,
            ("absence.menu.days", "2"),
            ("absence.type.hour", "1430"),
            ("absence.helps.piotr", ""),
            ("absence.confirm", "1"),
            ("absence.saved", ""),
        )
        await call.is_put_down()
        entered = await desk.screen.sees("absence_entered", person="anna")
        house = desk.office.service.house
        absence = house.live.absence(ANNA, house.clock.now())

        call = await anna.dials("*14")
        await presses(call, ("absence.away", ""), ("absence.menu.back", "5"), ("absence.over", ""))
        await call.is_put_down()
        cancelled = await desk.screen.sees("absence_cancelled", person="anna")
        after = house.live.absence(ANNA, house.clock.now())

    assert datetime.fromisoformat(entered["ends"]) == BACK
    assert absence is not None
    assert (absence.ends, absence.entered) == (BACK, Entered.PHONE)
    assert cancelled["absence"] == entered["absence"]
    assert after is None


async def test_what_cannot_be_kept_is_not_said_to_be(opens_office: OpensOffice) -> None:
    """Whoever confirms while the table is gone is told so, and counts as being in."""
    async with open_desk(opens_office(quick(first_key=4.0))) as desk:
        anna = await desk.phone("1001")
        call = await anna.dials("*14")
        await presses(call, ("absence.menu.days", "1"))
        await call.hears("absence.helps.piotr")
        async with open_database(desk.office.database_url) as database, database.write() as connection:
            await connection.execute(text("ALTER TABLE absences RENAME TO away"))
        await presses(call, ("absence.confirm", "1"))
        await call.hears("absence.failed")
        await call.is_put_down()
        house = desk.office.service.house
        assert house.live.absence(ANNA, house.clock.now()) is None
        await desk.office.service.journal.flush()
    assert desk.screen.all("absence_entered") == []
