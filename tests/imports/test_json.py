"""JSON that other programs write: a list of objects, flat or with one more level."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.imports.kit import Company

ROW = {"Name": "Tavaro", "Type": "ISV", "Owner": {"Name": "Maya Okafor"}, "regions": ["EMEA", "AMER"], "Website": None}
SALESFORCE = {
    "attributes": {"type": "Account", "url": "/services/data/v1"}, "Id": "0015g1", "Name": "Tavaro", "Type": "ISV",
    "Owner": {"Name": "Maya Okafor"}, "BillingCountry": "DE", "RecordTypeId": "012",
}  # fmt: skip
HUBSPOT = {
    "id": "77",
    "properties": {
        "name": "Tavaro", "domain": "tavaro.example", "type": "ISV", "hs_object_id": "77", "owner": "Maya Okafor",
        "hubspot_owner_id": "1",
    },
    "archived": False,
}  # fmt: skip


@pytest.mark.parametrize(
    "wrapped", [lambda row: [row], lambda row: {"value": [row]}, lambda row: {"records": [row], "n": 1}]
)
def test_a_list_of_objects(company: Company, wrapped: Any) -> None:
    """By itself or under a name; lists are lists, and null says nothing."""
    (company.folder / "our.json").write_text(json.dumps(wrapped(ROW)))
    (company.folder / "our.columns.yml").write_text("columns: {Owner.Name: owner}\n")
    assert company.take(name="our.json").exit_code == 0
    entry = company.entry("tavaro")
    assert (entry.owner, entry.regions, company.partners["tavaro"].domain) == ("maya-okafor", ("EMEA", "AMER"), "")


@pytest.mark.parametrize(("row", "ids"), [(SALESFORCE, {"salesforce": "0015g1"}), (HUBSPOT, {"hubspot": "77"})])
def test_what_the_api_of_a_crm_gives(company: Company, row: dict[str, Any], ids: dict[str, str]) -> None:
    """It is known as its exports are."""
    (company.folder / "our.json").write_text(json.dumps({"results": [row]}))
    assert company.take(name="our.json").exit_code == 0, company.asked()
    assert company.partners["tavaro"].ids == ids
    assert company.entry("tavaro").owner == "maya-okafor"


@pytest.mark.parametrize(
    "data", [[], {}, [1], {"a": [{}], "b": [{}]}, "text", 1, {"a": {"b": [{}]}}, [[{"Name": "x"}]]]
)
def test_json_that_is_no_list(company: Company, data: Any) -> None:
    """Nobody can tell which list is meant, or there is none."""
    (company.folder / "our.json").write_text(json.dumps(data))
    result = company.take(name="our.json")
    assert result.exit_code == 1
    assert "give a list of objects, one for each partner" in result.stderr


def test_what_is_deeper_is_no_field(company: Company) -> None:
    """It is kept as a text, and said to be ignored, like every other column that nobody knows."""
    (company.folder / "our.json").write_text(json.dumps([{**ROW, "deals": [{"id": 1}]}]))
    result = company.take(name="our.json")
    assert "deals is ignored" in result.stdout
