"""The demo's hall, loaded once."""

import pytest
from hypothesis import settings

from directory.load import DEMO, Loaded, load_hall
from directory.model import Hall

settings.register_profile("directory", deadline=None)
settings.load_profile("directory")


@pytest.fixture(scope="session")
def loaded() -> Loaded:
    """The real catalogue, with our invented staff."""
    return load_hall(DEMO)


@pytest.fixture(scope="session")
def hall(loaded: Loaded) -> Hall:
    """Its hall."""
    return loaded.hall
