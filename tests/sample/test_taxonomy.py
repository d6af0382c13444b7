"""The reference taxonomy that ships in data/: its totals, its modes, and every name that the field uses."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from generator.loading import Loaded, load_folder
from generator.model import Playbook
from tests.sample.conftest import DATA

# Every alias that was seen in the field, beside the type that it must lead to.
FIELD_NAMES = {
    "ISV": "isv-ihv",
    "IHV": "isv-ihv",
    "ISH/IHV": "isv-ihv",
    "SI": "system-integrator",
    "SI's": "system-integrator",
    "SIs": "system-integrator",
    "OEM": "oem",
    "OEMs": "oem",
    "VAD": "value-added-distributor",
    "Value Added Distributors": "value-added-distributor",
    "MSP": "msp-cmsp",
    "CMSP": "msp-cmsp",
    "MSP/CMSP": "msp-cmsp",
    "MSPs": "msp-cmsp",
    "3PL": "third-party-logistics",
    "SA": "sales-agent",
    "Developers": "developer-community",
    "EPC": "epc",
    "Engineering, Construction and Procurement": "epc",
    "Engineering, Procurement and Construction": "epc",
    "Planning, Design, Procurement and Deployment": "consulting-design-deployment",
    "Consulting, Design, Procurement, Deployment": "consulting-design-deployment",
    "Authorized and Certified Services Partners": "authorized-service",
    "authorized and certified services partner": "authorized-service",
    "Standards Bodies": "standards-body",
    "Government Agencies": "government-agency",
    "Open Source Communities": "open-source-community",
}

EXPECTED_MODES = {
    "isv-ihv": {None: "formal-program"},
    "platform-partner": {None: "formal-program"},
    "system-integrator": {None: "formal-program"},
    "oem": {None: "one-on-one"},
    "interoperability-partner": {None: "formal-support"},
    "msp-cmsp": {"pre-commercialization": "one-on-one", "post-commercialization": "formal-program"},
    "solution-reseller": {None: "formal-program"},
    "value-added-distributor": {None: "formal-program"},
    "cloud-reseller": {None: "formal-program"},
    "sales-agent": {None: "formal-support"},
    "authorized-service": {None: "formal-program"},
    "third-party-logistics": {None: "service-level-agreement"},
    "financing": {None: "service-level-agreement"},
    "training-certification": {None: "service-level-agreement"},
    "epc": {None: "formal-support"},
    "consulting-design-deployment": {None: "formal-program"},
    "government-agency": {None: "marketing-and-pr"},
    "standards-body": {None: "marketing-and-pr"},
    "developer-community": {None: "formal-support"},
    "open-source-community": {None: "marketing-and-pr"},
    "academia": {None: "marketing-and-pr"},
    "industry-analyst": {None: "marketing-and-pr"},
}


def loaded_with(folder: Path, names: list[str]) -> Loaded:
    """The reference taxonomy and an inventory of one partner a name, `partner-0` and up, of the type so called."""
    shutil.copy(DATA / "taxonomy.yml", folder)
    lines = ["departments:", "  - id: sales", "    name: Sales", "    partners:"]
    for number, name in enumerate(names):
        lines += [f"      - id: partner-{number}", f"        name: Company number {number}", "        owner: null"]
        lines += [f'        types: ["{name}"]', "        offer_stage: post-commercialization"]
    (folder / "partners.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return load_folder(folder, today=date(2026, 11, 2))


def resolved(folder: Path, names: list[str]) -> list[str]:
    """The type that each name leads to."""
    loaded = loaded_with(folder, names)
    assert loaded.playbook is not None, loaded.errors
    partners = loaded.playbook.partners
    return [partners[f"partner-{number}"].types[0] for number in range(len(names))]


def plural(name: str) -> str:
    """The English plural of the name's last word, which stays as it is where it ends in s already."""
    if name.endswith("s"):
        return name
    if re.search(r"[^aeiou]y$", name):
        return f"{name[:-1]}ies"
    return f"{name}es" if re.search(r"(x|z|ch|sh)$", name) else f"{name}s"


