"""What changed in the inventory of late, edition by edition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from generator import paths
from generator.compare import Change, Edition
from generator.markdown import Md, escape, join, md, verbatim
from generator.views.kit.context import Context
from generator.views.kit.links import Links
from generator.views.kit.long_tables import LongTables, fair
from generator.views.kit.tables import Table
from generator.views.kit.view import View
from generator.words import count

_FEW = 2
"""Of so many partners of an edition the home page tells something, and of each so many changes."""


@dataclass(frozen=True)
class ShownEdition:
    """One edition; its changes are a table of one column, a sentence a partner."""

    title: str
    anchor: Md
    author: str
    size: str
    changes: Table


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
    long, by_partner = LongTables(links), {edition.id: _by_partner(edition.changes) for edition in editions}
    rows = fair(map(len, by_partner.values()))
    return View(
        path=paths.CHANGES,
        template="changes.md.j2",
        title="Changes",
        description="What became different in the inventory of late: partners, owners, types and modes.",
        facts=ChangesFacts(
            feed=links.to("the feed of changes", paths.CHANGES_FEED),
            editions=tuple(_shown(long, edition, by_partner[edition.id], rows) for edition in editions),
            unread=unread,
        ),
        place=context.inventory,
        more=long.pages,
        feed=paths.CHANGES_FEED if editions else "",
    )


_Told = tuple[str, Sequence[Change]]
"""What changed, by the id of a partner or the name of whatever else it is, and how."""


def _by_partner(changes: Sequence[Change]) -> Sequence[_Told]:
    """Partners, and whatever else changed, in the order in which the first change of each is told."""
    told: dict[tuple[bool, str], list[Change]] = {}
    for change in changes:
        key = (change.partner is not None, change.partner if change.partner is not None else change.name)
        told.setdefault(key, []).append(change)
    return tuple((name, same) for (_, name), same in told.items())


Edited = tuple[Edition, Sequence[Change]]
"""What an edition changed in one partner."""


def by_partner(editions: Sequence[Edition], most: int = 3) -> Mapping[str, Sequence[Edited]]:
    """The last few editions that changed each partner, by its id, the newest first."""
    edited: dict[str, list[Edited]] = {}
    for edition in editions:
        for partner, changes in _by_partner(edition.changes):
            if changes[0].partner is not None and len(told := edited.setdefault(partner, [])) < most:
                told.append((edition, changes))
    return edited


def _shown(long: LongTables, edition: Edition, by_partner: Sequence[_Told], rows: int) -> ShownEdition:
    title, anchor = f"{edition.moment.date()}: {edition.about}", paths.edition_anchor(edition.id)
    return ShownEdition(
        title=title,
        anchor=verbatim(anchor),
        author=edition.author,
        size=count(len(edition.changes), "change").capitalize(),
        changes=long.table(anchor, by_partner, _sentences, _name, heading=title, rows=rows),
    )


def _name(told: _Told) -> str:
    _, changes = told
    return changes[0].name


@dataclass(frozen=True)
class LatestChange:
    """What an edition changed in a partner, or in whatever else is named.

    The name is the only link: to the partner's page, or to all of that edition where it is nobody's page.
    """

    day: str
    name: Md
    words: Md


def latest(links: Links, editions: Sequence[Edition], most: int) -> tuple[LatestChange, ...]:
    """The first few changes that the page tells; a large edition leaves room for those before it."""
    return tuple(islice((line for edition in editions for line in _of_edition(links, edition)), most))


def _of_edition(links: Links, edition: Edition) -> Iterator[LatestChange]:
    whole = f"{paths.CHANGES}#{paths.edition_anchor(edition.id)}"
    by_partner = _by_partner(edition.changes)
    shown = by_partner if len(by_partner) <= _FEW + 1 else by_partner[:_FEW]
    for told in shown:
        yield _latest(links, edition, told, whole)
    if rest := len(by_partner) - len(shown):
        yield LatestChange(str(edition.moment.date()), links.to(f"{rest} more", whole), escape("changed, too"))


def _latest(links: Links, edition: Edition, told: _Told, whole: str) -> LatestChange:
    partner, changes = told
    name = links.partner(partner) if _listed(links, *told) else links.to(changes[0].name, whole)
    words = [change.words for change in changes[:_FEW]]
    if rest := changes[_FEW:]:
        words.append(f"{len(rest)} more")
    return LatestChange(str(edition.moment.date()), name, join("; ", words))


def _listed(links: Links, partner: str, changes: Sequence[Change]) -> bool:
    return changes[0].partner is not None and partner in links.playbook.partners


def _named(links: Links, partner: str, changes: Sequence[Change]) -> Md:
    return links.partner(partner) if _listed(links, partner, changes) else escape(changes[0].name)


def _sentences(links: Links, by_partner: Sequence[_Told]) -> Table:
    def sentence(partner: str, changes: Sequence[Change]) -> Md:
        return md("{} {}.", _named(links, partner, changes), join("; ", (change.words for change in changes)))

    return Table(("Change",), tuple((sentence(*told),) for told in by_partner))
