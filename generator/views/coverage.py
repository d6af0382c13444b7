"""Whether the portfolio has the partners that it needs: the answer, the gaps, and every need offer by offer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator import paths
from generator.insights.coverage import Coverage, Need, State, objectives_waiting, unassigned
from generator.markdown import Md, escape, join
from generator.model import Offer, Playbook, Relationship
from generator.views.answer import Answer
from generator.views.page import Context, Links, Table, View, chip, count, table
from generator.views.pictures import Cell, Picture, grid

ANYWHERE = "anywhere"

_CHIP = {
    State.COVERED: "covered",
    State.SINGLE: "single",
    State.RECRUITING: "recruiting",
    State.POSSIBLE: "possible",
    State.GAP: "gap",
    State.OUT_OF_SCOPE: "out",
}
_LEGEND = {
    State.GAP: "too few active partners, and nobody in sight",
    State.POSSIBLE: "too few, but a partner of the type has no offer or no region recorded and may count",
    State.RECRUITING: "too few, but a prospect or a partner that is being onboarded would count",
    State.SINGLE: "enough, but all hangs on one partner",
    State.COVERED: "as many partners as are needed, or more",
    State.OUT_OF_SCOPE: "the taxonomy says that we do not want this type",
}
# The worst first: what an offer's cell of the picture shows for a region.
_WORST = tuple(_LEGEND)
_TONES = dict(zip(_WORST, ("warn", "info", "info", "heat-1", "good", "quiet"), strict=True))


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
    found = context.coverage
    if not found.needs:
        how = links.to("requires", "editors/index.md#portfolio")
        return Answer(
            question,
            paths.COVERAGE,
            escape("Nobody can tell yet: no offer says which types of partner it needs."),
            Md(f"The offers in portfolio.yml, and for each of them {how}: the types that it cannot do without."),
        )
    wanted = [need for need in found.needs if need.in_scope]
    covered = len(wanted) - len(found.gaps)
    text = f"**{links.to(f'{covered} of {len(wanted)}', f'{paths.COVERAGE}#offers')}** needs of our offers are covered"
    text += f" ({covered / len(wanted):.0%})." if wanted else "."
    recruited = sum(need.state is State.RECRUITING for need in found.gaps)
    if found.gaps:
        gaps = links.to(count(len(found.gaps), "gap"), f"{paths.COVERAGE}#gaps")
        text += f" There {'is' if len(found.gaps) == 1 else 'are'} **{gaps}**"
        text += f", {recruited} of them being recruited for" if recruited else ""
        text += "."
    if found.single:
        single = links.to(count(len(found.single), "need"), f"{paths.COVERAGE}#single")
        text += f" {single} {'hangs' if len(found.single) == 1 else 'hang'} on one partner alone."
    if found.not_assessed:
        missing = links.to(count(len(found.not_assessed), "offer"), f"{paths.COVERAGE}#not-assessed")
        text += f" {missing} {'is' if len(found.not_assessed) == 1 else 'are'} not assessed."
    return Answer(question, paths.COVERAGE, Md(text))


def view(context: Context) -> View:
    """The answer, offers by regions as a picture, the gaps ranked, and each offer's needs."""
    playbook, found = context.playbook, context.coverage
    links = Links(playbook, paths.COVERAGE)
    by_offer: dict[str, list[Need]] = {}
    for need in found.needs:
        by_offer.setdefault(need.offer, []).append(need)
    loose = unassigned(playbook)
    return View(
        path=paths.COVERAGE,
        template="coverage.md.j2",
        title="Coverage",
        description="Which types of partner our offers need in which region, and where they are missing.",
        facts={
            "title": "Coverage",
            "answer": answer(context, links),
            "any": bool(found.needs),
            "picture": _picture(playbook, by_offer, found.not_assessed),
            "legend": tuple((_chip(state), _LEGEND[state]) for state in _WORST if _seen(found, state)),
            "gaps": _gaps(context, links, found.gaps),
            "single": _single(links, found.single),
            "offers": tuple(_assessed(context, links, by_offer)),
            "not_assessed": tuple(_named(playbook, found.not_assessed)),
            "loose": _loose(links, (*loose.others, *loose.none)) if playbook.offers else table((), ()),
            "loose_size": count(len(loose.none) + len(loose.others), "active relationship"),
            "routes": links.to("routes to market", paths.ROUTES),
        },
        place=context.portfolio,
    )


def _seen(found: Coverage, state: State) -> bool:
    return any(need.state is state for need in found.needs)


def _chip(state: State) -> Md:
    return chip(_CHIP[state], state.value)


def _region(region: str | None) -> str:
    return region if region is not None else ANYWHERE


