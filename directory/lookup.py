"""Find a unit, matter or person by what an administrator types: an id, a symbol, a whole name.

Finding by a citizen's words is another thing, and not this module's.
"""

from collections.abc import Iterator

from directory.model import Hall, Matter, Person, Unit
from directory.names import nearest, slug

Known = Unit | Matter | Person


class NotFound(LookupError):
    """Nothing, or more than one thing, is called so; the text is one sentence with what to type instead."""


def looked_up(hall: Hall, typed: str) -> Known:
    """Return what has this id, or else the only thing that has this symbol, name or alias. Raises NotFound."""
    everything: list[Known] = [*hall.people.values(), *hall.matters.values(), *hall.units.values()]
    by_id: dict[str, Known] = {known.id: known for known in everything}
    exact = by_id.get(typed)
    if exact is not None:
        return exact
    wanted = slug(typed)
    found = {known.id: known for known in everything if wanted and wanted in map(slug, _names(known))}
    if len(found) == 1:
        return next(iter(found.values()))
    if found:
        raise NotFound(f"{typed!r} is several things: type one of {', '.join(sorted(found))}.")
    names = [name for known in everything for name in (known.id, *_names(known)) if name]
    raise NotFound(f"Nothing is called {typed!r}; {nearest(typed, names)}.")


def _names(known: Known) -> Iterator[str]:
    """Yield every name that it goes by."""
    match known:
        case Unit():
            yield from (known.name, known.spoken, *known.aliases)
        case Matter():
            yield from (known.symbol, known.title, known.spoken, *known.aliases)
        case Person():
            yield from (known.name, known.spoken)
