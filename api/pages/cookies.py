"""Our cookies: read only where they can be nobody else's, written as narrowly as browsers allow.

Over https each name begins with `__Host-`: no other host of the domain can set such a cookie, and none with
another path. Over plain http (a test, a small hall's own machine) whoever can set a cookie for another path could
slip somebody a session; so a name that arrives twice is believed in neither value.
"""

from http.cookies import SimpleCookie

from aiohttp import web

SESSION, DEVICE, VISITOR, FLASH = "halo_session", "halo_device", "halo_visitor", "halo_flash"
LANGUAGE, THEME, PROVIDER = "halo_language", "halo_theme", "halo_provider"

YEAR = 365 * 24 * 3600
LONGEST = 3000
"""Characters of a cookie of ours: longer is somebody else's."""


class Cookies:
    """The cookies of one request, and of its answer."""

    def __init__(self, request: web.Request, *, secure: bool) -> None:
        self._secure = secure
        self._sent: list[tuple[str, str]] = []
        for header in request.headers.getall("Cookie", []):
            for pair in header.split(";"):
                name, _, value = pair.strip().partition("=")
                self._sent.append((name, value))
        self._set: dict[str, tuple[str, int | None]] = {}

    def get(self, name: str) -> str:
        """The value, or "" if it is missing, given twice, or none of ours by its looks."""
        if name in self._set:
            return self._set[name][0]
        found = [value for sent, value in self._sent if sent == self._full(name)]
        return found[0] if len(found) == 1 and found[0].isascii() and len(found[0]) <= LONGEST else ""

    def put(self, name: str, value: str, *, seconds: int | None = None) -> None:
        """Have the browser keep it: for so long, or as long as it runs; a value of letters, digits and `-_.`."""
        self._set[name] = (value, seconds)

    def drop(self, name: str) -> None:
        """Have the browser forget it."""
        self._set[name] = ("", 0)

    def write(self, response: web.StreamResponse) -> None:
        """Send what was put and dropped with this answer, which must not have begun."""
        for name, (value, seconds) in self._set.items():
            written: SimpleCookie = SimpleCookie({self._full(name): value})
            morsel = written[self._full(name)]
            morsel["path"], morsel["samesite"], morsel["httponly"] = "/", "Lax", True
            morsel["secure"] = self._secure
            if seconds is not None:
                morsel["max-age"] = str(seconds)
            response.headers.add("Set-Cookie", morsel.OutputString())

    def _full(self, name: str) -> str:
        return f"__Host-{name}" if self._secure else name
