"""`words.csv`: the everyday words that a hall gives its matters and units."""

from pathlib import Path

import pytest

from directory.load import DEMO, load_hall
from directory.model import Hall
from directory.report import DirectoryError
from tests.unit.directory.halls import copied_hall

DEATHS = "usc-iii-rejestracja-zgonow"


def test_every_matter_that_ships_has_words(hall: Hall) -> None:
    assert [matter.id for matter in hall.matters.values() if len(matter.words) < 5] == []


def test_a_hall_may_have_no_words(tmp_path: Path) -> None:
    folder = copied_hall(tmp_path)
    (folder / "words.csv").unlink()

    assert not any(matter.words for matter in load_hall(folder).hall.matters.values())


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        (
            f"{DEATHS}x,zgon\n",
            f"words.csv, line 2, id: no matter or unit has the id '{DEATHS}x'; write '{DEATHS}', ",
        ),
        (
            "dbm,bom\ndbm,punkt\n",
            "words.csv, line 3, id: 'dbm' stands in an earlier row already; put all its words",
        ),
        ("dbm, ; \n", "words.csv, line 2, words: 'dbm' has no words; write some, or take the row out"),
        (
            f"dbm,{'bardzo ' * 20}\n",
            "words.csv, line 2, words: a phrase of 139 characters (bardzo bardzo bardzo",
        ),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, rows: str, fault: str) -> None:
    folder = copied_hall(tmp_path)
    (folder / "words.csv").write_text("id,words\n" + rows, "utf-8")

    with pytest.raises(DirectoryError) as wrong:
        load_hall(folder)

    assert str(wrong.value).startswith(fault)


def test_every_wrong_row_is_told_at_once(tmp_path: Path) -> None:
    folder = copied_hall(tmp_path)
    (folder / "words.csv").write_text("id,words\nwho,a\nwhat,b\n", "utf-8")

    with pytest.raises(DirectoryError) as wrong:
        load_hall(folder)

    assert [fault.line for fault in wrong.value.faults] == [2, 3]


def test_phrases_are_kept_in_order_and_once(tmp_path: Path) -> None:
    folder = copied_hall(tmp_path)
    (folder / "words.csv").write_text("id,words\ndbm,b; a ;; b\n", "utf-8")

    assert load_hall(folder).hall.units[load_hall(DEMO).hall.desk].words == ("b", "a")
