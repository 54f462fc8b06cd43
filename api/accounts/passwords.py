"""Passwords: kept as argon2id hashes (RFC 9106), judged by zxcvbn, made up where nobody has chosen one yet.

A rule such as "one capital and one digit" makes people choose `Lato2026!`. So the rules are two (NIST SP 800-63B
§5.1.1): long enough, and not easily guessed, which zxcvbn estimates from lists of common passwords, names, dates
and patterns of the keyboard.
"""

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from api.language import Text, noted

LEAST, MOST = 12, 256
"""Characters. Nobody's passphrase is longer than the upper, and a hash of megabytes is an attack."""
JUDGED = 72
"""zxcvbn looks at so many characters, and its time grows fast beyond."""
GOOD = 3
"""Of zxcvbn's 0 to 4: "safely unguessable", 10^8 guesses or more."""
AT_ONCE = 2
"""Hashes computed at the same time: each takes 64 MiB for a moment, and calls need the processor too."""
OUR_WORDS = ("halo", "urzad", "urzedu", "ratusz", "miasto", "haslo", "telefon", "piotrkow")
"""What somebody who guesses passwords of a city hall tries first."""

TOO_SHORT = noted("Hasło musi mieć co najmniej 12 znaków.")
TOO_LONG = noted("Hasło może mieć najwyżej 256 znaków.")
TOO_COMMON = noted(
    "To hasło łatwo odgadnąć: składa się ze znanych słów, nazw, dat lub układów klawiatury. "
    "Dobre hasło to na przykład kilka słów, które nic nie łączy."
)

_SYLLABLES = [first + second for first in "bdfghjkmnprstwz" for second in "aeiou"]


def fault(password: str, known: Sequence[str] = ()) -> Text | None:
    """What is wrong with a new password, or None; `known` is what others know of this person."""
    from zxcvbn import zxcvbn  # its lists of words take a while, and the line starts without them

    if len(password) < LEAST:
        return TOO_SHORT
    if len(password) > MOST:
        return TOO_LONG
    together = ["".join(known), "".join(reversed(known))]
    judged = zxcvbn(password[:JUDGED], user_inputs=[*OUR_WORDS, *known, *together])
    return None if judged["score"] >= GOOD else TOO_COMMON


def made_up() -> str:
    """A password that can be read out over the telephone: 74 bits by chance, in four groups."""
    return "-".join("".join(secrets.choice(_SYLLABLES) for _ in range(3)) for _ in range(4))


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs; the defaults are RFC 9106's second recommended option."""

    passes: int = 3
    kibibytes: int = 65536
    lanes: int = 4


class Passwords:
    """Hashes and verifies, in threads, a few at a time."""

    def __init__(self, cost: Cost | None = None) -> None:
        cost = cost or Cost()
        self._hasher = PasswordHasher(
            time_cost=cost.passes, memory_cost=cost.kibibytes, parallelism=cost.lanes
        )
        self._nobodys = ""
        """What a password is compared with where there is nothing: made at the first sign-in, whoever's it is."""
        self._places = asyncio.Semaphore(AT_ONCE)

    async def hashed(self, password: str) -> str:
        """The hash to keep."""
        async with self._places:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def right(self, hash_: str | None, password: str) -> bool:
        """Whether this is the password; takes as long where there is none to compare with."""
        self._nobodys = self._nobodys or await self.hashed(secrets.token_urlsafe(16))
        async with self._places:
            right = await asyncio.to_thread(self._verified, hash_ or self._nobodys, password[:MOST])
        return right and hash_ is not None

    def outdated(self, hash_: str) -> bool:
        """Whether the hash was made at another cost than today's."""
        return self._hasher.check_needs_rehash(hash_)

    def _verified(self, hash_: str, password: str) -> bool:
        try:
            return self._hasher.verify(hash_, password)
        except (VerificationError, InvalidHashError):
            return False
