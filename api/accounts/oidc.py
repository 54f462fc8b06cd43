"""Signing in by the hall's identity provider: OpenID Connect, authorization code flow with PKCE.

    browser ── /sign-in/provider ──> us ── 303: state, nonce, S256 challenge ──> provider: the person signs in there
    browser <── 303: code, state ── provider                 us ── code, verifier, our secret ──> its token endpoint
    us: the ID token's signature, issuer, audience, times and nonce ──> (issuer, subject) ──> the linked account

What is checked is what OpenID Connect Core 1.0 §3.1.3.7 asks for, RFC 7636 (PKCE) and RFC 9207 (the issuer in the
answer). The provider proves who somebody is; what they may do here is decided by the account that an
administrator has linked to them.
"""

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus

from aiohttp import ClientError, ClientSession, ClientTimeout, encode_basic_auth
from yarl import URL

from api.language import Text, noted
from api.settings.web import Oidc
from records.account_views import Subject

if TYPE_CHECKING:  # cryptography takes a while to load, and most halls have no provider
    from joserfc.jwk import KeySet

DISCOVERY = ".well-known/openid-configuration"
KNOWN_FOR = 3600.0
"""Seconds after which the provider is asked again who it is, and for its keys."""
SECONDS = ClientTimeout(total=10)
LEEWAY = 60
"""Seconds by which two clocks may differ."""
SIGNED_BY = ["RS256", "PS256", "ES256", "EdDSA"]
"""Signatures by a key pair: never "none", and never one that our shared secret could make."""

AWAY = noted("Dostawca tożsamości nie odpowiada. Spróbuj za chwilę, albo zaloguj się hasłem.")
STRANGE = noted("Odpowiedź dostawcy tożsamości nie pasuje do tego logowania. Spróbuj jeszcze raz.")
DENIED = noted("Dostawca tożsamości odmówił logowania.")


