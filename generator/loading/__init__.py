"""The one door in: a data folder, or a revision of it in git, to everything that can be said about it."""

from __future__ import annotations

from generator.loading.folder import Loaded, day, load_folder, load_revision
from generator.loading.growing import growing
from generator.loading.kept import Keeper
from generator.loading.states import States
from generator.resolve import TypeNames

__all__ = [
    "Keeper",
    "Loaded",
    "States",
    "TypeNames",
    "day",
    "growing",
    "load_folder",
    "load_revision",
]
