"""Fetching a calendar: within limits of size and time, and only from whom we may ask."""

from dataclasses import dataclass
from http import HTTPStatus

import aiohttp
from yarl import URL

from api.calendars.addresses import Allowed, PublicOnly, https
from api.calendars.trouble import Trouble, Unreadable

LARGEST = 4 * 2**20
"""Bytes of one calendar."""

TIME = aiohttp.ClientTimeout(total=30, connect=10)
REDIRECTS = 3
MOVED = frozenset({301, 302, 303, 307, 308})
GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
HEADERS = {"Accept": "text/calendar", "User-Agent": "halo-urzad", "Accept-Encoding": "gzip"}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A calendar as its server gave it; `mark` is its ETag, for asking whether it changed since."""

    text: bytes
    mark: str = ""


class Fetcher:
    """Fetches calendars from whom it may ask."""

    def __init__(self, allowed: Allowed, *, largest: int = LARGEST) -> None:
        self._allowed, self._largest = allowed, largest

    async def fetch(self, address: str, *, mark: str = "") -> Fetched | None:
        """Return the calendar at this address; None if it is as it was at that mark. Raises Unreadable."""
        url = https(address)
        headers = HEADERS | ({"If-None-Match": mark} if mark else {})
        connector = aiohttp.TCPConnector(resolver=PublicOnly(self._allowed), force_close=True)
        try:
            async with aiohttp.ClientSession(
                connector=connector, timeout=TIME, cookie_jar=aiohttp.DummyCookieJar(), trust_env=False
            ) as session:
                for _ in range(REDIRECTS + 1):
                    self._allowed.judge(url)
                    async with session.get(url, headers=headers, allow_redirects=False) as answer:
                        if answer.status not in MOVED:
                            return await self._read(answer)
                        url = https(str(answer.url.join(URL(answer.headers.get("Location", "")))))
        except TimeoutError:
            raise Unreadable(Trouble.TOO_SLOW) from None
        except (aiohttp.ClientError, OSError, ValueError):
            raise Unreadable(Trouble.UNREACHABLE) from None
        raise Unreadable(Trouble.REDIRECTED)

    async def _read(self, answer: aiohttp.ClientResponse) -> Fetched | None:
        if answer.status == HTTPStatus.NOT_MODIFIED:
            return None
        if answer.status in GONE:
            raise Unreadable(Trouble.NOT_FOUND)
        if answer.status != HTTPStatus.OK:
            raise Unreadable(Trouble.REFUSED)
        text = bytearray()
        async for chunk in answer.content.iter_chunked(
            65536
        ):  # after unpacking: a small gzip may be a large text
            text += chunk
            if len(text) > self._largest:
                raise Unreadable(Trouble.TOO_LARGE)
        return Fetched(bytes(text), answer.headers.get("ETag", "")[:200])
