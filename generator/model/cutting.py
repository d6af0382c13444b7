"""The playbook as an audience may see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import MISSING, fields, replace
from typing import Any, TypeVar

from generator.model.audiences import HIDEABLE, Audience
from generator.model.base import frozen
from generator.model.partners import Entry, Partner
from generator.model.playbook import Playbook
from generator.model.rules import CompanyRule

_Kept = TypeVar("_Kept", Entry, Partner)


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
    fields_seen = tuple(field for field in playbook.settings.fields if field.id not in audience.hides)
    settings = replace(playbook.settings, fields=fields_seen)
    logos = frozen({ident: logo for ident, logo in playbook.logos.items() if ident in seen})
    shown = replace(playbook, settings=settings, partners=frozen(partners), rules=frozen(rules), logos=logos)
    # How other systems are asked is nothing for readers.
    whole = replace(shown, history=(), sources=frozen({}), audience=audience)
    return blank(whole, audience)


def blank(playbook: Playbook, audience: Audience) -> Playbook:
    """The playbook with all its partners, whose fields say nothing where they are hidden from the audience."""
    hidden = frozenset(audience.hides)
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
    return frozenset(audience.hides).isdisjoint(playbook.rule_fields[field].line for field in rule.fields)


def _of_seen(rule: CompanyRule, seen: Mapping[str, Partner]) -> CompanyRule:
    """The rule, without the waivers of partners that are not there."""
    return replace(rule, waivers=tuple(waiver for waiver in rule.waivers if waiver.partner in seen))


def _without(kept: _Kept, hidden: frozenset[str]) -> _Kept:
    nothing: dict[str, Any] = {
        one.name: one.default_factory() if one.default_factory is not MISSING else one.default
        for one in fields(kept)
        if one.name in hidden and one.name in HIDEABLE
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
