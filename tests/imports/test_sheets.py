"""What of a sheet is no partner, or is out of sight, or stands in the wrong column: it is said or asked."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from tests.imports.kit import Company
from tests.kit import contents

HEAD = "name,types,owner,tier"

# --- rows that are no partners ------------------------------------------------------------


@pytest.mark.parametrize("case", ["report.csv", "no-type-column.csv"])
def test_the_foot_of_a_report_is_no_partner(company: Company, case: str) -> None:
    """Totals, copyright, confidentiality, and what else stands with them; the rows are quoted."""
    result = company.case(f"crm-footer/{case}")
    assert set(company.partners) == {"tavaro-systems", "quillmoor-services"}
    assert company.asked(case.removesuffix(".csv")) == []
    assert "with sums or the foot of a report passed over: '" in result.stdout


@pytest.mark.parametrize(
    "line",
    ["Total,,,", "Grand Totals (12 records),,,", "Summe: 12,,,", "Total,3,2,12.5", "Page 1 of 2,,,", "12 records,,,"],
)
def test_sums_are_no_partners(company: Company, line: str) -> None:
    """Without an empty row above them, and in the middle of a sheet."""
    result = company.take(HEAD, "Tavaro,ISV,Maya Okafor,Select", line, "Quillmoor,ISV,Maya Okafor,")
    assert set(company.partners) == {"tavaro", "quillmoor"}
    assert "row 3 with sums or the foot of a report passed over: " in result.stdout


@pytest.mark.parametrize(
    "name", ["Total Energies", "Summit Partners", "Page Two", "Confidential Computing", "Count Basie"]
)
def test_a_company_may_be_called_so(company: Company, name: str) -> None:
    """A row that says more than that is a partner."""
    company.take(HEAD, f"{name},ISV,Maya Okafor,Select")
    assert [partner.name for partner in company.partners.values()] == [name]


def test_a_name_that_stands_apart_is_asked_about(company: Company) -> None:
    """Below an empty row, with nothing beside it."""
    (company.folder / "our.columns.yml").write_text("defaults: {types: ISV, owner: Maya Okafor}\n")
    company.take(HEAD, "Tavaro,,,Select", "", "Quillmoor")
    (asked,) = company.asked()
    assert (asked.value, asked.choices) == ("Quillmoor", "new or skip")
    company.decide({"Quillmoor": "new"})
    company.take()
    assert set(company.partners) == {"tavaro", "quillmoor"}


# --- headings -----------------------------------------------------------------------------


def test_no_row_of_the_table_is_taken_for_the_heading(company: Company) -> None:
    """A type called Partner is no heading; that none was found is said, and how to go on."""
    before = contents(company.folder / "data")
    result = company.case("header-row/german.csv")
    assert result.exit_code == 1
    assert "no column holds the names of the partners; row 1 has 'Firma', 'Art', 'Zuständig'" in result.stderr
    assert contents(company.folder / "data") == before
    (company.folder / "german.columns.yml").write_text(
        "columns: {Firma: name, Art: ignore, Zuständig: owner}\ndefaults: {types: ISV}\n"
    )
    company.take(name="german.csv")
    assert set(company.partners) == {"tavaro-systems", "quillmoor", "bellhaven"}


def test_two_rows_of_headings(company: Company) -> None:
    """Of two columns with one name, the row above tells which is the partner's."""
    company.case("header-row/two-level.xlsx")
    assert company.playbook.partners["tavaro-systems"].name == "Tavaro Systems"


def test_what_stands_above_the_headings_is_said(company: Company) -> None:
    """It is no partner, and it is not lost without a word."""
    result = company.take("Our partners,,,", "as of May,,,", HEAD, "Tavaro,ISV,Maya Okafor,Select")
    assert "rows 1 and 2 above the headings passed over: 'Our partners', 'as of May'" in result.stdout
    assert set(company.partners) == {"tavaro"}


@pytest.mark.parametrize("lines", [(HEAD,), ("Our partners,,,", HEAD), (HEAD, ",,,", "Total,,,")])
def test_no_rows_are_not_no_change(company: Company, lines: tuple[str, ...]) -> None:
    """A sheet without rows is a mistake: a filter, or the wrong sheet."""
    result = company.take(*lines)
    assert result.exit_code == 1
    assert "no row stands below the headings" in result.stderr
    assert "Nothing changes" not in result.output


