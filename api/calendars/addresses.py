"""Whom the service asks for a calendar: public servers over HTTPS, and hosts that the administrator named.

Anybody who may enter a calendar's address could else make the service knock at the hall's inner doors (server-side
request forgery, CWE-918). The address of a name is judged when it is connected to, after every redirect again.
"""

import ipaddress
import socket
from collections.abc import Collection
from dataclasses import dataclass

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from yarl import URL

from api.calendars.trouble import Trouble, Unreadable


@dataclass(frozen=True, slots=True)
class Allowed:
    """Which addresses may be asked: `inner` hosts may be in the hall's own network, and need no encryption."""

    inner: Collection[str] = frozenset()

    def judge(self, url: URL) -> None:
        """Be sure that this address may be asked. Raises Unreadable."""
        host = url.host
        if host is None or url.user is not None or url.scheme not in {"https", "http", "webcal"}:
            raise Unreadable(Trouble.ADDRESS)
        if host in self.inner:
            return
        if url.scheme == "http":
            raise Unreadable(Trouble.ADDRESS)
        if _is_address(host) and not is_public(host):
            raise Unreadable(Trouble.PRIVATE)
        if not _is_address(host) and host.replace(".", "").isdigit():
            raise Unreadable(Trouble.ADDRESS)  # 127.1 and 2130706433: some read them as 127.0.0.1


GIVEN_OUT = ipaddress.ip_network("2000::/3")
"""All that IANA gives out of IPv6 for the internet."""
NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""An IPv4 address, translated on the way (RFC 6052)."""


def is_public(address: str) -> bool:
    """Whether everybody in the internet would come to the same machine by this address."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        inside = _ipv4_inside(found)
        if inside is None and found not in GIVEN_OUT:
            return False
        found = inside or found
    return found.is_global and not found.is_multicast


def _ipv4_inside(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address to which this one leads in the end, if it does."""
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


class PublicOnly(AbstractResolver):
    """Resolves names to public addresses only; those of inner hosts to any."""

    def __init__(self, allowed: Allowed) -> None:
        self._allowed = allowed
        self._names = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the addresses of a name that may be connected to. Raises Unreadable where none may."""
        found = await self._names.resolve(host, port, family)
        if host in self._allowed.inner:
            return found
        public = [each for each in found if is_public(each["host"])]
        if not public:
            raise Unreadable(Trouble.PRIVATE)
        return public

    async def close(self) -> None:
        """Nothing is kept open."""
        await self._names.close()


def https(text: str) -> URL:
    """Read an address as people copy it: webcal:// means https://. Raises Unreadable."""
    try:
        url = URL(text.strip())
    except ValueError:
        raise Unreadable(Trouble.ADDRESS) from None
    return url.with_scheme("https") if url.scheme == "webcal" and url.host else url
