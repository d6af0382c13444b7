"""Departments, partners, ownership, findings, problems and old addresses on a world counted by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from generator.catalogue import CATALOGUE
from generator.findings import WARNINGS, Finding
from generator.model import (
    Agreement,
    Department,
    Entry,
    Factor,
    Function,
    Link,
    Mode,
    Objective,
    Offer,
    OfferStatus,
    Partner,
    PartnerType,
    Person,
    Playbook,
    Review,
    Satisfaction,
    Settings,
    Stage,
    Status,
)
from generator.problems import Place
from generator.site import Site
from generator.views.kit.context import Context
from generator.views.kit.links import Links
from generator.views.pages import directory, directory_rows, findings, partners
from generator.views.parts.inventory import activity
from tests.kit import as_read, by_id, current, entry, plain_pages, plain_view, section

AS_OF = date(2026, 3, 1)
HOSTILE = "A <b>bold</b> | [x](javascript:1) {{ 7*7 }} `c` *[ISV]: &amp;"


def held(partner: str, department: str, owner: str | None = "ann", **more: Any) -> Entry:
    return entry(partner, department, *more.pop("relationships", [("maker", "club", "club")]), owner=owner, **more)


# Four fields a partner, and no people, offers or settings: what a department starts with.
TINY = Playbook(
    AS_OF,
    functions=by_id(Function("build", "Build", "Makes things.", mode="club")),
    types=by_id(
        PartnerType("maker", "Maker", "build", "Makes.", {None: "club"}, own_mode=False),
        PartnerType("app", "App Maker", "build", "Makes apps.", {"early": "solo", "late": "club"}),
    ),
    modes=by_id(Mode("club", "Club", "One for all."), Mode("solo", "Solo", "Each alone.")),
    stages=by_id(Stage("early", "Early days", before_launch=True), Stage("late", "Late days")),
    factors=by_id(Factor("weather", "Weather", "It rains.")),
    departments=by_id(Department("north", "North")),
    partners=by_id(Partner("acme", "Acme", (held("acme", "north"),))),
)

FULL = held(
    "acme",
    "north",
    relationships=(("maker", "club", "club"), ("app", "club", "solo")),
    lead=True,
    offer_stage="early",
    regions=("EMEA", "APAC"),
    offers=("gate", "old"),
    objectives=("grow",),
    segment="Large",
    tier="Gold",
    industries=("Mining",),
    certifications=("Installer",),
    business_model="Resells",
    value="Reaches mines.",
    sponsor="eve",
    backup_owner="zoe",
    via="bee",
    agreements=(
        Agreement("deed", "D-1", date(2024, 1, 1), date(2025, 12, 31)),
        Agreement("deed", "D-2", date(2026, 1, 1)),
        Agreement("lease", "", None, date(2026, 3, 31)),
    ),
    reviewed=Review(date(2025, 6, 1), "ann"),
    satisfaction=Satisfaction(date(2026, 1, 15), 4.5, 5, 12),
    links=(Link("Portal", "https://acme.example/a%20b"),),
    notes="Likes tea.",
)

# acme is shared and north leads; bee has no owner; dee is shared and nobody leads; cee's only relationship ended.
WORLD = replace(
    TINY,
    settings=Settings(home_department="north", regions=("EMEA", "APAC")),
    modes=by_id(
        Mode("club", "Club", "One for all.", review_every=180),
        Mode("solo", "Solo", "Each alone.", needs_sponsor=True),
    ),
    people=by_id(
        Person("ann", "Ann Lee", "ann@x.example", "north"),
        Person("bob", "bob Ray", "bob@x.example", "east", active=False),
        Person("zoe", "Zoe Fox", department="north"),
        Person("eve", "Eve Day", department="east"),
        Person("idle", "Ida Rest", "ida@x.example", "east"),
    ),
    offers=by_id(Offer("gate", "Gate", OfferStatus.LIVE), Offer("old", "Old Gate", OfferStatus.RETIRED)),
    objectives=by_id(Objective("grow", "Grow a lot", owner="obj-owner")),
    departments=by_id(
        Department("north", "North", "north@x.example", "ann", place=Place("partners.yml", 3)),
        Department("east", "east"),
        Department("west", "West"),
    ),
    partners=by_id(
        Partner(
            "acme",
            "Acme",
            (
                held("acme", "east", "bob", relationships=(("maker", "solo", "club"),), mode_reason="weather"),
                FULL,
            ),
            domain="acme.example",
            parent="dee",
            formerly=("acme-inc", "ac-me"),
            place=Place("partners.yml", 12),
        ),
        Partner("bee", "bee Works", (held("bee", "north", None, status=Status.PROSPECT),)),
        Partner("dee", "Dee", (held("dee", "north"), held("dee", "east", "ann")), parent="Some Trust"),
        Partner("cee", "Cee", (held("cee", "east", "Kim Ó", status=Status.ENDED, tier="Silver"),)),
    ),
)


@cache
def of_the_two(number: int) -> Mapping[str, str]:
    return plain_pages((TINY, WORLD)[number])


def pages(playbook: Playbook) -> Mapping[str, str]:
    """The pages of a world; those of the two that stand above are made once."""
    known = [number for number, one in enumerate((TINY, WORLD)) if one is playbook]
    return of_the_two(known[0]) if known else plain_pages(playbook)


def page(playbook: Playbook, path: str) -> str:
    return pages(playbook)[path]


def opening(playbook: Playbook, partner: str) -> str:
    """The first sentence of the partner's page without its link targets."""
    links = Links(playbook, f"partners/{partner}.md")
    return as_read(partners.opening(links, playbook.partners[partner]))


