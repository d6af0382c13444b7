"""A page for each partner: who owns it and where it is managed, then all that is recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from generator import paths
from generator.insights.agreements import state
from generator.markdown import Md, escape, join, link, url
from generator.model import Partner, Playbook, Relationship, Unit
from generator.views.findings import worklist
from generator.views.page import NOT_RECORDED, Context, Links, Table, View, chip, count, listed, table

Fact = tuple[str, Md]


@dataclass(frozen=True)
class Managed:
    """One department's relationship with the partner, as a section of the partner's page."""

    department: Md
    anchor: Md
    status: Md
    value: str
    units: Table
    facts: tuple[Fact, ...]
    agreements: Table
    notes: str


def pages(context: Context) -> Iterator[View]:
    """A page for each partner, in the order of their ids."""
    recorded = _recorded(context.playbook)
    for partner in context.playbook.partners.values():
        yield _page(context, partner, recorded)


def _page(context: Context, partner: Partner, recorded: frozenset[str]) -> View:
    playbook = context.playbook
    here = paths.partner(partner.id)
    links = Links(playbook, here)
    found = context.findings_by_partner.get(partner.id, ())
    departments = ", ".join(playbook.departments[one].name for one in partner.departments)
    types = ", ".join(playbook.types[one].name for one in partner.types)
    owners = dict.fromkeys(r.owner for r in partner.current if r.owner is not None)
    names = ", ".join(map(playbook.person_name, owners)) or "nobody"
    return View(
        path=here,
        template="partner.md.j2",
        title=partner.name,
        # Search results and link previews show it: it answers the first question at once.
        description=f"{types}. Owned by {names}; managed by {departments}.",
        facts={
            "title": partner.name,
            "status": chip(partner.status),
            "opening": _opening(links, partner),
            "types": join(", ", map(links.type, partner.types)),
            "company": tuple(_company(links, partner)),
            "findings": worklist(links, found, department=True),
            "found": count(len(found), "finding"),
            "managed": tuple(
                _managed(links, relationship, recorded, number)
                for number, relationship in enumerate(partner.relationships)
            ),
        },
        place=partner.place,
        trail=(("Partners", paths.PARTNERS),),
    )


def _recorded(playbook: Playbook) -> frozenset[str]:
    """The optional fields that the company records at all: only of these a partner can lack one."""
    fields = (
        *("segment", "tier", "industries", "certifications", "business_model", "value", "sponsor", "backup_owner"),
        *("regions", "offers", "objectives", "reviewed", "satisfaction", "agreements"),
    )
    return frozenset(field for field in fields if any(getattr(r, field) for r in playbook.relationships))


def _opening(links: Links, partner: Partner) -> Md:
    """Who owns it and where it is managed, in one or two sentences."""
    if not partner.current:
        departments = join(" and ", map(links.department, partner.departments))
        return Md(f"**{escape(partner.name)}** is no longer a partner. It was managed by {departments}.")
    first, *others = sorted(partner.current, key=lambda r: not r.lead)
    owner = links.person(first.owner) if first.owner is not None else escape("nobody yet")
    leads = ", which leads" if first.lead and partner.shared else ""
    text = f"**{escape(partner.name)}** is owned by **{owner}** in {links.department(first.department)}{leads}."
    parts = []
    for other in others:
        its = links.person(other.owner) if other.owner is not None else escape("nobody yet")
        also = ", which says that it leads too" if other.lead and first.lead else ""
        parts.append(Md(f"{links.department(other.department)} (owner: {its}){also}"))
    if parts:
        text += f" It is also managed by {join(' and ', parts)}."
    return Md(text)


def _company(links: Links, partner: Partner) -> Iterator[Fact]:
    if partner.domain:
        yield "Web site", link(partner.domain, url(f"https://{partner.domain}/"))
    if partner.parent:
        known = partner.parent in links.playbook.partners
        yield "Belongs to", links.partner(partner.parent) if known else escape(partner.parent)
    if partner.formerly:
        yield "Former ids", join(", ", partner.formerly)


def _managed(links: Links, relationship: Relationship, recorded: frozenset[str], number: int) -> Managed:
    return Managed(
        department=links.department(relationship.department),
        # A department may have two entries of one partner, of different types.
        anchor=Md(f"relationship-{number + 1}"),
        status=chip(relationship.status),
        value=relationship.value or (f"Value: {NOT_RECORDED}" if "value" in recorded else ""),
        units=_units(links, relationship),
        facts=tuple(_facts(links, relationship, recorded)),
        agreements=_agreements(links.playbook, relationship),
        notes=relationship.notes,
    )


def _units(links: Links, relationship: Relationship) -> Table:
    rows = [
        (links.type(unit.type), links.mode(unit.mode), _why(links, relationship, unit)) for unit in relationship.units
    ]
    return table(("Type", "Managed by", "Why"), rows)


def _why(links: Links, relationship: Relationship, unit: Unit) -> Md:
    if unit.as_expected:
        if links.playbook.types[unit.type].stage_dependent and relationship.offer_stage is not None:
            return Md(f"expected at the stage {links.stage(relationship.offer_stage)}")
        return escape("expected for this type")
    expected = links.mode(unit.expected_mode)
    if relationship.mode_reason is not None:
        return Md(f"instead of {expected}, because of {links.factor(relationship.mode_reason)}")
    return Md(f"instead of {expected}; no reason recorded")


def _facts(links: Links, relationship: Relationship, recorded: frozenset[str]) -> Iterator[Fact]:
    """The facts of one relationship; what the company never records is left out."""
    playbook = links.playbook
    yield "Owner", _owner(links, relationship)
    texts = {
        "backup_owner": ("Backup", links.person(relationship.backup_owner)),
        "sponsor": ("Sponsor", links.person(relationship.sponsor)),
        "regions": ("Regions", listed(relationship.regions)),
        "offers": ("Offers", listed(playbook.offers[offer].name for offer in relationship.offers)),
        "objectives": ("Objectives", listed(playbook.objectives[one].title for one in relationship.objectives)),
        "tier": ("Tier", escape(relationship.tier or NOT_RECORDED)),
        "segment": ("Segment", escape(relationship.segment or NOT_RECORDED)),
        "industries": ("Industries", listed(relationship.industries)),
        "certifications": ("Certifications", listed(relationship.certifications)),
        "business_model": ("Business model", escape(relationship.business_model or NOT_RECORDED)),
        "reviewed": ("Last review", _review(links, relationship)),
        "satisfaction": ("Satisfaction", _satisfaction(playbook, relationship)),
    }
    yield from (fact for field, fact in texts.items() if field in recorded)
    if "agreements" in recorded and not relationship.agreements:
        yield "Agreements", escape(NOT_RECORDED)
    if relationship.via is not None:
        yield "Sells through", links.partner(relationship.via)
    if relationship.links:
        yield "Links", join(", ", (link(one.label, url(one.url)) for one in relationship.links))


def _owner(links: Links, relationship: Relationship) -> Md:
    owner = relationship.owner
    if owner is None:
        return escape("nobody yet")
    listed_person = links.playbook.people.get(owner)
    if listed_person is None:
        return links.person(owner)
    if not listed_person.active:
        return Md(f"{links.person(owner)} (has left)")
    if listed_person.email:
        return Md(f"{links.person(owner)}, {link(listed_person.email, url(f'mailto:{listed_person.email}'))}")
    return links.person(owner)


def _review(links: Links, relationship: Relationship) -> Md:
    playbook, review = links.playbook, relationship.reviewed
    cadences = [playbook.modes[mode].review_every for mode in relationship.modes]
    days = min((cadence for cadence in cadences if cadence is not None), default=None)
    if review is None:
        return escape(NOT_RECORDED)
    text = f"{escape(review.date.isoformat())} by {links.person(review.by)}"
    if days is not None and relationship.active:
        due = review.date + timedelta(days=days)
        text += f"; {'was' if due < playbook.as_of else 'next'} due {escape(due.isoformat())}"
    return Md(text)


def _satisfaction(playbook: Playbook, relationship: Relationship) -> Md:
    score = relationship.satisfaction
    if score is None:
        return escape(NOT_RECORDED)
    answers = count(score.n, "answer")
    if score.n < playbook.settings.thresholds.satisfaction_min_n:
        return escape(f"not shown: only {answers} ({score.date})")
    return escape(f"{score.score:g} of {score.scale:g}, from {answers} ({score.date})")


def _agreements(playbook: Playbook, relationship: Relationship) -> Table:
    default = playbook.settings.thresholds.agreement_notice
    headers = ("Agreement", "Reference", "From", "Until", "State")
    rows: Sequence[tuple[str, ...]] = [
        (
            one.kind,
            one.ref,
            one.starts.isoformat() if one.starts is not None else "",
            one.ends.isoformat() if one.ends is not None else "",
            state(one, playbook.as_of, default).value,
        )
        for one in relationship.agreements
    ]
    return table(headers, rows)
