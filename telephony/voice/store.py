"""The cache of clips on disk: named by what they are made of, written whole or not at all, readable by Asterisk.

`<root>/<2 hex>/<hash>.alaw` and `.sln16`, and beside them `<hash>.json`: which prompt it is, its words, and
how it was made. A clip is kept if it was rendered ahead of time; one rendered in a call (a number read back)
may hold personal data, so its sidecar is for us alone and it goes an hour after its last use.
"""

import contextlib
import hashlib
import json
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import NewType

from telephony.voice.sound import Audio

ClipKey = NewType("ClipKey", str)
"""The hash that names a clip."""

FLEETING = 3600.0
"""Seconds that a clip made in a call stays after its last use."""

UNUSED = 90 * 24 * 3600.0
"""Seconds that any other clip stays after its last use."""

NOTED_EVERY = 60.0
"""Seconds between two notes of a clip's use."""
MOST_NOTED = 4096


@dataclass(frozen=True, slots=True)
class Origin:
    """What a clip says and how it was made: enough to trace it back to its prompts."""

    names: tuple[str, ...]
    text: str
    language: str
    source: str
    made_by: str
    seconds: float
    kept: bool = False


def key_of(*ingredients: str) -> ClipKey:
    """The name of a clip: a hash over everything that its sound depends on."""
    return ClipKey(hashlib.sha256(json.dumps(ingredients).encode()).hexdigest())


class ClipStore:
    """The folder of clips. Several threads and processes may write: the last rename wins, with the same bytes."""

    def __init__(self, root: Path) -> None:
        self._root = root.absolute()
        self._at = lru_cache(maxsize=MOST_NOTED)(self._path_of)
        self._noted: dict[ClipKey, float] = {}
        """When each clip's last use was written down (monotonic)."""

    def path(self, key: ClipKey) -> Path:
        """The clip's path without extension: what Asterisk's `sound:` wants."""
        return self._at(key)

    def _path_of(self, key: ClipKey) -> Path:
        return self._root / key[:2] / key

    def seconds(self, key: ClipKey) -> float | None:
        """How long the clip is; None if it is not there, or not whole."""
        path = str(self.path(key))
        try:
            alaw = os.stat(f"{path}.alaw").st_size
            sln16 = os.stat(f"{path}.sln16").st_size
        except OSError:
            return None
        # 8000 bytes a second against 32000: a file cut short by a full disk does not fit
        return alaw / 8000 if alaw and abs(sln16 - 4 * alaw) <= 8 else None

    def put(self, key: ClipKey, audio: Audio, origin: Origin) -> None:
        """Write a clip, each file under a passing name and renamed when whole."""
        self._write(key, ".sln16", audio.sln16, 0o644)
        self._write(key, ".alaw", audio.alaw, 0o644)
        self._note(key, origin)

    def origin(self, path: Path) -> Origin | None:
        """What the clip at this path says (extension or not); None if nobody knows."""
        try:
            told = json.loads((path.parent / f"{path.name.partition('.')[0]}.json").read_text("utf-8"))
            return Origin(**{**told, "names": tuple(told["names"])})
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def keep(self, key: ClipKey, origin: Origin) -> None:
        """Note that a prompt of the catalogue uses this clip: it stays, and is traced to that name too."""
        known = self.origin(self.path(key)) or origin
        names = tuple(dict.fromkeys((*known.names, *origin.names)))
        kept = replace(known, names=names, kept=True)
        if kept != known:
            self._note(key, kept)

    def used(self, key: ClipKey) -> None:
        """Remember that the clip was wanted just now; written down once a minute, which every call would pay for."""
        now = time.monotonic()
        if now - self._noted.get(key, float("-inf")) < NOTED_EVERY:
            return
        if len(self._noted) >= MOST_NOTED:
            self._noted.clear()
        self._noted[key] = now
        with contextlib.suppress(OSError):
            os.utime(self.path(key).with_suffix(".alaw"))

    def sweep(self, now: float | None = None) -> int:
        """Delete clips that nobody wanted for long, and what a crash left half written; return how many clips."""
        at = time.time() if now is None else now
        gone = 0
        for clip in self._root.glob("[0-9a-f][0-9a-f]/*.alaw"):
            origin = self.origin(clip)
            patience = UNUSED if origin is not None and origin.kept else FLEETING
            if _age(clip, at) > patience:
                for suffix in (".alaw", ".sln16", ".json"):
                    clip.with_suffix(suffix).unlink(missing_ok=True)
                gone += 1
        for leftover in self._root.glob("[0-9a-f][0-9a-f]/*.part"):
            if _age(leftover, at) > FLEETING:
                leftover.unlink(missing_ok=True)
        return gone

    def _note(self, key: ClipKey, origin: Origin) -> None:
        told = json.dumps(asdict(origin), ensure_ascii=False, indent=1).encode()
        self._write(key, ".json", told, 0o644 if origin.kept else 0o600)

    def _write(self, key: ClipKey, suffix: str, content: bytes, mode: int) -> None:
        path = self.path(key).with_suffix(suffix)
        _readable_folders(path.parent)
        passing = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.part")
        try:
            descriptor = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            passing.chmod(mode)
            passing.replace(path)
        finally:
            passing.unlink(missing_ok=True)


def closed_to_others(path: Path) -> Path | None:
    """The first folder on the way to `path` that other users may not enter; None if Asterisk can get there."""
    for folder in reversed([path.absolute(), *path.absolute().parents]):
        with contextlib.suppress(FileNotFoundError):
            if not folder.stat().st_mode & 0o001:
                return folder
    return None


def _readable_folders(folder: Path) -> None:
    """Make the missing folders on the way, for all to enter, whatever the umask."""
    for missing in reversed(list(_missing(folder))):
        missing.mkdir(exist_ok=True)
        missing.chmod(0o755)


def _missing(folder: Path) -> Iterator[Path]:
    while not folder.exists():
        yield folder
        folder = folder.parent


def _age(file: Path, at: float) -> float:
    try:
        return at - file.stat().st_mtime
    except FileNotFoundError:
        return 0.0
