"""Who sees which part of a playbook: an audience hides fields, statuses and pages, and the playbook is cut for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import MISSING, dataclass, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from generator.model.base import frozen, place_field
from generator.model.enums import Status
from generator.model.fields import FIELDS
from generator.model.partners import Entry, Partner
from generator.model.rules import CompanyRule
from generator.problems import Place

if TYPE_CHECKING:
    from generator.model.playbook import Playbook

_Kept = TypeVar("_Kept", Entry, Partner)

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
    """Those whom a site is made for; `hides` are names of HIDEABLE and of custom fields."""

    id: str
    name: str
    hides: tuple[str, ...] = ()
    place: Place = place_field()

    @cached_property
    def hidden(self) -> frozenset[str]:
        """The fields, statuses and pages that the audience does not see."""
        hides = frozenset(self.hides)
        return hides | _EDITORS | {page for page, drawn_from in PAGES.items() if drawn_from & hides}


def cut(playbook: Playbook, audience: Audience) -> Playbook:
    """The playbook as the audience may see it: what is hidden is nowhere in it.

    Entries of a hidden status, and those that are for other audiences only, are left out, and partners of which no
    entry is left; fields that are hidden say nothing.  Rules that look at them are left out, and so are waivers of
    partners that are.  What the company counted on earlier days is left out, since it counted everything.
    """
    seen = {partner.id: partner for partner in _seen(playbook, audience)}
    # A partner may name another by its id or its name.
    unseen = {name for one in playbook.partners.values() if one.id not in seen for name in (one.id, one.name)}
    partners = {ident: _apart(partner, unseen) for ident, partner in seen.items()}
    rules = {
        ident: _of_seen(rule, seen)
        for ident, rule in playbook.rules.items()
        if _looks_at_seen(rule, playbook, audience)
    }
    fields_seen = tuple(field for field in playbook.settings.fields if field.id not in audience.hidden)
    settings = replace(playbook.settings, fields=fields_seen)
    logos = frozen({ident: logo for ident, logo in playbook.logos.items() if ident in seen})
    shown = replace(playbook, settings=settings, partners=frozen(partners), rules=frozen(rules), logos=logos)
    # How other systems are asked is nothing for readers.
    whole = replace(shown, history=(), sources=frozen({}), audience=audience)
    return blank(whole, audience)


def blank(playbook: Playbook, audience: Audience) -> Playbook:
    """The playbook with all its partners, whose fields say nothing where they are hidden from the audience."""
    hidden = audience.hidden
    partners = {
        ident: replace(_without(partner, hidden), entries=tuple(_without(entry, hidden) for entry in partner.entries))
        for ident, partner in playbook.partners.items()
    }
    return replace(playbook, partners=frozen(partners))


def _seen(playbook: Playbook, audience: Audience) -> Iterator[Partner]:
    for partner in playbook.partners.values():
        entries = tuple(
            entry
            for entry in partner.entries
            if entry.status not in audience.hidden and (not entry.only or audience.id in entry.only)
        )
        if entries:
            yield replace(partner, entries=entries)


def _looks_at_seen(rule: CompanyRule, playbook: Playbook, audience: Audience) -> bool:
    return audience.hidden.isdisjoint(playbook.rule_fields[field].line for field in rule.fields)


def _of_seen(rule: CompanyRule, seen: Mapping[str, Partner]) -> CompanyRule:
    """The rule, without the waivers of partners that are not there."""
    return replace(rule, waivers=tuple(waiver for waiver in rule.waivers if waiver.partner in seen))


def _without(kept: _Kept, hidden: frozenset[str]) -> _Kept:
    nothing: dict[str, Any] = {
        one.name: one.default_factory() if one.default_factory is not MISSING else one.default
        for one in fields(kept)
        if one.name in hidden
    }
    if not hidden.isdisjoint(kept.custom):
        nothing["custom"] = frozen({name: value for name, value in kept.custom.items() if name not in hidden})
    return replace(kept, **nothing) if nothing else kept


def _apart(partner: Partner, unseen: Set[str]) -> Partner:
    """The partner, as if there were none of those."""
    if any(entry.via in unseen for entry in partner.entries):
        entries = tuple(replace(entry, via=None) if entry.via in unseen else entry for entry in partner.entries)
        partner = replace(partner, entries=entries)
    return replace(partner, parent="") if partner.parent in unseen else partner
