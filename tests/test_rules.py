"""Rules of the company's own: what they can ask, whom they are about, and what becomes of their waivers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.boundary import Exit
from generator.catalogue import CATALOGUE
from generator.compare import difference
from generator.findings import FindingsOfStates, codes_of, find, identify, word
from generator.insights.cutting import cut
from generator.insights.rules import WaiverState, breaches, waivers
from generator.loading import load_folder
from generator.model import FIELDS, RULE_CODE, RULE_FIELDS, TAKEN, Ask, Holds, Playbook
from generator.problems import Severity
from generator.schema import json_schemas, references
from tests.kit import WORLD, World, loaded, pages_of, run, world_in

PARTNERS = """\
departments:
  - id: sales
    name: Sales
    partners:
      - id: acme
        name: Acme
        types: [shop, agent]
        owner: ann
        backup_owner: bob
        sponsor: ann
        lead: true
        mode: {agent: close}
        tier: Gold
        regions: [EMEA, AMER]
        certifications: [A, B]
        ids: {crm: X-1}
        domain: acme.example
        agreements:
          - {kind: program, starts: 2025-01-01, ends: 2026-07-31}
          - {kind: nda}
          - {kind: lapsed, ends: 2026-05-31}
          - {kind: coming, starts: 2026-06-02}
        reviewed: {date: 2026-05-02, by: bob}
        satisfaction: {date: 2026-04-02, score: 3.5, scale: 5, n: 9}
        links: [{label: Price list, url: 'https://acme.example/'}]
      - {id: bare, name: Bare, types: [shop], owner: null}
      - {id: few, name: Few, types: [shop], owner: ann, satisfaction: {date: 2026-04-02, score: 1, scale: 5, n: 2}}
      - {id: gone, name: Gone, types: [shop], owner: ann, status: ended}
      - {id: soon, name: Soon, types: [agent], mode: close, owner: ann, status: prospect}
