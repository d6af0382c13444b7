"""Cells as people write them: days, numbers, yes and no, people, lists; and what a spreadsheet program made of them."""

from __future__ import annotations

import csv
import io
import re

import pytest
from openpyxl import Workbook

from tests.imports.kit import Company
from tests.kit import run

HEAD = "name,types,owner,last review,reviewer"


def reviewed(company: Company) -> dict[str, str]:
    """The day of each review."""
    entries = {ident: partner.entries[0].reviewed for ident, partner in company.partners.items()}
    return {ident: str(review.date) for ident, review in entries.items() if review}


# --- days ---------------------------------------------------------------------------------


def test_days_in_every_form(company: Company) -> None:
    """Those that can be one day alone are read; a column's other days tell which number is the month."""
    company.case("dates/us.csv")
    days = reviewed(company)
    assert days.pop("quillmoor") == "2026-04-02"
    assert days.pop("ostrava-nine") == "2025-12-15"
    assert set(days) == {"tavaro-systems", "bellhaven", "corvane", "dunmere", "estoril", "farrow", "gilsland"}
    assert set(days.values()) == {"2026-03-31"}
    (asked,) = (one for one in company.asked("us") if one.value == "March 2026")
    assert "a date is expected here" in asked.reason


def test_days_in_a_workbook(company: Company) -> None:
    """A time of the day makes no difference, nor whether it is a text."""
    company.case("dates/in-excel.xlsx")
    assert set(reviewed(company).values()) == {"2026-03-31"}
    assert len(reviewed(company)) == 3


@pytest.mark.parametrize(
    "day",
    ["March 31, 2026", "31. März 2026", "31 mars 2026", "Di 31 maart 2026", "20260331", "31/3/2026 14:05",
     "31 de marzo de 2026", "3/31/2026 2:05 PM", "2026-3-31", "31. 3. 2026", "Tuesday, 31st of March 2026"],
)  # fmt: skip
def test_other_ways_to_write_a_day(company: Company, day: str) -> None:
    """Months in words, of several languages; points, times and weekdays."""
    company.take(HEAD, f'Tavaro,ISV,Maya Okafor,"{day}",Maya Okafor')
    assert reviewed(company) == {"tavaro": "2026-03-31"}


@pytest.mark.parametrize(("order", "day"), [("day first", "2026-02-04"), ("month first", "2026-04-02")])
def test_the_order_is_asked_once_a_column(company: Company, order: str, day: str) -> None:
    """Where no other day of the column tells; the answer holds for all of them."""
    rows = [
        f"Company {name},ISV,Maya Okafor,{text},Maya Okafor" for name, text in (("A", "4/2/2026"), ("B", "1/3/2026"))
    ]
    company.take(HEAD, *rows)
    (asked,) = company.asked()
    assert (asked.field, asked.value, asked.rows) == ("reviewed_date", "(order of day and month)", "2, 3")
    assert asked.choices == "day first or month first, for the whole column"
    company.decide({asked.value: order})
    company.take()
    assert reviewed(company)["company-a"] == day
    assert "To decide" not in company.take().stdout


OF_DAYS = "4/2/2026", "1/3/2026"


def by_day(*days: str) -> list[str]:
    """Rows with these days."""
    return [f"Company {name},ISV,Maya Okafor,{day},Maya Okafor" for name, day in zip("ABCD", days, strict=False)]


@pytest.mark.parametrize("more", ["4/25/2026", "25/4/2026", "2026-01-03"])
def test_other_rows_change_no_day_that_was_decided(company: Company, more: str) -> None:
    """Expected: what the cells said at the last import, they say still; nothing is asked about them."""
    company.take(HEAD, *by_day(*OF_DAYS))
    company.decide({"(order of day and month)": "day first"})
    company.take()
    company.take(HEAD, *by_day(*OF_DAYS, more))
    days = reviewed(company)
    assert (days["company-a"], days["company-b"]) == ("2026-02-04", "2026-03-01")
    assert [one for one in company.asked() if not one.decision] == []
    company.take(HEAD, *by_day("5/2/2026", "1/3/2026"))
    assert reviewed(company)["company-a"] == "2026-02-05"


