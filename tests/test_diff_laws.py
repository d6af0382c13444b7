"""The laws of diff: nothing that differs is passed over, nothing is told twice, and the JSON says all of it."""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import fields
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generator.compare import difference
from generator.compare.deltas import compared
from generator.compare.records import KINDS, Key, Record, records, translated
from generator.loading import load_folder
from generator.model import Playbook
from generator.problems import NOWHERE
from generator.reports import differences
from tests import kit
from tests.test_diff_words import contradicts_itself, sentences_are_true, words_are_true

Data = dict[str, Any]
Draw = st.DrawFn

COMPANY: Data = {
    "settings": {"company": "Example", "as_of": "2026-06-01", "regions": ["EMEA", "AMER", "APAC"],
                 "fields": [{"id": "band", "label": "Revenue band", "on": "entry", "kind": "choices",
                             "values": ["Low", "High"]},
                            {"id": "engineer", "label": "Engineer", "on": "entry", "kind": "person"},
                            {"id": "revenue", "label": "Revenue", "on": "entry", "kind": "number"},
                            {"id": "nda", "label": "NDA signed", "on": "partner", "kind": "yes-no"},
                            {"id": "buyer", "label": "Buyer", "on": "partner", "kind": "person"}]},
    "taxonomy": {
        "functions": [{"id": "reach", "name": "Reach", "value": "They reach.", "mode": "light"},
                      {"id": "make", "name": "Make", "value": "They make.", "mode": "close"}],
        "groups": [{"id": "indirect", "name": "Indirect", "function": "reach"}],
        "types": [{"id": "agent", "name": "Agent", "function": "reach", "definition": "Sells.", "aliases": ["Rep"]},
                  {"id": "shop", "name": "Shop", "function": "reach", "group": "indirect", "definition": "Resells."},
                  {"id": "maker", "name": "Maker", "function": "make", "definition": "Makes.",
                   "mode": {"early": "close", "late": "light"}, "confused_with": ["shop"]}],
        "modes": [{"id": "light", "name": "Light", "summary": "Seldom."},
                  {"id": "close", "name": "Close", "summary": "Often.", "review_every": "90"}],
        "stages": [{"id": "early", "name": "Early", "before_launch": "true"}, {"id": "late", "name": "Late"}],
        "factors": [{"id": "power", "name": "Power"}],
        "ambiguous_aliases": [{"alias": "VAR", "types": ["agent", "shop"]}],
    },
    "people": {"people": [{"id": "ann", "name": "Ann Lee", "email": "ann@example.com", "department": "sales",
                           "skills": [{"skill": "plan", "level": "3"}]},
                          {"id": "bob", "name": "Bob Ray", "department": "cloud"},
                          {"id": "cy", "name": "Cy Dow"}]},
    "portfolio": {"offers": [{"id": "gate", "name": "Gate", "status": "live", "regions": ["EMEA"],
                              "requires": [{"type": "agent", "min": "2"}, {"type": "shop", "min": "1"}]},
                             {"id": "loop", "name": "Loop", "status": "planned"}],
                  "routes": [{"id": "direct", "name": "Direct", "region": "EMEA", "offer": "gate",
                              "types": ["agent"]}]},
    "strategy": {"objectives": [{"id": "grow", "title": "Grow", "owner": "ann", "ends": "2027-01-31",
                                 "types": ["agent"], "offers": ["gate"]}],
                 "programs": [{"id": "club", "name": "Club", "mode": "light", "types": ["shop"], "objective": "grow"}]},
    "toolkit": {"tools": [{"id": "crm", "name": "CRM", "modes": ["close"]}],
                "skills": [{"id": "plan", "name": "Planning", "modes": ["close"], "level": "2"}],
                "promises": [{"types": ["agent"], "may": ["Help."]}, {"modes": ["close"], "never": ["Money."]}]},
    "rules": {"rules": [{"id": "cover", "name": "Covered", "applies": {"types": ["agent"], "regions": "EMEA"},
                         "condition": {"sponsor": {"recorded": "true", "other_than": "owner"}}, "message": "no",
                         "waivers": [{"partner": "acme", "until": "2026-12-31", "by": "ann", "why": "New."}]},
                        {"id": "seen", "name": "Seen", "condition": [{"reviewed": {"within_days": "90"}},
                                                                     {"owner": ["ann", "bob"], "mode": "close"}],
                         "message": "never seen"}]},
    "partners": {"departments": [
        {"id": "sales", "name": "Sales", "lead": "ann", "contact": "sales@example.com", "partners": [
            {"id": "acme", "name": "Acme", "types": ["agent"], "owner": "ann", "domain": "acme.example",
             "regions": ["EMEA"], "offers": ["gate"], "sponsor": "cy", "band": ["Low"], "engineer": "ann",
             "buyer": "cy", "nda": "false",
             "agreements": [{"kind": "contract", "ref": "C-1", "ends": "2027-01-31"}]},
            {"id": "birch", "name": "Birch", "types": ["shop"], "owner": "bob", "mode": "close", "via": "acme",
             "reviewed": {"date": "2026-05-01", "by": "bob"}},
            {"id": "cedar", "name": "Cedar", "types": ["maker"], "owner": None, "offer_stage": "early",
             "parent": "acme"}]},
        {"id": "cloud", "name": "Cloud", "partners": [
            {"id": "acme", "types": ["shop", "agent"], "owner": "bob", "mode": {"shop": "close"}},
            {"id": "elm", "name": "Elm", "types": ["shop"], "owner": "ann", "notes": "x",
             "links": [{"label": "L", "url": "https://elm.example/"}]}]},
        {"id": "east", "name": "East", "partners": []}]},
}  # fmt: skip

