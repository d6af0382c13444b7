"""Find a partner: who can help with an offer in a region, in which order, and why."""

from __future__ import annotations

from generator import paths
from generator.insights.cutting import cut
from generator.insights.shortlists import Shortlists
from generator.model import Audience, Playbook
from tests.kit import World, inventory, pages_of, plain

PORTFOLIO = """\
offers:
- {id: box, name: Box, status: live, regions: [EMEA, APAC], requires: [{type: TYPE, min: 2}]}
- {id: kit, name: Kit, status: planned}
- {id: old, name: Old, status: retired}
"""
SETTINGS = "as_of: 2026-06-01\nregions: [APAC, EMEA]\n"
PEOPLE = "people: [{id: ann, name: Ann Lee, email: ann@example.com}, {id: bob, name: Bob Ray, active: false}]"


def world_of(world: World, *entries: str, **more: str) -> Playbook:
    """A company whose one offer for sale needs two partners of the type of these entries."""
    playbook = world(partners="departments: []")
    kind = next(one.id for one in playbook.types.values() if not one.stage_dependent and not one.business_models)
    partners = inventory(*(entry.replace("TYPE", kind) for entry in entries))
    files = {"settings": SETTINGS, "people": PEOPLE, "portfolio": PORTFOLIO.replace("TYPE", kind), **more}
    return world(partners=partners, **files)


def listed(page: str, region: str) -> list[str]:
    """The partners that a region's list names, in its order."""
    section = next(part for part in plain(page).split("\n## ") if part.startswith(region))
    return [line.split("[")[1].split("]")[0] for line in section.splitlines() if line.startswith("- **")]


def test_the_most_promising_come_first(world: World) -> None:
    """Active before prospective; with the region before without; owned, certified, reviewed in time, by name.  Those of
    another region or offer, dormant or ended, are not there.
    """
    playbook = world_of(
        world,
        "{id: a, name: Prospect, types: [TYPE], owner: ann, offers: [box], regions: [EMEA], status: prospect}",
        "{id: b, name: Anywhere, types: [TYPE], owner: ann, offers: [box]}",
        "{id: c, name: Left Behind, types: [TYPE], owner: bob, offers: [box], regions: [EMEA]}",
        "{id: d, name: Plain, types: [TYPE], owner: ann, offers: [box], regions: [EMEA]}",
        "{id: e, name: Certified, types: [TYPE], owner: ann, offers: [box], regions: [EMEA], certifications: [Fitter]}",
        "{id: f, name: Other Plain, types: [TYPE], owner: ann, offers: [box], regions: [EMEA, APAC]}",
        "{id: g, name: Elsewhere, types: [TYPE], owner: ann, offers: [box], regions: [APAC]}",
        "{id: h, name: For Kits, types: [TYPE], owner: ann, offers: [kit], regions: [EMEA]}",
        "{id: i, name: Gone, types: [TYPE], owner: ann, offers: [box], regions: [EMEA], status: ended}",
        "{id: j, name: Asleep, types: [TYPE], owner: ann, offers: [box], regions: [EMEA], status: dormant}",
    )
    names = [playbook.partners[one.entry.partner].name for one in Shortlists(playbook).find("box", "EMEA")]
    page = pages_of(playbook)[paths.find("box")]

    assert names == ["Certified", "Other Plain", "Plain", "Left Behind", "Anywhere", "Prospect"]
    assert listed(page, "EMEA") == names[:5]
    asked = "offer=box&region=EMEA&region=-&status=active&status=onboarding&status=prospect"
    assert f"[all 6](<../partners/index.md?{asked}>)" in plain(page)
    assert listed(page, "APAC") == ["Elsewhere", "Other Plain", "Anywhere"]


def test_each_says_why_and_whom_to_ask(world: World) -> None:
    """The owner with an address; where nobody owns it, the department, and that nobody does."""
    playbook = world_of(
        world,
        "{id: a, name: Acme, types: [TYPE], owner: ann, offers: [box], regions: [EMEA], "
        "certifications: [Fitter, Welder], reviewed: {date: 2026-05-20, by: ann}}",
        "{id: b, name: Brix, types: [TYPE], owner: bob, offers: [box]}",
    )
    page = plain(pages_of(playbook)[paths.find("box")])

    assert "covers Box in EMEA; certified as Fitter and Welder; reviewed on 2026-05-20. Ask [Ann Lee]" in page
    assert "(<mailto:ann@example.com>), [Sales]" in page
    assert "covers Box, no region recorded. Ask [Sales](<../departments/sales.md>), since nobody owns it." in page


