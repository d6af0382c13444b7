"""The JSON Schemas of the data files, with the ids of one playbook: what an editor proposes while somebody types."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from generator.schema.references import explained_schema_of
from generator.schema.shapes import FILES, Custom
from generator.schema.values import REFERS_TO

_Known = Mapping[str, Mapping[str, str]]


def completing_schemas(known: _Known, custom: Custom) -> dict[str, str]:
    """The schemas as texts, by file name; `known` has the ids of each kind, with the name behind each.

    They know the `custom` fields of the playbook, and refuse others.

    An id is proposed, never demanded: somebody may add one in another file first.
    """
    return {
        name.replace(".yml", ".json"): json.dumps(_with_ids(explained_schema_of(name, custom), known), indent=1) + "\n"
        for name in FILES
    }


def _with_ids(schema: Any, known: _Known) -> Any:
    if isinstance(schema, list):
        return [_with_ids(part, known) for part in schema]
    if not isinstance(schema, Mapping):
        return schema
    ids = known.get(str(schema.get(REFERS_TO)), {})
    rest = {name: _with_ids(part, known) for name, part in schema.items() if name != REFERS_TO}
    if not ids:
        return rest
    described = {name: rest.pop(name) for name in ("title", "description", "default") if name in rest}
    return {**described, "anyOf": [{"enum": [*ids], "enumDescriptions": [*ids.values()]}, rest]}
