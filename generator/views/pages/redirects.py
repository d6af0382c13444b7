"""Old addresses: a partner's former ids lead to its page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import paths
from generator.markdown import Md
from generator.views.kit.context import Context
from generator.views.kit.links import Links
from generator.views.kit.view import View


@dataclass(frozen=True)
class RedirectsFacts:
    """What `redirect.md.j2` places."""

    partner: Md


def pages(context: Context) -> Iterator[View]:
    """A page for each former id."""
    for partner in context.playbook.partners.values():
        for old in partner.formerly:
            here = paths.partner(old)
            yield View(
                path=here,
                template="redirect.md.j2",
                title=partner.name,
                description=f"The page of {partner.name} has moved.",
                facts=RedirectsFacts(
                    partner=Links(context.playbook, here).partner(partner.id),
                ),
                place=partner.place,
                boost=0,
                redirect=f"{partner.id}/",
            )
