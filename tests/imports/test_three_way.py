"""Imports again and again: what a cell said last time is known, so that both sides may change and both edits stand."""

from __future__ import annotations

import csv
import errno
import io
import os
from pathlib import Path

import pytest
from click.testing import Result

from generator.sinks import files
from tests.imports.kit import Company
from tests.kit import contents, run

HEAD = "Name,Type,Owner,Tier,Region,Notes,Last review,Reviewer"
SHEET = (
    HEAD,
    "Tavaro,ISV,Maya Okafor,Select,EMEA,First note.,2026-01-05,Maya Okafor",
    "Quillmoor,ISV,Maya Okafor,,AMER,,,",
)


def edit(company: Company, old: str, new: str) -> None:
    """Change the data by hand."""
    assert old in company.data
    (company.folder / "data" / "partners.yml").write_text(company.data.replace(old, new, 1), "utf-8")


@pytest.fixture
def imported(company: Company) -> Company:
    """The sheet was imported once."""
    assert company.take(*SHEET).exit_code == 0
    assert company.asked() == []
    return company


def row(**cells: str) -> str:
    """The first row of the sheet with other cells."""
    first = dict(zip(HEAD.split(","), SHEET[1].split(","), strict=True)) | {
        name.replace("_", " "): text for name, text in cells.items()
    }
    return ",".join(first.values())


def test_an_untouched_sheet_changes_nothing(imported: Company) -> None:
    """A note that was mended, a review that was held, a tier that was taken away: they stay."""
    edit(imported, "First note.", "Mended note.")
    edit(imported, "2026-01-05", "2026-10-30")
    edit(imported, "        tier: Select\n", "")
    before = imported.data
    assert "Nothing changes: the data says so already." in imported.take().stdout
    assert imported.data == before


def test_the_state_can_be_read_in_a_diff(imported: Company) -> None:
    """A line a partner, with the fields that the sheet has, by id; the same sheet gives the same bytes."""
    assert (imported.folder / "our.imported.csv").read_text().splitlines() == [
        "department,id,name,types,owner,regions,tier,reviewed_date,reviewed_by,notes",
        "channel-sales,quillmoor,Quillmoor,isv-ihv,maya-okafor,AMER,,,,",
        "channel-sales,tavaro,Tavaro,isv-ihv,maya-okafor,EMEA,Select,2026-01-05,maya-okafor,First note.",
    ]
    before = contents(imported.folder)
    imported.take()
    assert contents(imported.folder) == before


def test_both_edits_stand(imported: Company) -> None:
    """What changed in the sheet comes in, what changed in the data stays."""
    edit(imported, "First note.", "Mended note.")
    imported.take(HEAD, row(Tier="Premier"), SHEET[2])
    entry = imported.entry("tavaro")
    assert (entry.tier, entry.notes) == ("Premier", "Mended note.")
    assert imported.asked() == []


def test_changed_on_both_sides_is_a_question(imported: Company) -> None:
    """Until it is answered nothing happens to the cell; either answer holds, and is not asked again."""
    edit(imported, "tier: Select", "tier: Premier")
    sheet = (HEAD, row(Tier="Registered", Notes="A new note."), SHEET[2])
    imported.take(*sheet)
    (asked,) = imported.asked()
    assert (asked.field, asked.value) == ("tier", "tavaro: Registered")
    assert asked.reason == (
        "changed on both sides: the cell was 'Select' at the last import, and the data says 'Premier' now"
    )
    assert (imported.entry("tavaro").tier, imported.entry("tavaro").notes) == ("Premier", "A new note.")
    imported.take(*sheet)
    assert len(imported.asked()) == 1
    imported.decide({"tavaro: Registered": "take"})
    assert "To decide" not in imported.take().stdout
    assert imported.entry("tavaro").tier == "Registered"
    edit(imported, "tier: Registered", "tier: Select")
    assert "Nothing changes: " in imported.take().stdout


def test_what_is_recorded_may_be_kept(imported: Company) -> None:
    """Then the sheet has had its say, until it says something else."""
    edit(imported, "tier: Select", "tier: Premier")
    imported.take(HEAD, row(Tier="Registered"), SHEET[2])
    imported.decide({"tavaro: Registered": "skip"})
    assert "Nothing changes: " in imported.take().stdout
    imported.take(HEAD, row(Tier="Select"), SHEET[2])
    assert [one.value for one in imported.asked() if one.reason != "decided"] == ["tavaro: Select"]


def test_lists_are_joined(imported: Company) -> None:
    """What either side added is there, what either took away is not."""
    edit(imported, "regions: [EMEA]", "regions: [EMEA, AMER]")
    imported.take(HEAD, row(Region="APAC"), SHEET[2])
    assert imported.entry("tavaro").regions == ("AMER", "APAC")
    assert imported.asked() == []