VALUES: dict[str, list[Any]] = {
    "name": ["Acme", "Another", "Birch Group"], "title": ["Grow more"], "value": ["They do."], "summary": ["Other."],
    "definition": ["Other."], "economics": ["Pays."], "note": ["A note."], "short": ["Agt"], "recognize": ["Does it?"],
    "owner": ["ann", "bob", "cy", None], "sponsor": ["bob", "cy"], "backup_owner": ["ann", "bob"], "lead": ["true"],
    "status": ["active", "ended", "prospect", "live", "retired"], "types": [["agent"], ["shop"], ["agent", "shop"]],
    "mode": ["light", "close"], "regions": [["EMEA"], ["AMER", "EMEA"], ["EMEA", "AMER"], []], "tier": ["Gold", "Tin"],
    "offers": [["gate"], ["loop", "gate"]], "objectives": [["grow"]], "offer_stage": ["early", "late"],
    "mode_reason": ["power"], "segment": ["Large"], "industries": [["Water"]], "certifications": [["A", "B"]],
    "domain": ["x.example", "acme.example"], "parent": ["acme", "Big"], "via": ["elm"], "formerly": [["older"]],
    "notes": ["y" * 200, "z"], "links": [[{"label": "M", "url": "https://m.example/"}], [{"label": "L", "url": "https://m.example/"}]],
    "agreements": [[{"kind": "nda"}], [{"kind": "contract", "ref": "C-1"}],
                   [{"kind": "contract", "ref": "C-1", "ends": "2027-01-31", "notice_days": "30"}, {"kind": "nda"}]],
    "business_model": ["Sells on"],
    "reviewed": [{"date": "2026-05-02", "by": "ann"}, {"date": "2026-05-02", "by": "ann", "outcome": "Fine"}],
    "satisfaction": [{"date": "2026-05-20", "score": score, "scale": "5", "n": "9"} for score in ("4.2", "4.2000001")],
    "contact": ["c@example.com"], "reviewers": [["@x/y"]], "email": ["e@example.com"], "department": ["cloud", "east"],
    "active": ["false", "true"], "skills": [[{"skill": "plan", "level": "5"}]],
    "requires": [[{"type": "shop", "min": "3"}]],
    "region": ["AMER"], "offer": ["loop"], "ends": ["2028-01-31"], "objective": ["grow"], "url": ["https://t.example/"],
    "modes": [["light"], ["light", "close"]], "level": ["4"], "training": ["T-1"],
    "may": [["Say it."]], "ask": [["Ask."]],
    "never": [["Never."]], "review_every": ["30"], "needs_sponsor": ["true"], "needs_agreement": [["nda"]],
    "before_launch": ["true", "false"], "function": ["make", "reach"], "group": ["indirect"], "aliases": [["Seller"]],
    "business_models": [["Sells on"]], "confused_with": [["agent"]], "scope": ["out", "in"],
    "company": ["Other"], "home_department": ["cloud"], "tiers": [["Gold", "Tin"]], "segments": [["Large"]],
    "industries_listed": [["Water"]], "off": [["unowned"]], "thresholds": [{"agreement_notice": "30"}],
    "limits": [{"inventory_mb": "30"}],
    "applies": [{"types": {"not": ["shop"]}}, [{"status": "prospect"}, {"offers": {"all": ["gate", "loop"]}}]],
    "condition": [{"sponsor": {"not": "ann"}}, {"reviewed": {"within_days": "180"}}, [{"lead": "true"}, {"via": "elm"}],
                  {"engineer": {"not": ["ann", "cy"]}, "band": ["High"]},
                  {"mode": ["light", "close"], "satisfaction": {"at_least": "0.7"}}],
    "message": ["Other."], "severity": ["error", "warning"],
    "waivers": [[{"partner": "elm", "department": "cloud", "until": "2027-01-31", "by": "bob", "why": "X"}]],
    "band": [["High"], ["High", "Low"]], "engineer": ["bob", "ann"], "revenue": ["12.50", "0"],
    "nda": ["true", "false"], "buyer": ["bob"],
    "fields": [[{"id": "engineer", "label": "Technician", "on": "entry", "kind": "text", "help": "Who knows."},
                {"id": "band", "label": "Revenue band", "on": "entry", "kind": "choices", "show": ["filter"],
                 "values": ["High", "Low", "Top"]},
                {"id": "nda", "label": "NDA signed", "on": "entry", "kind": "yes-no"},
                {"id": "buyer", "label": "Buyer", "on": "partner", "kind": "person"}]],
    "ids": [{"crm": "A-1"}], "systems": [[{"id": "crm", "name": "CRM"}]], "format": ["1"], "as_of": ["2026-06-01"],
}  # fmt: skip
KNOWN: dict[str, tuple[str, ...]] = {
    "people": ("name", "email", "department", "active", "skills"),
    "functions": ("name", "value", "economics", "mode"), "groups": ("name",),
    "types": ("name", "short", "function", "group", "definition", "aliases", "mode", "business_models", "recognize",
              "confused_with", "scope", "note"),
    "modes": ("name", "summary", "review_every", "needs_sponsor", "needs_agreement"),
    "stages": ("name", "before_launch"),
    "factors": ("name", "summary"), "ambiguous_aliases": ("types",),
    "offers": ("name", "status", "regions", "requires"), "routes": ("name", "region", "offer", "types"),
    "objectives": ("title", "owner", "ends", "types", "offers"), "programs": ("name", "mode", "types", "objective"),
    "tools": ("name", "url", "modes", "types"), "skills": ("name", "modes", "level", "training"),
    "promises": ("types", "modes", "may", "ask", "never"), "departments": ("name", "contact", "reviewers"),
    "partners": ("name", "types", "owner", "backup_owner", "sponsor", "status", "lead", "offer_stage", "mode",
                 "mode_reason", "regions", "offers", "objectives", "segment", "tier", "industries", "certifications",
                 "business_model", "value", "domain", "parent", "ids", "via", "agreements", "reviewed", "satisfaction",
                 "links", "formerly", "notes", "band", "engineer", "revenue", "nda", "buyer"),
    "rules": ("name", "applies", "condition", "message", "severity", "waivers"),
    "settings": ("company", "home_department", "tiers", "segments", "off", "thresholds", "limits", "format",
                 "systems", "fields"),
}  # fmt: skip
"""The fields that may be given other values, by the list that their entries stand in."""


