"""Who a row is about: by our id, then by ids of other systems, then by domain and name; what is doubtful is asked."""

from __future__ import annotations

import pytest

from tests.imports.kit import CASES, Company

FORMS = (CASES / "legal-forms" / "forms.txt").read_text("utf-8").splitlines()
HEAD = "name,types,owner,website"


# --- ids of other systems -----------------------------------------------------------------


@pytest.mark.parametrize("case", ["known-partner.csv", "known-sf.csv"])
def test_a_recorded_partner_gets_no_second_entry(company: Company, case: str) -> None:
    """A CRM's ids in a column called ID never become ours: the rows are matched by domain and name."""
    result = company.case(f"ext-id/{case}")
    assert result.exit_code == 0
    assert not company.partners
    assert "is ignored: it holds no ids of partners; to record them, write in" in result.stdout


@pytest.mark.parametrize(
    ("case", "ids"),
    [
        ("guid.csv", {"tavaro-systems", "quillmoor"}),
        ("sf.csv", {"tavaro-systems", "quillmoor"}),
        ("odoo.csv", {"tavaro-systems", "quillmoor", "bellhaven"}),
    ],
)
def test_new_partners_get_ids_of_their_names(company: Company, case: str, ids: set[str]) -> None:
    """Whatever the other system's ids look like, and nothing is asked about them."""
    company.case(f"ext-id/{case}")
    assert set(company.partners) == ids
    assert company.asked(case.removesuffix(".csv")) == []


@pytest.mark.parametrize("head", ["id", "Id", "ID", "iD"])
@pytest.mark.parametrize("foreign", ["b3c1f5a0-9d1e-11ee-8c90-0242ac120002", "0015g00000xyz1aaac", "acct-77", "1042"])
def test_how_a_column_is_called_makes_no_difference(company: Company, head: str, foreign: str) -> None:
    """A heading of ours, in small letters, holds another system's ids as well as any other."""
    company.take(f"{head},{HEAD}", f"{foreign},Tavaro,ISV,Maya Okafor,tavaro.example")
    assert set(company.partners) == {"tavaro"}


def test_the_foreign_id_can_be_recorded(company: Company) -> None:
    """Once the column map says whose ids these are; from then on a row is known by it, whatever its name is now."""
    company.case("ext-id/known-partner.csv")
    columns = company.folder / "known-partner.columns.yml"
    columns.write_text(columns.read_text().replace("  ID: ignore", "  ID: ids_crm"))
    assert company.take(name="known-partner.csv").exit_code == 0
    assert company.playbook.partners["bluefen-technik"].ids == {"crm": "b3c1f5a0-9d1e-11ee-8c90-0242ac120002"}
    company.take(
        "ids_crm,name,types,owner",
        "b3c1f5a0-9d1e-11ee-8c90-0242ac120002,Something Else,Reseller,Liam Harcourt",
    )
    assert not company.partners
    assert "bluefen-technik: liam-harcourt" in {one.value for one in company.asked()}


def test_our_ids_are_known_by_what_they_are(company: Company) -> None:
    """One that is recorded, or is made of the name beside it, tells that the column holds ours."""
    company.take("ID,Name,Type,Owner", "bluefen-technik,Blue Fen,Reseller,Liam Harcourt", "tav,Tavaro,ISV,Maya Okafor")
    assert "bluefen-technik: Blue Fen" in {one.value for one in company.asked()}
    assert set(company.partners) == {"tav"}
    company.take("Id,Name,Type,Owner", "quillmoor,Quillmoor,ISV,Maya Okafor", name="more.csv")
    assert "quillmoor" in company.partners


@pytest.mark.parametrize("name", ["Tavaro™", "Tavaro®", "Tavaro ℠"])
def test_a_mark_is_no_part_of_an_id(company: Company, name: str) -> None:
    """Expected: the id is made of the name without it; the name keeps it."""
    company.take("name,types,owner", f"{name},ISV,Maya Okafor")
    assert {ident: partner.name for ident, partner in company.partners.items()} == {"tavaro": name}


def test_two_partners_with_the_ids_of_one_row(company: Company) -> None:
    """Nobody can tell which of them it is: both are offered."""
    company.known("tavaro", "Tavaro", ", ids: {crm: '1'}")
    company.known("quillmoor", "Quillmoor", ", ids: {erp: '2'}")
    company.take("name,types,owner,ids_crm,ids_erp", "Tavaro,ISV,Maya Okafor,1,2")
    (asked,) = company.asked()
    assert asked.reason == "its ids of other systems are those of several partners"
    assert asked.choices == "tavaro or quillmoor, or new"


def test_a_company_that_was_bought_is_the_one_that_bought_it(company: Company) -> None:
    """Expected: a row that still has the old name is about the buyer, which keeps its own, and nobody is new."""
    company.known("tavaro", "Tavaro", ", acquired: [{id: old-mill, name: Old Mill Software, date: 2025-01-01}]")
    company.take("Name,Type,Owner,Tier", "Old Mill Software,ISV,Maya Okafor,Select")
    assert set(company.partners) == {"tavaro"}
    assert company.partners["tavaro"].name == "Tavaro"
    assert company.entry("tavaro").tier == "Select"


