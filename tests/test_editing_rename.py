"""Two partners, people or types that are made one: all that they say is kept, or it is told where they differ."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import Result

from tests.kit import run, world_in

Merge = Callable[..., Result]

TYPE = {"id": "shop", "name": "Shop", "function": "sell", "definition": "Sells in a shop.", "mode": "light"}
PERSON = {"id": "ann", "name": "Ann Lee"}
PARTNER = {"id": "acme", "name": "Acme", "types": ["ally"], "owner": "eve"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return world_in(tmp_path / "data")


@pytest.fixture
def merge(folder: Path) -> Merge:
    return lambda old, new, *more: run("merge", old, "--into", new, *more, "--data", str(folder))


def written(folder: Path, kept: dict[str, Any], gone: dict[str, Any], kind: str, more: str = "") -> None:
    """Data in which these two stand, each field in a line of its own; a value is what stands behind the colon."""

    def listed(one: dict[str, Any], indent: int) -> str:
        pad = " " * indent
        lines = [
            f"{name}: {value if isinstance(value, str) else yaml.safe_dump(value, default_flow_style=True).strip()}"
            for name, value in one.items()
        ]
        return f"{pad}- " + f"\n{pad}  ".join(lines) + "\n"

    people = "people:\n  - id: eve\n    name: Eve\n" + (
        "".join(listed(one, 2) for one in (kept, gone)) if kind == "person" else ""
    )
    partners = "".join(listed(one, 6) for one in (kept, gone)) if kind == "partner" else ""
    head = "departments:\n  - id: sales\n    name: Sales\n    partners:"
    (folder / "people.yml").write_text(people)
    (folder / "partners.yml").write_text(f"{head}\n{partners}{more}" if partners or more else f"{head} []\n")
    if kind == "type":
        path = folder / "taxonomy.yml"
        kept_line = "  - {id: shop, name: Shop, function: sell, definition: Sells in a shop., mode: light}\n"
        path.write_text(path.read_text().replace(kept_line, "".join(listed(one, 2) for one in (kept, gone))))


CONFLICTS = {
    "type-definition": ("type", "definition", "Sells in a shop.", "Sells on a market."),
    "type-mode": ("type", "mode", "light", "close"),
    "type-mode-by-stage": ("type", "mode", "light", "{before: light, after: light}"),
    "type-note": ("type", "note", "Few of them.", "Many of them."),
    "type-recognize": ("type", "recognize", "Is it a shop?", "Is it a stall?"),
    "type-scope": ("type", "scope", None, "out"),
    "type-scope-of-the-other": ("type", "scope", "out", None),
    "person-email": ("person", "email", "ann@x.example", "anna@x.example"),
    "person-department": ("person", "department", "sales", "service"),
    "person-active": ("person", "active", None, "false"),
    "person-active-of-the-other": ("person", "active", "false", None),
    "person-skills": ("person", "skills", "[{skill: talk, level: 3}]", "[{skill: talk, level: 1}]"),
    "partner-owner": ("partner", "owner", "eve", "ann"),
    "partner-status": ("partner", "status", None, "ended"),
    "partner-lead": ("partner", "lead", "false", "true"),
    "partner-notes": ("partner", "notes", "Large.", "Small."),
    "partner-satisfaction": (
        "partner",
        "satisfaction",
        "{date: 2026-01-01, score: 4, scale: 5, n: 9}",
        "{date: 2026-01-01, score: 3, scale: 5, n: 9}",
    ),
    "partner-mode": ("partner", "mode", "light", "{ally: close}"),
}
ONE: dict[str, dict[str, Any]] = {"type": TYPE, "person": PERSON, "partner": PARTNER}


@pytest.mark.parametrize("name", CONFLICTS)
def test_two_that_say_different_things_do_not_become_one(folder: Path, merge: Merge, name: str) -> None:
    """Expected: exit 1, both places with their lines or with what is not said there, and not a byte is written."""
    kind, field, mine, theirs = CONFLICTS[name]
    one = {**ONE[kind], **({field: mine} if mine else {})}
    other = {**ONE[kind], "id": "other", "name": "Other", **({field: theirs} if theirs else {})}
    if kind == "type":
        one["aliases"] = ["Store"]
    written(folder, one, other, kind)
    with (folder / "people.yml").open("a") as people:
        people.write("" if kind == "person" else "  - id: ann\n    name: Ann\n")
    with (folder / "partners.yml").open("a") as partners:
        partners.write("  - id: service\n    name: Service\n    partners: []\n")
    (folder / "toolkit.yml").write_text("skills:\n  - {id: talk, name: Talking}\n")
    before = {path: path.read_bytes() for path in folder.iterdir()}

    result = merge("other", one["id"], "--kind", kind)

    assert result.exit_code == 1, result.output
    assert "because they say different things" in result.output
    for value, ident in ((mine, one["id"]), (theirs, "other")):
        assert (f"{field}: {value}" if value else f"({ident} has no {field})") in result.output
    file = {"type": "taxonomy.yml", "person": "people.yml", "partner": "partners.yml"}[kind]
    lines = (folder / file).read_text().split("\n")
    for told in (line for line in result.output.splitlines() if f"/{file}:" in line):
        number, said = told.partition(f"/{file}:")[2].split(": ", 1)
        assert said.startswith("(") or lines[int(number) - 1].strip() == said
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_what_only_one_of_two_types_says_is_kept_with_every_remark(folder: Path, merge: Merge) -> None:
    """Expected: its note, its models, and what it is confused with but itself; its names lead to the other."""
    kept = {**TYPE, "aliases": ["Store"], "confused_with": "[stall, agent]   # often"}
    gone = {
        **TYPE,
        "id": "stall   # as they say",
        "name": "Stall",
        "aliases": ["Booth"],
        "confused_with": "[shop, ally]",
        "note": "Few.  # seen in 2024",
        "business_models": ["Rents"],
    }
    written(folder, kept, gone, "type")

    result = merge("stall", "shop")

    assert result.exit_code == 0, result.output
    text = (folder / "taxonomy.yml").read_text()
    found = {one["id"]: one for one in yaml.safe_load(text)["types"]}
    assert found["shop"] == {
        **TYPE,
        "aliases": ["Store", "stall", "Booth"],
        "confused_with": ["agent", "ally"],
        "note": "Few.",
        "business_models": ["Rents"],
    }
    assert "stall" not in found
    for remark in ("# often", "# as they say", "# seen in 2024"):
        assert text.count(remark) == 1


def test_two_types_of_one_entry_become_one(folder: Path, merge: Merge) -> None:
    """Expected: no list names the type twice, by whatever name; a mode for each of them is one where both agree."""
    entry = (
        "      - id: acme\n        name: Acme\n        types:\n          - Booth   # mostly\n          - shop\n"
        "        owner: eve\n"
        "        mode: {Booth: close, shop: close}\n        mode_reason: power\n"
    )
    kept, gone = {**TYPE}, {**TYPE, "id": "stall", "name": "Stall", "aliases": ["Booth"]}
    written(folder, kept, gone, "type", entry)

    result = merge("stall", "shop")

    assert result.exit_code == 0, result.output
    text = (folder / "partners.yml").read_text()
    found = yaml.safe_load(text)["departments"][0]["partners"][0]
    assert (found["types"], found["mode"]) == (["shop"], {"shop": "close"})
    assert "# mostly" in text


def test_two_modes_of_one_entry_are_a_conflict(folder: Path, merge: Merge) -> None:
    """Expected: both names with their modes, and nothing written."""
    entry = (
        "      - id: acme\n        name: Acme\n        types: [stall, shop]\n        owner: eve\n"
        "        mode:\n          stall: close\n          shop: regular\n        mode_reason: power\n"
    )
    written(folder, {**TYPE}, {**TYPE, "id": "stall", "name": "Stall"}, "type", entry)
    before = (folder / "partners.yml").read_bytes()

    result = merge("stall", "shop")

    assert result.exit_code == 1
    assert "stall: close" in result.output
    assert "shop: regular" in result.output
    assert (folder / "partners.yml").read_bytes() == before


def test_partners_become_one_with_every_fact_and_remark(folder: Path, merge: Merge) -> None:
    """Expected: lists joined by what their words mean, what only one says taken over, the name that goes told."""
    kept = {**PARTNER, "types": "[ally]", "regions": ["EMEA"]}
    gone = {
        "id": "acme-inc   # the old one",
        "name": "Acme Inc.",
        "types": "[Ally, shop]",
        "owner": "eve",
        "regions": "[AMER, EMEA]  # both",
        "links": "[{label: Site, url: 'https://x.example'}]",
        "notes": "One 😀",
    }
    written(folder, kept, gone, "partner")

    result = merge("acme-inc", "acme")

    assert result.exit_code == 0, result.output
    assert "Acme Inc. is called Acme from now on." in result.output
    text = (folder / "partners.yml").read_text()
    assert yaml.safe_load(text)["departments"][0]["partners"] == [
        {
            "id": "acme",
            "name": "Acme",
            "types": ["ally", "shop"],
            "owner": "eve",
            "regions": ["EMEA", "AMER"],
            "links": [{"label": "Site", "url": "https://x.example"}],
            "formerly": ["acme-inc"],
            "notes": "One 😀",
        }
    ]
    assert [text.count(remark) for remark in ("# the old one", "# both")] == [1, 1]


@pytest.mark.parametrize(
    ("gone", "kept", "types"),
    [
        (["shop", "ally"], ["ally"], [["ally"], ["shop"]]),
        (["ally", "shop"], ["ally"], [["ally"], ["shop"]]),
        (["shop", "ally"], ["ally", "agent"], [["ally"], ["agent", "shop"]]),
        (["shop"], ["ally"], [["ally", "shop"]]),
    ],
)
def test_each_of_several_entries_becomes_one_with_that_of_its_type(
    gone: list[str], kept: list[str], types: list[list[str]], folder: Path, merge: Merge
) -> None:
    """In whichever order they stand; one of another type takes what is left, or stays as one more."""

    def entries(ident: str, owner: str, of: list[str]) -> str:
        names = (f"name: {ident.title()}, " if not place else "" for place, _ in enumerate(of))
        lines = (f"{name}types: [{one}], owner: {owner}" for name, one in zip(names, of, strict=True))
        return "".join(f"      - {{id: {ident}, {line}}}\n" for line in lines)

    inventory = entries("acme-inc", "ann", gone) + entries("acme", "eve", kept)
    people = "people:\n  - {id: eve, name: Eve}\n  - {id: ann, name: Ann}\n"
    (folder / "people.yml").write_text(people)
    (folder / "partners.yml").write_text(f"departments:\n  - id: sales\n    name: Sales\n    partners:\n{inventory}")

    result = merge("acme-inc", "acme", "--keep", "acme")

    assert result.exit_code == 0, result.output
    found = yaml.safe_load((folder / "partners.yml").read_text())["departments"][0]["partners"]
    assert {one["id"] for one in found} == {"acme"}
    assert sorted(one["types"] for one in found) == sorted(types)


def test_people_become_one_with_every_fact_and_remark(folder: Path, merge: Merge) -> None:
    """Expected: the address and the skills of the one that goes, and what is remarked on it."""
    kept = {**PERSON, "skills": "[{skill: talk, level: 3}]"}
    gone = {"id": "a-lee", "name": "A. Lee", "email": "a@x.example   # private", "skills": "[{skill: walk, level: 1}]"}
    written(folder, kept, gone, "person")
    (folder / "toolkit.yml").write_text("skills:\n  - {id: talk, name: Talking}\n  - {id: walk, name: Walking}\n")

    result = merge("a-lee", "ann")

    assert result.exit_code == 0, result.output
    assert "A. Lee is called Ann Lee from now on." in result.output
    text = (folder / "people.yml").read_text()
    assert yaml.safe_load(text)["people"][1:] == [
        {
            "id": "ann",
            "name": "Ann Lee",
            "email": "a@x.example",
            "skills": [{"skill": "talk", "level": 3}, {"skill": "walk", "level": 1}],
            "formerly": ["a-lee"],
        }
    ]
    assert text.count("# private") == 1


@pytest.mark.parametrize(("mode", "code"), [("light", 0), ("close", 1)])
def test_a_mode_that_the_function_has_anyway_is_none(folder: Path, merge: Merge, mode: str, code: int) -> None:
    """Expected: a type that leaves its mode out has that of its own function, and of no other."""
    (folder / "partners.yml").write_text("departments: []\n")
    taxonomy = (
        (folder / "taxonomy.yml")
        .read_text()
        .replace(
            "  - {id: sell, name: Selling, value: Sells.}\n",
            "  - {id: make, name: Making, value: Makes., mode: close}\n"
            "  - {id: sell, name: Selling, value: Sells., mode: light}\n",
        )
    )
    line = "  - {id: shop, name: Shop, function: sell, definition: Sells in a shop., mode: light}\n"
    usual = line.replace(", mode: light", "")
    other = line.replace("shop, name: Shop", "stall, name: Stall").replace("mode: light", f"mode: {mode}")
    (folder / "taxonomy.yml").write_text(taxonomy.replace(line, usual + other))

    result = merge("stall", "shop")
    assert result.exit_code == code, result.output
