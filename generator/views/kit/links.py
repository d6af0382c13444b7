"""Links from one page to the pages of everything, labelled with names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from generator import paths
from generator.markdown import Md, address, dressed, escape, link, md, url
from generator.model import (
    Entry,
    Field,
    Kind,
    OfferStatus,
    Playbook,
    Status,
    spelled,
)
from generator.views.kit.words import NOT_RECORDED, yes_or_no

CURRENT = tuple(status for status in Status if status is not Status.ENDED)
"""The filter that shows what has not ended."""


@lru_cache(16_384)
def _link(label: str, folder: str, target: str) -> Md:
    """The link that all pages of a folder have to one that is none of them."""
    return link(label, address(paths.relative(folder, target)))


@dataclass(frozen=True)
class Links:
    """Links from the page at `here` to the pages of entities, labelled with their names."""

    playbook: Playbook
    here: str

    def to(self, label: str, target: str) -> Md:
        """A link to the page path `target`, which may carry an anchor or a query; the label alone where those whom the
        playbook is for do not see that page.
        """
        if self.playbook.audience is not None and not self.playbook.shows(paths.family(target)):
            return escape(label)
        # To itself a page has another way than its neighbors, and what is Md already equals text that reads the same.
        if isinstance(label, Md) or target.startswith(self.here):
            return link(label, address(paths.relative(self.here, target)))
        return _link(label, self._folder, target)

    @cached_property
    def _folder(self) -> str:
        return self.here.rpartition("/")[0] + "/" if "/" in self.here else ""

    def if_shown(self, label: str, target: str) -> Md:
        """The same link; nothing where they do not see that page, for what is said of it alone."""
        return self.to(label, target) if self.playbook.shows(paths.family(target)) else Md("")

    def partner(self, partner_id: str) -> Md:
        return self.to(self.playbook.partners[partner_id].name, paths.partner(partner_id))

    def partner_name(self, entry: Entry) -> str:
        """The name of the partner that the entry is about."""
        return self.playbook.partners[entry.partner].name

    def type(self, type_id: str) -> Md:
        return self.to(self.playbook.types[type_id].name, paths.partner_type(type_id))

    def function(self, function_id: str) -> Md:
        """A link to the function, which a table shows as a chip."""
        return dressed(self.to(self.playbook.functions[function_id].name, paths.function(function_id)), "pb-function")

    def mode(self, mode_id: str) -> Md:
        """A link to the mode, which a table shows as a chip."""
        return dressed(self.to(self.playbook.modes[mode_id].name, paths.mode(mode_id)), "pb-mode")

    def stage(self, stage_id: str) -> Md:
        return self.to(self.playbook.stages[stage_id].name, paths.stage(stage_id))

    def factor(self, factor_id: str) -> Md:
        return self.to(self.playbook.factors[factor_id].name, paths.factor(factor_id))

    def department(self, department_id: str) -> Md:
        return self.to(self.playbook.departments[department_id].name, paths.department(department_id))

    def person(self, person: str | None) -> Md:
        """A link to the person's section of the page about people; None: nobody is recorded."""
        if person is None:
            return escape(NOT_RECORDED)
        return self.to(self.playbook.person_name(person), paths.person(person))

    def owner(self, person: str | None) -> Md:
        """The same link, with a word where the person has left; None: nobody owns it."""
        if person is None:
            return escape("nobody")
        left = person in self.playbook.people and not self.playbook.people[person].active
        return md("{} (has left)", self.person(person)) if left else self.person(person)

    def offer(self, offer_id: str) -> Md:
        """A link to the offer's section of the coverage page; a retired one needs nothing, so it has none."""
        offer = self.playbook.offers[offer_id]
        return (
            self.to(offer.name, paths.offer(offer_id))
            if offer.status is not OfferStatus.RETIRED
            else escape(offer.name)
        )

    def objective(self, objective_id: str) -> Md:
        return self.to(self.playbook.objectives[objective_id].title, paths.objective(objective_id))

    def rows(self, label: str | int, **wanted: str | tuple[str, ...]) -> Md:
        """A figure, linked to the rows of the directory that it counts; no link where it counts none."""
        return self.to(str(label), paths.directory(**wanted)) if label else Md("0")

    def current(self, label: str | int, **wanted: str | tuple[str, ...]) -> Md:
        """The same for what has not ended, whatever its status is."""
        return self.rows(label, **wanted, status=CURRENT)

    def held(self, field: Field, value: Any) -> Md:
        """What a custom field holds, as pages show it; empty where it holds nothing."""
        match field.kind:
            case _ if value is None or value == ():
                return Md("")
            case Kind.FLAG:
                return escape(yes_or_no(value))
            case Kind.URL:
                return link(value, url(value))
            case Kind.REFERENCE:
                return self.owner(value)
            case _:
                return escape(spelled(value))

    def problem(self, code_slug: str) -> Md:
        return self.to(code_slug, paths.problem(code_slug))


def by_partner(links: Links, entries: Iterable[Entry]) -> list[Entry]:
    """The relationships by the name of the partner, then by department."""
    partners = links.playbook.partners
    return sorted(entries, key=lambda entry: (partners[entry.partner].name.casefold(), entry.department))


def contact(address: str) -> Md:
    """An e-mail address as a link; nothing where there is none."""
    return link(address, url(f"mailto:{address}")) if address else Md("")