def test_an_emptied_cell_clears_what_it_wrote(imported: Company) -> None:
    """It is asked once for a column; what somebody else wrote is not cleared."""
    sheet = (HEAD, row(Tier="", Notes="n/a"), SHEET[2])
    before = imported.data
    imported.take(*sheet)
    assert {(one.field, one.value, one.rows) for one in imported.asked()} == {
        ("tier", "(emptied)", "2"), ("notes", "(emptied)", "2"),
    }  # fmt: skip
    assert imported.data == before
    imported.decide({"(emptied)": "clear"})
    imported.take(*sheet)
    assert (imported.entry("tavaro").tier, imported.entry("tavaro").notes) == ("", "")
    edit(imported, "types: [isv-ihv]", "types: [isv-ihv]\n        tier: Premier")
    assert "Nothing changes: " in imported.take().stdout


@pytest.mark.parametrize(("cell", "left"), [("Owner", None), ("Type", "isv-ihv"), ("Region", ())])
def test_what_is_left_of_an_emptied_cell(imported: Company, cell: str, left: object) -> None:
    """Nobody owns it then; a partner without a type is none, so its type stays; a list is gone."""
    imported.take(HEAD, row(**{cell: ""}), SHEET[2])
    if imported.asked():
        imported.decide({"(emptied)": "clear"})
        imported.take()
    entry = imported.entry("tavaro")
    assert {"Owner": entry.owner, "Type": entry.types[0], "Region": entry.regions}[cell] == left


@pytest.mark.parametrize("state", [True, False])
def test_reviews_never_go_backwards(imported: Company, state: bool) -> None:
    """Whatever the sheet says, and whether or not it is known what it said before; it is told."""
    edit(imported, "2026-01-05", "2026-10-30")
    if not state:
        (imported.folder / "our.imported.csv").unlink()
    result = imported.take(HEAD, row(Last_review="2026-02-01", Reviewer="Liam Harcourt"), SHEET[2])
    reviewed = imported.entry("tavaro").reviewed
    assert reviewed is not None
    assert (str(reviewed.date), reviewed.by) == ("2026-10-30", "maya-okafor")
    assert "the review of tavaro stays that of 2026-10-30, which is newer" in result.stdout


def test_the_newest_review_holds(imported: Company) -> None:
    """Where both sides have held one, whole: nobody is asked."""
    edit(imported, "2026-01-05, by: maya-okafor", "2026-02-05, by: priya-raman")
    imported.take(HEAD, row(Last_review="2026-03-01"), SHEET[2])
    reviewed = imported.entry("tavaro").reviewed
    assert reviewed is not None
    assert (str(reviewed.date), reviewed.by) == ("2026-03-01", "maya-okafor")
    assert imported.asked() == []


def test_a_partner_that_was_taken_out_is_not_added_again(imported: Company) -> None:
    """It is asked about; once answered, it is back or stays away."""
    gone = imported.data[imported.data.index("      - id: tavaro") : imported.data.index("  - id: alliances")]
    edit(imported, gone, "")
    imported.take()
    (asked,) = imported.asked()
    assert asked.value == "Tavaro (no longer recorded)"
    assert "tavaro" not in imported.partners
    imported.decide({asked.value: "skip"})
    assert "Nothing changes: " in imported.take().stdout
    imported.decide({asked.value: "new"})
    imported.take()
    assert "tavaro" in imported.partners


def test_a_renamed_partner_is_still_known(imported: Company) -> None:
    """The state has its old id; nothing comes back."""
    assert run("rename", "tavaro", "tavaro-group").exit_code == 0
    edit(imported, "First note.", "Mended note.")
    assert "Nothing changes: " in imported.take().stdout


def test_an_undecided_cell_counts_once_it_is_decided(company: Company) -> None:
    """It waited, and nobody knows what it said before."""
    company.known("tavaro", "Tavaro")
    company.take("Name,Tier", "Tavaro,Gold")
    assert "tier" not in (company.folder / "our.imported.csv").read_text()
    company.decide({"Gold": "Premier"})
    company.take()
    assert company.entry("tavaro").tier == "Premier"


def test_a_column_that_comes_later_counts(imported: Company) -> None:
    """What it says comes in, as at a first import."""
    imported.take(f"{HEAD},Segment", row() + ",Mid-market", SHEET[2] + ",")
    assert imported.entry("tavaro").segment == "Mid-market"


def test_a_link_that_was_taken_away_stays_away(company: Company) -> None:
    """It came of an address that did not change."""
    company.take("name,types,owner,website", "Tavaro,ISV,Maya Okafor,https://github.com/tavaro")
    edit(company, company.data[company.data.index("        links:") : company.data.index("  - id: alliances")], "")
    assert "Nothing changes: " in company.take().stdout
    company.take("name,types,owner,website", "Tavaro,ISV,Maya Okafor,https://github.com/tavaro-2")
    assert [link.url for link in company.entry("tavaro").links] == ["https://github.com/tavaro-2"]


