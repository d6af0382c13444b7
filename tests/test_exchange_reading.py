"""Spreadsheets as people save them: what is read of each, and what is said of those that cannot be read."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest

from generator.exchange.sheets import Sheet, load_sheet, packages, read_rows, textsheets, workbooks
from generator.exchange.sheets import reading as spreadsheets
from generator.exchange.sheets import sheet as sheets

Rows = list[tuple[int, tuple[str, ...]]]


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Rows]:
    """The numbers and texts of the rows of a file with that content."""

    def read(content: bytes, name: str = "a.csv", sheet: str | None = None) -> Rows:
        return [(row.number, row.cells) for row in loaded(tmp_path, content, name, sheet).rows]

    return read


@pytest.fixture
def refused(tmp_path: Path) -> Callable[..., str]:
    """The one problem of a file with that content, as code, message and hint."""

    def refused(content: bytes, name: str = "a.csv", sheet: str | None = None) -> str:
        (tmp_path / name).write_bytes(content)
        found, problems = load_sheet(tmp_path / name, sheet)
        assert found is None
        (problem,) = problems
        assert problem.place.file == name
        return f"{problem.code.slug}: {problem.message}. {problem.hint}"

    return refused


def loaded(folder: Path, content: bytes, name: str = "a.csv", sheet: str | None = None) -> Sheet:
    (folder / name).write_bytes(content)
    found, problems = load_sheet(folder / name, sheet)
    assert problems == []
    assert found is not None
    return found


def workbook(**sheets: list[list[object]]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_parts(content: bytes, **parts: bytes) -> bytes:
    """A packed file in which some parts are replaced, named with _ for / and ."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name.replace("/", "_").replace(".", "_"), old.read(name)))
    return out.getvalue()


# --- CSV ----------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_usual_csv(read: Callable[..., Rows], delimiter: str, encoding: str) -> None:
    """Whatever stands between its columns and however its letters are stored, the texts are the same."""
    text = delimiter.join(["Name", "Owner"]) + "\r\n" + delimiter.join(["Müller 東", '"a, b; c"']) + "\r\n"
    assert read(text.encode(encoding)) == [(1, ("Name", "Owner")), (2, ("Müller 東", "a, b; c"))]


def test_the_delimiter_is_what_makes_columns(read: Callable[..., Rows]) -> None:
    """Commas in texts, and titles above the table, mislead nobody; Excel's own line about it is obeyed."""
    text = "Our partners, as of May, all of them\n\nName;What\nA, Inc.;x, y, z, and more\nB, Ltd.;u, v\n"
    assert read(text.encode())[1:] == [
        (3, ("Name", "What")),
        (4, ("A, Inc.", "x, y, z, and more")),
        (5, ("B, Ltd.", "u, v")),
    ]
    assert read(b"sep=;\r\nName;a,b,c\r\n") == [(1, ("Name", "a,b,c"))]


def test_letters_tell_how_they_are_stored(read: Callable[..., Rows]) -> None:
    """The mark at the beginning does, where no letter of ASCII stands there."""
    for encoding in ("utf-16", "utf-8-sig"):
        assert read("東京;大阪\n".encode(encoding)) == [(1, ("東京", "大阪"))]


def test_rows_have_the_numbers_that_a_spreadsheet_program_shows(read: Callable[..., Rows]) -> None:
    """Empty rows are left out and counted; a cell of two lines is in one row."""
    assert read(b'Name\n\n,,\n"two\r\nlines"\nlast\n') == [(1, ("Name",)), (4, ("two\nlines",)), (5, ("last",))]


def test_windows_1252_is_read_and_said(tmp_path: Path) -> None:
    """With words to check, since it is an assumption."""
    sheet = loaded(tmp_path, "Name;Ort\nMüller;Zürich “x”\n".encode("cp1252"))
    assert [row.cells for row in sheet.rows] == [("Name", "Ort"), ("Müller", "Zürich “x”")]
    assert "Windows-1252: check Müller, Zürich" in sheet.note
    assert sheet.delimiter == ";"


@pytest.mark.parametrize(
    "content", ["Łódź, Białystok".encode("cp1250"), b"Name\n\x81\x8d\n", "Name\nÄ".encode("utf-16")[:-1]]
)
def test_unknown_encodings_are_refused(refused: Callable[..., str], content: bytes) -> None:
    """Rather than read names wrong."""
    assert refused(content).startswith("bad-spreadsheet: its letters are stored neither as UTF-8 nor as Windows-1252. ")


