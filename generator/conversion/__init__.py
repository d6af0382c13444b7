"""Markdown to HTML for the marks that our templates write, byte for byte as Python-Markdown makes it.

Python-Markdown takes as long for a page as everything else together.  What stands here knows those marks alone, with
the extensions of kit/mkdocs.yml; of anything else it says Unfamiliar, and the page goes the long way.
"""

from __future__ import annotations

from generator.conversion.attributes import Unfamiliar
from generator.conversion.blocks import Converted, HtmlHeading, HtmlSection, convert
from generator.conversion.specimen import SPECIMEN

__all__ = ["SPECIMEN", "Converted", "HtmlHeading", "HtmlSection", "Unfamiliar", "convert"]
