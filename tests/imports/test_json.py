"""JSON that other programs write: a list of objects, flat or with one more level."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.imports.kit import Company
from tests.kit import run

ROW = {"Name": "Tavaro", "Type": "ISV", "Owner": {"Name": "Maya Okafor"}, "regions": ["EMEA", "AMER"], "Website": None}
SALESFORCE = {
    "attributes": {"type": "Account", "url": "/services/data/v1"}, "Id": "0015g1", "Name": "Tavaro", "Type": "ISV",
    "Owner": {"Name": "Maya Okafor"}, "BillingCountry": "DE", "RecordTypeId": "012",
}  # fmt: skip
QUERIED = {
    "attributes": {"type": "Account", "url": "/services/data/v1"}, "Id": "0015g1", "Name": "Tavaro", "Type": "ISV",
    "Owner": {"attributes": {"type": "User", "url": "/services/data/v1"}, "Name": "Maya Okafor"},
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


@pytest.mark.parametrize(
    ("row", "ids"),
    [(SALESFORCE, {"salesforce": "0015g1"}), (QUERIED, {"salesforce": "0015g1"}), (HUBSPOT, {"hubspot": "77"})],
)
def test_what_the_api_of_a_crm_gives(company: Company, row: dict[str, Any], ids: dict[str, str]) -> None:
    """It is known as its exports are."""
    (company.folder / "our.json").write_text(json.dumps({"results": [row]}))
    assert company.take(name="our.json").exit_code == 0, company.asked()
    assert company.partners["tavaro"].ids == ids
    assert company.entry("tavaro").owner == "maya-okafor"
    assert {one.value for one in company.asked()} <= {"archived"}


@pytest.mark.parametrize(
    ("more", "sign"),
    [
        ({"done": False, "nextRecordsUrl": "/services/data/q-2000"}, "done"),
        ({"@odata.nextLink": "https://crm.example/accounts?$skiptoken=2"}, "@odata.nextLink"),
        ({"paging": {"next": {"after": "100", "link": "https://crm.example/"}}}, "paging.next"),
        ({"count": 200, "next": "https://crm.example/?page=2", "previous": None}, "next"),
        ({"additional_data": {"pagination": {"more_items_in_collection": True}}},
         "additional_data.pagination.more_items_in_collection"),
        ({"info": {"more_records": True, "page": 1}}, "info.more_records"),
    ],
)  # fmt: skip
def test_one_page_of_many_is_not_all(company: Company, more: dict[str, Any], sign: str) -> None:
    """Expected: it is refused, with what to do; nothing of it is taken."""
    (company.folder / "our.json").write_text(json.dumps({**more, "records": [ROW]}))
    result = company.take(name="our.json")
    assert result.exit_code == 1
    assert f"this is one page of several, as its {sign!r} says" in result.stderr
    assert "help: ask for everything in one answer" in result.stderr
    assert not company.partners


@pytest.mark.parametrize(
    "more",
    [
        {"done": True, "totalSize": 1},
        {"next": None, "links": {"next": ""}, "info": {"more_records": False}},
        {"paging": {}, "total": 1, "offset": 0, "next": 0},
    ],
)
def test_the_last_page_is_all(company: Company, more: dict[str, Any]) -> None:
    """Expected: what says that nothing comes after it is read."""
    (company.folder / "our.json").write_text(json.dumps({**more, "records": [{**ROW, "next": "2026-05-01"}]}))
    assert company.take(name="our.json").exit_code == 0
    assert set(company.partners) == {"tavaro"}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ([], "no partner is in it: its list is empty"),
        ({"value": [], "count": 0}, "no partner is in it: its list is empty"),
        ({"error": "unauthorized", "status": 401}, "this JSON has no list of partners, but 'error', 'status'"),
        ({"a": [{}], "b": [{}]}, "this JSON has several lists of objects"),
        (["Tavaro"], "this JSON has no list of partners"),
    ],
)
def test_what_json_has_in_place_of_partners(company: Company, data: Any, said: str) -> None:
    """Expected: it is named."""
    (company.folder / "our.json").write_text(json.dumps(data))
    assert f"error[bad-spreadsheet]: {said}\n" in company.take(name="our.json").stderr


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"id": "tavaro", "ownr": "liam-harcourt"}, "ownr is ignored"),
        ({"id": "x", "nmae": "New Partner", "types": "isv-ihv"}, "nmae is ignored"),
        ({"id": "tavaro", "tier": "Select", "Tier": "Premier"}, "are both the field tier"),
    ],
)
def test_misspelled_names_in_an_export(company: Company, wrong: dict[str, str], said: str) -> None:
    """Expected: they come up as the headings of any other sheet do."""
    company.known("tavaro", "Tavaro")
    assert run("export", "our.json", "--department", "channel-sales").exit_code == 0
    path = company.folder / "our.json"
    data = json.loads(path.read_text("utf-8"))
    data["partners"].append(wrong)
    path.write_text(json.dumps(data))
    assert said in company.take(name="our.json").output


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


LINES = (json.dumps({**ROW, "contacts": [{"name": "Joe Smith"}]}), json.dumps({**ROW, "Name": "Quillmoor"}))


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("end", ["jsonl", "ndjson", "json"])
def test_json_lines(company: Company, number: int, end: str) -> None:
    """Expected: each line is a partner, also a single one, whatever lists are in it."""
    (company.folder / f"our.{end}").write_text("\n".join(LINES[-number:]) + "\n\n")
    (company.folder / "our.columns.yml").write_text("columns: {Owner.Name: owner}\n")
    assert company.take(name=f"our.{end}").exit_code == 0
    assert set(company.partners) == {"tavaro", "quillmoor"} - ({"tavaro"} if number == 1 else set())


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        (f'{LINES[0]}\n{{"Name": "Quillm', "our.jsonl:2:1", "line 2 is not one JSON object: "),
        (f'{LINES[0]}\n\n["Quillmoor"]', "our.jsonl:3:1", "line 3 is not one JSON object"),
        (f'{LINES[0]}\n{{"Name"}}', "our.json:2:1", "line 2 is not one JSON object: "),
        ("", "our.jsonl:1:1", "no partner is in it: its list is empty"),
    ],
)
def test_json_lines_that_are_broken(company: Company, text: str, place: str, said: str) -> None:
    """Expected: the line is named, and nothing is taken."""
    name = place.partition(":")[0]
    (company.folder / name).write_text(text)
    result = company.take(name=name)
    assert result.exit_code == 1
    assert said in result.stderr
    assert place in result.stderr
    assert not company.partners


def test_one_object_with_a_list_in_it(company: Company) -> None:
    """Expected: nobody guesses whether it is a partner or has some; under a usual name, the list is what counts."""
    path = company.folder / "our.json"
    (company.folder / "our.columns.yml").write_text("columns: {Owner.Name: owner}\n")
    path.write_text(json.dumps(json.loads(LINES[0]), indent=1))
    result = company.take(name="our.json")
    assert "this JSON may be about one partner, or about those in its list 'contacts'" in result.stderr
    path.write_text(json.dumps({"name": "All accounts", "records": [{**ROW, "Name": "Quillmoor"}]}))
    assert company.take(name="our.json").exit_code == 0
    assert set(company.partners) == {"quillmoor"}