def test_what_nobody_sees_is_taken_out(tmp_path: Path) -> None:
    """Special spaces become spaces, invisible characters go; what is damaged is a flaw of its cell."""
    sheet = loaded(tmp_path, "N\xa0ame,So\xadft\u200b\na\ufffd,b\x07\n".encode())
    assert sheet.rows[0].cells == ("N ame", "Soft")
    assert "damaged" in sheet.flaws[2, 0]
    assert "U+0007 BELL" in sheet.flaws[2, 1]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'Name,What\nA,"never closed\nB,x\n', "row 2 cannot be read"),
        (b'Name\n"A" and B\n', "row 2 cannot be read"),
        (b"", "nothing stands in it"),
        (b"\n , \n", "nothing stands in it"),
        (b"<html><table>", "this is a web page"),
        (b"%PDF-1.7 ...", ": this is a PDF file, not a spreadsheet. save it as .xlsx or CSV"),
        (b"\xef\xbb\xbf {\\rtf1", ": this is a text document, not a spreadsheet. save it as .xlsx or CSV"),
        (b"\x7fELF\0\0\0\0\1\2", ": this is no spreadsheet. give a CSV file or an Excel workbook (.xlsx)"),
        (b"\xd0\xcf\x11\xe0 old", "this is an old Excel workbook (.xls). save it as .xlsx"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "it is protected by a password"),
        (b"PK\3\4 cut off", "the workbook is damaged, or is none"),
        (b"a," * 501 + b"a\n", "more than 500 columns"),
        (b"a\n" * 20_001, "more than 20,000 rows"),
        (b'"' + b"x" * 200_000 + b'"\n', "row 1 cannot be read: field larger than"),
    ],
)
def test_what_is_no_spreadsheet(refused: Callable[..., str], content: bytes, said: str) -> None:
    """It is said what the file is, and what to do; never a traceback."""
    told = refused(content)
    assert told.startswith("bad-spreadsheet: ")
    assert said in told


