"""The slips of somebody who edits the data in a web page: each is told on its line, with the right help."""

from __future__ import annotations

import itertools
from datetime import date
from pathlib import Path

import pytest

from generator.loading import load_folder
from generator.problems import NOWHERE, Problem
from generator.source import Document, composed
from tests.kit import data_in

DAY = date(2026, 6, 1)
TAXONOMY = """\
functions: [{id: reach, name: Reach, value: They reach.}]
types:
  - {id: agent, name: Agent, function: reach, definition: Sells., mode: close}
  - {id: shop, name: Corner Shop, function: reach, definition: Resells., mode: close}
modes: [{id: close, name: Close, summary: Often.}]
"""
PEOPLE = """\
people:
  - {id: ann-lee, name: Ann Lee, email: ann.lee@example.com}
  - {id: bob, name: Bob Ray}
"""
SETTINGS = "company: Example\nregions: [EMEA, AMER]\ntiers: [Gold, Silver]\n"
PORTFOLIO = "offers:\n  - {id: gate, name: Gate, status: live}\n"
HEAD = ["departments:", "  - id: sales", "    name: Sales", "    partners:"]
# An entry as a form begins it; each slip stands in one of its lines.
ENTRY = {
    "id": "      - id: {id}",
    "name": "        name: {name}",
    "types": "        types: [agent]",
    "owner": "        owner: ann-lee",
}
Slip = tuple[str, list[str], int, str, str]

