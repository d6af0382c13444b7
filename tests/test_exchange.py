"""A department's spreadsheet becomes inventory: what is understood, what is asked, and what stays as it was."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from generator.boundary import Exit
from generator.exchange.exporting import as_json
from generator.exchange.fields import COLUMNS
from generator.exchange.rows import ExportTable
from generator.model import Playbook
from tests.kit import contents, data_in, loaded, run

TAXONOMY = """\
functions: [{id: sell, name: Selling, value: Sells.}]
types:
  - {id: shop, name: Shop, function: sell, definition: Sells in a shop., mode: light, aliases: [Reseller]}
  - {id: agent, name: Agent, function: sell, definition: Sells for a fee., mode: light, business_models: [Fee]}
  - {id: ally, name: Ally, function: sell, definition: Sells with us., mode: close}
  - {id: maker, name: Maker, function: sell, definition: Makes things., mode: {before: light, after: close}}
modes:
  - {id: light, name: Light touch, summary: Asks for nothing.}
  - {id: close, name: Close, summary: Asks for a lot.}
stages: [{id: before, name: Before launch, before_launch: true}, {id: after, name: After launch}]
factors: [{id: power, name: Power}]
ambiguous_aliases: [{alias: VAR, types: [shop, ally]}]
"""
PEOPLE = """\
people:
  - {id: ann-lee, name: Ann Lee, email: ann@example.com}
  - {id: bo-diaz, name: Bo Díaz}
  - {id: jo-kim, name: Jo Kim}
  - {id: jo-kim-2, name: Jo Kim}
"""
SETTINGS = "company: Example\nas_of: 2026-06-01\nregions: [EMEA, APAC, NA]\ntiers: [Premier, Select]\n"
PORTFOLIO = "offers: [{id: gateway, name: Edge Gateway, status: live}]\n"
PARTNERS = """\
# Kept by hand.
departments:
  - id: sales
    name: Sales
    partners:
      # The first of them.
      - id: acme
        name: Acme, Inc.
        types: [shop]   # since 2020
        owner: ann-lee
        regions: [EMEA]
        domain: acme.example
        formerly: [acme-old]
        notes: |
          Two lines
          of notes.

      - id: zeta
        name: Zeta
        types: [VARx, agent]
        owner: null
  - id: alliances
    name: Alliances
    partners:
      - {id: beta, name: Beta Systems, types: [ally], owner: bo-diaz, domain: beta.example}
""".replace("VARx, ", "")
FILES = {"taxonomy": TAXONOMY, "people": PEOPLE, "settings": SETTINGS, "portfolio": PORTFOLIO, "partners": PARTNERS}


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a small company, which is where commands run."""
    data_in(tmp_path / "data", **FILES)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def take(company: Path) -> Callable[..., Result]:
    """Imports a CSV file of these lines into the sales department; nothing is ever said by a traceback."""

    def take(*lines: str, department: str = "sales", options: tuple[str, ...] = ()) -> Result:
        if lines:
            (company / "our.csv").write_text("\n".join(lines) + "\n", "utf-8")
        result = run("import", "our.csv", "--department", department, *options)
        assert "bug of playbook" not in result.output
        return result

    return take


def written(company: Path) -> str:
    return (company / "data" / "partners.yml").read_text("utf-8")


def playbook(company: Path) -> Playbook:
    return loaded(company / "data")


def review(company: Path) -> list[list[str]]:
    """The lines of the review file below its first, as cells, without the names of the partners."""
    import csv

    text = (company / "our.review.csv").read_text("utf-8-sig")
    return [[*row[:3], *row[4:]] for row in csv.reader(text.splitlines())][1:]


def decide(company: Path, **decisions: str) -> None:
    """Fill in the review file: VALUE="decision"."""
    import csv
    import io

    rows = [[*row[:5], decisions.get(row[1] or row[0], row[5])] for row in review(company)]
    out = io.StringIO()
    csv.writer(out).writerows([["field", "value", "rows", "reason", "choices", "decision"], *rows])
    (company / "our.review.csv").write_text(out.getvalue(), "utf-8")


# --- what is understood -------------------------------------------------------------------


def test_an_untidy_sheet_becomes_inventory(company: Path, take: Callable[..., Result]) -> None:
    """Titles above the header, usual headings, names of people and types in full, web addresses, blanks."""
    result = take(
        "Channel partners 2026,,,,,",
        "",
        "COMPANY,Partner Type(s),Partner  Manager,Region(s),Web site,Status",
        'Ørsted & Söhne GmbH,resellers,"Lee, Ann","EMEA, NA",https://www.orsted.example/about,Prospect',
        "Nu,Agent / Ally,ann@example.com,n/a,-,",
        "COMPANY,Partner Type(s),Partner  Manager,Region(s),Web site,Status",
    )
    assert result.exit_code == Exit.FINE
    entry, nu = (playbook(company).partners[one].entries[0] for one in ("orsted-sohne-gmbh", "nu"))
    assert (entry.types, entry.owner, entry.regions, entry.status) == (("shop",), "ann-lee", ("EMEA", "NA"), "prospect")
    assert playbook(company).partners["orsted-sohne-gmbh"].domain == "orsted.example"
    assert (nu.types, nu.owner, nu.regions) == (("agent", "ally"), "ann-lee", ())
    assert "Partner Manager is owner" in result.output


