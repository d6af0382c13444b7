"""What differs between two states of the data, and how the inventory came to be what it is."""

from __future__ import annotations

from generator.compare.changelog import ChangeLog, change_log, commits, journal, warning
from generator.compare.changes import Change, ChangeKind, Edition, for_readers
from generator.compare.deltas import Delta
from generator.compare.difference import Difference, difference, opened_findings
from generator.compare.telling import changes_between

__all__ = [
    "Change",
    "ChangeKind",
    "ChangeLog",
    "Delta",
    "Difference",
    "Edition",
    "change_log",
    "changes_between",
    "commits",
    "difference",
    "for_readers",
    "journal",
    "opened_findings",
    "warning",
]