def test_the_same_name_with_another_id_is_a_question(company: Company) -> None:
    """As with another domain: it may be another company."""
    company.known("tavaro", "Tavaro", ", ids: {crm: '1'}")
    company.take("name,types,owner,ids_crm", "Tavaro,ISV,Liam Harcourt,2")
    (asked,) = company.asked()
    assert asked.reason == "Tavaro has the same name and another id in crm, 1"
    assert company.entry("tavaro").owner == "maya-okafor"


# --- legal forms --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "form",
    [*FORMS, "Tavaro GmbH & Co. KG", "ТОО Tavaro", "(株)Tavaro", "Tavaro spol. s r.o.", "PT Tavaro Tbk", "Tavaro A/S"],
)
def test_a_legal_form_makes_no_second_partner(company: Company, form: str) -> None:
    """Of whatever country: it is the partner, or a question."""
    company.known("tavaro", "Tavaro")
    company.take("name,types,owner", f'"{form}",ISV,Liam Harcourt')
    assert set(company.partners) == {"tavaro"}
    assert company.asked() or company.entry("tavaro").owner == "liam-harcourt"


@pytest.mark.parametrize("name", ["Tavaro™", "Tavaro ℠", "Tavaro®", "Tavaro ©", "Tavaro (TM)", "TAVARO(R) GmbH"])
def test_a_mark_makes_no_second_partner(company: Company, name: str) -> None:
    """That a name is protected says nothing about whose it is."""
    company.known("tavaro", "Tavaro")
    company.take("name,types,owner,tier", f"{name},ISV,Maya Okafor,Select")
    assert (set(company.partners), company.entry("tavaro").tier) == ({"tavaro"}, "Select")


@pytest.mark.parametrize(
    "name", ["Tavaro (UK)", "Tavaro (UK) Ltd", "Tavaro (Deutschland) GmbH", "Tavaro Ltd (UK)", "Tavaro [old] (UK) Inc."]
)
def test_what_stands_in_brackets_is_a_question(company: Company, name: str) -> None:
    """Wherever it stands behind the name: it may be a part of the company, or another one."""
    company.known("tavaro", "Tavaro")
    company.take("name,types,owner", f"{name},ISV,Maya Okafor")
    (asked,) = company.asked()
    assert (asked.value, asked.choices) == (name, "tavaro, or new")


@pytest.mark.parametrize(("name", "other"), [("(in) Motion", "Motion"), ("[24]7 Systems", "7 Systems")])
def test_brackets_at_the_beginning_are_the_name(company: Company, name: str, other: str) -> None:
    """Two companies: the words in front tell them apart."""
    company.take("name,types,owner", f"{name},ISV,Maya Okafor", f"{other},ISV,Maya Okafor")
    assert (len(company.partners), company.asked()) == (2, [])


@pytest.mark.parametrize(
    ("name", "other"),
    [("Spa Systems", "Systems"), ("Limited Run", "Run Limited"), ("Cold Sea Traders", "Cold Traders")],
)
def test_what_looks_like_a_form_elsewhere_is_a_part_of_the_name(company: Company, name: str, other: str) -> None:
    """Inside a name, and in front of it where no form stands, nothing is taken away: two companies, or a question."""
    company.take("name,types,owner", f"{name},ISV,Maya Okafor", f"{other},ISV,Maya Okafor")
    assert len(company.partners) + len(company.asked()) == 2


@pytest.mark.parametrize("case", ["two-companies.csv", "two-companies-same-owner.csv"])
def test_companies_that_differ_in_what_looks_like_a_form_stay_apart(company: Company, case: str) -> None:
    """No two rows become one partner: each is one, or a question."""
    result = company.case(f"false-merge/{case}")
    assert result.exit_code == 0
    rows = len((CASES / "false-merge" / case).read_text().splitlines()) - 1
    assert len(company.partners) + len(company.asked(case.removesuffix(".csv"))) == rows
    assert "are one partner" not in result.stdout


@pytest.mark.parametrize(
    ("first", "second"), [("Tavaro Inc.", "Tavaro GmbH"), ("Tavaro Ltd", "Tavaro Pty Ltd"), ("OOO Tavaro", "Tavaro AG")]
)
def test_two_forms_are_a_question(company: Company, first: str, second: str) -> None:
    """Where only the form differs, nobody can tell; answered, each is known again."""
    company.take("name,types,owner", f"{first},ISV,Maya Okafor", f"{second},ISV,Maya Okafor")
    (asked,) = company.asked()
    assert (asked.value, asked.reason) == (second, f"{first} has the same name and another legal form")
    company.decide({second: "new"})
    company.take()
    assert {partner.name for partner in company.partners.values()} == {first, second}
    assert "Nothing changes" in company.take().stdout


