"""Ids that other systems have for partners: in the data, on pages, in what is exported, and in what differs."""

from __future__ import annotations

import json

import pytest

from generator.compare import changes_between
from generator.schema import json_schemas
from tests.imports.kit import Company
from tests.kit import pages_of, run

SYSTEMS = 'systems: [{id: crm, name: Our CRM, address: "https://crm.example.com/accounts/{id}?view=all"}]\n'


def errors(company: Company) -> str:
    result = run("check")
    assert result.exit_code == 1, result.output
    return result.output


def test_they_go_all_the_way(company: Company) -> None:
    """From YAML onto the page, into the inventory for programs and each kind of export, and back."""
    company.add(SYSTEMS, "settings.yml", "regions")
    before = company.playbook
    company.known("tavaro", "Tavaro", ", ids: {crm: 'a/b c', }")
    playbook = company.playbook
    assert "](<https://crm.example.com/accounts/a%2Fb%20c?view=all>)" in pages_of(playbook)["partners/tavaro.md"]
    assert "**Our CRM:**" in pages_of(playbook)["partners/tavaro.md"]
    published = json.loads(pages_of(playbook)["inventory.json"])["partners"]
    assert {one["id"]: one["ids"] for one in published}["tavaro"] == {"crm": "a/b c"}
    for kind in ("csv", "xlsx", "json"):
        assert run("export", f"{kind}.{kind}").exit_code == 0
        assert "Nothing changes" in company.take(name=f"{kind}.{kind}").stdout
    assert "{crm: a/b c}" in (company.folder / "csv.csv").read_text("utf-8-sig")
    assert next(str(one) for one in changes_between(before, playbook)).startswith("Tavaro is new")
    other = company.folder / "data" / "partners.yml"
    other.write_text(other.read_text("utf-8").replace("a/b c", "z"), "utf-8")
    (change,) = changes_between(playbook, company.playbook)
    assert str(change).startswith("Tavaro has new details: its ids in other systems")


def test_without_an_address_there_is_no_link(company: Company) -> None:
    """They are kept all the same, also of a system that nobody lists."""
    company.known("tavaro", "Tavaro", ", ids: {erp: '7'}")
    assert company.playbook.partners["tavaro"].ids == {"erp": "7"}
    assert "erp" not in pages_of(company.playbook)["partners/tavaro.md"]


@pytest.mark.parametrize(
    ("ids", "said"),
    [
        ("{crm: '1'}", "the id '1' in crm is that of 'tavaro', too, in partners.yml, line"),
        ("{cmr: '2'}", "there is no system 'cmr'"),
        ("{Not An Id: x}", "'Not An Id' is no id"),
        ("[crm]", "ids by the name of a system are expected here, but there is a list"),
        ("{crm: [1]}", "text is expected here, but there is a list"),
        ("{crm: ''}", "text is expected here, but it is empty"),
    ],
)
def test_what_is_wrong_is_an_error(company: Company, ids: str, said: str) -> None:
    """With its place, and the other one where there are two."""
    company.add(SYSTEMS, "settings.yml", "regions")
    company.known("tavaro", "Tavaro", ", ids: {crm: '1'}")
    company.known("quillmoor", "Quillmoor", f", ids: {ids}")
    assert said in errors(company)


def test_two_entries_of_one_partner_agree(company: Company) -> None:
    """An id belongs to the company, as its name does; each entry may say one of another system."""
    company.known("tavaro", "Tavaro", ", ids: {crm: '1', erp: x}")
    path = company.folder / "data" / "partners.yml"
    more = "partners: [{id: tavaro, types: [msp], owner: null, ids: {crm: '1', hubspot: '9'}}]"
    path.write_text(company.data.replace("partners: []", more), "utf-8")
    assert company.playbook.partners["tavaro"].ids == {"crm": "1", "erp": "x", "hubspot": "9"}
    path.write_text(company.data.replace("crm: '1', hubspot", "crm: '2', hubspot"), "utf-8")
    assert "the id in crm of 'tavaro' is '2' here, but '1' in partners.yml, line" in errors(company)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://crm.example.com/accounts", "should have {id} in it, once"),
        ("https://crm.example.com/{id}/{id}", "should have {id} in it, once"),
        ("https://crm.example.com/{id}/{org}", "should have {id} in it, once"),
        ("https://{id}.example.com/", "behind the name of the host"),
        ("https://crm.example.com{id}", "behind the name of the host"),
        ("javascript:open('{id}')", "javascript"),
        ("crm.example.com/{id}", "address"),
    ],
)
def test_an_address_that_cannot_be(company: Company, address: str, said: str) -> None:
    """It is a web address, and an id cannot lead to another host."""
    company.add(f'systems: [{{id: crm, name: CRM, address: "{address}"}}]\n', "settings.yml", "regions")
    assert said in errors(company)


def test_two_systems_of_one_id(company: Company) -> None:
    """Both places are named."""
    company.add("systems: [{id: crm, name: CRM}, {id: crm, name: ERP}]\n", "settings.yml", "regions")
    assert "the system id 'crm' is used twice: here and in settings.yml, line" in errors(company)


def test_schemas_have_them() -> None:
    """That of entries and that of settings."""
    assert '"ids"' in json_schemas()["partners.json"]
    assert '"systems"' in json_schemas()["settings.json"]
    assert '"ids"' in json_schemas()["inventory.json"]