def test_comments_and_everything_else_stay(company: Path, take: Callable[..., Result]) -> None:
    """New entries come to their sorted place; of an old one, the line that says something new is another."""
    assert take("Name,Type,Owner,Region", "Acme Inc,,,APAC;EMEA", "Mu,Shop,,").exit_code == Exit.FINE
    lines = written(company).splitlines()
    gone = [line for line in PARTNERS.splitlines() if line not in lines]
    came = [line.strip() for line in lines if line not in PARTNERS.splitlines()]
    assert gone == ["        regions: [EMEA]"]
    assert came == ["regions: [EMEA, APAC]", "- id: mu", "name: Mu", "types: [shop]"]


def test_running_twice_changes_nothing(company: Path, take: Callable[..., Result]) -> None:
    """The second run says so, and leaves every byte alone."""
    sheet = ("Name,Type,Owner,Crunch,Region", "Mu,VAR,Nobody Known,x,Mars", "Nu,Shop,Bo Diaz?,,EMEA", "Acme,Ally,,,")
    take(*sheet)
    before = contents(company)
    result = take()
    assert result.exit_code == Exit.FINE
    assert "Nothing changes yet." in result.stdout
    assert contents(company) == before
    (company / "our.columns.yml").unlink()
    take("Name,Region", "Acme,Mars; APAC")
    take("Name,Region", "Acme,APAC")
    assert "Nothing changes: the data says so already." in take().stdout


def test_blanks_never_erase(company: Path, take: Callable[..., Result]) -> None:
    """Empty, a hyphen, n/a: what is recorded stays."""
    result = take("Name,Type,Owner,Region,Website,Notes", "Acme,-,n/a,,N/A,–", "Zeta,,tbd,?,--,")
    assert "Nothing changes" in result.stdout
    assert written(company) == PARTNERS


@pytest.mark.parametrize(
    "row", ["acme,,", "acme-old,,", ",ACME inc.,", ",Acme,", "acme,A new name for it,", ",Whatever & Co,acme.example"]
)
def test_who_a_row_is_about(company: Path, take: Callable[..., Result], row: str) -> None:
    """The id, a former id, the name without capitals, punctuation and legal form; a domain alone is asked about."""
    result = take("id,Name,Website,Tier", f"{row},Premier")
    if "Whatever" in row:
        assert review(company)[0][:2] == ["name", "Whatever & Co"]
        decide(company, **{"Whatever & Co": "acme"})
        take()
    assert "Premier" in result.stdout + written(company)
    assert playbook(company).partners["acme"].entries[0].tier == "Premier"
    assert list(playbook(company).partners) == ["acme", "beta", "zeta"]


def test_a_partner_of_another_department_keeps_its_id(company: Path, take: Callable[..., Result]) -> None:
    """The new entry has no name of its own, and what the other department records of the company stays."""
    result = take("id,Name,Type,Website", "beta,BETA systems,Shop,https://other.example")
    assert "the domain of beta stays 'beta.example', as alliances records it" in result.stdout
    assert "      - id: beta\n        types: [shop]\n        owner: null\n" in written(company)
    assert playbook(company).partners["beta"].departments == ("sales", "alliances")


def test_a_name_like_another_with_another_domain_is_asked_about(company: Path, take: Callable[..., Result]) -> None:
    """A legal form may be all that tells two companies apart; decided once, each is known by its own name."""
    take(
        "Name,Type,Website", "Mu,Shop,mu.example", "Mu Corporation,Shop,mucorp.example", "Beta Systems Corp.,Shop,b.io"
    )
    assert [row[1] for row in review(company)] == ["Mu Corporation", "Beta Systems Corp."]
    assert review(company)[0][3:5] == ["Mu has the same name and another domain, mu.example", "mu, or new"]
    decide(company, **{"Mu Corporation": "new", "Beta Systems Corp.": "beta"})
    take()
    assert {"mu", "mu-corporation"} <= set(playbook(company).partners)
    assert "Nothing changes" in take().stdout


def test_a_name_changes_where_the_id_says_who_it_is(company: Path, take: Callable[..., Result]) -> None:
    """A name that is only spelled otherwise does not."""
    take("id,name", "acme,Acme Worldwide")
    decide(company, **{"acme: Acme Worldwide": "take"})
    take()
    assert playbook(company).partners["acme"].name == "Acme Worldwide"
    take("name", "ACME worldwide")
    assert playbook(company).partners["acme"].name == "Acme Worldwide"


