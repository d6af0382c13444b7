"""What fields held and hold, in words."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from generator.compare.deltas import Compared
from generator.compare.items import Item, is_item, paired, same_item
from generator.compare.records import KINDS, refers_to
from generator.model import FIELDS, Ask, spelled
from generator.words import count, series

_LONGEST = 80
_NOUNS = {"ambiguous_alias": "ambiguous name", "promise": "promise", "snapshot": "snapshot"}
_LABELS: Mapping[tuple[str, str], str] = {
    **{("entry", field.id): field.words for field in FIELDS if field.words},
    ("partner", "domain"): "web site",
    ("partner", "parent"): "the company that it belongs to",
    ("partner", "formerly"): "former ids",
    ("department", "formerly"): "former ids",
    ("person", "formerly"): "former ids",
    ("partner", "acquired"): "companies that it bought",
    ("partner", "ids"): "its ids in other systems",
    ("entry", "types"): "types",
    ("entry", "mode"): "how it is managed",
    ("entry", "agreements"): "agreements",
    ("entry", "agreements.notice_days"): "days of notice",
    ("entry", "links.url"): "address",
    ("entry", "satisfaction.n"): "answers",
    ("entry", "reviewed"): "review",
    ("offer", "requires"): "what it needs",
    ("offer", "requires.min"): "partners",
    ("rule", "applies"): "whom it is about",
    ("rule", "condition"): "what it asks",
    ("rule", "message"): "what is said of those who break it",
    ("settings", "off"): "findings that are off",
    ("settings", "as_of"): "the day that the site calls today",
    ("type", "short"): "the short name",
    ("type", "recognize"): "the question that tells it",
    ("type", "confused_with"): "what it is confused with",
    ("order", "order"): "their order",
}


def reads_as(text: str) -> str:
    """A text as readers see it: another blank, or an é made of other characters, is the same to them."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def called(was: str, now: str) -> str:
    """That something had another name."""
    return f"was called {was} before" if reads_as(was) != reads_as(now) else "has its name spelled otherwise"


def noun(kind: str) -> str:
    """What a record of a kind is called."""
    return _NOUNS.get(kind, kind)


_TABLES = {("settings", "systems"), ("settings", "audiences")}
"""The fields that hold items by their ids."""


class ListDifference(NamedTuple):
    """What became of the items of a list, each in words; no words are among those added and those removed."""

    changed: list[str]
    added: list[str]
    removed: list[str]
    reworded: list[str]
    """Of which it cannot be seen in so few words what is different."""


