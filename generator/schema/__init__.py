"""The shape of what editors write, checked field by field, and of what is published, with the JSON Schemas of both."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from pydantic import BaseModel

from generator.schema.check import UNSTATED, check, entry_shape
from generator.schema.completing import completing_schemas
from generator.schema.documented import DocumentedField, FieldGroup, documented
from generator.schema.format import FORMAT, SETTINGS, format_of
from generator.schema.references import Reference, references
from generator.schema.shapes import FILES, fields_at
from generator.schema.values import RESERVED, is_null, slug

__all__ = [
    "FORMAT",
    "PUBLISHED",
    "RESERVED",
    "SETTINGS",
    "UNSTATED",
    "DocumentedField",
    "FieldGroup",
    "Reference",
    "check",
    "completing_schemas",
    "documented",
    "entry_shape",
    "fields_at",
    "format_of",
    "is_null",
    "json_schemas",
    "references",
    "slug",
]

PUBLISHED = "inventory.json"
"""The schema of what the site publishes; all others are of data files."""


@cache
def json_schemas() -> Mapping[str, str]:
    """The JSON Schemas of the data files and of the published inventory, as texts, by file name."""
    # No data file has its shape.
    from generator.schema.published import PublishedInventory

    shapes: dict[str, type[BaseModel]] = {name.replace(".yml", ".json"): shape for name, shape in FILES.items()}
    shapes[PUBLISHED] = PublishedInventory
    return {
        name: json.dumps(
            {"$schema": "https://json-schema.org/draft/2020-12/schema", **shape.model_json_schema()}, indent=2
        )
        + "\n"
        for name, shape in shapes.items()
    }