def test_joined_rows_are_reported(company: Company) -> None:
    """Also where their names are the same, letter by letter."""
    result = company.take("name,types,owner", *["Tavaro Inc.,ISV,Maya Okafor"] * 2, "TAVARO,ISV,Maya Okafor")
    assert "rows 2, 3 and 4 are one partner, tavaro-inc" in result.stdout


# --- namesakes ----------------------------------------------------------------------------


def test_a_namesake_with_another_domain_is_a_question(company: Company) -> None:
    """Nothing recorded is overwritten, and nobody is merged; as a new one it is known again by its domain."""
    company.case("namesakes/known.csv")
    before = company.data
    company.case("namesakes/sheet.csv")
    assert company.data == before
    (asked,) = company.asked("sheet")
    assert (asked.value, asked.choices) == ("Dunholt", "dunholt, or new")
    assert asked.reason == "Dunholt has the same name and another domain, dunholt.example"
    company.decide({"Dunholt": "new"}, "sheet")
    company.take(name="sheet.csv")
    assert company.playbook.partners["dunholt-2"].domain == "dunholt-cert.example"
    assert "Nothing changes" in company.take(name="sheet.csv").stdout
    assert "Nothing changes" in company.take(name="known.csv").stdout


def test_namesakes_in_one_sheet(company: Company) -> None:
    """One answer is about one of them, not about both."""
    company.case("namesakes/one-sheet.csv")
    (asked,) = company.asked("one-sheet")
    assert asked.value == "Dunholt (dunholt-cert.example)"
    company.decide({asked.value: "new"}, "one-sheet")
    company.take(name="one-sheet.csv")
    found = {ident: partner.domain for ident, partner in company.partners.items()}
    assert found == {"dunholt": "dunholt.example", "dunholt-2": "dunholt-cert.example"}


@pytest.mark.parametrize("domain", ["www.dunholt.example", "https://de.dunholt.example/start", "DUNHOLT.example"])
def test_a_part_of_a_domain_is_that_domain(company: Company, domain: str) -> None:
    """With www or a country in front, it is the same company's."""
    company.known("dunholt", "Dunholt", ", domain: dunholt.example")
    company.take(HEAD, f"Dunholt,ISV,Maya Okafor,{domain}")
    assert company.asked() == []
    assert [*company.partners] == ["dunholt"]
    assert company.playbook.partners["dunholt"].domain == "dunholt.example"


def test_all_near_matches_are_offered(company: Company) -> None:
    """The likest first."""
    company.known("quillmoor-service", "Quillmoor Service")
    company.known("quillmoore-services", "Quillmoore Servicess")
    company.take("name,types,owner", "Quillmoor Services,ISV,Maya Okafor")
    (asked,) = company.asked()
    assert asked.choices == "quillmoor-service or quillmoore-services, or new"
    assert asked.reason == "this is nearly the name of 'Quillmoor Service', and that of 1 other"


# --- hosts --------------------------------------------------------------------------------


def test_hosts_that_many_share_are_links(company: Company) -> None:
    """Three companies, none of them a twin, and their addresses kept."""
    company.case("shared-hosts/sheet.csv")
    assert company.asked("sheet") == []
    links = {ident: partner.entries[0].links[0] for ident, partner in company.partners.items()}
    assert {ident: link.label for ident, link in links.items()} == {
        "ivelmoor": "Facebook", "jervisholt": "Facebook", "kelbyrun": "GitHub",
    }  # fmt: skip
    assert links["kelbyrun"].url == "https://github.com/kelbyrun/kelbyrun"
    assert not any(partner.domain for partner in company.partners.values())
    assert "Nothing changes" in company.take(name="sheet.csv").stdout


@pytest.mark.parametrize("address", ["linkedin.com/company/tavaro", "https://uk.linkedin.com/company/tavaro/about"])
def test_a_link_joins_those_that_are_there(company: Company, address: str) -> None:
    """None is lost, none comes twice."""
    company.known("tavaro", "Tavaro", ", links: [{label: Prices, url: 'https://tavaro.example/'}]")
    company.take(HEAD, f"Tavaro,,,{address}")
    assert [link.label for link in company.entry("tavaro").links] == ["Prices", "LinkedIn"]
    assert "Nothing changes" in company.take().stdout


@pytest.mark.parametrize("address", ["gmail.com", "https://www.facebook.com/", "somebody@hotmail.com"])
def test_a_host_alone_says_nothing(company: Company, address: str) -> None:
    """It is neither a domain nor a link: somebody is asked."""
    company.take(HEAD, f"Tavaro,ISV,Maya Okafor,{address}")
    (asked,) = company.asked()
    assert asked.reason.startswith("many share the host ")
    assert company.playbook.partners["tavaro"].domain == ""
    company.decide({address: "facebook.com"})
    company.take()
    assert company.playbook.partners["tavaro"].domain == "facebook.com"


def test_a_host_of_ones_own_below_a_shared_one(company: Company) -> None:
    """Pages of GitHub are a host for each company."""
    company.take(HEAD, "Tavaro,ISV,Maya Okafor,https://tavaro.github.io/")
    assert company.playbook.partners["tavaro"].domain == "tavaro.github.io"
