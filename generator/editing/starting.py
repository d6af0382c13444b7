"""The part of a taxonomy that a new company needs."""

from __future__ import annotations

import re
from collections.abc import Collection

from generator.editing.draft import Draft
from generator.editing.inventory import Item, listed
from generator.source import Document

_HEADING = re.compile(r"^ *# --- .*\n\n?(?=\n*(?: *# --- |\S|\Z))", re.MULTILINE)
"""A line that announces a section of the taxonomy, where nothing of that section is left."""


def with_types(document: Document, wanted: Collection[str]) -> str:
    """A taxonomy with these types alone, and the functions and groups that they belong to."""
    names = ("functions", "groups", "types", "ambiguous_aliases")
    lists = {name: list(listed({document.file: document}, document.file, (name,))) for name in names}
    types = [item for item in lists["types"] if item.id in wanted]
    chosen = {
        "functions": [item for item in lists["functions"] if item.id in [kind.data["function"] for kind in types]],
        "groups": [item for item in lists["groups"] if item.id in [kind.data.get("group") for kind in types]],
        "types": types,
        "ambiguous_aliases": [item for item in lists["ambiguous_aliases"] if len(_wanted(item, "types", wanted)) > 1],
    }
    draft = Draft(document)
    for item, name in [*((item, "confused_with") for item in types), *((item, "types") for item in chosen[names[3]])]:
        if staying := _wanted(item, name, wanted):
            draft.set(item.route, name, staying)
        elif name in item.data:
            draft.drop(item.route, name)
    for name, entries in lists.items():
        if entries and not chosen[name]:
            draft.drop((), name)
            continue
        for item in entries:
            if item not in chosen[name]:
                draft.remove(item.route)
    return _HEADING.sub("", draft.text())


def _wanted(entry: Item, name: str, wanted: Collection[str]) -> list[str]:
    return [str(text) for text in entry.data.get(name) or () if text in wanted]
