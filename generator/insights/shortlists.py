"""Who could do something for a customer: partners for an offer in a region, the most promising first, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.insights.reviews import days_late
from generator.model import Entry, Playbook, Relationship, Status

STANDING = (Status.ACTIVE, Status.ONBOARDING, Status.PROSPECT)
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
        return (*self.fit, *self._known)

    @property
    def fit(self) -> tuple[int, ...]:
        """The first of these, status and region: for all else it is the same wherever it is to serve."""
        return self.standing, not self.covers

    @property
    def standing(self) -> int:
        """How ready its status says that it is, 0 the most."""
        return STANDING.index(self.entry.status)

    @property
    def _known(self) -> tuple[int, ...]:
        return (
            not self.owned,
            not self.entry.certifications,
            (True, None, False).index(self.kept_up),
            not self.entry.lead,
        )


def _shortlisted(playbook: Playbook, entry: Entry, relationship: Relationship) -> Shortlisted:
    """A relationship as it would serve anywhere."""
    late = days_late(playbook, entry)
    return Shortlisted(
        entry=entry,
        relationship=relationship,
        covers=True,
        kept_up=None if late is None else late <= 0,
        owned=not playbook.ownerless(entry),
    )


class Shortlists:
    """Finds them; looks through the inventory once.

    `all` has everybody with whom something may come about, the best first; of equal ones, by name.  Sorted once more by
    status and by whether a region is recorded, what is equal left as it is, those of an offer that may serve in the
    region stand as `find` gives them.
    """

    def __init__(self, playbook: Playbook) -> None:
        partners = playbook.partners
        pairs = (pair for pair in playbook.relationships(active=False) if pair[0].status in STANDING)
        self.all = [_shortlisted(playbook, entry, relationship) for entry, relationship in pairs]
        self.all.sort(key=lambda one: (one.order, partners[one.entry.partner].name.casefold()))
        self._by_offer: dict[str, list[Shortlisted]] = {}
        for one in self.all:
            for offer in one.entry.offers:
                self._by_offer.setdefault(offer, []).append(one)

    def find(self, offer: str, region: str | None) -> Sequence[Shortlisted]:
        """Those that are recorded for the offer and may serve in the region (None: anywhere), in the same order."""
        recorded = self._by_offer.get(offer, ())
        if region is None:
            return recorded
        found = [
            one if one.entry.regions else replace(one, covers=False)
            for one in recorded
            if region in (one.entry.regions or (region,))
        ]
        return sorted(found, key=lambda one: one.fit)