def test_large_files_are_not_read(refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is in bytes."""
    monkeypatch.setattr(spreadsheets, "_LIMIT", 10)
    assert "larger than 10 bytes" in refused(b"Name,Owner,Tier\n")


# --- files --------------------------------------------------------------------------------


def test_missing_files_and_folders(tmp_path: Path) -> None:
    """The nearest name is proposed; a folder is no file."""
    (tmp_path / "partners.xlsx").touch()
    told = []
    for path in ("partnres.xlsx", "nowhere/a.csv", "."):
        found, (problem,) = load_sheet(tmp_path / path)
        assert found is None
        told.append(f"{problem.message}. {problem.hint}")
    assert told[0] == "there is no such file. did you mean 'partners.xlsx'?"
    assert told[1].startswith("there is no folder ")
    assert told[2] == "this is a folder, not an ordinary file. name a spreadsheet in it"
    (tmp_path / "budget\x1b.csv").touch()
    for name in ("zebra.csv", "budgets.csv"):
        (problem,) = load_sheet(tmp_path / name)[1]
        assert (problem.message, problem.hint) == ("there is no such file", "check its name and its folder")


def test_a_file_that_excel_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock file beside it says who holds it; only the refusal is an error."""
    (tmp_path / "~$a.csv").touch()
    assert loaded(tmp_path, b"Name\n").rows

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", denied)
    _, (problem,) = load_sheet(tmp_path / "a.csv")
    assert (problem.code.slug, problem.hint) == ("unreadable-file", "close it in Excel")
    (tmp_path / "~$a.csv").unlink()
    _, (problem,) = load_sheet(tmp_path / "a.csv")
    assert problem.hint == "close it in other programs, and check its permissions"


def test_a_link_to_a_spreadsheet_is_followed(tmp_path: Path) -> None:
    """People keep links to shared folders, also to what is gone; a pipe is not waited for."""
    (tmp_path / "a.csv").write_text("Name\n")
    (tmp_path / "b.csv").symlink_to("a.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    assert load_sheet(tmp_path / "b.csv")[0] is not None
    assert load_sheet(tmp_path / "pipe.csv")[1][0].message == "this is a pipe, not an ordinary file"
    (tmp_path / "a.csv").unlink()
    (gone,) = load_sheet(tmp_path / "b.csv")[1]
    assert (gone.message, gone.hint) == ("it is a link to 'a.csv', where no file is", "name the file itself")


# --- workbooks ----------------------------------------------------------------------------


def test_a_workbook_is_read_as_it_would_be_typed(read: Callable[..., Rows]) -> None:
    """Days year first, whole numbers without a point, true and false; empty rows are left out and counted."""
    row: list[object] = ["Acme", date(2026, 3, 31), datetime(2026, 3, 31), 90.0, 4.25, True, None, " x\xa0y "]
    book = workbook(Partners=[["Name"], [None, None], row])
    assert read(saved(book), "a.xlsx") == [
        (1, ("Name",)),
        (3, ("Acme", "2026-03-31", "2026-03-31", "90", "4.25", "true", "", " x y ")),
    ]


@pytest.mark.parametrize(
    ("value", "look", "text"),
    [
        (0.84, "0%", "84%"),
        (0.07, "0.00%", "7%"),
        (-0.125, "0%;[Red]-0%", "-12.5%"),
        (0.84125, "0%", "84.1250%"),  # 84.125% may be so many thousands
        (5 / 6, "0%", "83.333333333%"),
        (1, "0%", "100%"),
        (84, '0.0"%"', "84%"),
        (84, "0\\%", "84%"),
        (77, "00000", "00077"),
        (77, '"K-"0000', "K-0077"),
        (123456789, "[$-409]000-00-0000", "123-45-6789"),
        (1234567, "000-00", "12345-67"),
        (-77, "00000;-00000", "-00077"),
        (0, "00", "00"),
        (1.5, "000", "1.5"),
        (7, '0" pieces"', "7"),
        (1234.5, "#,##0.00", "1234.5"),
        (0.84, '0.00" of 100%"', "0.84%"),
        (77, "General", "77"),
    ],
)
def test_a_number_is_read_as_its_format_has_it_typed(
    read: Callable[..., Rows], value: float, look: str, text: str
) -> None:
    """So many of a hundred, and the zeros in front: those that are shown are those that a CSV file has."""
    book = workbook(P=[["Name"], [value]])
    book["P"]["A2"].number_format = look
    assert read(saved(book), "a.xlsx")[1] == (2, (text,))


def test_merged_cells_say_the_same_of_each_row(read: Callable[..., Rows]) -> None:
    """Downwards, but a title over several columns is said once, and a merge without an end ends with the table."""
    book = workbook(P=[["Our partners", None], ["Name", "Owner"], ["A", "Jo"], ["B", None], ["C", "Al"]])
    book["P"].merge_cells("A1:B1")
    book["P"].merge_cells("B3:B4")
    book["P"].merge_cells("A5:A900")
    assert [cells for _, cells in read(saved(book), "a.xlsx")] == [
        ("Our partners",), ("Name", "Owner"), ("A", "Jo"), ("B", "Jo"), ("C", "Al"),
    ]  # fmt: skip


def test_formulas_and_errors_are_flaws_of_their_cells(tmp_path: Path) -> None:
    """A formula has its stored result; one without is named, and so is one that failed."""
    book = workbook(P=[["Name", "Owner"], ["=A1", "#REF!"], ["B", "C"]])
    book["P"]["B2"].data_type = "e"
    content = saved(book)
    sheet = loaded(tmp_path, content, "a.xlsx")
    assert sheet.flaws == {
        (2, 0): "the result of a formula is not stored in the file",
        (2, 1): "a formula failed: #REF!",
    }
    page = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    stored = page.replace(b"<f>A1</f><v></v>", b"<f>A1</f><v>7</v>").replace(b"<f>A1</f><v />", b"<f>A1</f><v>7</v>")
    assert stored != page
    sheet = loaded(tmp_path, with_parts(content, xl_worksheets_sheet1_xml=stored), "a.xlsx")
    assert sheet.rows[1].cells == ("7", "#REF!")
    assert (2, 0) not in sheet.flaws


def test_which_sheet(read: Callable[..., Rows], refused: Callable[..., str]) -> None:
    """The only one with data, or the one that is named, capitals aside; else those that there are."""
    book = saved(workbook(Empty=[], Partners=[["Name"]]))
    assert read(book, "a.xlsx") == [(1, ("Name",))]
    book = saved(workbook(Read=[["me"]], Partners=[["Name"]]))
    assert read(book, "a.xlsx", "partners") == [(1, ("Name",))]
    assert refused(book, "a.xlsx") == (
        "bad-spreadsheet: 2 sheets have something in them. add --sheet with one of 'Read', 'Partners'"
    )
    told = refused(book, "a.xlsx", "Partner")
    assert "no sheet 'Partner' with something in it. did you mean 'Partners'?" in told
    assert "sheets with something in them: 'Read', 'Partners'" in told
    assert "nothing stands in the workbook" in refused(saved(workbook(A=[], B=[])), "a.xlsx")
    assert "only a workbook has sheets" in refused(b"Name\n", sheet="Partners")


def test_a_workbook_may_have_too_many_rows(refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is that of all spreadsheets."""
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    assert "more than 3 rows" in refused(saved(workbook(P=[["Name"] for _ in range(9)])), "a.xlsx")


def test_a_time_is_read_as_it_is_shown(read: Callable[..., Rows]) -> None:
    """It is no day, and no field asks for one; nobody is told that it is broken."""
    book = workbook(P=[["Name"], [time(9, 30), datetime(2026, 3, 31, 9, 30)]])
    assert read(saved(book), "a.xlsx")[1] == (2, ("09:30:00", "2026-03-31 09:30:00"))
    book = workbook(P=[["Name"], [timedelta(hours=36), timedelta(minutes=5)]])
    assert read(saved(book), "a.xlsx")[1] == (2, ("1 day, 12:00:00", "0:05:00"))


def test_a_cell_at_the_far_end_costs_nothing(read: Callable[..., Rows], refused: Callable[..., str]) -> None:
    """The rectangle around it would have seventeen billion cells."""
    book = workbook(P=[["Name"], ["A"]])
    book["P"].cell(1_048_576, 1, "last")
    assert read(saved(book), "a.xlsx") == [(1, ("Name",)), (2, ("A",)), (1_048_576, ("last",))]
    book["P"].cell(1_048_576, 16_384, "far")
    assert "more than 500 columns" in refused(saved(book), "a.xlsx")


def test_merging_everything_costs_nothing(refused: Callable[..., str]) -> None:
    """The library would go through the seventeen billion cells."""
    content = saved(workbook(P=[["Name"]]))
    page = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    area = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    merged = with_parts(content, xl_worksheets_sheet1_xml=page.replace(b"</sheetData>", area))
    assert refused(merged, "a.xlsx") == (
        "bad-spreadsheet: more than 100,000 cells of the workbook are merged. "
        "undo the merging of whole columns or rows, or save the sheet as CSV"
    )


def test_bombs_are_not_unpacked(refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What a workbook unpacks to is looked at first; entities that multiply are refused."""
    content = saved(workbook(P=[["Name"]]))
    bomb = b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><sst>&b;</sst>'
    assert "damaged" in refused(with_parts(content, xl_worksheets_sheet1_xml=bomb), "a.xlsx")
    monkeypatch.setattr(packages, "MOST_UNPACKED", 100)
    assert refused(content, "a.xlsx") == (
        "bad-spreadsheet: the workbook unpacks to more than 100 bytes. save the one sheet that counts as CSV"
    )


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"mimetype": b"application/vnd.oasis.opendocument.text"}, "an OpenDocument file, but no spreadsheet"),
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, "the workbook is damaged"),
        ({"xl/workbook.bin": b""}, "a binary Excel workbook (.xlsb)"),
        ({"word/document.xml": b""}, "this is no Excel workbook"),
        ({"xl/workbook.xml": b"<broken"}, "the workbook is damaged"),
    ],
)
def test_other_packed_files(refused: Callable[..., str], parts: dict[str, bytes], said: str) -> None:
    """They are named as what they are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    assert said in refused(out.getvalue(), "a.xlsx")


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def xlsx(rows: str, strings: str = "", more: str = "", styles: str = "", sheet: str = 'name="P"') -> bytes:
    """A workbook with one sheet, as other programs than the library write it: as little as may be."""
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet {sheet} r:id="a"/></sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="a" Type="{OFFICE}/worksheet" '
        f'Target="worksheets/p.xml"/><Relationship Id="b" Type="{OFFICE}/sharedStrings" '
        f'Target="/xl/strings.xml"/><Relationship Id="d" Type="{OFFICE}/styles" Target="styles.xml"/>{more}'
        "</Relationships>",
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
        "xl/strings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/worksheets/p.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return out.getvalue()


def test_texts_that_cells_share(tmp_path: Path, refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is itself, its pieces together, without how it is pronounced; one that is not there is named."""
    strings = "<si><t>Name</t></si><si><r><t>A</t></r><r><t>cme</t></r><rPh><t>x</t></rPh></si><si><t>Ort</t></si>"
    rows = '<row><c t="s"><v>0</v></c><c t="s"><v>2</v></c></row><row><c t="s"><v>1</v></c></row>'
    sheet = loaded(tmp_path, xlsx(rows, strings), "a.xlsx")
    assert [row.cells for row in sheet.rows] == [("Name", "Ort"), ("Acme",)]
    assert (sheet.flaws, sheet.note) == ({}, "")
    with monkeypatch.context() as patch:
        patch.setattr(workbooks, "MOST_TEXT", len("NameAcmeOrt"))
        assert loaded(tmp_path, xlsx(rows, strings), "a.xlsx").rows == sheet.rows
        patch.setattr(workbooks, "MOST_TEXT", 10)
        assert refused(xlsx(rows, strings), "a.xlsx").endswith(": the workbook has more than 10 characters. split it")
    for number in ("3", "-1", "x", "1" * 10):
        told = refused(xlsx(rows.replace("<v>1</v>", f"<v>{number}</v>"), strings), "a.xlsx")
        assert told.startswith("bad-spreadsheet: the text of the cell A2 is missing. open it")


