"""The home page: what partners bring us, the inventory at a glance, and a door for each reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import paths
from generator.markdown import Md
from generator.views.page import Context, Links, View, count


@dataclass(frozen=True)
class Line:
    function: Md
    value: str


@dataclass(frozen=True)
class Figure:
    """A number, linked to the list that it counts."""

    number: Md
    label: str


def view(context: Context) -> View:
    """The first page of the site."""
    playbook = context.playbook
    company = playbook.settings.company
    title = f"{company} partner playbook" if company else "Partner playbook"
    links = Links(playbook, paths.HOME)
    return View(
        path=paths.HOME,
        place=context.inventory,
        template="home.md.j2",
        title=title,
        description="What partners bring us, where each one is managed, and by whom.",
        hide=("toc",),
        facts={
            "title": title,
            "company": company or "us",
            "as_of": playbook.as_of.isoformat(),
            "lines": tuple(Line(links.function(one.id), one.value) for one in playbook.functions.values()),
            "figures": tuple(_figures(context, links)),
            **_doors(context, links),
        },
    )


def _doors(context: Context, links: Links) -> dict[str, Md]:
    """The links of the three doors, by the name that the template gives them."""
    return {
        "directory": links.to("partner directory", paths.PARTNERS),
        "ownership": links.to("ownership directory", paths.OWNERSHIP),
        "glossary": links.to("glossary", paths.GLOSSARY),
        "departments": links.to("department", paths.DEPARTMENTS),
        "findings": links.to("findings", paths.FINDINGS),
        "problems": links.to("every problem code", paths.PROBLEMS),
        "functions": links.to(count(len(context.playbook.functions), "function"), paths.FUNCTIONS),
        "types": links.to(count(len(context.playbook.types), "type"), paths.TYPES),
        "modes": links.to(count(len(context.playbook.modes), "mode"), paths.MODES),
    }


def _figures(context: Context, links: Links) -> Iterator[Figure]:
    """What is counted of today's inventory; relationships that ended are left out."""
    current = [r for r in context.playbook.relationships if not r.ended]
    partners = {r.partner for r in current}
    active = {r.partner for r in current if r.active}
    departments = {r.department for r in current}
    owners = {r.owner for r in current if r.owner is not None}
    unowned = sum(map(context.playbook.ownerless, current))
    label = f"{_plural(len(partners), 'partner')}, {len(active)} of them active"
    yield _figure(links, len(partners), label, paths.PARTNERS)
    managing = _plural(len(departments), "department") + " with partners"
    yield _figure(links, len(departments), managing, paths.DEPARTMENTS)
    yield _figure(links, len(owners), _plural(len(owners), "owner"), paths.OWNERSHIP)
    if unowned:
        label = _plural(unowned, "relationship") + " without an owner"
        yield _figure(links, unowned, label, f"{paths.OWNERSHIP}#unowned")
    yield from _type_figures(context, links)
    others = sum(not unit.as_expected for _, unit in context.units)
    if others:
        label = _plural(others, "relationship") + " managed otherwise than expected"
        yield _figure(links, others, label, f"{paths.MODES}#unexpected")
    findings = len(context.findings)
    yield _figure(links, findings, _plural(findings, "finding") + " to look at", paths.FINDINGS)


def _type_figures(context: Context, links: Links) -> Iterator[Figure]:
    playbook = context.playbook
    wanted = [one.id for one in playbook.types.values() if one.scope != "out"]
    held = sum(bool(playbook.partners_by_type[type_id]) for type_id in wanted)
    yield _figure(links, held, f"of {count(len(wanted), 'type')} with a partner", paths.TYPES)
    needed = {r.type for offer in playbook.offers.values() if offer.status != "retired" for r in offer.requires}
    if needed:
        active = {unit.type for relationship, unit in context.units if relationship.active}
        label = f"of {count(len(needed), 'type')} that our offers need, with an active partner"
        yield _figure(links, len(needed & active), label, paths.TYPES)


def _figure(links: Links, number: int, label: str, target: str) -> Figure:
    return Figure(links.to(str(number), target), label)


def _plural(number: int, word: str) -> str:
    return word if number == 1 else f"{word}s"
