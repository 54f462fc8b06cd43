"""What belongs to others, and helps the line: the hall's directory of accounts, and its people's calendars."""

from collections.abc import Sequence

from api.calendars.trouble import SENTENCES
from api.doctor.finding import Finding, odd, well
from api.ldap.search import LdapError, searched
from api.private import not_made_yet
from api.settings import Settings
from records.database import open_database
from records.errors import RecordsError
from records.stores.calendars import CalendarStore

LDAP_SECONDS = 15.0
"""Somebody waits for the doctor; a sync may take longer."""


async def ldap(settings: Settings) -> Sequence[Finding]:
    """Whether the LDAP server shows people, if there is one."""
    check = "ldap"
    if settings.ldap.url is None:
        return []
    patient = min(settings.ldap.timeout, LDAP_SECONDS)
    try:
        found = await searched(settings.ldap.model_copy(update={"timeout": patient}))
    except LdapError as wrong:
        return [odd(check, str(wrong), "halo directory ldap --check tells when it is mended.")]
    if not found:
        mend = "Check ldap.base and ldap.filter, and what the account may read."
        return [odd(check, f"{settings.ldap.url} shows nobody.", mend)]
    return [well(check, f"{settings.ldap.url} shows {len(found)} accounts.")]


async def calendars(settings: Settings) -> Sequence[Finding]:
    """Whether the service could read people's calendars when it last tried."""
    check, url = "calendars", settings.database_url
    if not_made_yet(url):
        return []
    try:
        async with open_database(url) as database:
            known = await CalendarStore(database).all()
    except RecordsError:  # the examination of the database tells
        return []
    if not known:
        return []
    sentences = {trouble.value: sentence for trouble, sentence in SENTENCES.items()}
    wrong = [each for each in known if each.trouble in sentences]
    if not wrong:
        return [well(check, f"{len(known)} calendars of people are read.")]
    return [
        odd(check, f"The calendar of {each.person} is not read.", sentences[each.trouble]) for each in wrong
    ]
