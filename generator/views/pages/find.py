"""Find a partner: for an offer in a region, who could do it, why, and whom to ask; and what is missing there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator import paths
from generator.insights.coverage import Need, objectives_waiting
from generator.insights.shortlists import STANDING, Shortlisted, Shortlists
from generator.markdown import Md, escape, join, md, verbatim
from generator.model import Offer, OfferStatus
from generator.views.kit.context import Context
from generator.views.kit.links import Links, contact
from generator.views.kit.tables import Table, table
from generator.views.kit.view import View
from generator.views.kit.words import chip
from generator.views.pages import find_form
from generator.views.pages.directory_rows import Filter, Listing
from generator.views.parts.coverage_picture import region_name, state_chip

SHORT = 5
"""How many to name: who needs more has the directory."""
_OTHERS = ("type", "industry", "tier", "certification")


@dataclass(frozen=True)
class FindFacts:
    """What `find.md.j2` places; `others` says by what the directory finds partners that this page does not."""

    any: bool
    form: tuple[Filter, ...]
    offers: Table
    others: Md
    coverage: Md
    which: Md


@dataclass(frozen=True)
class Suggested:
    """One partner of a short list."""

    partner: Md
    status: Md
    type: Md
    why: str
    ask: Md


@dataclass(frozen=True)
class Missing:
    """What an offer needs in a region and does not have; `whose` are those who wait for it."""

    type: Md
    state: Md
    missing: str
    whose: Md


@dataclass(frozen=True)
class Region:
    """One region's short list; `all` leads to everybody who fits, where there are more."""

    name: str
    anchor: Md
    suggested: tuple[Suggested, ...]
    all: Md
    missing: tuple[Missing, ...]


@dataclass(frozen=True)
class FindForOfferFacts:
    """What `find_offer.md.j2` places."""

    offer: str
    about: str
    coverage: Md
    regions: tuple[Region, ...]


def pages(context: Context, listing: Listing) -> Iterator[View]:
    """The way in, then a page for each offer that we have or plan."""
    finder = Shortlists(context.playbook)
    offers = [offer for offer in context.playbook.offers.values() if offer.status is not OfferStatus.RETIRED]
    yield _index(context, listing, offers, finder)
    for offer in offers:
        yield _page(context, offer, finder)


def _regions(context: Context, offer: Offer) -> Sequence[str | None]:
    """Where to look for partners: where the offer is sold, else wherever the company is; else anywhere."""
    return offer.regions or context.playbook.settings.regions or (None,)


def _index(context: Context, listing: Listing, offers: Sequence[Offer], finder: Shortlists) -> View:
    links = Links(context.playbook, paths.FIND)
    asked = dict.fromkeys(region for offer in offers for region in _regions(context, offer))
    ranks = {region: rank for rank, region in enumerate(context.playbook.settings.regions)}
    columns = sorted(asked, key=lambda region: ranks.get(region or "", len(ranks)))

    def cell(offer: Offer, region: str | None) -> Md:
        regions = _regions(context, offer)
        if region not in regions:
            return Md("–")
        found = {one.entry.partner for one in finder.find(offer.id, region) if one.entry.active}
        return links.to(str(len(found)) if found else "nobody", f"{paths.find(offer.id)}#{_anchor(regions, region)}")

    def row(offer: Offer) -> Iterable[Md]:
        yield links.to(offer.name, paths.find(offer.id))
        for region in columns:
            yield cell(offer, region)

    return View(
        path=paths.FIND,
        template="find.md.j2",
        title="Find a partner",
        description="Who can help with an offer in a region, why, and whom to ask.",
        facts=FindFacts(
            any=bool(offers),
            form=find_form.form(context, listing, offers) if context.relationships else (),
            offers=table(("Offer", *map(region_name, columns)), map(row, offers)),
            others=_others(links, listing),
            coverage=links.to("Coverage", paths.COVERAGE),
            which=links.to("Which type is it?", paths.WHICH_TYPE),
        ),
        script=paths.DIRECTORY_ROWS,
        beside=((paths.FINDER, lambda: find_form.script(context, listing, finder.all)),),
        place=context.portfolio,
        hide=("toc",),
    )


