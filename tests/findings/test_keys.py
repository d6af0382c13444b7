"""What a finding is known by: it stays while names, days, lines and words change, and tells findings apart."""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest

from generator import findings
from generator.catalogue import CATALOGUE
from generator.findings import RULES, WARNINGS, Identity, Rule, WordedFinding, find, identify, new_ids, word
from generator.loading import load_folder
from generator.model import Playbook, frozen
from generator.problems import Severity
from tests.kit import RICH, World, inventory


def identities(playbook: Playbook, renamed: dict[str, str] | None = None) -> Counter[Identity]:
    return Counter(identify(finding, renamed or {}) for finding in find(playbook))


def with_other_names(playbook: Playbook) -> Playbook:
    """The same with another name for all that has one, but partners."""
    kinds = ("departments", "people", "types", "modes", "stages", "offers")
    renamed: dict[str, Any] = {
        kind: frozen({key: replace(one, name=f"X {one.name}") for key, one in getattr(playbook, kind).items()})
        for kind in kinds
    }
    return replace(playbook, **renamed)


# --- what stays ---------------------------------------------------------------------------


def test_names_are_no_part_of_it(rich: Playbook) -> None:
    """Departments, people, types, modes, stages and offers of other names: each sentence that names one is another,
    and each finding the same."""
    other = with_other_names(rich)

    assert identities(other) == identities(rich)
    told, once = ({word(finding, world).message for finding in find(world)} for world in (other, rich))
    assert len(once - told) >= 8


def test_a_partners_name_is_no_part_of_it(rich: Playbook) -> None:
    """Other names of all partners, which are as like as before, change no finding."""
    partners = {key: replace(one, name=f"{one.name} & Sons") for key, one in rich.partners.items()}
    other = replace(rich, partners=frozen(partners))

    assert identities(other) == identities(rich)
    told, once = (
        {word(finding, world).message for finding in find(world) if finding.partner is not None}
        for world in (other, rich)
    )
    # A text is said to be of its partner's id.
    assert {message.split()[:2] == ["a", "text"] for message in told & once} == {True}


@pytest.mark.parametrize("days", [1, 40])
def test_days_that_pass_are_no_part_of_it(rich: Playbook, days: int) -> None:
    """What was found yesterday is found today, unless time alone settles it: words differ, the finding does not."""
    later = replace(rich, as_of=rich.as_of + timedelta(days=days))
    gone = identities(rich) - identities(later)

    assert {identity.code for identity in gone} <= {"agreement-notice", "satisfaction-low", "waiver-unused"}
    assert {word(one, later).message for one in find(later)} != {word(one, rich).message for one in find(rich)}


def test_words_are_no_part_of_it(rich: Playbook) -> None:
    """Neither words nor the values that they are made of are asked for."""
    for finding in find(rich):
        assert identify(replace(finding, values={}, place=finding.place._replace(line=9))) == identify(finding)


# What is found of several entries or partners at once: three have one domain, of which one belongs to another; three
# have names that are alike; a review day, a lead and a text are shared.
CARE = """\
- id: care
  name: Care
  partners:
  - {id: acme, types: [shop], owner: ann, lead: true, reviewed: {date: 2026-05-30, by: ann}}
  - {id: birch, types: [shop], owner: ann}
  - {id: cedar, name: Cedar Systems, types: [shop], owner: ann, domain: one.example}
  - {id: oaks, name: Harborlinks AB, types: [shop], owner: ann}
"""
PLAN = """\
- id: plan
  name: Plan
  partners:
  - {id: acme, name: Acme, types: [shop], owner: ann, lead: true, reviewed: {date: 2026-05-30, by: ann}}
  - {id: ash, name: Ash, types: [shop], owner: ann, domain: one.example, parent: cedar}
  - {id: oak, name: Harborlink AB, types: [shop], owner: ann}
"""
SALE = """\
- id: sale
  name: Sale
  partners:
  - {id: birch, name: "Birch, call +49 171 1234567", types: [shop], owner: ann}
  - {id: elm, name: Elm, types: [shop], owner: ann, domain: one.example}
  - {id: oaken, name: Harborlinx AB, types: [shop], owner: ann}
"""


def test_the_order_of_departments_is_no_part_of_it(world: World) -> None:
    """Expected: whichever department is written first, the same findings, and each is known by the same."""
    settings = "company: Example\nas_of: 2026-06-01\nthresholds: {reviews_a_day: 1}\n"
    orders = [
        identities(world(partners=f"departments:\n{''.join(order)}", settings=settings))
        for order in permutations([CARE, PLAN, SALE])
    ]

    codes = {"two-leads", "no-lead", "same-domain", "similar-name", "bulk-review", "phone-number"}
    assert codes <= {identity.code for identity in orders[0]}
    assert all(order == orders[0] for order in orders)


