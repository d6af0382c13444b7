"""The shape of the data: what editors may write, checked field by field, and its JSON Schemas."""

from generator.schema.check import UNSTATED, check
from generator.schema.shapes import json_schemas

__all__ = ["UNSTATED", "check", "json_schemas"]
