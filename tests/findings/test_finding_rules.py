"""What the case files do not show: worlds with little in them, extremes, and how the cost grows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from generator.findings import Finding, find, word
from generator.insights.names import NEIGHBORS, CompanyName, neighbors
from generator.model import (
    Agreement,
    Department,
    Entry,
    Factor,
    Mode,
    Partner,
    PartnerType,
    Playbook,
    Review,
    Settings,
    Thresholds,
    frozen,
)
from generator.problems import Place
from tests import kit
from tests.kit import by_id

TODAY = date(2026, 6, 1)


def entry(partner: str, line: int, mode: str = "light", **facts: Any) -> Entry:
    return kit.entry(partner, "sales", ("shop", mode, "light"), place=Place("partners.yml", line), **facts)


def playbook(*partners: Partner, **facts: object) -> Playbook:
    """These partners, in a world with one department, one type and one mode."""
    standing: dict[str, object] = {
        "as_of": TODAY,
        "modes": by_id(Mode("light", "Light", "")),
        "types": by_id(PartnerType("shop", "Shop", "sell", "", frozen({None: "light"}))),
        "departments": by_id(Department("sales", "Sales")),
        "partners": by_id(*partners),
    }
    return Playbook(**(standing | facts))  # type: ignore[arg-type]


def named(*names: str) -> tuple[Partner, ...]:
    """Partners of these names, entered in this order."""
    return tuple(Partner(f"p{n}", name, (entry(f"p{n}", n + 1),)) for n, name in enumerate(names))


def codes(found: tuple[Finding, ...]) -> list[str]:
    return [finding.code.slug for finding in found]


def test_nothing_recorded_nothing_missed() -> None:
    """Without people, regions, offers and objectives, their absence from an entry is no finding."""
    assert find(playbook(*named("Acme"))) == ()
    assert find(playbook()) == ()


def test_findings_are_sorted_by_place() -> None:
    """Whatever the order of partners, findings stand in the order of the file."""
    late = Partner("a", "Acme", (entry("a", 90, owner=None),))
    early = Partner("b", "Birch", (entry("b", 5, owner=None),))
    assert [finding.partner for finding in find(playbook(late, early))] == ["b", "a"]


@pytest.mark.parametrize("factors", [{}, {"power": Factor("power", "Power")}])
def test_reasons_are_offered_where_there_are_any(factors: dict[str, Factor]) -> None:
    """The hint about a mode lists the factors, and does not end in the middle where there are none."""
    odd = entry("a", 1, mode="other")
    modes = by_id(Mode("light", "Light", ""), Mode("other", "Other", ""))
    world = playbook(Partner("a", "Acme", (odd,)), modes=modes, factors=frozen(factors))
    (finding,) = find(world)
    assert word(finding, world).hint.endswith("power" if factors else "mode_reason:")


def test_a_review_asked_for_every_million_years_is_not_overdue() -> None:
    """A cadence beyond the end of the calendar is no crash."""
    modes = by_id(Mode("light", "Light", "", review_every=10**9))
    reviewed = entry("a", 1, reviewed=Review(TODAY - timedelta(days=1), "ann"))
    assert find(playbook(Partner("a", "Acme", (reviewed,)), modes=modes)) == ()


def test_a_renewal_that_is_recorded_ends_the_notice() -> None:
    """Where an agreement of the same kind follows, there is nothing left to decide."""
    ending = Agreement("contract", ends=TODAY + timedelta(days=5))
    renewal = Agreement("contract", starts=TODAY + timedelta(days=6))
    other = replace(renewal, kind="program")

    def found(*agreements: Agreement) -> list[str]:
        return codes(find(playbook(Partner("a", "Acme", (entry("a", 1, agreements=agreements),)))))

    assert found(ending, renewal) == []
    assert found(ending, other) == ["agreement-notice"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme Controls", "ACME Controls, Inc."),
        ("Müller Technik", "Mueller Technik GmbH"),
        ("Brüder Technik", "Bruder Technik"),
        ("Harbor & Light", "Harbor and Light Ltd."),
        ("Tessera Controls", "Tesera Controls"),
        ("Systems Harbor Light", "Harbor Light Systems"),
        ("O'Neill Freight S.A.", "ONeill Freight"),
    ],
)
def test_similar(one: str, other: str) -> None:
    """Case, accents, punctuation, legal forms, word order and a letter make no difference."""
    assert codes(find(playbook(*named(one, other)))) == ["similar-name"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Plant 12", "Plant 13"),
        ("Harbor Light", "Harbor Freight"),
        ("North Grid", "South Grid"),
        ("Group", "Holding"),
        ("!!!", "???"),
    ],
)
def test_not_similar(one: str, other: str) -> None:
    """Another number or another word is another name; names without a letter are not compared."""
    assert find(playbook(*named(one, other))) == ()


def test_the_threshold_decides() -> None:
    """A likeness of 0.9 is enough by default: nine letters of ten; the settings may ask for more."""
    assert codes(find(playbook(*named("Harborlink", "Harborling")))) == ["similar-name"]
    assert find(playbook(*named("Harborlin", "Harborlig"))) == ()
    strict = Settings(thresholds=Thresholds(similar_name=1.0))
    assert find(playbook(*named("Tessera Controls", "Tesera Controls"), settings=strict)) == ()


def test_the_backup_is_proposed() -> None:
    """Where nobody owns the relationship, the hint names the person who knows the partner."""
    world = playbook(Partner("a", "Acme", (entry("a", 1, owner=None, backup_owner="bo"),)))
    (finding,) = find(world)
    assert word(finding, world).hint.endswith("bo is the backup")


def test_three_leads_are_one_dispute() -> None:
    """However many departments claim a partner, it is one finding, which names them all."""
    departments = ("sales", "labs", "service")
    claims = tuple(replace(entry("a", n, lead=True), department=d) for n, d in enumerate(departments, 1))
    world = playbook(Partner("a", "Acme", claims), departments=by_id(*(Department(d, d.title()) for d in departments)))
    (finding,) = find(world)
    assert word(finding, world).message == "Sales, Labs and Service all say that they lead Acme"


def test_three_of_one_name_are_two_findings() -> None:
    """Each later one is told once, at its own entry."""
    found = find(playbook(*named("Acme", "Acme Inc", "Acme Ltd")))
    assert [(finding.partner, finding.place.line) for finding in found] == [("p1", 2), ("p2", 3)]


def test_the_later_entry_is_told_whatever_the_ids() -> None:
    """The order of the file counts, not that of the ids."""
    first = Partner("z", "Acme", (entry("z", 1),))
    second = Partner("a", "Acme Inc", (entry("a", 9),))
    (finding,) = find(playbook(second, first))
    assert finding.partner == "a"


def test_a_domain_that_is_not_told_leaves_the_name_to_tell() -> None:
    """One pair is one finding: by its domain, or by its name where same-domain is off."""
    pair = tuple(replace(partner, domain="acme.example") for partner in named("Acme", "Acme Inc"))
    assert codes(find(playbook(*pair))) == ["same-domain"]
    assert codes(find(playbook(*pair, settings=Settings(off=("same-domain",))))) == ["similar-name"]


@pytest.mark.parametrize("parent", ["p0", "Acme"])
def test_a_parent_may_be_named_by_id_or_by_name(parent: str) -> None:
    """A child that names its parent is no duplicate of it."""
    one, other = named("Acme", "Acme Group")
    assert find(playbook(one, replace(other, parent=parent))) == ()


@pytest.mark.parametrize("name", ["Global Partner {}", "{} Global Partner", "Global Partner"])
def test_comparisons_grow_with_the_inventory_and_not_faster(name: str) -> None:
    """However alike the names are, each one is compared with a fixed number of others."""
    names = [CompanyName.of(partner.name) for partner in named(*(name.format(n) for n in range(2000)))]
    assert len(list(neighbors(names))) <= 3 * NEIGHBORS * len(names)
