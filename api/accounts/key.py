"""The installation's own key: what a browser brings back is ours only if this key says so (HMAC-SHA-256)."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from api.service import StartError

FILE = "pages.key"
MODE = 0o600
LENGTH = 32


class Key:
    """Signs short texts for one purpose each, and tells whether a signature is ours."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def mark(self, purpose: str, text: str) -> str:
        """The signature of a text for a purpose, in hex."""
        return hmac.new(self._secret, f"{purpose}\0{text}".encode(), hashlib.sha256).hexdigest()

    def sealed(self, purpose: str, text: str) -> str:
        """The text with its signature before it."""
        return f"{self.mark(purpose, text)}.{text}"

    def opened(self, purpose: str, sealed: str) -> str | None:
        """The text, if it was sealed by this key for this purpose; else None."""
        mark, _, text = sealed.partition(".")
        return text if hmac.compare_digest(mark.encode(), self.mark(purpose, text).encode()) else None


def key_of(state_dir: Path) -> Key:
    """The key in the state folder, made at the first start, readable by its own user only. Raises StartError."""
    path = state_dir / FILE
    try:
        secret = path.read_bytes() if path.exists() else b""
        return Key(secret if len(secret) >= LENGTH else _made(path))
    except OSError as wrong:
        raise StartError(f"{path} cannot be read or made ({wrong.strerror}): give it to this user.") from None


def _made(path: Path) -> bytes:
    secret, fresh = secrets.token_bytes(LENGTH), path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MODE), "wb") as file:
        file.write(secret)
    fresh.replace(path)
    return secret
