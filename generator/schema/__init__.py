"""The shape of what editors write, checked field by field, and of what is published, with the JSON Schemas of both."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from generator.schema.check import UNSTATED, check, entry_shape
from generator.schema.completing import completing_schemas
from generator.schema.custom import custom_fields
from generator.schema.documented import DocumentedField, FieldGroup, documented
from generator.schema.format import FORMAT, SETTINGS, format_of
from generator.schema.references import Reference, explained_schema_of, references
from generator.schema.shapes import FILES, Custom, fields_at, needed_at
from generator.schema.shapes.meanings import explained
from generator.schema.values import RESERVED, flag_of, is_null, slug

__all__ = [
    "FORMAT",
    "PUBLISHED",
    "RESERVED",
    "SETTINGS",
    "UNSTATED",
    "Custom",
    "DocumentedField",
    "FieldGroup",
    "Reference",
    "check",
    "completing_schemas",
    "custom_fields",
    "documented",
    "entry_shape",
    "fields_at",
    "flag_of",
    "format_of",
    "is_null",
    "json_schemas",
    "needed_at",
    "published_schema",
    "references",
    "slug",
]

PUBLISHED = "inventory.json"
"""The schema of what the site publishes; all others are of data files."""


@cache
def json_schemas() -> Mapping[str, str]:
    """The JSON Schemas of the data files and of the published inventory, as texts, by file name."""
    return {
        **{name.replace(".yml", ".json"): _text(_open(explained_schema_of(name, ()))) for name in FILES},
        PUBLISHED: published_schema(),
    }


@cache
def published_schema() -> str:
    """The last of these alone, which each site needs."""
    # No data file has its shape.
    from generator.schema.published import PublishedInventory

    return _text(explained(PublishedInventory.model_json_schema(), PublishedInventory))


def _open(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same schema for every company: entries may have fields that nobody but its settings knows."""
    parts = schema.get("$defs", {})
    if "EntryShape" not in parts:
        return schema
    entry = {**parts["EntryShape"], "additionalProperties": {"description": "A field that settings.yml declares."}}
    return {**schema, "$defs": {**parts, "EntryShape": entry}}


def _text(schema: Mapping[str, Any]) -> str:
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}, indent=2) + "\n"
