"""The company's own fields in spreadsheets: read as people write them, written back, and offered for new columns."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from generator.exchange.meanings import Meanings
from generator.exchange.proposing import declaration
from generator.exchange.sheets import ALLOWED
from generator.loading import load_folder
from tests.imports.kit import Company
from tests.kit import loaded, run

FIELDS = """\
fields:
  - {id: revenue_band, label: Revenue band, on: entry, kind: choice, values: [Up to 1M, Over 1M]}
  - {id: skills, label: Trades, on: entry, kind: choices, values: [Welding, Wiring, Sawing]}
  - {id: revenue, label: Revenue, on: entry, kind: number}
  - {id: signed, label: NDA signed, on: entry, kind: date}
  - {id: portal, label: Portal, on: entry, kind: url}
  - {id: engineer, label: Named engineer, on: entry, kind: person}
  - {id: key_account, label: Key account, on: partner, kind: yes-no}
  - {id: remark, label: Remark, on: partner, kind: text, show: [page]}
"""
HEAD = "Name,Type,Owner,Revenue band,Trades,Revenue,NDA signed,Portal,Named engineer,Key account?,Remark"


@pytest.fixture
def fields(company: Company) -> Company:
    """The company with a field of each kind."""
    company.add(FIELDS, "settings.yml", above="regions:")
    return company


def exported(company: Company, file: str = "out.csv") -> list[dict[str, str]]:
    """The rows of an export."""
    assert run("export", file).exit_code == 0
    return list(csv.DictReader(io.StringIO((company.folder / file).read_text("utf-8-sig"))))


def test_cells_of_each_kind(fields: Company) -> None:
    """As people write them: capitals, decimal commas, days of other forms, yes and no, names of people."""
    said = fields.take(
        HEAD,
        'Tavaro,ISV,Maya Okafor,over 1m,"Wiring; welding","1.250.000,5",3 May 2026,https://t.example/,Priya Raman,x,'
        '"One, two"',
        'Quillmoor,ISV,Maya Okafor,,,"1,250,000",2026-05-04,,priya.raman,no,tbc',
    ).stdout
    tavaro, quillmoor = fields.playbook.partners["tavaro"], fields.playbook.partners["quillmoor"]

    assert dict(tavaro.entries[0].custom) == {
        "revenue_band": "Over 1M", "skills": ("Wiring", "Welding"), "revenue": 1250000.5, "signed": date(2026, 5, 3),
        "portal": "https://t.example/", "engineer": "priya-raman",
    }  # fmt: skip
    assert dict(tavaro.custom) == {"key_account": True, "remark": "One, two"}
    assert dict(quillmoor.entries[0].custom) == {"revenue": 1250000, "signed": date(2026, 5, 4)}
    assert dict(quillmoor.custom) == {"key_account": False}
    assert [(one.field, one.value) for one in fields.asked()] == [("engineer", "priya.raman")]
    assert "ignored" not in said


def test_numbers_in_the_notation_of_their_column(fields: Company) -> None:
    """Of a German CSV file 1.234 is a thousand and more, as other numbers of the column tell; an id is no number."""
    rows = {"tavaro": "1.234", "quillmoor": "1.234.567", "bellhaven": "12,5", "corvane": "12%"}
    lines = [f"{name.title()};ISV;Maya Okafor;{number};1.234" for name, number in rows.items()]
    assert fields.take("Name;Type;Owner;Revenue;ids_sap", *lines[:1], *(line[:-6] for line in lines[1:])).exit_code == 0
    assert fields.asked() == []
    assert {name: fields.entry(name).custom["revenue"] for name in rows} == {
        "tavaro": 1234, "quillmoor": 1234567, "bellhaven": 12.5, "corvane": 12,
    }  # fmt: skip
    assert fields.partners["tavaro"].ids == {"sap": "1.234"}


def test_a_number_that_means_two_things_is_asked_about(fields: Company) -> None:
    """Where no other one of the column tells; the answer holds from then on, and the rest of the row does not wait."""
    fields.take("Name,Type,Owner,Revenue", "Tavaro,ISV,Maya Okafor,1.234", "Quillmoor,ISV,Maya Okafor,950")
    (asked,) = fields.asked()
    assert (asked.field, asked.value, asked.rows) == ("revenue", "1.234", "2")
    assert (asked.reason, asked.choices) == ("'1.234' is 1234 or 1.234", "1234 or 1.234")
    assert dict(fields.entry("tavaro").custom) == {}
    for answer, number in (("1.234", 1.234), ("1234", 1234)):
        fields.decide({"1.234": answer})
        fields.take()
        assert fields.entry("tavaro").custom["revenue"] == number
    assert "Nothing changes" in fields.take().stdout


OF_NUMBERS = "Name,Type,Owner,Revenue"


@pytest.mark.parametrize("more", ["12.5", '"12,5"', '"2,345"', ""])
def test_other_rows_change_no_number_that_was_decided(fields: Company, more: str) -> None:
    """Expected: the answer stands, whatever numbers come to its column, or go; a row that asks is the new one."""
    fields.take(OF_NUMBERS, "Tavaro,ISV,Maya Okafor,1.234")
    fields.decide({"1.234": "1234"})
    fields.take()
    fields.take(OF_NUMBERS, "Tavaro,ISV,Maya Okafor,1.234", f"Quillmoor,ISV,Maya Okafor,{more}")
    assert fields.entry("tavaro").custom["revenue"] == 1234
    assert [one for one in fields.asked() if not one.decision] == []


def test_a_number_that_contradicts_what_was_decided(fields: Company) -> None:
    """Expected: of another one that means two things, a question; where nothing contradicts it, the answer tells."""
    fields.take(OF_NUMBERS, "Tavaro,ISV,Maya Okafor,1.234")
    fields.decide({"1.234": "1234"})
    rows = "Tavaro,ISV,Maya Okafor,1.234", "Quillmoor,ISV,Maya Okafor,2.345"
    fields.take(OF_NUMBERS, *rows, "Bellhaven,ISV,Maya Okafor,12.5")
    assert [(one.value, one.rows) for one in fields.asked() if not one.decision] == [("2.345", "3")]
    fields.take(OF_NUMBERS, *rows)
    assert fields.entry("quillmoor").custom["revenue"] == 2345


@pytest.mark.parametrize("titles", ["Name,Type,Owner,Revenue", "department,id,name,types,owner,revenue"])
def test_a_number_says_what_it_said_at_the_last_import(fields: Company, titles: str) -> None:
    """Expected: it needs nothing beside it; what contradicts it is a question; its headings do not matter."""

    def line(name: str, number: str) -> str:
        more = f"channel-sales,{name.lower()}," if "id" in titles.split(",") else ""
        return f"{more}{name},isv-ihv,maya-okafor,{number}"

    fields.take(titles, line("Tavaro", "1.234"), line("Quillmoor", '"12,5"'))
    assert fields.entry("tavaro").custom["revenue"] == 1234
    assert "Nothing changes: " in fields.take(titles, line("Tavaro", "1.234")).stdout
    data = fields.data
    (fields.folder / "data" / "partners.yml").write_text(data.replace("revenue: 1234", "revenue: 1.234"), "utf-8")
    assert "Nothing changes: " in fields.take().stdout
    assert fields.asked() == []
    fields.take(titles, line("Tavaro", "1.234"), line("Bellhaven", "12.5"))
    assert [(one.value, one.rows) for one in fields.asked()] == [("1.234", "2")]
    assert fields.entry("tavaro").custom["revenue"] == 1.234
    fields.decide({"1.234": "1.234"})
    fields.take()
    assert "Nothing changes: " in fields.take().stdout


def test_the_column_map_says_what_a_number_means(fields: Company) -> None:
    """Expected: as it stands there, also where that is the text itself, whatever stands beside it."""
    (fields.folder / "our.columns.yml").write_text("values: {revenue: {'1.234': '1.234', '2.345': '2345'}}\n")
    rows = {"Tavaro": "1.234", "Quillmoor": "2.345", "Bellhaven": '"12,5"'}
    fields.take(OF_NUMBERS, *(f"{name},ISV,Maya Okafor,{number}" for name, number in rows.items()))
    assert [fields.entry(name.lower()).custom["revenue"] for name in rows] == [1.234, 2345, 12.5]


def test_a_number_of_the_data_is_no_question(fields: Company) -> None:
    """Expected: where nothing else tells, a cell that can say what the data says, says that."""
    fields.known("tavaro", "Tavaro", ", revenue: 1234")
    assert "Nothing changes: " in fields.take(OF_NUMBERS, "Tavaro,ISV,Maya Okafor,1.234").stdout
    assert fields.asked() == []


def test_numbers_that_mean_one_thing(fields: Company) -> None:
    """Those of workbooks, of JSON, of our exports, and those of which the column map says what they are."""
    book = Workbook()
    for row in (["Name", "Type", "Owner", "Revenue"], ["Tavaro", "ISV", "Maya Okafor", 1.234]):
        book.worksheets[0].append(row)
    book.save(fields.folder / "our.xlsx")
    fields.take(name="our.xlsx")
    (fields.folder / "our.json").write_text(
        '[{"Name": "Quillmoor", "Type": "ISV", "Owner": "Maya Okafor", "Revenue": 2.345}]'
    )
    fields.take(name="our.json")
    (fields.folder / "more.columns.yml").write_text("values: {revenue: {'3.456': '3456'}}\n")
    fields.take("Name,Type,Owner,Revenue", "Bellhaven,ISV,Maya Okafor,3.456", name="more.csv")
    numbers = {name: partner.entries[0].custom["revenue"] for name, partner in fields.partners.items()}
    assert numbers == {"tavaro": 1.234, "quillmoor": 2.345, "bellhaven": 3456}
    assert [row["revenue"] for row in exported(fields) if row["id"] == "tavaro"] == ["1.234"]
    (fields.folder / "out.imported.csv").unlink()
    assert "Nothing changes" in fields.take(name="out.csv").stdout
    assert fields.asked("out") == []


def test_what_cannot_be_is_asked(fields: Company) -> None:
    """With what may be, and the nearest; an answer is taken."""
    fields.take(HEAD, "Tavaro,ISV,Maya Okafor,Over 1N,Baking,much,soon,t.example,Nobody,perhaps,")

    asked = {one.field: one for one in fields.asked()}
    assert asked.keys() == {"revenue_band", "skills", "revenue", "signed", "portal", "engineer", "key_account"}
    assert asked["revenue_band"].choices == "did you mean 'Over 1M'? one of: Over 1M, Up to 1M"
    assert asked["skills"].choices == "Sawing, Welding, Wiring"
    assert asked["revenue"].reason == "revenue: a number is expected here, but there is 'much'"
    assert asked["key_account"].choices == "yes or no"
    fields.decide({"Over 1N": "Up to 1M", "Baking": "Sawing", "much": "5", "soon": "skip", "perhaps": "yes"})
    fields.take()
    entry = fields.entry("tavaro")
    assert dict(entry.custom) == {"revenue_band": "Up to 1M", "skills": ("Sawing",), "revenue": 5}
    assert dict(fields.playbook.partners["tavaro"].custom) == {"key_account": True}


def test_days_whose_order_nobody_knows_are_asked_about_once(fields: Company) -> None:
    """For the whole column, as with those that every company has."""
    fields.take("Name,Type,Owner,NDA signed", "Tavaro,ISV,Maya Okafor,03/04/2026", "Quillmoor,ISV,,05/06/2026")

    (asked,) = fields.asked()
    assert (asked.field, asked.value, asked.rows) == ("signed", "(order of day and month)", "2, 3")


def test_what_is_exported_comes_back(fields: Company) -> None:
    """The columns of an export are those that fields show there; read again, nothing changes, and an edit does."""
    fields.known("tavaro", "Tavaro", ", engineer: priya-raman, skills: [Wiring, Sawing], key_account: false, remark: x")
    before = fields.data
    rows = exported(fields)
    (row,) = (row for row in rows if row["id"] == "tavaro")
    assert [*row][-7:] == ["revenue_band", "skills", "revenue", "signed", "portal", "engineer", "key_account"]
    assert (row["engineer"], row["skills"], row["key_account"]) == ("priya-raman", "Wiring; Sawing", "false")
    fields.take(name="out.csv")
    assert fields.data == before
    path = fields.folder / "out.csv"
    path.write_text(path.read_text("utf-8-sig").replace("Wiring; Sawing", "Wiring; Welding"), "utf-8")
    fields.take(name="out.csv")
    assert fields.data == before.replace("[Wiring, Sawing]", "[Wiring, Welding]")


def test_an_export_for_programs_and_one_to_edit(fields: Company) -> None:
    """JSON has what the fields show there; a workbook offers what a field may be, and names beside ids."""
    fields.known("tavaro", "Tavaro", ", engineer: priya-raman, revenue: 5, remark: x")
    assert run("export", "programs.json").exit_code == 0
    (tavaro,) = (
        one
        for one in json.loads((fields.folder / "programs.json").read_text("utf-8"))["partners"]
        if one["id"] == "tavaro"
    )
    assert (tavaro["engineer"], tavaro["revenue"]) == ("priya-raman", "5")
    assert "remark" not in tavaro
    assert run("export", "out.xlsx").exit_code == 0
    book = load_workbook(fields.folder / "out.xlsx")
    columns = [cell.value for cell in book.worksheets[0][1]]
    cells = {row[1].value: [cell.value for cell in row] for row in book.worksheets[0].iter_rows(min_row=2)}
    assert cells["tavaro"][columns.index("engineer")] == "Priya Raman (priya-raman)"
    allowed = {column[0].value: [cell.value for cell in column[1:] if cell.value] for column in book[ALLOWED].columns}
    assert allowed["revenue_band"] == ["Up to 1M", "Over 1M"]
    assert allowed["key_account"] == ["true", "false"]
    before = fields.data
    fields.take(name="out.xlsx")
    assert (fields.data, fields.asked("out")) == (before, [])


def test_what_another_department_says_of_the_company_stays(fields: Company) -> None:
    """A field on partners says one thing; a sheet that says another is told, and nothing is written that cannot be."""
    fields.add("      - {id: tavaro, name: Tavaro, types: [isv-ihv], owner: null, remark: One}\n", above="  - id: alli")
    path = fields.folder / "data" / "partners.yml"
    moved = path.read_text("utf-8").replace(
        "      - {id: tavaro, name: Tavaro, types: [isv-ihv], owner: null, remark: One}\n", ""
    )
    path.write_text(
        f"{moved.rstrip()}\n  - id: other\n    name: Other\n    partners:\n"
        "      - {id: tavaro, name: Tavaro, types: [isv-ihv], owner: null, remark: One}\n",
        "utf-8",
    )
    said = fields.take("id,Name,Type,Owner,Remark", "tavaro,Tavaro,ISV,Maya Okafor,Two").stdout

    assert "row 2: the remark of tavaro stays 'One', as other records it, not 'Two'" in said
    assert fields.playbook.partners["tavaro"].custom == {"remark": "One"}


# --- new columns --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "kind", "values"),
    [
        (["Gold", "Tin", "Gold", "Tin"], "choice", ["Gold", "Tin"]),
        (["A; B", "B; C", "C; A", "A; B; C"], "choices", ["A", "B", "C"]),
        (["12", "1,5", "1,250,000", "45%"], "number", []),
        (["2026-05-01", "3 May 2026", "03/04/2026", "1.5.2026"], "date", []),
        (["yes", "No", "x", "ja"], "yes-no", []),
        (["https://a.example", "http://b.example/c", "https://d.example", "https://e.example"], "url", []),
        (["Maya Okafor", "priya-raman", "Liam Harcourt", "maya.okafor@larkspur.example"], "person", []),
        (["One", "Two", "Three", "Gold"], "text", []),
        (["Gold", "12", "yes", "2026-05-01"], "text", []),
    ],
)
def test_a_column_is_offered_as_a_field(company: Company, cells: list[str], kind: str, values: list[str]) -> None:
    """By the kind that fits all of its cells; once somebody wants it, it is declared, and what it says is taken."""
    rows = [f'P{number},ISV,Maya Okafor,"{cell}"' for number, cell in enumerate(cells)]
    company.take("Name,Type,Owner,What we say", *rows, options=("--dry-run",))
    (asked,) = company.asked()
    assert (asked.field, asked.value, asked.rows) == ("column", "What we say", "2, 3, 4, 5")
    assert asked.reason.startswith("no field is called so; what stands there is of the kind " + kind)
    assert asked.choices == "new to declare the field what_we_say in settings.yml, or skip"
    company.decide({"What we say": "new"})
    said = company.take().stdout
    assert f"What we say is a new field, what_we_say, of the kind {kind}: see settings.yml." in said
    (field,) = company.playbook.settings.fields
    assert (field.id, field.label, list(field.values)) == ("what_we_say", "What we say", values)
    held = [entry.custom.get("what_we_say") for entry in company.playbook.entries if entry.partner.startswith("p")]
    assert len(held) == 4
    waiting = [one for one in company.asked() if one.field == "what_we_say"]
    assert None not in held or (kind == "date" and waiting)
    before = company.data, (company.folder / "data" / "settings.yml").read_text("utf-8")
    company.take()
    assert (company.data, (company.folder / "data" / "settings.yml").read_text("utf-8")) == before


def test_an_offer_that_is_not_wanted(company: Company) -> None:
    """It is not made again once it was refused; until then, the column counts for nothing."""
    company.take("Name,Type,Owner,Colour", "Tavaro,ISV,Maya Okafor,green")
    assert company.entry("tavaro").custom == {}
    company.decide({"Colour": "skip"})
    company.take("Name,Type,Owner,Colour", "Tavaro,ISV,Liam Harcourt,red")
    assert [one.value for one in company.asked() if not one.decision] == []
    assert "fields:" not in (company.folder / "data" / "settings.yml").read_text("utf-8")


def test_what_is_not_offered(company: Company) -> None:
    """Columns that say nothing, that a map passes over, or that two columns are called; that stands there as ever."""
    (company.folder / "our.columns.yml").write_text("columns: {Firm: ignore}\n", "utf-8")
    company.take("Name,Type,Owner,Firm,Empty,Function", "Tavaro,ISV,Maya Okafor,x,,Sales")
    assert company.asked() == []


def test_settings_begin_where_there_are_none(company: Company) -> None:
    """With the fields alone; an id that cannot be one becomes one."""
    (company.folder / "data" / "settings.yml").unlink()
    day = ("--as-of", "2026-11-02")
    company.take("Name,Type,Owner,2025 plan,Größe", "Tavaro,ISV,Maya Okafor,done,10", options=day)
    company.decide({"2025 plan": "new", "Größe": "new"})
    company.take(options=day)

    playbook = loaded(company.folder / "data", date(2026, 11, 2))
    fields = playbook.settings.fields
    assert [(one.id, one.label) for one in fields] == [("field_2025_plan", "2025 plan"), ("grosse", "Größe")]
    assert playbook.partners["tavaro"].entries[0].custom == {"field_2025_plan": "done", "grosse": 10}


def test_a_column_map_names_custom_fields(fields: Company) -> None:
    """Those that are declared, and an error with the nearest for another one."""
    (fields.folder / "our.columns.yml").write_text(
        "columns: {Turnover: revenue}\ndefaults: {skills: Sawing}\n", "utf-8"
    )
    fields.take("Name,Type,Owner,Turnover", "Tavaro,ISV,Maya Okafor,5")
    assert fields.entry("tavaro").custom == {"revenue": 5, "skills": ("Sawing",)}
    (fields.folder / "our.columns.yml").write_text("columns: {Turnover: revenues}\n", "utf-8")
    assert "did you mean 'revenue'?" in fields.take().stderr


def test_sources_offer_and_declare_them_too(company: Company) -> None:
    """A column that two sources have becomes one field, once somebody wants it in both."""
    for name, partner in (("one", "Tavaro"), ("two", "Quillmoor")):
        (company.folder / f"{name}.csv").write_text(f"Name,Type,Owner,Colour\n{partner},ISV,Maya Okafor,green\n")
    (company.folder / "data" / "sources.yml").write_text(
        "sources:\n  - {id: one, department: channel-sales, file: one.csv}\n"
        "  - {id: two, department: channel-sales, file: two.csv}\n"
    )
    assert "column 'Colour'" in run("sync").stdout
    for name in ("one", "two"):
        company.decide({"Colour": "new"}, name)
    result = run("sync")
    assert result.exit_code == 0, result.output
    (field,) = company.playbook.settings.fields
    assert (field.id, field.label) == ("colour", "Colour")
    assert [company.entry(ident).custom for ident in ("tavaro", "quillmoor")] == [{"colour": "green"}] * 2
    assert "Nothing changes" in run("sync").stdout


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        *((word, True) for word in ("ja", "Oui", "si", "Sì", "SIM", "1", "true", "evet", "はい")),
        *((word, False) for word in ("Nein", "non", "no", "não", "na\u0303o", "0", "FALSE", "nej", "否")),
    ],
)
def test_yes_and_no_in_other_languages(fields: Company, word: str, expected: bool) -> None:
    """As whoever fills in the sheet says it, with and without capitals; data files get true or false."""
    fields.take("Name,Type,Owner,Key account", f"Tavaro,ISV,Maya Okafor,{word}")
    assert fields.asked() == []
    assert dict(fields.playbook.partners["tavaro"].custom) == {"key_account": expected}


def test_an_offered_field_gets_an_id_of_its_own(fields: Company) -> None:
    """Expected: the name of the column; another one where that is no id, is taken, or would be that of a foreign id."""
    found = load_folder(fields.folder / "data")
    assert found.playbook is not None
    meanings = Meanings(found.playbook, found.type_names)
    ids = {
        "What we say": "what_we_say",
        "Größe (m²)": "grosse_m2",
        "2nd choice": "field_2nd_choice",
        "???": "field",
        "Ids of old": "field_ids_of_old",
        "Idsome": "idsome",
        "Skills": "skills_2",
        "Owner": "owner_2",
        "Known": "known_3",
        "x" * 60: "x" * 50,
    }
    taken = {"known", "known_2"}
    assert {title: declaration(title, ["a"], meanings, taken)["id"] for title in ids} == ids
