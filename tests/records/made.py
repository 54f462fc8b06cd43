"""Facts made for the tests: one whole call by hand, and any facts at all by hypothesis."""

import types
from collections.abc import Iterable
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from enum import Enum
from typing import Any, NewType, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from callflows import facts as all_facts
from callflows.facts import (
    AttemptFact,
    AttemptId,
    CallAnswered,
    CallArrived,
    CallEnded,
    Fact,
    IntroductionPlayed,
    MatterChosen,
    PartiesConnected,
    PhoneRang,
    PhoneTakenUp,
    PromptPlayed,
    TalkEnded,
    TransferAccepted,
    TransferAnnounced,
    TransferAttempted,
    TransferEnded,
)
from callflows.outcomes import CallOutcome, Outcome
from telephony.values import CallId, NumberShown

WARSAW = ZoneInfo("Europe/Warsaw")
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=WARSAW)
NUMBER = "44 732 77 05"


def kinds() -> list[type[Fact]]:
    """Every kind of fact that a story can state."""
    known = [kind for kind in vars(all_facts).values() if isinstance(kind, type) and issubclass(kind, Fact)]
    return [kind for kind in known if kind not in (Fact, AttemptFact)]


def transferred_call(name: str, at: datetime = NOON, number: str = "447327705") -> list[Fact]:
    """The facts of a call that was connected, one second apart."""
    call, attempt = CallId(name), AttemptId(f"{name}-1")
    times = (at + timedelta(seconds=second) for second in range(100))

    def now() -> dict[str, Any]:
        return {"call": call, "at": next(times)}

    def tried() -> dict[str, Any]:
        return {**now(), "attempt": attempt}

    return [
        CallArrived(**now(), number=number, name="Żaneta", shown=NumberShown.SHOWN, dialled="447327700"),
        CallAnswered(**now()),
        PromptPlayed(**now(), prompts=("greeting",), text="Dzień dobry", played="whole"),
        MatterChosen(**now(), matter="del-i", title="Dowód osobisty", unit="rso", unit_name="Referat"),
        TransferAttempted(
            **tried(), order=1, matter="del-i", unit="rso", unit_name="Referat", person="anna",
            person_name="Anna Przykładowa", target="214", why="competent",
        ),
        TransferAnnounced(**tried()),
        PhoneRang(**tried()),
        PhoneTakenUp(**tried()),
        TransferAccepted(**tried()),
        IntroductionPlayed(**tried(), person="anna", played="whole"),
        PartiesConnected(**tried()),
        TransferEnded(**tried(), outcome=Outcome.EFFECTIVE, ring_seconds=1.5),
        TalkEnded(**tried(), seconds=61.0, by="caller"),
        CallEnded(**now(), outcome=CallOutcome.TRANSFERRED, by="caller", waiting_for=""),
    ]  # fmt: skip


_ZONES = [UTC, WARSAW, ZoneInfo("Pacific/Chatham"), timezone(timedelta(hours=-12))]
MOMENTS = st.datetimes(
    min_value=datetime(1950, 1, 1), max_value=datetime(2150, 1, 1), timezones=st.sampled_from(_ZONES)
)
"""Moments in all sorts of zones, those twice and never on the clock of a DST change among them."""

NASTY_TEXT = st.one_of(
    st.text(max_size=12),
    st.text(st.characters(), max_size=4),
    st.sampled_from(
        ["", "\x00", "a\x00b", "\ud800", "\x1b[2J\r\n\t\u202e", "'; DROP TABLE calls; --", "ź" * 20_000]
    ),
)
CLEAN_TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=12)


def any_fact(kind: type[Fact], text: st.SearchStrategy[str] = NASTY_TEXT) -> st.SearchStrategy[Fact]:
    """Facts of a kind with any values that their types allow, about a few calls, or none, and attempts."""
    hints = get_type_hints(kind)
    values: dict[str, Any] = {field.name: _any(hints[field.name], text) for field in fields(kind)}
    values["call"] = st.sampled_from(["call-1", "call-2", "call-3", ""])
    if "attempt" in values:
        values["attempt"] = st.sampled_from(["attempt-1", "attempt-2", "attempt-3"])
    optional = {f.name for f in fields(kind) if f.default is not MISSING}
    assert optional <= values.keys()
    return st.builds(kind, **values)


def any_facts(text: st.SearchStrategy[str] = NASTY_TEXT) -> st.SearchStrategy[list[Fact]]:
    """Any facts in any order."""
    return st.lists(st.one_of([any_fact(kind, text) for kind in kinds()]), min_size=1, max_size=25)


def in_utc(fact: Fact) -> Fact:
    """The same fact with its moments in UTC (Python finds moments in a DST gap equal to nothing: PEP 495)."""
    moments = {
        f.name: getattr(fact, f.name) for f in fields(fact) if isinstance(getattr(fact, f.name), datetime)
    }
    return replace(fact, **{name: moment.astimezone(UTC) for name, moment in moments.items()})


def bursts(items: list[Fact], sizes: Iterable[int]) -> list[list[Fact]]:
    """The facts in order, cut into bursts of these sizes."""
    rest, cut = list(items), []
    for size in sizes:
        cut.append(rest[:size])
        rest = rest[size:]
    return [burst for burst in [*cut, rest] if burst]


def _any(hint: Any, text: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    """Any value of a field's type."""
    while isinstance(hint, NewType):
        hint = hint.__supertype__
    if get_origin(hint) is tuple:
        return st.lists(_any(get_args(hint)[0], text), max_size=3).map(tuple)
    if get_origin(hint) is types.UnionType:
        return st.one_of([st.none() if kind is type(None) else _any(kind, text) for kind in get_args(hint)])
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        parts = {name: _any(kind, text) for name, kind in get_type_hints(hint).items()}
        return st.builds(hint, **parts)
    simple = {
        str: text,
        bool: st.booleans(),
        int: st.integers(-(2**31), 2**31 - 1),
        float: st.floats(),
        datetime: MOMENTS,
    }
    return simple[hint]
