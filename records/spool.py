"""Where facts are from the moment they are stated until they are committed: a folder of small files beside the service.

    append ──> 00000007.jsonl  (active: one write for all facts of a turn of the event loop)
               00000006.jsonl  (full, or some seconds old: gone as soon as its last fact is committed)

What was written outlives the death of the process, kill -9 too, because the kernel has it; a power cut may take what
the kernel had not yet brought to the disk: for that the last moments of facts are not worth an fsync each, and promises
are durable in the database before they are spoken. The files hold callers' numbers: only our own user may read them,
and they are emptied once their facts are committed.

If the disk is full the line goes on: facts stay in memory, the log says so once, and once more when it is over.
"""

import errno
import logging
import os
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from records.entry import Entry, to_line
from records.spool_reading import read_segment, segments_in

log = logging.getLogger(__name__)

SPOOL = "spool"
"""Its name in the state folder."""

SEGMENT_BYTES = 1_000_000
SEGMENT_SECONDS = 5.0
"""A file that is larger, or was begun longer ago, is written no further: so none stays while the line is busy."""

RETRY_SECONDS = 1.0
"""Between two tries to write while the disk refuses."""

A_TRY = b"\n"
"""Written, and taken back, where nothing waits: whether the disk takes anything again."""

FOLDER_MODE, FILE_MODE = 0o700, 0o600


class Spool(Protocol):
    """Keeps the facts that are not committed, first in, first out."""

    @property
    def unspooled(self) -> int:
        """How many facts are only in memory."""

    @property
    def failing(self) -> bool:
        """Whether the last try to write went wrong."""

    def take(self) -> Sequence[Entry]:
        """Give what an earlier run left, in order; it stays kept until it is dropped. Asked once, first."""

    def append(self, entries: Sequence[Entry]) -> None:
        """Keep these too. Never fails; what cannot be written is tried again at the next call."""

    def drop(self, number: int) -> None:
        """The oldest so many are committed."""

    def close(self) -> int:
        """Write no more for now; return how many facts are only in memory, and lost with it."""


class NoSpool:
    """No spool: what cannot be written until the end is lost."""

    failing = False

    def __init__(self) -> None:
        self.unspooled = 0

    def take(self) -> Sequence[Entry]:
        """Nothing is kept."""
        return ()

    def append(self, entries: Sequence[Entry]) -> None:
        """Only count them."""
        self.unspooled += len(entries)

    def drop(self, number: int) -> None:
        """So many less."""
        self.unspooled -= number

    def close(self) -> int:
        """All that was not committed is lost."""
        return self.unspooled


@dataclass(slots=True)
class _Segment:
    """One file; `left` of its facts are not committed."""

    path: Path
    left: int = 0
    size: int = 0
    descriptor: int = -1
    began: float = 0.0
    """When the first of what is in it was written, on the monotonic clock."""
    kept: bool = False
    """It holds lines that could neither be read nor set aside: it is not removed."""


