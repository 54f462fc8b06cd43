"""The list of an invented county office (starostwo) as a workbook: `python -m tests.imports.starostwo FILE.xlsx`.

Title rows, two rows of headings, departments merged over their people, numbers that the spreadsheet took for numbers
and for dates, several numbers in a cell, a second sheet with other columns, and a hidden one.
"""

import sys
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Cell = str | int | float | date | None

TITLES = ("STAROSTWO POWIATOWE W BAJKOWIE", "Książka telefoniczna; aktualizacja: październik 2026")
ABOVE = (
    "Lp.",
    "Wydział",
    "Imię i nazwisko",
    "Stanowisko",
    "Telefon",
    None,
    "e-mail",
    "Pokój",
    "Budynek",
    "Uwagi",
    "Zastępuje",
)
BELOW = (None, None, None, None, "miejski", "wew.", None, None, None, None, None)
GEODESY, ROADS, HEALTH = (
    "Wydział Geodezji i Kartografii (GK)",
    "Wydział Komunikacji i Transportu",
    "Wydział Zdrowia",
)
PEOPLE: tuple[tuple[Cell, ...], ...] = (
    (
        1,
        GEODESY,
        "Zenon Zmyślony",
        "geodeta powiatowy",
        "44 700 02 01",
        301,
        "zenon.zmyslony@powiat.example",
        11,
        "A",
        None,
        None,
    ),
    (
        2,
        None,
        "Anna Fikcyjna",
        "inspektor",
        447000202,
        "302, 303",
        "anna.fikcyjna@powiat.example",
        12.0,
        "A",
        None,
        "Zenon Zmyślony",
    ),
    (
        3,
        None,
        "Zmyślona Teresa",
        "podinspektor",
        "44 700 02 03 do 05",
        "304",
        None,
        date(2026, 6, 5),
        "A",
        None,
        "Z. Zmyślony",
    ),
    (
        4,
        None,
        "Piotr Umowny\nHelena Udawana",
        "referenci",
        "tel. 44 700 02 06\nfax 44 700 02 07",
        "305",
        None,
        "12a",
        "A",
        None,
        None,
    ),
    (
        5,
        ROADS,
        "dr inż. Adam Pozorny",
        "naczelnik",
        "44 700 02 11, 12",
        "311",
        "adam.pozorny@powiat.example",
        "parter 1",
        "B",
        "urlop do końca miesiąca",
        None,
    ),
    (
        6,
        None,
        "Ewa Próbna – młodszy referent",
        None,
        "44 700 02 07",
        "312",
        None,
        "parter 1",
        "B",
        None,
        "Adam Pozorny",
    ),
    (
        7,
        None,
        "WZORCOWA-MODELOWA Katarzyna",
        "inspektor",
        "44 700 02 14 wew. 14; 600 000 214",
        None,
        "katarzyna.wzorcowa@powiat.example",
        "parter 2",
        "B",
        "tel. prywatny 600 000 299",
        None,
    ),
    (8, None, "Kasa", None, "44 700 02 15", "315", None, "parter 3", "B", None, None),
    (
        9,
        HEALTH,
        "Marek Nierealny",
        "naczelnik",
        '="44 700 "&"02 21"',
        "321",
        "marek.nierealny@powiat.example",
        "21",
        "C",
        None,
        None,
    ),
    (
        10,
        None,
        "Maria Hipotetyczna",
        "inspektor",
        "44 700 02 22",
        "321",
        "maria.hipotetyczna@powiat.example",
        "21",
        "C",
        None,
        "nieobecnego kierownika",
    ),
)
BRANCH: tuple[tuple[Cell, ...], ...] = (
    ("Filia w Zmyślonej Woli", None, None),
    ("Nazwisko", "Telefon", "Funkcja"),
    ("Referat Komunikacji - filia", None, None),
    ("Bajeczna Irena", "44 700 02 31 / 600 000 231", "specjalista"),
    ("Bajeczny Jan", "700-02-32", "specjalista"),
    ("Fikcyjna Anna", "44 700 02 33 (w środy)", "inspektor"),
    ("N. Rzekoma", "00 48 44 700 02 34", "stażystka"),
)


def write_workbook(path: Path) -> Path:
    """Write the list, and return where."""
    book = Workbook()
    main = book.active
    assert isinstance(main, Worksheet)
    main.title = "Wykaz"
    for number, title in enumerate(TITLES, start=1):
        main.cell(number, 1, title)
        main.merge_cells(start_row=number, start_column=1, end_row=number, end_column=len(ABOVE))
    for row, cells in enumerate((ABOVE, BELOW, *PEOPLE), start=4):
        for column, value in enumerate(cells, start=1):
            main.cell(row, column, value)
    main.merge_cells("E4:F4")
    for letter in "ABCDGHIJK":
        main.merge_cells(f"{letter}4:{letter}5")
    first = 6
    for rows in (4, 4, 2):
        main.merge_cells(start_row=first, start_column=2, end_row=first + rows - 1, end_column=2)
        first += rows
    branch = book.create_sheet("Filia")
    for cells in BRANCH:
        branch.append(cells)
    old = book.create_sheet("Archiwum 2019")
    old.append(("Imię i nazwisko", "Telefon"))
    old.append(("Dawna Osoba", "44 700 02 99"))
    old.sheet_state = "hidden"
    book.save(path)
    return path


if __name__ == "__main__":
    write_workbook(Path(sys.argv[1]))