def with_partner(*entries: Entry) -> Playbook:
    return replace(WORLD, partners=by_id(*WORLD.partners.values(), Partner("p", "P", entries)))


# --- all pages ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "playbook", [TINY, WORLD, replace(TINY, departments={}, partners={})], ids=["tiny", "world", "no inventory"]
)
def test_every_link_leads_somewhere(playbook: Playbook) -> None:
    """Every relative link of every page names an existing page, and an anchor that stands there once."""
    made = pages(playbook)
    for path, content in made.items():
        anchors = re.findall(r"\{ #(\S+)[ \w-]* \}", content)
        assert len(anchors) == len(set(anchors)), path
        for target in re.findall(r"\]\(<?([^>():]+)>?\)", content):
            whole, _, anchor = target.partition("#")
            file = whole.partition("?")[0]
            parts = path.split("/")[:-1] if file else []
            for part in file.split("/") if file else path.split("/"):
                parts = parts[:-1] if part == ".." else [*parts, part]
            found = "/".join(parts)
            assert found in made, (path, target)
            if anchor:
                assert re.search(rf"{{:? #{re.escape(anchor)} ", made[found]), (path, target)


@pytest.mark.parametrize(
    "playbook", [TINY, WORLD, replace(TINY, departments={}, partners={})], ids=["tiny", "world", "no inventory"]
)
def test_no_table_is_empty(playbook: Playbook) -> None:
    """Each table has a row under its head, and rows have as many cells as the head."""
    for path, content in pages(playbook).items():
        lines = content.splitlines()
        for number, one in enumerate(lines):
            if re.fullmatch(r"\|( :?-+:? \|)*", one):
                assert lines[number + 1].startswith("| "), path
                assert lines[number - 1].count("|") == one.count("|") == lines[number + 1].count("|"), path


def test_a_tiny_playbook_says_nothing_of_what_it_does_not_record() -> None:
    """No gap is shown for a kind of fact that the company does not record."""
    content = page(TINY, "partners/acme.md")
    assert "not recorded" not in content
    assert '    - **[ann](<../people/ann.md>)**{: .pb-who .pb-who--person data-mono="AN" }, owner\n' in content
    assert "## The company" not in content
    assert "backup" not in content
    assert "## Over time" not in content
    assert "## Findings" not in content
    assert "| Partner | Status | Type | Function | Mode | Department | Owner |\n" in page(TINY, "partners/index.md")
    assert "| Department | Partners | Active | Without owner | Findings |\n" in page(TINY, "departments/index.md")
    assert "outside" not in page(TINY, "ownership.md")


def test_pages_without_an_inventory_still_say_what_they_are_for() -> None:
    """The index pages exist, and lead editors on."""
    made = plain_pages(replace(TINY, departments={}, partners={}))
    assert "No partner is recorded yet." in made["partners/index.md"]
    assert "No department is recorded yet." in made["departments/index.md"]
    assert "no active partner is recorded" in made["ownership.md"]
    assert "No partner is recorded yet." in made["people.md"]
    # Where there is nothing, nothing is well either.
    assert "No partner is recorded yet, so there is nothing to check." in made["findings.md"]
    assert "has an owner" not in made["ownership.md"]


# --- home ---------------------------------------------------------------------------------


def test_home_answers_the_six_questions() -> None:
    """Each question leads to its page and has the answer of that page, with its links below; what is not recorded says
    what to record.
    """
    answers = page(WORLD, "index.md").split("{ #answers }")[1].split("## ")[0]
    pages_of = re.findall(r"^1\.  \*\*\[.+\?\]\(<(.+)>\)\*\*$", answers.replace("&#63;", "?"), re.M)
    assert pages_of == ["ownership.md", "coverage.md", "alignment.md", "health.md", "value.md", "toolkit.md"]
    for path in pages_of:
        answer = page(WORLD, path).split("{: .pb-question }\n\n")[1].split("\n")[0]
        assert re.sub(r"\[([^]]+)\]\(<[^>]+>\)", r"\1", answer) in answers, path
    assert "no offer says which types of partner it needs" in answers
    assert "The offers in portfolio&#46;yml" in answers or "The offers in portfolio.yml" in answers


# --- departments --------------------------------------------------------------------------


