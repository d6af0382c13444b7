"""What changed in the inventory of late, edition by edition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator import paths
from generator.compare import Change, Edition
from generator.markdown import Md, escape, join, md, verbatim
from generator.views.kit.context import Context
from generator.views.kit.links import Links
from generator.views.kit.view import View
from generator.words import count


@dataclass(frozen=True)
class ShownEdition:
    """One edition, as sentences."""

    title: str
    anchor: Md
    author: str
    size: str
    parts: tuple[Md, ...]


@dataclass(frozen=True)
class ChangesFacts:
    """What `changes.md.j2` places."""

    feed: Md
    editions: tuple[ShownEdition, ...]
    unread: bool


def view(context: Context, editions: Sequence[Edition], unread: bool) -> View:
    """Every edition with its changes; a partner that is still listed is linked.

    `unread` says that there may be more, which could not be read: why, is for whoever built the site.
    """
    links = Links(context.playbook, paths.CHANGES)
    return View(
        path=paths.CHANGES,
        template="changes.md.j2",
        title="Changes",
        description="What became different in the inventory of late: partners, owners, types and modes.",
        facts=ChangesFacts(
            feed=links.to("the feed of changes", paths.CHANGES_FEED),
            editions=tuple(_shown(links, edition) for edition in editions),
            unread=unread,
        ),
        place=context.inventory,
        feed=paths.CHANGES_FEED if editions else "",
    )


def _shown(links: Links, edition: Edition) -> ShownEdition:
    return ShownEdition(
        title=f"{edition.moment.date()}: {edition.about}",
        anchor=verbatim(paths.edition_anchor(edition.id)),
        author=edition.author,
        size=count(len(edition.changes), "change").capitalize(),
        parts=tuple(_sentences(links, edition.changes)),
    )


def _sentences(links: Links, changes: Sequence[Change]) -> Iterator[Md]:
    """One line for each partner, or whatever else changed, in the order in which its first change is told."""
    order: dict[tuple[str | None, str], list[Change]] = {}
    for change in changes:
        name = change.name if change.partner is None else ""
        order.setdefault((change.partner, name), []).append(change)
    for (partner, _), same in order.items():
        listed = partner is not None and partner in links.playbook.partners
        name = links.partner(partner) if listed and partner is not None else escape(same[0].name)
        yield md("{} {}.", name, join("; ", (change.words for change in same)))