# --- round trip ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_export_edit_import(company: Company, kind: str) -> None:
    """Somebody edits the sheet while somebody edits the data: both edits stand."""
    company.known("tavaro", "Tavaro", ", tier: Select, notes: A note., regions: [EMEA]")
    assert run("export", f"out.{kind}", "--department", "channel-sales").exit_code == 0
    edit(company, "notes: A note.", "notes: A mended note.")
    path = company.folder / f"out.{kind}"
    if kind == "xlsx":
        import openpyxl

        book = openpyxl.load_workbook(path)
        (cell,) = (cell for line in book.worksheets[0].iter_rows() for cell in line if cell.value == "Select")
        cell.value = "Premier"
        book.save(path)
    else:
        path.write_bytes(path.read_bytes().replace(b"Select", b"Premier"))
    assert company.take(name=path.name).exit_code == 0
    entry = company.entry("tavaro")
    assert (entry.tier, entry.notes, entry.regions) == ("Premier", "A mended note.", ("EMEA",))
    assert company.asked("out") == []


def test_a_row_that_is_added_to_an_export(company: Company) -> None:
    """It is a new partner, with the id that it gives."""
    assert run("export", "out.csv").exit_code == 0
    path = company.folder / "out.csv"
    table = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    new = dict.fromkeys(table[0], "") | {"id": "tav", "name": "Tavaro", "types": "ISV", "owner": "maya-okafor"}
    out = io.StringIO()
    writer = csv.DictWriter(out, list(new))
    writer.writeheader()
    writer.writerows([*table, new])
    path.write_text(out.getvalue(), "utf-8")
    company.take(name="out.csv")
    assert set(company.partners) == {"tav"}


@pytest.mark.parametrize("text", ["name,tier\nx,y\n", "nothing"])
def test_a_state_of_somebody_else_stays(imported: Company, text: str) -> None:
    """A file of that name that no import wrote is refused before anything is written."""
    (imported.folder / "our.imported.csv").write_text(text)
    before = contents(imported.folder)
    result = imported.take()
    assert result.exit_code == 1
    assert "our.imported.csv:1:1: error[bad-column]: this is not what an import keeps" in result.stderr
    assert contents(imported.folder) == before


def test_a_dry_run_keeps_no_state(company: Company) -> None:
    """It leaves the column map and the review file, and nothing else: the real run says the same."""
    said = company.take("Firm,Company,Type,Owner", "x,Tavaro,ISV,Nobody", options=("--dry-run",)).stdout
    assert sorted(path.name for path in company.folder.iterdir()) == [
        "data", "our.columns.yml", "our.csv", "our.review.csv",
    ]  # fmt: skip
    assert "tavaro" not in company.data
    asked = company.asked()
    real = company.take().stdout
    assert company.asked() == asked
    assert [line for line in real.splitlines() if "Nobody" in line] == [
        line for line in said.splitlines() if "Nobody" in line
    ]


# --- all or nothing -----------------------------------------------------------------------


@pytest.mark.parametrize("end", ["imported.csv", "columns.yml", "review.csv"])
@pytest.mark.parametrize("code", [errno.EACCES, errno.ENOSPC])
def test_the_data_is_written_with_what_stands_beside_the_sheet(
    company: Company, monkeypatch: pytest.MonkeyPatch, end: str, code: int
) -> None:
    """Where one of these files cannot be written, nothing is, and what can be done is said; afterwards all are."""
    write = files._write

    def refused(file: Path, new: bytes, path: Path, **more: bool) -> None:
        if path.name == f"our.{end}":
            raise OSError(code, os.strerror(code), str(file))
        write(file, new, path, **more)

    sheet = ("Firm,Company,Type,Owner", "x,Tavaro,ISV,Maya Okafor", "x,Quillmoor,VAR?,Maya Okafor")
    (company.folder / "our.csv").write_text("\n".join(sheet) + "\n", "utf-8")
    before = contents(company.folder)
    with monkeypatch.context() as patched:
        patched.setattr(files, "_write", refused)
        result = company.take()
    hint = ": make . writable, or work with a copy in another folder" if code == errno.EACCES else ""
    assert result.exit_code == 2
    assert result.stderr == (
        f"Error: our.{end} cannot be written: {os.strerror(code).lower()}; nothing is changed{hint}\n"
    )
    assert "Written" not in result.stdout
    assert contents(company.folder) == before
    assert company.take().exit_code == 0
    assert {"our.imported.csv", "our.columns.yml", "our.review.csv"} <= contents(company.folder).keys()


# --- cells that say nothing ---------------------------------------------------------------


