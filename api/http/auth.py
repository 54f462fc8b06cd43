"""Who may read: bearer tokens (RFC 6750) with scopes, and a limit to failed attempts."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus

from aiohttp import web

from api.http.problems import Problem
from api.tokens import Scope, Token, Tokens

REALM = 'Bearer realm="halo"'


@dataclass(slots=True)
class FailedAttempts:
    """Counts failed attempts by address, so that guessing and flooding of the log end soon.

    A right token is always let in, also from an address that failed too often: behind one proxy all have the
    same address, and nobody shall be able to lock the others out. 256 random bits bear that.
    """

    at_most: int = 10
    within: float = 60.0
    addresses: int = 10_000
    now: Callable[[], float] = time.monotonic
    _failed: OrderedDict[str, list[float]] = field(default_factory=OrderedDict)

    def failed(self, address: str) -> int:
        """Note one failure; return how many seconds this address must wait, 0 if it need not."""
        now = self.now()
        recent = [then for then in self._failed.pop(address, []) if now - then < self.within]
        if len(recent) >= self.at_most:
            self._failed[address] = recent
            return max(1, int(self.within - (now - recent[0])))
        self._failed[address] = [*recent, now]
        while len(self._failed) > self.addresses:
            self._failed.popitem(last=False)
        return 0


class Door:
    """Lets a request in, or answers it with 401, 403 or 429."""

    def __init__(self, tokens: Tokens, attempts: FailedAttempts | None = None) -> None:
        self._tokens = tokens
        self._attempts = attempts or FailedAttempts()

    def let_in(self, request: web.Request, needed: Scope) -> Token:
        """The token of this request, if its scope includes what is needed. Raises Problem."""
        scheme, _, text = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not text.strip():
            detail = 'Send "Authorization: Bearer TOKEN"; `halo token create NAME` makes a token.'
            raise Problem(HTTPStatus.UNAUTHORIZED, detail, {"WWW-Authenticate": REALM})
        token = self._tokens.bearer(text.strip())
        if token is None:
            raise self._refused(request.remote or "")
        if not token.scope.includes(needed):
            detail = (
                f'This token may only "{token.scope.value}"; a token with "{needed.value}" is needed here.'
            )
            challenge = f'{REALM}, error="insufficient_scope", scope="{needed.value}"'
            raise Problem(HTTPStatus.FORBIDDEN, detail, {"WWW-Authenticate": challenge})
        return token

    def _refused(self, address: str) -> Problem:
        if wait := self._attempts.failed(address):
            detail = f"Too many wrong tokens came from this address; wait {wait} seconds."
            return Problem(HTTPStatus.TOO_MANY_REQUESTS, detail, {"Retry-After": str(wait)})
        detail = "This token is not valid, or no longer; `halo token list` shows those that are."
        return Problem(
            HTTPStatus.UNAUTHORIZED, detail, {"WWW-Authenticate": f'{REALM}, error="invalid_token"'}
        )
