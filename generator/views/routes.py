"""Routes to market: chains of partner types, drawn, and broken where nobody is active."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import paths
from generator.insights.coverage import Chain, chains
from generator.markdown import Md, escape, join
from generator.views.answer import Answer
from generator.views.page import Context, Links, Table, View, chip, count, table
from generator.views.pictures import Picture, Station, chain


@dataclass(frozen=True)
class Drawn:
    """One route; `state` says in a sentence where it is broken."""

    name: str
    anchor: Md
    state: Md
    picture: Picture
    steps: Table


def answer(context: Context, links: Links) -> Answer:
    """How many routes are whole."""
    question = "Do our partners add up to a way to the customer where a market is hard to enter?"
    found = chains(context.playbook)
    if not found:
        return Answer(
            question,
            paths.ROUTES,
            escape("Nobody can tell yet: no route to market is recorded."),
            "The routes in portfolio.yml: for an offer in a region, the chain of types that leads to the customer.",
        )
    whole = sum(not one.broken for one in found)
    text = f"**{whole} of {count(len(found), 'route')}** to market {'is' if whole == 1 else 'are'} whole."
    broken = [links.to(context.playbook.routes[one.route].name, paths.route(one.route)) for one in found if one.broken]
    if broken:
        text += f" Broken: {join(', ', broken)}."
    return Answer(question, paths.ROUTES, Md(text))


def view(context: Context) -> View:
    """Every route as a picture and a table of its links."""
    links = Links(context.playbook, paths.ROUTES)
    return View(
        path=paths.ROUTES,
        template="routes.md.j2",
        title="Routes to market",
        description="Chains of partner types from us to the customer, and where a link is missing.",
        facts={
            "title": "Routes to market",
            "answer": answer(context, links),
            "routes": tuple(_drawn(context, links)),
            "coverage": links.to("coverage", paths.COVERAGE),
        },
        place=context.portfolio,
    )


def _drawn(context: Context, links: Links) -> Iterator[Drawn]:
    playbook = context.playbook
    for one in chains(playbook):
        route = playbook.routes[one.route]
        where = f"{links.offer(route.offer)} in {escape(route.region)}"
        if one.broken:
            missing = join(" and ", map(links.type, one.broken))
            state = f"{chip('gap', 'broken')} {where}: nobody is active as {missing}."
        else:
            state = f"{chip('covered', 'whole')} {where}: every link has an active partner."
        yield Drawn(
            name=route.name,
            anchor=Md(f"route-{route.id}"),
            state=Md(state),
            picture=_picture(context, one),
            steps=_steps(links, one),
        )


def _picture(context: Context, one: Chain) -> Picture:
    playbook = context.playbook
    route = playbook.routes[one.route]
    stations = []
    for type_id, cover in one.links.items():
        tone = "good" if cover.have else "info" if cover.recruiting else "warn"
        text = count(len(cover.have), "partner") if cover.have else "recruiting" if cover.recruiting else "nobody"
        stations.append(Station(playbook.types[type_id].name, text, tone, broken=not cover.have))
    words = ", then ".join(f"{station.label} ({station.text})" for station in stations)
    title = f"From us, on the left, to the customer: {playbook.offers[route.offer].name} in {route.region}"
    return chain(f"route-{route.id}-picture", title, f"A chain: {words}.", stations)


def _steps(links: Links, one: Chain) -> Table:
    playbook = links.playbook
    route = playbook.routes[one.route]
    rows = []
    for number, (type_id, cover) in enumerate(one.links.items(), 1):
        others = cover.recruiting or cover.possible
        state = chip("covered", "in place") if cover.have else chip("gap", "missing")
        wanted = {"type": type_id, "offer": route.offer, "region": route.region, "status": "active"}
        rows.append(
            (
                str(number),
                links.type(type_id),
                state,
                links.rows(len(cover.have), **wanted),
                join(", ", map(links.partner, cover.have)) or escape("nobody"),
                join(", ", map(links.partner, others)) if not cover.have else "",
            )
        )
    return table(("Step", "Type", "State", "Active", "Partners", "In sight"), rows, empty="–")