"""


def rules(*conditions: str, applies: str = "", more: str = "") -> str:
    """A file with a rule for each of these conditions: one, two ..."""
    parts = []
    for number, condition in enumerate(conditions, 1):
        parts.append(
            f"  - id: r{number}\n    name: Rule {number}\n    message: it is not so.\n    condition: {condition}\n"
        )
        parts.append(f"    applies: {applies}\n" if applies else "")
        parts.append(more)
    return "rules:\n" + "".join(parts)


def breaking(playbook: Playbook) -> list[str]:
    """Who breaks the rules."""
    return [str(one.partner) for one in find(playbook) if one.code.slug.startswith("rule-")]


HOLDS_FOR_ACME = [
    "{tier: Gold}", "{tier: [Silver, Gold]}", "{tier: {is: Gold, recorded: true}}", "{tier: {not: [Silver, Tin]}}",
    "{regions: EMEA}", "{regions: [APAC, AMER]}", "{regions: {all: [EMEA, AMER]}}", "{regions: {not: APAC}}",
    "{regions: {at_least: 2}}", "{regions: {at_most: 2}}", "{certifications: {all: B, at_least: 1}}",
    "{types: Shop}", "{types: {all: [agent, shop]}}", "{functions: sell}", "{department: sales}", "{mode: close}",
    "{owner: ann}", "{owner: {other_than: backup_owner}}", "{sponsor: {same_as: owner}}", "{lead: true}",
    "{status: active}", "{ids: crm}", "{domain: {recorded: true}}", "{parent: {recorded: false}}", "{id: acme}",
    "{name: Acme}", "{agreements: {all: [program, nda]}}", "{agreements: {not: [lapsed, coming]}}",
    "{agreement_ends: {left_days: 60}}", "{reviewed: {within_days: 30}}", "{reviewed_by: {same_as: backup_owner}}",
    "{satisfaction: {at_least: 0.7, at_most: 0.7}}", "{satisfaction_date: {within_days: 60}}", "{links: Price list}",
    "[{tier: Tin}, {tier: Gold}]", "{tier: Gold, regions: EMEA}", "{notes: {recorded: false}, groups: {at_most: 0}}",
]  # fmt: skip
FAILS_FOR_ACME = [
    "{tier: Silver}", "{tier: gold}", "{tier: [Silver, Tin]}", "{tier: {not: [Silver, Gold]}}",
    "{tier: {recorded: false}}", "{regions: APAC}", "{regions: {all: [EMEA, APAC]}}", "{regions: {not: [APAC, EMEA]}}",
    "{regions: {at_least: 3}}", "{regions: {at_most: 1}}", "{types: {not: [Shop]}}", "{mode: {all: [light, regular]}}",
    "{owner: bob}", "{owner: {same_as: backup_owner}}", "{sponsor: {other_than: owner}}", "{lead: false}",
    "{status: {not: active}}", "{agreements: [lapsed, coming]}", "{agreement_ends: {left_days: 61}}",
    "{reviewed: {within_days: 29}}", "{reviewed: {left_days: 0}}", "{satisfaction: {at_least: 0.71}}",
    "{satisfaction: {at_most: 0.69}}", "{satisfaction_date: {within_days: 59}}", "[{tier: Tin}, {regions: APAC}]",
    "{tier: Gold, regions: APAC}", "{domain: {recorded: false}}", "{links: {at_least: 2}}",
]  # fmt: skip


def test_what_can_be_asked(world: World) -> None:
    """Acme has what the first are about, and not what the others are: June 1 is 30 days after its review."""
    text = rules(*HOLDS_FOR_ACME, *FAILS_FOR_ACME, applies="{id: acme}")
    playbook = world(partners=PARTNERS, rules=text)
    broken = {one.values["rule"] for one in find(playbook) if one.code.slug.startswith("rule-")}

    assert len(playbook.rules) == len(HOLDS_FOR_ACME) + len(FAILS_FOR_ACME)
    for number, condition in enumerate([*HOLDS_FOR_ACME, *FAILS_FOR_ACME], 1):
        assert (f"r{number}" in broken) == (condition in FAILS_FOR_ACME), condition


def test_what_is_not_recorded_fulfills_nothing(world: World) -> None:
    """But that it is none of something, another than somebody, or not recorded; a score of too few is not, either."""
    kept = [
        "{tier: {not: X}}",
        "{owner: {other_than: sponsor}}",
        "{tier: {recorded: false}}",
        "{regions: {at_most: 0}}",
    ]
    broken = [
        "{tier: Gold}", "{regions: {all: EMEA}}", "{owner: {same_as: sponsor}}", "{reviewed: {within_days: 36500}}",
        "{agreement_ends: {left_days: 0}}", "{satisfaction: {at_least: 0}}", "{satisfaction: {at_most: 1}}",
        "{regions: {at_least: 1}}", "{sponsor: {recorded: true}}",
    ]  # fmt: skip
    found = find(world(partners=PARTNERS, rules=rules(*kept, *broken, applies="{id: bare}")))
    few = world(partners=PARTNERS, rules=rules("{satisfaction: {recorded: true}}", applies="{id: few}"))

    assert {one.values.get("rule") for one in found} & {f"r{n}" for n in range(1, 99)} == {
        f"r{n}" for n in range(len(kept) + 1, len(kept) + len(broken) + 1)
    }
    assert breaking(few) == ["few"]


@pytest.mark.parametrize(
    ("applies", "about"),
    [
        ("", ["acme", "bare", "few"]),
        ("{tier: {recorded: false}}", ["bare", "few"]),
        ("{status: [ended, prospect]}", ["gone", "soon"]),
        ("{status: {not: active}}", ["gone", "soon"]),
        ("[{status: ended}, {tier: Gold}]", ["acme", "gone"]),
        ("[{tier: {recorded: false}}, {status: prospect}]", ["bare", "few", "soon"]),
    ],
)
def test_whom_a_rule_is_about(world: World, applies: str, about: list[str]) -> None:
    """Active entries, unless it asks for the status itself."""
    assert breaking(world(partners=PARTNERS, rules=rules("{tier: Impossible}", applies=applies))) == about


def test_every_field_can_be_looked_at(world: World) -> None:
    """Each field of an entry but its former ids is read, whatever an entry has of it; each kind has its asks."""
    text = rules(*(f"{{{name}: {{recorded: true}}}}" for name in RULE_FIELDS))
    playbook = world(partners=PARTNERS, rules=text, settings=(WORLD / "settings.yml").read_text("utf-8"))

    assert {one.line for one in RULE_FIELDS.values()} == {field.id for field in FIELDS} - {"formerly"}
    assert breaking(playbook)
    assert all(one.asks for one in RULE_FIELDS.values())
    assert {one.holds for one in RULE_FIELDS.values()} == set(Holds)


# --- custom fields --------------------------------------------------------------------------

DECLARED = """\
company: Example
as_of: 2026-06-01
fields:
  - {id: band, label: Revenue band, on: partner, kind: choices, values: [High, Low]}
  - {id: engineer, label: Engineer, on: entry, kind: person}
  - {id: revenue, label: Revenue, on: partner, kind: number}
  - {id: nda, label: NDA signed, on: entry, kind: yes-no}
  - {id: audited, label: Audited on, on: entry, kind: date}
  - {id: portal, label: Portal, on: entry, kind: url}