def test_rows_of_others_alone_are_not_no_change(company: Company) -> None:
    """They are passed over, and that is all."""
    result = company.take(f"department,{HEAD}", "alliances,Tavaro,ISV,Maya Okafor,Select")
    assert "1 row of other departments than channel-sales passed over." in result.stdout
    assert "There is no row to import." in result.stdout


# --- cells --------------------------------------------------------------------------------


def test_a_row_with_too_many_cells_is_named(company: Company) -> None:
    """With both numbers; nothing is written."""
    before = contents(company.folder / "data")
    result = company.case("ragged/sheet.csv")
    assert result.exit_code == 1
    assert "sheet.csv:2:5: error[bad-cell]: row 2 has 5 cells, the heading 4" in result.stderr
    assert contents(company.folder / "data") == before


def test_empty_cells_at_the_end_do_no_harm(company: Company) -> None:
    """More of them, or fewer; a cell below no heading is told."""
    assert company.take(HEAD, "Tavaro,ISV,Maya Okafor,Select,,,", "Quillmoor,ISV,Maya Okafor").exit_code == 0
    assert set(company.partners) == {"tavaro", "quillmoor"}
    result = company.take(f"{HEAD},,", "Tavaro,ISV,Maya Okafor,Select,,call them", name="more.csv")
    assert "column F has no heading and is passed over, with something in row 2" in result.stdout


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("MÃ¼ller", "Müller"),
        ("CafÃ© Noir", "Café Noir"),
        ("Oâ€™Neill", "O’Neill"),
        ("Ã\x81lvaro", "Álvaro"),
        ("Ð¢Ð°Ð²Ð°Ñ€Ð¾", "Таваро"),
    ],
)
def test_letters_that_were_stored_wrong_are_named(company: Company, text: str, meant: str) -> None:
    """With what is meant; nothing is written."""
    result = company.take(HEAD, f"{text},ISV,Maya Okafor,Select")
    assert result.exit_code == 1
    assert meant in result.stderr
    assert "our.csv:2:1: error[bad-cell]: row 2, column A 'name': its letters were stored wrong" in result.stderr
    assert not company.partners


@pytest.mark.parametrize("text", ["SÃO PAULO", "Âme", "„MENÜ“", "Ñandú", "Ã", "â€"])
def test_letters_that_are_meant_so(company: Company, text: str) -> None:
    """Capitals of Portuguese, French and German, and whatever is no such letter."""
    assert company.take(HEAD, f"{text} GmbH,ISV,Maya Okafor,Select").exit_code == 0
    assert len(company.partners) == 1


# --- out of sight -------------------------------------------------------------------------


@pytest.mark.parametrize(("case", "how"), [("hidden-row", "hidden"), ("struck-row", "struck out")])
def test_a_row_out_of_sight_is_asked_about(company: Company, case: str, how: str) -> None:
    """It waits; one answer holds for all of them."""
    company.case(f"hidden-rows/{case}.xlsx")
    assert set(company.partners) == {"tavaro-systems", "bellhaven"}
    (asked,) = company.asked(case)
    assert (asked.field, asked.value, asked.rows) == ("row", f"({how})", "3")
    company.decide({f"({how})": "take"}, case)
    company.take(name=f"{case}.xlsx")
    assert "quillmoor" in company.partners


def test_a_hidden_column_is_asked_about(company: Company) -> None:
    """Partners wait for the owner that stands in it."""
    company.case("hidden-rows/hidden-column.xlsx")
    assert not company.partners
    (asked,) = company.asked("hidden-column")
    assert (asked.field, asked.value, asked.reason) == ("column", "owner", "the column is hidden in the spreadsheet")
    company.decide({"owner": "take"}, "hidden-column")
    company.take(name="hidden-column.xlsx")
    assert {partner.entries[0].owner for partner in company.partners.values()} == {"maya-okafor"}