SLIPS: list[Slip] = [
    # What is replaced, by which lines, in which of them the slip is told, a part of the message, and of the help.
    ("name", ["        name: {name}: the best"], 0, "a colon and a space", 'write "{name}: the best"'),
    ("name", ['        name: "{name}'], 0, "never closed", "close the value with the same mark"),
    ("name", ["        name: '{name}"], 0, "never closed", "close the value with the same mark"),
    ("name", ["        name: @{name}"], 0, "must stand in quotes", 'write "@{name}"'),
    ("name", ["        name: & {name}"], 0, "must stand in quotes", 'write "& {name}"'),
    ("name", ["        name: %{name}"], 0, "must stand in quotes", 'write "%{name}"'),
    ("name", ["        name: `{name}`"], 0, "must stand in quotes", "write"),
    ("name", ["        name: \u201c{name}: best\u201d"], 0, "is no quotation mark here", 'write "{name}: best"'),
    ("name", ["        name: \u201c{name}\u201d"], 0, "quote nothing here", "write {name}"),
    ("types", ["        types: [\u201cagent\u201d]"], 0, "quote nothing here", "write agent"),
    ("name", ["        name:{name}"], 0, "there is no space after 'name:'", "add a space"),
    ("name", ["        name {name}"], 0, "no colon", "name, colon, space, value"),
    ("name", ["        naem: {name}"], 0, "unknown field 'naem'", "did you mean 'name'?"),
    ("name", ["        Name: {name}"], 0, "unknown field 'Name'", "did you mean 'name'?"),
    ("name", ["       name: {name}"], 0, "does not fit the indentation", "start in one column"),
    ("name", ["          name: {name}"], 0, "does not fit the indentation", "start in one column"),
    ("name", ["\t\tname: {name}"], 0, "a tab", "replace the tab with spaces"),
    ("name", ["        name: {name}", "        name: {name}"], 1, "given twice", "delete one of the two"),
    ("name", ["        name: {name} #1 Corp"], 0, "for a comment", 'write "{name} #1 Corp"'),
    ("name", ["        name: {name}\u200b"], 0, "cannot be seen", "delete it"),
    ("name", ["        name:\u00a0{name}"], 0, "looks like a space", "type an ordinary space"),
    ("id", ["      -id: {id}"], 0, "no space after the dash", "write a dash, a space"),
    ("id", ["      * id: {id}"], 0, "'*' begins no entry", "write a dash, a space"),
    ("id", ["      \u2022 id: {id}"], 0, "begins no entry", "write a dash, a space"),
    ("id", ["      \u2013 id: {id}"], 0, "begins no entry", "write a dash, a space"),
    ("id", ["      - id: {name} Ltd"], 0, "is no id", "write '"),
    ("id", ["      - id: {id}_x"], 0, "is no id", "write '{id}-x'"),
    ("id", ["     - id: {id}"], 0, "does not fit the indentation", "start in one column"),
    ("types", ["        types: agent"], 0, "a list is expected here", "write [agent]"),
    ("types", ["        types: [agent"], 0, "the bracket [ is never closed", "close the list with ]"),
    ("types", ["        types: agent, shop]"], 0, "a list is expected here", "write [agent, shop]"),
    ("types", ["        types: [agent shop]"], 0, "no partner type 'agent shop'",
     "a comma is missing: write agent, shop"),
    ("types", ["        types: [Agent Corner Shop]"], 0, "no partner type",
     "a comma is missing: write Agent, Corner Shop"),
    ("types", ["        types: [agnet]"], 0, "no partner type 'agnet'", "did you mean 'agent'"),
    ("types", ["        types: [Reach]"], 0, "is a heading of the taxonomy", "its types: agent, shop"),
    ("types", ["        types: - agent"], 0, "starts on a line of its own", "put the dash on the next line"),
    ("types", ["        types: [agent]]"], 0, "text after a closing bracket", "put the whole value in quotes"),
    ("types", [], 0, "the required field 'types' of '{id}' is missing", "add a line 'types: ...'"),
    ("owner", ["        owner: Ann Lee"], 0, "no person 'Ann Lee'", "write the id, 'ann-lee'"),
    ("owner", ["        owner: ann.lee@example.com"], 0, "no person", "write the id, 'ann-lee'"),
    ("owner", ["        owner: ann-leee"], 0, "no person 'ann-leee'", "did you mean 'ann-lee'?"),
    ("owner", [], 0, "the required field 'owner' of '{id}' is missing", "write owner: null"),
    ("owner", ["        owner: bob", "        status: Aktive"], 1, "'Aktive' is not allowed", "did you mean 'active'?"),
    ("owner", ["        owner: bob", "        reviewed: 2026-02-17"], 1, "names and values",
     "{{date: 2026-02-17, by: ...}}"),
    ("owner", ["        owner: bob", "        reviewed: {{date: 17.02.2026, by: bob}}"], 1, "a date",
     "write 2026-02-17"),
    ("owner", ["        owner: bob", "        reviewed: {{date: 02/17/2026, by: bob}}"], 1, "a date",
     "write 2026-02-17"),
    ("owner", ["        owner: bob", "        reviewed: {{date: Feb 17, 2026, by: bob}}"], 1, "date", ""),
    ("owner", ["        owner: bob", "        lead: yes"], 1, "true or false", "write true"),
    ("owner", ["        owner: bob", "        regions: [EMEA AMER]"], 1, "not on the list",
     "a comma is missing: write EMEA, AMER"),
    ("owner", ["        owner: bob", "        tier: gold"], 1, "not on the list", "did you mean 'Gold'?"),
    ("owner", ["        owner: bob", "        offers: [gaet]"], 1, "there is no offer 'gaet'", "did you mean 'gate'?"),
    ("owner", ["        owner: bob", "        agreements: contract"], 1, "a list is expected",
     "write [{{kind: contract}}]"),
    ("owner", ["        owner: bob", "        links: https://x.example/"], 1, "a list",
     "[{{label: ..., url: https://x.example/}}]"),
    ("owner", ["        owner: bob", "        links: [{{label: Site, url: www.x.example}}]"], 1, "url",
     "whole address"),
    ("owner", ["        owner: bob", '        notes: "C:\\Data"'], 1, "backslash", "single quotes"),
]  # fmt: skip