def test_departments_index_counts_partners_owners_and_findings() -> None:
    """By name ignoring case; ended relationships do not count; an owner who left is no owner."""
    content = page(WORLD, "departments/index.md")
    rows = [line for line in content.splitlines() if line.startswith("| [")]
    assert [re.findall(r"\[(.+?)\]", row)[0] for row in rows] == ["east", "North", "West"]
    assert f"| not recorded | not recorded | [2]({current('department=east')}) | [2](<" in rows[0]
    assert "[2](<../partners/index.md?department=east&status=active>) | 1 | [" in rows[0]
    assert "[Ann Lee](<../people/ann.md>) | [north@x.example](<mailto:north@x.example>) | [3](<" in rows[1]
    assert rows[2].endswith("| 0 | 0 | 0 | none |")


def test_department_page_lists_inventory_people_and_findings() -> None:
    """Sorted by name ignoring case, with modes and owners; the page leads to the line that made it."""
    content = page(WORLD, "departments/north.md")
    assert 'source: "partners.yml#L3"' in content
    assert "Manages **3 partners** today, 2 of them active. Lead: [Ann Lee]" in content
    inventory = content.split("## Inventory")[1].split("## People")[0]
    assert inventory.index("[Acme]") < inventory.index("[bee Works]") < inventory.index("[Dee]")
    assert "| nobody | " in inventory
    people = content.split("## People")[1].split("## Findings")[0]
    assert "| [Ann Lee](<../people/ann.md>) | [ann@x.example](<mailto:ann@x.example>) | [3 relationships](<" in people
    assert "| [Zoe Fox](<../people/zoe.md>) | not recorded | no relationships |" in people
    found = content.split("## Findings")[1]
    assert "[bee Works](<../partners/bee.md>) | bee Works has no owner | " in found
    assert "[unowned](<../editors/problems.md#unowned>)" in found


def test_people_without_a_role_are_named_but_lead_nowhere() -> None:
    """They have no page, so no link may point there."""
    content = page(WORLD, "departments/east.md")
    assert "| Ida Rest | [ida@x.example]" in content
    assert "Ida Rest" not in page(WORLD, "people.md")


def test_of_many_partners_the_first_are_named() -> None:
    """A sentence with a thousand names is read by nobody: it says how many more, and leads to all of them."""
    entries = {f"p{n:02}": (held(f"p{n:02}", "north", "ann", backup_owner="zoe"),) for n in range(56)}
    many = by_id(*(Partner(ident, ident.upper(), held_by) for ident, held_by in entries.items()))
    content = page(replace(WORLD, partners=many), "people/ann.md")
    assert content.split("{ #away }")[1].count("](<../partners/p") == 50
    assert f"[P49](<../partners/p49.md>) and [6 more]({current('owner=ann')})" in content


def test_ended_relationships_stand_apart() -> None:
    """They are on the department's page, but not in its inventory."""
    content = page(WORLD, "departments/east.md")
    inventory, ended = content.split("## Ended { #ended data-search-exclude }")
    assert "[Cee]" not in inventory
    assert "[Cee](<../partners/cee.md>)" in ended
    assert "bob Ray](<../people/bob.md>) (has left)" in inventory


def test_department_without_partners_says_so() -> None:
    """No table, no findings."""
    content = page(WORLD, "departments/west.md")
    assert "Manages **no partners** today" in content
    assert "No partner is managed here today." in content
    assert "##" not in content.split("No partner is managed here today.")[1]


def test_department_whose_partners_have_ended_says_so() -> None:
    """Not that it manages none, which a site for some readers cannot know."""
    with_ended = with_partner(held("p", "west", status=Status.ENDED))
    content = page(with_ended, "departments/west.md")

    assert "Only partners that have ended are listed here." in content
    assert "All that is listed [has ended](#ended)." in section(content, "inventory")
    assert 'description: "West: former partners, who owns what' in content
    assert "## Ended" in content
    assert "has only partners listed that have ended" in page(with_ended, "departments/west/first-day.md")


# --- partners: the opening ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [
        ([held("p", "north")], "**P** is owned by Ann Lee in North."),
        ([held("p", "north", None)], "Nobody owns **P**, which is managed by North."),
        ([held("p", "east", "bob")], "**P** is owned by bob Ray (has left) in east."),
        ([held("p", "east", "Kim")], "**P** is owned by Kim in east."),
        (
            [held("p", "north"), held("p", "north", "zoe", relationships=[("app", "club", "club")])],
            "**P** is owned by Ann Lee and Zoe Fox in North.",
        ),
        (
            [held("p", "east", "eve"), held("p", "north", lead=True)],
            "**P** is owned by Ann Lee in North, which leads; east (owner: Eve Day) manages it too.",
        ),
        (
            [held("p", "north", None, lead=True), held("p", "east", None)],
            "Nobody owns **P**, which is managed by North, which leads; east (owner: nobody) manages it too.",
        ),
        (
            [held("p", "north"), held("p", "east", "eve"), held("p", "west", None)],
            "**P** is owned by Ann Lee in North; east (owner: Eve Day) and West (owner: nobody) manage it too; "
            "none of them leads.",
        ),
        (
            [held("p", "north", lead=True), held("p", "east", "eve", lead=True)],
            "**P** is owned by Ann Lee in North; east (owner: Eve Day) manages it too; both say that they lead.",
        ),
        (
            [held("p", "north", lead=True), held("p", "east", lead=True), held("p", "west")],
            "**P** is owned by Ann Lee in North; east (owner: Ann Lee) and West (owner: Ann Lee) manage it too; "
            "North and east say that they lead.",
        ),
        (
            [held("p", "north"), held("p", "east", "eve", status=Status.ENDED, lead=True)],
            "**P** is owned by Ann Lee in North.",
        ),
        (
            [held("p", "north", status=Status.ENDED), held("p", "east", status=Status.ENDED)],
            "**P** is no longer a partner of North and east.",
        ),
    ],
)
def test_the_opening_says_who_owns_it_and_where(entries: list[Entry], sentence: str) -> None:
    """One sentence names the owner, every department of today, and who leads."""
    assert opening(with_partner(*entries), "p") == sentence


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.PROSPECT, "It is a prospect"),
        (Status.ONBOARDING, "being onboarded"),
        (Status.DORMANT, "at present"),
        (Status.ACTIVE, ""),
    ],
)
def test_the_opening_is_followed_by_its_standing(status: Status, words: str) -> None:
    """A partner who is not active yet, or no longer, is told apart in words."""
    content = page(with_partner(held("p", "north", status=status)), "partners/p.md")
    assert words in content
    assert f'<span class="chip chip--{status}">{status}</span>' in content