def test_a_workbook_says_as_little_as_may_be(tmp_path: Path) -> None:
    """Neither where rows and cells stand, nor that its sheet is shown; a part that is nowhere is not asked for."""
    rows = (
        '<row><c t="str"><v>Name</v></c><c t="d"><v>2026-03-31T00:00:00</v></c></row><row/><row><c><v>7</v></c></row>'
    )
    sheet = loaded(tmp_path, xlsx(rows, more='<Relationship Id="c"/>'), "a.xlsx")
    assert [(row.number, row.cells) for row in sheet.rows] == [(1, ("Name", "2026-03-31")), (3, ("7",))]
    assert (sheet.flaws, sheet.note) == ({}, "")


def test_what_a_cell_is_and_how_it_looks(tmp_path: Path) -> None:
    """Yes and no, a formula whose result is an empty text, and what is struck out, however a program writes that."""
    fonts = "".join(f"<font>{font}</font>" for font in ("", "<strike/>", '<strike val="true"/>', '<strike val="0"/>'))
    formats = "".join(f'<xf fontId="{font}"/>' for font in (0, 1, 2, 3, 9))
    styles = f"<fonts>{fonts}</fonts><cellXfs>{formats}</cellXfs>"
    kinds = '<row><c t="b"><v>true</v></c><c t="b"><v>0</v></c><c t="str"><f>A1</f><v></v></c><c><f>A1</f></c></row>'
    looks = "".join(f'<row><c s="{style}"><v>7</v></c></row>' for style in range(6))
    sheet = loaded(tmp_path, xlsx(kinds + looks, styles=styles), "a.xlsx")
    assert sheet.rows[0].cells == ("true", "false", "", "=")
    assert [key for key, _ in sheet.flaws.items()] == [(1, 3), (7, 0)]
    assert [row.number for row in sheet.rows if row.number in sheet.struck] == [3, 4]


