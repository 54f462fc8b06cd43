"""A small identity provider that holds the specification's own rules, and lies where a test wants it to.

What it refuses: a code used twice, a redirect address or a client that is not the one of the beginning, a verifier
that does not belong to the challenge (RFC 7636 §4.6). What it may lie about: any claim of the ID token, its
signature, and its own name.
"""

import base64
import hashlib
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus

from aiohttp import web
from aiohttp.test_utils import TestServer
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey
from yarl import URL

CLIENT, SECRET = "halo-urzad", "kept between the two"


@dataclass
class IdentityProvider:
    """Whoever comes to it is `subject`."""

    issuer: str = ""
    subject: str = "u-4711"
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}))
    begun: dict[str, dict[str, str]] = field(default_factory=dict)
    """What was asked for, by the code that was given out."""
    claims: dict[str, Any] = field(default_factory=dict)
    """Lies: these claims stand in the token instead of the true ones; None: the claim is missing."""
    signed: Callable[[dict[str, Any]], str] | None = None
    """A lie: how the token is signed."""
    known: dict[str, Any] = field(default_factory=dict)
    """Lies about itself."""

    def authorize(self, asked: str) -> dict[str, str]:
        """What the browser brings back from the provider after this address (RFC 6749 §4.1.2)."""
        query = URL(asked).query
        assert query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256"
        assert "openid" in query["scope"].split()
        code = f"code-{len(self.begun)}"
        self.begun[code] = dict(query)
        return {"code": code, "state": query["state"], "iss": self.issuer}

    async def discover(self, request: web.Request) -> web.Response:
        known = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }
        return web.json_response({**known, **self.known})

    async def keys(self, request: web.Request) -> web.Response:
        return web.json_response(KeySet([self.key]).as_dict(private=False))

    async def token(self, request: web.Request) -> web.Response:
        form = await request.post()
        begun = self.begun.pop(str(form["code"]), None)
        client = base64.b64decode(request.headers["Authorization"].removeprefix("Basic ")).decode()
        digest = hashlib.sha256(str(form["code_verifier"]).encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            begun is None
            or client != f"{quote_plus(CLIENT)}:{quote_plus(SECRET)}"
            or begun["redirect_uri"] != form["redirect_uri"]
            or begun["code_challenge"] != challenge
        ):
            return web.json_response({"error": "invalid_grant"}, status=400)
        now = int(time.time())
        told = {
            "iss": self.issuer,
            "sub": self.subject,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": begun["nonce"],
        }
        claims = {name: value for name, value in {**told, **self.claims}.items() if value is not None}
        sign = self.signed or self.rightly
        return web.json_response({"access_token": "x", "token_type": "Bearer", "id_token": sign(claims)})

    def rightly(self, claims: dict[str, Any]) -> str:
        """Signed with our key."""
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)

    def by_another_key(self, claims: dict[str, Any]) -> str:
        """Signed with a key that calls itself ours."""
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, RSAKey.generate_key(2048))

    def by_the_public_key(self, claims: dict[str, Any]) -> str:
        """Signed with HMAC, and our public key for its secret (the classic confusion of algorithms)."""
        public = OctKey.import_key(self.key.as_pem(private=False) + b"\n" * 8)
        return jwt.encode({"alg": "HS256"}, claims, public)

    def by_nobody(self, claims: dict[str, Any]) -> str:
        """Not signed at all: alg none."""
        _header, _, rest = self.rightly(claims).partition(".")
        none = base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').rstrip(b"=").decode()
        return f"{none}.{rest.partition('.')[0]}."


@asynccontextmanager
async def identity_provider() -> AsyncIterator[IdentityProvider]:
    """The provider, on a port of its own."""
    provider = IdentityProvider()
    app = web.Application()
    app.router.add_get("/.well-known/openid-configuration", provider.discover)
    app.router.add_get("/keys", provider.keys)
    app.router.add_post("/token", provider.token)
    async with TestServer(app) as server:
        provider.issuer = str(server.make_url("/")).rstrip("/")
        yield provider
