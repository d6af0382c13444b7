"""Names that no custom field can have."""

from __future__ import annotations

from dataclasses import fields

from generator.model.fields import FIELDS
from generator.model.partners import End, Review, Satisfaction
from generator.model.rules import RULE_FIELDS

_INSIDE = {"end": End, "reviewed": Review, "satisfaction": Satisfaction}

TAKEN = frozenset(
    {
        *(name for field in FIELDS for name in (field.id, field.filter) if name),
        *(f"{name}_{part.name}" for name, inside in _INSIDE.items() for part in fields(inside)),
        *RULE_FIELDS,
        *("partner", "department", "function", "type", "finding", "findings"),
    }
)
"""A field, a filter, a column of a spreadsheet or of the directory, or what a rule looks at has that name."""

IGNORE = "ignore"
"""What a column map says of a column that counts for nothing, in place of a field."""