# --- since when ---------------------------------------------------------------------------


@pytest.mark.parametrize("day", [date(2026, 11, 2), date(2027, 3, 1), date(2029, 1, 1)])
def test_what_came_by_days_says_since_when(rich: Playbook, day: date) -> None:
    """Expected: on that day the same data gives the finding, and on the day before it does not."""
    came = [one for one in find(replace(rich, as_of=day)) if one.came is not None]

    assert {one.code.slug for one in came} >= {"agreement-expired", "review-overdue", "satisfaction-stale"}
    for one in came:
        assert one.came is not None
        assert identify(one) in identities(replace(rich, as_of=one.came))
        assert identify(one) not in identities(replace(rich, as_of=one.came - timedelta(days=1)))


@pytest.mark.parametrize(
    ("agreements", "expected"),
    [
        ("{kind: nda, ends: 2026-05-10}", [("agreement-expired", "2026-05-11")]),
        ("{kind: nda, ends: 2025-01-01}, {kind: nda, ref: B, starts: 2026-01-01, ends: 2026-05-10}",
         [("agreement-expired", "2026-05-11"), ("agreement-expired", "2026-05-11")]),
        ("{kind: nda, ends: 2026-06-10, notice_days: 20}", [("agreement-notice", "2026-05-21")]),
        ("{kind: nda, ends: 2026-06-10, notice_days: 36500}", [("agreement-notice", "1926-07-05")]),
        ("{kind: nda, starts: 2026-05-25, ends: 2026-06-10, notice_days: 20}", [("agreement-notice", "2026-05-25")]),
    ],
)  # fmt: skip
def test_agreements_say_since_when_none_takes_their_place(
    agreements: str, expected: list[tuple[str, str]], world: World
) -> None:
    """Expected: the day after the last end of the kind, or the first of its notice time."""
    entry = f"{{id: acme, name: Acme, types: [shop], owner: ann, agreements: [{agreements}]}}"
    assert [(one.code.slug, str(one.came)) for one in find(world(partners=inventory(entry)))] == expected


# --- what is renamed ----------------------------------------------------------------------

TWIN = "{id: acme, name: Acme, types: [shop], owner: ann, domain: acme.example}"
OTHER = "{id: birch, name: Birch, types: [agent], mode: close, owner: ann, domain: acme.example, status: dormant}"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: acme,", "id: acme-group, formerly: [acme],"),
        ("id: birch,", "id: birch-wood, formerly: [birch],"),
    ],
)
def test_another_id_is_the_same_where_the_old_one_is_kept(world: World, old: str, new: str) -> None:
    """Of the partner that a finding is about, and of its twin, whose id is in the key."""
    before, after = world(partners=inventory(TWIN, OTHER)), world(partners=inventory(TWIN, OTHER).replace(old, new))

    assert "same-domain" in {identity.code for identity in identities(before)}
    assert identities(before) != identities(after)
    assert identities(before, dict(new_ids(after))) == identities(after)


def test_another_id_of_a_type_is_the_same_where_the_old_one_is_an_alias(world: World) -> None:
    """The type is in the key of a mode that nobody justified."""
    before = world(partners=inventory(OTHER))
    agent = before.types["agent"]
    entry = before.partners["birch"].entries[0]
    relationship = replace(entry.relationships[0], type="broker")
    partner = replace(before.partners["birch"], entries=(replace(entry, relationships=(relationship,)),))
    types = {**before.types, "broker": replace(agent, id="broker", aliases=("agent",))}
    after = replace(before, types=frozen(types), partners=frozen({"birch": partner}))

    assert [identity.key for identity in identities(after)] == [("type:broker",)]
    assert identities(before, dict(new_ids(after))) == identities(after)


def test_another_id_of_a_department_is_the_same_where_the_old_one_is_kept(world: World) -> None:
    """It stands beside the partner in what a finding of an entry is known by."""
    text = inventory(OTHER)
    before, after = world(partners=text), world(partners=text.replace("id: sales", "id: trade\n  formerly: [sales]"))

    assert {(identity.partner, identity.department) for identity in identities(after)} == {("birch", "trade")}
    assert identities(before, dict(new_ids(after))) == identities(after) != identities(before)


# --- what differs -------------------------------------------------------------------------


def test_the_key_tells_findings_apart(rich: Playbook) -> None:
    """No two findings of the company with everything in it are known by the same."""
    assert max(identities(rich).values()) == 1


