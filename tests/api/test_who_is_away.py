"""Who is away is known in memory, from the database or from what was known last."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from api.who_is_away import WhoIsAway
from directory.absence import Absence, AbsenceId, Reason
from directory.model import PersonId
from records.database import Database
from records.stores.absences import AbsenceStore

ANNA = PersonId("anna")
NOON = datetime.fromisoformat("2026-11-24T12:00+01:00")
HOUR = timedelta(hours=1)
NOW = Absence(
    id=AbsenceId("now"),
    person=ANNA,
    begins=NOON,
    ends=NOON + HOUR,
    back=NOON + 20 * HOUR,
    reason=Reason.MEETING,
)
THEN = replace(
    NOW, id=AbsenceId("then"), begins=NOON + 40 * HOUR, ends=NOON + 41 * HOUR, back=None, calendar="uid"
)


def who_is_away(database: Database, folder: Path) -> WhoIsAway:
    return WhoIsAway(AbsenceStore(database), copy=folder / "absences.json", now=lambda: NOON)


async def test_what_was_written_counts_after_it_was_read(database: Database, tmp_path: Path) -> None:
    away, store = who_is_away(database, tmp_path), AbsenceStore(database)
    assert away(ANNA) == ()
    long_over = replace(NOW, id=AbsenceId("over"), begins=NOON - 60 * HOUR, ends=NOON - 50 * HOUR)
    for absence in (THEN, long_over, NOW):
        await store.enter(absence)
    await away.reload()
    assert away(ANNA) == (NOW, THEN)
    assert away(PersonId("piotr")) == ()
    await store.cancel(NOW.id, "ewa")
    await away.reload()
    assert away(ANNA) == (THEN,)


async def test_what_was_known_last_counts_while_the_database_is_away(
    database: Database, tmp_path: Path
) -> None:
    before, store = who_is_away(database, tmp_path), AbsenceStore(database)
    for absence in (NOW, THEN):
        await store.enter(absence)
    await before.reload()
    after = who_is_away(database, tmp_path)
    after.take_last_known()
    assert after(ANNA) == (NOW, THEN)
    assert (tmp_path / "absences.json").stat().st_mode & 0o777 == 0o600


async def test_a_damaged_copy_is_no_copy(database: Database, tmp_path: Path) -> None:
    away = who_is_away(database, tmp_path)
    for damaged in ("", "[", "[7]", '[{"id": "a"}]', "{}"):
        (tmp_path / "absences.json").write_text(damaged)
        away.take_last_known()
        assert away(ANNA) == ()