# --- partners: the facts ------------------------------------------------------------------


def facts_of(content: str) -> dict[str, list[str]]:
    """The cells beside each name in the table of facts; that a day stays in one piece is left out."""
    facts = re.sub(r'<span class="pb-nowrap">([^<]*)</span>', r"\1", section(content, "facts"))
    rows = re.findall(r"^\| (.+) \|$", facts, re.M)
    return {name: cells for name, *cells in (row.split(" | ") for row in rows)}


def test_partner_page_says_what_is_recorded() -> None:
    """Every fact of a full entry, worded and linked, in the column of its department."""
    content = page(WORLD, "partners/acme.md")
    assert 'source: "partners.yml#L12"' in content
    assert 'trail: [["Partners", "partners/index.md"]]' in content
    assert 'description: "Maker, App Maker. Owned by bob Ray, Ann Lee; managed by east, North."' in content
    assert '- Reaches mines. <span class="pb-where">for North</span>\n' in section(content, "does")
    assert '- Likes tea. <span class="pb-where">for North</span>\n' in section(content, "notes")
    facts = facts_of(content)
    assert {name: north for name, (north, _) in facts.items()} == {
        "Fact": "[North](<../departments/north.md>){: .pb-column #department-north }, leads",
        "---": "---",
        "Status": '<span class="chip chip--active">active</span>',
        "Type": "[Maker](<../types/maker.md>), [App Maker](<../types/app.md>)",
        "Managed by": "[Club](<../modes/club.md>)",
        "Why": "[Maker](<../types/maker.md>): expected for this type; [App Maker](<../types/app.md>): "
        "instead of [Solo](<../modes/solo.md>); no reason recorded",
        "Health": "[2 of 4 checks pass](<../health.md#relationships>)",
        "Sponsor": "[Eve Day](<../people/eve.md>)",
        "Stage of its own offer": "[Early days](<../glossary.md#stage-early>)",
        "Regions": "EMEA, APAC",
        "Offers": "[Gate](<../coverage.md#offer-gate>), Old Gate (retired)",
        "Objectives": "[Grow a lot](<../alignment.md#objective-grow>)",
        "Segment": "Large",
        "Tier": "Gold",
        "Industries": "Mining",
        "Certifications": "Installer",
        "Business model": "Resells",
        "Last review": "2025-06-01, by [Ann Lee](<../people/ann.md>)",
        # 2025-06-01 and 180 days.
        "Next review": "overdue since 2025-11-28",
        "Satisfaction": "4.5 of 5, from 12 answers on 2026-01-15",
        "Sells through": "[bee Works](<bee.md>)",
        "Links": "[Portal](<https://acme.example/a%20b>)",
    }
    # The lead comes first, though its entry was written last; what one of two lacks is a dash.
    assert facts["Fact"][1] == "[east](<../departments/east.md>){: .pb-column #department-east }"
    assert facts["Why"][1] == (
        "instead of [Club](<../modes/club.md>) because of [Weather](<../glossary.md#factor-weather>)"
    )
    assert facts["Tier"][1] == facts["Regions"][1] == "–"


def test_what_is_missing_is_said() -> None:
    """In one sentence, of what the company records elsewhere and no department does here; a need of the mode, apart."""
    missing = '<span class="missing">not recorded</span>'
    assert facts_of(page(WORLD, "partners/acme.md"))["Sponsor"][1] == f"{missing}; [Solo](<../modes/solo.md>) needs one"
    assert "Not recorded:" not in page(WORLD, "partners/acme.md")
    dee = page(WORLD, "partners/dee.md")
    (line,) = re.findall(r"^Not recorded: (.*)\. \[Add what you know\]\(<../editors/index.md>\)$", dee, re.M)
    asked = {"regions", "offers", "objectives", "tier", "satisfaction", "agreements", "what it does for customers"}
    assert asked <= set(line.split(", "))
    # The stage matters to no type of this entry, and that nobody reviewed it is said where it is asked for.
    assert not {"stage of its own offer", "last review", "backup"} & set(line.split(", "))
    assert (
        facts_of(dee)["Last review"][0] == f"{missing}; its mode asks for one at least every 180 days (about 6 months)"
    )
    assert '**<span class="missing">nobody yet</span>**' in section(dee, "contacts")