def test_rows_of_one_partner_are_joined(company: Path, take: Callable[..., Result]) -> None:
    """Types and lists are united; what both say must agree."""
    take("Name,Type,Region,Tier", "Mu Corp,Shop,EMEA,Select", "MU,Agent,APAC,", "mu corp.,Shop,,Select")
    (entry,) = playbook(company).partners["mu-corp"].entries
    assert (entry.types, entry.regions, entry.tier) == (("shop", "agent"), ("EMEA", "APAC"), "Select")


def test_names_that_make_one_id_stay_apart(company: Path, take: Callable[..., Result]) -> None:
    """Two companies never become one because their ids would be alike; ids are made of any script."""
    take("Name,Type", "Mu & Nu,Shop", "Mu Nu,Shop", "華為,Shop", "Con,Shop")
    names = {one.id: one.name for one in playbook(company).partners.values()}
    assert {"mu-nu": "Mu & Nu", "mu-nu-2": "Mu Nu", "huawei": "華為", "con-2": "Con"}.items() <= names.items()


def test_rows_of_other_departments_are_passed_over(company: Path, take: Callable[..., Result]) -> None:
    """And counted; a department is named by its id or its name."""
    result = take("department,Name,Type", "alliances,Mu,Shop", "sales,Nu,Shop", "Sales,Xi,Shop", "Finance,Pi,Shop")
    assert "2 rows of other departments than sales passed over." in result.stdout
    assert {"nu", "xi"} <= set(playbook(company).partners)
    assert not {"mu", "pi"} & set(playbook(company).partners)


def test_via_names_a_partner_of_the_same_sheet(company: Path, take: Callable[..., Result]) -> None:
    """By its name, also where it stands further down."""
    take("Name,Type,Via", "Mu,Shop,Nu Distribution", "Nu Distribution,Shop,", "Xi,Shop,Beta Systems")
    found = playbook(company).partners
    assert [found[one].entries[0].via for one in ("mu", "xi")] == ["nu-distribution", "beta"]


def test_two_entries_of_one_partner_are_told_apart(company: Path, take: Callable[..., Result]) -> None:
    """A department may list a company twice, as different types: the type says which entry a row is about."""
    twice = PARTNERS.replace("      - id: zeta", "      - {id: acme, types: [ally], owner: bo-diaz}\n      - id: zeta")
    (company / "data" / "partners.yml").write_text(twice)
    assert take("id,Type,Tier", "acme,Shop,Select", "acme,Ally,Premier").exit_code == Exit.FINE
    entries = playbook(company).partners["acme"].entries
    assert [(one.types, one.tier) for one in entries] == [(("shop",), "Select"), (("ally",), "Premier")]


def test_numbers_of_another_program_are_no_ids(company: Path, take: Callable[..., Result]) -> None:
    """A column called ID with numbers is left out, and said to be."""
    result = take("ID,Name,Type", "1,Mu,Shop", "2,Nu,Shop")
    assert "  ID is ignored" in result.stdout
    assert {"mu", "nu"} <= set(playbook(company).partners)


def test_na_is_a_region_and_no_blank(company: Path, take: Callable[..., Result]) -> None:
    """North America is often written so; n/a is a blank."""
    take("Name,Type,Owner,Region", "Mu,Shop,Ann Lee,NA")
    assert playbook(company).partners["mu"].entries[0].regions == ("NA",)


# --- what is asked ------------------------------------------------------------------------


def test_what_cannot_be_told_is_asked(company: Path, take: Callable[..., Result]) -> None:
    """With rows, reason and choices; such a partner waits, or at least the cell does, and the others go in."""
    result = take(
        "Name,Type,Owner,Tier,Last review",
        "Mu,VAR,Ann Lee,,",
        "Nu,Shpo,Ann Lee,,",
        "Xi,Shop,Anne Lea,,",
        "Pi,Shop,Jo Kim,,",
        "Rho,Shop,Ann Lee,Gold,3.4.26",
        "Tau,VAR,Ann Lee,,",
        "Beta Sistems,Shop,,,",
    )
    assert result.exit_code == Exit.FINE
    asked = {(row[0], row[1]): row[2:] for row in review(company)}
    assert asked["types", "VAR"] == ["2, 7", "'VAR' may mean several types", "write one of: shop, ally", ""]
    assert asked["types", "Shpo"][2] == "did you mean 'shop' (Shop)?"
    assert asked["owner", "Anne Lea"][2] == "did you mean 'ann-lee'? one of: ann-lee, bo-diaz, jo-kim, jo-kim-2"
    assert asked["owner", "Jo Kim"][1:3] == ["'Jo Kim' is the name of several", "jo-kim or jo-kim-2"]
    assert asked["tier", "Gold"][2] == "Premier, Select"
    assert asked["reviewed_date", "(order of day and month)"][1] == "'3.4.26' is 2026-04-03 or 2026-03-04"
    assert asked["name", "Beta Sistems"][1:3] == ["this is nearly the name of 'Beta Systems'", "beta, or new"]
    assert set(playbook(company).partners) == {"acme", "beta", "zeta", "rho"}


