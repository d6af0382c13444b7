"""What each finding of the case files says as a whole: its place, its hint, and whose work it is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import yaml

from generator.findings import Finding, find, identify
from generator.model import Playbook
from generator.problems import Place, Problem
from generator.resolve import load_playbook

HERE = Path(__file__).parent
EXPECTED = HERE / "words.txt"


def test_the_words_of_every_finding(tmp_path: Path, refresh: bool) -> None:
    """Exactly those of words.txt: the place with column and length, the message, whom it concerns, and the hint."""
    said = []
    for case in sorted((HERE / "cases").glob("*.yml")):
        folder = tmp_path / case.stem
        shutil.copytree(HERE.parent / "world", folder)
        for name, text in yaml.safe_load(case.read_text("utf-8"))["files"].items():
            (folder / name).write_text(text, "utf-8")
        playbook = load_playbook(folder).playbook
        assert playbook is not None
        for finding in find(playbook):
            problem, place = finding.problem, finding.problem.place
            said.append(f"{place.file}:{place.line}:{place.column}+{place.length} {problem.code.slug}\n")
            said.append(f"  of {finding.partner} in {finding.department}, owned by {finding.owner}\n")
            said.append(f"  {problem.message}\n  help: {problem.hint}\n")
    text = "".join(said)
    if refresh:
        EXPECTED.write_text(text, "utf-8")
    assert text == EXPECTED.read_text("utf-8")


SELDOM = """\
departments:
  - id: sales
    name: Sales
    partners:
      - {id: acme, name: Acme, types: [shop], owner: null, backup_owner: bo}
      - {id: birch, name: Birch, types: [shop], owner: gone, backup_owner: bo}
      - {id: cedar, name: Cedar, types: [shop], owner: bo-kimm}
      - {id: dogwood, name: Dogwood, types: [shop], owner: xyz}
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
    """Backups that are proposed, an owner whom nobody is like, and more than two departments."""
    said = [
        (p.place.line, f.partner, f.department, f.owner, p.message, p.hint)
        for f in find(world(partners=SELDOM, people=PEOPLE))
        for p in [f.problem]
    ]
    assert said == [
        (5, "acme", "sales", None, "Acme has no owner", "write the id of the person who owns it; Bo Lee is the backup"),
        (6, "birch", "sales", "gone", "the owner of Birch, Al Gone, has left", "the backup is Bo Lee"),
        (
            7,
            "cedar",
            "sales",
            "bo-kimm",
            "the owner of Cedar, 'bo-kimm', is not in people.yml",
            "did you mean 'bo-kim'?",
        ),
        (
            8,
            "dogwood",
            "sales",
            "xyz",
            "the owner of Dogwood, 'xyz', is not in people.yml",
            "add the person to people.yml",
        ),
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
    """The first earlier stranger is named; capitals and a www in front make no other domain."""
    entries = [
        "{id: acme, name: Acme, domain: WWW.Acme.example}",
        "{id: unit, name: Unit, domain: acme.example, parent: acme}",
        "{id: other, name: Other, domain: acme.example, parent: Acme}",
        "{id: last, name: Last, domain: acme.example, parent: unit}",
        "{id: none, name: None such}",
    ]
    lines = [one.replace("}", ", types: [shop], owner: null, backup_owner: null}") for one in entries]
    text = "departments:\n- id: sales\n  name: Sales\n  partners:\n" + "".join(f"  - {line}\n" for line in lines)
    said = [f.problem for f in find(world(partners=text)) if f.problem.code.slug == "same-domain"]
    assert [(p.message, p.place.line, p.place.column, p.place.length) for p in said] == [
        ("Other has the same domain as Unit (unit): acme.example", 7, 38, 12),
        ("Last has the same domain as Acme (acme): acme.example", 8, 36, 12),
    ]


def test_a_finding_is_known_again(world: Callable[..., Playbook]) -> None:
    """Expected: by its code, its partner and department, and its words without days, and with the id for the name."""
    old = SELDOM.replace("owner: xyz", "owner: bo, satisfaction: {date: 2025-01-01, score: 1, scale: 5, n: 9}")
    found = find(world(partners=old, people=PEOPLE))
    playbook = world(partners=SELDOM, people=PEOPLE)
    known = {(one.code, one.rest): one for one in (identify(finding, playbook) for finding in found)}

    assert known["unowned", "acme has no owner"] == ("unowned", "acme", "sales", "acme has no owner")
    rest = "the satisfaction score of dogwood is from 2025-01-01"
    assert known["satisfaction-stale", rest] == ("satisfaction-stale", "dogwood", "sales", rest)
    (renamed,) = (identify(one, playbook, {"acme": "acme-2"}) for one in found if one.partner == "acme")
    assert renamed == ("unowned", "acme-2", "sales", "acme-2 has no owner")
    nobodys = Finding(Problem(found[0].problem.code, "Acme, 3 days ago", Place("people.yml")), None)
    assert identify(nobodys, playbook) == ("unowned", "", "", "Acme")
    assert identify(replace(nobodys, department="sales"), playbook) == ("unowned", "", "sales", "Acme")


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
    (told,) = (one.problem for one in find(world(partners=text)) if one.problem.code.slug == "similar-name")
    assert told.message == "the name 'Acme Control' is nearly the same as 'Acme Controls' (acme)"
    assert (told.place.line, told.place.column, told.place.length) == (10, 22, 12)
    same = text.replace("beta.example", "acme.example")
    (told,) = (one.problem for one in find(world(partners=same)) if one.problem.code.slug == "same-domain")
    assert (told.place.line, told.place.column, told.place.length) == (10, 72, 12)
