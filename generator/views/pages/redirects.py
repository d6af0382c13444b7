"""Old addresses: former ids lead to the pages of today, and those of companies that were bought to who bought them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import paths
from generator.markdown import Md, md
from generator.problems import Place
from generator.views.kit.context import Context
from generator.views.kit.links import Links
from generator.views.kit.view import TAXONOMY, View
from generator.views.kit.words import series
from generator.views.parts.types import former_ids, may_be_an_id


@dataclass(frozen=True)
class RedirectsFacts:
    """What `redirect.md.j2` places: a sentence that leads on, for whoever stays on the page."""

    words: Md


def pages(context: Context) -> Iterator[View]:
    """A page for each id that something had once, or another company, and is nobody's today."""
    playbook = context.playbook
    for partner in playbook.partners.values():
        for old in partner.formerly:
            here = paths.partner(old)
            leads = Links(playbook, here).partner(partner.id)
            yield _moved(here, partner.name, leads, partner.id, partner.place)
        for bought in partner.acquired:
            here = paths.partner(bought.id)
            words = md("{} was acquired by {}.", bought.name, Links(playbook, here).partner(partner.id))
            said = f"{bought.name} was acquired by {partner.name}."
            yield _page(here, bought.name, said, words, partner.id, partner.place)
    for department in playbook.departments.values():
        for old in department.formerly:
            here = paths.department(old)
            leads = Links(playbook, here).department(department.id)
            yield _moved(here, department.name, leads, department.id, department.place)
            for page, way in (
                (paths.first_day, f"../{department.id}/first-day"),
                (paths.embed_department, department.id),
            ):
                leads = Links(playbook, page(old)).to(department.name, page(department.id))
                yield _moved(page(old), department.name, leads, way, department.place)
    for person in playbook.people.values():
        for old in person.formerly if person.id in context.named_people else ():
            here = paths.person(old)
            yield _moved(here, person.name, Links(playbook, here).person(person.id), person.id, person.place)
    yield from _types(context)


def _types(context: Context) -> Iterator[View]:
    """The old id of a type is one of its other names, or one of those that several types share."""
    playbook = context.playbook
    for one in playbook.types.values():
        for old in former_ids(one):
            for page in (paths.partner_type, paths.embed_type):
                leads = Links(playbook, page(old)).to(one.name, page(one.id))
                yield _moved(page(old), one.name, leads, one.id, one.place)
    for old, types in playbook.ambiguous_aliases.items():
        if may_be_an_id(old) and old not in playbook.types:
            here = paths.partner_type(old)
            leads = series([Links(playbook, here).type(one) for one in types])
            said = f"Several types go by the name {old}."
            yield _page(here, old, said, md("Partners of this type are now one of these: {}.", leads), "", TAXONOMY)


def _moved(here: str, name: str, leads: Md, ident: str, place: Place) -> View:
    return _page(here, name, f"The page of {name} has moved.", md("This page has moved: {}.", leads), ident, place)


def _page(here: str, title: str, said: str, words: Md, ident: str, place: Place) -> View:
    """`ident` is the page that browsers are sent to at once, where there is one: an id, or a way from this folder."""
    return View(
        path=here,
        template="redirect.md.j2",
        title=title,
        description=said,
        facts=RedirectsFacts(words),
        place=place,
        boost=0,
        redirect=f"{ident}/" if ident else "",
    )
