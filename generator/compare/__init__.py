"""What differs between two states of the data, and how the inventory came to be what it is."""

from __future__ import annotations

from generator.compare.changelog import ChangeLog, change_log, commits, warning
from generator.compare.changes import Change, ChangeKind, Edition, changes_between, type_now
from generator.compare.difference import Difference, difference

__all__ = [
    "Change",
    "ChangeKind",
    "ChangeLog",
    "Difference",
    "Edition",
    "change_log",
    "changes_between",
    "commits",
    "difference",
    "type_now",
    "warning",
]