class Phrases:
    """Words for values: names are those of today, and of before for what is gone.

    Where several things of a kind have one name, their ids tell them apart.
    """

    def __init__(self, compared: Compared) -> None:
        self._states = (compared.after, compared.before)
        self._ids = compared.ids
        self._names = cache(self._named)

    def label(self, kind: str, field: str) -> str:
        """What a field is called."""
        custom = (one for state in self._states for one in state.settings.fields if (one.on, one.id) == (kind, field))
        known = _LABELS.get((kind, field)) or next((one.words for one in custom), "")
        return known or field.rpartition(".")[2].replace("_", " ")

    def name(self, kind: str, ident: str) -> str:
        """What something is called, or its id where it is not there."""
        return self._names(kind).get(ident, ident)

    def _named(self, kind: str) -> Mapping[str, str]:
        """What everything of a kind is called, by id."""
        named: dict[str, str] = {}
        for state in self._states if kind in KINDS else ():
            table = getattr(state, KINDS[kind])
            for ident, one in table.items() if isinstance(table, Mapping) else ():
                called = str(getattr(one, "name", "") or getattr(one, "title", "") or ident)
                named.setdefault(ident, called)
        # What has another id now is no other one.
        often = Counter(reads_as(called) for ident, called in named.items() if ident not in self._ids.get(kind, ()))
        return {
            ident: f"{called} ({ident})" if often[reads_as(called)] > 1 else called for ident, called in named.items()
        }

    def names(self, kind: str, idents: list[str]) -> str:
        return series([self.name(kind, ident) for ident in idents])

    def person(self, old: str | None, new: str) -> str:
        """Who it is now, and who it was; somebody who is not listed is known by name alone."""
        now, was = self.name("person", new), self.name("person", old) if old is not None else "nobody"
        return f"{now} instead of {was}" if reads_as(now) != reads_as(was) else f"{now} (spelled otherwise)"

    def where(self, department: str) -> str:
        return f"in {self.name('department', department)}"

    def managed(self, then: str, now: str) -> str:
        """How it is managed now, and how it was."""
        return f"is managed by {self.name('mode', now)} instead of {self.name('mode', then)}"

    def difference(self, kind: str, field: str, old: Any, new: Any) -> str:
        """Such as "Select instead of Premier", "EMEA added", "no longer Select" or "contract C-1: ends 2027-01-31
        instead of 2026-01-31"."""
        if (kind, field) in _TABLES:
            old, new = ([*(held or {}).values()] for held in (old, new))
        if isinstance(old or new, list) and isinstance(new or old, list):
            found = self.of_list(kind, field, old or [], new or [])
            verbs = {"added": found.added, "removed": found.removed, "worded otherwise": found.reworded}
            listed = ", ".join(f"{few(some)} {verb}" for verb, some in verbs.items() if some)
            return "; ".join([*_first(found.changed), *([listed] if listed else [])]) or "in another order"
        if old is None:
            return self.value(kind, field, new)
        if new is None:
            return f"no longer {self.value(kind, field, old)}"
        if isinstance(old, dict) and isinstance(new, dict) and same_item(kind, field, old, new):
            return self._of_object(kind, field, old, new)
        was, now = self.value(kind, field, old), self.value(kind, field, new)
        return f"{now} instead of {was}" if now != was else "worded otherwise"

    def of_list(self, kind: str, field: str, olds: Sequence[Any], news: Sequence[Any]) -> ListDifference:
        """What is different about a list."""
        found = paired(kind, field, olds, news)
        changed = [self._of_object(kind, field, old, new) for old, new in found.stayed]
        added, removed = ([self.value(kind, field, one) for one in some] for some in (found.added, found.removed))
        reworded = []
        for text in list(added):
            if text in removed:
                added.remove(text)
                removed.remove(text)
                reworded.append(text)
        return ListDifference(changed, added, removed, reworded)

    def value(self, kind: str, field: str, value: Any) -> str:
        """One value, or one of a list."""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, float):
            return spelled(value).removesuffix(".0")
        if isinstance(value, list):
            return few([self.value(kind, field, one) for one in value])
        if isinstance(value, dict):
            return self._object(kind, field, value)
        if (other := refers_to(kind, field, *self._states)) and isinstance(value, str):
            return self.name(other, value)
        text = reads_as(str(value))
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"

    def _object(self, kind: str, field: str, value: Item) -> str:
        title = self._title(kind, field, value)
        match kind, field:
            case _, "agreements":
                return title + (f" until {value['ends']}" if "ends" in value else "")
            case _, "reviewed":
                more = "".join(f"; {name}: {value[name]}" for name in ("outcome", "next") if name in value)
                return f"{value['date']} by {self.name('person', value['by'])}{more}"
            case _, "end":
                return f"{title}: {value['why']}"
            case _, "acquired":
                return f"{title} on {value['date']}"
            case _, "satisfaction":
                score, scale = (self.value(kind, field, value[name]) for name in ("score", "scale"))
                return f"{score} of {scale} by {value['n']} {title}"
            case _, "skills":
                return f"{title} at level {value['level']}"
            case _, "requires":
                where = f" in {series(value['regions'])}" if value.get("regions") else ""
                return f"{count(value['min'], 'partner')} as {title}{where}"
            case _, "waivers":
                return f"{title} until {value['until']} by {self.name('person', value['by'])}: {value['why']}"
            case _ if title:
                return title
            case _:
                parts = self._parts(kind, field, value)
                return few([f"{label} {self.value(kind, inside, part)}" for (label, inside), part in parts.items()])

    def _title(self, kind: str, field: str, value: Item) -> str:
        """What tells an object from others of its list, or from what stood there before; empty where nothing does."""
        match kind, field:
            case "entry", "agreements":
                return f"{value['kind']} {value.get('ref', '')}".strip()
            case "entry", ("reviewed" | "satisfaction" | "end"):
                return f"on {value['date']}"
            case "person", "skills":
                return self.name("skill", value["skill"])
            case "offer", "requires":
                return self.name("type", value["type"])
            case "rule", "waivers":
                where = f" in {self.name('department', value['department'])}" if "department" in value else ""
                return f"{self.name('partner', value['partner'])}{where}"
            case _ if is_item(kind, field):
                return str(value.get("name") or value.get("label") or "")
            case _:
                return ""

    def _of_object(self, kind: str, field: str, old: Item, new: Item) -> str:
        """What is different about an object, part by part."""
        was, now = self._parts(kind, field, old), self._parts(kind, field, new)
        told = []
        for label, inside in dict.fromkeys([*was, *now]):
            then, today = was.get((label, inside)), now.get((label, inside))
            if then != today:
                more = " added" if then is None and not isinstance(today, list) else ""
                told.append(f"{label} {self.difference(kind, inside, then, today)}{more}")
        words = ", ".join(_first(told))
        return f"{title}: {words}" if (title := self._title(kind, field, new)) else words

    def _parts(self, kind: str, field: str, value: Item) -> dict[tuple[str, str], Any]:
        """What the parts of an object hold, each by what it is called and by its field."""
        if kind == "rule" and field != "waivers":
            return {
                (f"{name}:" if ask == Ask.IS else f"{name}: {ask}", f"{field}.{name}.{ask}"): operand
                for name, asked in value.items()
                for ask, operand in asked.items()
            }
        if is_item(kind, field):
            return {(self.label(kind, inside), inside): value[name] for name in value if (inside := f"{field}.{name}")}
        inner = refers_to(kind, f"{field}.*")
        return {(f"{self.name(inner, name)}:", field): part for name, part in value.items()}


def _first(parts: Sequence[str], most: int = 6) -> list[str]:
    """The first of several, and how many more there are."""
    return [*parts] if len(parts) <= most else [*parts[:most], f"{len(parts) - most} more"]


def few(parts: Sequence[str]) -> str:
    """The same, as a series."""
    return series(_first(parts))
