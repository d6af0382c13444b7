"""What each finding of the case files says as a whole: its place, its hint, and whose work it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator.findings import RULES, Identity, WordedFinding, find, find_for, identify, word
from generator.insights.cutting import blank, cut
from generator.model import HIDEABLE, Audience, Playbook, Status
from generator.model.audiences import PAGES
from tests.kit import inventory, loaded, world_in, yaml_of

HERE = Path(__file__).parent
EXPECTED = HERE / "words.txt"


def test_the_words_of_every_finding(tmp_path: Path, refresh: bool) -> None:
    """Exactly those of words.txt: the place with column and length, the message, whom it concerns, and the hint."""
    said = []
    for case in sorted((HERE / "cases").glob("*.yml")):
        files = yaml_of(case.read_text("utf-8"))["files"]
        playbook = loaded(world_in(tmp_path / case.stem, **files))
        for problem in worded(playbook):
            finding, place = problem.finding, problem.place
            said.append(f"{place.file}:{place.line}:{place.column}+{place.length} {problem.code.slug}\n")
            said.append(f"  of {finding.partner} in {finding.department}, owned by {finding.owner}\n")
            said.append(f"  {problem.message}\n  help: {problem.hint}\n")
    text = "".join(said)
    if refresh:
        EXPECTED.write_text(text, "utf-8")
    assert text == EXPECTED.read_text("utf-8")


def worded(playbook: Playbook) -> list[WordedFinding]:
    return [word(finding, playbook) for finding in find(playbook)]


SELDOM = """\
departments:
  - id: sales
    name: Sales
    partners:
      - {id: acme, name: Acme, types: [shop], owner: null, backup_owner: bo}
      - {id: birch, name: Birch, types: [shop], owner: gone, backup_owner: bo}
      - {id: cedar, name: Cedar, types: [shop], owner: bo}
      - {id: dogwood, name: Dogwood, types: [shop], owner: bo}
      - {id: elm, name: Elm, types: [shop], owner: bo, lead: true}
      - {id: fir, name: Fir, types: [shop], owner: bo}
  - id: service
    name: Service
    partners:
      - {id: elm, types: [shop], owner: bo, lead: true}
      - {id: fir, types: [shop], owner: bo}
  - id: training
    name: Training
    partners:
      - {id: elm, types: [shop], owner: null, lead: true}
      - {id: fir, types: [shop], owner: bo}
"""
PEOPLE = """\
people:
  - {id: bo-kim, name: Bo Kim}
  - {id: bo, name: Bo Lee}
  - {id: gone, name: Al Gone, active: false}
"""


def test_the_words_of_what_is_seldom(world: Callable[..., Playbook]) -> None:
    """Backups that are proposed, and more than two departments."""
    said = [
        (p.place.line, p.finding.partner, p.finding.department, p.finding.owner, p.message, p.hint)
        for p in worded(world(partners=SELDOM, people=PEOPLE))
    ]
    assert said == [
        (5, "acme", "sales", None, "Acme has no owner", "write the id of the person who owns it; Bo Lee is the backup"),
        (6, "birch", "sales", "gone", "the owner of Birch, Al Gone, has left", "the backup is Bo Lee"),
        (
            *(10, "fir", "sales", "bo"),
            "Fir is managed by Sales, Service and Training, and none of them leads",
            "add lead: true to the entry of the one that leads",
        ),
        (19, "elm", "training", None, "Elm has no owner", "write the id of the person who owns it"),
        (
            *(19, "elm", "training", None),
            "Sales, Service and Training all say that they lead Elm",
            "keep lead: true in one entry only",
        ),
    ]


def test_one_domain_of_relatives_and_strangers(world: Callable[..., Playbook]) -> None:
    """Each goes with the first stranger by id, and the later one tells it; capitals and a www make no other domain."""
    entries = [
        "{id: acme, name: Acme, domain: WWW.Acme.example}",
        "{id: unit, name: Unit, domain: acme.example, parent: acme}",
        "{id: other, name: Other, domain: acme.example, parent: Acme}",
        "{id: last, name: Last, domain: acme.example, parent: unit}",
        "{id: none, name: None such}",
    ]
    lines = [one.replace("}", ", types: [shop], owner: null, backup_owner: null}") for one in entries]
    text = "departments:\n- id: sales\n  name: Sales\n  partners:\n" + "".join(f"  - {line}\n" for line in lines)
    said = [one for one in worded(world(partners=text)) if one.code.slug == "same-domain"]
    assert [(p.message, p.place.line, p.place.column, p.place.length) for p in said] == [
        ("Other has the same domain as Unit (unit): acme.example", 7, 38, 12),
        ("Last has the same domain as Acme (acme): acme.example", 8, 36, 12),
        ("Last has the same domain as Other (other): acme.example", 8, 36, 12),
    ]


def test_a_twin_is_told_at_the_entry_that_says_it(world: Callable[..., Playbook]) -> None:
    """Of two entries at the one with the name, or the domain; where none has it, at an id."""
    text = """\
