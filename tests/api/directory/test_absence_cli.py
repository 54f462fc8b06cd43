"""`halo absence`: entered by name, listed, cancelled; every mistake is one sentence."""

import json

from directory.load import DEMO
from tests.api.halo import Halo

WHEN = {"HALO_CLOCK": "2026-11-24T10:00"}


def test_an_absence_is_entered_listed_and_cancelled(halo: Halo) -> None:
    assert halo("directory", "load", str(DEMO)).exit_code == 0
    added = halo(
        *(
            "absence",
            "add",
            "Ewa Zmyślona",
            "--to",
            "2026-11-26",
            "--helps",
            "jan-wymyslony",
            "--reason",
            "leave",
        ),
        **WHEN,
    )
    assert added.exit_code == 0, added.output
    assert "Ewa Zmyślona, back 2026-11-27 08:00." in added.output
    (found,) = json.loads(halo("absence", "list", "--json", **WHEN).stdout)
    assert (found["person"], found["helps"], found["reason"], found["entered"]) == (
        "ewa-zmyslona", "jan-wymyslony", "leave", "command",
    )  # fmt: skip
    assert "Jan Wymyślony" in halo("absence", "list", "--unit", "dbm", **WHEN).output
    again = halo("absence", "add", "ewa-zmyslona", "--to", "2026-11-25", **WHEN)
    assert f"It overlaps absence {found['id']}" in again.output
    assert "Ewa Zmyślona is in" in halo("absence", "cancel", found["id"]).output
    gone = halo("absence", "cancel", found["id"])
    assert (gone.exit_code, "cancelled already" in gone.output) == (1, True)
    wrong = halo("absence", "add", "Ewa", "--to", "2026-11-25", **WHEN)
    assert (wrong.exit_code, "Nothing is called 'Ewa'" in wrong.output) == (1, True)
    late = halo("absence", "add", "ewa-zmyslona", "--to", "2026-11-20", **WHEN)
    assert (late.exit_code, "is not after the beginning" in late.output) == (1, True)
