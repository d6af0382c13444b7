"""Small files that stand for billions of cells: they are counted before anything is expanded, and refused or read."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator.exchange import meanings
from generator.exchange.fields import LISTS
from generator.exchange.sheets import Sheet, load_sheet, packages
from generator.exchange.sheets import sheet as sheets
from generator.problems import Nearest

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAME = '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row>'
OPEN = 'xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:calcext="c"'
DAMAGED = "the workbook is damaged, or is none"


def xlsx(sheet: str | bytes, *, strings: str = "", styles: str = "", at: str = "xl/worksheets/s.xml") -> bytes:
    """A workbook with one sheet: its XML, or what stands in its table."""
    if isinstance(sheet, str) and not sheet.startswith(("<worksheet", "<?xml", "<!DOCTYPE")):
        sheet = worksheet(sheet)
    parts = {
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{RELATED}">'
        '<sheets><sheet name="P" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": "<Relationships>"
        f'<Relationship Id="a" Type="{RELATED}/worksheet" Target="/{at}"/>'
        f'<Relationship Id="b" Type="{RELATED}/sharedStrings" Target="strings.xml"/>'
        f'<Relationship Id="c" Type="{RELATED}/styles" Target="styles.xml"/></Relationships>',
        at: sheet,
        "xl/strings.xml": f"<sst {MAIN}>{strings}</sst>",
        "xl/styles.xml": f"<styleSheet {MAIN}>{styles}</styleSheet>",
    }
    return packed(parts)


def worksheet(rows: str, tail: str = "") -> str:
    return f"<worksheet {MAIN}><sheetData>{rows}</sheetData>{tail}</worksheet>"


def ods(rows: str, **parts: str) -> bytes:
    """A workbook of LibreOffice with these rows."""
    table = f'<office:body><office:spreadsheet><table:table table:name="P">{rows}</table:table></office:spreadsheet>'
    content = f"<office:document-content {OPEN}>{table}</office:body></office:document-content>"
    return packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content, **parts})


def cell(text: str, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{text}</text:p></table:table-cell>'


def packed(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return out.getvalue()


@pytest.fixture
def read(tmp_path: Path) -> Callable[[bytes, str], Sheet | str]:
    """The sheet in a file with that content, or why there is none."""

    def read(content: bytes, kind: str = "xlsx") -> Sheet | str:
        (tmp_path / f"a.{kind}").write_bytes(content)
        found, problems = load_sheet(tmp_path / f"a.{kind}")
        if found is not None:
            assert problems == []
            return found
        (problem,) = problems
        assert (problem.code.slug, problem.hint != "") == ("bad-spreadsheet", True)
        return problem.message

    return read


def texts(found: Sheet | str) -> list[tuple[str, ...]]:
    assert isinstance(found, Sheet), found
    return [row.cells for row in found.rows]


# --- what refers to cells, and is not asked -------------------------------------------------

EVERYTHING = [
    'ref="A1:XFD1048576"', 'ref = "A1:XFD1048576"', "ref\n=\n'A1:XFD1048576'", 'ref="$A$1:$XFD$1048576"',
    'ref="a1:xfd1048576"', 'ref="&#65;1:XFD1048576"', 'ref="XFD1048576:A1"',
]  # fmt: skip


@pytest.mark.parametrize("ref", EVERYTHING)
@pytest.mark.parametrize(
    "tail",
    [
        "<hyperlinks><hyperlink {} location='x'/></hyperlinks>",
        "<autoFilter {}/>",
        "<dataValidations><dataValidation {}/></dataValidations>",
        "<x:ignoredErrors xmlns:x='x'><x:ignoredError {}/></x:ignoredErrors>",
    ],
)
def test_what_names_all_cells_makes_none(read: Callable[..., Sheet | str], ref: str, tail: str) -> None:
    """Links, filters and the like are passed over, however large an area they name."""
    assert texts(read(xlsx(worksheet(NAME, tail.format(ref))))) == [("Name",)]


@pytest.mark.parametrize("ref", EVERYTHING)
@pytest.mark.parametrize("at", ["xl/worksheets/s.xml", "other/s.bin"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_merged_areas_are_counted_however_they_are_written(
    read: Callable[..., Sheet | str], ref: str, at: str, encoding: str, prefix: str
) -> None:
    """Quotes, dollars, capitals, escapes, encodings, prefixes and folders make no difference."""
    tail = f"<mergeCells><mergeCell {ref}/></mergeCells>"
    if prefix:
        tail = f"<x:mergeCells xmlns:x='x'><x:mergeCell {ref}/></x:mergeCells>"
    sheet = f'<?xml version="1.0" encoding="{encoding}"?>{worksheet(NAME, tail)}'.encode(encoding)
    assert read(xlsx(sheet, at=at)) == "more than 100,000 cells of the workbook are merged"


def test_areas_that_cannot_be_are_passed_over(read: Callable[..., Sheet | str]) -> None:
    """A merge of nothing is none; other parts, such as comments, are not read."""
    tail = '<mergeCells><mergeCell/><mergeCell ref="A1"/><mergeCell ref="ZZZZ1:A99999999999"/></mergeCells>'
    assert texts(read(xlsx(worksheet(NAME, tail)))) == [("Name",)]


# --- rows, columns, cells, characters -------------------------------------------------------


def test_cells_far_apart_are_no_rectangle(read: Callable[..., Sheet | str]) -> None:
    """Only what is there counts; a column that is too far is named by the limit."""
    sheet = NAME + '<row r="1048576"><c r="B1048576"><v>1</v></c></row>'
    assert texts(read(xlsx(sheet))) == [("Name",), ("", "1")]
    assert read(xlsx(sheet.replace("B1", "XFD1"))) == (
        "the sheet 'P' has more than 20,000 rows, or more than 500 columns"
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ('<row r="99999999999">', "there is a row '99999999999', which cannot be"),
        ('<row r="1048577">', "there is a row '1048577', which cannot be"),
        ('<row r="-1">', "there is a row '-1', which cannot be"),
        ('<row><c r="ZZZZZZZ1">', "a cell stands in the column 'ZZZZZZZ', which cannot be"),
        ('<row><c r="A99999999999">', "there is a row '99999999999', which cannot be"),
        ('<row><c r="$A$1">', "a cell stands in the column '$A$', which cannot be"),
        ('<row><c r="A">', "there is a row '', which cannot be"),
    ],
)
def test_places_beyond_a_sheet(read: Callable[..., Sheet | str], row: str, said: str) -> None:
    """They are refused, and not counted from the other end."""
    closed = "</row>" if "<c" not in row else "<v>1</v></c></row>"
    assert read(xlsx(NAME + row + closed)) == said


def test_empty_cells_are_counted_as_they_come(
    read: Callable[..., Sheet | str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Millions of them are packed into a few kilobytes; the limit ends the reading, in either kind of workbook."""
    monkeypatch.setattr(packages, "MOST_TAGS", 10_000)
    said = "the workbook has more than 10,000 tags, of cells and others"
    for rows in ("<row>" + "<c/>" * 10_000 + "</row>", "<row/>" * 10_000, '<row s="1"></row>' * 5_000):
        assert read(xlsx(rows)) == said
    assert read(ods("<table:table-row>" + "<table:table-cell/>" * 10_000 + "</table:table-row>"), "ods") == said
    assert texts(read(xlsx(NAME, strings="<si/>" * 10_000))) == [("Name",)]  # it shares no text
    shared = '<row><c t="s"><v>0</v></c></row>'
    assert read(xlsx(shared, strings="<si/>" * 10_000)) == said
    formats = "<cellXfs>" + '<xf numFmtId="14"/>' * 10_000 + "</cellXfs>"
    assert read(xlsx('<row><c s="1"><v>1</v></c></row>', styles=formats)) == said