def exported(company: Company, more: str) -> list[dict[str, str]]:
    """The rows of an export, in which one partner says that."""
    company.known("tavaro", "Tavaro", more)
    assert run("export", "our.csv", "--department", "channel-sales").exit_code == 0
    return list(csv.DictReader(io.StringIO((company.folder / "our.csv").read_text("utf-8-sig"))))


def changed(company: Company, rows: list[dict[str, str]], **cells: str) -> Result:
    """Import the export with other cells in the row of that partner."""
    out = io.StringIO()
    writer = csv.DictWriter(out, [*rows[0]])
    writer.writeheader()
    writer.writerows(row | (cells if row["id"] == "tavaro" else {}) for row in rows)
    (company.folder / "our.csv").write_text(out.getvalue(), "utf-8")
    return company.take()


@pytest.mark.parametrize(
    ("column", "text"), [("status", "ended"), ("status", "dormant"), ("lead", "yes"), ("tier", "Select")]
)
def test_an_empty_cell_of_an_export_is_filled(company: Company, column: str, text: str) -> None:
    """Expected: it is taken; that a field has a usual value is no change of the data."""
    ended = {"end_date": "2026-10-01", "end_why": "Sold."} if text == "ended" else {}
    changed(company, exported(company, ""), **{column: text}, **ended)
    assert company.asked() == []
    assert getattr(company.entry("tavaro"), column) == (True if text == "yes" else text)


@pytest.mark.parametrize(("column", "there", "text"), [("status", "dormant", "prospect"), ("lead", "true", "false")])
def test_an_empty_cell_that_the_data_answers_meanwhile(company: Company, column: str, there: str, text: str) -> None:
    """Expected: a question where somebody changed the data, too."""
    rows = exported(company, "")
    edit(company, "name: 'Tavaro'", f"name: 'Tavaro', {column}: {there}")
    changed(company, rows, **{column: text})
    assert [(one.field, one.value) for one in company.asked()] == [(column, f"tavaro: {text}")]
    assert "the cell said nothing at the last import" in company.asked()[0].reason


def test_a_usual_value_that_is_emptied(company: Company) -> None:
    """Expected: nothing, where the data left it out meanwhile: it means the same."""
    rows = exported(company, ", status: active")
    edit(company, ", status: active", "")
    assert "Nothing changes: " in changed(company, rows, status="").stdout
    assert company.asked() == []


REVIEW = ", reviewed: {date: 2026-01-05, by: maya-okafor, outcome: Fine., next: Go on.}"
SCORE = ", satisfaction: {date: 2026-01-05, score: 4, scale: 5, n: 30}"
END = ", status: ended, end: {date: 2026-01-05, why: Sold.}"


@pytest.mark.parametrize(
    ("more", "emptied", "left"),
    [
        (REVIEW, ("reviewed_outcome",), "reviewed: {date: 2026-01-05, by: maya-okafor, next: Go on.}"),
        (REVIEW, ("reviewed_outcome", "reviewed_next"), "reviewed: {date: 2026-01-05, by: maya-okafor}"),
        (REVIEW, ("reviewed_date", "reviewed_by", "reviewed_outcome", "reviewed_next"), "owner: maya-okafor}"),
        (SCORE, tuple(f"satisfaction_{part}" for part in ("date", "score", "scale", "n")), "owner: maya-okafor}"),
        (", reviewed: {date: 2026-01-05, by: maya-okafor}", ("reviewed_date", "reviewed_by"), "owner: maya-okafor}"),
    ],
)
def test_what_is_cleared_of_a_review_or_a_score(
    company: Company, more: str, emptied: tuple[str, ...], left: str
) -> None:
    """Expected: what the cells said, and the whole where nothing that it needs is left."""
    changed(company, exported(company, more), **dict.fromkeys(emptied, ""))
    assert {(one.field, one.value) for one in company.asked()} == {(column, "(emptied)") for column in emptied}
    company.decide({"(emptied)": "clear"})
    assert company.take().exit_code == 0
    assert left in company.data
    assert "Nothing changes: " in company.take().stdout


@pytest.mark.parametrize(
    ("more", "column", "said"),
    [
        (END, "end_why", "there is no end without it"),
        (REVIEW, "reviewed_by", "there is no review without it"),
        (SCORE, "satisfaction_n", "there is no score without it"),
        ("", "types", "there is no partner without it"),
        ("", "name", "there is no partner without it"),
    ],
)
def test_what_cannot_be_cleared_alone(company: Company, more: str, column: str, said: str) -> None:
    """Expected: that is asked, the data stays, and the answer skip holds."""
    rows = exported(company, more)
    before = company.data
    changed(company, rows, **{column: ""})
    (asked,) = company.asked()
    assert (asked.field, asked.value) == (column, "(emptied, but needed)")
    assert asked.reason.endswith(said)
    assert "skip to keep what is recorded; else fill in the cell" in asked.choices
    assert company.data == before
    company.decide({asked.value: "skip"})
    assert "To decide" not in company.take().stdout
    assert company.data == before