class FolderSpool:
    """The spool on disk. One process at a time: the lock of the state folder sees to that."""

    def __init__(
        self,
        folder: Path,
        *,
        segment_bytes: int = SEGMENT_BYTES,
        segment_seconds: float = SEGMENT_SECONDS,
        retry_seconds: float = RETRY_SECONDS,
    ) -> None:
        self._folder, self._retry_seconds = folder, retry_seconds
        self._segment_bytes, self._segment_seconds = segment_bytes, segment_seconds
        self._full: deque[_Segment] = deque()
        self._active: _Segment | None = None
        self._waiting: deque[bytes] = deque()
        self._last = 0
        """The number of the youngest file."""
        self._failing_since = self._tried = 0.0

    @property
    def unspooled(self) -> int:
        """How many facts are only in memory."""
        return len(self._waiting)

    @property
    def failing(self) -> bool:
        """Whether the last try to write went wrong."""
        return self._failing_since > 0

    def take(self) -> Sequence[Entry]:
        """Give what an earlier run left; lines that cannot be read are set aside and logged."""
        taken: list[Entry] = []
        try:
            self._folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
            found = segments_in(self._folder)
        except OSError as error:
            self._failed(error)
            return ()
        for self._last, path in found:
            if path is None:
                continue
            entries, all_told = read_segment(path)
            taken += entries
            self._full.append(_Segment(path, left=len(entries), kept=not all_told))
        if taken:
            log.warning(
                "%d facts of the time before are in the spool: they are brought to the database.", len(taken)
            )
        self._remove_done()
        return taken

    def append(self, entries: Sequence[Entry]) -> None:
        """Keep these too: one write for all of them. After a failure, none is enough to find out that it is over."""
        self._waiting.extend(map(to_line, entries))
        if not self._waiting and not self.failing:
            return
        if self.failing and time.monotonic() - self._tried < self._retry_seconds:
            return
        lines, data = len(self._waiting), b"".join(self._waiting)
        try:
            segment = self._writable()
            _write_whole(segment, data or A_TRY)
            if not data:
                os.ftruncate(segment.descriptor, segment.size - len(A_TRY))
                segment.size -= len(A_TRY)
        except OSError as error:
            self._failed(error)
            return
        segment.left += lines
        self._waiting.clear()
        if self.failing:
            seconds = time.monotonic() - self._failing_since
            log.warning(
                "The spool is written again, after %.0f seconds: %d facts were only in memory.",
                seconds,
                lines,
            )
            self._failing_since = 0.0

    def drop(self, number: int) -> None:
        """The oldest so many are committed: empty what held nothing else."""
        for segment in (*self._full, *([self._active] if self._active else [])):
            here = min(number, segment.left)
            segment.left -= here
            number -= here
        for _ in range(number):
            self._waiting.popleft()
        self._remove_done()
        if self._active is not None and self._active.left == 0 and self._active.size:
            try:
                os.ftruncate(self._active.descriptor, 0)
                self._active.size = 0
            except OSError as error:  # what stays in it is looked up before it is written again
                self._failed(error)

    def close(self) -> int:
        """Close the file; one that is empty goes."""
        if self._active is not None:
            os.close(self._active.descriptor)
            self._full.append(self._active)
            self._active = None
        self._remove_done()
        return len(self._waiting)

    def _writable(self) -> _Segment:
        """The file to write to: the active one, or the next if that is full or old. Raises OSError."""
        now, active = time.monotonic(), self._active
        if active is not None and active.size == 0:
            active.began = now
        if active is not None and (
            active.size >= self._segment_bytes or now - active.began > self._segment_seconds
        ):
            os.close(active.descriptor)
            self._full.append(active)
            self._active = active = None
        if active is None:
            self._folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
            path = self._folder / f"{self._last + 1:08d}.jsonl"
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
            active = self._active = _Segment(path, descriptor=os.open(path, flags, FILE_MODE), began=now)
            self._last += 1
        return active

    def _remove_done(self) -> None:
        """Remove the full files of which every fact is committed."""
        while self._full and self._full[0].left == 0:
            segment = self._full.popleft()
            if segment.kept:
                continue
            try:
                segment.path.unlink(missing_ok=True)
            except OSError as error:  # what stays in it is looked up before it is written again
                log.warning("%s of the spool cannot be removed: %s.", segment.path.name, error.strerror)

    def _failed(self, error: OSError) -> None:
        """Say it once; whoever appends next tries again."""
        self._tried = time.monotonic()
        if not self.failing:
            self._failing_since = self._tried
            reason = error.strerror or str(error)
            log.error(
                "The spool in %s cannot be written (%s): facts are only in memory.", self._folder, reason
            )


def _write_whole(segment: _Segment, data: bytes) -> None:
    """Append all of it or nothing. Raises OSError."""
    written = os.write(segment.descriptor, data)
    if written < len(data):
        os.ftruncate(segment.descriptor, segment.size)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    segment.size += written