def test_a_text_that_many_cells_share_is_that_of_each(read: Callable[..., Sheet | str]) -> None:
    """A thousand cells with one text of 30,000 letters would be 30 MB."""
    row = "<row>" + '<c t="s"><v>0</v></c>' * 100 + "</row>"
    told = read(xlsx(row * 10, strings=f"<si><t>{'é' * 30_000}</t></si>"))
    assert told == "the sheet 'P' has more than 20,000,000 characters"


def test_many_shared_texts_are_too_many(read: Callable[..., Sheet | str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Also those that no cell shows."""
    monkeypatch.setattr("generator.exchange.sheets.workbooks.MOST_TEXT", 1_000)
    told = read(xlsx('<row><c t="s"><v>0</v></c></row>', strings="<si><t>abcdefghij</t></si>" * 101))
    assert told == "the workbook has more than 1,000 characters"


@pytest.mark.parametrize("kind", ["s", "str", "inlineStr", "n", "json"])
def test_a_text_has_a_longest(read: Callable[..., Sheet | str], kind: str) -> None:
    """The cell is named."""
    text = "9" * (sheets.LONGEST + 1)
    said = f"has more than {sheets.LONGEST:,} characters"
    if kind == "json":
        told = read(json.dumps({"columns": ["id", "name"], "partners": [{"name": text}]}).encode(), "json")
        assert told == f"the cell B2 {said}"
        return
    value = {"s": "<v>0</v>", "inlineStr": f"<is><t>{text}</t></is>"}.get(kind, f"<v>{text}</v>")
    content = xlsx(f'<row r="3"><c r="B3" t="{kind}">{value}</c></row>', strings=f"<si><t>{text}</t></si>")
    assert read(content) == f"the cell B3 {said}"


def test_repeated_cells_end_at_the_limits(read: Callable[..., Sheet | str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell, or a row, that stands there a billion times is taken as often as a table may have it, and not more."""
    added = 0
    add = sheets.Grid.add

    def counting(self: sheets.Grid, row: int, column: int, text: str, flaw: str = "") -> None:
        nonlocal added
        added += 1
        add(self, row, column, text, flaw)

    monkeypatch.setattr(sheets.Grid, "add", counting)
    columns = cell("x", 'table:number-columns-repeated="999999999"')
    said = "the sheet 'P' has more than 20,000 rows, or more than 500 columns"
    assert read(ods(f"<table:table-row>{columns}</table:table-row>"), "ods") == said
    assert added == 501
    rows = f'<table:table-row table:number-rows-repeated="999999999">{cell("x")}</table:table-row>'
    assert read(ods(rows), "ods") == said
    assert added == 501 + 20_001
    endless = f'<table:table-row table:number-rows-repeated="{"9" * 5000}">{cell("x")}</table:table-row>'
    assert "number-rows-repeated is '999" in str(read(ods(endless), "ods"))


def test_empty_cells_down_to_the_end_are_no_cells(read: Callable[..., Sheet | str]) -> None:
    """As LibreOffice saves every sheet."""
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    end = f'<table:table-row table:number-rows-repeated="1048575">{blank}</table:table-row>'
    first = f"<table:table-row>{cell('Name')}{blank}</table:table-row>"
    assert texts(read(ods(first + end), "ods")) == [("Name",)]
    after = f"<table:table-row>{cell('last')}</table:table-row>"
    found = read(ods(first + end + after), "ods")
    assert isinstance(found, Sheet)
    assert [row.number for row in found.rows] == [1, 1_048_577]


def test_texts_are_bounded_in_every_kind(read: Callable[..., Sheet | str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong with cells, and what is looked at sign by sign, has a limit, too."""
    monkeypatch.setattr(sheets, "MOST_CELLS", 50)
    monkeypatch.setattr(sheets, "MOST_WITH_EMPTY", 60)
    rows = b"a,b\n" * 26
    assert read(rows, "csv") == "it has more than 50 cells"
    assert texts(read(b"," * 9 + b"x\n" + b"," * 49 + b"y\n", "csv")) == [(*[""] * 9, "x"), (*[""] * 49, "y")]
    assert read(b"," * 10 + b"x\n" + b"," * 49 + b"y\n", "csv") == "it has more than 60 cells, with the empty ones"
    monkeypatch.setattr(sheets, "_MOST_FLAWS", 5)
    assert read(b"\xef\xbf\xbd,\n" * 6, "csv") == "it has more than 5 damaged cells"
    monkeypatch.setattr(sheets, "_MOST_ODD", 5)
    assert read("\u200ba\u3164\u200b\ufe0f\ufe0f\u2800".encode(), "csv") == (
        "it has more than 5 characters that are no letters"
    )


# --- archives and XML -----------------------------------------------------------------------


def test_archives_are_not_believed(read: Callable[..., Sheet | str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What unpacks is counted while it does; other ways of packing, passwords and lists without end are refused."""
    good = xlsx(NAME)
    assert texts(read(good)) == [("Name",)]
    locked = bytearray(good)
    for mark, offset in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        at = -1
        while (at := locked.find(mark, at + 1)) >= 0:
            locked[at + offset] |= 1
    assert read(bytes(locked)) == "it is protected by a password"
    with zipfile.ZipFile(io.BytesIO(good)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        assert read(packed(parts, method)) == DAMAGED
    nested = packed({**parts, "xl/embeddings/again.xlsx": good * 3})
    assert texts(read(nested)) == [("Name",)]
    many = packed({**parts, **{f"p{number}": b"" for number in range(5_000)}})
    assert read(many) == "the workbook has more than 5,000 parts"
    monkeypatch.setattr(packages, "MOST_UNPACKED", 1 << 20)
    spaces = packed({**parts, "xl/worksheets/s.xml": b"<worksheet>" + b" " * (1 << 20)})
    assert len(spaces) < 10_000
    assert read(spaces) == "the workbook unpacks to more than 1,048,576 bytes"


@pytest.mark.parametrize("change", [b"", b"\0", b"\xff", b"PK\5\6"])
def test_damaged_archives(read: Callable[..., Sheet | str], change: bytes) -> None:
    """Wherever a byte is wrong, the workbook is read, or refused in words; nothing else is raised."""
    good = xlsx(NAME, strings="<si><t>x</t></si>", styles="<cellXfs><xf/></cellXfs>")
    told = set()
    for at in range(0, len(good), 7):
        found = read(good[:at] + change + good[at + 1 :] if change else good[:at] or b"PK")
        told.add(found if isinstance(found, str) else "")
    assert DAMAGED in told


@pytest.mark.parametrize(
    "sheet",
    [
        '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>',
        '<!DOCTYPE w SYSTEM "file:///etc/passwd"><worksheet/>',
        "<!DOCTYPE w><worksheet/>",
        "<worksheet>" + "<a>" * 101 + "</a>" * 101 + "</worksheet>",
        "<worksheet " + " ".join(f'a{number}=""' for number in range(40_000)) + "/>",
        "<worksheet>" + "".join(f"<a{number}/>" for number in range(20_000)) + "</worksheet>",
        f"<worksheet><!--{'a' * 700_000}--></worksheet>",
        "<worksheet>&undeclared;</worksheet>",
        "<worksheet",
        *(f'<?xml version="1.0" encoding="{name}"?><worksheet/>' for name in ("utf-7", "idna", "rot13", "base64", "?")),
    ],
)
def test_xml_that_no_workbook_has(read: Callable[..., Sheet | str], sheet: str) -> None:
    """Entities, names without number, tags without end and elements without bottom are not kept."""
    assert read(xlsx(sheet.encode() if not sheet.startswith("<worksheet") else sheet)) == DAMAGED


def test_numbers_that_are_none(read: Callable[..., Sheet | str]) -> None:
    """They stay as they are stored, and the cell has a flaw; a day beyond the calendar, too."""
    odd = ["1e999", "-INF", "NaN", "nine", "9" * 5_000]
    row = "".join(f"<c><v>{text}</v></c>" for text in odd)
    days = "".join(f'<c s="{style}"><v>{text}</v></c>' for style, text in ((0, "1e9"), (7, "1"), ("x", "1")))
    found = read(xlsx(f"<row>{row}{days}</row>", styles='<cellXfs><xf numFmtId="14"/></cellXfs>'))
    assert texts(found) == [(*odd, "1e9", "1", "1")]
    assert isinstance(found, Sheet)
    assert {column for _, column in found.flaws} == set(range(8))
    assert set(found.flaws.values()) == {"it should hold a number or a date, and does not"}


def test_a_text_that_is_not_there(read: Callable[..., Sheet | str]) -> None:
    """The cell is named."""
    for index in ("1", "-1", "9" * 5_000, "x"):
        assert read(xlsx(f'<row><c t="s"><v>{index}</v></c></row>', strings="<si><t>x</t></si>")) == (
            "the text of the cell A1 is missing"
        )


# --- CSV and JSON ---------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\n" * 2_000_000, "it has more than 1,048,576 lines"),
        (b"Name\n" + b"\r" * 1_048_577, "it has more than 1,048,576 lines"),
        (b'"' + (b"\n" * 100_000 + b'","') * 12, "it has more than 1,048,576 lines"),
        (b"," * 100_001, "row 1 has more than 100,000 columns"),
        (b"a\n" + b',"\n"' * 100_001, "row 2 has more than 100,000 columns"),
        (b'""",' * 100_001, "row 1 has more than 100,000 columns"),
        (b'"' * 300_001, "row 1 cannot be read: "),
        (b'a\n"' + b"x\n" * 100_000, "row 2 cannot be read: field larger than"),
        (b"a,b\n\0,c\n", "this is no spreadsheet"),
    ],
)
def test_csv_bombs(read: Callable[..., Sheet | str], content: bytes, said: str) -> None:
    """Lines, columns and quotation marks without end stop at a limit, and the row is named."""
    assert str(read(content, "csv")).startswith(said)


def test_odd_words_are_looked_for_in_a_part_of_the_file(tmp_path: Path) -> None:
    """Three are enough, and a word without end is cut."""
    (tmp_path / "a.csv").write_bytes(b"a" * 100 + "ä".encode("cp1252") + b"b" * 100 + b"\n" + b"\xe4,\xe4\xf6\n" * 2000)
    found, _ = load_sheet(tmp_path / "a.csv")
    assert found is not None
    assert found.note.endswith(f"check {'a' * 40}ä{'b' * 40}, ä, äö")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            json.dumps(
                {"columns": [f"n{n}" for n in range(20_000)], "partners": [{f"n{n}": "x"} for n in range(20_000)]}
            ),
            "it has more than 500 columns",
        ),
        (json.dumps({"columns": [""] * 501, "partners": [{}] * 500}), "it has more than 500 columns"),
        ('{"columns": ["id"], "partners": [' + "{}," * 999_999 + "{}]}", "it has more than 1,000,000 values"),
        ("[" * 999_999, "this JSON is not what `playbook export` writes"),
        ("[" * 1_000_001, "it has more than 1,000,000 values"),
        ('{"columns": ["id"], "partners": [{"id": NaN}]}', "it has NaN, which is no number"),
        ('{"columns": ["id"], "partners": [{"id": -Infinity}]}', "it has -Infinity, which is no number"),
        ('{"columns": ["id"], "partners": [{"id": ["a"]}]}', "row 2 has a list or an object for 'id', and not a text"),
        ('{"columns": [["id"]], "partners": []}', "this JSON is not what `playbook export` writes"),
        ('{"columns": ["id"], "partners": ["id"]}', "this JSON is not what `playbook export` writes"),
        ('{"columns": ["id"], "partners": 7}', "this JSON is not what `playbook export` writes"),
        ('{"columns": 7, "partners": []}', "this JSON is not what `playbook export` writes"),
    ],
)
def test_json_bombs(read: Callable[..., Sheet | str], content: str, said: str) -> None:
    """Names, rows, values and depth without end."""
    assert read(content.encode(), "json") == said


