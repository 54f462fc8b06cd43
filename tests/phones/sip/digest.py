"""Digest authentication (RFC 2617, with quality of protection): who knows the secret, without saying it."""

import hashlib
import re

COUNT, NONCE = "00000001", "mine"
"""Each challenge is answered once, so the count never grows."""


def credentials(challenge: str, user: str, secret: str, method: str, uri: str) -> str:
    """The Authorization header that answers a WWW-Authenticate (or Proxy-Authenticate) header."""
    given = dict(re.findall(r'(\w+)="?([^",]+)"?', challenge))
    ha1, ha2 = _md5(user, given["realm"], secret), _md5(method, uri)
    words = {
        "username": user,
        "realm": given["realm"],
        "nonce": given["nonce"],
        "opaque": given["opaque"],
        "uri": uri,
        "cnonce": NONCE,
        "response": _md5(ha1, given["nonce"], COUNT, NONCE, "auth", ha2),
    }
    quoted = ", ".join(f'{name}="{word}"' for name, word in words.items())
    return f"Digest {quoted}, algorithm=MD5, qop=auth, nc={COUNT}"


def _md5(*parts: str) -> str:
    return hashlib.md5(":".join(parts).encode()).hexdigest()
