"""Whether the portfolio has the partners that it needs: the answer, the gaps, and every need offer by offer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from generator import paths
from generator.insights.coverage import Coverage, CoverageState, Need, Unassigned, objectives_waiting, unassigned
from generator.insights.ownership import Share
from generator.markdown import Md, escape, join, md, span, verbatim
from generator.model import Offer, Playbook, Status
from generator.views.kit.context import Context
from generator.views.kit.links import Links
from generator.views.kit.long_tables import LongTables, fair_names
from generator.views.kit.pictures import Picture
from generator.views.kit.tables import Table, table
from generator.views.kit.view import View
from generator.views.kit.words import abridged
from generator.views.parts.answer import Answer
from generator.views.parts.coverage_picture import legend, picture, region_name, state_chip
from generator.views.parts.trend import FigureChange, changes
from generator.words import count


@dataclass(frozen=True)
class Assessed:
    """One offer's needs; `about` says its status and regions."""

    offer: str
    anchor: Md
    about: str
    needs: Table


def answer(context: Context, links: Links) -> Answer:
    """How many needs are covered, and what hangs in the air."""
    question = "Do we have all the partner types that our offers need?"
    coverage = context.coverage
    if not coverage.needs:
        how = links.to("requires", paths.EDITORS)
        return Answer(
            question,
            paths.COVERAGE,
            escape("Nobody can tell yet: no offer says which types of partner it needs."),
            md("The offers in portfolio.yml, and for each of them {}: the types that it cannot do without.", how),
        )
    parts, lines = [_covered(links, coverage), *_left(links, coverage)], list(_lines(links, coverage))
    if coverage.single:
        single = links.to(count(len(coverage.single), "need"), f"{paths.COVERAGE}#single")
        lines.append(("On a single partner", single))
        parts.append(md("{} {} on a single partner.", single, "hangs" if len(coverage.single) == 1 else "hang"))
    if coverage.not_assessed:
        missing = links.to(count(len(coverage.not_assessed), "offer"), f"{paths.COVERAGE}#not-assessed")
        lines.append(("Not assessed", missing))
        parts.append(md("{} {} not assessed.", missing, "is" if len(coverage.not_assessed) == 1 else "are"))
    wanted = sum(need.in_scope for need in coverage.needs)
    share = Share(wanted - len(coverage.gaps), wanted) if wanted else None
    return Answer(question, paths.COVERAGE, join(" ", parts), share=share, lines=tuple(lines))


def _lines(links: Links, coverage: Coverage) -> Iterator[tuple[str, Md]]:
    wanted = sum(need.in_scope for need in coverage.needs)
    if wanted:
        yield "Needs covered", links.to(f"{wanted - len(coverage.gaps)} of {wanted}", f"{paths.COVERAGE}#offers")
    if coverage.gaps:
        yield "What is missing", links.to(count(len(coverage.gaps), "gap"), f"{paths.COVERAGE}#gaps")


def _covered(links: Links, coverage: Coverage) -> Md:
    wanted = sum(need.in_scope for need in coverage.needs)
    if not wanted:
        return escape("Our offers need only types that are out of scope.")
    figure = links.to(f"{wanted - len(coverage.gaps)} of {wanted}", f"{paths.COVERAGE}#offers")
    return md("We cover **{}** {} of our offers.", figure, "need" if wanted == 1 else "needs")


def _left(links: Links, coverage: Coverage) -> Iterator[Md]:
    """How many gaps there are, and for how many of them somebody is being recruited."""
    if not coverage.gaps:
        return
    target = f"{paths.COVERAGE}#gaps"
    gaps = links.to(count(len(coverage.gaps), "gap"), target)
    text = md("**{}** {} left", gaps, "is" if len(coverage.gaps) == 1 else "are")
    recruited = sum(need.state is CoverageState.RECRUITING for need in coverage.gaps)
    if recruited and len(coverage.gaps) == 1:
        text = md("{}, and a partner is being recruited for it", text)
    elif recruited:
        text = md("{}, {} being recruited", text, links.to(f"{recruited} of them", target))
    yield md("{}.", text)


@dataclass(frozen=True)
class CoverageFacts:
    """What `coverage.md.j2` places."""

    answer: Answer
    trend: FigureChange
    any: bool
    picture: Picture
    legend: tuple[tuple[Md, str], ...]
    gaps: Table
    single: Table
    offers: tuple[Assessed, ...]
    not_assessed: tuple[tuple[str, Md, str], ...]
    loose: Table
    loose_size: str
    routes: Md