def test_json_numbers_are_as_they_are_written(read: Callable[..., Sheet | str]) -> None:
    """None is too large to be a text; true and null are as elsewhere."""
    row = '{"a": 1e999, "b": ' + "9" * 5_000 + ', "c": 1.50, "d": true, "e": null, "f": "\\ud800"}'
    found = read(('{"columns": ["a","b","c","d","e","f"], "partners": [' + row + "]}").encode(), "json")
    assert texts(found)[1] == ("1e999", "9" * 5_000, "1.50", "true", "", "\ud800")
    assert isinstance(found, Sheet)
    assert "U+D800" in found.flaws[2, 5]


def test_rows_of_other_names_are_as_many_cells_as_they_say(read: Callable[..., Sheet | str]) -> None:
    """Names that are no columns are columns of their own, as long as there are no more than a table may have."""
    rows = [{f"n{number}": "x", "id": "y"} for number in range(499)]
    found = texts(read(json.dumps({"columns": ["id"], "partners": rows}).encode(), "json"))
    assert found[0] == ("id", *(f"n{number}" for number in range(499)))
    assert found[1:] == [("y", *[""] * number, "x") for number in range(499)]
    rows.append({"n499": ""})
    refused = read(json.dumps({"columns": ["id"], "partners": rows}).encode(), "json")
    assert refused == "it has more than 500 columns"


