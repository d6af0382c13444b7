"""The company in tests/rich/ is rich: nothing that the program knows of is missing there."""

from __future__ import annotations

from dataclasses import fields

from generator.findings import find
from generator.insights.coverage import CoverageState, coverage
from generator.insights.routes import chains
from generator.model import Playbook, Status
from tests.kit import RICH, ROOT


def test_every_kind_of_finding_is_there(rich: Playbook) -> None:
    """Each code that has a case in tests/findings/cases/."""
    known = {path.stem for path in (ROOT / "tests" / "findings" / "cases").glob("*.yml")}
    known |= {rule.code for rule in rich.rules.values()}

    assert {finding.code.slug for finding in find(rich)} == known


def test_every_status_type_and_mode_is_there(rich: Playbook) -> None:
    """A relationship of each; every factor, stage and region is named by one, too."""
    entries = rich.entries
    relationships = [relationship for entry in entries for relationship in entry.relationships]

    assert {entry.status for entry in entries} == set(Status)
    assert {relationship.type for relationship in relationships} == set(rich.types)
    assert {relationship.mode for relationship in relationships} == set(rich.modes)
    assert {entry.mode_reason for entry in entries} >= set(rich.factors)
    assert {entry.offer_stage for entry in entries} >= set(rich.stages)
    assert {region for entry in entries for region in entry.regions} == set(rich.settings.regions)


def test_every_field_is_recorded_somewhere(rich: Playbook) -> None:
    """Of partners and of entries: each has a value in one of them."""
    for them in (tuple(rich.partners.values()), rich.entries):
        for field in fields(them[0]):
            assert any(getattr(one, field.name) for one in them), field.name


def test_needs_and_routes_are_met_and_missed(rich: Playbook) -> None:
    """A need in each state, an offer that is not assessed, a route that is whole and one that is broken."""
    found = coverage(rich)

    assert {need.state for need in found.needs} == set(CoverageState) - {CoverageState.OUT_OF_SCOPE}
    assert found.not_assessed
    assert {bool(chain.broken) for chain in chains(rich)} == {True, False}


def test_it_is_a_company_of_its_own(rich: Playbook) -> None:
    """It claims to be nobody else: every address ends in .example, and no file is missing."""
    assert rich.settings.company == "Tidewater Controls"
    assert all(partner.domain.endswith(".example") for partner in rich.partners.values() if partner.domain)
    assert {path.name for path in RICH.iterdir()} == {
        *(f"{name}.yml" for name in ("partners", "people", "portfolio", "rules", "settings", "strategy", "taxonomy")),
        "toolkit.yml",
        "history.jsonl",
        "logos",
    }