def test_two_of_one_entry_are_told_apart(world: World) -> None:
    """Two agreements of a kind by their numbers, two types by their ids, two texts by their fields."""
    entry = (
        "{id: acme, name: Acme, types: [shop, agent], mode: close, owner: ann, sponsor: ann, status: active, "
        "notes: Call +49 171 1234567, value: Call +49 171 1234567, "
        "agreements: [{kind: contract, ref: A, ends: 2025-01-01}, {kind: contract, ref: B, ends: 2025-01-02}, "
        "{kind: deal, ends: 2025-01-01}], reviewed: {date: 2026-05-30, by: ann}}"
    )
    found = [(one.code, one.key) for one in identities(world(partners=inventory(entry)))]

    assert sorted(found) == [
        ("agreement-expired", ("kind:contract", "ref:A")),
        ("agreement-expired", ("kind:contract", "ref:B")),
        ("agreement-expired", ("kind:deal",)),
        ("mode-unjustified", ("type:agent",)),
        ("mode-unjustified", ("type:shop",)),
        ("phone-number", ("field:notes", "ends:67")),
        ("phone-number", ("field:value", "ends:67")),
    ]


def test_texts_outside_of_the_inventory_are_told_apart(world: World) -> None:
    """By what they stand in: its kind and, where it has one, its id; the values say the same."""
    toolkit = (
        "tools: [{id: desk, name: 'Call +49 171 1234567'}]\nskills: [{id: desk, name: 'Call +49 171 1234567'}]\n"
        "promises: [{types: [shop], may: ['Call +49 171 1234567']}]\n"
    )
    found = find(world(partners="departments: [{id: sales, name: Sales, partners: []}]\n", toolkit=toolkit))

    assert sorted((one.key, *one.values.items()) for one in found) == [
        (("in:promises", "field:may", "ends:67"), ("of", "promises"), ("field", "may"), ("ends", "67")),
        (("in:skills", "id:desk", "field:name", "ends:67"), ("of", "desk"), ("field", "name"), ("ends", "67")),
        (("in:tools", "id:desk", "field:name", "ends:67"), ("of", "desk"), ("field", "name"), ("ends", "67")),
    ]


# --- values -------------------------------------------------------------------------------


def test_values_and_keys_are_fit_for_json(rich: Playbook) -> None:
    """They come back as they were, lists for tuples; a part of a key has a kind and a value."""
    for finding in find(rich):
        values = {name: list(v) if isinstance(v, tuple) else v for name, v in finding.values.items()}
        assert json.loads(json.dumps(dict(finding.values))) == values
        assert all(part.partition(":")[0].isalpha() and part.partition(":")[2] for part in finding.key)


def test_values_are_what_the_words_say(rich: Playbook) -> None:
    """Ids, days and numbers; the words name what the ids stand for."""
    found = {finding.code.slug: finding for finding in find(rich)}

    assert dict(found["agreement-expired"].values) == {
        "kind": "program", "ref": "TWC-PRG-2023-016", "ends": "2026-08-31",
    }  # fmt: skip
    assert dict(found["satisfaction-low"].values) == {"score": 2.4, "scale": 5}
    assert dict(found["no-lead"].values) == {"departments": ("channel-sales", "cloud-services")}
    assert dict(found["similar-name"].values) == {"twin": "sakura-lines"}
    assert set(found["review-overdue"].values) == {"due", "late", "last", "every"}


# --- what is looked for -------------------------------------------------------------------


def test_every_rule_of_every_module_is_looked_for() -> None:
    """RULES names the rules of every module of the folder, each once, and each has a code of its own."""
    names = [f"generator.findings.{module.name}" for module in pkgutil.iter_modules(findings.__path__)]
    modules = [importlib.import_module(name) for name in names]
    given = [rule for module in modules for rule in getattr(module, "RULES", ())]
    alone = [rule for module in modules for rule in vars(module).values() if isinstance(rule, Rule)]

    assert len(RULES) >= 22
    assert sorted(map(id, given)) == sorted(map(id, RULES))
    assert not alone, "a rule stands in the RULES of its module"
    assert len(WARNINGS) == len(RULES)
    assert set(WARNINGS) == {slug for slug, code in CATALOGUE.items() if code.severity is Severity.WARNING}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.code.slug))
def test_a_rule_finds_its_own_code(rule: Rule, rich: Playbook) -> None:
    """And nothing else, and something in the company with everything in it."""
    assert {finding.code for finding in rule.check(rich)} == {rule.code}


def test_the_words_carry_the_finding(rich: Playbook) -> None:
    """Whoever prints a problem can reach what it is made of."""
    for finding in find(rich):
        worded = word(finding, rich)
        assert (worded.code, worded.place, worded.finding) == (finding.code, finding.place, finding)
    assert all(isinstance(problem, WordedFinding) for problem in load_folder(RICH).problems)