def test_a_sheet_without_a_name(tmp_path: Path, refused: Callable[..., str]) -> None:
    """Is a sheet; that it is hidden is said, and another name is nearly none."""
    rows = '<row><c t="str"><v>Name</v></c></row>'
    assert loaded(tmp_path, xlsx(rows, sheet=""), "a.xlsx").note == ""
    assert loaded(tmp_path, xlsx(rows, sheet='state="hidden"'), "a.xlsx").note == "its sheet '' is hidden"
    assert refused(xlsx(rows), "a.xlsx", "Zebra") == (
        "bad-spreadsheet: there is no sheet 'Zebra' with something in it. sheets with something in them: 'P'"
    )


# --- workbooks of LibreOffice -------------------------------------------------------------

OPEN = 'xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:calcext="c"'


def ods(*tables: str, **parts: str) -> bytes:
    """A workbook of LibreOffice with sheets named P0, P1 and so on, and other parts, named with _ for / and ."""
    sheets = "".join(f'<table:table table:name="P{at}">{rows}</table:table>' for at, rows in enumerate(tables))
    body = f"<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", f"<office:document-content {OPEN}>{body}</office:document-content>")
        for name, part in parts.items():
            packed.writestr(name.replace("__", "/").replace("_", "."), part)
    return out.getvalue()


def in_row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def cell(kind: str, value: str = "", text: str = "", more: str = "") -> str:
    """A cell of that kind; of a text its lines are divided by |."""
    said = f'office:{"" if kind in ("float", "percentage", "currency") else kind + "-"}value="{value}"' if value else ""
    lines = "".join(f"<text:p>{line}</text:p>" for line in text.split("|"))
    return f'<table:table-cell office:value-type="{kind}" {said} {more}>{lines}</table:table-cell>'


