"""Tokens that programs and people carry to the API: shown once, kept as hashes in a file of the state folder.

A token is 256 random bits, so a plain SHA-256 is enough to keep it by (a slow hash defends guessable
passwords, and nobody guesses 256 bits). They live in a file and not in the database, because who may see that
the database is away must be known while it is away.
"""

import fcntl
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path

PREFIX = "halo_"
"""What every token begins with, so that scanners for leaked secrets can find them."""

MODE = 0o600


class Scope(Enum):
    """What a token lets its bearer do; some include others.

        desk > read:personal > read > metrics, read:directory
        directory > read:directory

    Who keeps the directory reads no calls, and who serves callers does not change the directory.
    """

    METRICS = "metrics"
    """Read `/metrics`: counts, and nobody's data."""
    LOOK_UP = "read:directory"
    """Look things up in the directory, and see who is away; officials' mobiles are masked."""
    READ = "read"
    """Read calls, transfers and tickets; numbers, names and spoken texts are masked."""
    PERSONAL = "read:personal"
    """The same, unmasked."""
    DESK = "desk"
    """Read all that, and give commands: a clerk's screen must see who calls, and acts for its clerk."""
    DIRECTORY = "directory"
    """Look things up in the directory, change it, enter absences, close hygiene tasks; no calls."""

    def includes(self, other: "Scope") -> bool:
        """Whether who may do this may do the other too."""
        return other is self or any(scope.includes(other) for scope in _INCLUDED[self])


_INCLUDED: Mapping[Scope, tuple[Scope, ...]] = {
    Scope.METRICS: (),
    Scope.LOOK_UP: (),
    Scope.READ: (Scope.METRICS, Scope.LOOK_UP),
    Scope.PERSONAL: (Scope.READ,),
    Scope.DESK: (Scope.PERSONAL,),
    Scope.DIRECTORY: (Scope.LOOK_UP,),
}


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is kept: everything but itself."""

    id: str
    name: str
    scope: Scope
    created: datetime
    sha256: str


class TokenError(Exception):
    """The tokens cannot be read or changed as asked; the text is one sentence for the administrator."""


class Tokens:
    """The tokens of one installation, in `tokens.json`; several processes may use it at once.

    A change by `halo token` takes effect in the running service at the next request.
    """

    def __init__(self, state_dir: Path, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._path = state_dir / "tokens.json"
        self._now = now
        self._seen: tuple[int, int, int] | None = None
        self._tokens: tuple[Token, ...] = ()

    def all(self) -> tuple[Token, ...]:
        """Every token that is valid now, oldest first. Raises TokenError if the file is damaged."""
        try:
            status = os.stat(self._path)
        except FileNotFoundError:
            self._seen, self._tokens = None, ()
            return ()
        mark = (status.st_mtime_ns, status.st_size, status.st_ino)
        if mark != self._seen:
            self._tokens = tuple(self._read())
            self._seen = mark
        return self._tokens

    def bearer(self, text: str) -> Token | None:
        """The token that this text is, or None; takes as long for a wrong one as for a right one."""
        offered = _hash(text)
        found = None
        for token in self.all():
            if hmac.compare_digest(token.sha256, offered):
                found = token
        return found

    def create(self, name: str, scope: Scope) -> tuple[Token, str]:
        """Make a token and return it with its text, which exists nowhere else: show it once.

        Raises TokenError if a token of that name exists, or if it is no name: the record says by it who commanded.
        """
        if not name.strip() or not name.isprintable():
            raise TokenError(
                "a token needs a name of printable signs: by it the record says who gave a command"
            )
        text = PREFIX + secrets.token_urlsafe(32)
        with self._locked():
            tokens = self.all()
            if any(token.name == name for token in tokens):
                raise TokenError(
                    f'there is a token "{name}" already; revoke it first, or choose another name'
                )
            token = Token(secrets.token_hex(4), name, scope, self._now(), _hash(text))
            self._write([*tokens, token])
        return token, text

    def revoke(self, id_or_name: str) -> Token:
        """Make a token invalid for ever. Raises TokenError if there is none of that id or name."""
        with self._locked():
            tokens = self.all()
            found = next((token for token in tokens if id_or_name in (token.id, token.name)), None)
            if found is None:
                raise TokenError(f'there is no token "{id_or_name}"; `halo token list` shows those there are')
            self._write(token for token in tokens if token is not found)
        return found

    def _read(self) -> Iterator[Token]:
        try:
            for row in json.loads(self._path.read_text(encoding="utf-8")):
                created = datetime.fromisoformat(row["created"])
                yield Token(row["id"], row["name"], Scope(row["scope"]), created, row["sha256"])
        except OSError as wrong:
            raise TokenError(
                f"{self._path} cannot be read ({wrong.strerror}); give it to this user"
            ) from None
        except (ValueError, KeyError, TypeError):
            raise TokenError(
                f"{self._path} is damaged; remove it and create the tokens again with `halo token create`"
            ) from None

    def _write(self, tokens: Iterable[Token]) -> None:
        rows = [
            {
                "id": token.id,
                "name": token.name,
                "scope": token.scope.value,
                "created": token.created.isoformat(),
                "sha256": token.sha256,
            }
            for token in tokens
        ]
        fresh = self._path.with_suffix(".new")
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, MODE), "w", encoding="utf-8") as file:
            json.dump(rows, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One writer at a time, also among processes."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with open(os.open(self._path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, MODE), "w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield
        except PermissionError as wrong:
            raise TokenError(
                f"{wrong.filename} may not be written by this user; run as the service's user"
            ) from None


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
