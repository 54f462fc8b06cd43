"""Files as they come: encodings, delimiters, numbers and dates of workbooks, and what is no list at all."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from api.ldap.ldif import Found
from api.spreadsheets import limits
from api.spreadsheets.read import cleaned, read_sheets
from api.spreadsheets.write import as_csv, as_xlsx, safe, write_rows
from directory.importing.sheets import Line, Sheet, Span, filled_down, letter
from directory.report import DirectoryError

LETTERS = "Zażółć gęślą jaźń; ĄĆĘŁŃÓŚŹŻ\r\nWąsik;Źrebak\r\n"


def read(folder: Path, content: bytes, name: str = "list.csv") -> tuple[Sheet, ...]:
    """A file of this content, read."""
    (folder / name).write_bytes(content)
    return read_sheets(folder / name)


def told(folder: Path, content: bytes, name: str = "list.csv") -> str:
    """What is said of a file that is refused."""
    with pytest.raises(DirectoryError) as refused:
        read(folder, content, name)
    return str(refused.value)


def cells(sheet: Sheet) -> list[tuple[str, ...]]:
    return [line.cells for line in sheet.lines]


def workbook(*rows: Sequence[object], merged: str = "") -> bytes:
    """A workbook of one sheet."""
    book = Workbook()
    page = book.active
    for row in rows:
        page.append(row)
    if merged:
        page.merge_cells(merged)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250", "iso8859-2"])
def test_every_encoding_of_polish_offices_is_told_by_its_bytes(tmp_path: Path, encoding: str) -> None:
    (sheet,) = read(tmp_path, LETTERS.encode(encoding))

    assert cells(sheet) == [("Zażółć gęślą jaźń", "ĄĆĘŁŃÓŚŹŻ"), ("Wąsik", "Źrebak")]


def test_an_encoding_that_is_guessed_wrongly_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes("Nazwisko;Tel\nŁoś;1\n".encode("cp852"))

    (sheet,) = read_sheets(tmp_path / "list.csv", encoding="cp852")

    assert cells(sheet)[1] == ("Łoś", "1")
    with pytest.raises(DirectoryError, match="it is no text in utf-9; save it as CSV UTF-8"):
        read_sheets(tmp_path / "list.csv", encoding="utf-9")


@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_what_stands_between_cells_is_what_cuts_rows_alike(tmp_path: Path, sign: str) -> None:
    rows = [("Nazwisko", "Tel.", "Pokój"), ("Zmyślona", "1 2", "3"), ("Umowny", "4", "5")]

    (sheet,) = read(tmp_path, "\n".join(sign.join(row) for row in rows).encode())

    assert cells(sheet) == rows


def test_commas_in_cells_do_not_fool_it(tmp_path: Path) -> None:
    (sheet,) = read(tmp_path, b"Nazwisko;Tel.\nUmowna;1, 2, 3, 4\nPozorny;5, 6, 7, 8\n")

    assert cells(sheet)[1] == ("Umowna", "1, 2, 3, 4")


def test_the_hint_of_excel_is_taken_and_is_no_row(tmp_path: Path) -> None:
    (sheet,) = read(tmp_path, b"sep=|\nNazwisko|Tel.\nUmowna|1;2\n")

    assert sheet.lines == (Line(2, ("Nazwisko", "Tel.")), Line(3, ("Umowna", "1;2")))


def test_rows_keep_the_numbers_that_a_spreadsheet_shows(tmp_path: Path) -> None:
    (sheet,) = read(tmp_path, b'A;B\n\n"two\nlines";x\n;;\nlast;y\n')

    assert [line.number for line in sheet.lines] == [1, 3, 6]
    assert sheet.lines[1].cells == ("two\nlines", "x")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'A;B\nx;"y\nz;1\n', "list.csv, line 2: not a CSV row"),
        (
            b"A;B\nx\0;1\n",
            "list.csv, line 2: it holds a byte of zero, which no text has; save it as CSV UTF-8",
        ),
        (
            limits.OLE + b"\0" * 100,
            "list.csv: an old .xls file; open it in your spreadsheet program and save it as .xlsx",
        ),
        (limits.OLE + limits.ENCRYPTED, "list.csv: the file has a password; save it without one"),
        (b"%PDF-1.7", "list.csv: a PDF has no rows and columns"),
        (b"<html><table>", "list.csv: a page, whatever its name says"),
        (b"PK\x03\x04 no archive", "list.csv: a workbook that cannot be read (BadZipFile)"),
    ],
)
def test_what_is_no_list_is_said_with_its_mend(tmp_path: Path, content: bytes, sentence: str) -> None:
    assert told(tmp_path, content).startswith(sentence)


def archive(**parts: bytes) -> bytes:
    """An archive with these parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, part in parts.items():
            opened.writestr(name if "/" in name else name.replace("__", "/").replace("_xml", ".xml"), part)
    return content.getvalue()