"""
OF_ACME = PARTNERS.replace(
    "        tier: Gold\n",
    "        tier: Gold\n        band: [High]\n        engineer: bob\n        revenue: 12.5\n        nda: false\n"
    "        audited: 2026-05-22\n        portal: https://acme.example/\n",
)


def test_rules_look_at_custom_fields(world: World) -> None:
    """Each kind of them, about the entry or its partner; of what is not there nothing holds."""
    kept = [
        "{band: High}", "{band: {all: High, at_most: 1}}", "{engineer: {other_than: owner, same_as: backup_owner}}",
        "{revenue: {at_least: 12.5}}", "{nda: false}", "{audited: {within_days: 10}}", "{portal: {recorded: true}}",
        "{owner: {other_than: engineer}}",
    ]  # fmt: skip
    broken = ["{band: Low}", "{revenue: {at_most: 12}}", "{nda: true}", "{audited: {within_days: 9}}"]
    playbook = world(partners=OF_ACME, settings=DECLARED, rules=rules(*kept, *broken, applies="{id: acme}"))
    bare = world(partners=OF_ACME, settings=DECLARED, rules=rules(*kept[:-1], applies="{id: bare}"))
    found = [word(one, playbook) for one in find(playbook) if one.code.slug.startswith("rule-")]

    assert {one.finding.values["rule"] for one in found} == {"r9", "r10", "r11", "r12"}
    assert {one.place.line for one in found} <= set(range(13, 20))
    assert "asked: audited is at most 9 days ago; it is 2026-05-22" in [one.hint for one in found]
    assert len(breaking(bare)) == len(kept) - 1


def test_what_is_wrong_about_a_custom_field_is_told(tmp_path: Path) -> None:
    """A value that is no choice, somebody who is not there, an ask that does not fit, a name nearly its own."""
    text = rules("{band: Hgih, engineer: zed}", "{revenue: {within_days: 3}, ngd: true, owner: {same_as: band}}")
    people = "people:\n  - {id: ann, name: Ann}\n  - {id: bob, name: Bob}\n"
    data = world_in(tmp_path / "data", partners=OF_ACME, settings=DECLARED, rules=text, people=people)
    told = [f"{one.place.column}: {one.message} / {one.hint}" for one in load_folder(data).errors]

    assert told == [
        "23: band: 'Hgih' is not allowed here / did you mean 'High'? allowed: High, Low",
        "39: there is no person 'zed' / add them to people.yml, or write the id of somebody who is listed there",
        "27: within_days cannot be asked of revenue, which holds a number / allowed: recorded, at_least, at_most",
        "44: unknown field 'ngd' / did you mean 'nda'?",
        "72: owner cannot be compared with band / allowed: backup_owner, sponsor, reviewed_by, engineer",
    ]


def test_a_custom_field_keeps_its_name_to_itself() -> None:
    """What rules call a field, no custom field can be called."""
    assert set(RULE_FIELDS) <= TAKEN


def test_editors_propose_custom_fields(tmp_path: Path) -> None:
    """And the people whom one may name; a person's new id is written there, too."""
    people = "people:\n  - {id: ann, name: Ann}\n  - {id: bob, name: Bob}\n"
    text = rules("{engineer: [bob], band: {not: Low}}")
    data = world_in(tmp_path / "data", partners=OF_ACME, settings=DECLARED, rules=text, people=people)
    assert run("completion", "--data", str(data)).exit_code == Exit.FINE
    fields = json.loads((data / "schemas" / "rules.json").read_text())["$defs"]["ConditionFields"]
    assert run("rename", "bob", "bob-ray", "--data", str(data)).exit_code == Exit.FINE

    assert fields["additionalProperties"] is False
    assert "bob" in json.dumps(fields["properties"]["engineer"])
    assert '"High"' in json.dumps(fields["properties"]["band"])
    assert "{engineer: [bob-ray], band: {not: Low}}" in (data / "rules.yml").read_text("utf-8")