def listings(data: Data) -> dict[str, list[Data]]:
    """Every list of entries, by name."""
    found = {
        name: entries
        for file in ("taxonomy", "people", "portfolio", "strategy", "toolkit", "rules")
        for name, entries in data[file].items()
    }
    found["departments"] = data["partners"]["departments"]
    found["partners"] = [entry for department in found["departments"] for entry in department["partners"]]
    return {**found, "settings": [data["settings"]]}


def replaced(part: Any, old: str, new: str) -> Any:
    """The data with another word in every place."""
    if isinstance(part, dict):
        return {(new if name == old else name): replaced(value, old, new) for name, value in part.items()}
    if isinstance(part, list):
        return [replaced(value, old, new) for value in part]
    return new if part == old else part


def a_field(data: Data, draw: Draw) -> Data:
    """Another value for a field, or none."""
    lists = listings(data)
    name = draw(st.sampled_from(sorted(KNOWN)))
    assume(lists[name])
    entry, field = draw(st.sampled_from(lists[name])), draw(st.sampled_from(KNOWN[name]))
    if field in entry and field not in ("name", "owner", "types", "id", "title") and draw(st.booleans()):
        del entry[field]
    else:
        entry[field] = draw(st.sampled_from(VALUES[field]))
    return data


def an_id(data: Data, draw: Draw) -> Data:
    """Another id for something, wherever it is referred to; of a partner the old one is kept."""
    old = draw(st.sampled_from(["acme", "elm", "ann", "sales", "agent", "gate", "grow", "light", "early", "plan"]))
    data = replaced(data, old, f"{old}-2")
    for entry in listings(data)["partners"]:
        if entry["id"] == f"{old}-2":
            entry["formerly"] = [*entry.get("formerly", []), old]
    return data


