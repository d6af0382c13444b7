"""What fields held and hold, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.compare.records import KINDS, refers_to
from generator.model import FIELDS, Ask, Playbook
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
    ("entry", "reviewed"): "review",
    ("offer", "requires"): "what it needs",
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


def noun(kind: str) -> str:
    """What a record of a kind is called."""
    return _NOUNS.get(kind, kind)


_SAID = {"end": "on {date}: {why}", "acquired": "{name} on {date}", "links": "{label}"}


class Phrases:
    """Words for values: names are those of today, and of before for what is gone."""

    def __init__(self, before: Playbook, after: Playbook) -> None:
        self._states = (after, before)

    def label(self, kind: str, field: str) -> str:
        """What a field is called."""
        custom = (one for state in self._states for one in state.settings.fields if (one.on, one.id) == (kind, field))
        known = _LABELS.get((kind, field)) or next((one.words for one in custom), "")
        return known or field.rpartition(".")[2].replace("_", " ")

    def name(self, kind: str, ident: str) -> str:
        """What something is called, or its id where it is not there."""
        for state in self._states if kind in KINDS else ():
            table = getattr(state, KINDS[kind])
            if isinstance(table, Mapping) and ident in table:
                return str(getattr(table[ident], "name", "") or getattr(table[ident], "title", "") or ident)
        return ident

    def names(self, kind: str, idents: list[str]) -> str:
        return series([self.name(kind, ident) for ident in idents])

    def difference(self, kind: str, field: str, old: Any, new: Any) -> str:
        """Such as "Select instead of Premier", "EMEA added" or "no longer Select"."""
        if isinstance(old or new, list) and isinstance(new or old, list):
            olds, news = old or [], new or []
            if field == "fields":
                return _declarations(olds, news)
            added = [self.value(kind, field, one) for one in news if one not in olds]
            removed = [self.value(kind, field, one) for one in olds if one not in news]
            parts = [f"{few(some)} {verb}" for some, verb in ((added, "added"), (removed, "removed")) if some]
            return ", ".join(parts) or "in another order"
        if old is None:
            return self.value(kind, field, new)
        if new is None:
            return f"no longer {self.value(kind, field, old)}"
        was, now = self.value(kind, field, old), self.value(kind, field, new)
        return f"{now} instead of {was}" if now != was else "worded otherwise"

    def value(self, kind: str, field: str, value: Any) -> str:
        """One value, or one of a list."""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, list):
            return few([self.value(kind, field, one) for one in value])
        if isinstance(value, dict):
            return self._object(kind, field, value)
        if (other := refers_to(kind, field, *self._states)) and isinstance(value, str):
            return self.name(other, value)
        text = " ".join(str(value).split())
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"

    def _object(self, kind: str, field: str, value: dict[str, Any]) -> str:
        match kind, field:
            case _, "agreements":
                until = f" until {value['ends']}" if "ends" in value else ""
                return f"{value['kind']} {value.get('ref', '')}".strip() + until
            case _, "reviewed":
                more = "".join(f"; {name}: {value[name]}" for name in ("outcome", "next") if name in value)
                return f"{value['date']} by {self.name('person', value['by'])}{more}"
            case _, ("end" | "acquired" | "links"):
                return _SAID[field].format_map(value)
            case _, "satisfaction":
                return f"{value['score']:g} of {value['scale']:g} by {value['n']} on {value['date']}"
            case _, "skills":
                return f"{self.name('skill', value['skill'])} at level {value['level']}"
            case _, "requires":
                where = f" in {series(value['regions'])}" if value.get("regions") else ""
                return f"{count(value['min'], 'partner')} as {self.name('type', value['type'])}{where}"
            case "rule", _:
                return self._of_rule(field, value)
            case _, "figures":
                return count(len(value), "figure")
            case _:
                inner = refers_to(kind, f"{field}.*")
                parts = [f"{self.name(inner, name)}: {self.value(kind, field, part)}" for name, part in value.items()]
                return few(parts)

    def _of_rule(self, field: str, value: dict[str, Any]) -> str:
        """A waiver, or what a rule asks."""
        if field == "waivers":
            where = f" in {self.name('department', value['department'])}" if "department" in value else ""
            partner, by = self.name("partner", value["partner"]), self.name("person", value["by"])
            return f"{partner}{where} until {value['until']} by {by}: {value['why']}"
        asks = [(name, ask, operand) for name, asked in value.items() for ask, operand in asked.items()]
        return few([self._asked(field, *ask) for ask in asks])

    def _asked(self, part: str, field: str, ask: str, operand: Any) -> str:
        words = self.value("rule", f"{part}.{field}.{ask}", operand)
        return f"{field}: {words}" if ask == Ask.IS else f"{field}: {ask} {words}"


def _declarations(olds: list[dict[str, Any]], news: list[dict[str, Any]]) -> str:
    """Which custom fields are declared that were not, or otherwise, or no longer."""
    was, now = ({one["id"]: one for one in declared} for declared in (olds, news))
    told = {
        "added": [one["label"] for one in news if one["id"] not in was],
        "declared otherwise": [one["label"] for one in news if was.get(one["id"], one) != one],
        "removed": [one["label"] for one in olds if one["id"] not in now],
    }
    return ", ".join(f"{few(some)} {verb}" for verb, some in told.items() if some) or "in another order"


def few(parts: list[str], most: int = 6) -> str:
    """The first of several, and how many more there are."""
    return series(parts if len(parts) <= most else [*parts[:most], f"{len(parts) - most} more"])