def test_an_audience_sees_no_rule_that_looks_at_what_it_does_not_see(world: World) -> None:
    """Neither its name nor its waivers, and of other rules no waiver of whom it does not see."""
    settings = DECLARED + "audiences:\n  - {id: all, name: All, hides: [sponsor, engineer, reviewed, prospect]}\n"
    more = "    waivers: [{partner: soon, until: 2027-01-01, by: ann, why: X}]\n"
    conditions = ["{sponsor: {recorded: true}}", "{engineer: bob}", "{reviewed_by: ann}", "{owner: {same_as: sponsor}}"]
    playbook = world(partners=OF_ACME, settings=settings, rules=rules(*conditions, "{tier: Gold}", more=more))
    seen = cut(playbook, playbook.settings.audiences["all"])

    assert [*seen.rules] == ["r5"]
    assert seen.rules["r5"].waivers == ()


# --- findings -------------------------------------------------------------------------------


def test_a_breach_is_a_finding_like_all_others(world: World) -> None:
    """It has a code of its own, the rule's name and words, the line of the entry, and what is asked and recorded."""
    text = rules("{sponsor: {recorded: true}, reviewed: {within_days: 10}}", "[{tier: Tin}, {regions: {all: [X]}}]")
    playbook = world(partners=PARTNERS, rules=text)
    first, other = (
        word(next(one for one in find(playbook) if one.code.slug == f"rule-{rule}" and one.partner == "acme"), playbook)
        for rule in playbook.rules
    )

    assert (first.code.slug, first.code.title, first.severity) == ("rule-r1", "Rule 1", Severity.WARNING)
    assert first.message == "Acme: it is not so"
    assert first.hint == "asked: reviewed is at most 10 days ago; it is 2026-05-02"
    assert (first.place.file, first.place.line) == ("partners.yml", 23)
    assert (first.finding.partner, first.finding.department, first.finding.owner) == ("acme", "sales", "ann")
    hints = [word(one, playbook).hint for one in find(playbook) if one.code.slug.startswith("rule-")]
    assert (
        "asked: sponsor is recorded; nothing is recorded; and reviewed is at most 10 days ago; nothing is recorded"
        in hints
    )
    assert not [hint for hint in hints if set(hint) & set("()")]
    assert other.hint == "asked: tier is Tin; it is Gold; or regions has X; it has EMEA, AMER"
    assert first.code.meaning == (
        "This is a rule of the company's own: it is not so. It is about all active entries, and asks that sponsor is "
        "recorded, and reviewed is at most 10 days ago."
    )
    assert first.code.fix == (
        "Mend the entry. Where the rule need not hold for a partner, add a waiver to the rule in rules.yml: for which "
        "partner, until when, who grants it, and why."
    )