def test_a_workbook_of_libreoffice_is_read_as_it_would_be_typed(read: Callable[..., Rows], tmp_path: Path) -> None:
    """As one of Excel is; comments at cells, and what is drawn on them, are no text of theirs."""
    comment = "<office:annotation><text:p>secret</text:p></office:annotation>"
    name = cell("string", text="A<text:s text:c='2'/>B<text:tab/>C|<text:span>two</text:span><text:line-break/>three")
    content = ods(
        in_row(
            name.replace("<text:p>", comment + "<text:p>", 1), cell("float", "90"), cell("float", "4.250", "4,25 EUR")
        )
        + in_row()
        + in_row(
            cell("date", "2026-03-31", "31.03.26"), cell("date", "2026-03-31T09:30:00"), cell("time", "PT09H30M00S")
        )
        + in_row("<table:table-cell/>", cell("boolean", "true", "WAHR"), cell("percentage", "0.845", "85 %"))
        + in_row(cell("float", "77", "00077"), cell("float", "77", "K-0077"), cell("float", "0", "0.00"))
        + in_row(cell("float", "0.7", "0,70"), cell("float", "7", "0,07 T"), cell("float", "84", "84,0 %"))
        + in_row(cell("string", text="x"), "<table:table-cell/>", "<table:table-cell/>", cell("string", text="y"))
    )
    assert loaded(tmp_path, content, "a.ods").flaws == {}
    assert read(content, "a.ods") == [
        (1, ("A  B\tC\ntwo\nthree", "90", "4.25")),
        (3, ("2026-03-31", "2026-03-31 09:30:00", "09:30:00")),
        (4, ("", "true", "84.5%")),
        (5, ("00077", "K-0077", "0")),
        (6, ("0.7", "7", "84%")),
        (7, ("x", "", "", "y")),
    ]


def test_merged_cells_of_libreoffice(read: Callable[..., Rows]) -> None:
    """They say the same of each row, and what they cover says nothing."""
    covered = "<table:covered-table-cell><text:p>old</text:p></table:covered-table-cell>"
    title = cell("string", text="T", more='table:number-columns-spanned="2"')
    down = cell("string", text="A", more='table:number-rows-spanned="2"')
    rows = in_row(title, covered) + in_row(down, cell("string", text="x")) + in_row(covered, cell("string", text="y"))
    assert [cells for _, cells in read(ods(rows), "a.ods")] == [("T",), ("A", "x"), ("A", "y")]


def test_flaws_of_cells_of_libreoffice(tmp_path: Path) -> None:
    """Formulas that failed, or have no result, and days that are none."""
    error = cell("string", text="#DIV/0!", more='calcext:value-type="error"')
    wrong = (cell("date", "2026-02-30", "30.02.26"), cell("date", "", "soon"), cell("float"), cell("time", "9:30"))
    rows = in_row(error, '<table:table-cell table:formula="of:=1"/>', *wrong)
    sheet = loaded(tmp_path, ods(rows), "a.ods")
    assert sheet.rows[0].cells == ("#DIV/0!", "=", "30.02.26", "soon", "?", "?")
    assert sheet.flaws == {
        (1, 0): "a formula failed: #DIV/0!",
        (1, 1): "the result of a formula is not stored in the file",
        **dict.fromkeys([(1, at) for at in range(2, 6)], "it should hold a number or a date, and does not"),
    }


def test_what_stands_before_the_sheets_of_libreoffice(tmp_path: Path, refused: Callable[..., str]) -> None:
    """Is passed over, and is no sheet; bold letters are not struck out."""
    stray = in_row(cell("string", text="stray", more='table:number-rows-spanned="2"'))
    look = '<style:style style:name="b"><style:text-properties fo:font-weight="bold"/></style:style>'
    for content in (ods(), ods("")):
        page = zipfile.ZipFile(io.BytesIO(content)).read("content.xml").decode()
        page = page.replace("<office:spreadsheet>", f"<office:spreadsheet>{stray}")
        assert "nothing stands in the workbook" in refused(with_parts(content, content_xml=page.encode()), "a.ods")
    content = ods(in_row(cell("string", text="x", more='table:style-name="b"')))
    page = zipfile.ZipFile(io.BytesIO(content)).read("content.xml").decode()
    page = page.replace("<office:body>", f'<styles xmlns:style="s" xmlns:fo="f">{look}</styles><office:body>')
    page = page.replace("<office:spreadsheet>", f"<office:spreadsheet>{stray}")
    sheet = loaded(tmp_path, with_parts(content, content_xml=page.encode()), "a.ods")
    assert ([row.cells for row in sheet.rows], sheet.struck) == ([("x",)], set())


