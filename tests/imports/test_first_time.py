"""A sheet that nobody imported yet, and partners that are recorded already: nothing tells which of the two is newer."""

from __future__ import annotations

import pytest

from tests.imports.kit import Company

HEAD = "name,types,owner,tier,notes"


@pytest.fixture
def three(company: Company) -> Company:
    """Three partners are recorded, by somebody who reads mail as well as spreadsheets."""
    for name in ("Tavaro", "Quillmoor", "Estoril"):
        company.known(name.lower(), name, ", tier: Select, notes: Called on Monday.")
    return company


def tiers(company: Company) -> list[str]:
    return [company.entry(ident).tier for ident in ("tavaro", "quillmoor", "estoril")]


SHEET = (
    HEAD,
    "Tavaro,ISV,Maya Okafor,Premier,Called on Monday.",
    "Quillmoor,ISV,Maya Okafor,Premier,",
    "Estoril,ISV,Maya Okafor,Registered,",
)


def test_a_newer_file_is_not_overwritten(three: Company) -> None:
    """What differs is one question a column, which quotes both sides; nothing changes before it is answered."""
    before = three.data
    result = three.take(*SHEET)
    assert three.data == before
    assert "Nothing changes yet." in result.stdout
    (asked,) = three.asked()
    assert (asked.field, asked.value, asked.rows) == ("tier", "(differs)", "2, 3, 4")
    assert asked.reason == (
        "the spreadsheet and the playbook say different things: row 2 'Premier' and 'Select', row 3 'Premier' and "
        "'Select' and row 4 'Registered' and 'Select'"
    )
    assert asked.choices.endswith("in all of these rows; or each to decide about each of them")
    three.take()
    assert three.data == before
    assert [one.value for one in three.asked()] == ["(differs)"]


@pytest.mark.parametrize(("answer", "left"), [("take", ["Premier", "Premier", "Registered"]), ("skip", ["Select"] * 3)])
def test_one_answer_for_a_column(three: Company, answer: str, left: list[str]) -> None:
    """Either side wins in all of its rows, and is not asked again, whatever becomes of the data."""
    three.take(*SHEET)
    three.decide({"(differs)": answer})
    assert "To decide" not in three.take().stdout
    assert tiers(three) == left
    path = three.folder / "data" / "partners.yml"
    path.write_text(three.data.replace(f"tier: {left[0]}", "tier: Registered"), "utf-8")
    assert "Nothing changes: " in three.take().stdout


def test_an_answer_for_each_row(three: Company) -> None:
    """Whoever wants to look at each of them says so."""
    three.take(*SHEET)
    three.decide({"(differs)": "each"})
    three.take()
    asked = {one.value: one.reason for one in three.asked() if one.reason != "decided"}
    assert asked == {
        "tavaro: Premier": "the spreadsheet says 'Premier', the playbook 'Select'",
        "quillmoor: Premier": "the spreadsheet says 'Premier', the playbook 'Select'",
        "estoril: Registered": "the spreadsheet says 'Registered', the playbook 'Select'",
    }
    three.decide({"tavaro: Premier": "take", "quillmoor: Premier": "skip"})
    three.take()
    assert tiers(three) == ["Premier", "Select", "Select"]
    assert [one.value for one in three.asked() if one.reason != "decided"] == ["estoril: Registered"]


def test_what_is_missing_is_filled_in(three: Company) -> None:
    """An empty field, a usual value that nobody wrote down, one more item of a list: there is nothing to lose."""
    three.take("name,segment,status,regions,sponsor", "Tavaro,Enterprise,prospect,EMEA,Liam Harcourt")
    entry = three.entry("tavaro")
    assert (entry.segment, entry.status, entry.regions, entry.sponsor) == (
        "Enterprise", "prospect", ("EMEA",), "liam-harcourt",
    )  # fmt: skip
    three.take("name,regions", "Tavaro,APAC", name="more.csv")
    assert three.entry("tavaro").regions == ("EMEA", "APAC")
    assert three.asked() == three.asked("more") == []


@pytest.mark.parametrize(
    ("title", "cell", "value"),
    [
        ("owner", "Liam Harcourt", "tavaro: liam-harcourt"),
        ("types", "Reseller", "tavaro: solution-reseller"),
        ("types", "ISV; Reseller", "tavaro: isv-ihv; solution-reseller"),
        ("notes", "Called on Friday.", "tavaro: Called on Friday."),
        ("mode", "close", "tavaro: close"),
    ],
)
def test_every_kind_of_field_is_asked_about(company: Company, title: str, cell: str, value: str) -> None:
    """A person, a type, a text, a mode; one row is one question."""
    company.known("tavaro", "Tavaro", ", notes: Called on Monday., mode: light")
    before = company.data
    company.take(f"name,{title}", f"Tavaro,{cell}")
    assert [(one.field, one.value) for one in company.asked()] == [(title, value)]
    assert company.data == before


def test_what_holds_for_all_rows_overwrites_nothing(three: Company) -> None:
    """The defaults of the column map speak for entries that say nothing, and raise no question."""
    (three.folder / "our.columns.yml").write_text(
        "columns: {name: name}\ndefaults: {types: solution-reseller, owner: liam-harcourt, segment: Enterprise}\n"
    )
    three.take("name", "Tavaro", "Bellhaven")
    assert three.asked() == []
    assert (three.entry("tavaro").owner, three.entry("tavaro").segment) == ("maya-okafor", "Enterprise")
    assert three.entry("tavaro").types == ("isv-ihv",)
    assert three.entry("bellhaven").types == ("solution-reseller",)


def test_a_later_day_still_wins(company: Company) -> None:
    """A review has its day with it, and that tells which is newer."""
    company.known("tavaro", "Tavaro", ", reviewed: {date: 2026-01-05, by: maya-okafor}")
    company.known("estoril", "Estoril", ", reviewed: {date: 2026-01-05, by: maya-okafor}")
    company.take("name,last review,reviewer", "Tavaro,2026-03-31,Liam Harcourt", "Estoril,2026-01-05,Liam Harcourt")
    review = company.entry("tavaro").reviewed
    assert review is not None
    assert (str(review.date), review.by) == ("2026-03-31", "liam-harcourt")
    assert [(one.field, one.value) for one in company.asked()] == [("reviewed_by", "estoril: liam-harcourt")]
