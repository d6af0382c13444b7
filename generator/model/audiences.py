"""Who sees which part of a playbook: an audience hides fields, statuses and pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.model.base import place_field
from generator.model.enums import Status
from generator.model.fields import FIELDS
from generator.problems import Place

# Without these there is no page that says who it is about, and no row that could be counted.
_NEVER = frozenset({"id", "name", "types", "owner", "status", "lead", "mode", "only"})

PAGES: Mapping[str, frozenset[str]] = {
    "landscape": frozenset(),
    "ownership": frozenset(),
    "find": frozenset({"offers", "regions"}),
    "coverage": frozenset({"offers", "regions"}),
    "routes": frozenset({"offers", "regions", "via"}),
    "alignment": frozenset({"objectives"}),
    "health": frozenset({"agreements", "reviewed", "sponsor", "mode_reason", "objectives"}),
    "value": frozenset({"value", "offers", "objectives", "regions", "satisfaction"}),
    "toolkit": frozenset({"satisfaction"}),
    "findings": frozenset(),
    "people": frozenset(),
    "compare": frozenset(),
    "embed": frozenset(),
    "start": frozenset(),
}
"""The pages that can be hidden, by the beginning of their address, each with the fields that it draws its figures
from: without one of these its figures would be wrong, so that the page goes with the field.
"""

_EDITORS = frozenset({"editors", "changes"})
"""What is for those who keep the data, and tells of everything that was ever in them: in no cut."""

HIDEABLE: tuple[str, ...] = tuple(
    dict.fromkeys(
        [*(field.id for field in FIELDS if field.id not in _NEVER), *PAGES, *(status.value for status in Status)]
    )
)
"""What an audience may hide, beside custom fields: fields of entries, pages, and what has a status."""


@dataclass(frozen=True)
class Audience:
    """Those whom a site is made for; `hides` are names of HIDEABLE and of custom fields.

    A field is hidden where they name it, and so is a status.
    """

    id: str
    name: str
    hides: tuple[str, ...] = ()
    place: Place = place_field()

    @cached_property
    def hidden(self) -> frozenset[str]:
        """What of HIDEABLE the audience does not see, and the pages that go with a field."""
        hides = frozenset(self.hides).intersection(HIDEABLE)
        return hides | _EDITORS | {page for page, drawn_from in PAGES.items() if drawn_from & hides}
