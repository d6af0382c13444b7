"""Tools, skills and satisfaction of the sample company, counted a second time from the YAML itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
import yaml

from generator import paths
from tests.kit import rows, section
from tests.sample.conftest import DATA
from tests.sample.test_planted import PLANTED

LEAST = 5


@cache
def raw(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DATA / f"{name}.yml").read_text("utf-8"))
    return loaded


@dataclass(frozen=True)
class Entry:
    """An active entry of the inventory, with the modes that its types are managed in."""

    partner: str
    department: str
    owner: str | None
    types: tuple[str, ...]
    modes: tuple[str, ...]
    score: dict[str, Any] | None


def type_ids() -> dict[str, str]:
    """The id of each type by its id, name and aliases, in small letters."""
    return {
        word.casefold(): one["id"]
        for one in raw("taxonomy")["types"]
        for word in (one["id"], one["name"], *one.get("aliases", ()))
    }


def mode_of(kind: str, entry: dict[str, Any]) -> str:
    """The mode that the entry names, or that its type does, at its stage, or that the type's function does."""
    (found,) = [one for one in raw("taxonomy")["types"] if one["id"] == kind]
    (function,) = [one for one in raw("taxonomy")["functions"] if one["id"] == found["function"]]
    named = entry.get("mode")
    named = {type_ids()[word.casefold()]: mode for word, mode in named.items()} if isinstance(named, dict) else named
    mode = named.get(kind) if isinstance(named, dict) else named
    mode = mode or found.get("mode") or function["mode"]
    return str(mode[entry["offer_stage"]] if isinstance(mode, dict) else mode)


def entries() -> Iterator[Entry]:
    ids = type_ids()
    for department in raw("partners")["departments"]:
        for entry in department["partners"]:
            if entry.get("status", "active") == "active":
                types = tuple(ids[word.casefold()] for word in entry["types"])
                modes = tuple(dict.fromkeys(mode_of(kind, entry) for kind in types))
                score = entry.get("satisfaction")
                yield Entry(entry["id"], department["id"], entry["owner"], types, modes, score)


def mean(scores: list[dict[str, Any]]) -> float:
    """Of the scores that may be shown, weighted by their answers, in percent of the top score."""
    total = sum(one["n"] for one in scores)
    return float(100 * sum(one["score"] / one["scale"] * one["n"] for one in scores) / total)


@pytest.fixture(scope="module")
def page(pages: Mapping[str, str]) -> str:
    return pages[paths.TOOLKIT]


def ids(text: str, folder: str) -> list[str]:
    """The ids that a cell links to, in one folder of pages."""
    return re.findall(rf"\]\(<{folder}/([^.>]*)\.md>\)", text)


@pytest.mark.long
def test_every_mode_and_type_in_use_has_a_tool(page: str) -> None:
    """The tools of the YAML name each mode in use, and so there is no list of gaps."""
    in_use = {mode for entry in entries() for mode in entry.modes}
    assert in_use <= {mode for tool in raw("toolkit")["tools"] for mode in tool.get("modes", ())}

    assert "**[Every mode and type](<#tools>)** in use has a tool." in page
    found = {row[0].split("]")[0].strip("["): row[1:] for row in rows(section(page, "tools"))}
    assert {name: (ids(modes, "modes"), ids(types, "types")) for name, (modes, types) in found.items()} == {
        tool["name"]: (tool.get("modes", []), tool.get("types", [])) for tool in raw("toolkit")["tools"]
    }