def test_an_ods_file_is_named(tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as opened:
        opened.writestr("mimetype", limits.ODS)

    assert told(tmp_path, content.getvalue()).startswith("list.csv: an .ods file; open it")


def test_an_archive_that_would_fill_the_memory_is_not_unpacked(tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("xl/workbook.xml", b"0" * 1_000)
        opened.infolist()[0].file_size = limits.UNPACKED + 1

    assert "it unpacks to 200 MB, more than a list ever has" in told(tmp_path, content.getvalue())


def test_an_archive_that_is_no_workbook_or_has_a_document_type_is_refused(tmp_path: Path) -> None:
    assert "an archive, and no .xlsx workbook" in told(tmp_path, archive(word__document_xml=b""))
    assert "has a document type" in told(
        tmp_path, archive(xl__workbook_xml=b'<!DOCTYPE x [<!ENTITY a "b">]>')
    )


def test_a_file_that_is_not_there_and_one_that_is_too_large(tmp_path: Path) -> None:
    with pytest.raises(DirectoryError, match=r"none.csv: no such file or directory; check name and rights"):
        read_sheets(tmp_path / "none.csv")
    with (tmp_path / "large.csv").open("wb") as file:
        file.truncate(limits.BYTES + 1)
    with pytest.raises(DirectoryError, match=r"large.csv: 20 MB: a list has at most 20"):
        read_sheets(tmp_path / "large.csv")


def test_a_list_has_no_more_columns_and_no_longer_cells_than_lists_have(tmp_path: Path) -> None:
    assert "201 columns" in told(tmp_path, ";".join("x" * 201).encode())
    assert "a cell of 20001 characters" in told(tmp_path, b"a;" + b"x" * 20_001)


def test_a_workbook_is_read_as_people_see_it(tmp_path: Path) -> None:
    content = workbook(
        ("Tel.", "Pokój", "Tak?"), (447000202.0, 12, True), ("x", 1.5, date(2026, 6, 5)), merged="A2:A3"
    )

    (sheet,) = read(tmp_path, content, "list.xlsx")

    assert cells(sheet) == [("Tel.", "Pokój", "Tak?"), ("447000202", "12", "tak"), ("", "1.5")]
    assert sheet.spans == (Span(2, 1, 3, 1),)
    (found,) = sheet.findings
    assert (found.line, found.field, found.read) == (3, "C", "2026-06-05")


SEEN = (
    ("Tel.", None, "Wydział", "  spaces \u00a0here\n"),
    (),
    (447000202, 44.5, "Finansowy", True),
    (447000203.0, 12345678901, "hidden by the merged cell", False),
    (date(2026, 6, 5), datetime(2026, 6, 5, 3, 4), time(8, 30), timedelta(hours=30)),
    ("044 700", "#ADR!", "a_x000D_\nb", "=" + "no formula"),
)


def test_a_formula_somewhere_changes_nothing_about_other_cells(tmp_path: Path) -> None:
    """It decides which library reads the workbook; the list is the same."""
    rows = [[safe(cell) if isinstance(cell, str) else cell for cell in row] for row in SEEN]

    (plain,) = read(tmp_path, workbook(*rows, merged="C3:C4"), "list.xlsx")
    (other,) = read(tmp_path, workbook(*rows, ("=1+1",), merged="C3:C4"), "list.xlsx")

    assert cells(plain)[2] == ("447000203", "12345678901", "", "nie")
    assert (plain.lines, plain.spans) == (other.lines, other.spans)
    assert (*plain.findings, *other.findings[-1:]) == other.findings
    assert [found.field for found in plain.findings] == ["A", "B", "C", "D", "B"]
    assert other.findings[-1].why == "a formula without its result; it was not read"


def test_sheets_that_are_hidden_or_hold_a_chart_are_no_lists(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(("Nazwisko", "Tel."))
    book.create_sheet("old").sheet_state = "hidden"
    book.create_chartsheet("chart")
    content = io.BytesIO()
    book.save(content)

    shown, hidden = read(tmp_path, content.getvalue(), "list.xlsx")

    assert cells(shown) == [("Nazwisko", "Tel.")]
    assert (hidden.lines, hidden.findings[0].read) == ((), "old")


def test_a_cell_that_was_merged_downwards_stands_in_every_row() -> None:
    sheet = Sheet("x", (Line(1, ("Unit", "a")), Line(2, ("", "b")), Line(3, ("", "c"))), (Span(1, 1, 2, 1),))

    assert [line.cells for line in filled_down(sheet)] == [("Unit", "a"), ("Unit", "b"), ("", "c")]


def test_columns_are_named_as_spreadsheets_name_them() -> None:
    assert [letter(number) for number in (1, 26, 27, 52, 53, 702, 703)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


FORMULAS = ("=1+1", "+48 44", "-1", "@SUM(A1)", "'=1")


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_an_export_is_a_formula_and_every_one_is_read_back(tmp_path: Path, text: str) -> None:
    for file in (tmp_path / "list.csv", tmp_path / "list.xlsx"):
        write_rows(file, "list", [("Tel.", "x"), (text, "y")])
        (sheet,) = read_sheets(file)
        assert sheet.lines[1].cells == (text if text[0] != "'" else text[1:], "y")
    assert as_csv([(text,)]).decode("utf-8-sig")[0] == "'"
    assert b"<f>" not in as_xlsx("list", [(text,)])


def test_an_export_is_csv_or_xlsx(tmp_path: Path) -> None:
    with pytest.raises(
        DirectoryError, match=r"list.pdf: neither .csv nor .xlsx; name the file with one of the two"
    ):
        write_rows(tmp_path / "list.pdf", "list", [])
    with pytest.raises(DirectoryError, match=r"list.csv: no such file or directory; choose another place"):
        write_rows(tmp_path / "none" / "list.csv", "list", [])


def test_spaces_of_every_kind_are_one_space() -> None:
    assert cleaned(" 44\u00a0700\u202f01  01 \r\n x ") == "44 700 01 01\nx"
    assert safe("44 700") == "44 700"


def test_what_nobody_sees_is_not_read() -> None:
    """It would steer the administrator's terminal, turn a name round, and make two of one."""
    assert cleaned("Zmyślony \x1b]0;x\x07Adam\u202e\u200b") == "Zmyślony ]0;xAdam"
    assert Found("cn=x", {"cn": (b"Anna\x1b[2J\xe2\x80\xae",)}).texts("CN") == ("Anna[2J",)


def edited(content: bytes, old: str, new: str) -> bytes:
    """A workbook whose only sheet has other XML."""
    parts = {}
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        for name in opened.namelist():
            part = opened.read(name)
            parts[name] = part.replace(old.encode(), new.encode()) if "sheet1.xml" in name else part
    return archive(**parts)


END = "</sheetData>"
EVERYWHERE = "A1:XFD1048576"


@pytest.mark.parametrize(
    ("xml", "sentence"),
    [
        (f'{END}<mergeCells><mergeCell ref="{EVERYWHERE}"/></mergeCells>', "a range over 17179869184 cells"),
        (f'{END}<hyperlinks><hyperlink ref="{EVERYWHERE}"/></hyperlinks>', "a range over 17179869184 cells"),
        (f'{END}<mergeCells><mergeCell ref="A:B"/></mergeCells>', "a range over 200001 cells"),
        (f'<row r="99999"><c r="XFD99999"><v>1</v></c></row>{END}', "99999 rows and 16384 columns"),
        (f'<row r="99999"><c r="XFD99999"><f>1</f></c></row>{END}', "99999 rows and 16384 columns"),
        (
            f'<row r="2"><c r="A2"><f>1</f></c></row>{END}<sheetProtection nonsense="1"/>',
            "a workbook that cannot be read (TypeError)",
        ),
    ],
)
def test_a_few_bytes_do_not_become_millions_of_cells(tmp_path: Path, xml: str, sentence: str) -> None:
    assert sentence in told(tmp_path, edited(workbook(("Nazwisko", "Tel.")), END, xml), "list.xlsx")


def test_a_document_type_is_found_in_every_encoding_and_wherever_it_stands(tmp_path: Path) -> None:
    bomb = f"<!--{' ' * 9_000}--><!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"
    for part in (bomb.encode(), bomb.encode("utf-16")):
        assert "has a document type" in told(tmp_path, archive(xl__workbook_xml=part))


def test_a_formula_beside_the_list_costs_nothing(tmp_path: Path) -> None:
    far = f'<row r="3"><c r="XFD3"><f>1+1</f></c></row>{END}'

    (sheet,) = read(tmp_path, edited(workbook(("Tel.",)), END, far), "list.xlsx")

    assert cells(sheet) == [("Tel.",)]