@pytest.mark.parametrize(
    ("more", "answers", "asked"),
    [
        (SCORE, {"score": "clear", "date": "skip", "n": "skip", "scale": "skip"}, {"score"}),
        (SCORE, {"score": "clear"}, {"score", "date", "n", "scale"}),
        (REVIEW, {"date": "clear", "by": "clear", "outcome": "skip", "next": "clear"}, {"date", "by"}),
        (REVIEW, {"date": "skip", "by": "skip", "outcome": "skip", "next": "skip"}, set()),
    ],
)
def test_a_score_is_cleared_as_one(company: Company, more: str, answers: dict[str, str], asked: set[str]) -> None:
    """Expected: where another of its cells is to stay, or waits, the one that it needs stays and is asked about."""
    group = "satisfaction" if more == SCORE else "reviewed"
    rows = exported(company, more)
    changed(company, rows, **{column: "" for column in rows[0] if column.startswith(group)})
    path = company.folder / "our.review.csv"
    lines = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    for line in lines:
        line["decision"] = answers.get(line["field"].removeprefix(f"{group}_"), "")
    out = io.StringIO()
    writer = csv.DictWriter(out, [*lines[0]])
    writer.writeheader()
    writer.writerows(lines)
    path.write_text(out.getvalue(), "utf-8")
    assert ("To decide" in company.take().stdout) is bool(asked)
    if asked:
        assert {one.field for one in company.asked() if one.reason != "decided"} == {f"{group}_{one}" for one in asked}
    held = getattr(company.entry("tavaro"), group)
    assert (str(held.date), held.by if group == "reviewed" else held.n) == (
        "2026-01-05", "maya-okafor" if group == "reviewed" else 30,
    )  # fmt: skip


def test_a_part_that_changes_while_another_is_cleared(company: Company) -> None:
    """Expected: both, in one field."""
    rows = exported(company, REVIEW)
    changed(company, rows, reviewed_outcome="", reviewed_by="liam-harcourt")
    company.decide({"(emptied)": "clear"})
    company.take()
    assert "reviewed: {date: 2026-01-05, by: liam-harcourt, next: Go on.}" in company.data


@pytest.mark.parametrize("null", ["~", "null", "Null", "NULL", ""])
def test_a_field_that_says_null(company: Company, null: str) -> None:
    """Expected: its cell is empty in an export, which changes nothing; a sheet fills it in without a question."""
    company.known("tavaro", "Tavaro", "")
    edit(company, "owner: maya-okafor}", f"owner: {null}, tier: {null}, end: {null}, ids: {null}, links: {null}}}")
    assert run("export", "out.csv", "--department", "channel-sales").exit_code == 0
    assert "~" not in (company.folder / "out.csv").read_text("utf-8-sig")
    assert "Nothing changes: " in company.take(name="out.csv").stdout
    head = "name,owner,tier,status,end_date,end_why,ids_crm,website"
    said = company.take(head, "Tavaro,Maya Okafor,Select,ended,2026-01-05,Sold.,7,github.com/tavaro").stdout
    assert company.asked() == []
    entry = company.entry("tavaro")
    assert (entry.owner, entry.tier, str(entry.status)) == ("maya-okafor", "Select", "ended"), said
    assert company.playbook.partners["tavaro"].ids == {"crm": "7"}


def test_a_null_within_a_review(company: Company) -> None:
    """Expected: an empty cell, too."""
    company.known("tavaro", "Tavaro", ", reviewed: {date: 2026-01-05, by: maya-okafor, outcome: ~}")
    assert run("export", "out.csv", "--department", "channel-sales").exit_code == 0
    assert "~" not in (company.folder / "out.csv").read_text("utf-8-sig")
    assert "Nothing changes: " in company.take(name="out.csv").stdout


# --- what the data cannot hold -------------------------------------------------------------


def test_a_relationship_that_goes_on(company: Company) -> None:
    """Expected: an active status and an emptied end in one edit: what is asked can be answered, and then it is done."""
    rows = exported(company, END)
    before = company.data
    result = changed(company, rows, status="active", end_date="", end_why="")
    assert result.exit_code == 1
    assert "but its status is active" in result.stderr
    assert "Fill in the column decision of our.review.csv, and import again." in result.stdout
    assert {(one.field, one.value) for one in company.asked()} == {
        ("end_date", "(emptied)"), ("end_why", "(emptied)"),
    }  # fmt: skip
    assert company.data == before
    company.decide({"(emptied)": "clear"})
    assert company.take().exit_code == 0
    entry = company.entry("tavaro")
    assert (str(entry.status), entry.end) == ("active", None)