def test_who_lacks_which_skill(page: str) -> None:
    """Exactly the skills that the owners' modes need and people.yml does not give them, with level and training."""
    people = {one["id"]: one for one in raw("people")["people"]}
    skills = {one["id"]: one for one in raw("toolkit")["skills"]}
    modes: dict[str, set[str]] = {}
    for entry in entries():
        if entry.owner is not None and people[entry.owner].get("active", True):
            modes.setdefault(entry.owner, set()).update(entry.modes)
    needs = {(o, s) for o, used in modes.items() for s, skill in skills.items() if used & set(skill["modes"])}
    levels = {(o, held["skill"]): held["level"] for o in modes for held in people[o].get("skills", ())}
    lacking = {need for need in needs if levels.get(need, 0) < skills[need[1]]["level"]}
    able = {o for o, _ in needs} - {o for o, _ in lacking}

    def words(level: int) -> str:
        return f"{level} of 5" if level else "not held"

    found = [[re.sub(r"<[^>]*>", "", cell) for cell in row] for row in rows(section(page, "lacking"))]
    assert sorted((row[0], *row[1:4], row[5]) for row in found) == sorted(
        (
            f"[{people[o]['name']}]()",
            skills[s]["name"],
            words(levels.get((o, s), 0)),
            words(skills[s]["level"]),
            skills[s]["training"],
        )
        for o, s in lacking
    )
    assert all(people[o].get("skills") for o, _ in needs)
    assert f"[{len(able)} of {len({o for o, _ in needs})} owners](<#skills>)" in page
    assert f"[{len({o for o, _ in lacking})}](<#lacking>) lack at least one" in page


def test_means_by_mode_and_department(page: str) -> None:
    """Of the scores with five answers or more; no two smaller ones stand in the same department."""
    scored = [entry for entry in entries() if entry.score is not None]
    small = [entry for entry in scored if entry.score is not None and entry.score["n"] < LEAST]
    assert len({entry.department for entry in small}) == len(small) == 1

    told: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for entry in scored:
        if entry.score is not None and entry not in small:
            for group in (("departments", entry.department), *(("modes", mode) for mode in entry.modes)):
                told.setdefault(group, []).append(entry.score)
    found = {}
    for folder, anchor in (("modes", "satisfaction-by-mode"), ("departments", "satisfaction-by-department")):
        for name, share, answers, *_ in rows(section(page, anchor)):
            if "%" in share:
                found[folder, *ids(name, folder)] = (int(share.split("%")[0]), int(answers))

    assert found == {group: (round(mean(them)), sum(one["n"] for one in them)) for group, them in told.items()}
    everything = [entry.score for entry in scored if entry.score is not None and entry not in small]
    rate = f"**[{mean(everything):.0f}% of the top score](<#satisfaction>)**"
    answers = f"{sum(one['n'] for one in everything)} answers from "
    partners = {entry.partner for entry in scored if entry not in small}
    assert f"{rate} ([{answers}{len(partners)} partners](<#scores>))" in page


def test_every_entry_is_scored_or_silent(page: str) -> None:
    """The two lists hold each active entry once."""
    listed = {
        anchor: sorted((*ids(row[0], "partners"), *ids(row[1], "departments")) for row in rows(section(page, anchor)))
        for anchor in ("scores", "silent")
    }

    assert listed == {
        "scores": sorted((entry.partner, entry.department) for entry in entries() if entry.score is not None),
        "silent": sorted((entry.partner, entry.department) for entry in entries() if entry.score is None),
    }
    assert f"[{len(listed['silent'])} active entries](<#silent>)" in page


def test_exactly_the_planted_scores_are_to_be_mended(page: str) -> None:
    """Five are old or low, and no other."""
    found = {
        (*ids(row[1], "partners"), row[4].split("]")[0].strip("[")) for row in rows(section(page, "satisfaction-open"))
    }

    assert found == {
        (partner, code) for code in ("satisfaction-stale", "satisfaction-low") for partner, _ in PLANTED[code]
    }


def test_no_hidden_score_appears_anywhere(pages: Mapping[str, str]) -> None:
    """A score from fewer than five answers stands on no page of the site, neither of its scale nor in percent."""
    hidden = [entry for entry in entries() if entry.score is not None and entry.score["n"] < LEAST]
    assert [entry.partner for entry in hidden] == ["edge-makers-guild"]

    for entry in hidden:
        assert entry.score is not None
        partner = pages[paths.partner(entry.partner)]
        assert "not shown: 3 answers" in partner
        assert not re.search(rf"\b{entry.score['score']:g} of {entry.score['scale']:g}\b", partner)
        (row,) = [row for row in rows(section(pages[paths.TOOLKIT], "scores")) if entry.partner in row[0]]
        assert row[3] == "not shown"
        share = f"{100 * entry.score['score'] / entry.score['scale']:.0f}%"
        assert share not in pages[paths.TOOLKIT]
        assert f"{entry.score['score']:g} of" not in pages[paths.TOOLKIT]