def test_decisions_are_taken(company: Path, take: Callable[..., Result]) -> None:
    """A value, new, an id, or skip; the file stays as it was answered, and a third run changes nothing."""
    take(
        "Name,Type,Owner",
        "Mu,VAR,Anne Lea",
        "Beta Sistems,Shop,",
        "Beta Sytems,Agent,",
        "Nu,Shop,Gone Away",
        "Acme.,Ally,",
    )
    asked = {"VAR", "Anne Lea", "Beta Sistems", "Beta Sytems", "Gone Away", "acme: ally"}
    assert {row[1] for row in review(company)} == asked
    twins = {"Beta Sistems": "new", "Beta Sytems": "beta", "acme: ally": "take"}
    decide(company, **{"VAR": "ally", "Anne Lea": "Ann Lee", "Gone Away": "skip", **twins})
    result = take()
    assert "To decide" not in result.output
    found = playbook(company).partners
    assert set(found) == {"acme", "beta", "beta-sistems", "mu", "nu", "zeta"}
    assert (found["mu"].types, found["mu"].entries[0].owner) == (("ally",), "ann-lee")
    assert found["nu"].entries[0].owner is None
    before = contents(company)
    assert "Nothing changes" in take().stdout
    assert contents(company) == before


def test_a_decision_that_says_nothing_is_asked_again(company: Path, take: Callable[..., Result]) -> None:
    """What was written stays in the file, with what is wrong with it."""
    take("Name,Type", "Mu,VAR")
    decide(company, VAR="alli")
    assert "did you mean 'ally' (Ally)?" in take().stdout
    assert review(company)[0][-1] == "alli"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_review_file_may_come_from_excel(company: Path, take: Callable[..., Result], encoding: str) -> None:
    """Saved with semicolons and other letters, it is read all the same, and written in its own way."""
    take("Name,Type,Owner", "Mü,VAR,Zoë Old")
    rows = [["field", "value", "rows", "reason", "choices", "decision"]]
    rows += [[*row[:5], {"VAR": "shop"}.get(row[1], "")] for row in review(company)]
    text = "\r\n".join(";".join(f'"{cell}"' for cell in row) for row in rows) + "\r\n"
    (company / "our.review.csv").write_bytes(text.encode(encoding))
    assert take().exit_code == Exit.FINE
    decided = text.replace('"Zoë Old";"2";', '"Zoë Old";"2";').replace('""\r\n', '"skip"\r\n')
    (company / "our.review.csv").write_bytes(decided.encode(encoding))
    assert take().exit_code == Exit.FINE
    assert playbook(company).partners["mu"].types == ("shop",)


def test_a_stage_is_asked_for_where_one_is_needed(company: Path, take: Callable[..., Result]) -> None:
    """One decision holds for all of them, and for nobody else; a column may say it for each."""
    take("Name,Type", "Mu,Maker", "Nu,Maker", "Xi,Shop")
    ((field, value, rows, reason, *_),) = review(company)
    assert (field, value, rows) == ("offer_stage", "", "2, 3")
    assert reason == "how a partner of the type 'Maker' is managed depends on the stage of its own offer"
    decide(company, offer_stage="After launch")
    assert take().exit_code == Exit.FINE
    stages = {one.id: one.entries[0].offer_stage for one in playbook(company).partners.values()}
    assert (stages["mu"], stages["nu"], stages["xi"]) == ("after", "after", None)
    take("Name,Type,offer_stage", "Rho,Maker,before")
    assert playbook(company).partners["rho"].entries[0].offer_stage == "before"


def test_a_sheet_without_types(company: Path, take: Callable[..., Result]) -> None:
    """New partners wait for the type of them all; those that are known need none."""
    take("Name,Tier", "Mu,Select", "Nu,Select", "Acme,Select")
    assert [row[:3] for row in review(company)] == [["types", "", "2, 3"]]
    assert playbook(company).partners["acme"].entries[0].tier == "Select"
    decide(company, types="Agent")
    take()
    assert playbook(company).partners["nu"].types == ("agent",)
    assert playbook(company).partners["acme"].types == ("shop",)


def test_half_a_review_asks_for_the_other_half(company: Path, take: Callable[..., Result]) -> None:
    """A review without a reviewer is none."""
    take("Name,Type,Last review", "Mu,Shop,2026-05-01")
    assert [row[:4] for row in review(company)] == [["reviewed_by", "", "2", "reviewed_by is missing"]]
    decide(company, reviewed_by="Bo Díaz")
    take()
    reviewed = playbook(company).partners["mu"].entries[0].reviewed
    assert reviewed is not None
    assert (str(reviewed.date), reviewed.by) == ("2026-05-01", "bo-diaz")


def test_decisions_may_leave_rows_out(company: Path, take: Callable[..., Result]) -> None:
    """A row by its name, and new partners without a type."""
    take("Name,Type", "Beta Sistems,Shop", "Mu,", "Nu,Shop")
    decide(company, **{"Beta Sistems": "skip", "types": "skip"})
    assert "To decide" not in take().stdout
    assert set(playbook(company).partners) == {"acme", "beta", "nu", "zeta"}


