"""A person's page: what is theirs, what is next, who stands in, what may be said, what they know."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from generator.model import (
    Agreement,
    Audience,
    Department,
    Entry,
    Function,
    HeldSkill,
    Mode,
    Objective,
    Partner,
    PartnerType,
    Person,
    Playbook,
    Promise,
    Review,
    Skill,
    Status,
)
from tests.kit import by_id, entry, plain_pages, section

TODAY = date(2026, 3, 1)
BASE = Playbook(
    TODAY,
    functions=by_id(Function("build", "Build", "Makes.", mode="club")),
    types=by_id(
        PartnerType("maker", "Maker", "build", "Makes things.", {None: "club"}),
        PartnerType("shop", "Shop", "build", "Sells things.", {None: "club"}),
    ),
    modes=by_id(Mode("club", "Club", "All.", review_every=90)),
    people=by_id(
        Person("ann", "Ann Lee", "ann@x.example", "north", skills=(HeldSkill("tea", 4), HeldSkill("law", 2))),
        Person("bo", "Bo Ray", "bo@x.example", "north"),
        Person("cy", "Cy Old", active=False),
    ),
    skills=by_id(Skill("law", "Law"), Skill("tea", "Tea")),
    departments=by_id(Department("north", "North", "north@x.example", lead="ann"), Department("south", "South")),
)
RULES = (
    Promise(types=("maker",), may=("A sample.",), never=("A date.",)),
    Promise(modes=("club",), ask=("A badge.",)),
    Promise(types=("shop",), may=("A date.",)),
)


def held(partner: str, department: str = "north", kind: str = "maker", **more: Any) -> tuple[str, Entry]:
    return partner, entry(partner, department, (kind, "club", "club"), **{"owner": "ann", **more})


def world(*entries: tuple[str, Entry], **changed: Any) -> Playbook:
    by_partner: dict[str, list[Entry]] = {}
    for partner, one in entries:
        by_partner.setdefault(partner, []).append(one)
    partners = (Partner(ident, ident.title(), tuple(theirs)) for ident, theirs in by_partner.items())
    return replace(BASE, partners=by_id(*partners), **changed)


def page(playbook: Playbook, person: str = "ann") -> str:
    return plain_pages(playbook)[f"people/{person}.md"]


def steps(content: str) -> list[str]:
    """What is next, without looks and addresses."""
    lines = re.findall(r"^- (.*)$", section(content, "next"), re.M)
    return [re.sub(r"<[^>]*>", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", line)) for line in lines]


REVIEWED = Review(date(2026, 2, 20), "ann")


def test_what_is_next_begins_with_what_is_late() -> None:
    """The latest first, then what is open, what comes due, and last what to record, once for all partners."""
    content = page(
        world(
            held("acme", reviewed=Review(date(2025, 6, 1), "ann")),
            held("bolt", reviewed=Review(date(2025, 11, 1), "ann")),
            held("cog", reviewed=REVIEWED, agreements=(Agreement("deed", "D-1", None, date(2026, 3, 11)),)),
            held("dot", "north"),
            held("dot", "south", kind="shop"),
            held("elm"),
        )
    )

    assert steps(content) == [
        "late Hold the review: Acme 183 days late",
        "late Hold the review: Bolt 30 days late",
        "open Several departments, and none leads: Dot",
        "due Decide on the agreement: deed D-1: Cog in 10 days, on 2026-03-11",
        "to record Record the last review, or hold one: Dot, Elm",
    ]
    assert re.findall(r"^- \*\*(\d+)\*\* (.*)$", content, re.M) == [
        ("5", "partners owned"),
        ("3", "things late or open"),
        ("1", "thing coming due"),
        ("3", "things to record or watch"),
    ]


def test_nothing_is_told_twice_and_nothing_that_is_hidden() -> None:
    """A check and the finding of the same are one; where health is hidden, findings say what is left to say."""
    one = world(held("acme", reviewed=Review(date(2025, 6, 1), "ann")))
    assert steps(page(one)) == ["late Hold the review: Acme 183 days late"]

    no_health = replace(one, audience=Audience("all", "All", ("health",)))
    assert steps(page(no_health)) == ["open A review is overdue: Acme"]
    assert "Checks passed" not in page(no_health)


def test_partners_owned_stand_with_their_checks_and_backups() -> None:
    """By name; of each the status is told where one is not active."""
    content = section(
        page(
            world(
                held("bolt", status=Status.PROSPECT, backup_owner="bo"),
                held("acme", reviewed=REVIEWED),
                held("gone", status=Status.ENDED),
            )
        ),
        "owned",
    )

    assert [re.sub(r"\]\([^)]*\)|\[|<[^>]*>", "", row) for row in re.findall(r"^\| (.*) \|$", content, re.M)] == [
        "Partner | Type | Managed by | Status | Checks passed | Backup",
        "--- | --- | --- | --- | --- | ---",
        "Acme | Maker | Club | active | 3 of 3 | nobody yet",
        "Bolt | Maker | Club | prospect | – | Bo Ray",
    ]


def test_who_stands_in_for_whom() -> None:
    """When the person is away, each backup with their partners, and else the department; and the other way round."""
    made = world(
        held("acme", backup_owner="bo"),
        held("bolt", backup_owner="bo"),
        held("cog"),
        held("dot", "south"),
        held("elm", owner="bo", backup_owner="ann"),
        held("fir", owner=None, backup_owner="ann"),
    )
    ann = page(made)

    assert re.findall(r"^- (.*)$", section(ann, "away"), re.M) == [
        "**[Bo Ray](<bo.md>)**: [Acme](<../partners/acme.md>), [Bolt](<../partners/bolt.md>)",
        '**<span class="missing">nobody yet</span>**: [Cog](<../partners/cog.md>), [Dot](<../partners/dot.md>); '
        "write to [north@x.example](<mailto:north@x.example>)",
    ]
    assert re.findall(r"^- (.*)$", section(ann, "stands-in"), re.M) == [
        "**nobody**: [Fir](<../partners/fir.md>)",
        "**[Bo Ray](<bo.md>)**: [Elm](<../partners/elm.md>)",
    ]
    assert "## When Bo Ray is away" in page(made, "bo")


def test_a_backup_who_has_left_stands_in_for_nobody() -> None:
    """Nor does the owner: for such partners one writes to the department, and they count as without a backup."""
    backups = (("acme", "bo"), ("bolt", "cy"), ("cog", "ann"))
    content = page(world(*(held(partner, backup_owner=backup) for partner, backup in backups)))

    assert [
        re.sub(r"\]\([^)]*\)|\[|<[^>]*>", "", line) for line in re.findall(r"^- (.*)$", section(content, "away"), re.M)
    ] == [
        "**Bo Ray**: Acme",
        "**nobody yet**: Bolt, Cog; write to north@x.example",
    ]
    assert "- **2** partners without a backup\n" in content


def test_who_has_left_is_not_away() -> None:
    """Their page says who does it until there is a new owner, and where they are still named."""
    content = page(world(held("acme", owner="cy", backup_owner="bo"), held("bolt", backup_owner="cy")), "cy")

    assert "## Until there is a new owner { #away }" in content
    assert "## Still named as the backup of { #stands-in }" in content


def test_a_check_of_which_nothing_is_known_is_none_that_fails() -> None:
    """As on the partner's page: it is told beside those that pass and fail."""
    made = world(held("acme"), held("bolt", reviewed=REVIEWED))

    assert re.findall(r"(\d of \d\S*(?: \d unknown)?) \|", section(page(made), "owned")) == [
        "2 of 2, 1 unknown",
        "3 of 3",
    ]