def test_where_nobody_fits_it_says_what_is_missing_and_whom_it_matters_to(world: World) -> None:
    """The gap, and the owner of the objective that waits for it."""
    strategy = "objectives: [{id: grow, title: Grow in Asia, owner: ann, offers: [box], types: [TYPE]}]"
    kind = next(iter(world_of(world).offers["box"].requires)).type
    playbook = world_of(world, strategy=strategy.replace("TYPE", kind))
    page = plain(pages_of(playbook)[paths.find("box")])

    assert page.count("Nobody is listed for Box here.") == 2
    assert page.count("2 partners missing. It matters to [Ann Lee](<../people/ann.md>), for [Grow in Asia]") == 2


def test_every_cell_of_the_way_in_leads_to_its_region(world: World) -> None:
    """Regions in the order of the settings; a dash where the offer is not sold; a retired offer has no page."""
    offers = PORTFOLIO.replace("regions: [EMEA, APAC]", "regions: [EMEA]")
    entry = "{id: a, name: Acme, types: [TYPE], owner: ann, offers: [box], regions: [EMEA]}"
    kind = next(iter(world_of(world).offers["box"].requires)).type
    pages = pages_of(world_of(world, entry, portfolio=offers.replace("TYPE", kind)))
    way_in = plain(pages[paths.FIND])

    assert "| Offer | APAC | EMEA |" in way_in
    assert "| [Box](<box.md>) | – | [1](<box.md#region-1>) |" in way_in
    assert "| [Kit](<kit.md>) | [nobody](<kit.md#region-1>) | [nobody](<kit.md#region-2>) |" in way_in
    assert "#region-2 }" in pages[paths.find("kit")]
    assert "This offer is planned." in plain(pages[paths.find("kit")])
    assert paths.find("old") not in pages


def test_companies_without_regions_or_offers(world: World) -> None:
    """Without regions, one list for anywhere; without offers, the other ways to find one."""
    entry = "{id: a, name: Acme, types: [TYPE], owner: ann, offers: [kit]}"
    anywhere = pages_of(world_of(world, entry, settings="as_of: 2026-06-01\n"))
    empty = pages_of(world(partners="departments: []"))

    assert "covers Kit. Ask" in plain(anywhere[paths.find("kit")])
    assert listed(anywhere[paths.find("kit")], "Anywhere") == ["Acme"]
    assert "No offer is recorded" in empty[paths.FIND]
    assert "Choose what" not in empty[paths.FIND]
    assert "find-form" not in empty[paths.FIND]
    asked = pages_of(world(partners=inventory(acme="types: [shop], owner: ann")))[paths.FIND]
    assert "No offer is recorded" in asked
    # The script alone gives something to choose from.
    assert "Choose what" in asked.partition("<form")[2].partition("</form")[0]
    assert "Choose what" not in asked.partition("<form")[0]
    assert 'id="filter-function"' in asked
    assert 'id="filter-offer"' not in asked


def test_the_other_filters_are_those_that_there_are(world: World) -> None:
    """Expected: only fields of which some entry says something, and that those who look may see."""

    def others(*more: str, hides: str = "") -> str:
        entries = [
            f"{{id: {ident}, name: X, types: [TYPE], owner: ann{ident[1:] and more[0]}}}" for ident in ("a", "b1")
        ]
        playbook = world_of(world, *entries)
        audience = Audience("some", "Some", (hides,) if hides else ())
        return plain(pages_of(cut(playbook, audience))[paths.FIND]).partition("- By ")[2].split("\n")[0]

    assert others("") == "type: the [partner directory](<../partners/index.md>) has a filter for it."
    assert others(", tier: Gold").startswith("type or tier: the [partner directory]")
    every = ", tier: Gold, industries: [Mines], certifications: [Fitter]"
    assert others(every).startswith("type, industry, tier or certification: the")
    assert others(every).endswith("has a filter for each.")
    assert others(every, hides="tier").startswith("type, industry or certification: the")
    assert "\n- All that is recorded: the [partner directory]" in plain(
        pages_of(world(partners="departments: []"))[paths.FIND]
    )
