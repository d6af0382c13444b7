"""What diff says of a difference is true: nothing comes and goes at once, and nothing is itself instead of itself."""

from __future__ import annotations

import copy
import json
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generator.compare import Change, ChangeKind, changes_between
from generator.compare.deltas import Compared, compared
from generator.compare.phrases import Phrases, reads_as
from generator.compare.telling import told
from generator.loading import load_folder
from generator.model import Playbook
from tests import kit
from tests.kit import RICH

DAY = date(2026, 11, 2)

Step = str | int
Way = tuple[Step, ...]


@cache
def read(folder: Path) -> dict[str, Any]:
    """What the YAML files of a folder say, by name, each scalar as the text that it is."""
    return {path.name: _read(yaml.load(path.read_text("utf-8"), yaml.BaseLoader)) for path in folder.glob("*.yml")}  # noqa: S506


def _read(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: _read(value) for name, value in part.items()}
    if isinstance(part, list):
        return [_read(value) for value in part]
    return None if part == "null" else part


def paths(part: Any, path: Way = ()) -> Iterator[Way]:
    """Where each value stands, the larger ones among them."""
    inside = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for step, value in inside:
        yield (*path, step)
        yield from paths(value, (*path, step))


def at(data: Any, path: Way) -> Any:
    for step in path:
        data = data[step]
    return data


def field(path: Way) -> Way:
    """What stands there, whichever entry it is of."""
    return tuple("*" if isinstance(step, int) else step for step in path)


@cache
def fields(folder: Path) -> dict[Way, list[Way]]:
    """Where each field stands."""
    found: dict[Way, list[Way]] = {}
    for path in paths(read(folder)):
        found.setdefault(field(path), []).append(path)
    return found


TEXTS: dict[str, Callable[[str], str]] = {
    "longer": lambda text: f"{text}x",
    "shorter": lambda text: text[:-1],
    "much longer": lambda text: f"{text} {'and so on ' * 9}",
    "another sign": lambda text: text.replace(", ", "; "),
    "other characters": lambda text: unicodedata.normalize(
        "NFD" if unicodedata.is_normalized("NFC", text) else "NFC", text
    ),
    "another blank": lambda text: text.replace(" ", "  ", 1),
    "a little more": lambda text: f"{text}00001" if "." in text else f"{text}.000001",
    "the next": lambda text: str(int(text) + 1) if text.isdigit() else f"{text[:-1]}{'2' if text[-1:] == '1' else '1'}",
}


def edited(folder: Path, data: dict[str, Any], draws: st.DataObject) -> dict[str, Any]:
    """The data after one edit of one value: every field is as likely as every other."""
    known = fields(folder)
    what = draws.draw(st.sampled_from(sorted(known, key=str)))
    path = draws.draw(st.sampled_from(known[what]))
    data = copy.deepcopy(data)
    try:
        holder, value = at(data, path[:-1]), at(data, path)
    except LookupError:
        return data  # an edit before took it out
    edits = ["another", "gone"]
    edits += ["twice", "turned"] if isinstance(value, list) and value else []
    edits += ["text"] * 3 if isinstance(value, str) else []
    match draws.draw(st.sampled_from(edits)):
        case "another":
            holder[path[-1]] = copy.deepcopy(at(read(folder), draws.draw(st.sampled_from(known[what]))))
        case "gone":
            del holder[path[-1]]
        case "twice":
            value.append(copy.deepcopy(draws.draw(st.sampled_from(value))))
        case "turned":
            value.reverse()
        case "text":
            holder[path[-1]] = TEXTS[draws.draw(st.sampled_from(sorted(TEXTS)))](value)
    return data


def loaded(folder: Path, data: dict[str, Any]) -> Playbook | None:
    """The playbook of a folder whose files say this."""
    with TemporaryDirectory() as place:
        there = Path(place, "data")
        shutil.copytree(folder, there)
        for name, content in data.items():
            (there / name).write_text(json.dumps(content), "utf-8")
        return load_folder(there, DAY).playbook


def what_is_said_is_true(folder: Path, draws: st.DataObject) -> None:
    """Whatever one to three edits make of the data of a folder: what is said of it is true, and not empty."""
    before = after = read(folder)
    for _ in range(draws.draw(st.integers(1, 3))):
        after = edited(folder, after, draws)
    was, now = loaded(folder, before), loaded(folder, after)
    assume(was is not None and now is not None)
    assert was is not None
    assert now is not None
    assert bool(changes_between(was, now)) or was == now
    for change in changes_between(was, now):
        assert not contradicts_itself(change.words), str(change)
        if change.kind is ChangeKind.REVIEW:
            ((old, new),) = [delta.values["reviewed"] for delta in change.deltas]
            assert old is None or old["date"] < new["date"], str(change)
    for old_and_new in (compared(was, now), compared(now, was)):
        words_are_true(old_and_new)
        sentences_are_true(old_and_new)