def test_an_ended_relationship_lacks_nothing() -> None:
    """What is recorded stays; nothing is asked for any more, and nobody is to be written to."""
    content = page(WORLD, "partners/cee.md")
    facts = facts_of(content)
    assert facts["Tier"] == ["Silver"]
    assert facts["Owned by"] == ["[Kim Ó](<../people/unlisted--4b-69-6d-20-d3.md>)"]
    assert "not recorded" not in content.lower()
    assert 'description: "Maker. No longer a partner of east."' in content
    assert "## Whom to write to" not in content


def test_a_partner_is_what_it_is_today() -> None:
    """What has ended in one department stands among the facts alone, with the owner of each column."""
    playbook = with_partner(
        held("p", "north", "bob", status=Status.ENDED),
        held("p", "east", "eve", relationships=[("app", "club", "club")]),
    )
    content = page(playbook, "partners/p.md")
    facts = facts_of(content)

    assert '<span class="chip chip--active">active</span> [App Maker](<../types/app.md>)\n{:' in content
    assert 'description: "App Maker. Owned by Eve Day; managed by east."' in content
    assert section(content, "does").count("../types/") == 1
    assert facts["Owned by"] == ["[Eve Day](<../people/eve.md>)", "[bob Ray](<../people/bob.md>) (has left)"]
    assert facts["Status"][1] == '<span class="chip chip--ended">ended</span>'
    assert facts["Type"] == ["[App Maker](<../types/app.md>)", "[Maker](<../types/maker.md>)"]
    assert "landscape.md#box-app>" in content
    assert "Owned by" not in facts_of(page(WORLD, "partners/acme.md"))


def test_what_has_ended_stands_nowhere_in_the_landscape() -> None:
    """Its page does not lead there: nothing there has the type that only it had."""
    playbook = with_partner(held("p", "north", status=Status.ENDED))
    content = page(playbook, "partners/p.md")

    assert "## Neighbors" in content
    assert "landscape.md" not in content


@pytest.mark.parametrize(
    ("review", "words"),
    [
        (AS_OF - timedelta(days=180), "2026-03-01"),
        (AS_OF - timedelta(days=181), "overdue since 2026-02-28"),
    ],
)
def test_a_review_is_due_up_to_its_day(review: date, words: str) -> None:
    """On the day itself it is not overdue yet."""
    content = page(with_partner(held("p", "north", reviewed=Review(review, "ann"))), "partners/p.md")
    assert facts_of(content)["Next review"] == [words]


def test_a_mode_without_cadence_asks_for_no_review() -> None:
    """The last one is told, and no next."""
    solo = held("p", "north", relationships=(("maker", "solo", "solo"),), reviewed=Review(AS_OF, "ann"))
    facts = facts_of(page(with_partner(solo), "partners/p.md"))
    assert facts["Last review"] == ["2026-03-01, by [Ann Lee](<../people/ann.md>)"]
    assert "Next review" not in facts


def test_a_score_from_few_answers_is_not_shown() -> None:
    """Four answers are under the threshold of five; the score is nowhere on the page."""
    few = held("p", "north", satisfaction=Satisfaction(date(2026, 2, 1), 4.25, 5, 4))
    content = page(with_partner(few), "partners/p.md")
    said = "not shown: 4 answers on 2026-02-01, and a score is shown from 5 answers on"
    assert facts_of(content)["Satisfaction"] == [said]
    assert "4.25" not in content


def test_the_expected_mode_by_stage_names_the_stage() -> None:
    """Where the stage decides, it is the reason."""
    early = held("p", "north", relationships=(("app", "solo", "solo"),), offer_stage="early")
    content = page(with_partner(early), "partners/p.md")
    assert facts_of(content)["Why"] == ["expected at the stage [Early days](<../glossary.md#stage-early>)"]


def test_partner_page_shows_the_company() -> None:
    """Old ids, address, parent and children; a parent who is no partner is plain text."""
    opening, acme = page(WORLD, "partners/acme.md").split("## The company")
    assert "It was formerly listed as acme-inc or ac-me.\n" in opening
    assert "- **Web site:** [acme.example](<https://acme.example/>)\n" in acme
    assert "- **Belongs to:** [Dee](<dee.md>)\n" in acme
    dee = page(WORLD, "partners/dee.md").split("## The company")[1]
    assert "- **Belongs to:** Some Trust\n" in dee
    assert "- **Owns:** [Acme](<acme.md>)\n" in dee
    assert "- **Others sell through it:** [Acme](<acme.md>)\n" in page(WORLD, "partners/bee.md")
    by_name = replace(WORLD.partners["acme"], parent="Dee")
    renamed = replace(WORLD, partners={**WORLD.partners, "acme": by_name})
    assert "- **Belongs to:** [Dee](<dee.md>)\n" in page(renamed, "partners/acme.md")