def test_a_day_that_other_rows_and_a_decision_read_in_two_ways(company: Company) -> None:
    """Expected: it is a question of its own, with both days, and its answer is taken."""
    company.take(HEAD, *by_day("4/2/2026"))
    company.decide({"(order of day and month)": "day first"})
    company.take()
    company.take(HEAD, *by_day("4/2/2026", "4/25/2026", "5/6/2026"))
    (asked,) = (one for one in company.asked() if not one.decision)
    assert (asked.value, asked.rows, asked.choices) == ("5/6/2026", "4", "2026-06-05 or 2026-05-06")
    company.decide({"5/6/2026": "2026-05-06"})
    company.take()
    assert reviewed(company) == {"company-a": "2026-02-04", "company-b": "2026-04-25", "company-c": "2026-05-06"}


def test_a_day_says_what_it_said_before_the_other_rows_changed(company: Company) -> None:
    """Expected: what told the order may go; where what comes tells another one, that is asked."""
    company.take(HEAD, *by_day("4/2/2026", "25/3/2026"))
    assert "Nothing changes: " in company.take(HEAD, *by_day("4/2/2026")).stdout
    company.take(HEAD, *by_day("4/2/2026", "3/25/2026"))
    assert [(one.value, one.rows) for one in company.asked()] == [("4/2/2026", "2")]
    assert reviewed(company)["company-a"] == "2026-02-04"


def test_days_that_contradict_each_other_are_asked_about(company: Company) -> None:
    """One column written in two ways: the days that tell themselves are read."""
    days = {"A": "31/3/2026", "B": "3/31/2026", "C": "4/2/2026"}
    company.take(HEAD, *(f"Company {name},ISV,Maya Okafor,{day},Maya Okafor" for name, day in days.items()))
    assert set(reviewed(company)) == {"company-a", "company-b"}
    assert [one.rows for one in company.asked()] == ["4"]


def test_what_is_recorded_tells_the_order(company: Company) -> None:
    """An export with one review, saved by a program of the United States."""
    company.known("tavaro", "Tavaro", ", reviewed: {date: 2026-07-08, by: maya-okafor}")
    run("export", "out.csv", "--department", "channel-sales")
    path = company.folder / "out.csv"
    path.write_text(path.read_text("utf-8").replace("2026-07-08", "7/8/2026"), "utf-8")
    assert "Nothing changes: " in company.take(name="out.csv").stdout


# --- an export of ours that a spreadsheet program has saved --------------------------------


def as_excel_saves(text: str, day: str, yes: str, delimiter: str) -> str:
    """Days and booleans in the way of a country, and everything without the marks of a program."""
    rows = list(csv.reader(io.StringIO(text)))
    spelled = [
        [
            re.sub(r"^(\d{4})-(\d\d)-(\d\d)$", lambda d: day.format(y=d[1], m=int(d[2]), d=int(d[3])), cell)
            for cell in row
        ]
        for row in rows
    ]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([yes if cell == "true" else cell for cell in row] for row in spelled)
    return out.getvalue()


@pytest.mark.parametrize(
    ("day", "yes", "delimiter"),
    [("{m}/{d}/{y}", "TRUE", ","), ("{d:02}.{m:02}.{y}", "WAHR", ";"), ("{d:02}/{m:02}/{y}", "VRAI", ";")],
)
def test_an_export_comes_back_from_excel(company: Company, day: str, yes: str, delimiter: str) -> None:
    """Of the United States, Germany and France: without a question, and without a change."""
    company.known(
        "tavaro", "Tavaro",
        ", lead: true, reviewed: {date: 2026-07-08, by: maya-okafor}, regions: [EMEA, AMER], notes: 'a, b; c',"
        " satisfaction: {date: 2026-05-20, score: 4.2, scale: 5, n: 14}, agreements: [{kind: nda, ends: 2027-01-15}]",
    )  # fmt: skip
    company.known("quillmoor", "Quillmoor", ", reviewed: {date: 2026-09-30, by: maya-okafor}")
    run("export", "out.csv", "--department", "channel-sales")
    path = company.folder / "out.csv"
    text = as_excel_saves(path.read_text("utf-8-sig"), day, yes, delimiter)
    assert yes in text
    for state in (True, False):
        path.write_text(text, "utf-8-sig")
        if not state:
            (company.folder / "out.imported.csv").unlink()
        result = company.take(name="out.csv")
        assert "Nothing changes: " in result.stdout, result.stdout
        assert company.asked("out") == []


