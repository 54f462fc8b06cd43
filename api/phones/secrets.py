"""What the phones sign in with: made once, kept in a file of the state folder that only its owner can read.

A line for each phone: extension and secret. Whoever renders again gets the same secrets, so that no phone has to
be set up twice; a phone that is gone from the directory loses its secret.
"""

import os
import re
import secrets
from collections.abc import Collection, Mapping
from pathlib import Path

from api.phones.whose import BadPhone

MODE = 0o600
_LINE = re.compile(r"(\d{2,6}) ([A-Za-z0-9_-]{12,128})")


def new_secret() -> str:
    """A phone's password: 144 bits, letters, digits, - and _ only, so that any phone takes it."""
    return secrets.token_urlsafe(18)


class PhoneSecrets:
    """The secrets of one installation, in `phone-secrets` of its state folder."""

    def __init__(self, state_dir: Path) -> None:
        self._path = state_dir / "phone-secrets"

    def read(self) -> Mapping[str, str]:
        """Return extension to secret. Raises BadPhone if the file is damaged."""
        try:
            lines = self._path.read_text(encoding="ascii").splitlines()
        except FileNotFoundError:
            return {}
        except UnicodeDecodeError:
            lines = [""]
        found = [_LINE.fullmatch(line) for line in lines]
        if not all(found):
            # The line itself is not shown: there may be a secret in it.
            raise BadPhone(f"Line {found.index(None) + 1} of {self._path} is not an extension and its secret")
        return {line[1]: line[2] for line in found if line}

    def for_phones(self, extensions: Collection[str], *, anew: Collection[str] = ()) -> Mapping[str, str]:
        """Return each phone's secret: the kept one; a new one where there is none, or one is wanted `anew`."""
        kept = self.read()
        return {
            extension: kept[extension] if extension in kept and extension not in anew else new_secret()
            for extension in extensions
        }

    def keep(self, phones: Mapping[str, str]) -> None:
        """Keep these, and no others."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        write_private(self._path, "".join(f"{name} {secret}\n" for name, secret in sorted(phones.items())))


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, by rename: nobody ever reads half of it.

    Root writes for whom the folder belongs to: the service's, or Asterisk's own user.
    """
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MODE), "w", encoding="utf-8") as file:
        file.write(text)
    if os.geteuid() == 0:
        folder = path.parent.stat()
        os.chown(beside, folder.st_uid, folder.st_gid)
    beside.replace(path)
