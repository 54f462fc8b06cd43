"""The finder of the demo's hall, built once."""

import pytest

from directory.find import Finder
from directory.model import Hall


@pytest.fixture(scope="session")
def finder(hall: Hall) -> Finder:
    """What answers about the real catalogue."""
    return Finder(hall)
