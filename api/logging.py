"""What the service writes about itself: one line per event, with the call's id, and without personal data.

Two forms of the same line: for people (`human`) and for programs (`json`, one object per line). Masking is
done by the formatter, last of all, so that it holds for every logger, library and exception text.
"""

import json
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Literal, TextIO

from api.masking import masked, masked_text
from telephony.call import Call, Story

CURRENT_CALL: ContextVar[str] = ContextVar("current_call", default="")
"""The id of the call that the running task serves; empty outside calls."""

QUIETER = ("aioari", "aioswagger11", "asyncio", "alembic", "sqlalchemy", "aiosqlite")
"""Libraries that say too much below a warning."""


@contextmanager
def of_call(call: str) -> Iterator[None]:
    """Put this call's id on every line logged inside the block, in this task and in those it starts."""
    token = CURRENT_CALL.set(call)
    try:
        yield
    finally:
        CURRENT_CALL.reset(token)


def logged(story: Story) -> Story:
    """The same story, with the call's id on every line that it logs."""

    async def told(call: Call) -> None:
        with of_call(call.id):
            await story(call)

    return told


class _Masking(logging.Formatter):
    """What both forms share: the message, the exception and the call, all masked."""

    def message(self, record: logging.LogRecord) -> str:
        """The message with its arguments; personal fields of facts among them are hidden first."""
        if not record.args:
            return masked_text(str(record.msg))
        arguments = masked(record.args if isinstance(record.args, dict) else tuple(record.args))
        try:
            text = str(record.msg) % arguments
        except (TypeError, ValueError, KeyError):
            # A wrong format is our mistake, and must not make `logging` print the raw arguments.
            text = f"{record.msg} {arguments!r}"
        return masked_text(text)

    def trouble(self, record: logging.LogRecord) -> str:
        """The traceback, masked; empty without one."""
        parts = []
        if record.exc_info and record.exc_info[1] is not None:
            parts.append(self.formatException(record.exc_info))
        if record.stack_info:
            parts.append(self.formatStack(record.stack_info))
        return masked_text("\n".join(parts))

    def call(self, record: logging.LogRecord) -> str:
        """The call this line belongs to: `extra={"call": …}`, else the running task's."""
        return str(getattr(record, "call", "") or CURRENT_CALL.get())


class Human(_Masking):
    """`2026-11-24 10:00:00.123 warning api.bootstrap [call]: message`, a traceback below it."""

    def format(self, record: logging.LogRecord) -> str:
        """One line (more with a traceback) for people."""
        moment = datetime.fromtimestamp(record.created).isoformat(" ", "milliseconds")
        call = self.call(record)
        head = f"{moment} {record.levelname.lower()} {record.name}" + (f" [{call}]" if call else "")
        trouble = self.trouble(record)
        return f"{head}: {_one_line(self.message(record))}" + (f"\n{trouble}" if trouble else "")


class Json(_Masking):
    """One JSON object per line: at (UTC), level, logger, call, message, exception."""

    def format(self, record: logging.LogRecord) -> str:
        """One line for programs; empty fields are left out."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "call": self.call(record),
            "message": self.message(record),
            "exception": self.trouble(record),
        }
        return json.dumps({key: value for key, value in line.items() if value}, ensure_ascii=False)


def _one_line(text: str) -> str:
    """Line ends escaped, so that nothing a caller sends can look like a line of ours."""
    return text.replace("\r", "\\r").replace("\n", "\\n")


FORMS: dict[str, Callable[[], logging.Formatter]] = {"human": Human, "json": Json}


def set_up(*, level: str, form: Literal["human", "json"], stream: TextIO | None = None) -> Callable[[], None]:
    """Log to `stream` (standard error) from now on; the returned function ends that again."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(FORMS[form]())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(level.upper())
    for name in QUIETER:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))

    def undo() -> None:
        root.removeHandler(handler)
        root.setLevel(before)

    return undo