@pytest.mark.parametrize("numbers", ['min="x" max="3"', 'min="3"', 'min="1" max="99999999999"'])
def test_columns_that_cannot_be_are_not_hidden(company: Company, numbers: str) -> None:
    """Expected: what is no number of a column hides none."""
    whole = Path(__file__).parent / "cases" / "hidden-rows" / "hidden-column.xlsx"
    with zipfile.ZipFile(whole) as read, zipfile.ZipFile(company.folder / "odd.xlsx", "w") as written:
        for name in read.namelist():
            written.writestr(name, read.read(name).replace(b'min="3" max="3"', numbers.encode()))
    company.take(name="odd.xlsx")

    assert {partner.entries[0].owner for partner in company.partners.values()} == {"maya-okafor"}


def test_a_hidden_sheet_is_said(company: Company) -> None:
    """The one that is shown is read."""
    result = company.case("hidden-rows/hidden-sheet.xlsx")
    assert "the hidden sheet 'Lists' is passed over, unless --sheet names it" in result.stderr
    assert len(company.partners) == 3


def test_a_workbook_with_nothing_but_a_hidden_sheet(company: Company) -> None:
    """It is read, and that it is hidden is said."""
    book = openpyxl.Workbook()
    book.worksheets[0].append(HEAD.split(","))
    book.worksheets[0].append(["Tavaro", "ISV", "Maya Okafor", "Select"])
    book.create_sheet("Empty")
    book.worksheets[0].sheet_state = "hidden"
    book.save(company.folder / "our.xlsx")
    result = company.take(name="our.xlsx")
    assert "its sheet 'Sheet' is hidden" in result.stderr
    assert set(company.partners) == {"tavaro"}


def test_one_struck_cell_strikes_no_row(company: Company) -> None:
    """Somebody crossed out a tier, not the partner."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(HEAD.split(","))
    page.append(["Tavaro", "ISV", "Maya Okafor", "Select"])
    page["D2"].font = Font(strike=True)
    book.save(company.folder / "our.xlsx")
    company.take(name="our.xlsx")
    assert set(company.partners) == {"tavaro"}


CONTENT = """\
<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s" xmlns:fo="f">
<office:automatic-styles>
<style:style style:name="shown"><style:table-properties table:display="true"/></style:style>
<style:style style:name="away"><style:table-properties table:display="false"/></style:style>
<style:style style:name="gone"><style:text-properties style:text-line-through-style="solid"/></style:style>
</office:automatic-styles>
<office:body><office:spreadsheet>
<table:table table:name="Lists" table:style-name="away"><table:table-row>%s</table:table-row></table:table>
<table:table table:name="Partners" table:style-name="shown">
<table:table-column table:number-columns-repeated="3"/><table:table-column table:visibility="collapse"/>
<table:table-row>%s</table:table-row>
<table:table-row>%s</table:table-row>
<table:table-row table:visibility="filter">%s</table:table-row>
<table:table-row>%s</table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>
"""


def ods(path: Path, *rows: list[str], struck: int) -> None:
    """An OpenDocument sheet with these rows, one of them struck out."""
    cell = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'
    style = ' table:style-name="gone"'
    texts = ["".join(cell.format(style * (at == struck), text) for text in row) for at, row in enumerate(rows)]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", CONTENT % tuple(texts))
    path.write_bytes(out.getvalue())


def test_what_is_out_of_sight_in_an_open_document(company: Company) -> None:
    """Rows behind a filter, struck ones, a column and a sheet: as in a workbook of Excel."""
    rows = [["ISV"], HEAD.split(",")]
    rows += [[name, "ISV", "Maya Okafor", "Select"] for name in ("Tavaro", "Quillmoor", "Bellhaven")]
    ods(company.folder / "our.ods", *rows, struck=4)
    result = company.take(name="our.ods")
    assert "the hidden sheet 'Lists' is passed over" in result.stderr
    assert {(one.field, one.value, one.rows) for one in company.asked()} == {
        ("row", "(hidden)", "3"), ("row", "(struck out)", "4"), ("column", "tier", "2"),
    }  # fmt: skip
    assert {ident: partner.entries[0].tier for ident, partner in company.partners.items()} == {"tavaro": ""}
