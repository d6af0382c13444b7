"""The pages of a data folder, ready to be handed to MkDocs."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger

from generator import loading
from generator.compare import change_log, warning
from generator.reports import text
from generator.reports.printable import printable
from generator.sinks.kept import Kept
from generator.site import Site

NAME = "playbook"
"""What mkdocs.yml calls the plugin."""

_log = get_plugin_logger(NAME)
_said = set[str]()
"""What was said already about history: `serve` builds again and again."""


@dataclass(frozen=True)
class Source:
    """Where pages come from, as a command was told; then what mkdocs.yml says about it does not count."""

    data: Path
    as_of: date | None
    strict: bool
    audience: str = ""


@loading.growing()
def load(source: Source, near: loading.Loaded | None = None) -> tuple[Site, loading.Loaded]:
    """Check the data and make its pages, and tell what was read; PluginError, with the whole report, where it is wrong.

    `near` is an earlier state of it.
    """
    # Where a state was read before, nearly all is known of it.
    keeper = Kept(source.data, "entries") if near is None else None
    checked = loading.load_folder(source.data, source.as_of, date.today(), near, keeper)
    failed = checked.playbook is None or (source.strict and checked.problems)
    if failed or checked.playbook is None:
        raise PluginError("\n" + text.report(checked.problems, checked.documents, _named(source.data)))
    if checked.problems:
        where = "`playbook check` lists them" if source.audience else "the findings page lists them"
        _log.info("%s: %s", text.summary(checked.problems), where)
    if source.audience:
        try:
            seen = checked.for_audience(source.audience)
        except ValueError as error:
            raise PluginError(f"the option audience: {printable(str(error))}") from None
        assert seen.playbook is not None
        return Site(seen.playbook, found=seen.findings), checked
    changes = change_log(source.data, checked.playbook.as_of, checked, Kept(source.data, "history"))
    if changes.unread and changes.unread not in _said:
        _said.add(changes.unread)
        # No warning of MkDocs: strictness is about the data.
        _log.info("%s", printable(warning(changes.unread)))
    return Site(checked.playbook, *changes, found=checked.findings), checked


def _named(data: Path) -> str:
    """The data folder as people at this prompt would name it."""
    path = os.path.relpath(data)
    return str(data) if path.startswith("..") else path