def test_a_refusal_without_a_question_writes_nothing(company: Company) -> None:
    """Expected: nothing beside the sheet, either."""
    rows = exported(company, END)
    (company.folder / "our.csv").unlink()
    before = contents(company.folder)
    assert changed(company, rows, status="active").exit_code == 1
    (company.folder / "our.csv").unlink()
    assert contents(company.folder) == before


# --- partners that became others ----------------------------------------------------------

PAIR = ("Name,Type,Owner,Tier,Website,ids_crm", "Zephyr Works,ISV,Maya Okafor,Select,zephyr.example,1",
        "Quantum Yard,ISV,Liam Harcourt,Premier,quantum.example,2")  # fmt: skip


def columns(number: int, lines: tuple[str, ...] = PAIR) -> list[str]:
    """The sheet with so many of its columns."""
    return [",".join(line.split(",")[:number]) for line in lines]


@pytest.mark.parametrize("number", [3, 4, 5, 6])
@pytest.mark.parametrize("keep", ["zephyr-works", "quantum-yard"])
def test_a_merge_is_not_undone(company: Company, number: int, keep: str) -> None:
    """Expected: the sheet that did not change changes nothing, asks nothing, and its rows do not disagree."""
    company.take(*columns(number))
    assert run("merge", "zephyr-works", "--into", "quantum-yard", "--keep", keep).exit_code == 0
    before = company.data
    for _ in range(2):
        result = company.take()
        assert "Nothing changes: " in result.stdout, result.output
        assert (company.asked(), company.data) == ([], before)


def test_rows_of_partners_that_became_one_go_on(company: Company) -> None:
    """Expected: what changes in either row comes in; that the other one never said so is no disagreement."""
    company.take(*columns(4))
    assert run("merge", "zephyr-works", "--into", "quantum-yard", "--keep", "quantum-yard").exit_code == 0
    for _ in range(2):
        company.take(f"{columns(5)[0]},Region", f"{columns(4)[1]},,EMEA", f"{columns(3)[2]},Registered,,AMER")
        assert company.asked() == []
        entry = company.entry("quantum-yard")
        assert (entry.tier, entry.owner, entry.regions) == ("Registered", "liam-harcourt", ("AMER", "EMEA"))
    company.take(*columns(4)[:2])
    assert company.asked() == []
    assert company.entry("quantum-yard").tier == "Registered"
    assert company.playbook.partners["quantum-yard"].name == "Quantum Yard"


@pytest.fixture
def merged(company: Company) -> Company:
    """Two partners that became one: the backup and the notes are those of the one that is gone."""
    company.take(
        "Name,Type,Owner,Backup owner,Regions,Tier",
        "Quantum Yard,ISV,Liam Harcourt,,EMEA; AMER,Premier",
        "Bellhaven,ISV,Maya Okafor,,,",
        "Zephyr Works,ISV,Liam Harcourt,Priya Raman,APAC; AMER,Select",
    )
    assert run("merge", "zephyr-works", "--into", "quantum-yard", "--keep", "quantum-yard").exit_code == 0
    assert company.entry("quantum-yard").backup_owner == "priya-raman"
    return company


@pytest.mark.parametrize(("answer", "backup"), [("clear", None), ("skip", "priya-raman")])
def test_what_is_emptied_in_the_row_of_a_partner_that_became_another(
    merged: Company, answer: str, backup: str | None
) -> None:
    """Expected: the usual question, about that row, where no other one says something; the answer holds."""
    path = merged.folder / "our.csv"
    path.write_text(path.read_text("utf-8").replace("Priya Raman", ""), "utf-8")
    assert "Nothing changes yet." in merged.take().stdout
    (asked,) = merged.asked()
    assert (asked.field, asked.value, asked.rows) == ("backup_owner", "(emptied)", "4")
    merged.decide({"(emptied)": answer})
    merged.take()
    assert merged.entry("quantum-yard").backup_owner == backup
    assert "Nothing changes: " in merged.take().stdout


@pytest.mark.parametrize(("old", "new", "row"), [("Liam Harcourt,,", ",,", "2"), ("Maya Okafor,,", ",,", "3")])
def test_the_row_of_an_emptied_cell(merged: Company, old: str, new: str, row: str) -> None:
    """Expected: a question names the row that says no more what it said, in whatever order the rows stand."""
    path = merged.folder / "our.csv"
    head, *rows = path.read_text("utf-8").replace(old, new, 1).splitlines()
    merged.take(head, *rows)
    assert [(one.value, one.rows) for one in merged.asked()] == [("(emptied)", row)]
    merged.take(head, *reversed(rows))
    assert [(one.value, one.rows) for one in merged.asked()] == [("(emptied)", str(6 - int(row)))]


