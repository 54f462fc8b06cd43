"""What the hall must give: a database with the right tables, a directory, and a voice for every sentence."""

import asyncio
from collections.abc import Sequence

from api.doctor.finding import Finding, odd, problem, well
from api.hall_source import stored_hall
from api.private import not_made_yet
from api.settings import Settings
from api.voice import voice_of
from callflows.prompts.everything import everything
from directory.load import DEMO, load_hall
from directory.model import Hall
from directory.report import DirectoryError
from directory.validate import faults
from records.errors import RecordsError
from records.migrate import current, head
from telephony.errors import NoVoice
from telephony.voice.engine import VoiceRefused
from telephony.voice.listing import Listed, Standing, survey
from telephony.voice.store import closed_to_others


async def database(settings: Settings) -> Sequence[Finding]:
    """Whether the database answers, with the tables of this version."""
    check, mend = "database", "halo database upgrade"
    try:
        if not_made_yet(settings.database_url):
            return [problem(check, "There is no database yet.", f"{mend} (halo serve does so too).")]
        revision = await current(settings.database_url)
    except RecordsError as wrong:
        return [problem(check, str(wrong), "Start it, or correct database.url (HALO_DATABASE_URL).")]
    if revision != head():
        was = revision or "none"
        return [problem(check, f"Its tables are at {was}, this version needs {head()}.", mend)]
    return [well(check, f"It answers, and its tables are at {revision}.")]


async def directory(settings: Settings) -> Sequence[Finding]:
    """Whether a hall is in force that may go live."""
    check, mend = "directory", "halo directory load FOLDER"
    try:
        hall = await stored_hall(settings.database_url)
    except RecordsError as wrong:
        return [problem(check, str(wrong), "Mend the database first.")]
    if hall is None:
        folder = settings.hall_dir or DEMO
        return [
            problem(check, "No directory is in force.", f"{mend} (the first halo serve loads {folder.name}).")
        ]
    if found := faults(hall):
        return [problem(check, f"The directory has {len(found)} faults, first: {found[0]}.", mend)]
    size = f"{len(hall.units)} units, {len(hall.matters)} matters, {len(hall.people)} people"
    return [well(check, f"{size} are in force.")]


async def prompts(settings: Settings) -> Sequence[Finding]:
    """Whether every sentence that is known ahead has its clip, and where Asterisk can read it."""
    check, mend = "prompts", "halo prompts render"
    try:
        hall = await stored_hall(settings.database_url) or load_hall(settings.hall_dir or DEMO).hall
    except (RecordsError, DirectoryError):
        return [
            problem(
                check, "Without a directory nobody knows what is to be said.", "Mend the directory first."
            )
        ]
    try:
        rows = await asyncio.to_thread(_surveyed, settings, hall)
    except (NoVoice, VoiceRefused, OSError) as wrong:
        return [
            problem(
                check,
                f"The line has no voice: {wrong}.",
                "Install the engine, or choose another (voice.engine).",
            )
        ]
    missing = sum(row.standing is Standing.MISSING for row in rows)
    if missing:
        return [problem(check, f"{missing} of {len(rows)} sentences have no clip.", mend)]
    unfit = sum(row.standing in (Standing.OLDER, Standing.UNREADABLE) for row in rows)
    if unfit:
        return [odd(check, f"{unfit} studio recordings are not played.", "halo prompts check names them.")]
    if closed := closed_to_others(settings.voice_cache):
        what = f"{closed} is closed to other users, and Asterisk may be one."
        return [odd(check, what, f"chmod o+x {closed}, or run Asterisk as the same user.")]
    return [well(check, f"All {len(rows)} sentences have their clips.")]


def _surveyed(settings: Settings, hall: Hall) -> tuple[Listed, ...]:
    voice = voice_of(settings)
    try:
        return survey(voice, everything(hall))
    finally:
        voice.close()