def contradicts_itself(words: str) -> bool:
    """Whether the same came and went, or is itself instead of itself."""
    instead = re.search(r"(?:^|[ (])([^ ,;(].*?) instead of \1(?:[,;)]|$)", words)
    return bool(instead or re.search(r"(?:[(:;] |\()([^;]+) added, \1 removed", words))


def words_are_true(both: Compared) -> None:
    """No words of a list are added and removed, and none say the same of the way back, but where they say no more."""
    phrases = Phrases(both)
    for delta in both.deltas:
        if delta.place_before is None or delta.place_after is None:
            continue
        for name, (old, new) in delta.values.items():
            words = phrases.difference(delta.kind, name, old, new)
            if isinstance(old, list) and isinstance(new, list):
                found = phrases.of_list(delta.kind, name, old, new)
                assert not set(found.added) & set(found.removed), words
            back = phrases.difference(delta.kind, name, new, old)
            vague = "in another order" in words or "worded otherwise" in words
            assert words != back or vague, words
            if words == "worded otherwise":
                assert isinstance(old, str), (name, old, new)
                assert max(len(old), len(new)) > 80 or reads_as(old) == reads_as(new), (name, old, new)
            if name == "confused_with":
                assert delta.after not in (old or ()), "nothing was confused with itself"


def sentences_are_true(both: Compared) -> None:
    """What is said to have come is there and was not, and what is said to have gone was there and is not."""
    changes = told(both)
    for change in changes:
        # Its own page tells whatever differs about a partner.
        assert change.partner is not None or all(one.kind not in ("partner", "entry") for one in change.deltas), change
        if "but still named" in change.words:
            assert not {delta.joined for delta in change.deltas} & both.after.people.keys(), str(change)
        if change.partner in both.after.partners:
            _true_of_a_partner(both, change)
        elif change.kind is ChangeKind.MODE and change.partner is None:
            _true_of_a_type(both, change)


def _entries(both: Compared, partner: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The department and the types of each entry, before and after, by what they are called."""
    phrases, ids = Phrases(both), both.ids
    olds = [
        (phrases.name("department", ids["department"].get(entry.department, entry.department)),
         phrases.names("type", [ids["type"].get(one, one) for one in entry.types]))
        for old in both.before.partners.values() if ids["partner"].get(old.id, old.id) == partner
        for entry in old.entries
    ]  # fmt: skip
    news = [
        (phrases.name("department", entry.department), phrases.names("type", [*entry.types]))
        for entry in both.after.partners[partner].entries
    ]
    return olds, news


def _listed(names: str) -> set[str]:
    return {*re.split(", | and ", names)} - {""}


def _true_of_a_partner(both: Compared, change: Change) -> None:
    olds, news = _entries(both, change.partner or "")
    merged = sum(both.ids["partner"].get(old, old) == change.partner for old in both.before.partners) > 1

    def counts(entries: list[tuple[str, str]], department: str) -> set[str]:
        return {name for where, types in entries if where == department for name in _listed(types)}

    if found := re.fullmatch(r"counts as (.*?)(?: instead of (.*?)|, too,) in (.*)", change.words):
        come, gone, department = _listed(found[1]), _listed(found[2] or ""), found[3]
        assert merged or not come & counts(olds, department), str(change)
        assert not gone & counts(news, department), str(change)
    elif found := re.fullmatch(r"no longer counts as (.*) in (.*)", change.words):
        assert not _listed(found[1]) & counts(news, found[2]), str(change)
    elif found := re.fullmatch(r"is managed in (.*?)(, too| now), as .*", change.words):
        stays = {where for where, _ in olds} & {where for where, _ in news} - {found[1]}
        assert bool(stays) == (found[2] == ", too"), str(change)
        assert found[1] not in {where for where, _ in olds}, str(change)
    elif found := re.fullmatch(r"is no longer recorded in (.*)", change.words):
        assert found[1] not in {where for where, _ in news}, str(change)
    elif (found := re.match(r"has one entry (more|less) in (.*?)(?:, as .*|$)", change.words)) and not merged:
        was, now = (sum(where == found[2] for where, _ in entries) for entries in (olds, news))
        assert was < now if found[1] == "more" else was > now, str(change)


def _true_of_a_type(both: Compared, change: Change) -> None:
    """Some of its relationships were managed as it says."""
    phrases, ids = Phrases(both), both.ids
    found = re.fullmatch(r"is managed by (.*) instead of (.*), in \d+ relationships?", change.words)
    assert found is not None
    were = set()
    for one in (one for entry in both.before.entries for one in entry.relationships):
        now = ids["type"].get(one.type, one.type)
        known = one.type if now in both.before.types else now
        were.add((f"The type {phrases.name('type', known)}", phrases.name("mode", ids["mode"].get(one.mode, one.mode))))
    assert (change.name, found[2]) in were, str(change)


@pytest.mark.long
@given(st.data())
@settings(deadline=None, max_examples=kit.examples(150))
def test_what_is_said_of_any_edit_is_true(draws: st.DataObject) -> None:
    """Expected: after one to three edits of any value of tests/rich, no sentence contradicts itself."""
    what_is_said_is_true(RICH, draws)