def test_what_another_department_records_stays(company: Company) -> None:
    """It is told, and what is new is added to ours."""
    company.known("tavaro", "Tavaro")
    path = company.folder / "data" / "partners.yml"
    more = "partners: [{id: tavaro, types: [msp], owner: null, ids: {crm: '1'}}]"
    path.write_text(company.data.replace("partners: []", more), "utf-8")
    result = company.take("id,name,ids_crm,ids_erp", "tavaro,Tavaro,2,7")
    assert "the id in crm of tavaro stays '1', as alliances records it, not '2'" in result.stdout
    assert company.playbook.partners["tavaro"].ids == {"erp": "7", "crm": "1"}


def test_what_became_another_departments_is_not_asked_about(company: Company) -> None:
    """Expected: an id that our import wrote, and that another department records now, is theirs from now on."""
    company.known("tavaro", "Tavaro", ", ids: {erp: '7'}")
    company.take("id,name,ids_crm", "tavaro,Tavaro,1")
    assert company.playbook.partners["tavaro"].ids == {"erp": "7", "crm": "1"}
    path = company.folder / "data" / "partners.yml"
    more = "partners: [{id: tavaro, types: [msp], owner: null, ids: {crm: '1'}}]"
    path.write_text(company.data.replace(", crm: '1'}", "}").replace("partners: []", more), "utf-8")
    before = company.data
    result = company.take("id,name,ids_crm", "tavaro,Tavaro,2")
    assert "the id in crm of tavaro stays '1', as alliances records it, not '2'" in result.stdout
    assert (company.asked(), company.data) == ([], before)


def test_an_id_that_the_map_passes_over(company: Company) -> None:
    """Expected: nothing is recorded of it, and the rest of the row counts."""
    (company.folder / "our.columns.yml").write_text("values: {ids_crm: {unknown: skip}}\n")
    company.take("name,type,owner,ids_crm", "Tavaro,ISV,Maya Okafor,unknown", "Quillmoor,ISV,Maya Okafor,7")
    assert {ident: partner.ids for ident, partner in company.partners.items()} == {
        "tavaro": {},
        "quillmoor": {"crm": "7"},
    }


@pytest.mark.parametrize(
    ("ids", "joined"),
    [("{hubspot: '9'}", {"crm": "1", "hubspot": "9"}), ("{erp: x, zoho: z}", {"crm": "1", "erp": "x", "zoho": "z"})],
)
def test_two_partners_become_one(company: Company, ids: str, joined: dict[str, str]) -> None:
    """Each system knows one of them: their ids are joined."""
    company.known("tavaro", "Tavaro", ", ids: {crm: '1'}")
    company.known("tavaro-2", "Tavaro", f", ids: {ids}")
    result = run("merge", "tavaro-2", "--into", "tavaro")
    assert result.exit_code == 0, result.output
    assert company.playbook.partners["tavaro"].ids == joined


def test_two_partners_that_one_system_knows_are_told(company: Company) -> None:
    """They stay two, with both places."""
    company.known("tavaro", "Tavaro", ", ids: {crm: '1'}")
    company.known("tavaro-2", "Tavaro", ", ids: {crm: '2', erp: x}")
    before = company.data
    result = run("merge", "tavaro-2", "--into", "tavaro")
    assert result.exit_code == 1
    assert "cannot become one, because they say different things" in result.stderr
    assert company.data == before


@pytest.mark.parametrize(
    ("odd", "what"),
    [("1.23457E+14", "a number"), ("1.234567890123457e+19", "a number"), ("2026-03-01", "a day"), ("#N/A", "")],
)
def test_what_a_program_has_made_of_an_id(company: Company, odd: str, what: str) -> None:
    """Expected: that is asked, as of a name; nobody is joined with anybody, and no such id is recorded."""
    said = company.take("name,type,owner,ids_crm", f"Tavaro,ISV,Maya Okafor,{odd}", f"Quillmoor,ISV,Maya Okafor,{odd}")
    assert "are one partner" not in said.stdout
    assert {ident: partner.ids for ident, partner in company.partners.items()} == {"tavaro": {}, "quillmoor": {}}
    reason = f"this is {what}: a spreadsheet program may have made it of the id"
    asked = [(one.field, one.value, one.rows, one.reason) for one in company.asked()]
    assert asked == ([("ids_crm", odd, "2, 3", reason)] if what else [])
    company.take("name,type,owner,ids_crm", "Tavaro,ISV,Maya Okafor,123457000000001", "Quillmoor,ISV,Maya Okafor,12345")
    assert {ident: partner.ids for ident, partner in company.partners.items()} == {
        "tavaro": {"crm": "123457000000001"},
        "quillmoor": {"crm": "12345"},
    }


@pytest.mark.parametrize(("answer", "ids"), [("2026-03-01", {"crm": "2026-03-01"}), ("skip", {}), ("7", {"crm": "7"})])
def test_an_id_that_only_looks_like_a_day(company: Company, answer: str, ids: dict[str, str]) -> None:
    """Expected: as is answered; what is recorded is not asked about again."""
    company.take("name,type,owner,ids_crm", "Tavaro,ISV,Maya Okafor,2026-03-01")
    company.decide({"2026-03-01": answer})
    assert "To decide" not in company.take().stdout
    assert company.partners["tavaro"].ids == ids
    if answer == "2026-03-01":
        (company.folder / "our.review.csv").unlink()
        assert "Nothing changes: " in company.take().stdout
        assert company.asked() == []
