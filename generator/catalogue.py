"""Every code that a problem can have, whatever else has been imported."""

from __future__ import annotations

from collections.abc import Mapping

from generator import findings, resolve, schema, source
from generator.exchange import sheets
from generator.formats import baseline, history
from generator.problems import Code, declared

_DECLARING = (source, schema, resolve, findings, baseline, history, sheets)
"""Whoever declares codes: what is imported here is all that counts, and a test knows what is missing."""

CATALOGUE: Mapping[str, Code] = declared()
"""By slug, in alphabetical order."""