def test_an_id_that_is_none_and_a_name_that_makes_none(company: Path, take: Callable[..., Result]) -> None:
    """Both are asked about; an id in small letters is the answer."""
    take("id,Name,Type", "No Id!,Mu,Shop", ",!!!,Shop")
    assert {row[1]: row[4] for row in review(company)}["!!!"] == "an id: a short English name in small letters"
    decide(company, **{"!!!": "Three Marks"})
    assert "'Three Marks' is no id" in take().stdout
    decide(company, **{"!!!": "three-marks"})
    take()
    assert playbook(company).partners["three-marks"].name == "!!!"


@pytest.mark.long
def test_an_id_is_never_longer_than_one_may_be(company: Path, take: Callable[..., Result]) -> None:
    """Of a long name it is the beginning, to the last word that begins in it; a number at its end takes the room."""
    long = "a" * 64
    head = "department,id,Name,Type,Owner"
    take(head, f",,{'b' * 63} Corp,Shop,Ann Lee", f",,{'c' * 100},Agent,Ann Lee")
    assert {"b" * 63, "c" * 64} < set(playbook(company).partners)
    # An id that a row gives stays its own; a name that would make the same one gets another.
    numbers = [f"{'a' * 60}-{number}" for number in range(2, 1000)]
    taken = [f",{ident},Known {at},Shop,Ann Lee" for at, ident in enumerate((long, *numbers))]
    result = take(head, *taken, f",,{long},Agent,Ann Lee")
    assert result.exit_code == Exit.FINE, result.output
    new = set(playbook(company).partners) - {long, *numbers}
    assert {ident for ident in new if ident.startswith("aaa")} == {f"{'a' * 59}-1000"}
    assert max(map(len, playbook(company).partners)) == 64


@pytest.mark.parametrize("name", ["A" * 65, "A" * 64 + " B", "A" * 63 + "-B"])
def test_an_id_that_is_too_long_is_a_question(company: Path, take: Callable[..., Result], name: str) -> None:
    """Whoever writes one is told what it could be; one of 64 characters is taken."""
    rows = (f",{'n' * 65},Nu,Shop,Ann Lee", f",{'m' * 64},Mu,Shop,Ann Lee", f",,{name},Shop,Ann Lee")
    take("department,id,Name,Type,Owner", *rows)
    (asked,) = review(company)
    assert asked[:3] == ["id", "n" * 65, "2"]
    assert "at most 64" in asked[3]
    assert asked[4] == f"write {'n' * 64!r}"
    assert {"m" * 64, ("a" * 64)[: 63 if "-" in name else 64]} < set(playbook(company).partners)


@pytest.mark.parametrize(("number", "rows"), [(20, range(2, 22)), (21, range(2, 22)), (30, range(2, 22))])
def test_many_rows_that_ask_the_same_are_cut_short(
    company: Path, take: Callable[..., Result], number: int, rows: range
) -> None:
    """Twenty are named; that there are more is said where there are."""
    take("Name,Owner", *(f"{'x' * 20} {at} {at * 37},Ann Lee" for at in range(number)))
    (asked,) = (row for row in review(company) if row[0] == "types")
    assert asked[2] == ", ".join(map(str, rows)) + (" and more" if number > 20 else "")


@pytest.mark.parametrize(("decision", "taken"), [("Shopp", False), ("VAR", False), ("Reseller", True)])
def test_a_decision_for_all_has_to_mean_something(
    company: Path, take: Callable[..., Result], decision: str, taken: bool
) -> None:
    """What nobody knows, or what may mean several, decides nothing: it is asked again, and nothing is written."""
    take("Name,Owner", "Mu,Ann Lee")
    decide(company, types=decision)
    assert ("To decide" in take().stdout) is not taken
    assert ("mu" in playbook(company).partners) is taken


def test_what_an_entry_says_by_leaving_it_out_is_no_change(company: Path, take: Callable[..., Result]) -> None:
    """A partner is active, and its department does not lead, unless something else is written."""
    take("Name,Status,Lead", '"Acme, Inc.",Active,no')
    assert written(company) == PARTNERS
    take("Name,Status,Lead", '"Acme, Inc.",Dormant,yes')
    assert "status: dormant\n        lead: true\n" in written(company)


@pytest.mark.parametrize(
    "address",
    ["delta.example", "delta.example.", "www.delta.example.", "https://www.delta.example./", "WWW.delta.example"],
)
def test_an_address_gives_its_domain(company: Path, take: Callable[..., Result], address: str) -> None:
    """Without www in front and the dot of the root behind."""
    take("Name,Type,Owner,Website", f"Delta,Shop,Ann Lee,{address}")
    assert playbook(company).partners["delta"].domain == "delta.example"


def test_a_file_for_programs_can_be_read_by_people() -> None:
    """Letters of all scripts stand in it as they are, two spaces further in for each level."""
    text = as_json(ExportTable(COLUMNS, [{"department": "sales", "name": "李 Señor"}])).decode()
    assert '\n  "partners": [\n    {\n      "department": "sales",\n      "name": "李 Señor"\n' in text
    assert text.endswith("]\n}\n")