def _picture(playbook: Playbook, by_offer: Mapping[str, list[Need]], not_assessed: Iterable[str]) -> Picture:
    regions = list(dict.fromkeys(need.region for needs in by_offer.values() for need in needs))
    order = {region: place for place, region in enumerate(playbook.settings.regions)}
    regions.sort(key=lambda region: order.get(region or "", len(order)))

    def cell(offer: str, region: str | None) -> Cell:
        needs = [need for need in by_offer[offer] if need.region == region]
        if not needs:
            return Cell("", "heat-0", f"{playbook.offers[offer].name}, {_region(region)}: nothing is needed")
        worst = min((need.state for need in needs), key=_WORST.index)
        number = sum(need.state is worst for need in needs)
        words = (
            f"{playbook.offers[offer].name}, {_region(region)}: {number} of {count(len(needs), 'need')} {worst.value}"
        )
        return Cell(_SHORT[worst].format(number), _TONES[worst], words)

    return grid(
        "coverage",
        "The worst state of each offer's needs, by region",
        "Offers by regions; each cell shows the worst state among the types that the offer needs there. "
        "The tables below say which types these are.",
        [_region(region) for region in regions],
        [
            *((playbook.offers[offer].name, [cell(offer, region) for region in regions]) for offer in by_offer),
            *(
                (playbook.offers[offer].name, [Cell("not assessed", "quiet") for _ in regions])
                for offer in not_assessed
            ),
        ],
    )


_SHORT = {
    State.GAP: "{} missing",
    State.POSSIBLE: "{} possible",
    State.RECRUITING: "{} recruited",
    State.SINGLE: "{} single",
    State.COVERED: "covered",
    State.OUT_OF_SCOPE: "out of scope",
}


# --- worklists ----------------------------------------------------------------------------


def _gaps(context: Context, links: Links, gaps: Iterable[Need]) -> Table:
    def row(need: Need) -> tuple[str, ...]:
        in_sight = need.cover.recruiting or need.cover.possible
        return (
            links.offer(need.offer),
            links.type(need.type),
            _region(need.region),
            f"{need.gap} of {need.min}",
            _chip(need.state),
            join(", ", map(links.partner, in_sight)),
            join(", ", map(links.objective, objectives_waiting(context.playbook, need))),
        )

    headers = ("Offer", "Type", "Region", "Missing", "State", "In sight", "Objectives that wait for it")
    return table(headers, map(row, gaps), empty="nobody")


def _single(links: Links, needs: Iterable[Need]) -> Table:
    def row(need: Need) -> tuple[str, ...]:
        partner = need.cover.have[0]
        return links.offer(need.offer), links.type(need.type), _region(need.region), links.partner(partner)

    return table(("Offer", "Type", "Region", "The one partner"), map(row, needs))


def _assessed(context: Context, links: Links, by_offer: Mapping[str, list[Need]]) -> Iterator[Assessed]:
    for offer_id, needs in by_offer.items():
        offer = context.playbook.offers[offer_id]
        regions = list(dict.fromkeys(need.region for need in needs))
        cells: dict[str, dict[str | None, Md]] = {}
        for need in needs:
            cells.setdefault(need.type, {})[need.region] = _cell(links, need)
        rows = [(links.type(t), *(by.get(region, Md("–")) for region in regions)) for t, by in cells.items()]
        yield Assessed(
            offer.name,
            Md(f"offer-{offer_id}"),
            _about(offer),
            table(("Type", *map(_region, regions)), rows),
        )


def _cell(links: Links, need: Need) -> Md:
    """The state in a word, and the partners behind it: the active ones as a filtered list."""
    wanted = {"type": need.type, "offer": need.offer, "status": "active"}
    if need.region is not None:
        wanted["region"] = need.region
    have = links.rows(f"{len(need.cover.have)} of {need.min}", **wanted) if need.cover.have else f"0 of {need.min}"
    others = need.cover.recruiting or need.cover.possible if need.gap else ()
    return join(" ", [_chip(need.state), escape(have), *([join(", ", map(links.partner, others))] if others else [])])


def _about(offer: Offer) -> str:
    where = f", offered in {', '.join(offer.regions)}" if offer.regions else ""
    return f"{offer.status.capitalize()}{where}."


def _named(playbook: Playbook, offers: Iterable[str]) -> Iterator[tuple[str, Md, str]]:
    for offer_id in offers:
        offer = playbook.offers[offer_id]
        yield offer.name, Md(f"offer-{offer_id}"), _about(offer)


def _loose(links: Links, relationships: Iterable[Relationship]) -> Table:
    playbook = links.playbook

    def row(relationship: Relationship) -> tuple[str, ...]:
        offers = [f"{playbook.offers[o].name} ({playbook.offers[o].status})" for o in relationship.offers]
        return (
            links.partner(relationship.partner),
            links.department(relationship.department),
            join(", ", map(links.type, relationship.types)),
            join(", ", offers) or escape("none recorded"),
        )

    partners = playbook.partners
    them = sorted(relationships, key=lambda r: (bool(r.offers), partners[r.partner].name.casefold()))
    return table(("Partner", "Department", "Type", "Offers"), map(row, them))
