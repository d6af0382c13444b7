"""The sample company in data/: what is planted there, written down here and nowhere in the data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from generator.findings import Finding, find
from generator.model import Entry, Offer, Playbook, Requirement

SALES = "channel-sales"
ALLIANCES = "strategic-alliances"
PRODUCT = "product-management"
CLOUD = "cloud-services"
SERVICES = "customer-services-training"
OPERATIONS = "operations-finance"
MARKETING = "marketing-communications"
CTO = "office-of-the-cto"

# Every finding about one entry of the inventory, by code: the partner and the department of that entry.
PLANTED = {
    "unowned": {("greywater-technical", SERVICES), ("openfieldbus-foundation", PRODUCT)},
    "owner-gone": {("baird-agency", SALES), ("paloma-industrial", SALES), ("stackhaven", ALLIANCES)},
    "mode-unjustified": {
        ("edge-makers-guild", PRODUCT),
        ("granholt-engineering", ALLIANCES),
        ("lernwerk-industrie", SERVICES),
        ("skylark-cloud-sales", SALES),
    },
    "review-overdue": {
        ("brennecke-drives", ALLIANCES),
        ("dunmore-automation", SALES),
        ("fenwick-marlow", MARKETING),
        ("harrowgate-industrial", SALES),
        ("kumori-cloud", CLOUD),
        ("portage-logistics", OPERATIONS),
        ("tessera-industrial-apps", PRODUCT),
    },
    "agreement-expired": {
        ("cindermark-software", PRODUCT),
        ("hanse-fulfillment", OPERATIONS),
        ("vantor-systems", SALES),
    },
    "agreement-notice": {
        ("bluefen-technik", SALES),
        ("kaneko-robotics", ALLIANCES),
        ("ridgeline-operations", CLOUD),
        ("skillbridge-institute", SERVICES),
    },
    "stage-behind": {("kumori-cloud", CLOUD), ("ridgeline-operations", CLOUD)},
    "no-objective": {
        ("baird-agency", SALES),
        ("brennecke-drives", ALLIANCES),
        ("hanse-fulfillment", OPERATIONS),
        ("openfieldbus-foundation", PRODUCT),
        ("ostler-crane", MARKETING),
        ("portage-logistics", OPERATIONS),
        ("skillbridge-institute", SERVICES),
        ("sunhill-pumps", OPERATIONS),
    },
    "satisfaction-stale": {("dunmore-automation", SALES), ("kessler-rowe", ALLIANCES), ("polder-silicon", PRODUCT)},
    "rule-premier-cover": {("harrowgate-industrial", SALES)},
    "rule-latam-sponsor": {("paloma-industrial", SALES)},
    "satisfaction-low": {("portage-logistics", OPERATIONS), ("ridgeline-operations", CLOUD)},
}

# Findings about a whole company, each raised once: the partners at one of whose entries it may stand.
PLANTED_ON_COMPANIES = {
    "two-leads": {"arcwell-networks"},
    "same-domain": {"tessera-controls", "tessera-industrial-apps"},
}

JUSTIFIED = {
    ("arcwell-networks", "interoperability-partner", "relative-power"),
    ("kinsale-technical", "authorized-service", "industry-convention"),
    ("nimbrel", "cloud-reseller", "business-model-similarity"),
}

GAPS = {
    ("edge-gateway", "authorized-service", "LATAM"),
    ("managed-edge", "cloud-reseller", "APAC"),
    ("pay-per-site", "financing", "APAC"),
    ("private-wireless", "system-integrator", "APAC"),
    ("radio-module", "government-agency", "LATAM"),
    ("smart-plant", "epc", "LATAM"),
}

PRIMARY_TYPES = {
    "isv-ihv": 6,
    "platform-partner": 2,
    "system-integrator": 5,
    "oem": 3,
    "interoperability-partner": 2,
    "msp-cmsp": 5,
    "solution-reseller": 6,
    "value-added-distributor": 2,
    "cloud-reseller": 3,
    "sales-agent": 2,
    "authorized-service": 4,
    "third-party-logistics": 2,
    "financing": 1,
    "training-certification": 2,
    "epc": 2,
    "consulting-design-deployment": 2,
    "government-agency": 1,
    "standards-body": 2,
    "developer-community": 1,
    "open-source-community": 2,
    "academia": 2,
    "industry-analyst": 3,
}

REQUIRED = {
    "edge-gateway": {"value-added-distributor", "solution-reseller", "third-party-logistics", "authorized-service"},
    "private-wireless": {"system-integrator", "interoperability-partner", "standards-body"},
    "loop-cloud": {"platform-partner", "isv-ihv", "cloud-reseller"},
    "managed-edge": {"msp-cmsp", "cloud-reseller"},
    "smart-plant": {"epc", "system-integrator", "consulting-design-deployment"},
    "secure-access": set(),
    "radio-module": {"oem", "government-agency"},
    "app-exchange": {"isv-ihv", "developer-community", "open-source-community"},
    "larkspur-academy": {"training-certification"},
    "pay-per-site": {"financing", "consulting-design-deployment"},
}


@pytest.fixture(scope="module")
def findings(playbook: Playbook) -> list[Finding]:
    return list(find(playbook))


def entry_at(playbook: Playbook, finding: Finding) -> tuple[str, str]:
    """The partner and the department of the entry in which a finding stands."""
    above = [r for r in playbook.entries if r.place.file == finding.place.file and r.place.line <= finding.place.line]
    entry = max(above, key=lambda r: r.place.line)
    return entry.partner, entry.department


def cells(playbook: Playbook) -> Iterator[tuple[Offer, Requirement, str]]:
    """Every offer, type that it requires, and region in which it does."""
    for offer in playbook.offers.values():
        for needed in offer.requires:
            for region in needed.regions or offer.regions:
                yield offer, needed, region


def covers(entry: Entry, offer: Offer, needed: Requirement, region: str) -> bool:
    return needed.type in entry.types and offer.id in entry.offers and region in entry.regions


def test_exactly_the_planted_findings_are_found(playbook: Playbook, findings: list[Finding]) -> None:
    """Each planted finding is found where it was planted, once, and there is no other."""
    expected = {(code, *entry) for code, entries in PLANTED.items() for entry in entries}
    found = [(f.code.slug, *entry_at(playbook, f)) for f in findings if f.code.slug not in PLANTED_ON_COMPANIES]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize("code", PLANTED_ON_COMPANIES)
def test_findings_about_companies_are_raised_once(playbook: Playbook, findings: list[Finding], code: str) -> None:
    """One dispute of two leads and one likely duplicate, at an entry of the companies concerned."""
    (finding,) = [f for f in findings if f.code.slug == code]
    assert entry_at(playbook, finding)[0] in PLANTED_ON_COMPANIES[code]


def test_three_modes_deviate_for_a_named_reason(playbook: Playbook) -> None:
    """A deviation with a factor as its reason is no finding; each of the factors is named once."""
    deviating = {
        (r.partner, u.type, r.mode_reason) for r, u in playbook.relationships(active=False) if not u.as_expected
    }
    assert {(partner, kind, reason) for partner, kind, reason in deviating if reason} == JUSTIFIED
    assert {(partner, kind) for partner, kind, reason in deviating if not reason} == {
        ("edge-makers-guild", "developer-community"),
        ("granholt-engineering", "epc"),
        ("lernwerk-industrie", "training-certification"),
        ("skylark-cloud-sales", "cloud-reseller"),
    }


def test_sixty_partners_by_status(playbook: Playbook) -> None:
    """46 active, 6 onboarding, 4 prospect, 2 dormant, 2 ended."""
    assert Counter(p.status for p in playbook.partners.values()) == {
        "active": 46,
        "onboarding": 6,
        "prospect": 4,
        "dormant": 2,
        "ended": 2,
    }


def test_partners_by_primary_type(playbook: Playbook) -> None:
    """The first type of a partner's first entry, for each of the 22 types."""
    assert Counter(p.types[0] for p in playbook.partners.values()) == PRIMARY_TYPES