@pytest.mark.parametrize("given", ["No Id!", "n" * 65, "admin/mu"])
def test_a_row_whose_id_is_none_waits(company: Path, take: Callable[..., Result], given: str) -> None:
    """Once somebody has said which id it is, the partner is there once."""
    take("department,id,Name,Type,Owner", f",{given},Mu,Shop,Ann Lee", ",,Nu,Shop,Ann Lee")
    assert set(playbook(company).partners) == {"acme", "beta", "zeta", "nu"}
    decide(company, **{given: "m-u"})
    take()
    assert set(playbook(company).partners) == {"acme", "beta", "zeta", "nu", "m-u"}


def test_two_partners_of_one_name(company: Path, take: Callable[..., Result]) -> None:
    """It is asked which of them is meant."""
    path = company / "data" / "partners.yml"
    path.write_text(path.read_text() + "      - {id: zeta-2, name: ZETA, types: [ally], owner: null}\n")
    take("Name,Tier", "Zeta Ltd,Select")
    assert review(company)[0][3:5] == ["several partners have this name", "zeta or zeta-2, or new"]


def test_one_mode_or_one_for_each_type(company: Path, take: Callable[..., Result]) -> None:
    """A mode by its id or name; entries as the data files write them; what cannot be read is asked about."""
    take(
        "Name,Type,mode,lead,agreements",
        'Mu,Shop,Close,yes,"[{kind: nda, ends: 2027-01-15}]"',
        'Nu,Shop;Agent,"{shop: Close}",x,[{kind',
        "Xi,Shop,Clsoe,perhaps,",
    )
    found = playbook(company).partners
    assert (found["mu"].entries[0].modes, found["nu"].entries[0].modes) == (("close",), ("close", "light"))
    assert (found["mu"].entries[0].lead, found["mu"].entries[0].agreements[0].kind) == (True, "nda")
    assert {row[0]: row[4] for row in review(company)} == {
        "agreements": "write it as data files do",
        "mode": "did you mean 'close'? one of: close, light",
        "lead": "yes or no",
    }  # fmt: skip


def test_rows_without_a_name(company: Path, take: Callable[..., Result]) -> None:
    """A row of sums is no partner: it is told once, and skip keeps it quiet."""
    take("Name,Type,Owner", "Mu,Shop,", ",12 partners,3 owners")
    assert [row[:3] for row in review(company)] == [["name", "", "3"]]
    (company / "our.review.csv").write_text("field,value,rows,reason,choices,decision\nname,,3,,,skip\n")
    assert "To decide" not in take().stdout


# --- the column map -----------------------------------------------------------------------


def test_the_map_is_written_once_and_then_obeyed(company: Path, take: Callable[..., Result]) -> None:
    """It says what was understood; what an editor changes in it counts, and it is never written again.

    Columns that nobody knows are left open, since the review file asks about them.
    """
    take("Firm,Company,Level,What", "Mu,x,Gold,Shop")
    text = (company / "our.columns.yml").read_text()
    assert "  # Firm: ignore\n  Company: name\n  Level: tier\n  # What: ignore\nvalues: {}\ndefaults: {}\n" in text
    mine = "columns: {Firm: name, Company: ignore, What: types}\nvalues: {tier: {Gold: Premier}}\n"
    (company / "our.columns.yml").write_text(f"{mine}defaults: {{regions: EMEA}}\n")
    take()
    (entry,) = playbook(company).partners["mu"].entries
    assert (entry.types, entry.tier, entry.regions) == (("shop",), "Premier", ("EMEA",))
    assert (company / "our.columns.yml").read_text().startswith(mine)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("columns: {Name: nmae}", "error[bad-column]: there is no field 'nmae'"),
        ("columns: {Nmae: name}", "error[bad-column]: the spreadsheet has no column 'Nmae'"),
        ("values: {tear: {Gold: Premier}}", "did you mean 'tier'?"),
        ("values: {tier: Gold}", "tier has no usable value"),
        ("defaults: {region: EMEA}", "did you mean 'regions'?"),
        ("cols: {}", "unknown part 'cols'"),
        ("columns: [Name]", "columns has names and values"),
        ("- Name", "this is no column map"),
        ("columns: {Name: name", "error[bad-yaml]"),
    ],
)
def test_a_map_with_mistakes(company: Path, take: Callable[..., Result], text: str, said: str) -> None:
    """Its line and column are named, with what was meant; nothing is written."""
    (company / "our.columns.yml").write_text(text + "\n")
    before = contents(company / "data")
    result = take("Name,Type", "Mu,Shop")
    assert result.exit_code == Exit.PROBLEMS
    assert said in result.stderr
    assert "our.columns.yml:1:" in result.stderr
    assert contents(company / "data") == before


