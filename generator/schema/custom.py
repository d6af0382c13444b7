"""The fields that settings.yml declares, as rows beside those that every company has."""

from __future__ import annotations

from generator.model import Field, custom_field
from generator.schema.check import UNSTATED
from generator.schema.shapes import SettingsFile


def custom_fields(settings: SettingsFile) -> tuple[Field, ...]:
    """The row of each declared field; of several with one id the first.

    Of one whose values are not all right, any value is: only what is wrong with the declaration deserves an error.
    """
    rows: dict[str, Field] = {}
    for shape in settings.fields:
        label = shape.id if shape.label == UNSTATED else " ".join(shape.label.split())
        values = () if UNSTATED in shape.values else shape.values
        row = custom_field(shape.id, label, shape.help or "", shape.on, shape.kind, values, shape.show)
        rows.setdefault(shape.id, row)
    return tuple(rows.values())
