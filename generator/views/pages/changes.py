"""What changed in the inventory of late, edition by edition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from generator import paths
from generator.compare import Change, Edition
from generator.markdown import Md, escape, join, md, verbatim
from generator.model import Playbook
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
    links, ids = Links(context.playbook, paths.CHANGES), _todays_ids(context.playbook)
    long, told = LongTables(links), {edition.id: _by_partner(edition.in_short, ids) for edition in editions}
    rows = fair(map(len, told.values()))
    return View(
        path=paths.CHANGES,
        template="changes.md.j2",
        title="Changes",
        description="What became different in the inventory of late: partners, owners, types and modes.",
        facts=ChangesFacts(
            feed=links.to("the feed of changes", paths.CHANGES_FEED),
            editions=tuple(_shown(long, edition, told[edition.id], rows) for edition in editions),
            unread=unread,
        ),
        place=context.inventory,
        more=long.pages,
        feed=paths.CHANGES_FEED if editions else "",
    )


class _Told(NamedTuple):
    """What changed in one partner, or in whatever else it is that the changes name, as it was called then.

    `listed` is the partner's id of today; None where nobody is listed.
    """

    listed: str | None
    changes: Sequence[Change]


def _todays_ids(playbook: Playbook) -> Mapping[str, str]:
    """The id of every listed partner by itself, and by each that it, or who became one with it, had before."""
    former = {old: partner.id for partner in playbook.partners.values() for old in partner.former_ids}
    return former | {ident: ident for ident in playbook.partners}


def _by_partner(changes: Sequence[Change], ids: Mapping[str, str]) -> Sequence[_Told]:
    """Partners, and whatever else changed, in the order in which the first change of each is told."""
    told: dict[tuple[bool, str], list[Change]] = {}
    for change in changes:
        key = (change.partner is not None, change.partner if change.partner is not None else change.name)
        told.setdefault(key, []).append(change)
    return tuple(_Told(ids.get(name) if partner else None, same) for (partner, name), same in told.items())


Edited = tuple[Edition, Sequence[Change]]
"""What an edition changed in one partner, who may have had another id then."""


def by_partner(playbook: Playbook, editions: Sequence[Edition], most: int = 3) -> Mapping[str, Sequence[Edited]]:
    """The last few editions that changed each partner, by its id of today, the newest first."""
    edited: dict[str, list[Edited]] = {}
    ids = _todays_ids(playbook) if editions else {}
    for edition in editions:
        for listed, changes in _by_partner(edition.changes, ids):
            if listed is not None and len(told := edited.setdefault(listed, [])) < most:
                told.append((edition, changes))
    return edited


def _shown(long: LongTables, edition: Edition, by_partner: Sequence[_Told], rows: int) -> ShownEdition:
    title, anchor = f"{edition.moment.date()}: {edition.about}", paths.edition_anchor(edition.id)
    return ShownEdition(
        title=title,
        anchor=verbatim(anchor),
        author=edition.author,
        size=count(len(edition.in_short), "change").capitalize(),
        changes=long.table(anchor, by_partner, _sentences, _name, heading=title, rows=rows),
    )


def _name(told: _Told) -> str:
    return told.changes[0].name


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
    ids = _todays_ids(links.playbook) if editions else {}
    return tuple(islice((line for edition in editions for line in _of_edition(links, edition, ids)), most))


def _of_edition(links: Links, edition: Edition, ids: Mapping[str, str]) -> Iterator[LatestChange]:
    whole = f"{paths.CHANGES}#{paths.edition_anchor(edition.id)}"
    everybody = _by_partner(edition.in_short, ids)
    shown = everybody if len(everybody) <= _FEW + 1 else everybody[:_FEW]
    for told in shown:
        yield _latest(links, edition, told, whole)
    if rest := len(everybody) - len(shown):
        yield LatestChange(str(edition.moment.date()), links.to(f"{rest} more", whole), escape("changed, too"))


def _latest(links: Links, edition: Edition, told: _Told, whole: str) -> LatestChange:
    page = paths.partner(told.listed) if told.listed is not None else whole
    words = [change.words for change in told.changes[:_FEW]]
    if rest := told.changes[_FEW:]:
        words.append(f"{len(rest)} more")
    return LatestChange(str(edition.moment.date()), links.to(_name(told), page), join("; ", words))


def _sentences(links: Links, by_partner: Sequence[_Told]) -> Table:
    def sentence(told: _Told) -> Md:
        name = links.to(_name(told), paths.partner(told.listed)) if told.listed is not None else escape(_name(told))
        return md("{} {}.", name, join("; ", (change.words for change in told.changes)))

    return Table(("Change",), tuple((sentence(told),) for told in by_partner))