ASKED = {
    "{tier: Gold}": "tier is Gold",
    "{tier: [Silver, Gold]}": "tier is one of Silver and Gold",
    "{tier: {not: [Silver, Tin], recorded: true}}": "tier is none of Silver and Tin and is recorded",
    "{regions: EMEA}": "regions has EMEA",
    "{regions: [APAC, AMER]}": "regions has one of APAC and AMER",
    "{regions: {all: [EMEA, AMER]}}": "regions has EMEA and AMER",
    "{regions: {not: APAC}}": "regions has none of APAC",
    "{regions: {at_least: 2, at_most: 2}}": "regions has at least 2 values and has at most 2 values",
    "{types: agent, functions: sell}": "types has Agent, and functions has Selling",
    "{regions: {at_most: 0}}": "regions has at most 0 values",
    "{reviewed: {within_days: 0}}": "reviewed is at most 0 days ago",
    "{owner: [ann, bob]}": "owner is one of Ann Lee and Bob Ray",
    "{owner: {other_than: backup_owner}}": "owner is another than backup owner",
    "{reviewed_by: {same_as: backup_owner}}": "reviewed by is the same as backup owner",
    "{lead: true}": "lead is true",
    "{nda: false}": "nda is false",
    "{parent: {recorded: false}}": "parent is not recorded",
    "{revenue: {at_most: 2.50}}": "revenue is at most 2.5",
    "{reviewed: {within_days: 1}}": "reviewed is at most 1 day ago",
    "{agreement_ends: {left_days: 60}}": "agreement ends is at least 60 days ahead",
    "[{tier: Tin}, {department: sales}]": "tier is Tin; or department is Sales",
}
PEOPLE = "people:\n  - {id: ann, name: Ann Lee}\n  - {id: bob, name: Bob Ray}\n"


def test_what_is_asked_is_said_in_words(world: World) -> None:
    """Of each kind of question, with the names of what it refers to; and of whom it is asked."""
    text = rules(*ASKED)
    codes = codes_of(world(partners=OF_ACME, settings=DECLARED, people=PEOPLE, rules=text))
    assert [*codes] == [f"rule-r{number}" for number in range(1, len(ASKED) + 1)]
    assert [code.meaning.partition("asks that ")[2] for code in codes.values()] == [f"{one}." for one in ASKED.values()]

    for applies, whom in {
        "{tier: Gold}": "active entries of which tier is Gold",
        "[{tier: Gold}, {status: ended}]": "entries of which tier is Gold; or status is ended",
    }.items():
        [code] = codes_of(world(partners=PARTNERS, rules=rules("{lead: true}", applies=applies))).values()
        assert f"It is about {whom}, and asks" in code.meaning


def test_a_rule_can_be_turned_off_and_known(world: World, tmp_path: Path) -> None:
    """By its code: under off:, and in a baseline, where a line of a rule that is gone can go and is no mistake."""
    data = world_in(tmp_path / "data", partners=PARTNERS, rules=rules("{tier: Tin}", "{segment: X}"))
    known = str(tmp_path / "known.txt")
    run("baseline", known, "--data", str(data))
    again = run("check", "--strict", "--data", str(data), "--baseline", known)
    (data / "rules.yml").write_text(rules("{segment: X}"))
    less = run("check", "--strict", "--data", str(data), "--baseline", known)
    settings = (data / "settings.yml").read_text("utf-8")
    (data / "settings.yml").write_text(f"{settings}off: [rule-r1]\n")
    loaded = load_folder(data)

    assert again.exit_code == Exit.FINE, again.output
    assert less.exit_code == Exit.FINE, less.output
    assert "rule-r2" in less.output
    assert loaded.errors == ()
    assert loaded.playbook is not None
    assert breaking(loaded.playbook) == []


@pytest.mark.parametrize(
    "broken",
    ["rules:\n  - id: r1\n   when: x\n", "rules: many\n", "rules:\n  - {id: r1, name: [R], condition: {tier: Tin}}\n"],
    ids=["no-yaml", "no-list", "one-entry"],
)
def test_what_refers_to_a_rule_that_cannot_be_read_is_no_second_mistake(tmp_path: Path, broken: str) -> None:
    """Nor is what hides a field of which something is wrong; names that nothing can mean are told in any case."""
    settings = "off: [rule-r1, unownd]\naudiences:\n  - {id: all, name: All, hides: [size, nosuch]}\n"
    data = world_in(tmp_path / "data", partners=PARTNERS, rules=broken)
    (data / "settings.yml").write_text(f"{settings}fields:\n  - {{id: size, label: [Size], kind: text}}\n")
    found = [one.message for one in load_folder(data, date(2026, 6, 1)).errors if one.code.slug == "unknown-value"]

    assert found == ["off: there is no finding 'unownd'", "hides: 'nosuch' is nothing that can be hidden"]