def test_partners_overlap(playbook: Playbook) -> None:
    """At least 14 partners hold a second type, and at least 9 are managed in a second department."""
    partners = playbook.partners.values()
    assert sum(len(p.types) > 1 for p in partners) >= 14
    assert sum(p.shared for p in partners) >= 9


def test_all_eight_departments_manage_partners(playbook: Playbook) -> None:
    """No department of the sample stands empty."""
    managing = {r.department for r in playbook.entries if r.active}
    assert set(playbook.departments) == managing == {
        SALES, ALLIANCES, PRODUCT, CLOUD, SERVICES, OPERATIONS, MARKETING, CTO,
    }  # fmt: skip


def test_offers_require_their_types(playbook: Playbook) -> None:
    """Ten offers; Secure Access records no requirement, and so is not assessed."""
    assert {o.id: {needed.type for needed in o.requires} for o in playbook.offers.values()} == REQUIRED


def test_coverage_has_six_gaps_and_one_single_source(playbook: Playbook) -> None:
    """Every other required type has two active partners or more in each region where it is needed."""
    have = {
        (offer.id, needed.type, region): {
            r.partner for r in playbook.entries if r.active and covers(r, offer, needed, region)
        }
        for offer, needed, region in cells(playbook)
    }
    needed_at_least = {(offer.id, needed.type, region): needed.min for offer, needed, region in cells(playbook)}
    assert {cell for cell, partners in have.items() if len(partners) < needed_at_least[cell]} == GAPS
    single = {cell: partners for cell, partners in have.items() if len(partners) == 1}
    assert single == {("larkspur-academy", "training-certification", "EMEA"): {"lernwerk-industrie"}}


def test_one_gap_is_being_recruited(playbook: Playbook) -> None:
    """A system integrator for APAC is on board soon; nobody is in sight for the other gaps."""
    recruits = {
        (offer.id, needed.type, region): r.partner
        for offer, needed, region in cells(playbook)
        for r in playbook.entries
        if r.status in ("onboarding", "prospect") and covers(r, offer, needed, region)
    }
    assert {cell: partner for cell, partner in recruits.items() if cell in GAPS} == {
        ("private-wireless", "system-integrator", "APAC"): "takumi-line"
    }


def test_one_objective_is_served_by_nobody(playbook: Playbook) -> None:
    """Of five objectives, four have active partners; every program has an objective."""
    served = {objective for r in playbook.entries if r.active for objective in r.objectives}
    assert set(playbook.objectives) - served == {"faster-deployment"}
    assert len(playbook.objectives) == 5
    assert all(program.objective for program in playbook.programs.values())


def test_nobody_can_be_reached_by_mistake(playbook: Playbook) -> None:
    """Every address of the sample ends in .example, so that it belongs to no one."""
    hosts = [p.domain for p in playbook.partners.values()]
    hosts += [p.email for p in playbook.people.values()] + [d.contact for d in playbook.departments.values()]
    links = [link.url for r in playbook.entries for link in r.links]
    hosts += [urlsplit(url).hostname or "" for url in links + [t.url for t in playbook.tools.values()]]
    assert [host for host in hosts if host and not host.endswith(".example")] == []


def test_the_sample_does_not_age(playbook: Playbook) -> None:
    """The day is fixed in the sample's settings, so its findings stay the same."""
    assert playbook.as_of.isoformat() == "2026-11-02"
