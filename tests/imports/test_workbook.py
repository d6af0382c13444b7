"""An export that is pleasant to edit: what may stand in a cell is offered, names stand beside ids, and ids stay."""

from __future__ import annotations

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from generator.model import Status
from tests.imports.kit import Company
from tests.kit import run

RECORDED = (
    ", tier: Select, notes: A note., regions: [EMEA], lead: true, backup_owner: liam-harcourt, mode: close,"
    " mode_reason: power, status: onboarding"
)


@pytest.fixture
def exported(company: Company) -> Company:
    """A company of which everything is exported as a workbook."""
    company.add("factors: [{id: power, name: Power}]\n", "taxonomy.yml", above="modes:")
    company.known("tavaro", "Tavaro", RECORDED)
    company.known("quillmoor", "Quillmoor; Sons (old)", ", via: tavaro")
    assert run("export", "out.xlsx").exit_code == 0
    return company


def book(company: Company) -> Workbook:
    return openpyxl.load_workbook(company.folder / "out.xlsx")


def cells(company: Company, ident: str) -> dict[str, object]:
    """What the row of a partner says, by column."""
    sheet = book(company).worksheets[0]
    heading, *rows = sheet.iter_rows(values_only=True)
    return next(dict(zip(map(str, heading), row, strict=True)) for row in rows if row[1] == ident)


def edit(company: Company, ident: str, column: str, text: str | None) -> None:
    """Change a cell as somebody does in a spreadsheet program."""
    opened = book(company)
    sheet = opened.worksheets[0]
    titles = [cell.value for cell in sheet[1]]
    row = next(cells for cells in sheet.iter_rows(min_row=2) if cells[1].value == ident)
    row[titles.index(column)].value = text
    opened.save(company.folder / "out.xlsx")


def test_names_stand_beside_ids(exported: Company) -> None:
    """Whoever edits sees whom an id means; what has no other name stands as it is."""
    row = cells(exported, "tavaro")
    assert (row["department"], row["id"], row["name"]) == ("channel-sales", "tavaro", "Tavaro")
    assert (row["owner"], row["backup_owner"]) == ("Maya Okafor (maya-okafor)", "Liam Harcourt (liam-harcourt)")
    assert (row["types"], row["mode"], row["mode_reason"]) == (
        "Software maker (isv-ihv)", "Close (close)", "Power (power)",
    )  # fmt: skip
    assert (row["status"], row["lead"], row["regions"]) == ("onboarding", "true", "EMEA")
    assert cells(exported, "quillmoor")["via"] == "Tavaro (tavaro)"


def test_what_may_stand_in_a_cell_is_offered(exported: Company) -> None:
    """For every column with choices, from one sheet, also in new rows; what is not among them is warned about."""
    opened = book(exported)
    sheet, allowed = opened.worksheets
    assert allowed.title == "Allowed values"
    listed = {str(column[0].value): [cell.value for cell in column[1:] if cell.value] for column in allowed.columns}
    assert listed["status"] == [str(status) for status in Status]
    assert "Maya Okafor (maya-okafor)" in listed["owner"]
    assert listed["owner"] == listed["backup_owner"] == listed["sponsor"] == listed["reviewed_by"]
    assert listed["types"][0] == "Software maker (isv-ihv)"
    assert "Quillmoor; Sons (old) (quillmoor)" in listed["via"]
    titles = [cell.value for cell in sheet[1]]
    offered = {}
    for check in sheet.data_validations.dataValidation:
        (area,) = check.sqref.ranges
        assert (check.type, check.errorStyle, area.min_row, area.max_row) == (
            "list",
            "warning",
            2,
            sheet.max_row + 1000,
        )
        assert check.showErrorMessage
        assert check.error == "This is not on the sheet 'Allowed values'. Several values have semicolons between them."
        name, _, where = str(check.formula1).partition("!")
        assert name == "'Allowed values'"
        values = [cell.value for (cell,) in allowed[where.replace("$", "")]]
        offered[titles[area.min_col - 1]] = values
    assert offered == listed


def test_ids_are_protected_and_nothing_else(exported: Company) -> None:
    """The headings and what tells an entry from another; a new row is free, and no password is asked for."""
    sheet = book(exported).worksheets[0]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    forbidden = {name for name in ("autoFilter", "insertRows", "formatColumns") if getattr(sheet.protection, name)}
    assert forbidden == set()
    for row in sheet.iter_rows(min_row=2):
        locked = [cell.column for cell in row if cell.value is not None and cell.protection.locked]
        assert locked == [1, 2]
    assert all(cell.protection.locked for cell in sheet[1])
    assert not any(dimension.protection.locked for dimension in sheet.column_dimensions.values())


def test_headings_stay_and_filter(exported: Company) -> None:
    """They are bold on gray, as ids are gray; and columns are as wide as what stands in them, within reason."""
    sheet = book(exported).worksheets[0]
    for other in book(exported):
        looks = {(cell.font.b, cell.fill.fill_type, cell.fill.fgColor.rgb) for cell in other[1] if cell.value}
        assert looks == {(True, "solid", "00EEEEEE")}
    assert [(cell.font.b, cell.fill.fill_type) for cell in sheet[2][:3]] == [
        (False, "solid"),
        (False, "solid"),
        (False, None),
    ]
    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref == f"A1:{get_column_letter(sheet.max_column)}{sheet.max_row}"
    widths = {sheet[f"{letter}1"].value: one.width for letter, one in sheet.column_dimensions.items()}
    assert 10 < widths["id"] < 20 < widths["owner"] < 46
    assert max(widths.values()) <= 46


