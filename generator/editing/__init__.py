"""Changes to data files as a careful editor makes them: what is not meant stays as it was, byte for byte."""

from __future__ import annotations

from generator.editing.dividing import Division, Undecided, to_decide
from generator.editing.draft import Draft, new_file
from generator.editing.inventory import Item, departments, entries_of, listed, partners
from generator.editing.joining import Conflict, Decide, Side
from generator.editing.layout import tidy
from generator.editing.modeline import SCHEMAS, has_modeline, with_modeline
from generator.editing.moving import Move
from generator.editing.plan import Plan
from generator.editing.removing import Removal
from generator.editing.renaming import Renaming
from generator.editing.roles import Held, hand_over, roles
from generator.editing.splitting import split
from generator.editing.starting import with_types
from generator.editing.tree import Route
from generator.editing.values import item, one_line

__all__ = [
    "SCHEMAS",
    "Conflict",
    "Decide",
    "Division",
    "Draft",
    "Held",
    "Item",
    "Move",
    "Plan",
    "Removal",
    "Renaming",
    "Route",
    "Side",
    "Undecided",
    "departments",
    "entries_of",
    "hand_over",
    "has_modeline",
    "item",
    "listed",
    "new_file",
    "one_line",
    "partners",
    "roles",
    "split",
    "tidy",
    "to_decide",
    "with_modeline",
    "with_types",
]