def test_partner_page_lists_its_findings() -> None:
    """Each leads to its explanation; the department is named where there are several."""
    content = page(WORLD, "partners/dee.md")
    assert (
        "- [Several departments, and none leads](<../editors/problems.md#no-lead>) "
        "(in [North](<../departments/north.md>)): Dee is managed by North and east, and none of them leads "
        "(add lead: true to the entry of the one that leads)\n"
    ) in content
    bee = page(WORLD, "partners/bee.md")
    assert "- [Nobody owns the relationship](<../editors/problems.md#unowned>): bee Works has no owner (" in bee


# --- directory ----------------------------------------------------------------------------


def test_directory_has_a_row_for_each_relationship() -> None:
    """By name ignoring case, what ended last, one row for each type; the page stays out of the search."""
    content = page(WORLD, "partners/index.md")
    assert 'search: {"exclude": true}' in content
    assert "We have **3 partners** today." in content
    assert "1 has ended and stands at the end." in content
    assert ">7 relationships with 4 partners</p>" in content
    assert (
        "| Partner | Status | Type | Function | Mode | Department | Owner | Region | Tier | Segment | Findings |"
    ) in content
    rows = [line for line in content.splitlines() if line.startswith("| [")]
    assert [re.findall(r"\[(.+?)\]", row)[0] for row in rows] == [
        *("Acme", "Acme", "Acme", "bee Works", "Dee", "Dee", "Cee"),
    ]
    assert "| [Solo](<../modes/solo.md>) | [east](<../departments/east.md>) |" in rows[0]
    assert "| EMEA, APAC | Gold | Large | [4](<acme.md#findings>) |" in rows[1]
    assert "| nobody | not recorded | not recorded | not recorded | [1](<bee.md#findings>) |" in rows[3]
    assert '| <span class="chip chip--ended">ended</span> |' in rows[6]
    assert "| Silver |" in rows[6]


def test_directory_offers_what_rows_hold() -> None:
    """A filter has the values that some row holds, and one for what is not recorded; others do not appear."""
    content = page(WORLD, "partners/index.md")
    owners = content.split('data-filter="owner">')[1].split("</select>")[0]
    assert re.findall(r'value="(.*?)">(.*?)<', owners) == [
        ("", "any"),
        ("ann", "Ann Lee"),
        ("bob", "bob Ray (has left)"),
        ("Kim Ó", "Kim Ó"),
        ("-", "nobody"),
    ]
    assert 'data-filter="tier"' in content
    assert 'data-filter="tier"' not in page(TINY, "partners/index.md")


def test_directory_has_no_column_of_nothing() -> None:
    """Without any finding there is no column for findings."""
    view = directory.view(Context(TINY), directory_rows.listing(Context(TINY)))
    assert "Findings" not in plain_view(view)


# --- ownership ----------------------------------------------------------------------------


def test_ownership_begins_with_what_nobody_owns() -> None:
    """No owner, or one who left: two of five current relationships."""
    content = page(WORLD, "ownership.md")
    unowned = content.split("{ #unowned }")[1].split("##")[0]
    assert "**2 entries** without an owner who is here" in unowned
    assert "| [Acme](<partners/acme.md>) | [east](<departments/east.md>) |" in unowned
    assert "| bob Ray has left |" in unowned
    assert "| no owner |" in unowned
    assert "[1 person](<#owners>) looks after our partners, and **[2 entries](<#unowned>)** have no owner." in content


def test_ownership_counts_what_is_managed_outside_the_home() -> None:
    """Active relationships: three in north (acme twice, dee), two in east."""
    content = page(WORLD, "ownership.md")
    rows = "partners/index.md?department=east&status=active"
    assert f"**40%** of what is active ([2 of 5](<{rows}>) relationships) is managed outside" in content
    assert "outside [North](<departments/north.md>), in [1 other department](<#departments>)." in content


def test_nothing_is_outside_where_one_department_manages_all() -> None:
    """That is no share of zero: it is said as where the channel has no home."""
    alone = replace(TINY, settings=replace(TINY.settings, home_department="north"))
    content = plain_pages(alone)["ownership.md"]

    assert "outside" not in content
    assert " managed in [1 department](<#departments>)." in content


def test_ownership_counts_by_department_function_and_type() -> None:
    """Every figure leads to the rows of the directory that it counts."""
    content = page(WORLD, "ownership.md")
    part = content.split("{ #departments }")[1].split("##")[0]
    rows = [line for line in part.splitlines() if line.startswith("| ")][2:]
    assert [re.findall(r"\[([^\]]+)\]", row)[0] for row in rows[:-1]] == ["North", "east"]
    assert rows[0].endswith("[3](<partners/index.md?department=north&status=active>) | 60% |")
    assert rows[-1].startswith("| All |")
    assert rows[-1].endswith("| [5](<partners/index.md?status=active>) | 100% |")
    types = content.split("{ #types }")[1]
    assert "[4](<partners/index.md?type=maker&status=active>)" in types


