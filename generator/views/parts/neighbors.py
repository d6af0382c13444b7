"""The neighbors of a partner: a few of the same type, department or offer, found without looking at everybody."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.markdown import Md, md
from generator.model import Partner, Playbook, Status
from generator.views.kit.links import Links

_FEW = 4
"""So many neighbors of one kind are named."""
_TYPES = 2
_REGIONS = 6
"""So many of a partner's types and regions are looked at."""

_Key = tuple[str, ...]
"""What partners may share: a type, a type in a region, a department or an offer."""


@dataclass(frozen=True)
class Near:
    """Some of those that share one thing with a partner: ids, and why each is named; `number` is that of all of them.

    `kind` is type, department or offer, and `shared` its id.
    """

    kind: str
    shared: str
    number: int
    partners: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Neighbor:
    """`why` says what else they share, or what it is where that is another thing; it may be empty."""

    partner: Md
    why: str


@dataclass(frozen=True)
class Neighbors:
    """Some of those that share one thing, which leads to all of them; `number` counts these, if they are more."""

    shared: Md
    number: str
    named: tuple[Neighbor, ...]


def shown(links: Links, near: Near) -> Neighbors:
    """Neighbors as a page names them."""
    leads = {"type": links.type, "department": links.department, "offer": links.offer}[near.kind]
    return Neighbors(
        shared=md("Same {}: {}", near.kind, leads(near.shared)),
        number=str(near.number) if near.number > len(near.partners) + 1 else "",
        named=tuple(Neighbor(links.partner(partner), why) for partner, why in near.partners),
    )


class Neighborhood:
    """Who shares what, of all partners that we have today, by name: made once for all pages."""

    def __init__(self, playbook: Playbook) -> None:
        self._playbook = playbook
        current = (partner for partner in playbook.partners.values() if partner.current)
        self._ordered = sorted(current, key=lambda partner: (partner.name.casefold(), partner.id))
        self._rank = {partner.id: rank for rank, partner in enumerate(self._ordered)}
        self._about = {partner.id: _about(playbook, partner) for partner in self._ordered}
        self._sharing: dict[_Key, list[int]] = {}
        for rank, partner in enumerate(self._ordered):
            for key in dict.fromkeys(_keys(partner)):
                self._sharing.setdefault(key, []).append(rank)

    def of(self, partner: Partner) -> Iterator[Near]:
        """A few for each of the first types, the first department and the first offer; nobody twice.

        Of the same type, those who share most regions come first; each partner is given those who follow it by name, so
        that all are somebody's neighbors.
        """
        seen, regions, function = {partner.id}, _regions(partner), _function(self._playbook, partner)
        for key in _first(partner):
            following = [one for one in self._following(partner, key, _FEW + len(seen)) if one.id not in seen]
            if key[0] == "type":
                following = self._alike(partner, regions, key, following, seen)
            if near := following[:_FEW]:
                seen.update(one.id for one in near)
                named = tuple((one.id, self._why(key, regions, function, one)) for one in near)
                yield Near(*key, len(self._sharing[key]), named)

    def _following(self, partner: Partner, key: _Key, most: int) -> list[Partner]:
        """Those who share it and follow the partner by name, around the end of the list."""
        ranks = self._sharing.get(key, [])
        start = bisect_right(ranks, self._rank.get(partner.id, -1))
        return [self._ordered[ranks[(start + number) % len(ranks)]] for number in range(min(most, len(ranks)))]

    def _alike(
        self, partner: Partner, regions: Sequence[str], key: _Key, others: Iterable[Partner], seen: set[str]
    ) -> list[Partner]:
        """The same, and those of the same type in each region, by how many regions they share."""
        near = {one.id: one for one in others}
        for region in regions[:_REGIONS]:
            near |= {one.id: one for one in self._following(partner, (*key, region), _FEW) if one.id not in seen}
        return sorted(near.values(), key=lambda one: -len(self._about[one.id].regions.keys() & {*regions}))

    def _why(self, key: _Key, regions: Sequence[str], function: str, other: Partner) -> str:
        about = self._about[other.id]
        if key[0] == "type":
            shared = [region for region in regions if region in about.regions][:3]
        else:
            shared = [about.function] if about.function != function else []
        return ", ".join([*shared, about.status] if about.status else shared)


@dataclass(frozen=True)
class _About:
    """What is said of a neighbor; `status` is empty of one that is active."""

    regions: Mapping[str, None]
    function: str
    status: str


def _about(playbook: Playbook, partner: Partner) -> _About:
    status = partner.status
    state = "" if status is Status.ACTIVE else status.value
    return _About(dict.fromkeys(_regions(partner)), _function(playbook, partner), state)


def _first(partner: Partner) -> Iterator[tuple[str, str]]:
    """What its page names neighbors for."""
    entries = partner.telling
    yield from (("type", kind) for kind in partner.types[:_TYPES])
    yield "department", entries[0].department
    yield from (("offer", offer) for offer in next((entry.offers[:1] for entry in entries if entry.offers), ()))


def _keys(partner: Partner) -> Iterator[_Key]:
    for entry in partner.current:
        yield "department", entry.department
        yield from (("offer", offer) for offer in entry.offers)
        for kind in entry.types:
            yield "type", kind
            yield from (("type", kind, region) for region in entry.regions)


def _regions(partner: Partner) -> Sequence[str]:
    return tuple(dict.fromkeys(region for entry in partner.telling for region in entry.regions))


def _function(playbook: Playbook, partner: Partner) -> str:
    return playbook.functions[playbook.types[partner.types[0]].function].name
