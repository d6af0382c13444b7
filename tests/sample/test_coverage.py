"""The coverage of the sample company: what is planted in data/ is on its pages, and nothing else is flagged."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator import paths
from generator.insights.coverage import CoverageState, coverage, unassigned
from generator.insights.routes import chains
from generator.model import Playbook
from tests.kit import section
from tests.sample.test_planted import GAPS

# Nobody in sight first, by the offer's name (each gap is of one partner, in a live offer, and one objective waits for
# it); what is being recruited comes last.
RANKED = [
    ("edge-gateway", "authorized-service", "LATAM"),
    ("managed-edge", "cloud-reseller", "APAC"),
    ("pay-per-site", "financing", "APAC"),
    ("radio-module", "government-agency", "LATAM"),
    ("smart-plant", "epc", "LATAM"),
    ("private-wireless", "system-integrator", "APAC"),
]


def listed(text: str) -> list[tuple[str, str, str]]:
    """The offer, the type and the region with which each row of a table begins."""
    row = r"^\| \[[^]]*\]\(<#offer-([^>]*)>\) \| \[[^]]*\]\(<types/([^.]*)\.md>\) \| (\w+) \|"
    return re.findall(row, text, re.MULTILINE)


def test_exactly_the_planted_gaps(playbook: Playbook) -> None:
    """Six gaps in this order, the last one being recruited; one single source; every other need is covered."""
    found = coverage(playbook)

    assert set(RANKED) == GAPS
    assert [(need.offer, need.type, need.region) for need in found.gaps] == RANKED
    assert [need.state for need in found.gaps] == [*[CoverageState.GAP] * 5, CoverageState.RECRUITING]
    assert found.gaps[-1].cover.recruiting == ("takumi-line",)
    assert [(need.offer, need.type, need.region, need.cover.have) for need in found.single] == [
        ("larkspur-academy", "training-certification", "EMEA", ("lernwerk-industrie",))
    ]
    assert {need.state for need in found.needs if need not in (*found.gaps, *found.single)} == {CoverageState.COVERED}
    assert len(found.needs) == 53
    assert found.not_assessed == ("secure-access",)


def test_every_partner_is_tied_to_a_live_offer(playbook: Playbook) -> None:
    """No active partner of the sample works for a planned or retired offer only, or for none."""
    loose = unassigned(playbook)

    assert (loose.none, loose.others) == ((), ())


def test_the_answer(pages: Mapping[str, str]) -> None:
    """Every figure of the answer leads to what it counts."""
    assert (
        "We cover **[47 of 53](<#offers>)** needs of our offers. **[6 gaps](<#gaps>)** are left, "
        "[1 of them](<#gaps>) being recruited. [1 need](<#single>) hangs on a single partner. "
        "[1 offer](<#not-assessed>) is not assessed.\n" in pages[paths.COVERAGE]
    )


def test_the_worklists(pages: Mapping[str, str]) -> None:
    """The six gaps in order, with who is in sight and what waits; one single source; no loose partner."""
    page = pages[paths.COVERAGE]
    gaps = section(page, "gaps")

    assert listed(gaps) == RANKED
    assert re.findall(r"\]\(<partners/([^.]*)\.md>\)", gaps) == ["takumi-line"]
    assert re.findall(r"#objective-([^>]*)>", gaps) == [
        "faster-deployment", "recurring-revenue", "recurring-revenue", "wireless-standard", "faster-deployment",
        "new-regions",
    ]  # fmt: skip
    assert listed(section(page, "single")) == [("larkspur-academy", "training-certification", "EMEA")]
    assert "(<partners/lernwerk-industrie.md>)" in section(page, "single")
    assert re.findall(r"{ #offer-(.*) }", section(page, "not-assessed")) == ["secure-access"]
    assert "#no-live-offer" not in page


def test_every_state_on_the_page(playbook: Playbook, pages: Mapping[str, str]) -> None:
    """The tables of the offers say 46 times covered, five times gap, and once each that one is single or recruited."""
    chips = re.findall(r"chip--(\w+)", section(pages[paths.COVERAGE], "offers"))

    assert {kind: chips.count(kind) for kind in chips} == {"covered": 46, "gap": 5, "single": 1, "recruiting": 1}
    assert re.findall(r"{ #offer-(.*) }", section(pages[paths.COVERAGE], "offers")) == [
        offer.id for offer in playbook.offers.values() if offer.requires
    ]


def test_every_offer_named_in_an_entry_leads_to_its_section(playbook: Playbook, pages: Mapping[str, str]) -> None:
    """A partner's page links the offers of its entries, in the order in which they are recorded."""
    for partner in playbook.partners.values():
        facts = pages[paths.partner(partner.id)].split("{ #neighbors")[0]
        linked = re.findall(r"\(<\.\./coverage\.md#offer-([^>]*)>\)", facts)
        assert linked == [offer for r in partner.entries for offer in r.offers], partner.id


def test_the_routes(playbook: Playbook, pages: Mapping[str, str]) -> None:
    """Edge Gateway in EMEA is whole; two others are broken at one step each, where nobody is in sight."""
    page = pages[paths.ROUTES]

    assert {chain.route: [(step.type, step.state) for step in chain.broken] for chain in chains(playbook)} == {
        "gateway-two-tier-emea": [],
        "smart-plant-latam": [("epc", CoverageState.GAP)],
        "managed-edge-apac": [("cloud-reseller", CoverageState.GAP)],
    }
    assert "**[1 of 3 routes](<#all>)** to market is whole. Broken: " in page
    assert re.findall(r"chip--\w+\">(\w+)<", section(page, "all")) == ["whole", "broken", "broken"]
    assert "every step has an active partner." in section(page, "route-gateway-two-tier-emea")
    assert page.count('class="pb-stroke pb-stroke--broken"') == 2
