"""What other systems keep: files, web addresses and databases, read within bounds, and without a word of a secret."""

from __future__ import annotations

from generator.sources.asking import ask
from generator.sources.variables import Variables

__all__ = ["Variables", "ask"]