# --- what cells mean ------------------------------------------------------------------------


def asking(field: str, *ids: str) -> meanings.Meanings:
    """What cells mean where this field knows these ids alone."""
    asker = meanings.Meanings.__new__(meanings.Meanings)
    asker._found = {}
    asker._ids = {field: {ident.casefold(): [ident] for ident in ids}}
    asker._names = {}
    asker.custom, asker._kinds, asker.lists, asker.days = (), {}, frozenset(LISTS), meanings.DAYS
    asker._nearest = {field: Nearest(asker._ids[field])}
    asker._listed = {field: ", ".join(ids)}
    return asker


def test_a_cell_of_many_words_asks_about_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 60,000 unknown words, or pairs of words, one is looked up, and one is asked about."""
    looked_up: list[str] = []

    def near(text: str) -> None:
        looked_up.append(text)

    asker = asking("regions", "EMEA")
    monkeypatch.setattr(asker._nearest["regions"], "of", near)
    for text in ("; ".join(f"r{number}" for number in range(30_000)), "EMEA / r0; " * 10_000):
        looked_up.clear()
        unclear = asker.of("regions", text)
        assert isinstance(unclear, meanings.Unclear)
        assert len(looked_up) <= 3


def test_much_white_space_in_a_cell_is_passed_once() -> None:
    """Between the parts of a cell it makes no difference; the pattern that divides it sees none of it."""
    asker = asking("regions", "EMEA", "APAC", "NA")
    wide = "\t " * 50_000
    for text in (f"EMEA{wide}/{wide}APAC", f"EMEA{wide}and{wide}APAC", "EMEA&APAC", "EMEA / APAC", "EMEA+ APAC"):
        assert asker.of("regions", text) == ["EMEA", "APAC"]
    for text in (f"EMEA{wide}or{wide}APAC", "EMEAandAPAC"):
        assert isinstance(asker.of("regions", text), meanings.Unclear)


# --- in little memory -----------------------------------------------------------------------

CHILD = """
import resource, sys
from pathlib import Path
from generator.problems import Nearest
from generator.exchange.sheets import load_sheet
import generator.exchange.sheets.opensheets
size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (size + 250_000_000,) * 2)
for file in sorted(Path(sys.argv[1]).iterdir()):
    found, problems = load_sheet(file)
    print(file.name, problems[0].message if problems else f"{len(found.rows)} rows", sep=": ")
