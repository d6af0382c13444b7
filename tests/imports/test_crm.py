"""Exports of well-known CRMs: their columns are understood as they are, and what was taken is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.exchange.crm import SYSTEMS, crm_of
from generator.exchange.fields import COLUMNS, system_of
from tests.imports.kit import CASES, Company

ROWS = {
    "dynamics": (
        "(Do Not Modify) Account,(Do Not Modify) Row Checksum,Account Name,Owner,Relationship Type,Website,Main Phone",
        "b3c1f5a0-9d1e-11ee-8c90-0242ac120002,x==,Tavaro Systems,Maya Okafor,ISV,https://tavaro.example,1",
        "b3c1f5a0-9d1e-11ee-8c90-0242ac120002",
    ),
    "zoho": (
        "Record Id,Account Owner.id,Account Owner,Account Name,Account Type,Website,Account Number,Ownership",
        "zcrm_554023000000,zcrm_1,Maya Okafor,Tavaro Systems,ISV,https://tavaro.example,0,Private",
        "zcrm_554023000000",
    ),
    "suitecrm": (
        "ID,Name,Assigned User Name,Account Type,Website,Date Entered,Date Modified,Billing Address Country",
        "4b1a7c2e-1,Tavaro Systems,Maya Okafor,ISV,https://tavaro.example,2026-01-01,2026-01-02,Germany",
        "4b1a7c2e-1",
    ),
}


@pytest.mark.parametrize("system", ROWS)
def test_a_row_of_a_crm(company: Company, system: str) -> None:
    """Name, owner, type, domain and its id, out of the box; nothing is asked."""
    heads, row, ident = ROWS[system]
    result = company.take(heads, row)
    assert result.exit_code == 0
    assert company.asked() == []
    partner = company.partners["tavaro-systems"]
    assert (partner.domain, partner.ids, partner.entries[0].types) == ("tavaro.example", {system: ident}, ("isv-ihv",))
    assert partner.entries[0].owner == "maya-okafor"
    name = {one.id: one.name for one in SYSTEMS}[system]
    assert f"1 row of an export of {name}." in result.stdout
    assert f" is ids_{system}\n" in result.stdout


def test_salesforce(company: Company) -> None:
    """What it cannot tell, an alias of a user and a type in its own words, is asked, and the row waits."""
    result = company.case("crm-headers/salesforce.csv")
    assert "1 row of an export of Salesforce." in result.stdout
    for said in ("Account ID is ids_salesforce", "Account Owner Alias is owner", "Website is domain", "Type is types"):
        assert f"  {said}\n" in result.stdout
    assert ("owner", "mokaf") in {(one.field, one.value) for one in company.asked("salesforce")}
    company.decide({"mokaf": "maya-okafor", "Channel Partner / Reseller": "Reseller", "Gold": "Premier"}, "salesforce")
    company.take(name="salesforce.csv")
    partner = company.partners["tavaro-systems"]
    assert (partner.ids, partner.domain) == ({"salesforce": "0015g00000XyZ1a"}, "tavaro.example")
    assert partner.entries[0].tier == "Premier"


def test_hubspot(company: Company) -> None:
    """A name with an address behind it is a person; its stage in a sale is no status of ours."""
    result = company.case("crm-headers/hubspot.csv")
    assert "1 row of an export of HubSpot." in result.stdout
    assert "Lifecycle Stage is ignored" in result.stdout
    company.decide({"PARTNER": "ISV"}, "hubspot")
    company.take(name="hubspot.csv")
    partner = company.partners["tavaro-systems"]
    assert (partner.ids, partner.domain) == ({"hubspot": "6094871234"}, "tavaro.example")
    assert (partner.entries[0].owner, partner.entries[0].status) == ("maya-okafor", "active")


def test_pipedrive(company: Company) -> None:
    """Its headings begin with what they are about; it has no types, so that one is asked for."""
    result = company.case("header-row/pipedrive.csv")
    assert "1 row of an export of Pipedrive." in result.stdout
    company.decide({"types": "ISV"}, "pipedrive")
    company.take(name="pipedrive.csv")
    partner = company.partners["tavaro-systems"]
    assert (partner.ids, partner.domain) == ({"pipedrive": "12"}, "tavaro.example")
    assert partner.entries[0].owner == "maya-okafor"


def test_the_next_export_is_known_by_its_ids(company: Company) -> None:
    """Whatever the company is called there today."""
    heads, row, _ = ROWS["dynamics"]
    company.take(heads, row)
    company.take(
        heads, row.replace("Tavaro Systems", "Tavaro Worldwide").replace("tavaro.example", "tavaro-ww.example")
    )
    assert set(company.partners) == {"tavaro-systems"}
    assert company.partners["tavaro-systems"].domain == "tavaro-ww.example"


def test_columns_of_ones_own_in_an_export_of_a_crm(company: Company) -> None:
    """Expected: what the system knows nothing of is read as in every sheet."""
    heads, row, _ = ROWS["zoho"]
    company.take(f"{heads},Region,Status", f"{row},EMEA,onboarding")
    entry = company.entry("tavaro-systems")
    assert (entry.regions, entry.status) == (("EMEA",), "onboarding")


def test_the_column_map_has_the_last_word(company: Company) -> None:
    """Over what is known of a CRM."""
    heads, row, _ = ROWS["zoho"]
    (company.folder / "our.columns.yml").write_text("columns: {Record Id: ids_erp, Ownership: notes}\n")
    company.take(heads, row)
    partner = company.partners["tavaro-systems"]
    assert (partner.ids, partner.entries[0].notes) == ({"erp": "zcrm_554023000000"}, "Private")


@pytest.mark.parametrize("heads", ["Name,Type,Owner", "Account Name,Website,Industry", "id,name,industry,website"])
def test_a_sheet_of_no_crm(heads: str) -> None:
    """Words that everybody uses tell of none."""
    assert crm_of(heads.split(",")) is None


def test_each_column_is_a_field() -> None:
    """No heading of any system leads to a field that is not there."""
    fields = {name for crm in SYSTEMS for name in crm.fields.values() if name}
    assert {name for name in fields if name not in COLUMNS and not system_of(name)} == set()


def test_every_case_is_tried() -> None:
    """Each sheet among the cases is named in some test."""
    texts = "".join(path.read_text("utf-8") for path in Path(__file__).parents[1].glob("*/test_*.py"))
    cases = [path for path in CASES.glob("*/*") if path.suffix in (".csv", ".xlsx", ".txt")]
    assert [path.name for path in cases if path.stem not in texts] == []