# --- numbers, yes and no, blanks ----------------------------------------------------------


@pytest.mark.parametrize(
    ("score", "scale", "answers", "expected"),
    [
        ("4,2", "5", "14", (4.2, 5, 14)),
        ("84 %", "", "14", (84, 100, 14)),
        ("84.5%", "100", '"1,204"', (84.5, 100, 1204)),
        ("8", "10,0", "1.204", (8, 10, 1204)),
    ],
)  # fmt: skip
def test_numbers(company: Company, score: str, scale: str, answers: str, expected: tuple[float, float, int]) -> None:
    """Decimal commas, percent, and signs between thousands."""
    company.take(
        "name,types,owner,satisfaction,satisfaction_scale,satisfaction_n,satisfaction_date",
        f'Tavaro,ISV,Maya Okafor,"{score}","{scale}",{answers},2026-03-31',
    )
    found = company.entry("tavaro").satisfaction
    assert found is not None
    assert (found.score, found.scale, found.n) == expected


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_workbook_says_what_its_csv_says(company: Company, kind: str) -> None:
    """Expected: percent are of a hundred, and zeros in front of an id stay, in either; a second run changes nothing."""
    heads = ["name", "types", "owner", "csat", "satisfaction_n", "satisfaction_date", "ids_sap"]
    if kind == "csv":
        company.take(",".join(heads), "Tavaro,ISV,Maya Okafor,84%,05,2026-03-31,00077")
    else:
        book = Workbook()
        sheet = book.worksheets[0]
        for row in (heads, ["Tavaro", "ISV", "Maya Okafor", 0.84, 5, "2026-03-31", 77]):
            sheet.append(row)
        for cell, look in (("D2", "0%"), ("E2", "00"), ("G2", "00000")):
            sheet[cell].number_format = look
        book.save(company.folder / "our.xlsx")
        company.take(name="our.xlsx")
    found = company.entry("tavaro").satisfaction
    assert found is not None
    assert (found.score, found.scale, found.n) == (84, 100, 5)
    assert company.partners["tavaro"].ids == {"sap": "00077"}
    assert "Nothing changes" in company.take(name=f"our.{kind}").stdout


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("Ja", True),
        ("WAHR", True),
        ("oui", True),
        ("Sí", True),
        ("✓", True),
        ("Nein", False),
        ("FAUX", False),
        ("não", False),
    ],
)
def test_yes_and_no(company: Company, text: str, lead: bool) -> None:
    """In several languages, as people and programs write them."""
    company.take("name,types,owner,lead", f"Tavaro,ISV,Maya Okafor,{text}")
    assert company.entry("tavaro").lead is lead


@pytest.mark.parametrize("blank", ["tbc", "TBD", "n/a", "-", "N.A.", "#N/A", "…", "to be confirmed", "k. A."])
def test_blanks(company: Company, blank: str) -> None:
    """They say nothing, and nothing is asked about them."""
    company.take("name,types,owner,tier,regions", f"Tavaro,ISV,{blank},{blank},{blank}")
    entry = company.entry("tavaro")
    assert (entry.owner, entry.tier, entry.regions) == (None, "", ())
    assert company.asked() == []


