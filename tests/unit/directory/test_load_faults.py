"""Wrong cells: one sentence that names file, line, field and mend; and nothing half-loaded."""

from pathlib import Path

import pytest

from directory.load import load_hall
from directory.report import DirectoryError
from tests.unit.directory.halls import copied_hall, spoil

ADULTS = "del-i-wydawanie-dowodow-osobistych-po-raz-pierwszy-dla-osob"


def sentence(folder: Path) -> str:
    """What the administrator is told about this folder."""
    with pytest.raises(DirectoryError) as wrong:
        load_hall(folder)
    return str(wrong.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            "people.csv",
            "anna-przykladowa,Anna Przykładowa,del,",
            "anna-przykladowa,Anna Przykładowa,dle,",
            "people.csv, line 4, unit: there is no unit 'dle'; write 'del', if that is meant",
        ),
        (
            "people.csv",
            ",1011,",
            ",10x1,",
            "people.csv, line 4, extension: '10x1' is no extension; write digits alone",
        ),
        (
            "people.csv",
            ",1011,",
            ",1,",
            "people.csv, line 4, extension: '1' is no extension; write two to six digits",
        ),
        (
            "people.csv",
            ",nie,tak",
            ",nein,tak",
            'people.csv, line 12, accept_key: \'nein\' is neither yes nor no; write "tak" or "nie"',
        ),
        (
            "people.csv",
            ",1091,trunk,",
            ",1091,cellar,",
            'people.csv, line 17, reached: \'cellar\' is no place; write "here" or "trunk"',
        ),
        (
            "people.csv",
            ",1091,trunk,,",
            ",1091,trunk,700 123 456,",
            "people.csv, line 17, direct: '700 123 456': a premium-rate number; "
            "write one number, nine digits, or leave it empty",
        ),
        (
            "people.csv",
            ",piotr-fikcyjny,tak,tak",
            ",anna-przykladowa,tak,tak",
            "people.csv, line 4, deputies: 'anna-przykladowa' would stand in for themselves; name somebody else",
        ),
        (
            "people.csv",
            ",piotr-fikcyjny,tak,tak",
            ",piotr-fikcjny,tak,tak",
            "people.csv, line 4, deputies: there is no person 'piotr-fikcjny'; "
            "write 'piotr-fikcyjny', if that is meant",
        ),
        (
            "people.csv",
            ",tak,tak,pl;en",
            ",tak,tak,pl;English",
            "people.csv, line 2, languages: 'English' is no language; "
            'write codes with ";" between them: "pl;en"',
        ),
        (
            "hall.toml",
            'languages = ["pl", "en"]',
            'languages = ["pl", "de"]',
            "hall.toml, line {line}, languages: the line does not speak 'de'; choose from pl, en",
        ),
        (
            "hall.toml",
            'languages = ["pl", "en"]',
            'languages = ["en"]',
            "hall.toml, line {line}, languages: the line begins in Polish, and speaks each language once; "
            'write ["pl", "en"] or ["pl"]',
        ),
        (
            "people.csv",
            "jan-wymyslony,Jan Wymyślony,dbm",
            "ewa-zmyslona,Jan Wymyślony,dbm",
            "people.csv, line 3, id: 'ewa-zmyslona' stands in an earlier row already; give everybody an id",
        ),
        (
            "people.csv",
            ",announced,",
            ",anounced,",
            "people.csv, line 1, anounced: unknown column 'anounced'",
        ),
        (
            "people.csv",
            "Anna Przykładowa,del",
            "Przykładowa, Anna,del",
            "people.csv, line 4: 15 cells under 14 columns; put a cell that holds a comma into quotation marks",
        ),
        (
            "units.csv",
            "unit_code,unit_name,",
            "unit_code,",
            "units.csv, line 1, unit_name: column 'unit_name' is",
        ),
        (
            "matters.csv",
            '"Dodatek mieszkaniowy',
            '"Dodatek" mieszkaniowy',
            "matters.csv, line 58: not a CSV row",
        ),
        ("hall.toml", 'desk = "dbm"', 'desk = "bom"', "hall.toml, line {line}, desk: there is no unit 'bom'"),
        ("hall.toml", 'desk = "dbm"', "desk = dbm", "hall.toml, line {line}: invalid value"),
        ("hall.toml", 'name = "U', 'nmae = "U', "hall.toml, name: 'name' is missing; write it"),
        (
            "hall.toml",
            'mon = "8.00-15.30"',
            'mon = "8-15"',
            "hall.toml, line {line}, hours.mon: '8-15' will not do; write opening hours like \"8.00-15.30\"",
        ),
        (
            "hall.toml",
            'mon = "8.00-15.30"',
            'mon = "16.00-15.30"',
            "hall.toml, line {line}, hours: 16.00-15.30 ends before it begins; "
            "let a day close after it opens, before midnight",
        ),
        ("hall.toml", 'mon = "8.00-15.30"', 'mon = "8.00-25.30"', "hall.toml, line {line}, hours.mon: "),
        (
            "hall.toml",
            'mon = "8.00-15.30"',
            'mno = "8.00-15.30"',
            "hall.toml, line {line}, hours.mno: unknown key 'mno'",
        ),
        (
            "hall.toml",
            '"Europe/Warsaw"',
            '"Europe/Warszawa"',
            "hall.toml, line {line}, timezone: no time zone is called",
        ),
        ("hall.toml", '"986"', '"98x"', "hall.toml, line {line}, crisis_number: '98x' is no number"),
        (
            "hall.toml",
            'area_code = "44"',
            'area_code = "044"',
            "hall.toml, line {line}, numbering.area_code: ",
        ),
        (
            "hall.toml",
            "ring = 20",
            "ring = 2",
            "hall.toml, line {line}, policy.ring: 2 is out of range; choose from 5 to 120",
        ),
        ("hall.toml", "ring = 20", "ring = nan", "hall.toml, line {line}, policy.ring: nan is out of range"),
        (
            "hall.toml",
            "ring_in_all = 60",
            "ring_in_all = 10",
            "hall.toml, line {line}, policy.ring: ring is longer than ring_in_all; raise ring_in_all",
        ),
        (
            "hall.toml",
            "ring = 20",
            "rinng = 20",
            "hall.toml, line {line}, policy.rinng: no rule is called 'rinng'; write 'ring', if that is meant",
        ),
        (
            "hall.toml",
            "candidates = 3",
            "candidates = 2.5",
            "hall.toml, line {line}, policy.candidates: 2.5 is no whole",
        ),
        ("hall.toml", "candidates = 3", "candidates = true", "hall.toml, line {line}, policy.candidates: "),
        (
            "hall.toml",
            'usc = "1120"',
            'ucs = "1120"',
            "hall.toml, line {line}, lines: nothing is called 'ucs'; write 'usc'",
        ),
        ("hall.toml", 'usc = "1120"', 'usc = "1"', "hall.toml, line {line}, lines.usc: '1' is no extension"),
        (
            "hall.toml",
            f'matter = "{ADULTS}"',
            'matter = "del-i"',
            "hall.toml, line {line}, menu, key 1, key 1: there is no matter 'del-i'",
        ),
        (
            "hall.toml",
            f', matter = "{ADULTS}"',
            "",
            "hall.toml, line {line}, menu, key 1, key 1: this key leads nowhere; "
            "name one matter, one unit, or one submenu",
        ),
        (
            "hall.toml",
            '{ key = "6", spoken = "Inne',
            '{ key = "9", spoken = "Inne',
            "'9' is no key of a menu",
        ),
        ("hall.toml", '{ key = "6", spoken = "Inne', '{ key = "1", spoken = "Inne', "key 1 is given twice"),
        ("hall.toml", "Skargi i wnioski", " ", "nothing is said for this key"),
    ],
)
def test_what_the_administrator_is_told(tmp_path: Path, file: str, old: str, new: str, told: str) -> None:
    folder = copied_hall(tmp_path)
    line = (folder / file).read_text(encoding="utf-8").partition(old)[0].count("\n") + 1
    spoil(folder, file, old, new)

    assert told.replace("{line}", str(line)) in sentence(folder)