def _others(links: Links, listing: Listing) -> Md:
    offered = {choice.name: choice.label.lower() for choice in listing.filters if choice.offered}
    labels, directory = (
        [offered[one] for one in _OTHERS if one in offered],
        links.to("partner directory", paths.PARTNERS),
    )
    if not labels:
        return md("All that is recorded: the {}.", directory)
    *first, last = labels
    by = f"{', '.join(first)} or {last}" if first else last
    return md("By {}: the {} has a filter for {}.", by, directory, "each" if first else "it")


def _page(context: Context, offer: Offer, finder: Shortlists) -> View:
    links = Links(context.playbook, paths.find(offer.id))
    regions = _regions(context, offer)
    return View(
        path=links.here,
        template="find_offer.md.j2",
        title=f"Find a partner for {offer.name}",
        description=f"Who can help with {offer.name}, region by region, and whom to ask.",
        facts=FindForOfferFacts(
            offer=offer.name,
            about="" if offer.status is OfferStatus.LIVE else f"This offer is {offer.status}.",
            coverage=links.to("what the offer needs, type by type", paths.offer(offer.id)),
            regions=tuple(_region(context, links, offer, one, regions, finder) for one in regions),
        ),
        place=offer.place,
        trail=(("Find a partner", paths.FIND),),
    )


def _region(
    context: Context, links: Links, offer: Offer, region: str | None, regions: Sequence[str | None],
    finder: Shortlists,
) -> Region:  # fmt: skip
    found = finder.find(offer.id, region)
    # A partner may serve as several types; it is named once, at its best.
    best: dict[str, Shortlisted] = {}
    for one in found:
        best.setdefault(one.entry.partner, one)
    more = len(best) - SHORT
    wanted = {"offer": offer.id} | ({"region": (region, paths.NOTHING)} if region is not None else {})
    return Region(
        name=region if region is not None else "Anywhere",
        anchor=verbatim(_anchor(regions, region)),
        suggested=tuple(_suggested(links, one, offer, region) for one in [*best.values()][:SHORT]),
        all=links.rows(f"all {len(best)}", **wanted, status=STANDING) if more > 0 else Md(""),
        missing=tuple(_missing(context, links, need) for need in _needs(context, offer, region)),
    )


def _anchor(regions: Sequence[str | None], region: str | None) -> str:
    """Names of regions may be of any script: the place among them tells them apart."""
    return f"region-{regions.index(region) + 1}"


def _suggested(links: Links, one: Shortlisted, offer: Offer, region: str | None) -> Suggested:
    return Suggested(
        partner=links.partner(one.entry.partner),
        status=Md("") if one.entry.active else chip(one.entry.status),
        type=links.type(one.relationship.type),
        why=_why(one, offer, region),
        ask=_ask(links, one),
    )


def _why(one: Shortlisted, offer: Offer, region: str | None) -> str:
    return "; ".join(filter(None, (find_form.fits(one, offer.name, region), find_form.known(one))))


def _ask(links: Links, one: Shortlisted) -> Md:
    """Whom to ask: the owner, else the department."""
    playbook, entry = links.playbook, one.entry
    department = playbook.departments[entry.department]
    if one.owned and entry.owner is not None:
        person = playbook.people.get(entry.owner)
        address = contact(person.email) if person is not None else Md("")
        return join(", ", filter(None, (links.person(entry.owner), address, links.department(department.id))))
    parts = (links.department(department.id), contact(department.contact), escape("since nobody owns it"))
    return join(", ", filter(None, parts))


def _needs(context: Context, offer: Offer, region: str | None) -> list[Need]:
    return [
        need
        for need in context.coverage.gaps
        if need.offer == offer.id and (region is None or need.region in (None, region))
    ]


def _missing(context: Context, links: Links, need: Need) -> Missing:
    playbook = context.playbook
    waiting = objectives_waiting(playbook, need)
    whose = [
        md("{}, for {}", links.owner(playbook.objectives[one].owner), links.objective(one))
        if playbook.objectives[one].owner
        else links.objective(one)
        for one in waiting
    ]
    return Missing(
        type=links.type(need.type),
        state=state_chip(need.state),
        missing=find_form.missing(need),
        whose=join("; ", whose),
    )
