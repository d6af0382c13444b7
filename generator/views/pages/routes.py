"""Routes to market: chains of partner types, drawn, and broken where nobody is active."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from generator import paths
from generator.insights.coverage import CoverageState
from generator.insights.routes import Chain, Step
from generator.markdown import Md, escape, join, md, verbatim
from generator.model import Route, Status
from generator.views.kit import pictures
from generator.views.kit.context import Context
from generator.views.kit.links import Links
from generator.views.kit.long_tables import fair_names
from generator.views.kit.pictures import Picture, Station
from generator.views.kit.tables import Table, table
from generator.views.kit.view import View
from generator.views.kit.words import abridged, chip, series
from generator.views.parts.answer import Answer
from generator.views.parts.trend import FigureChange, changes
from generator.words import count


@dataclass(frozen=True)
class Drawn:
    """One route; `state` says in a sentence where it is broken."""

    name: str
    anchor: Md
    state: Md
    picture: Picture
    steps: Table


def answer(context: Context, links: Links) -> Answer:
    """How many routes are whole, and where the others are broken."""
    question = "Do our partners add up to a way to the customer where a market is hard to enter?"
    routes = context.chains
    if not routes:
        how = links.to("routes", paths.EDITORS)
        return Answer(
            question,
            paths.ROUTES,
            escape("Nobody can tell yet: no route to market of a current offer is recorded."),
            md(
                "The {} in portfolio.yml: for an offer in a region, the chain of types that leads to the customer.", how
            ),
        )
    whole = sum(not chain.broken for chain in routes)
    figure = links.to(f"{whole} of {count(len(routes), 'route')}", f"{paths.ROUTES}#all")
    text = md("**{}** to market {} whole.", figure, "is" if whole == 1 else "are")
    broken = [
        links.to(context.playbook.routes[chain.route].name, paths.route(chain.route))
        for chain in routes
        if chain.broken
    ]
    if broken:
        text = md("{} Broken: {}.", text, join(", ", broken))
    return Answer(question, paths.ROUTES, text)


@dataclass(frozen=True)
class RoutesFacts:
    """What `routes.md.j2` places."""

    answer: Answer
    trend: FigureChange
    all: Table
    routes: tuple[Drawn, ...]
    coverage: Md


def view(context: Context) -> View:
    """Every route in a line, then each as a picture and a table of its steps."""
    links = Links(context.playbook, paths.ROUTES)
    routes = context.chains
    return View(
        path=paths.ROUTES,
        template="routes.md.j2",
        title="Routes to market",
        description="Chains of partner types from us to the customer, and where a link is missing.",
        facts=RoutesFacts(
            answer=answer(context, links),
            trend=changes(context, "routes"),
            all=_all(links, routes),
            routes=tuple(_drawn(links, routes)),
            coverage=links.to("coverage", paths.COVERAGE),
        ),
        place=context.portfolio,
    )


def _all(links: Links, routes: Sequence[Chain]) -> Table:
    def row(chain: Chain) -> tuple[str, ...]:
        route = links.playbook.routes[chain.route]
        return (
            links.to(route.name, paths.route(route.id)),
            links.offer(route.offer),
            route.region,
            _state(chain),
            join(", ", (links.type(step.type) for step in chain.broken)),
        )

    return table(("Route", "Offer", "Region", "State", "Nobody is active as"), map(row, routes), empty="–")


def _state(chain: Chain) -> Md:
    return chip("gap", "broken") if chain.broken else chip("covered", "whole")


def _drawn(links: Links, routes: Sequence[Chain]) -> Iterator[Drawn]:
    most = fair_names(len(step.cover.have) for chain in routes for step in chain.steps)
    for chain in routes:
        route = links.playbook.routes[chain.route]
        yield Drawn(
            name=route.name,
            anchor=verbatim(f"route-{route.id}"),
            state=md("{} {} in {}: {}", _state(chain), links.offer(route.offer), route.region, _progress(links, chain)),
            picture=_picture(links, chain),
            steps=_steps(links, chain, route, most),
        )


def _progress(links: Links, chain: Chain) -> Md:
    """Where the chain is broken, and whom we are recruiting there."""
    if not chain.broken:
        return escape("every step has an active partner.")
    text = md("nobody is active as {}.", series(links.type(step.type) for step in chain.broken))
    for step in chain.broken:
        if step.cover.recruiting:
            who = join(", ", map(links.partner, step.cover.recruiting))
            text = md("{} Being recruited as {}: {}.", text, links.type(step.type), who)
    return text


def _picture(links: Links, chain: Chain) -> Picture:
    playbook = links.playbook
    route = playbook.routes[chain.route]
    stations = [
        Station(playbook.types[step.type].name, _short(step), _tone(step.state), broken=not step.cover.have)
        for step in chain.steps
    ]
    words = ", then ".join(f"{station.label} ({station.text})" for station in stations)
    title = f"From us, on the left, to the customer: {playbook.offers[route.offer].name} in {route.region}"
    return pictures.chain(f"route-{route.id}-picture", title, f"A chain: {words}.", stations)


def _chip(state: CoverageState) -> Md:
    match state:
        case CoverageState.COVERED | CoverageState.SINGLE:
            return chip("covered", "in place")
        case CoverageState.RECRUITING:
            return chip("recruiting", "being recruited")
        case CoverageState.POSSIBLE:
            return chip("possible")
        case CoverageState.GAP | CoverageState.OUT_OF_SCOPE:
            return chip("gap", "missing")


def _tone(state: CoverageState) -> str:
    match state:
        case CoverageState.COVERED | CoverageState.SINGLE:
            return "good"
        case CoverageState.RECRUITING | CoverageState.POSSIBLE:
            return "info"
        case CoverageState.GAP | CoverageState.OUT_OF_SCOPE:
            return "warn"


def _short(step: Step) -> str:
    if step.cover.have:
        return count(len(step.cover.have), "partner")
    return {CoverageState.RECRUITING: "recruiting", CoverageState.POSSIBLE: "possible"}.get(step.state, "nobody")


def _steps(links: Links, chain: Chain, route: Route, most: int) -> Table:
    def row(number: int, step: Step) -> tuple[str, ...]:
        wanted = {"type": step.type, "offer": route.offer, "region": route.region, "status": Status.ACTIVE}
        others = () if step.cover.have else step.cover.recruiting or step.cover.possible
        return (
            md("{}. {}", str(number), links.type(step.type)),
            _chip(step.state),
            links.rows(len(step.cover.have), **wanted),
            abridged(
                step.cover.have,
                partial(_partner, links, step),
                partial(links.rows, **wanted),
                most,
            )
            or escape("nobody"),
            abridged(
                others,
                links.partner,
                partial(links.to, target=f"{paths.partner_type(step.type)}#partners"),
                most,
            ),
        )

    headers = ("Step", "State", "Active", "Partners", "In sight")
    return table(headers, (row(number, step) for number, step in enumerate(chain.steps, 1)), empty="–")


def _partner(links: Links, step: Step, partner: str) -> Md:
    """The partner, and through whom of the step before it sells."""
    via = step.through.get(partner)
    return md("{} (through {})", links.partner(partner), links.partner(via)) if via else links.partner(partner)
