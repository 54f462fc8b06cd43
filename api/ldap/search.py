"""Asking the server: OpenLDAP's own `ldapsearch` (Debian's `ldap-utils`), which every administrator can try by hand.

A process of its own: no C library in the service, and it ends when it takes too long. The password goes through a
pipe, never onto a command line. An answer that is not whole is no answer: nobody goes because a page was missing.
"""

import asyncio
import os
from asyncio.subprocess import PIPE
from collections.abc import Iterator

from api.ldap.ldif import BadLdif, Found, objects
from api.settings.ldap import Ldap

PROGRAM = "ldapsearch"
PAGE = 500
"""Objects in one page of the answer (RFC 2696): Active Directory gives no more than 1000."""
OWN = ("objectGUID", "entryUUID", "userAccountControl", "objectClass")
"""What is asked for besides the mapped attributes."""
CONNECT = 10
"""Seconds for a connection."""

_WHY = {
    3: "it did not finish in time: narrow ldap.base or ldap.filter, or raise ldap.timeout",
    4: "it gives no more than its size limit: let it give pages to this account (RFC 2696)",
    7: "it does not know simple passwords: allow them, or use another account",
    8: "it wants an encrypted connection: use ldaps:// or ldap.starttls",
    10: "it refers to another server: write that one's address into ldap.url",
    32: "it has nothing at ldap.base: check that name",
    34: "ldap.base or ldap.bind_dn is no name of an object: check both",
    48: "this account may not sign in so: check ldap.bind_dn",
    49: "it refused the account: check ldap.bind_dn and the password",
    50: "this account may not read there: give it the right to read",
    53: "it refused to answer: an account without a password may read nothing",
    249: "ldap.filter is no filter: check its parentheses",
    255: "it cannot be reached, or its certificate is not trusted: check ldap.url and ldap.ca_file",
    1: "it wants ldap.bind_dn and its password first, or its certificate is not trusted (ldap.ca_file)",
}
"""By the exit code, which is LDAP's result code (RFC 4511, 4.1.9) or OpenLDAP's own."""


class LdapError(Exception):
    """The server could not be read; the text is one sentence with its mend."""


async def searched(settings: Ldap) -> tuple[Found, ...]:
    """Return everybody whom the server has. Raises LdapError."""
    if settings.url is None:
        raise LdapError("No LDAP server is set: write its address into ldap.url (HALO_LDAP_URL).")
    password = settings.password.get_secret_value().encode() if settings.password else b""
    if settings.in_the_clear and password:
        raise LdapError(
            f"The password would cross the network readably to {settings.url}: use ldaps:// or ldap.starttls."
        )
    process = await _started(settings)
    try:
        async with asyncio.timeout(settings.timeout):
            out, err = await process.communicate(password)
    except TimeoutError:
        raise LdapError(
            f"The LDAP server {settings.url} did not answer within {settings.timeout:g} s."
        ) from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()
    if process.returncode:
        raise LdapError(_told(settings, process.returncode, err.decode(errors="replace")))
    try:
        return tuple(objects(out))
    except BadLdif as wrong:
        raise LdapError(f"The answer of {settings.url} cannot be read: {wrong}.") from None


async def _started(settings: Ldap) -> asyncio.subprocess.Process:
    """Start the search; it reads the password from its standard input."""
    ours = {"LDAPTLS_REQCERT": "demand"}
    if settings.ca_file is not None:
        ours["LDAPTLS_CACERT"] = str(settings.ca_file)
    try:
        return await asyncio.create_subprocess_exec(
            PROGRAM, *_arguments(settings), stdin=PIPE, stdout=PIPE, stderr=PIPE, env={**os.environ, **ours}
        )
    except FileNotFoundError:
        raise LdapError(f"{PROGRAM} is not installed: apt-get install ldap-utils.") from None


def _arguments(settings: Ldap) -> Iterator[str]:
    """The command line, without any secret."""
    yield from ("-x", "-LLL", "-o", "ldif_wrap=no", "-o", f"nettimeout={CONNECT}")
    yield from ("-l", f"{settings.timeout:.0f}", "-E", f"pr={PAGE}/noprompt", "-H", str(settings.url))
    if settings.starttls:
        yield "-ZZ"
    if settings.bind_dn:
        yield from ("-D", settings.bind_dn, "-y", "/dev/stdin")
    yield from ("-s", "sub", "-b", settings.base, settings.search_filter)
    yield from dict.fromkeys((*settings.mapping.values(), *OWN))


def _told(settings: Ldap, code: int, err: str) -> str:
    """Say what went wrong, and add what the server says itself."""
    why = _WHY.get(code, f"LDAP's error {code}")
    said = next((line.strip() for line in err.splitlines() if line.strip() and not line.startswith("#")), "")
    return f"The LDAP server {settings.url} gave no whole answer: {why}.{f' ({said})' if said else ''}"