def test_a_column_that_the_map_ignores_may_go(company: Path, take: Callable[..., Result]) -> None:
    """Next month's spreadsheet may lack it; one that counts is missed."""
    take("Name,Type,Chart", "Mu,Shop,x")
    assert take("Name,Type", "Nu,Shop").exit_code == Exit.FINE
    assert "the spreadsheet has no column 'Type'" in take("Name", "Xi").stderr


# --- what is refused ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["Name,Name,Type", "Mu,Nu,Shop"], "row 1: column A 'Name' and column B 'Name' are both the field name"),
        (["Company,Type,Account", "Mu,Shop,Nu"], "columns: {Account: ignore}"),
        (["Nmae of it,Type", "Mu,Shop"], "no column holds the names of the partners; row 1 has 'Nmae of it', 'Type'"),
        (["Name,Type,Owner", "Mu,Shop,Ann\ufffd"], "row 2, column C 'Owner': it has damaged letters"),
        (
            ["Name,Type,Owner", "Mu,Shop,Ann Lee", "mu,,Bo Díaz"],
            "rows 2 and 3 disagree about mu: owner is 'ann-lee' and",
        ),
        (["Name,Type,Status", "Mu,Shop,active", "mu,,ended"], "in column C 'Status'"),
        (['Name,"Type', "Mu,Shop"], "row 1 cannot be read"),
    ],
)
def test_mistakes_of_a_sheet(company: Path, take: Callable[..., Result], lines: list[str], said: str) -> None:
    """They name file, row and column; nothing at all is written."""
    (company / "our.csv").write_text("\n".join(lines) + "\n", "utf-8")
    before = contents(company)
    result = take()
    assert result.exit_code == Exit.PROBLEMS
    assert said in result.stderr
    assert "our.csv:" in result.stderr
    assert "Nothing is written." in result.stderr
    assert contents(company) == before


def test_a_damaged_cell_of_an_ignored_column_is_no_matter(company: Path, take: Callable[..., Result]) -> None:
    """Nobody reads it."""
    assert take("Name,Type,Chart", "Mu,Shop,\ufffd").exit_code == Exit.FINE


def test_all_problems_are_told_at_once(company: Path, take: Callable[..., Result]) -> None:
    """Two rows, three columns."""
    result = take("Name,Type,Owner,Tier", "Mu,Shop,Ann Lee,Select", "Mu,,Bo Díaz,Premier", "Mu,,,Select")
    assert result.stderr.count("error[rows-disagree]") == 3 - 1
    assert "2 errors in 1 file" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing.csv", "--department", "sales"], "nothing.csv:1:1: error[bad-spreadsheet]: there is no such file"),
        (["our.csv", "--department", "sails"], "there is no department 'sails'. did you mean 'Sales'?"),
        (["data/our.csv", "--department", "sales"], "keep the spreadsheet outside the data folder"),
        (["our.csv"], "Missing option '--department'"),
    ],
)
def test_wrong_words(company: Path, arguments: list[str], said: str) -> None:
    """The nearest is proposed."""
    (company / "our.csv").write_text("Name,Type\nMu,Shop\n")
    before = contents(company)
    result = run("import", *arguments)
    assert result.exit_code != Exit.FINE
    assert said in result.stderr
    assert contents(company) == before


@pytest.mark.parametrize(
    ("file", "said", "code"),
    [
        (".", "'.' is a folder; name a spreadsheet in it", Exit.USAGE),
        ("", "'.' is a folder; name a spreadsheet in it", Exit.USAGE),
        ("/", "'/' is a folder; name a spreadsheet in it", Exit.USAGE),
        ("..", "this is a folder, not an ordinary file", Exit.PROBLEMS),
        ("data", "keep the spreadsheet outside the data folder", Exit.USAGE),
        ("pipe.csv", "this is a pipe, not an ordinary file", Exit.PROBLEMS),
        ("socket.csv", "this is a socket, not an ordinary file", Exit.PROBLEMS),
        ("/dev/zero", "this is a device, not an ordinary file", Exit.PROBLEMS),
        ("nowhere.csv", "it is a link to 'gone.csv', where no file is", Exit.PROBLEMS),
        ("round.csv", "this is a symbolic link, not an ordinary file", Exit.PROBLEMS),
        ("x" * 300 + ".csv", "give it, or the folders around it, a shorter name", Exit.PROBLEMS),
        ("x/" * 3_000 + "a.csv", "give it, or the folders around it, a shorter name", Exit.PROBLEMS),
        ("y" * 250, "cannot stand beside the spreadsheet: file name too long", Exit.USAGE),
        (
            "\udcff\udcfe.csv",
            "\\u{DCFF}\\u{DCFE}.csv:1:1: error[bad-spreadsheet]: there is no such file",
            Exit.PROBLEMS,
        ),
        ("mapped.csv", "this is a pipe, not an ordinary file", Exit.PROBLEMS),
        ("asked.csv", "this is a folder, not an ordinary file", Exit.PROBLEMS),
    ],
)
def test_what_is_no_spreadsheet_to_open(company: Path, file: str, said: str, code: Exit) -> None:
    """Whatever stands there, or beside it, is named, nothing is waited for, and nothing is written."""
    os.mkfifo(company / "pipe.csv")
    os.mkfifo(company / "mapped.columns.yml")
    (company / "asked.review.csv").mkdir()
    (company / "nowhere.csv").symlink_to("gone.csv")
    (company / "round.csv").symlink_to("round.csv")
    for name in ("mapped.csv", "asked.csv", "y" * 250):
        (company / name).write_text("Name,Type,Firma\nNu,Shop,x\n")
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("socket.csv")
    before = contents(company / "data")
    result = run("import", file, "--department", "sales")
    assert said in result.output
    assert result.exit_code == code
    assert contents(company / "data") == before