@pytest.mark.parametrize("left", ["AMER", ""])
def test_what_a_list_no_longer_says_in_the_row_of_a_partner_that_became_another(merged: Company, left: str) -> None:
    """Expected: it stays, with a note that says so, until the data has it no more; an item of both rows is no loss."""
    path = merged.folder / "our.csv"
    path.write_text(path.read_text("utf-8").replace("APAC; AMER", left), "utf-8")
    said = merged.take().stdout
    assert "row 4: regions of quantum-yard keeps 'APAC', which the row no longer says; " in said
    assert "Nothing changes.\n" in said
    edit(merged, "[EMEA, AMER, APAC]", "[EMEA, AMER]")
    assert "Nothing changes: " in merged.take().stdout


@pytest.mark.parametrize(("text", "told"), [("Select", True), ("Premier", False)])
def test_what_another_row_says_stays(merged: Company, text: str, told: bool) -> None:
    """Expected: a note where the data has what the emptied cell said; else the other row holds, without a word."""
    edit(merged, "tier: Premier", f"tier: {text}")
    path = merged.folder / "our.csv"
    path.write_text(path.read_text("utf-8").replace("APAC; AMER,Select", "APAC; AMER,"), "utf-8")
    said = merged.take().stdout
    assert (f"row 4: tier of quantum-yard keeps {text!r}" in said, "Nothing changes.\n" in said) == (told, told)
    assert merged.entry("quantum-yard").tier == text


def test_two_of_one_name_that_became_one(company: Company) -> None:
    """Expected: the ids of another system tell their rows apart."""
    company.take(
        "Name,Type,Owner,Tier,ids_crm", "Zephyr,ISV,Maya Okafor,Select,1", "Zephyr,ISV,Liam Harcourt,Premier,2"
    )
    company.decide({"Zephyr": "new"})
    company.take()
    assert set(company.partners) == {"zephyr", "zephyr-2"}
    assert run("merge", "zephyr-2", "--into", "zephyr", "--keep", "zephyr-2").exit_code == 0
    before = company.data
    assert "Nothing changes: " in company.take().stdout
    assert company.data == before


@pytest.mark.parametrize("number", [3, 5, 6])
@pytest.mark.parametrize("name", ["Meta Platforms", "Zephyr Group"])
def test_a_renaming_is_not_undone(company: Company, number: int, name: str) -> None:
    """Expected: the old name in the sheet is that of the same partner, which keeps its new one."""
    company.take(*columns(number))
    edit(company, "name: Zephyr Works", f"name: {name}")
    before = company.data
    assert "Nothing changes: " in company.take().stdout
    assert (company.asked(), company.data) == ([], before)
    company.take(*(line.replace("Maya Okafor", "Priya Raman") for line in columns(number)))
    assert company.entry("zephyr-works").owner == "priya-raman"
    assert set(company.partners) == {"zephyr-works", "quantum-yard"}


@pytest.mark.parametrize(
    ("number", "old", "new", "said"),
    [
        (5, "zephyr.example", "other.example", "another domain, zephyr.example"),
        (6, ",1", ",7", "another id in crm, 1"),
        (3, "Zephyr Works", "Zephyr Works GmbH", ""),
    ],
)
def test_a_row_that_changed_since_a_renaming(company: Company, number: int, old: str, new: str, said: str) -> None:
    """Expected: where it may be about another company now, that is asked; a legal form makes no other one."""
    company.take(*columns(number))
    edit(company, "name: Zephyr Works", "name: Meta Platforms")
    before = company.data
    company.take(*(line.replace(old, new) for line in columns(number)))
    reasons = [f"Meta Platforms had this name and has {said}"] if said else []
    assert [one.reason for one in company.asked()] == reasons
    assert company.data == before


def test_the_old_name_belongs_to_another_one_now(company: Company) -> None:
    """Expected: a question, since either may be meant."""
    company.take(*columns(3))
    edit(company, "name: Zephyr Works", "name: Meta Platforms")
    company.known("zephyr-two", "Zephyr Works")
    before = company.data
    company.take()
    (asked,) = company.asked()
    assert (asked.value, asked.reason) == ("Zephyr Works", "several partners have this name, or had it")
    assert asked.choices == "zephyr-two or zephyr-works, or new"
    assert company.data == before


def test_an_export_from_before_a_merge(company: Company) -> None:
    """Expected: its rows, which have ids, change nothing either."""
    company.take(*columns(6))
    assert run("export", "out.csv", "--department", "channel-sales").exit_code == 0
    assert run("merge", "zephyr-works", "--into", "quantum-yard", "--keep", "quantum-yard").exit_code == 0
    before = company.data
    assert "Nothing changes: " in company.take(name="out.csv").stdout
    assert (company.asked("out"), company.data) == ([], before)


def test_a_company_that_was_bought_by_another_one(company: Company) -> None:
    """Expected: its row, which did not change, changes nothing of the buyer."""
    company.take(*columns(4))
    result = run("acquire", "zephyr-works", "--by", "quantum-yard", "--on", "2026-03-01", "--keep", "quantum-yard")
    assert result.exit_code == 0, result.output
    before = company.data
    assert "Nothing changes: " in company.take().stdout
    assert (company.asked(), company.data) == ([], before)


