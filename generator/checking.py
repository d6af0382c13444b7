"""A data folder to everything that can be said about it: the one step that all commands begin with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.findings import Finding, find
from generator.model import Playbook
from generator.problems import Problem, in_order
from generator.resolve import TypeNames, load_playbook
from generator.source import Document


@dataclass(frozen=True)
class Checked:
    """`problems` in order: errors where `playbook` is None, else those of the `findings`."""

    playbook: Playbook | None
    problems: tuple[Problem, ...]
    documents: Mapping[str, Document]
    type_names: TypeNames
    findings: tuple[Finding, ...] = ()


def day(text: str) -> date:
    """A day as 2026-11-30; ValueError, fit to be shown, for every other way to write one."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:
        raise ValueError(f"{text!r} is no day: write it like 2026-11-30")
    return found


def check(folder: Path, as_of: date | None, today: date) -> Checked:
    """Load a data folder and look for findings; wrong data never raises."""
    loaded = load_playbook(folder, as_of, today)
    findings = find(loaded.playbook) if loaded.playbook is not None else ()
    problems = [*loaded.problems, *(finding.problem for finding in findings)]
    return Checked(loaded.playbook, tuple(in_order(problems)), loaded.documents, loaded.type_names, findings)