def test_ownership_lists_owners_with_what_would_be_nobodys() -> None:
    """Who has most partners comes first; the figure leads to the person's own list."""
    owners = page(WORLD, "ownership.md").split("{ #owners }")[1].split("##")[0]
    rows = [line for line in owners.splitlines() if line.startswith("| [")]
    assert "[Ann Lee](<people/ann.md>)" in rows[0]
    assert "[2](<people/ann.md>)" in rows[0]
    assert "bob Ray](<people/bob.md>) (has left)" in rows[1]


def test_ownership_where_nobody_owns_anything() -> None:
    """The answer says so, and leads to no list of owners, since there is none."""
    alone = Partner("p", "P", (held("p", "north", None),))
    content = page(replace(TINY, partners=by_id(alone)), "ownership.md")
    assert "Nobody who is here owns our **[1 entry](<#unowned>)**." in content
    assert "#owners" not in content


def test_ownership_shows_shared_partners_and_who_leads() -> None:
    """Nobody where none does, and disputed where several do."""
    shared = page(WORLD, "ownership.md").split("{ #shared }")[1].split("##")[0]
    assert "| [Acme](<partners/acme.md>) | [North](<departments/north.md>) | [east](<departments/east.md>) |" in shared
    assert '| [Dee](<partners/dee.md>) | <span class="chip chip--gap">nobody</span> | ' in shared
    both = with_partner(held("p", "north", lead=True), held("p", "east", lead=True))
    assert (
        "| [P](<partners/p.md>) | [North](<departments/north.md>) and [east](<departments/east.md>) "
        '<span class="chip chip--gap">disputed</span> |' in page(both, "ownership.md")
    )


def test_everybody_in_a_role_has_a_line_and_a_page() -> None:
    """Owners, backups, sponsors, leads, reviewers, owners of objectives and of what ended; nobody else."""
    made = pages(WORLD)
    content = section(made["people.md"], "people")
    lines = re.findall(r"^\| \[(.+)\]\(<(.+)>\)\{: \.pb-person #(.+) \}", content, re.M)
    assert lines == [
        ("Ann Lee", "people/ann.md", "person-ann"),
        ("bob Ray", "people/bob.md", "person-bob"),
        ("Eve Day", "people/eve.md", "person-eve"),
        ("Kim Ó", "people/unlisted--4b-69-6d-20-d3.md", "unlisted-4b-69-6d-20-d3"),
        ("obj-owner", "people/obj-owner.md", "person-obj-owner"),
        ("Zoe Fox", "people/zoe.md", "person-zoe"),
    ]
    assert {path for path in made if path.startswith("people/")} == {path for _, path, _ in lines}
    assert "{: .pb-person #person-bob } (has left) | [" in content
    ann, bob, eve, kim, _, zoe = (made[path] for _, path, _ in lines)
    assert "# Ann Lee\n" in ann
    assert "[North](<../departments/north.md>) · [ann@x.example](<mailto:ann@x.example>)" in ann
    assert re.findall(r"^\| \[(\w+)\]", section(ann, "owned"), re.M) == ["Acme", "Dee", "Dee"]
    assert "- **[Zoe Fox](<zoe.md>)**: [Acme](<../partners/acme.md>)\n" in section(ann, "away")
    assert "nobody yet</span>**: [Dee](<../partners/dee.md>); write to [north@x.example](" in section(ann, "away")
    assert "Has left." in bob
    assert "bob@x.example" not in bob + content
    assert "- **Sponsors:** [Acme](<../partners/acme.md>)" in eve
    assert "Not in the list of people." in kim
    assert "Owns no partner." in kim
    assert "- **[Ann Lee](<ann.md>)**: [Acme](<../partners/acme.md>)" in section(zoe, "stands-in")


def test_people_of_whom_no_backup_is_ever_recorded() -> None:
    """Nothing is said of backups."""
    ann = page(TINY, "people/ann.md")
    assert (
        "| [Acme](<../partners/acme.md>) | [Maker](<../types/maker.md>) | [Club](<../modes/club.md>) | 2 of 2 |\n"
        in ann
    )
    assert "backup" not in ann.lower().replace("backs up", "")
    assert "away" not in ann
    assert "| Person | Owns |\n" in page(TINY, "people.md")


def test_people_by_department() -> None:
    """The owners by name, and then what nobody owns; departments without partners do not appear."""
    content = page(WORLD, "people.md").split("{ #departments }")[1].split("{ #people }")[0]
    assert "West" not in content
    assert (
        "- **[North](<departments/north.md>)**{: #department-north }: [Ann Lee](<people/ann.md>); "
        "nobody for [bee Works](<partners/bee.md>)\n"
    ) in content


def test_many_that_nobody_owns_are_counted() -> None:
    """A page about people names few partners; the number leads to the rows of them, and to no others."""
    some, many = (
        plain_pages(
            replace(
                TINY, partners=by_id(*(Partner(f"p{n}", f"P{n}", (held(f"p{n}", "north", None),)) for n in range(size)))
            )
        )
        for size in (10, 11)
    )

    assert some["people.md"].count("](<partners/p") == 10
    assert "(<partners/p" not in many["people.md"]
    rows = current("department=north&owner=-").replace("../", "")
    assert f"nobody for [11 partners]({rows})" in many["people.md"]