class ProviderError(Exception):
    """Somebody cannot be signed in by the provider: `text` is for them, the message for the log."""

    def __init__(self, text: Text, reason: str) -> None:
        super().__init__(reason)
        self.text = text


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A sign-in that has begun, as the browser keeps it meanwhile."""

    state: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    """PKCE's (RFC 7636 §4.1): 64 characters."""

    @property
    def challenge(self) -> str:
        """The verifier's S256 challenge (RFC 7636 §4.2)."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


@dataclass(slots=True)
class Provider:
    """One identity provider, found by its issuer."""

    issuer: str
    name: str
    client_id: str
    client_secret: str = ""
    _known: Mapping[str, Any] = field(default_factory=dict)
    _keys: "KeySet | None" = None
    _known_at: float = 0.0

    async def begin(self, pending: Pending, back: URL) -> URL:
        """Where the browser is sent to; the provider sends it back to `back`. Raises ProviderError."""
        async with ClientSession(timeout=SECONDS) as http:
            await self._look(http)
        return URL(self._known["authorization_endpoint"]).update_query(
            response_type="code",
            scope="openid",
            client_id=self.client_id,
            redirect_uri=str(back),
            state=pending.state,
            nonce=pending.nonce,
            code_challenge=pending.challenge,
            code_challenge_method="S256",
        )

    async def finish(self, pending: Pending, answer: Mapping[str, str], back: URL) -> Subject:
        """Who the person is that the provider sent back with this query. Raises ProviderError."""
        if not hmac.compare_digest(answer.get("state", "").encode(), pending.state.encode()):
            raise ProviderError(STRANGE, "the state is another")
        if "error" in answer:
            raise ProviderError(DENIED, f"the provider answered {answer['error'][:60]!r}")
        if answer.get("iss", self.issuer) != self.issuer:
            raise ProviderError(STRANGE, "the answer is of another issuer")
        async with ClientSession(timeout=SECONDS) as http:
            await self._look(http)
            token = await self._token(http, pending, answer.get("code", ""), back)
        return self._subject(token, pending)

    async def _token(self, http: ClientSession, pending: Pending, code: str, back: URL) -> str:
        """The ID token for a code, from the token endpoint."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": str(back),
            "code_verifier": pending.verifier,
        }
        headers: dict[str, str] = {}
        if self.client_secret and "client_secret_post" not in self._ways():
            # Each is form-encoded before both are Base64-encoded (RFC 6749 §2.3.1).
            pair = quote_plus(self.client_id), quote_plus(self.client_secret)
            headers["Authorization"] = encode_basic_auth(*pair)
        else:
            form["client_id"] = self.client_id
            if self.client_secret:
                form["client_secret"] = self.client_secret
        token = (await _json(http, "POST", self._known["token_endpoint"], data=form, headers=headers)).get(
            "id_token"
        )
        if not isinstance(token, str):
            raise ProviderError(STRANGE, "the provider gave no ID token")
        return token

    def _ways(self) -> list[str]:
        """How we may prove at the token endpoint who we are; HTTP Basic unless the provider says otherwise."""
        ways = self._known.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        return [] if "client_secret_basic" in ways else list(ways)

    def _subject(self, token: str, pending: Pending) -> Subject:
        """The subject of an ID token, if all is as OpenID Connect Core §3.1.3.7 wants it."""
        from joserfc import jwt
        from joserfc.errors import JoseError

        assert self._keys is not None
        rules = jwt.JWTClaimsRegistry(
            leeway=LEEWAY,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self.client_id},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": pending.nonce},
        )
        try:
            claims = jwt.decode(token, self._keys, algorithms=SIGNED_BY).claims
            rules.validate(claims)
        except (JoseError, ValueError) as wrong:
            self._known_at = -KNOWN_FOR  # its keys may be others by now: the next attempt asks for them
            raise ProviderError(STRANGE, f"the ID token is not in order: {wrong}") from None
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if claims.get("azp", None if several else self.client_id) != self.client_id:
            raise ProviderError(STRANGE, "the ID token was made for somebody else")
        return Subject(issuer=self.issuer, subject=str(claims["sub"]))

    async def _look(self, http: ClientSession) -> None:
        """Know the provider's addresses and keys, not too long ago. Raises ProviderError."""
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        if self._known and time.monotonic() - self._known_at < KNOWN_FOR:
            return
        known = await _json(http, "GET", f"{self.issuer.rstrip('/')}/{DISCOVERY}")
        if known.get("issuer") != self.issuer:
            raise ProviderError(
                AWAY, f"it calls itself {str(known.get('issuer'))[:200]!r}, not {self.issuer!r}"
            )
        for needed in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            if not _guarded(str(known.get(needed, ""))):
                raise ProviderError(AWAY, f"its {needed} is missing or not https")
        try:
            self._keys = KeySet.import_key_set(await _json(http, "GET", known["jwks_uri"]))  # type: ignore[arg-type]
        except (JoseError, ValueError, KeyError, TypeError) as wrong:
            raise ProviderError(AWAY, f"its keys cannot be read: {wrong}") from None
        self._known, self._known_at = known, time.monotonic()


def provider_of(settings: Oidc) -> Provider | None:
    """The provider of the settings; None if people sign in with passwords only."""
    if settings.issuer is None:
        return None
    secret = settings.client_secret
    return Provider(
        issuer=settings.issuer,
        name=settings.name,
        client_id=settings.client_id,
        client_secret=secret.get_secret_value() if secret is not None else "",
    )


async def _json(http: ClientSession, method: str, url: str, **sent: Any) -> dict[str, Any]:
    """The JSON object at an address of the provider. Raises ProviderError."""
    try:
        async with http.request(method, url, allow_redirects=False, **sent) as answer:
            if answer.status != 200:
                raise ProviderError(AWAY, f"{URL(url).path} answered {answer.status}")
            body = await answer.json(content_type=None)
    except (ClientError, TimeoutError, ValueError) as wrong:
        raise ProviderError(
            AWAY, f"{URL(url).path} cannot be read: {wrong or type(wrong).__name__}"
        ) from None
    if not isinstance(body, dict):
        raise ProviderError(AWAY, f"{URL(url).path} answered no object")
    return body


def _guarded(url: str) -> bool:
    """Whether nobody on the way can read or change what is sent: https, or this machine itself."""
    parsed = URL(url)
    return parsed.scheme == "https" or (
        parsed.scheme == "http" and parsed.host in {"127.0.0.1", "localhost", "::1"}
    )