def test_untouched_it_changes_nothing(exported: Company) -> None:
    """It asks nothing either, also where a program has saved it, with or without what the export kept beside it."""
    before = exported.data
    book(exported).save(exported.folder / "out.xlsx")
    for state in (True, False):
        if not state:
            (exported.folder / "out.imported.csv").unlink()
        result = exported.take(name="out.xlsx")
        assert "Nothing changes: " in result.stdout, result.stdout
        assert result.stderr == ""
    assert exported.data == before
    assert sorted(path.name for path in exported.folder.iterdir()) == ["data", "out.imported.csv", "out.xlsx"]


@pytest.mark.parametrize(
    "command",
    [
        ("rename", "isv-ihv", "software"),
        ("merge", "isv-ihv", "--into", "sales-agent", "--keep", "sales-agent"),
        ("rename", "maya-okafor", "maya"),
        ("rename", "tavaro", "tavaro-systems"),
    ],
)
def test_untouched_it_changes_nothing_after_an_id_became_another(exported: Company, command: tuple[str, ...]) -> None:
    """Expected: what stands behind a name in brackets may be an id of then."""
    assert run(*command).exit_code == 0
    before = exported.data
    assert "Nothing changes: " in exported.take(name="out.xlsx").stdout
    assert (exported.asked("out"), exported.data) == ([], before)


@pytest.mark.parametrize(
    ("column", "text", "field", "value"),
    [
        ("owner", "Liam Harcourt (liam-harcourt)", "owner", "liam-harcourt"),
        ("owner", "Priya Raman", "owner", "priya-raman"),
        ("owner", "priya-raman", "owner", "priya-raman"),
        ("types", "Software maker (isv-ihv); Sales agent (sales-agent)", "types", ("isv-ihv", "sales-agent")),
        ("status", "dormant", "status", "dormant"),
        ("lead", "false", "lead", False),
        ("via", "Quillmoor; Sons (old) (quillmoor)", "via", "quillmoor"),
        ("regions", "EMEA; APAC", "regions", ("EMEA", "APAC")),
    ],
)
def test_both_edits_stand(exported: Company, column: str, text: str, field: str, value: object) -> None:
    """Somebody picks from the list, or writes what is known, while somebody else edits the data."""
    path = exported.folder / "data" / "partners.yml"
    path.write_text(
        exported.data.replace("notes: A note.", "notes: A better note.").replace(", via: tavaro", ""), "utf-8"
    )
    edit(exported, "tavaro", column, text)
    result = exported.take(name="out.xlsx")
    assert result.exit_code == 0, result.output
    assert exported.asked("out") == []
    entry = exported.entry("tavaro")
    assert (getattr(entry, field), entry.notes) == (value, "A better note.")


def test_a_new_row_needs_no_id(exported: Company) -> None:
    """Below the table, with values that were picked."""
    opened = book(exported)
    sheet = opened.worksheets[0]
    titles = [cell.value for cell in sheet[1]]
    new = {"department": "channel-sales", "name": "Bellhaven", "types": "Sales agent (sales-agent)",
           "owner": "Priya Raman (priya-raman)", "status": "prospect"}  # fmt: skip
    for title, text in new.items():
        sheet.cell(sheet.max_row + (title == "department"), titles.index(title) + 1, text)
    opened.save(exported.folder / "out.xlsx")
    assert exported.take(name="out.xlsx").exit_code == 0
    assert exported.asked("out") == []
    entry = exported.entry("bellhaven")
    assert (entry.types, entry.owner, str(entry.status)) == (("sales-agent",), "priya-raman", "prospect")


@pytest.mark.parametrize(
    ("text", "asked"),
    [("Maya Okafor (liam-harcourt)", True), ("Nobody (maya-okafor)", True), ("Maya Okafor (away)", False)],
)
def test_a_name_that_is_not_that_of_the_id(exported: Company, text: str, asked: bool) -> None:
    """Nobody guesses which of the two is meant; a remark behind a name is none."""
    edit(exported, "tavaro", "backup_owner", text)
    exported.take(name="out.xlsx")
    assert [one.value for one in exported.asked("out")] == ([text] if asked else [])


def test_the_same_name_twice(exported: Company) -> None:
    """Two people of one name are told apart by their ids, and come back as they were."""
    exported.add("  - {id: maya-two, name: Maya Okafor}\n", "people.yml", above="  - {id: liam-harcourt")
    path = exported.folder / "data" / "partners.yml"
    path.write_text(exported.data.replace("backup_owner: liam-harcourt", "backup_owner: maya-two"), "utf-8")
    (exported.folder / "out.xlsx").unlink()
    assert run("export", "out.xlsx").exit_code == 0
    assert cells(exported, "tavaro")["backup_owner"] == "Maya Okafor (maya-two)"
    (exported.folder / "out.imported.csv").unlink()
    assert "Nothing changes: " in exported.take(name="out.xlsx").stdout


def test_the_sheet_that_counts_is_found(exported: Company) -> None:
    """Also where somebody has put the other one in front; by its name, the other one can still be named."""
    opened = book(exported)
    opened.move_sheet("Allowed values", -1)
    opened.save(exported.folder / "out.xlsx")
    assert "Nothing changes: " in exported.take(name="out.xlsx").stdout
    named = exported.take(name="out.xlsx", options=("--sheet", "Allowed values"))
    assert "no column holds the names of the partners" in named.stderr
    only = Workbook()
    only.worksheets[0].title = "Allowed values"
    only.worksheets[0].append(["name", "types", "owner"])
    only.worksheets[0].append(["Bellhaven", "ISV", "Maya Okafor"])
    only.save(exported.folder / "only.xlsx")
    assert "Bellhaven is new" in exported.take(name="only.xlsx").stdout