def test_which_sheet_of_libreoffice(read: Callable[..., Rows], refused: Callable[..., str]) -> None:
    """As of a workbook of Excel; a password is named."""
    one = in_row(cell("string", text="x"))
    assert read(ods("", one, ""), "a.ods") == [(1, ("x",))]
    assert read(ods(one, in_row(cell("float", "2"))), "a.ods", "p1") == [(1, ("2",))]
    assert "2 sheets have something in them. add --sheet with one of 'P0', 'P1'" in refused(ods(one, one), "a.ods")
    assert "sheets with something in them: 'P0'" in refused(ods(one, ""), "a.ods", "P1")
    assert "nothing stands in the workbook" in refused(ods(""), "a.ods")
    for rest, first in (("", "x"), (in_row(cell("float", "2")), "2")):
        content = ods(one, rest)
        page = zipfile.ZipFile(io.BytesIO(content)).read("content.xml").replace(b'"P0"', b'"Allowed values"')
        assert read(with_parts(content, content_xml=page), "a.ods") == [(1, (first,))]
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    assert "protected by a password" in refused(ods(one, **{"META-INF__manifest_xml": manifest}), "a.ods")


# --- JSON ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content", [b"{", b'{"columns": ["id"], "partners": [1]}', b"[" * 100_000, b"\xff", b'{"Name": "A"}\n["B"}']
)
def test_json_that_no_export_wrote(refused: Callable[..., str], content: bytes) -> None:
    """It is said that the export would write another."""
    assert "not what `playbook export` writes" in refused(content, "a.json")


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.csv", "a"])
@pytest.mark.parametrize(
    "content",
    [
        '[{"Name": "A\u2028B"}, {"Name": "C"}]',
        '{"Name": "A\u2028B"}\r\n{"Name": "C"}\n',
        '\ufeff[\n{"Name": "A\u2028B"}]',
    ],
)
def test_json_is_known_by_what_is_in_it(read: Callable[..., Rows], name: str, content: str) -> None:
    """However its file is called, also with an object in each line."""
    assert [row[0] for _, row in read(content.encode(), name)] == ["Name", "A\nB", "C"][: 1 + content.count('"Name"')]


@pytest.mark.parametrize("text", ["[Name],b\n[x],y\n", "{Name}\nx\n", "[1],2\n"])
def test_a_table_that_begins_with_brackets(read: Callable[..., Rows], text: str) -> None:
    """Is one."""
    assert read(text.encode())[0] == (1, tuple(text.splitlines()[0].split(",")))


def test_what_somebody_wrote_into_an_export_is_a_column(read: Callable[..., Rows]) -> None:
    """Also under a name that the export does not have."""
    content = b'{"columns": ["id", "owner"], "partners": [{"id": "x", "ownr": "bo"}, {"id": "y", "Owner": "al"}]}'
    assert read(content, "a.json") == [
        (1, ("id", "owner", "ownr", "Owner")),
        (2, ("x", "", "bo")),
        (3, ("y", "", "", "al")),
    ]


