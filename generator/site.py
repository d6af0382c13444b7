"""The whole site as pages in a fixed order, wherever they are put afterwards."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """`path` is relative to the site's root and ends in .md; `content` is its whole Markdown."""

    path: str
    content: str
