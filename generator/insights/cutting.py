"""The playbook as an audience may see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import MISSING, fields, replace
from typing import Any, NamedTuple, TypeVar

from generator.insights.names import CompanyName
from generator.model import HIDEABLE, Audience, Company, CompanyRule, Entry, Partner, Playbook, Waiver, frozen

_Kept = TypeVar("_Kept", Entry, Partner)
_SILENT = Company()


def cut(playbook: Playbook, audience: Audience) -> Playbook:
    """The playbook as the audience may see it: what is hidden is nowhere in it.

    Entries of a hidden status, and those that are for other audiences only, are left out with all that they alone say
    of a company, and so are partners and departments of which no entry is left; fields that are hidden say nothing.
    Rules that look at them are left out, and waivers that let an entry off which is.  What the company counted on
    earlier days is left out, since it counted everything.
    """
    seen = {partner.id: partner for partner in _seen(playbook, audience)}
    unseen = _Unseen.of(playbook, seen)
    partners = {ident: _apart(partner, unseen) for ident, partner in seen.items()}
    rules = {
        ident: _of_seen(rule, playbook, seen)
        for ident, rule in playbook.rules.items()
        if _looks_at_seen(rule, playbook, audience)
    }
    fields_seen = tuple(field for field in playbook.settings.fields if field.id not in audience.hides)
    settings = replace(playbook.settings, fields=fields_seen)
    # One that is found by a former id shows that company.
    logos = frozen(
        {
            ident: logo
            for ident, logo in playbook.logos.items()
            if ident in seen and logo.name in (ident, *seen[ident].formerly)
        }
    )
    shown = replace(playbook, settings=settings, partners=frozen(partners), rules=frozen(rules), logos=logos)
    # How other systems are asked is nothing for readers.
    whole = replace(_without_departments(shown, playbook), history=(), sources=frozen({}), audience=audience)
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
        if entries and len(entries) < len(partner.entries):
            partner = Partner.of(partner.id, entries, [entry.company or _SILENT for entry in entries])
        if entries:
            # The partner says it as far as it may be seen.
            yield replace(partner, entries=tuple(replace(one, company=None) if one.company else one for one in entries))


def _without_departments(shown: Playbook, playbook: Playbook) -> Playbook:
    """Without the departments that have entries in the playbook, and of which nothing is shown."""
    gone = {entry.department for entry in playbook.entries} - {entry.department for entry in shown.entries}
    if not gone:
        return shown
    departments = {ident: one for ident, one in shown.departments.items() if ident not in gone}
    people = {
        ident: replace(one, department=None) if one.department in gone else one for ident, one in shown.people.items()
    }
    home = shown.settings.home_department
    settings = replace(shown.settings, home_department=None if home in gone else home)
    return replace(shown, departments=frozen(departments), people=frozen(people), settings=settings)


def _looks_at_seen(rule: CompanyRule, playbook: Playbook, audience: Audience) -> bool:
    return frozenset(audience.hides).isdisjoint(playbook.rule_fields[field].line for field in rule.fields)


def _of_seen(rule: CompanyRule, playbook: Playbook, seen: Mapping[str, Partner]) -> CompanyRule:
    """The rule, without the waivers that are about entries which are not there: one may be needed for these alone."""

    def covered(waiver: Waiver, partners: Mapping[str, Partner]) -> int:
        partner = partners.get(waiver.partner)
        entries = partner.entries if partner is not None else ()
        return sum(waiver.covers(waiver.partner, entry.department) for entry in entries)

    waivers = (one for one in rule.waivers if covered(one, playbook.partners) == covered(one, seen) > 0)
    return replace(rule, waivers=tuple(waivers))


def _without(kept: _Kept, hidden: frozenset[str]) -> _Kept:
    nothing: dict[str, Any] = {
        one.name: one.default_factory() if one.default_factory is not MISSING else one.default
        for one in fields(kept)
        if one.name in hidden and one.name in HIDEABLE
    }
    if not hidden.isdisjoint(kept.custom):
        nothing["custom"] = frozen({name: value for name, value in kept.custom.items() if name not in hidden})
    return replace(kept, **nothing) if nothing else kept


class _Unseen(NamedTuple):
    """The partners that are left out: their ids, all their names, and these names boiled down; and who is not."""

    ids: Set[str]
    names: Set[str]
    plain: Set[str]
    seen: Set[str]

    @classmethod
    def of(cls, playbook: Playbook, seen: Mapping[str, Partner]) -> _Unseen:
        hidden = [one for ident, one in playbook.partners.items() if ident not in seen]
        names = {name for one in hidden for name in (one.name, *(bought.name for bought in one.acquired))}
        return cls(
            ids={ident for one in hidden for ident in (one.id, *one.former_ids)},
            names=names,
            plain=_plain(names),
            seen={name for one in seen.values() for name in (one.id, one.name)},
        )

    def holds(self, named: str) -> bool:
        """Whether an id or a name, however it is written, is that of a partner that is left out."""
        if named in self.seen:
            return False
        return named in self.ids or named in self.names or CompanyName.of(named).plain in self.plain


def _plain(names: Iterable[str]) -> Set[str]:
    return {CompanyName.of(name).plain for name in names} - {""}


def _apart(partner: Partner, unseen: _Unseen) -> Partner:
    """The partner, as if there were none of those."""
    if any(entry.via in unseen.ids for entry in partner.entries):
        entries = tuple(replace(entry, via=None) if entry.via in unseen.ids else entry for entry in partner.entries)
        partner = replace(partner, entries=entries)
    return replace(partner, parent="") if partner.parent and unseen.holds(partner.parent) else partner
