"""Checked shapes to a Playbook, with every error between them and not the first alone."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from generator.model import Logo, Playbook, Snapshot
from generator.problems import Problem
from generator.resolve.inventory import Settled, entries_by_partner, resolve_inventory, resolve_logos
from generator.resolve.plans import (
    check_fields,
    check_settings,
    declare_people,
    declare_plans,
    resolve_people,
    resolve_portfolio,
    resolve_settings,
    resolve_strategy,
    resolve_toolkit,
)
from generator.resolve.references import References, TypeNames
from generator.resolve.rules import resolve_rules
from generator.resolve.sources import resolve_sources
from generator.resolve.taxonomy import resolve_taxonomy
from generator.schema.shapes import (
    DepartmentShape,
    People,
    Portfolio,
    RulesFile,
    SettingsFile,
    Sources,
    Strategy,
    Taxonomy,
    Toolkit,
)

__all__ = ["Shapes", "TypeNames", "resolve"]


@dataclass(frozen=True)
class Shapes:
    """What the data files say, each checked by itself.

    `unread` are the kinds of which nobody can tell what ids there are, and `dropped` the ids of entries that are left
    out, since something is wrong with them: that these are not known is no further error.
    """

    taxonomy: Taxonomy | None = None
    departments: tuple[DepartmentShape, ...] = ()
    settings: SettingsFile = field(default_factory=SettingsFile)
    people: People = field(default_factory=People)
    portfolio: Portfolio = field(default_factory=Portfolio)
    strategy: Strategy = field(default_factory=Strategy)
    toolkit: Toolkit = field(default_factory=Toolkit)
    rules: RulesFile = field(default_factory=RulesFile)
    sources: Sources = field(default_factory=Sources)
    history: tuple[Snapshot, ...] = ()
    logos: tuple[Logo, ...] = ()
    unread: Set[str] = frozenset()
    dropped: Set[str] = frozenset()


def resolve(
    shapes: Shapes, day: date, findings: Iterable[str], near: tuple[Shapes, Playbook] | None = None
) -> tuple[Playbook, TypeNames, list[Problem]]:
    """The playbook of a day, every way to write a type of it, and what is wrong: then the playbook is of no use.

    `findings` are the codes of all that can be found, and turned off.  `near` is another state in which nothing is
    wrong: partners whose entries, and all that those refer to, are the very same shapes are taken from there.
    """
    references = References(shapes.unread, shapes.dropped)
    settings = resolve_settings(shapes.settings)
    entities: dict[str, Any] = {}
    if shapes.taxonomy is None:
        names = TypeNames(None, (), references)
    else:
        entities, names = resolve_taxonomy(shapes.taxonomy, references)
    people = declare_people(shapes.people, references)
    references.declare("system", shapes.settings.systems)
    references.declare("audience", shapes.settings.audiences)
    declare_plans(shapes.portfolio, shapes.strategy, shapes.toolkit, references)
    departments, partners = resolve_inventory(
        shapes.departments, entities.get("types", {}), names, settings, day, references, _settled(shapes, day, near)
    )
    rules = resolve_rules(shapes.rules, names, settings, references)
    check_settings(settings, [*findings, *(rule.code for rule in rules.values())], references)
    check_fields(shapes.settings.fields, references)
    playbook = Playbook(
        as_of=day,
        settings=settings,
        departments=departments,
        partners=partners,
        people=resolve_people(people, references),
        sources=resolve_sources(shapes.sources, references),
        history=shapes.history,
        rules=rules,
        logos=resolve_logos(shapes.logos, partners, references),
        **entities,
        **resolve_portfolio(shapes.portfolio, names, settings, references),
        **resolve_strategy(shapes.strategy, names, references),
        **resolve_toolkit(shapes.toolkit, names, references),
    )
    return playbook, names, references.problems


def _settled(shapes: Shapes, day: date, near: tuple[Shapes, Playbook] | None) -> Settled:
    """The partners that can be taken from another state; history makes no difference to them."""
    if near is None or near[1].as_of != day or shapes.unread or shapes.dropped:
        return {}
    same = ("taxonomy", "settings", "people", "portfolio", "strategy", "toolkit")
    if any(getattr(shapes, name) is not getattr(near[0], name) for name in same):
        return {}
    partners = near[1].partners
    return {ident: (entries, partners[ident]) for ident, entries in entries_by_partner(near[0].departments).items()}