NAMES = [
    f"{first}{last}"
    for first, last in itertools.product(
        ("Acme", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gum", "Hazel"),
        ("ton", "field", "wick", "ham", "ford", "ley", "by"),
    )
]


def entry(number: int, slip: Slip | None) -> tuple[list[str], int]:
    """The lines of an entry, with a slip in it, and which of them that is."""
    words = {"id": NAMES[number].lower(), "name": NAMES[number]}
    lines: list[str] = []
    at = 0
    for field, line in ENTRY.items():
        if slip is not None and slip[0] == field:
            # What is missing is told where the entry begins.
            at = len(lines) + slip[2] if slip[1] else 0
            lines += [one.format(**words) for one in slip[1]]
        else:
            lines.append(line.format(**words))
    return lines, at


def problems(folder: Path, slips: list[Slip | None]) -> tuple[list[Problem], list[int]]:
    """What is said of a department of entries with these slips, and the line of each slip."""
    lines, places = [*HEAD], []
    for number, slip in enumerate(slips):
        own, at = entry(number, slip)
        places.append(len(lines) + at + 1)
        lines += own
    data_in(
        folder,
        taxonomy=TAXONOMY,
        people=PEOPLE,
        settings=SETTINGS,
        portfolio=PORTFOLIO,
        partners="\n".join(lines) + "\n",
    )
    return list(load_folder(folder, DAY).errors), places


def told(slip: Slip, number: int, found: list[Problem]) -> None:
    words = {"id": NAMES[number].lower(), "name": NAMES[number]}
    message, hint = slip[3].format(**words), slip[4].format(**words)
    assert any(message in one.message for one in found), [one.message for one in found]
    assert any(hint in one.hint for one in found), [one.hint for one in found]


@pytest.mark.parametrize(
    "slip", [pytest.param(slip, id="/".join(slip[1]).strip() or f"no {slip[0]}") for slip in SLIPS]
)
def test_a_slip_alone(tmp_path: Path, slip: Slip) -> None:
    """Told on its line, with what to write; and nothing is said of the entries around it."""
    found, places = problems(tmp_path, [None, slip, None])

    assert {one.place.line for one in found} == {places[1]}, [(one.place.line, one.message) for one in found]
    told(slip, 1, found)


def test_there_are_at_least_forty_five() -> None:
    """The web editors of hosts catch none of them."""
    assert len(SLIPS) >= 45


@pytest.mark.parametrize("first", range(5))
def test_slips_in_a_heap(tmp_path: Path, first: int) -> None:
    """Ten and more in one file: all of them in one run, each on its line, and nothing else."""
    heap: list[Slip | None] = [*SLIPS[first::5]]
    found, places = problems(tmp_path, heap)

    assert {one.place.line for one in found} == set(places), [(one.place.line, one.message) for one in found]
    for number, (slip, place) in enumerate(zip(heap, places, strict=True)):
        assert slip is not None
        told(slip, number, [one for one in found if one.place.line == place])


def test_all_slips_at_once(tmp_path: Path) -> None:
    """More than fifty in one file, in one run."""
    found, places = problems(tmp_path, [*SLIPS])

    assert {one.place.line for one in found} == set(places)


@pytest.mark.parametrize(
    ("text", "line", "marked"),
    [
        ("name: \u201cA: best\u201d", 1, "\u201cA: best\u201d"),
        ("name: A \u201cB: c\u201d", 1, "A \u201cB: c\u201d"),
        ("partners:\n  - id: a\n  -id: b", 3, "-"),
        ("name: - b", 1, "-"),
        ("types: [a, b", 1, "["),
        ("types: [a\nname: b", 1, "["),
        ("name: @x y", 1, "@x y"),
        ('name: "a" b', 1, "b"),
        ("a: 1\n\tname: x", 2, "\t"),
        ("a: b: c", 1, "b: c"),
        ("list: [a] b", 1, "b"),
        ("- a\nb: c", 2, "b"),
        ("name: 'it's'", 1, "s"),
        ("a: {b: c", 1, "{"),
        ("a: 1\n b: 2", 2, "b"),
        ("a: }", 1, "}"),
        ("name: *New* Acme", 1, "*New* Acme"),
        ("name: *new Acme", 1, "*new"),
        ("name: !x y", 1, "!x y"),
        ("%YAML 1.2\na: b", 1, "%YAML 1.2"),
    ],
)
def test_what_is_marked(text: str, line: int, marked: str) -> None:
    """Expected: one mistake, and what is wrong is marked, no more and no less, also in the last line."""
    document, problems = composed(text, "x.yml")
    (place,) = (one.place for one in problems)
    shown = (document or Document("x.yml", text, None, NOWHERE)).line(place.line)
    assert (place.line, shown[place.column - 1 : place.column - 1 + place.length]) == (line, marked)


def test_what_stands_below_a_directive_is_looked_at_as_well() -> None:
    """Expected: the line with the sign is no reason to keep the rest from being read."""
    document, problems = composed("%YAML 1.2\n---\na: [b\n", "x.yml")
    assert [(one.code.slug, one.place.line) for one in problems] == [("directive", 1), ("bad-yaml", 3)]
    document, _ = composed("%YAML 1.2\n---\na: b\n", "x.yml")
    assert document is not None
    assert document.data == {"a": "b"}
    empty, _ = composed("", "x.yml")
    assert empty is not None
    assert empty.place.file == "x.yml"
