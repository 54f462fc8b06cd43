"""A sample of the matrix, for every test run: the cells that matter most. `script/chaos` plays all of them."""

from collections.abc import Callable

import pytest

from tests.chaos.cell import play
from tests.pbx.asterisk import Pbx

SAMPLE = (
    ("kills_the_service", "talk"),
    ("kills_the_service", "queue"),
    ("terminates_the_service", "consult"),
    ("freezes_the_service", "arriving"),
    ("cuts_the_socket", "ring"),
    ("freezes_the_socket", "menu"),
    ("restarts_asterisk", "talk"),
    ("stops_the_database", "whisper"),
)
"""Not `fills_the_disk`: it mounts a small file system, which not every machine that runs the tests may do."""


@pytest.mark.parametrize(("fault", "step"), SAMPLE, ids=[f"{fault}-{step}" for fault, step in SAMPLE])
async def test_nobody_is_lost(new_pbx: Callable[..., Pbx], fault: str, step: str) -> None:
    """The people of the story go on, and the record is whole."""
    verdict = await play(new_pbx(), fault, step)
    wrong = [f"{trouble.kind.value}: {trouble.what}" for trouble in verdict.troubles]
    assert not wrong, "\n".join([*wrong, verdict.log])