def test_columns_are_named_as_in_spreadsheets() -> None:
    """A to Z, then AA."""
    assert [sheets.letters(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


# --- what comes from elsewhere ------------------------------------------------------------


def test_rows_of_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """As those of a file; what is too much names the source and the row."""
    rows = [["Name", "Owner"], ["Acme", ""], ["", ""], ["", "Jo"]]
    sheet, problems = read_rows(rows, "crm")
    assert problems == []
    assert sheet is not None
    assert (sheet.file, sheet.rows) == ("crm", ((1, ("Name", "Owner")), (2, ("Acme",)), (4, ("", "Jo"))))
    monkeypatch.setattr(sheets, "MOST_ROWS", 1)
    sheet, (problem,) = read_rows(rows, "crm")
    assert sheet is None
    assert problem.code.slug == "bad-spreadsheet"
    assert problem.message == "it has more than 1 rows, or more than 500 columns"
    assert (problem.hint, problem.place[:2]) == ("split it, and delete what is not about partners", ("crm", 2))


def test_lines_and_columns_of_a_text_are_counted(
    tmp_path: Path, refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Empty ones, too, and those within one cell; each limit holds to the last."""
    text = b'Name,a\nAcme,"\n,,,\n"\n'
    assert len(loaded(tmp_path, text).rows) == 2
    with monkeypatch.context() as patch:
        patch.setattr(textsheets, "_MOST_LINES", 4)
        assert len(loaded(tmp_path, text).rows) == 2
        assert refused(b"Name\n\n\n\n\n") == (
            "bad-spreadsheet: it has more than 4 lines. delete the empty ones, or split the file"
        )
    monkeypatch.setattr(textsheets, "_MOST_DIVIDERS", 4)
    assert len(loaded(tmp_path, text).rows) == 2
    assert refused(text.replace(b",,,", b",,,,")) == (
        "bad-spreadsheet: row 2 has more than 4 columns. "
        "look for a quotation mark that is not closed, or save the file as .xlsx"
    )


def test_every_end_of_a_line_is_one() -> None:
    """Of old and new systems, also as Excel writes a part of one down; none of them is a flaw."""
    text = "a\rb\vc\r\nd_x000D_\ne\u2028f\x85g"
    sheet, _ = read_rows([["Name", "a_x000D_b"], [text], ["x\x07\ry"]], "crm")
    assert sheet is not None
    assert sheet.rows[0].cells == ("Name", "a\nb")
    assert sheet.rows[1].cells == ("a\nb\nc\nd\ne\nf\ng",)
    assert [*sheet.flaws] == [(3, 0)]


def test_merged_cells_are_counted_to_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of all areas together, whichever corner is named first; those of one column say the same of each row."""
    monkeypatch.setattr(sheets, "_MOST_MERGED", 10)
    merged = sheets.Merged()
    merged.add(0, 1, 1, 3)
    merged.add(2, 5, 2, 8)
    assert merged.down == [(2, 5, 8)]
    with pytest.raises(sheets.UnusableSheet, match="more than 10 cells of the workbook are merged"):
        merged.add(4, 9, 4, 9)


def test_an_export_for_programs_has_texts(refused: Callable[..., str]) -> None:
    """A list or an object in it was put there by somebody: it is told with its row and its column."""
    for inside in ('["a"]', '{"a": 1}'):
        content = f'{{"columns": ["id", "types"], "partners": [{{"id": "x"}}, {{"id": "y", "types": {inside}}}]}}'
        assert refused(content.encode(), "a.json") == (
            "bad-spreadsheet: row 3 has a list or an object for 'types', and not a text. "
            "write it as a text, as `playbook export` does"
        )


def test_what_is_too_much_is_named_with_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each limit holds to the last; the first cell beyond it is told, and what to do."""
    rows = [["Name", "Owner"], ["Acme", "Jo"], ["Birch", ""], ["Cedar", "", "x"]]
    split = "split it, and delete what is not about partners"
    for limit, most, message, row in (
        ("MOST_COLUMNS", 2, "it has more than 20,000 rows, or more than 2 columns", 4),
        ("MOST_CELLS", 6, "it has more than 6 cells", 4),
        ("MOST_TEXT", 25, "it has more than 25 characters", 4),
        ("LONGEST", 4, "the cell B1 has more than 4 characters", 1),
        ("MOST_WITH_EMPTY", 7, "it has more than 7 cells, with the empty ones", 1),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(sheets, limit, most)
            _, (problem,) = read_rows(rows, "crm")
            assert (problem.message, problem.place.line) == (message, row)
            assert problem.hint == ("shorten it, or delete it" if limit == "LONGEST" else split)
            patch.setattr(sheets, limit, most + 1)
            assert read_rows(rows, "crm")[1] == []


@pytest.mark.parametrize("name", ["properties", "attributes"])
def test_what_an_api_puts_into_one_object(read: Callable[..., Rows], name: str) -> None:
    """Is what it says of the record; an object of another name gives its name to what is in it, and lists are texts."""
    record = {name: {"Name": "Ä", "tags": ["a", "b"], "more": {"é": [1]}}, "owner": {"id": 7}, "own": True, "no": None}
    assert read(json.dumps([record]).encode(), "a.json") == [
        (1, ("Name", "tags", "more", "owner.id", "own", "no")),
        (2, ("Ä", "a; b", '{"é": ["1"]}', "7", "true")),
    ]
    kind = {name: {"type": "Account", "url": "/a"}, "Name": "A"}
    owner = {"Owner": {name: {"type": "User", "url": "/b"}, "Name": "Jo"}}
    assert read(json.dumps([kind | owner]).encode(), "a.json")[0] == (
        1, (f"{name}.type", f"{name}.url", "Name", "Owner.Name"),
    )  # fmt: skip