def test_an_error_fails_the_check_and_not_the_site(tmp_path: Path) -> None:
    """Days alone would take the whole site down; programs are told of an error."""
    data = str(world_in(tmp_path / "data", partners=PARTNERS, rules=rules("{tier: Tin}", more="    severity: error\n")))
    check, pages = run("check", "--data", data), run("pages", "--out", str(tmp_path / "pages"), "--data", data)
    github, told = (run("check", "--data", data, "--format", form) for form in ("github", "json"))

    assert check.exit_code == Exit.PROBLEMS
    assert "error[rule-r1]: Acme: it is not so" in check.output
    assert pages.exit_code == Exit.FINE, pages.output
    assert "it is not so" in (tmp_path / "pages" / "findings.md").read_text("utf-8")
    assert "::error file=" in github.output
    assert "title=Rule 1 (rule-r1)" in github.output
    assert {one["severity"] for one in json.loads(told.output)["problems"] if one["code"] == "rule-r1"} == {"error"}
    assert run("pages", "--out", str(tmp_path / "other"), "--data", data, "--strict").exit_code == Exit.PROBLEMS


def test_a_rule_is_explained(tmp_path: Path) -> None:
    """By the command, with and without its code, and only where there is such a rule."""
    data = str(world_in(tmp_path / "data", partners=PARTNERS, rules=rules("{tier: Tin}")))
    listed, one = run("explain", "--data", data), run("explain", "RULE-R1", "--data", data)
    none, nowhere = run("explain", "rule-r9", "--data", data), run("explain", "rule-r1", "--data", str(tmp_path / "no"))

    assert "rule-r1" in listed.output
    assert "Rule 1" in listed.output
    assert one.output.startswith("rule-r1 (warning): Rule 1\n")
    assert (none.exit_code, nowhere.exit_code) == (Exit.USAGE, Exit.USAGE)
    assert "did you mean 'rule-r1'?" in none.output


def test_no_other_code_begins_like_those_of_rules() -> None:
    """Expected: a line of a baseline, or a code to be explained, is one or the other."""
    assert not [slug for slug in CATALOGUE if slug.startswith(RULE_CODE)]


def test_what_a_rule_says_stays_text(tmp_path: Path) -> None:
    """In a report for programs, in the list of codes, and on pages."""
    evil = "x,line=1::error file=y::<b>*y* {{ 1 }}"
    text = rules("{tier: Tin}").replace("Rule 1", f"'{evil}'").replace("it is not so.", f"'{evil}'")
    data = str(world_in(tmp_path / "data", partners=PARTNERS, rules=text))
    github = run("check", "--data", data, "--format", "github").output.splitlines()
    pages = pages_of(loaded(Path(data)))
    mine = [line for line in github if "rule-r1" in line]

    assert len(mine) == 3
    assert all(line.startswith("::warning file=") for line in mine)
    assert all("title=x%2Cline=1%3A%3Aerror file=y%3A%3A<b>*y* {{ 1 }} (rule-r1)::" in line for line in mine)
    for path in ("findings.md", "editors/problems.md", "partners/acme.md", "partners/index.md"):
        assert "<b>" not in pages[path]
        assert "*y*" not in pages[path]


# --- waivers --------------------------------------------------------------------------------

WAIVED = """\
    waivers:
      - {partner: acme, until: 2026-06-01, by: ann, why: It is moving.}
      - {partner: bare, department: sales, until: 2026-05-31, by: bob, why: Nobody knows.}
      - {partner: few, department: cloud, until: 2027-01-01, by: bob, why: It has no entry there.}
"""
CLOUD = """\
  - id: cloud
    name: Cloud
    partners:
      - {id: acme, types: [shop], owner: bob, tier: Silver}
"""


