"""Whatever stands in a list: it is imported or refused in a sentence, and once more it changes nothing."""

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from directory.importing.columns import layout_of
from directory.importing.plan import Plan, planned
from directory.importing.rows import read_rows
from directory.importing.sheets import Line, Sheet
from directory.importing.written import KINDS, rows_for
from directory.model import Hall
from directory.report import DirectoryError
from directory.validate import faults
from tests.imports.reading import bare_hall

HEADERS = (
    ("Lp.", "Nazwisko i imię", "Referat", "Telefon", "wewn.", "Kom.", "E-mail", "Zastępca"),
    ("Imię i nazwisko", "Wydział", "Referat", "Tel.", "Fax", "Pokój", "Zastępuje", "Uwagi"),
    ("Nazwisko", "Imię", "Komórka organizacyjna", "Telefon", "Telefon", "Budynek", "Pokój", "Języki"),
    (
        "Symbol",
        "Komórka organizacyjna",
        "Część",
        "Adres",
        "Telefon",
        "Fax",
        "Nr wewnętrzny",
        "Słowa kluczowe",
    ),
    ("Symbol", "Nazwa sprawy", "Komórka organizacyjna", "Telefon", "Gdzie załatwić", "Inne nazwy", "x", "y"),
)
CELLS = """
Anna Zmyślona|Zmyślona Anna|ZMYŚLONA Anna|Jan Fikcyjny|Jan Fikcyjny / Anna Zmyślona|A. Zmyślona|Fikcyjny
mgr Ewa Próbna|Sekretariat|vacat|Referat Podatków|REFERAT PODATKÓW (FP)|Wydział Finansów|Referat Podatkow
USC - Urząd Stanu Cywilnego|44 700 01 01|044/700 01 02|700-01-03|44 700 01 04 - 06|wew. 214|214, 215|214?
fax 44 700 01 05|tel./fax 44 700 01 06|600 000 001|986|112|700 123 456|+49 30 1234567|44 700 01 05
12 1020 3916 0000 0902 0012 3456|Dz. U. 2015 poz. 1485|anna@x.example|anna(at)x|-|brak|12|pok. 3|pl;en
angielski|* stan na 2026|Razem: 3|ąż|=1+1|½٠|1|;|,|/|.
""".strip()
cell = st.one_of(st.just(""), st.sampled_from(re.split(r"[|\n]", CELLS)), st.text(max_size=12))
row = st.lists(cell, min_size=1, max_size=8)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """A sheet of any rows below a header that is known."""
    rows = [draw(st.sampled_from(HEADERS)), *(tuple(each) for each in draw(st.lists(row, max_size=8)))]
    clean = (tuple(" ".join(text.split()) for text in each) for each in rows)
    return Sheet(
        "list.csv", tuple(Line(number, cells) for number, cells in enumerate(clean, start=1) if any(cells))
    )


def imported(hall: Hall, sheet: Sheet) -> Plan | None:
    """What the sheet makes of a hall; None if it is refused in a sentence that names the row."""
    layout = layout_of(sheet)
    assert layout is not None
    try:
        entries, findings = read_rows(layout)
        return planned(hall, entries, found=findings) if entries else None
    except DirectoryError as refused:
        unclear = [str(fault) for fault in refused.faults if not (fault.mend and fault.what and fault.line)]
        if unclear:
            raise AssertionError(unclear) from refused
        return None


@settings(max_examples=80, deadline=None)
@given(sheets())
def test_any_list_is_imported_once_or_refused(sheet: Sheet) -> None:
    done = imported(bare_hall(), sheet)
    if done is None:
        return
    again = imported(done.hall, sheet)

    assert again is not None
    assert again.changes == ()
    assert faults(done.hall) == ()
    told = {person.direct for person in done.hall.people.values()}
    assert not told & {fax for unit in done.hall.units.values() for fax in unit.faxes} - {"+48447000106"}


@settings(max_examples=40, deadline=None)
@given(sheets())
def test_whatever_was_imported_can_be_exported_and_imported_again(sheet: Sheet) -> None:
    done = imported(bare_hall(), sheet)
    if done is None:
        return
    for kind in KINDS.values():
        header, *rows = rows_for(done.hall, kind)
        if rows:
            lines = (Line(number, cells) for number, cells in enumerate((header, *rows), start=1))
            again = imported(replace(done.hall), Sheet("out.csv", tuple(lines)))
            assert again is not None
            assert again.changes == ()