@pytest.mark.parametrize(
    ("statuses", "words"),
    [
        ("a", "which is active"),
        ("o", "which is not active"),
        ("aa", "all of them active"),
        ("ao", "1 of them active"),
        ("oo", "none of them active"),
    ],
)
def test_how_many_are_active_in_words(statuses: str, words: str) -> None:
    """Behind the number of partners, of whom there may be one, and of whom all or none may be active."""
    kinds = {"a": Status.ACTIVE, "o": Status.ONBOARDING}
    assert activity([held(f"p{n}", "north", status=kinds[one]) for n, one in enumerate(statuses)]) == words


# --- findings -----------------------------------------------------------------------------


def test_findings_are_summed_up_by_code_and_listed_by_department() -> None:
    """Every finding stands in exactly one table, with its partner, message, hint and explanation."""
    content = page(WORLD, "findings.md")
    context = Context(WORLD)
    assert f"**{len(context.findings)} findings** about 3 partners" in content
    summary, *lists = re.split(r"^## .* \{ #department-.+ \}$", content, flags=re.M)
    assert "| Nobody owns the relationship | 1 | [unowned](<editors/problems.md#unowned>) |\n" in summary
    assert sum(part.count("](<editors/problems.md#") for part in lists) == len(context.findings)
    row = (
        "| nobody | [bee Works](<partners/bee.md>) | bee Works has no owner | write the id of the person who owns it |"
    )
    assert row in content


def test_findings_that_nothing_tells_apart_have_a_row_each() -> None:
    """The list is as long as the number above it says."""
    twin = Finding(WARNINGS["unowned"], Place(), "acme", values={"backup": None})
    context = Context(TINY)
    context.__dict__["findings"] = (twin, twin)
    content = plain_view(findings.view(context))
    assert "\n\n2 findings.\n" in content
    assert content.count("| nobody | [Acme](<partners/acme.md>) | Acme has no owner |") == 2


def test_a_finding_of_no_department_is_listed_too() -> None:
    """It has a list of its own."""
    context = Context(TINY)
    context.__dict__["findings"] = (Finding(WARNINGS["unowned"], Place(), "acme", values={"backup": None}),)
    content = plain_view(findings.view(context))
    assert "## Between departments { #elsewhere data-search-exclude }\n\n1 finding.\n" in content
    assert "| nobody | [Acme](<partners/acme.md>) | Acme has no owner |" in content


# --- problems and old addresses -----------------------------------------------------------


def test_every_problem_is_explained() -> None:
    """Each code has an anchor of its name, below the kind it belongs to."""
    errors, warnings = page(TINY, "editors/problems.md").split("## Warnings { #warnings }")
    for code in CATALOGUE.values():
        part = errors if code.severity.value == "error" else warnings
        assert f"### {code.slug} {{ #{code.slug} }}\n\n**{code.title}.** " in part
        assert code.fix in part


def test_old_ids_lead_to_the_partner() -> None:
    """A page at each old address names the new one, for the theme and for readers, and no search finds it."""
    content = page(WORLD, "partners/acme-inc.md")
    assert 'template: "playbook-redirect.html"' in content
    assert 'redirect: "acme/"' in content
    assert 'search: {"exclude": true}' in content
    assert "[Acme](<acme.md>)" in content
    assert "partners/ac-me.md" in pages(WORLD)


# --- hostile text -------------------------------------------------------------------------


def test_hostile_text_reaches_no_page_unescaped() -> None:
    """With every text of the inventory hostile, only our own markup is left, and the text can be read."""

    def everywhere(entities: Mapping[str, Any], **fields: str) -> Mapping[str, Any]:
        return {key: replace(one, **fields) for key, one in entities.items()}

    texts: dict[str, Any] = dict.fromkeys(("segment", "tier", "business_model", "value", "notes"), HOSTILE)
    lists: dict[str, Any] = dict.fromkeys(("regions", "industries", "certifications"), (HOSTILE,))
    entry = replace(FULL, **texts, **lists, owner=HOSTILE, agreements=(Agreement(HOSTILE, HOSTILE),))
    entry = replace(entry, links=(Link(HOSTILE, "https://x.example/"),))
    acme = replace(WORLD.partners["acme"], name=HOSTILE, parent=HOSTILE, entries=(entry,))
    world = replace(
        WORLD,
        partners={**WORLD.partners, "acme": acme},
        departments=everywhere(WORLD.departments, name=HOSTILE, lead=HOSTILE),
        people=everywhere(WORLD.people, name=HOSTILE),
        offers=everywhere(WORLD.offers, name=HOSTILE),
        objectives=everywhere(WORLD.objectives, title=HOSTILE),
    )
    for made in Site(world).pages():
        if not made.markdown:
            continue
        body = made.content.split("---\n", 2)[2]
        for sign in ("<b>", "(javascript:", "{{", "`c`", "*[ISV]"):
            assert sign not in body, made.path
    assert HOSTILE in page(world, "partners/acme.md")
