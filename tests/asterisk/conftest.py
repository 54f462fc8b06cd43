"""What the tests on real Asterisk share."""

from pathlib import Path

import numpy as np
import pytest


@pytest.fixture(scope="session")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two prompts of 0.4 s, of noise: no piece of one is like a piece of another."""
    directory = tmp_path_factory.mktemp("sounds")
    noise = np.random.default_rng(1)
    for name in ("please-wait", "nobody-here"):
        (directory / f"{name}.alaw").write_bytes(noise.integers(0, 256, 3200, dtype=np.uint8).tobytes())
    return directory
