"""A command that makes many objects at once and ends: Python's cyclic garbage collector would only look on.

It looks through all objects again and again while thousands of rows become cells, entries and people, of which none is
garbage: a sixth of an import's processor time. How much a file may hold is limited before it is read.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the collector still meanwhile; also a decorator. Reference counting goes on."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