def test_the_classes_are_those_of_the_reference(playbook: Playbook) -> None:
    """Four functions, two groups under service, five modes, two stages and three factors."""
    assert list(playbook.functions) == ["solution", "sales", "service", "influencer"]
    assert {g.id: g.function for g in playbook.groups.values()} == {
        "business-services": "service",
        "professional-services": "service",
    }
    assert list(playbook.modes) == [
        "formal-program",
        "formal-support",
        "one-on-one",
        "service-level-agreement",
        "marketing-and-pr",
    ]
    assert {s.id: s.before_launch for s in playbook.stages.values()} == {
        "pre-commercialization": True,
        "post-commercialization": False,
    }
    assert set(playbook.factors) == {"industry-convention", "relative-power", "business-model-similarity"}


def test_there_are_22_types_each_in_its_function(playbook: Playbook) -> None:
    """6 solution, 4 sales, 6 service and 6 influencer types; only service types stand in groups."""
    assert set(playbook.types) == set(EXPECTED_MODES)
    by_function = Counter(t.function for t in playbook.types.values())
    assert by_function == {"solution": 6, "sales": 4, "service": 6, "influencer": 6}
    by_group = Counter(t.group for t in playbook.types.values() if t.group)
    assert by_group == {"business-services": 2, "professional-services": 3}


def test_every_type_can_be_told_from_the_others(playbook: Playbook) -> None:
    """Each type has a definition, a question that tells it, and types that it is confused with."""
    for partner_type in playbook.types.values():
        assert partner_type.definition
        assert partner_type.recognize.endswith("?")
        assert partner_type.confused_with


def test_each_type_is_expected_in_its_mode(playbook: Playbook) -> None:
    """The modes of the reference, the exception and the stage-dependent type included."""
    assert {t.id: dict(t.modes) for t in playbook.types.values()} == EXPECTED_MODES


def test_the_assignments_by_mode_add_up_to_23(playbook: Playbook) -> None:
    """9 formal program, 4 formal support, 2 one-on-one, 3 service-level agreement, 5 marketing and PR."""
    assignments = [mode for partner_type in playbook.types.values() for mode in partner_type.modes.values()]
    assert len(assignments) == 23
    assert Counter(assignments) == {
        "formal-program": 9,
        "formal-support": 4,
        "one-on-one": 2,
        "service-level-agreement": 3,
        "marketing-and-pr": 5,
    }


def test_the_developer_community_beats_the_default_of_its_function(playbook: Playbook) -> None:
    """Its own mode holds, not that of the influencers."""
    assert playbook.types["developer-community"].own_mode
    assert playbook.functions["influencer"].mode == "marketing-and-pr"


def test_every_field_name_leads_to_its_type(tmp_path: Path) -> None:
    """The aliases of the field resolve, odd spellings and plurals among them."""
    assert dict(zip(FIELD_NAMES, resolved(tmp_path, list(FIELD_NAMES)), strict=True)) == FIELD_NAMES


@pytest.mark.parametrize("change", [str, str.upper, str.lower, plural], ids=["as-is", "upper", "lower", "plural"])
def test_every_name_and_alias_resolves_in_every_form(
    tmp_path: Path, playbook: Playbook, change: Callable[[str], str]
) -> None:
    """Names and aliases resolve as they are, in capitals, in small letters and in the plural."""
    pairs = [(change(name), t.id) for t in playbook.types.values() for name in (t.name, *t.aliases)]
    assert resolved(tmp_path, [name for name, _ in pairs]) == [type_id for _, type_id in pairs]


@pytest.mark.parametrize("name", ["VAR", "var", "VARs", "VAR's"])
def test_var_is_ambiguous(tmp_path: Path, name: str) -> None:
    """The field uses VAR for two types: it resolves to neither, and the error offers both."""
    loaded = loaded_with(tmp_path, [name])
    assert loaded.playbook is None
    (problem,) = loaded.errors
    assert problem.code.slug == "ambiguous-type"
    said = f"{problem.message} {problem.hint}"
    assert "value-added-distributor" in said
    assert "solution-reseller" in said
