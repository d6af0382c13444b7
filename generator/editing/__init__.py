"""Changes to data files as a careful editor makes them: what is not meant stays as it was, byte for byte."""

from __future__ import annotations

from generator.editing.draft import Draft, Route
from generator.editing.layout import tidy

__all__ = ["Draft", "Route", "tidy"]
