"""Spreadsheets as programs write them, as people fill them in, and as an attacker would: CSV, JSON and workbooks."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from xml.sax.saxutils import escape

from hypothesis import strategies as st

from tests.grammars.damage import damaged, names, odd_words

HEADINGS = ("id", "name", "types", "owner", "status", "regions", "notes", "reviewed", "ID", "Account Name", "", "name")
REFERENCES = ("A1", "A1:XFD1048576", "$A$1:$C$9", "a1:b2", "&#65;1:B2", "XFE1", "A0", "A1048577", "", "A1:A1 B2", "Я1")

_cells = st.one_of(names, odd_words, st.sampled_from(["acme", "agent", "ann", "active", "2026-01-05", "", "null"]))
tables = st.lists(st.lists(_cells, max_size=8), max_size=6).flatmap(
    lambda rows: st.lists(st.sampled_from(HEADINGS), min_size=1, max_size=8).map(lambda head: [head, *rows])
)


def as_csv(table: list[list[str]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(table)
    return out.getvalue()


def as_json(table: list[list[str]]) -> str:
    head, *rows = table
    return json.dumps([dict(zip(head, row, strict=False)) for row in rows])


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


@st.composite
def workbooks(draw: st.DrawFn) -> bytes:
    """A workbook of one sheet, written by hand: its references, merged cells and links may be too large, or none."""
    table = draw(tables)
    letters = "ABCDEFGHIJ"
    places = st.one_of(st.none(), st.sampled_from(REFERENCES))
    rows = []
    for number, row in enumerate(table, 1):
        cells = []
        for index, text in enumerate(row):
            place = (draw(places) if draw(st.integers(0, 20)) == 20 else None) or f"{letters[index]}{number}"
            clean = escape("".join(char for char in text if char >= " " and char not in "\ufffe\uffff"))
            cells.append(f'<c r="{place}" t="inlineStr"><is><t>{clean}</t></is></c>')
        rows.append(f'<row r="{number}">{"".join(cells)}</row>')
    some = st.lists(st.sampled_from(REFERENCES), max_size=2)
    merged = "".join(f'<mergeCell ref="{one}"/>' for one in draw(some))
    links = "".join(f'<hyperlink ref="{one}"/>' for one in draw(some))
    size = draw(st.sampled_from(["", *(f'<dimension ref="{one}"/>' for one in REFERENCES)]))
    after = (f"<mergeCells>{merged}</mergeCells>" if merged else "") + (
        f"<hyperlinks>{links}</hyperlinks>" if links else ""
    )
    sheet = f'<worksheet xmlns="{_MAIN}">{size}<sheetData>{"".join(rows)}</sheetData>{after}</worksheet>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>'
        '<sheet name="Partners" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_LINKS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            if draw(st.integers(0, 30)) < 30:
                encoding = "utf-16" if draw(st.integers(0, 30)) == 30 else "utf-8"
                archive.writestr(name, text.encode(encoding, "replace"))
    content = out.getvalue()
    if draw(st.integers(0, 6)) == 6:
        at = draw(st.integers(0, len(content)))
        content = content[:at] + draw(st.binary(max_size=6)) + content[at + draw(st.integers(0, 6)) :]
    return content


@st.composite
def sheets(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file that somebody imports: its name and its content."""
    kind = draw(st.sampled_from(["csv", "csv", "json", "xlsx"]))
    if kind == "xlsx":
        return "ours.xlsx", draw(workbooks())
    table = draw(tables)
    text = as_csv(table, draw(st.sampled_from(",;\t|"))) if kind == "csv" else as_json(table)
    return f"ours.{kind}", draw(damaged(text))