def gone(data: Data, draw: Draw) -> Data:
    lists = listings(data)
    entries = draw(st.sampled_from([department["partners"] for department in lists["departments"]] + [lists["people"]]))
    assume(entries)
    entries.remove(draw(st.sampled_from(entries)))
    return data


def copied(data: Data, draw: Draw) -> Data:
    lists = listings(data)
    entry, there = draw(st.sampled_from(lists["partners"])), draw(st.sampled_from(lists["departments"]))
    there["partners"].append({**entry, "id": "fir", "name": "Fir"})
    return data


def moved(data: Data, draw: Draw) -> Data:
    lists = listings(data)
    entry, there = draw(st.sampled_from(lists["partners"])), draw(st.sampled_from(lists["departments"]))
    for department in lists["departments"]:
        department["partners"] = [one for one in department["partners"] if one is not entry]
    there["partners"].append({**entry, "name": "Fir"})
    return data


def merged(data: Data, draw: Draw) -> Data:
    """Two partners become one."""
    lists = listings(data)
    partners = sorted({one["id"] for one in lists["partners"]})
    assume(len(partners) > 1)
    first, second = draw(st.permutations(partners))[:2]
    name = next((one["name"] for one in lists["partners"] if one["id"] == second and "name" in one), "X")
    for entry in lists["partners"]:
        if entry["id"] == first:
            entry |= {"name": name, "formerly": []}
            for field in ("domain", "parent", "nda", "buyer"):
                entry.pop(field, None)
    data = replaced(data, first, second)
    for entry in listings(data)["partners"]:
        if "formerly" in entry:
            entry["formerly"] = [first]
    return data


def joined(data: Data, draw: Draw) -> Data:
    """Two people, departments or types become one."""
    lists = listings(data)
    name = draw(st.sampled_from(["people", "departments", "types"]))
    assume(len(lists[name]) > 1)
    gone, stays = draw(st.permutations(lists[name]))[:2]
    lists[name].remove(gone)
    data = replaced(data, gone["id"], stays["id"])
    stays = next(one for one in listings(data)[name] if one["id"] == stays["id"])
    kept = "aliases" if name == "types" else "formerly"
    stays[kept] = [*stays.get(kept, []), gone["id"]]
    stays["partners" if name == "departments" else kept] += gone.get("partners", [])
    for one in listings(data)["types"]:
        if "confused_with" in one:
            one["confused_with"] = [other for other in one["confused_with"] if other != one["id"]]
    for one in listings(data)["partners"]:
        one["types"] = [*dict.fromkeys(one["types"])]
    return data


def divided(data: Data, draw: Draw) -> Data:
    """An entry of several types becomes two."""
    there = draw(st.sampled_from(listings(data)["departments"]))["partners"]
    several = [entry for entry in there if len(entry["types"]) > 1]
    assume(several)
    entry = draw(st.sampled_from(several))
    there.append({**entry, "types": entry["types"][1:]})
    entry["types"] = entry["types"][:1]
    for one in (entry, there[-1]):
        if isinstance(one.get("mode"), dict):
            one["mode"] = {name: mode for name, mode in one["mode"].items() if name in one["types"]}
    return data


def undivided(data: Data, draw: Draw) -> Data:
    """Two entries of one partner become one."""
    there = draw(st.sampled_from(listings(data)["departments"]))["partners"]
    twice = [(one, other) for one, other in combinations(there, 2) if one["id"] == other["id"]]
    assume(twice)
    entry, other = draw(st.sampled_from(twice))
    there.remove(other)
    entry["types"] = [*dict.fromkeys([*entry["types"], *other["types"]])]
    return data


def an_order(data: Data, draw: Draw) -> Data:
    lists = listings(data)
    lists[draw(st.sampled_from(sorted(set(lists) - {"settings", "partners"})))].reverse()
    return data


EDITS = (*[a_field] * 6, an_id, gone, copied, moved, merged, joined, divided, undivided, an_order)


