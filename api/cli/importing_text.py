"""What `halo directory import` prints and writes: columns as they were understood, the diff, doubtful cells."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from directory.changes import Change
from directory.importing.columns import Layout
from directory.importing.meanings import Certainty
from directory.importing.plan import Plan
from directory.importing.sheets import letter
from directory.model import Extension, Reached, Week
from directory.numbers import national
from records.history_views import fields_of, title_of

SHOWN = 40
"""So many lines of each part are shown; all of them are in the report."""
HEADER = ("what", "file", "row", "column", "read", "why", "mend")
UNSHOWN = {"id", "spoken", "source"}
"""Fields of something new that say nothing that the others do not."""


def columns_text(layout: Layout) -> Iterator[str]:
    """Yield the columns of a sheet, one a line: letter, heading, meaning, and how sure that is."""
    about = {"person": "people", "unit": "units", "matter": "matters"}
    kind = about[layout.kind.value] if layout.kind else "nothing that is known"
    yield f"{layout.sheet.file}: a list of {kind}, from row {layout.begins} on"
    for it in layout.columns:
        match it.guess.certainty:
            case Certainty.UNKNOWN:
                told = "not read: unknown"
            case Certainty.AMBIGUOUS:
                told = "? " + " or ".join(meaning.value for meaning in it.guess.meanings)
            case Certainty.LIKELY:
                told = f"{it.guess.meanings[0].value} (likely)"
            case Certainty.SURE:
                told = it.guess.meanings[0].value
        sample = it.sample.replace("\n", " ")[:30]
        yield f"  {letter(it.number):3} {it.heading.replace(chr(10), ' ')[:34]:34}  {told:24}  {sample}".rstrip()


def plan_text(plan: Plan, *, gone: str, shown: int = SHOWN) -> Iterator[str]:
    """Yield the diff and the doubtful cells; `gone` says what becomes of what the list has not."""
    new = [it for it in plan.changes if it.before is None]
    changed = [it for it in plan.changes if it.before is not None and it.after is not None]
    parts: tuple[tuple[str, Sequence[object], Callable[[Any], str]], ...] = (
        ("New", new, change_text),
        ("Changed", changed, change_text),
        (f"Gone, {gone}", plan.gone, lambda it: f"{type(it).__name__.lower()} {it.id}"),
        ("Doubtful", plan.findings, str),
    )
    for heading, things, told in parts:
        if things:
            yield f"{heading} ({len(things)})"
            yield from (f"  {told(it)}" for it in things[:shown])
        if len(things) > shown:
            yield f"  ... and {len(things) - shown} more: --report FILE has all of them"


def change_text(change: Change) -> str:
    """Return one change as one line: what is new with its facts, or each field before and after."""
    label = f"{change.kind.value} {change.id}"
    name = title_of(change)
    if change.before is None:
        facts = [
            f"{field.name} {value_text(field.after)}"
            for field in fields_of(change)
            if field.after not in (None, "", (), frozenset())
            and field.name not in UNSHOWN | {"name", "title", "symbol"}
            if not _is_usual(change.after, field.name, field.after)
        ]
        return f"{label}: {name}" + (f"; {'; '.join(facts)}" if facts else "")
    if change.after is None:
        return f"{label}: {name}"
    fields = [f"{it.name} {value_text(it.before)} -> {value_text(it.after)}" for it in fields_of(change)]
    return f"{label}: {'; '.join(fields)}"


def report_rows(plan: Plan) -> Iterator[tuple[str, ...]]:
    """Yield the whole report as rows: what is doubtful, new, changed, gone."""
    yield HEADER
    for it in plan.findings:
        yield ("doubtful", it.file, str(it.line or ""), it.field, it.read, it.why, it.mend)
    for change in plan.changes:
        what = "new" if change.before is None else "gone" if change.after is None else "changed"
        entry = plan.seen.get(change.id)
        place = (entry.file, str(entry.line or "")) if entry else ("", "")
        yield (what, *place, change.kind.value, title_of(change), change_text(change), "")
    going = {change.id for change in plan.changes if change.after is None}
    for known in plan.gone:
        if known.id not in going:
            name = known.name if hasattr(known, "name") else known.title
            yield ("kept", "", "", type(known).__name__.lower(), name, "not in the list; kept", "")


def value_text(value: Any) -> str:
    """Return a field's value as an administrator reads it."""
    match value:
        case None | "" | ():
            return "-"
        case bool():
            return "yes" if value else "no"
        case Extension():
            where = " (trunk)" if value.reached is Reached.TRUNK else ""
            return f"{value.digits}{'?' if value.doubtful else ''}{where}"
        case str() if value.startswith("+") and value[1:].isdigit():
            return national(value)
        case str():
            return value.replace("\n", " ")
        case tuple():
            return ", ".join(value_text(it) for it in value)
        case frozenset():
            return (
                ", ".join(sorted(it.isoformat() if isinstance(it, date) else str(it) for it in value)) or "-"
            )
        case Week():
            return f"{len(value.days)} days"
        case _:
            return str(value)


def _is_usual(known: object, name: str, value: Any) -> bool:
    """Tell whether a field has the value that it has by itself."""
    assert is_dataclass(known)
    return any(field.default == value for field in fields(known) if field.name == name)