# --- words that have become unknown -------------------------------------------------------


def test_names_that_changed_since_an_export(company: Company) -> None:
    """Expected: an id with the name in front that it had is no question where the cell says what it said."""
    company.known("tavaro", "Tavaro", ", offers: [gate], mode: close, backup_owner: liam-harcourt")
    (company.folder / "data" / "portfolio.yml").write_text("offers: [{id: gate, name: Gateway, status: live}]\n")
    assert run("export", "out.xlsx", "--department", "channel-sales").exit_code == 0
    for file, old, new in (
        ("taxonomy.yml", "name: Software maker", "name: Software house"),
        ("people.yml", "name: Maya Okafor", "name: Maya Lind"),
        ("portfolio.yml", "name: Gateway", "name: Door"),
        ("taxonomy.yml", "name: Close", "name: Hand in hand"),
        ("people.yml", "name: Liam Harcourt", "name: Liam Hart"),
    ):
        path = company.folder / "data" / file
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    assert "Nothing changes: " in company.take(name="out.xlsx").stdout
    assert company.asked("out") == []


def test_an_id_behind_the_name_of_somebody_else(company: Company) -> None:
    """Expected: that is a question, also where the id is what the cell said."""
    rows = exported(company, "")
    changed(company, rows, owner="Liam Harcourt (maya-okafor)")
    assert [(one.field, one.value) for one in company.asked()] == [("owner", "Liam Harcourt (maya-okafor)")]


@pytest.mark.parametrize("cell", ["Zoe Lee", "Zoe Lee (zoe-lee)", "zoe-lee"])
def test_somebody_who_is_gone(company: Company, cell: str) -> None:
    """Expected: the old cell asks nothing and changes nothing; another unknown name does ask."""
    people = company.folder / "data" / "people.yml"
    old = people.read_text("utf-8")
    people.write_text(f"{old}  - {{id: zoe-lee, name: Zoe Lee}}\n", "utf-8")
    sheet = ("name,types,owner,regions", f"Tavaro,ISV,{cell},EMEA", "Quillmoor,ISV,Maya Okafor,")
    company.take(*sheet)
    people.write_text(old, "utf-8")
    edit(company, "owner: zoe-lee", "owner: liam-harcourt")
    before = company.data
    for _ in range(2):
        assert "Nothing changes: " in company.take().stdout
        assert (company.asked(), company.data) == ([], before)
    company.take(*(line.replace("EMEA", "EMEA; APAC") for line in sheet))
    assert company.entry("tavaro").regions == ("EMEA", "APAC")
    assert company.entry("tavaro").owner == "liam-harcourt"
    company.take(*(line.replace(cell, "Zed Lee") for line in sheet))
    assert [(one.field, one.value) for one in company.asked()] == [("owner", "Zed Lee")]


def test_a_review_by_somebody_who_is_gone(company: Company) -> None:
    """Expected: it asks nothing where it did not change; whoever held a later one is asked."""
    people = company.folder / "data" / "people.yml"
    old = people.read_text("utf-8")
    people.write_text(f"{old}  - {{id: zoe-lee, name: Zoe Lee}}\n", "utf-8")
    company.take(HEAD, row(Reviewer="Zoe Lee"))
    people.write_text(old, "utf-8")
    edit(company, "by: zoe-lee", "by: liam-harcourt")
    assert "Nothing changes: " in company.take().stdout
    assert company.take(HEAD, row(Reviewer="Zoe Lee", Last_review="2026-02-05")).exit_code == 0
    assert [(one.field, one.value) for one in company.asked()] == [("reviewed_by", "Zoe Lee")]


def test_a_host_that_is_the_company_s_own(company: Company) -> None:
    """Expected: what the data says as well is no question; of any other partner it is."""
    company.known("github", "GitHub", ", domain: github.com")
    assert run("export", "out.csv", "--department", "channel-sales").exit_code == 0
    assert "Nothing changes: " in company.take(name="out.csv").stdout
    assert "Nothing changes: " in company.take("name,website", "GitHub,https://www.github.com/").stdout
    assert company.asked("out") == company.asked() == []
    company.take("name,website", "Bluefen Technik,github.com", name="more.csv")
    assert [one.value for one in company.asked("more")] == ["github.com"]


def test_a_link_that_becomes_a_domain(company: Company) -> None:
    """Expected: an address on a host that many share was no domain, so that nothing was changed on the other side."""
    company.take("name,types,owner,website", "Tavaro,ISV,Maya Okafor,https://github.com/tavaro")
    company.take("name,types,owner,website", "Tavaro,ISV,Maya Okafor,tavaro.example")
    assert company.asked() == []
    assert company.playbook.partners["tavaro"].domain == "tavaro.example"