@st.composite
def edited(draw: Draw, data: Data) -> Data:
    """The data after one edit."""
    edit: Callable[[Data, Draw], Data] = draw(st.sampled_from(EDITS))
    return edit(copy.deepcopy(data), draw)


def loaded(data: Data) -> Playbook | None:
    with TemporaryDirectory() as place:
        for file, content in data.items():
            Path(place, f"{file}.yml").write_text(json.dumps(content), "utf-8")
        return load_folder(Path(place)).playbook


def plain(playbook: Playbook) -> dict[Key, Any]:
    return {key: dict(record.fields) for key, record in records(playbook).items()}


def new_keys(items: list[dict[str, Any]]) -> tuple[dict[str, dict[str, str]], dict[Key, Key]]:
    """The ids that changed, by kind, and the keys of entries and promises that did."""
    ids: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
    keys = {}
    for item in items:
        kind, before, now = item["kind"], item["before"], item["after"] or item["joined"]
        if before and now and before != now:
            if kind in ("entry", "promise"):
                keys[Key(kind, before)] = Key(kind, now)
            else:
                ids[kind][before] = now
    return ids, keys


def applied(before: Playbook, told: dict[str, Any]) -> dict[Key, Any]:
    """What the old data is once all that the JSON says is done to it."""
    items = [item for change in told["changes"] for item in change["records"] if item["kind"] != "order"]
    ids, keys = new_keys(items)
    gone = {Key(item["kind"], item["before"]) for item in items if item["after"] is None}
    result: dict[Key, Any] = {}
    for key, values in plain(before).items():
        if key not in gone:
            now = translated(Record(key, values, NOWHERE), ids, before)
            result[keys.get(key, now.key)] = dict(now.fields)
    for item in items:
        if item["after"] is not None:
            record = result.setdefault(Key(item["kind"], item["after"]), {})
            for field, value in item["values"].items():
                assert record.get(field) == value["old"], item
                record.pop(field, None)
                record |= {field: value["new"]} if value["new"] is not None else {}
    return result


@pytest.mark.long
@given(st.data())
@settings(deadline=None, max_examples=kit.examples(150))
def test_the_json_makes_the_new_of_the_old(draws: st.DataObject) -> None:
    """After one to four edits of any file: what differs is told, each field once, and applied to the old is the new."""
    first = COMPANY
    if draws.draw(st.booleans()):
        first = draws.draw(edited(first))
    second = first
    for _ in range(draws.draw(st.integers(1, 4))):
        second = draws.draw(edited(second))
    before, after = loaded(first), loaded(second)
    assume(before is not None and after is not None)
    assert before is not None
    assert after is not None
    told = json.loads(differences.as_json(difference(before, after)))

    assert bool(told["changes"]) == (before != after or orders(before) != orders(after))
    assert applied(before, told) == plain(after)
    named = Counter(
        (item["kind"], item["before"], item["after"], field)
        for change in told["changes"]
        for item in change["records"]
        for field in item["values"]
    )
    assert set(named.values()) <= {1}
    assert not [change["text"] for change in told["changes"] if contradicts_itself(change["text"])]
    words_are_true(compared(before, after))
    sentences_are_true(compared(before, after))


def orders(playbook: Playbook) -> list[list[str]]:
    tables = [getattr(playbook, table) for kind, table in KINDS.items() if kind not in ("partner", "entry", "person")]
    return [list(table) for table in tables if hasattr(table, "keys")]


def test_every_field_of_the_model_is_in_the_records() -> None:
    """Expected: whatever stands in the playbook is compared, but for the day by which it is judged, whom it is cut for,
    and pictures.
    """
    assert {field.name for field in fields(Playbook)} - {"as_of", "audience", "logos"} == set(KINDS.values()) - {
        "entries"
    }


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(KNOWN))
def test_no_field_is_left_out(name: str) -> None:
    """Expected: every field of every list, given another value by itself, is told."""
    base = loaded(COMPANY)
    assert base is not None
    tried = 0
    for field in KNOWN[name]:
        for value in VALUES[field]:
            data = copy.deepcopy(COMPANY)
            entry = listings(data)[name][0]
            if entry.get(field) == value:
                continue
            entry[field] = value
            after = loaded(data)
            if after is not None and after != base:
                tried += 1
                assert difference(base, after).changes, (field, value)
                assert applied(base, json.loads(differences.as_json(difference(base, after)))) == plain(after)

    assert tried
