"""Ways through a long page: its parts in short, at the top, each with how much stands there."""

from __future__ import annotations

from collections.abc import Iterable

from generator.markdown import Md, join, md
from generator.views.kit.links import Links

Way = tuple[str, str, int | None]
"""A part of the page: its heading, its anchor, and how many things it lists, None where it lists none."""


def ways(links: Links, parts: Iterable[Way]) -> Md:
    """A link to each of these parts of the page; 0 leaves a part out."""
    there = ((links.to(name, f"{links.here}#{anchor}"), number) for name, anchor, number in parts if number != 0)
    return join(" · ", (name if number is None else md("{} ({})", name, number) for name, number in there))