@pytest.mark.parametrize("day", [date(2026, 6, 2), date(2026, 9, 1), date(2027, 2, 1)])
@pytest.mark.parametrize(
    "condition",
    [
        "{tier: Tin}", "{reviewed: {within_days: 30}}", "{agreements: program}", "{agreements: {not: [coming]}}",
        "{agreement_ends: {left_days: 60}}", "[{reviewed: {within_days: 100}}, {agreements: lapsed}]",
        "{satisfaction_date: {within_days: 60}, agreements: nda}",
    ],
)  # fmt: skip
def test_a_breach_says_since_when(condition: str, day: date, world: World) -> None:
    """Expected: the first of the days since which the same data breaks the rule on each, going back two years; no day,
    where it broke it all along."""
    loaded = world(partners=PARTNERS + CLOUD, rules=rules(condition, more=WAIVED))
    states = [replace(loaded, as_of=day - timedelta(days=number)) for number in range(730)]
    broken = [{id(one.entry) for one in breaches(state, state.rules["r1"])} for state in states]
    for one in breaches(states[0], states[0].rules["r1"]):
        since = next(
            (state.as_of for state, b in zip(states, broken[1:], strict=False) if id(one.entry) not in b), None
        )
        assert one.came == since


def test_a_waiver_ends(world: World) -> None:
    """On its last day it holds; the day after, the finding is back and says so."""
    playbook = world(partners=PARTNERS + CLOUD, rules=rules("{tier: Tin}", more=WAIVED))
    after = replace(playbook, as_of=date(2026, 6, 2))
    words = [word(one, after).message for one in find(after) if one.partner == "acme" and "rule-" in one.code.slug]

    assert breaking(playbook) == ["bare", "few"]
    assert sorted(breaking(after)) == ["acme", "acme", "bare", "few"]
    assert words == ["Acme: it is not so; the waiver by ann ended on 2026-06-01"] * 2


def test_a_waiver_says_what_has_become_of_it(world: World) -> None:
    """In force, ended, or not needed; one that another takes the place of is not told."""
    renewed = WAIVED + "      - {partner: acme, until: 2026-03-01, by: ann, why: The first.}\n"
    playbook = world(partners=PARTNERS + CLOUD, rules=rules("{tier: Tin}", "{tier: [Gold, Silver]}", more=renewed))
    first, second = ([state for _, state in waivers(playbook, rule)] for rule in playbook.rules.values())
    told = [one.partner for one in find(playbook) if one.code.slug == "waiver-unused"]

    force, expired, unused = WaiverState
    assert first == [force, expired, unused, expired]
    assert second == [unused, expired, unused, expired]
    assert told == ["few", "acme", "few"]


def test_a_waiver_is_for_one_department(world: World) -> None:
    """Of a partner that two manage, the other's entry is still found."""
    only = "    waivers: [{partner: acme, department: cloud, until: 2027-01-01, by: ann, why: X}]\n"
    found = find(world(partners=PARTNERS + CLOUD, rules=rules("{tier: Tin}", applies="{id: acme}", more=only)))

    assert [one.department for one in found if one.code.slug == "rule-r1"] == ["sales"]


# --- what follows from their being data -----------------------------------------------------


def test_ids_change_in_rules_too(tmp_path: Path) -> None:
    """Rename a type, a person or a partner, and the rules name it by its new id; a comment stays."""
    people = "people:\n  - {id: ann, name: Ann Lee}\n  - {id: bob, name: Bob Ray}\n"
    more = "    waivers:\n      - {partner: acme, until: 2027-01-01, by: ann, why: X}  # soon\n"
    text = rules("[{types: [agent, shop]}, {owner: {not: [ann]}, via: {is: acme}}]", more=more)
    data = world_in(tmp_path / "data", partners=PARTNERS, rules=text, people=people)
    for old, new in (("agent", "seller"), ("ann", "ann-lee"), ("acme", "acme-group")):
        done = run("rename", old, new, "--data", str(data))
        assert done.exit_code == Exit.FINE, done.output
    after = (data / "rules.yml").read_text("utf-8")

    assert "condition: [{types: [seller, shop]}, {owner: {not: [ann-lee]}, via: {is: acme-group}}]" in after
    assert "{partner: acme-group, until: 2027-01-01, by: ann-lee, why: X}  # soon" in after
    assert load_folder(data).errors == ()


def test_what_a_rule_refers_to_stands_in_its_schema() -> None:
    """Completion, rename and references read it there."""
    data = {"rules": [{"applies": [{"types": {"not": ["a"]}}], "condition": {"owner": "b", "mode": ["c"]}}]}

    assert [(one.kind, one.written) for one in references("rules.yml", data, ())] == [
        ("type", "a"), ("person", "b"), ("mode", "c"),
    ]  # fmt: skip
    assert len(json_schemas()["rules.json"]) < 100_000