def test_a_name_that_is_no_utf8_is_taken(company: Path) -> None:
    """What is written beside it has the same odd name; on the screen it is written out."""
    (company / "\udcff.csv").write_text("Name,Type,Owner\nNu,Shop,Ann Lee\n")
    result = run("import", "\udcff.csv", "--department", "sales")
    assert result.exit_code == Exit.FINE, result.output
    assert "\\u{DCFF}.columns.yml says which column is which field" in result.output
    assert (company / "\udcff.columns.yml").is_file()
    for option in ("--department", "--sheet"):
        result = run("import", "\udcff.csv", "--department", "sales", option, "\udcff")
        assert result.exit_code in (Exit.USAGE, Exit.PROBLEMS), result.output


def test_a_review_file_of_somebody_else_stays(company: Path, take: Callable[..., Result]) -> None:
    """It is refused before anything is written."""
    (company / "our.review.csv").write_text("my,notes\n")
    before = contents(company / "data")
    result = take("Name,Type", "Mu,VAR", "Nu,Shop")
    assert result.exit_code == Exit.PROBLEMS
    assert "this is no review file" in result.stderr
    assert contents(company / "data") == before
    assert (company / "our.review.csv").read_text() == "my,notes\n"


def test_a_dry_run_leaves_the_data_alone(company: Path, take: Callable[..., Result]) -> None:
    """It tells what would change, and writes the column map and the review file, which can be filled in."""
    (company / "our.csv").write_text("Firm name,Company,Type\nx,Mu,Shop\nx,Nu,VAR\n")
    before = contents(company / "data")
    result = take(options=("--dry-run",))
    assert result.exit_code == Exit.FINE
    assert "Mu" in result.stdout
    assert "'VAR' may mean several types" in result.stdout
    assert "The data stays as it is: data/partners.yml would be written." in result.stdout
    assert contents(company / "data") == before
    assert sorted(path.name for path in company.glob("our.*")) == ["our.columns.yml", "our.csv", "our.review.csv"]


def test_what_the_data_cannot_hold_is_refused_whole(company: Path, take: Callable[..., Result]) -> None:
    """The checks of the data have the last word, and name the cells: the lines of a file never written help nobody."""
    before = contents(company / "data")
    result = take("Name,Type,Last review,Reviewer,Old id", "Nu,Shop,,,", "Mu,Shop,2030-01-01,Ann Lee,nu")
    assert result.exit_code == Exit.PROBLEMS
    assert "our.csv:3:3: error[future-date]: the review is dated 2030-01-01" in result.stderr
    assert "our.csv:3:5: error[duplicate-id]: the former id 'nu' is the id of a partner today" in result.stderr
    assert "2 errors in 1 file" in result.stderr
    assert contents(company / "data") == before


def test_what_clashes_with_another_entry_is_refused_at_that_entry(company: Path, take: Callable[..., Result]) -> None:
    """No cell of the spreadsheet is there, so the place in the data is told."""
    file = company / "data" / "partners.yml"
    file.write_text(file.read_text("utf-8").replace("owner: bo-diaz,", "owner: bo-diaz, formerly: [b-old],"), "utf-8")
    before = contents(company / "data")
    result = take("Name,Type,Old id", "Mu,Shop,b-old")
    assert result.exit_code == Exit.PROBLEMS
    assert "error[duplicate-id]: the former id 'b-old' is also claimed by 'mu'" in result.stderr
    assert "data/partners.yml:" in result.stderr
    assert contents(company / "data") == before


def test_a_company_without_a_list_of_people(company: Path, take: Callable[..., Result]) -> None:
    """Then an owner is whoever the sheet says."""
    (company / "data" / "people.yml").unlink()
    take("Name,Type,Owner", "Mu,Shop,Whoever It Is")
    assert playbook(company).partners["mu"].entries[0].owner == "Whoever It Is"


def test_a_department_without_partners(company: Path, take: Callable[..., Result]) -> None:
    """Its list is begun, each partner with lines of its own."""
    (company / "data" / "partners.yml").write_text("departments:\n  - id: sales\n    name: Sales\n    partners: []\n")
    take("Name,Type", "Nu,Shop", "Mu,Shop")
    assert "    partners:\n      - id: mu\n        name: Mu\n        types: [shop]\n" in written(company)
    assert list(playbook(company).partners) == ["mu", "nu"]
