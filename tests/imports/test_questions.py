"""Questions that can be answered: in a useful order, with what is allowed, and with the partners they are about."""

from __future__ import annotations

import csv
import io

import pytest

from tests.imports.kit import Company
from tests.kit import contents

PEOPLE = "liam-harcourt, maya-okafor, priya-raman, tomas-lindqvist"
SHEET = (
    "name,types,owner,tier,regions",
    "Tavaro,ISV,Maya Okafor,Select,EMEA",
    "Quillmoor,ISV,Somebody Else,Gold,EMEA; Mars",
    "Bellhaven,,Maya Okafor,,",
    "Bluefen Tecknik,ISV,Maya Okafor,,Mars",
    "Corvane,ISV,Somebody Else,,",
)


def lines(company: Company) -> list[dict[str, str]]:
    text = (company.folder / "our.review.csv").read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_order_of_questions(company: Company) -> None:
    """What may overwrite comes first, then texts by their field, then who is who, and new partners last."""
    company.take("name,types,owner,tier", "Tavaro,ISV,Maya Okafor,Select")
    path = company.folder / "data" / "partners.yml"
    path.write_text(company.data.replace("tier: Select", "tier: Premier"), "utf-8")
    company.take(*(line.replace("Select", "Registered") for line in SHEET))
    assert [(one.field, one.value) for one in company.asked()] == [
        ("tier", "tavaro: Registered"),
        ("owner", "Somebody Else"),
        ("regions", "Mars"),
        ("tier", "Gold"),
        ("name", "Bluefen Tecknik"),
        ("types", ""),
    ]


def test_questions_quote_their_rows(company: Company) -> None:
    """By the names of the partners, in the review file and on the screen; a question about a name needs none."""
    result = company.take(*SHEET)
    assert {line["value"]: line["names"] for line in lines(company)} == {
        "Somebody Else": "Quillmoor; Corvane", "Mars": "Quillmoor; Bluefen Tecknik", "Gold": "Quillmoor",
        "Bluefen Tecknik": "", "": "Bellhaven",
    }  # fmt: skip
    assert "2 rows from 3 (Quillmoor; Corvane), owner 'Somebody Else': " in result.stdout
    company.take(SHEET[0], *(f"Company {at},ISV,Nobody,," for at in range(9)))
    assert lines(company)[0]["names"] == "Company 0; Company 1; Company 2; Company 3; Company 4 and 4 more"


@pytest.mark.parametrize(
    ("column", "text", "choices"),
    [
        ("tier", "Gold", "Premier, Registered, Select"),
        ("tier", "Preemier", "did you mean 'Premier'? one of: Premier, Registered, Select"),
        ("tier", "Regal", "Premier, Registered, Select"),
        ("status", "live", "active, dormant, ended, onboarding, prospect"),
        ("owner", "Maia Okafor", f"did you mean 'maya-okafor'? one of: {PEOPLE}"),
        ("owner", "Mara Olsen", PEOPLE),
        ("types", "Data", "isv-ihv, msp, sales-agent, solution-reseller, system-integrator"),
        ("types", "Sales agend", "did you mean 'sales-agent' (Sales agent)?"),
        ("types", "Selling", "its types: isv-ihv, msp, solution-reseller, system-integrator, sales-agent"),
    ],
)  # fmt: skip
def test_what_is_allowed_is_shown(company: Company, column: str, text: str, choices: str) -> None:
    """With the nearest one where it is near; a guess that is far is no help."""
    company.take(f"name,{column}", f"Tavaro,{text}")
    (asked,) = (one for one in company.asked() if one.value)
    assert asked.choices == choices


@pytest.mark.parametrize(("title", "said"), [("Firm name", ""), ("Spnsor", "; did you mean sponsor?"), ("Zip", "")])
def test_a_far_guess_at_a_column_is_not_shown(company: Company, title: str, said: str) -> None:
    """It is ignored, and that is said."""
    result = company.take(f"name,types,owner,{title}", "Tavaro,ISV,Maya Okafor,x")
    assert f"  {title} is ignored{said}\n" in result.stdout


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_review_file_of_an_earlier_version_is_read(company: Company, delimiter: str) -> None:
    """It has no names, and its columns may stand in another order."""
    company.take("name,types,owner", "Tavaro,ISV,Somebody Else")
    head = ["decision", "field", "value", "rows", "reason", "choices"]
    row = ["maya-okafor", "owner", "Somebody Else", "2", "", ""]
    text = "\n".join(delimiter.join(cells) for cells in (head, row))
    (company.folder / "our.review.csv").write_text(text + "\n", "utf-8")
    assert "To decide" not in company.take().stdout
    assert company.entry("tavaro").owner == "maya-okafor"


