"""Reading a hall's folder: files that are missing, broken or odd; and what is stable in what is made of them."""

from pathlib import Path

import pytest

from directory.load import load_hall
from directory.report import DirectoryError
from tests.unit.directory.halls import copied_hall, spoil
from tests.unit.directory.test_load_faults import ADULTS, sentence


def test_every_fault_is_known_at_once(tmp_path: Path) -> None:
    folder = copied_hall(tmp_path)
    spoil(folder, "hall.toml", "ring = 20", "ring = 2")
    spoil(folder, "people.csv", ",1011,", ",1,")

    with pytest.raises(DirectoryError) as wrong:
        load_hall(folder)

    assert [fault.file for fault in wrong.value.faults] == ["hall.toml", "people.csv"]
    assert str(wrong.value).endswith("(and 1 more)")


@pytest.mark.parametrize("file", ["hall.toml", "units.csv", "matters.csv", "people.csv"])
def test_a_missing_file(tmp_path: Path, file: str) -> None:
    folder = copied_hall(tmp_path)
    (folder / file).unlink()

    assert sentence(folder) == f"{file}: no such file or directory; put it into hall/"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert sentence(tmp_path / "nowhere") == "hall.toml: no such file or directory; put it into nowhere/"


@pytest.mark.parametrize("file", ["hall.toml", "units.csv", "matters.csv", "people.csv"])
def test_a_file_in_another_encoding(tmp_path: Path, file: str) -> None:
    folder = copied_hall(tmp_path)
    text = (folder / file).read_text(encoding="utf-8")
    (folder / file).write_bytes(text.encode("cp1250", errors="replace"))

    told = sentence(folder)

    assert told.startswith(f"{file}, line ")
    assert told.endswith("is no UTF-8; save the file as UTF-8")


@pytest.mark.parametrize("file", ["units.csv", "matters.csv", "people.csv"])
def test_an_empty_table(tmp_path: Path, file: str) -> None:
    folder = copied_hall(tmp_path)
    (folder / file).write_text("", encoding="utf-8")

    assert "is missing; add it to the header" in sentence(folder)


def test_a_byte_order_mark_and_empty_rows_are_nothing(tmp_path: Path) -> None:
    folder = copied_hall(tmp_path)
    people = folder / "people.csv"
    people.write_bytes(
        b"\xef\xbb\xbf"
        + people.read_bytes().replace(b"jan-wymyslony,Jan", b",,,,,,,,,,,,,\njan-wymyslony,Jan")
    )

    assert load_hall(folder).hall == load_hall(copied_hall(tmp_path / "again")).hall


def test_a_broken_last_row_leaves_nothing_half_loaded(tmp_path: Path) -> None:
    folder = copied_hall(tmp_path)
    with (folder / "people.csv").open("a", encoding="utf-8") as people:
        people.write("last-one,Last One,nowhere,,Last One,last one,1999,,,,,,,\n")

    assert "people.csv, line 18, unit: there is no unit 'nowhere'" in sentence(folder)


def test_the_same_folder_makes_the_same_hall(tmp_path: Path) -> None:
    once, again = load_hall(copied_hall(tmp_path / "a")), load_hall(copied_hall(tmp_path / "b"))

    assert once == again


def test_ids_stay_when_rows_are_added(tmp_path: Path) -> None:
    folder = copied_hall(tmp_path)
    before = load_hall(folder).hall
    title = "Wydawanie dowodów osobistych po raz pierwszy dla osób z zagranicy"
    added = f"DEL I,{title},Referat Ewidencji Ludności,,44 732 77 05,,\r\n"
    with (folder / "matters.csv").open("ab") as matters:
        matters.write(added.encode())

    after = load_hall(folder).hall

    assert set(before.matters) < set(after.matters)
    (new,) = set(after.matters) - set(before.matters)
    assert new.startswith(f"{ADULTS}-")
    assert after.matters[new].title.endswith("z zagranicy")


def test_hours_of_a_unit_and_what_a_voice_says(tmp_path: Path) -> None:
    folder = copied_hall(tmp_path)
    spoil(folder, "hall.toml", "# [hours.units.usc]\n# mon", "[hours.units.usc]\nmon")
    spoil(folder, "hall.toml", "[spoken.matters]", '[spoken.matters]\nusc-iii-rejestracja-zgonow = "Zgon"')

    hall = load_hall(folder).hall

    (week,) = [unit.week for unit in hall.units.values() if unit.week]
    assert set(week.days) == {1}
    assert "Zgon" in {matter.spoken for matter in hall.matters.values()}