def view(context: Context) -> View:
    """The answer, offers by regions as a picture, the gaps ranked, and each offer's needs."""
    playbook, coverage = context.playbook, context.coverage
    links = Links(playbook, paths.COVERAGE)
    long = LongTables(links)
    by_offer: dict[str, list[Need]] = {}
    for need in coverage.needs:
        by_offer.setdefault(need.offer, []).append(need)

    def by_offer_name(need: Need) -> str:
        return playbook.offers[need.offer].name

    loose = unassigned(playbook) if playbook.offers else Unassigned((), ())
    return View(
        path=paths.COVERAGE,
        template="coverage.md.j2",
        title="Coverage",
        description="Which types of partner our offers need in which region, and where they are missing.",
        facts=CoverageFacts(
            answer=answer(context, links),
            trend=changes(context, "coverage"),
            any=bool(coverage.needs),
            picture=picture(playbook, by_offer, coverage.not_assessed),
            legend=tuple(legend(coverage)),
            gaps=long.table("gaps", coverage.gaps, partial(_gaps, context), by_offer_name, of="offer"),
            single=long.table("single", coverage.single, _single, by_offer_name, heading="on one partner", of="offer"),
            offers=tuple(_assessed(context, links, by_offer)),
            not_assessed=tuple(_named(playbook, coverage.not_assessed)),
            loose=long.table(
                "no-live-offer",
                sorted((*loose.others, *loose.none), key=lambda partner: playbook.partners[partner].name.casefold()),
                _loose,
                lambda partner: playbook.partners[partner].name,
                heading="no live offer",
            ),
            loose_size=count(len(loose.none) + len(loose.others), "active partner"),
            routes=links.to("routes to market", paths.ROUTES),
        ),
        place=context.portfolio,
        more=long.pages,
    )


# --- worklists ----------------------------------------------------------------------------


def _gaps(context: Context, links: Links, gaps: Sequence[Need]) -> Table:
    most = _names(context)

    def row(need: Need) -> tuple[str, ...]:
        return (
            links.offer(need.offer),
            links.type(need.type),
            region_name(need.region),
            f"{need.gap} of {need.min}",
            state_chip(need.state),
            _in_sight(links, need, most),
            join(", ", map(links.objective, objectives_waiting(context.playbook, need))),
        )

    headers = ("Offer", "Type", "Region", "Missing", "State", "In sight", "Objectives that wait for it")
    return table(headers, map(row, gaps), empty="nobody")


def _single(links: Links, needs: Sequence[Need]) -> Table:
    def row(need: Need) -> tuple[str, ...]:
        partner = need.cover.have[0]
        return links.offer(need.offer), links.type(need.type), region_name(need.region), links.partner(partner)

    return table(("Offer", "Type", "Region", "The one partner"), map(row, needs))


def _assessed(context: Context, links: Links, by_offer: Mapping[str, list[Need]]) -> Iterator[Assessed]:
    most = _names(context)
    for offer_id, needs in by_offer.items():
        offer = context.playbook.offers[offer_id]
        regions = list(dict.fromkeys(need.region for need in needs))
        cells: dict[str, dict[str | None, Md]] = {}
        for need in needs:
            cells.setdefault(need.type, {})[need.region] = _cell(links, need, most)
        rows = [(links.type(t), *(by.get(region, Md("–")) for region in regions)) for t, by in cells.items()]
        yield Assessed(
            offer.name,
            verbatim(f"offer-{offer_id}"),
            _about(offer),
            table(("Type", *map(region_name, regions)), rows),
        )


def _cell(links: Links, need: Need, most: int) -> Md:
    """The state in a word and the figure behind it, linked to the active partners; then who is in sight."""
    wanted = {"type": need.type, "offer": need.offer, "status": Status.ACTIVE}
    if need.region is not None:
        wanted["region"] = need.region
    figure = f"{len(need.cover.have)} of {need.min}"
    have = links.rows(figure, **wanted) if need.cover.have else escape(figure)
    text = span("pb-nowrap", md("{} {}", state_chip(need.state), have))
    in_sight = _in_sight(links, need, most) if need.gap else ""
    return md("{}, in sight: {}", text, in_sight) if in_sight else text


def _in_sight(links: Links, need: Need, most: int) -> Md:
    """Who is being recruited for it, or else who may count already; empty where nobody is."""
    in_sight = need.cover.recruiting or need.cover.possible
    partners = f"{paths.partner_type(need.type)}#partners"
    return abridged(in_sight, links.partner, lambda more: links.to(more, partners), most)


def _names(context: Context) -> int:
    """How many to name of those who are in sight for a need."""
    return fair_names(len(need.cover.recruiting or need.cover.possible) for need in context.coverage.needs)


def _about(offer: Offer) -> str:
    where = f", offered in {', '.join(offer.regions)}" if offer.regions else ""
    return f"{offer.status.capitalize()}{where}."


def _named(playbook: Playbook, offers: Iterable[str]) -> Iterator[tuple[str, Md, str]]:
    for offer_id in offers:
        offer = playbook.offers[offer_id]
        yield offer.name, verbatim(f"offer-{offer_id}"), _about(offer)


def _loose(links: Links, partners: Sequence[str]) -> Table:
    playbook = links.playbook

    def row(partner: str) -> tuple[str, ...]:
        active = [entry for entry in playbook.partners[partner].entries if entry.active]
        offers = dict.fromkeys(offer for entry in active for offer in entry.offers)
        return (
            links.partner(partner),
            join(", ", map(links.type, dict.fromkeys(t for entry in active for t in entry.types))),
            join(", ", map(links.department, dict.fromkeys(entry.department for entry in active))),
            join(", ", (md("{} ({})", links.offer(o), playbook.offers[o].status) for o in offers))
            or escape("none recorded"),
        )

    headers = ("Partner", "Types", "Departments", "Offers")
    return table(headers, map(row, partners))