def test_a_dry_run_can_be_answered(company: Company) -> None:
    """Its map and its review file are those of the real run, which then asks nothing."""
    company.take(*SHEET, options=("--dry-run",))
    company.decide(
        {"Somebody Else": "Liam Harcourt", "Mars": "skip", "Gold": "Premier", "Bluefen Tecknik": "skip", "types": "ISV"}
    )
    assert "To decide" not in company.take(options=("--dry-run",)).stdout
    assert not company.partners
    company.take()
    assert set(company.partners) == {"tavaro", "quillmoor", "bellhaven", "corvane"}


@pytest.mark.parametrize(
    ("answer", "left"), [("Skip", ""), ("SKIP ", ""), ("New", "bluefen-tecknik"), (" nEW", "bluefen-tecknik")]
)
def test_answers_in_capitals(company: Company, answer: str, left: str) -> None:
    """Expected: they are taken as those in small letters."""
    company.take("name,types,owner", "Bluefen Tecknik,ISV,Maya Okafor")
    company.decide({"Bluefen Tecknik": answer})
    assert "To decide" not in company.take().stdout
    assert list(company.partners) == [left][: len(left)]


def test_an_answer_that_is_none(company: Company) -> None:
    """Expected: the question says so, with what may be written, in the review file and on the screen; no other does."""
    company.take("name,owner,tier", "Bluefen Technik,Somebody Else,Select")
    company.take("name,owner,tier", "Bluefen Technik,Tomas Lindqvist,Premier")
    company.take("name,owner,tier", "Bluefen Technik,Tomas Lindqvist,")
    company.decide({"(emptied)": "yes"})
    said = company.take("name,owner,tier", "Bluefen Technik,Nobody,").stdout
    reasons = {one.field: one.reason for one in company.asked() if one.reason != "decided"}
    assert reasons["tier"].endswith("; 'yes' is no answer: write clear or skip")
    assert reasons["tier"] in said
    assert reasons["owner"] == "'Nobody' is not known here"
    company.decide({"Nobody": "Nobody Either", "(emptied)": "Clear"})
    company.take()
    (reason,) = (one.reason for one in company.asked() if one.reason != "decided")
    assert reason == "'Nobody Either' is not known here"
    assert company.entry("bluefen-technik").tier == ""


def test_rows_that_disagree_keep_nothing_from_being_asked(company: Company) -> None:
    """Expected: nothing is taken, and the review file is there all the same."""
    before = company.data
    result = company.take("name,types,owner,tier", "Tavaro,Baker,Nobody,Select", "Tavaro,ISV,,Premier")
    assert result.exit_code == 1
    assert "rows 2 and 3 disagree about Tavaro" in result.stderr
    assert [one.value for one in company.asked()] == ["Baker", "Nobody"]
    assert company.data == before


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("yes", "there is no partner 'yes'"),
        ("Take", "there is no partner 'take'"),
        ("bluefen-tecnik", "there is no partner 'bluefen-tecnik'"),
        ("Bluefen Technik", "'Bluefen Technik' is no id"),
    ],
)
def test_an_answer_that_names_no_partner(company: Company, answer: str, said: str) -> None:
    """Expected: nobody is new by that id, and what may be written is said."""
    company.take("name,types,owner", "Bluefen Tecknik,ISV,Maya Okafor")
    company.decide({"Bluefen Tecknik": answer})
    company.take()
    assert not company.partners
    (asked,) = company.asked()
    assert asked.reason == said
    assert asked.choices
    company.decide({"Bluefen Tecknik": "Bluefen Technik (bluefen-technik)"})
    assert company.take().exit_code == 0
    assert [one for one in company.asked() if one.field == "name" and not one.decision] == []
    assert not company.partners


@pytest.mark.parametrize("end", ["review.csv", "imported.csv", "csv"])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_marks_of_an_unfinished_merge(company: Company, end: str, at: int) -> None:
    """Expected: an error with the line, wherever they stand, and nothing is written."""
    company.take("name,types,owner", "Bluefen Tecknik,ISV,Maya Okafor", "Tavaro,ISV,Maya Okafor")
    path = company.folder / f"our.{end}"
    old = path.read_text("utf-8").splitlines(keepends=True)
    both = ["<<<<<<< HEAD\n", *old[at : at + 1], "=======\n", *old[at : at + 1], ">>>>>>> other\n"]
    path.write_text("".join([*old[:at], *both, *old[at + 1 :]]), "utf-8")
    before = contents(company.folder)
    result = company.take()
    assert result.exit_code == 1
    assert f"our.{end}:{at + 1}:1: error[merge-conflict]: the marker <<<<<<< of an unfinished merge" in result.stderr
    assert contents(company.folder) == before


def test_a_line_of_equal_signs_is_none(company: Company) -> None:
    """Expected: a sheet may have a line under its title."""
    company.take("Our partners,,", "=======,,", "name,types,owner", "Tavaro,ISV,Maya Okafor")
    assert set(company.partners) == {"tavaro"}
