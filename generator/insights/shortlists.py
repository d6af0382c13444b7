"""Who could do something for a customer: partners for an offer in a region, the most promising first, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.insights.reviews import days_late
from generator.model import Entry, Playbook, Relationship, Status

_STANDING = (Status.ACTIVE, Status.ONBOARDING, Status.PROSPECT)
"""Those with whom something may come about, the readiest first."""


@dataclass(frozen=True)
class Shortlisted:
    """One relationship that may serve.

    `covers` says whether the region is recorded; it is False where none is recorded at all, which may mean anywhere.
    `kept_up`: the last review is not overdue, or None where its mode asks for none or none is recorded.
    """

    entry: Entry
    relationship: Relationship
    covers: bool
    kept_up: bool | None
    owned: bool

    @property
    def order(self) -> tuple[int, ...]:
        """The readier and the better known come first: status, region, owner, certificates, review, who leads."""
        return (self.standing, not self.covers, *self._known)

    @property
    def standing(self) -> int:
        """How ready its status says that it is, 0 the most."""
        return _STANDING.index(self.entry.status)

    @property
    def _known(self) -> tuple[int, ...]:
        return (
            not self.owned,
            not self.entry.certifications,
            (True, None, False).index(self.kept_up),
            not self.entry.lead,
        )


def _shortlisted(playbook: Playbook, entry: Entry, relationship: Relationship, region: str | None) -> Shortlisted:
    """A relationship as it would serve in a region, or anywhere."""
    late = days_late(playbook, entry)
    return Shortlisted(
        entry=entry,
        relationship=relationship,
        covers=region is None or region in entry.regions,
        kept_up=None if late is None else late <= 0,
        owned=not playbook.ownerless(entry),
    )


class Shortlists:
    """Finds them; looks through the inventory once."""

    def __init__(self, playbook: Playbook) -> None:
        self._playbook = playbook
        self._all = [pair for pair in playbook.relationships(active=False) if pair[0].status in _STANDING]
        self._by_offer: dict[str, list[tuple[Entry, Relationship]]] = {}
        for entry, relationship in self._all:
            for offer in entry.offers:
                self._by_offer.setdefault(offer, []).append((entry, relationship))

    def find(self, offer: str, region: str | None) -> list[Shortlisted]:
        """Those that are recorded for the offer and may serve in the region (None: anywhere), the best first; of equal
        ones, by name.
        """
        fitting = (
            pair for pair in self._by_offer.get(offer, ()) if region is None or region in (pair[0].regions or (region,))
        )
        return self._ordered(fitting, region)

    def all(self) -> list[Shortlisted]:
        """Everybody with whom something may come about, in the same order, wherever they work.

        Sorted once more by status and by whether a region is recorded, what is equal left as it is, those of an offer
        that may serve in the region stand as `find` gives them.
        """
        return self._ordered(self._all, None)

    def _ordered(self, pairs: Iterable[tuple[Entry, Relationship]], region: str | None) -> list[Shortlisted]:
        partners = self._playbook.partners
        found = (_shortlisted(self._playbook, entry, relationship, region) for entry, relationship in pairs)
        return sorted(found, key=lambda one: (one.order, partners[one.entry.partner].name.casefold()))
