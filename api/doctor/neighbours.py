"""What belongs to others in the hall, and helps the line: its directory of accounts."""

from collections.abc import Sequence

from api.doctor.finding import Finding, odd, well
from api.ldap.search import LdapError, searched
from api.settings import Settings

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