# --- people -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["maya.okafor@larkspur.example", "Maya Okafor (maya.okafor@larkspur.example)", "Okafor, Maya",
     "Maya Okafor <MAYA.OKAFOR@larkspur.example>", "Maya Okafor [Channel]", "M. Okafor (maya.okafor@larkspur.example)",
     "Maya Okafor - maya.okafor@elsewhere.example"],
)  # fmt: skip
def test_ways_to_write_a_person(company: Company, text: str) -> None:
    """By the address, by the name with an address or a remark behind it."""
    company.take("name,types,owner", f'Tavaro,ISV,"{text}"')
    assert company.entry("tavaro").owner == "maya-okafor", company.asked()


@pytest.mark.parametrize(
    "text",
    [
        "Maya Okafor / Priya Raman",
        "Maya Okafor & Priya Raman",
        "Maya Okafor; priya-raman",
        "Maya Okafor and Priya Raman",
    ],
)
def test_two_people_in_one_cell(company: Company, text: str) -> None:
    """The second stands in for the first, and that is said; where only one can be meant, it is asked."""
    result = company.take("name,types,owner,sponsor", f'Tavaro,ISV,"{text}","{text}"')
    entry = company.entry("tavaro")
    assert (entry.owner, entry.backup_owner) == ("maya-okafor", "priya-raman")
    assert "maya-okafor is taken for the owner, and priya-raman for the backup" in result.stdout
    (asked,) = company.asked()
    assert (asked.field, asked.choices) == ("sponsor", "maya-okafor or priya-raman")


def test_somebody_unknown_beside_somebody_known(company: Company) -> None:
    """Nobody is dropped: it is asked."""
    company.take("name,types,owner", "Tavaro,ISV,Maya Okafor / Somebody Else")
    (asked,) = company.asked()
    assert (asked.field, asked.value) == ("owner", "Maya Okafor / Somebody Else")


# --- lists --------------------------------------------------------------------------------


def test_a_map_holds_for_each_item(company: Company) -> None:
    """Of a cell with several, as of a cell with one; nothing is asked."""
    company.case("multi-value/sheet.csv")
    assert company.asked("sheet") == []
    regions = {ident: partner.entries[0].regions for ident, partner in company.partners.items()}
    assert regions["tavaro-systems"] == ("AMER", "EMEA")
    assert regions["estoril"] == ("APAC", "AMER", "EMEA")


def test_an_unknown_item_is_asked_about_once(company: Company) -> None:
    """However many cells, with whatever others, it stands in; one answer is enough, also to leave it out."""
    rows = ["Mars; EMEA", "EMEA; Mars; Venus", "Venus", "AMER / Mars"]
    company.take(
        "name,types,owner,regions",
        *(f"Company {name},ISV,Maya Okafor,{row}" for name, row in zip("ABCD", rows, strict=True)),
    )
    assert {(one.value, one.rows) for one in company.asked()} == {
        ("Mars", "2, 3"),
        ("Venus", "3, 4"),
        ("AMER / Mars", "5"),
    }
    company.decide({"Mars": "APAC", "Venus": "skip", "AMER / Mars": "AMER; APAC"})
    company.take()
    found = {ident: partner.entries[0].regions for ident, partner in company.partners.items()}
    assert found == {
        "company-a": ("APAC", "EMEA"), "company-b": ("EMEA", "APAC"), "company-c": (), "company-d": ("AMER", "APAC"),
    }  # fmt: skip


# --- names that a program has changed -----------------------------------------------------


@pytest.mark.parametrize(
    ("name", "what"),
    [("TRUE", "yes or no"), ("1-Mar", "a day"), ("Mar-26", "a day"), ("2026-03-01", "a day"), ("3/1/2026", "a day"),
     ("46112", "a number"), ("1.2E+11", "a number"), ("#NAME?", "a failed formula")],
)  # fmt: skip
def test_a_name_that_is_none_any_more(company: Company, name: str, what: str) -> None:
    """It is asked about; it may be the name."""
    company.take("name,types,owner", f"{name},ISV,Maya Okafor")
    (asked,) = company.asked()
    assert asked.reason == f"this is {what}: a spreadsheet program may have made it of the name"
    assert not company.partners
    company.decide({name: "new"})
    company.take()
    assert [partner.name for partner in company.partners.values()] == [name]