def test_a_changed_rule_is_told(world: World, tmp_path: Path) -> None:
    """In partner terms: what it asks, whom it lets off, and what opens."""
    waived = "    waivers: [{partner: acme, until: 2027-01-01, by: ann, why: New.}]\n"
    before = world(partners=PARTNERS, rules=rules("{tier: Gold}"))
    text = rules("{tier: [Tin], reviewed: {within_days: 9}}", "{lead: true}", more=waived)
    (tmp_path / "data" / "rules.yml").write_text(text)
    after = load_folder(tmp_path / "data").playbook
    assert after is not None
    told = difference(before, after)

    assert [f"{change.name} {change.words}" for change in told.noticed] == [
        "The rule Rule 1 has new details: what it asks (tier: Tin added, Gold removed, reviewed: within_days 9 added)",
        "The rule Rule 1 has new details: waivers (Acme until 2027-01-01 by ann: New. added)",
        "The rule Rule 2 is new",
    ]
    assert {one.code.slug for one in told.findings_opened} == {"rule-r2", "waiver-unused"}


@pytest.mark.parametrize(
    "text",
    [
        rules("{tier: Tin}"),
        rules("{reviewed: {within_days: 5}}", "{sponsor: {recorded: true}}"),
        rules("{tier: Tin}", more=WAIVED),
    ],
)
def test_states_find_what_each_alone_would(world: World, text: str) -> None:
    """Whatever was found in a state before."""
    playbook = world(partners=PARTNERS + CLOUD, rules=text)
    less = replace(playbook, partners={ident: one for ident, one in playbook.partners.items() if ident != "bare"})
    other = replace(playbook, rules={})
    states = FindingsOfStates()
    states.knows(playbook, find(playbook))

    for state in (less, playbook, other, playbook):
        assert states.of(state) == {identify(one) for one in find(state)}


class Counted(dict[str, Any]):
    """Partners that count how often they are gone through."""

    passes = 0

    def values(self) -> Any:
        type(self).passes += 1
        return super().values()


def test_the_work_is_bounded(world: World, tmp_path: Path) -> None:
    """A rule goes through the partners once, and no more rules are taken than somebody can read."""
    playbook = world(partners=PARTNERS, rules=rules(*["{tier: Tin}"] * 7))
    counted = replace(playbook, partners=Counted(playbook.partners))
    Counted.passes = 0
    find(replace(counted, rules={}))
    without = Counted.passes
    Counted.passes = 0
    find(counted)

    assert Counted.passes - without == 7
    (tmp_path / "data" / "rules.yml").write_text(rules(*["{tier: Tin}"] * 201))
    assert [one.message for one in load_folder(tmp_path / "data").errors] == [
        "rules: there are 201 rules; at most 200 are allowed"
    ]


_WORDS = st.sampled_from(
    [*RULE_FIELDS, *Ask, "Gold", "shop", "ann", "true", "180", "-1", "", "null", "x" * 200, "(a+)+$"]
)
_VALUES = st.recursive(
    st.none() | _WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS, inner, max_size=3),
    max_leaves=12,
)


@given(
    st.dictionaries(st.sampled_from(["id", "name", "applies", "condition", "message", "severity", "waivers"]), _VALUES)
)
def test_nothing_that_is_written_ends_a_run(tmp_path_factory: pytest.TempPathFactory, written: dict[str, Any]) -> None:
    """Whatever stands there: a playbook in which all can be found and said, or errors at places in the file."""
    base = {"id": "one", "name": "One", "message": "no", "condition": {"tier": "Gold"}}
    folder = world_in(
        tmp_path_factory.mktemp("rules"), partners=PARTNERS, rules=json.dumps({"rules": [base | written]})
    )
    loaded = load_folder(folder)

    assert (loaded.playbook is None) == bool(loaded.errors)
    assert {one.place.file for one in loaded.errors} <= {"rules.yml"}
    assert all(one.message for one in loaded.problems)