"""


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="asks Linux for a limit of memory")
def test_bombs_fit_into_little_memory(tmp_path: Path) -> None:
    """Files of up to 20 MB are read or refused with 250 MB beside the program itself."""
    everything = worksheet(NAME, '<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>')
    row = "<row>" + "<c><v>1.5</v></c>" * 25 + "</row>"
    bombs = {
        "a.xlsx": (xlsx(everything), "1 rows"),
        "b.xlsx": (xlsx(row * 5_000), "5000 rows"),
        "c.xlsx": (xlsx("<row>" + "<c/>" * 3_000_000 + "</row>"), "the workbook has more than 1,100,000 tags"),
        "d.xlsx": (xlsx('<row><c t="str"><v>' + "a" * 25_000_000 + "</v></c></row>"), "the cell A1 has more than"),
        "e.csv": (b"\n" * 20_000_000, "it has more than 1,048,576 lines"),
        "f.csv": (b"," * 20_000_000, "row 1 has more than 100,000 columns"),
        "g.csv": (b"a" * 19_999_990 + "🎉".encode(), "row 1 cannot be read"),
        "h.json": (
            b'{"columns": [], "partners": [' + b"{}," * 6_600_000 + b"{}]}",
            "it has more than 1,000,000 values",
        ),
        "i.json": (b"[" * 20_000_000, "it has more than 1,000,000 values"),
        "j.csv": (("é," * 24 + "x\n").encode() * 5_000, "5000 rows"),
    }
    for name, (content, _) in bombs.items():
        assert len(content) <= 20_000_000
        (tmp_path / name).write_bytes(content)
    done = subprocess.run([sys.executable, "-c", CHILD, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = done.stdout.splitlines()
    assert len(told) == len(bombs), done.stderr
    for line, (name, (_, said)) in zip(told, bombs.items(), strict=True):
        assert line.startswith(f"{name}: {said}")


# --- what few programs write ----------------------------------------------------------------


def test_how_a_text_is_pronounced_is_no_part_of_it(read: Callable[..., Sheet | str]) -> None:
    """Japanese Excel stores it beside the text."""
    strings = "<si><t>東京</t><rPh><t>トウキョウ</t></rPh><r><t> AG</t></r></si>"
    assert texts(read(xlsx('<row><c t="s"><v>0</v></c></row>', strings=strings))) == [("東京 AG",)]


def test_days_of_every_kind_of_workbook(read: Callable[..., Sheet | str]) -> None:
    """Written out, or counted from 1904 as old Macs did; without styles, a number is a number."""
    iso = '<row><c t="d"><v>2026-01-05</v></c></row>'
    assert texts(read(xlsx(iso))) == [("2026-01-05",)]

    mac = xlsx('<row><c s="0"><v>1</v></c></row>', styles='<cellXfs><xf numFmtId="14"/></cellXfs>')
    assert texts(read(changed(mac, "<sheets>", '<workbookPr date1904="1"/><sheets>'))) == [("1904-01-02",)]


def test_parts_that_a_workbook_lacks(read: Callable[..., Sheet | str]) -> None:
    """A sheet that is a chart is none; a text or a style of a part that is not there is missing."""
    row = '<row><c t="s"><v>0</v></c></row>'
    assert read(changed(xlsx(row), 'Target="strings.xml"', 'Target="none.xml"', "sharedStrings", "other")) == (
        "the text of the cell A1 is missing"
    )
    found = read(changed(xlsx('<row><c s="0"><v>1</v></c></row>'), "relationships/styles", "relationships/other"))
    assert isinstance(found, Sheet)
    assert found.flaws == {(1, 0): "it should hold a number or a date, and does not"}
    chart = changed(xlsx(NAME), "<sheets>", '<sheets><sheet name="Chart" r:id="b"/>')
    assert texts(read(chart)) == [("Name",)]


def test_blank_cells_are_nothing(read: Callable[..., Sheet | str]) -> None:
    """Of two sheets, the one with nothing but blanks and empty cells is not meant."""
    second = '<sheets><sheet name="P" r:id="a"/><sheet name="Q" r:id="q"/></sheets>'
    book = changed(xlsx(NAME), '<sheets><sheet name="P" r:id="a"/></sheets>', second)
    link = f'<Relationship Id="q" Type="{RELATED}/worksheet" Target="/xl/worksheets/q.xml"/></Relationships>'
    blank = worksheet('<row><c t="inlineStr"><is><t> \xa0 </t></is></c><c><v></v></c><c/></row>')
    parts = unpacked(changed(book, "</Relationships>", link)) | {"xl/worksheets/q.xml": blank.encode()}
    assert texts(read(packed(parts))) == [("Name",)]

    for unseen in ("\xa0", "\u200b \u200b"):
        row = f'<row><c t="inlineStr"><is><t>{unseen}</t></is></c><c t="inlineStr"><is><t>x</t></is></c></row>'
        assert [cells[-1] for cells in texts(read(xlsx(row)))] == ["x"]


def test_cells_of_libreoffice_that_say_nothing(read: Callable[..., Sheet | str]) -> None:
    """A blank is no text, and what calls itself a time and is none has a flaw."""
    clock = '<table:table-cell office:value-type="time" office:time-value="noon"/>'
    row = f"<table:table-row>{cell(' ')}{cell('x')}{clock}</table:table-row>"
    found = read(ods(row), "ods")
    assert isinstance(found, Sheet)
    assert list(found.flaws.values()) == ["it should hold a number or a date, and does not"]
    assert "x" in texts(found)[0]


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def changed(content: bytes, *swaps: str) -> bytes:
    """The workbook with one text in place of another, pair by pair, in all of its parts."""
    parts = unpacked(content)
    for old, new in zip(swaps[::2], swaps[1::2], strict=True):
        assert any(old.encode() in part for part in parts.values()), old
        parts = {name: part.replace(old.encode(), new.encode()) for name, part in parts.items()}
    return packed(parts)
