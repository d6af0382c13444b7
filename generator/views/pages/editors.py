"""The guide for those who edit the data: pages that say the same of any data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import paths
from generator.views.kit.context import Context
from generator.views.kit.view import LAST, View


@dataclass(frozen=True)
class EditorsFacts:
    """What the templates in `editors/` place: nothing but their titles."""


_PAGES = (
    (
        paths.EDITORS,
        "For editors",
        "How to add a partner in five minutes, what the fields mean, and how to see the result.",
    ),
    (
        paths.BROWSER,
        "Work in the browser",
        "How to change the data on GitHub alone, from the first edit to the published site, with nothing installed.",
    ),
    (
        paths.COMMANDS,
        "Let a command do it",
        "The commands that change the data for you, and what each is careful about.",
    ),
    (
        paths.SPREADSHEET,
        "From your spreadsheet",
        "How a department's spreadsheet becomes inventory, and how the inventory becomes a spreadsheet.",
    ),
    (
        paths.REUSE,
        "Use the data elsewhere",
        "The inventory as JSON with its schema, calendars, a feed of changes, and pages that assistants can read.",
    ),
    (
        paths.PUBLISH,
        "Publish the site",
        "How a change is published, how the site is opened from disk, and how its search works.",
    ),
    (
        paths.HOSTING,
        "Host the site",
        "How to put the site on a server, into a container, behind a login or on a service, and who may see it there.",
    ),
)


def pages(_context: Context) -> Iterator[View]:
    """Each page has a template under its own path."""
    for path, title, description in _PAGES:
        yield View(path, f"{path}.j2", title, description, EditorsFacts(), boost=LAST, tooltips=False)