def test_a_promise_stands_with_those_for_whom_it_holds() -> None:
    """What holds for all goes without saying; where none does, the page says so."""
    made = world(held("acme"), held("bolt", kind="shop"), held("cog", owner="bo"), promises=RULES)
    may, ask, never = re.split(r"- \*\*(?:Ask the owner first|Never say)\*\*", section(page(made), "promises"))

    assert "- For [Acme](<../partners/acme.md>):\n        - A sample.\n" in may
    assert "- For [Bolt](<../partners/bolt.md>):\n        - A date.\n" in may
    assert "    - A badge.\n" in ask
    assert "- For [Acme](<../partners/acme.md>):\n        - A date.\n" in never
    alone = page(replace(made, promises=RULES[:1]))
    assert "\nFor [Bolt](<../partners/bolt.md>): no rule recorded; ask the department before you promise" in alone
    assert "{ #promises" not in page(replace(made, promises=()))


def test_skills_that_are_lacking_come_first() -> None:
    """With where to learn them; of whom nothing is recorded, that is said."""
    skills = by_id(
        Skill("law", "Law", level=4, modes=("club",), training="Evening classes"),
        Skill("tea", "Tea", level=3, modes=("club",)),
    )
    made = world(held("acme"), held("bolt", owner="bo"), skills=skills)

    assert re.findall(r"^- (.*)$", re.sub("<[^>]*>", "", section(page(made), "skills")), re.M) == [
        "**Law:** 2 of 5; these partners need 4 of 5. Evening classes",
        "**Tea:** 4 of 5",
    ]
    assert "**Skills:** " in section(page(made, "bo"), "skills")
    hidden = replace(made, audience=Audience("all", "All", ("toolkit",)))
    assert "{ #skills" not in page(hidden)


def test_in_what_else_a_person_is_named() -> None:
    """Departments that they lead, partners that they sponsor, and objectives, where readers see those."""
    made = world(held("acme", owner="bo", sponsor="ann"), objectives=by_id(Objective("grow", "Grow", owner="ann")))

    assert re.findall(r"^- (.*)$", section(page(made), "roles"), re.M) == [
        "**Leads:** [North](<../departments/north.md>)",
        "**Sponsors:** [Acme](<../partners/acme.md>)",
        "**Objectives:** [Grow](<../alignment.md#objective-grow>)",
    ]
    assert "Owns no partner.\n" in page(made)
    assert "Owns no" not in page(replace(made, audience=Audience("all", "All")))
    assert "Grow" not in page(replace(made, audience=Audience("all", "All", ("objectives",))))


def test_what_somebody_left_behind_is_on_their_page() -> None:
    """For whoever takes over: the partners, and that each needs an owner."""
    content = page(world(held("acme", owner="cy", reviewed=REVIEWED)), "cy")

    assert "Has left." in content
    assert steps(content) == ["open Agree on an owner: Cy Old has left: Acme"]
    assert "[Acme](<../partners/acme.md>)" in section(content, "owned")