departments:
- id: sales
  name: Sales
  partners:
  - {id: acme, name: Acme Controls, types: [shop], owner: null, domain: acme.example}
  - {id: beta, types: [shop], owner: null, lead: true}
- id: service
  name: Service
  partners:
  - {id: beta, name: Acme Control, types: [shop], owner: null, domain: beta.example}
"""
    (told,) = (one for one in worded(world(partners=text)) if one.code.slug == "similar-name")
    assert told.message == "the name 'Acme Control' is nearly the same as 'Acme Controls' (acme)"
    assert (told.place.line, told.place.column, told.place.length) == (10, 22, 12)
    same = text.replace("beta.example", "acme.example")
    (told,) = (one for one in worded(world(partners=same)) if one.code.slug == "same-domain")
    assert (told.place.line, told.place.column, told.place.length) == (10, 72, 12)


def test_an_audience_is_told_what_does_not_rest_on_what_it_does_not_see(world: Callable[..., Playbook]) -> None:
    """Expected: neither the sponsor who has left, nor that one is missing; who sees no findings is told nothing."""
    text = """\
departments:
- id: sales
  name: Sales
  partners:
  - {id: acme, name: Acme, types: [shop], owner: null, sponsor: gone}
  - {id: birch, name: Birch, types: [ally], owner: bo}
  - {id: cedar, name: Cedar, types: [ally], owner: bo, sponsor: bo}
"""
    settings = """\
company: Example
as_of: 2026-06-01
audiences:
- {id: some, name: Some, hides: [sponsor]}
- {id: few, name: Few, hides: [findings]}
"""
    playbook = world(partners=text, people=PEOPLE, settings=settings)
    found = find(playbook)
    told = {
        audience.id: [(one.code.slug, one.partner) for one in find_for(cut(playbook, audience), found)]
        for audience in playbook.settings.audiences.values()
    }
    hidden = {("sponsor-gone", "acme"), ("sponsor-missing", "birch")}
    whole = [(one.code.slug, one.partner) for one in found]
    assert hidden <= {*whole}
    assert told == {"some": [one for one in whole if one not in hidden], "few": []}
    assert told["some"]


def test_that_nobody_has_what_is_hidden_is_not_told_either(world: Callable[..., Playbook]) -> None:
    """Expected: where no entry has a sponsor, who does not see sponsors is not told that one is missing."""
    settings = "company: Example\nas_of: 2026-06-01\naudiences:\n- {id: some, name: Some, hides: [sponsor]}\n"
    playbook = world(partners=inventory("types: [ally], owner: null"), settings=settings)
    found = find(playbook)
    told = find_for(cut(playbook, playbook.settings.audiences["some"]), found)
    assert {one.code.slug for one in found} - {one.code.slug for one in told} == {"sponsor-missing"}


@pytest.fixture(scope="module")
def ruled(rich: Playbook) -> tuple[Playbook, set[Identity]]:
    """The rich company without rules of its own, and what is found in it."""
    playbook = replace(rich, rules={})
    return playbook, {*map(identify, find(playbook))}


@pytest.mark.parametrize("field", [name for name in HIDEABLE if name not in PAGES and name not in set(Status)])
def test_each_rule_says_what_it_rests_on(field: str, ruled: tuple[Playbook, set[Identity]]) -> None:
    """Expected: without the field in any entry, no other rules find something else than those that rest on it.

    But for phone numbers: what stands in a text that is hidden is not told; and the company's own rules are cut where
    they ask for what is hidden.
    """
    playbook, found = ruled
    without = blank(playbook, Audience("some", "Some", (field,)))
    resting = {rule.code.slug for rule in RULES if field in rule.rests_on} | {"phone-number"}
    changed = {identity.code for identity in found ^ {*map(identify, find(without))}}
    assert changed <= resting
