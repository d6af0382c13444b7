"""What is different between two states of a playbook: the data, and with it findings and gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.compare.changes import Change, bare_reviews
from generator.compare.deltas import Compared, compared
from generator.compare.records import Ids
from generator.compare.telling import told
from generator.findings import Finding, Identity, find, identify
from generator.findings.bulk import BULK_REVIEW
from generator.findings.company import WAIVER_UNUSED
from generator.findings.identity import SAME_DOMAIN, SIMILAR_NAME
from generator.findings.ownership import NO_LEAD, TWO_LEADS
from generator.insights.coverage import Need, coverage
from generator.model import Playbook

_Found = Sequence[Finding]
_Known = Iterable[tuple[Identity, Finding]]


@dataclass(frozen=True)
class Difference:
    """Findings and gaps that opened are those of `after`, those that closed are of `before`."""

    before: Playbook
    after: Playbook
    changes: tuple[Change, ...]
    findings_opened: tuple[Finding, ...]
    findings_closed: tuple[Finding, ...]
    gaps_opened: tuple[Need, ...]
    gaps_closed: tuple[Need, ...]

    @property
    def noticed(self) -> tuple[Change, ...]:
        """The changes that readers of the site notice."""
        return tuple(change for change in self.changes if change.kind.noticed)

    @property
    def details(self) -> tuple[Change, ...]:
        """All other changes."""
        return tuple(change for change in self.changes if not change.kind.noticed)

    @property
    def bare_reviews(self) -> tuple[Change, ...]:
        """The reviews of entries in which nothing else changed."""
        return bare_reviews(self.changes)

    def __bool__(self) -> bool:
        return any((self.changes, self.findings_opened, self.findings_closed, self.gaps_opened, self.gaps_closed))


def difference(before: Playbook, after: Playbook, found: tuple[_Found, _Found] | None = None) -> Difference:
    """What is different; ValueError where the two are of different days, since days alone open findings.

    `found` is what `find` gives for each of them, where it was asked already.
    """
    if before.as_of != after.as_of:
        raise ValueError(f"one state is as of {before.as_of}, the other as of {after.as_of}")
    same = compared(before, after)
    opened, closed = _findings(same, found or (find(before), find(after)))
    gaps_before, gaps_after = _gaps(before, same.ids), _gaps(after, {})
    return Difference(
        before,
        after,
        changes=told(same),
        findings_opened=opened,
        findings_closed=closed,
        gaps_opened=tuple(need for key, need in gaps_after.items() if key not in gaps_before),
        gaps_closed=tuple(need for key, need in gaps_before.items() if key not in gaps_after),
    )


def opened_findings(before: Playbook, after: Playbook, found: tuple[_Found, _Found]) -> tuple[Finding, ...]:
    """The findings of `after` that `before` did not have, by whatever ids; `found` is as above."""
    return _findings(compared(before, after), found)[0]


def _findings(same: Compared, found: tuple[_Found, _Found]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings that opened, and those that closed."""
    parts = {f"{kind}:{old}": f"{kind}:{new}" for kind, ids in same.ids.items() for old, new in ids.items()}
    parts |= {f"by:{old}": f"by:{new}" for old, new in same.ids["person"].items()}
    parts |= {f"id:{old}": f"id:{new}" for ids in same.ids.values() for old, new in ids.items()}
    moved = {
        (old.partner, old.department): new.department
        for pairs in same.pairs.values()
        for old, new in pairs
        if old.department != new.department
    }
    found_before, found_after = found
    known_before = []
    for finding in found_before:
        identity = identify(finding, parts)
        department = finding.department or ""
        there = moved.get((finding.partner or "", department)) or same.ids["department"].get(department, department)
        known_before.append((_anywhere(identity._replace(department=there or None)), finding))
    known_after = [(_anywhere(identify(finding)), finding) for finding in found_after]
    return _lacking(known_after, known_before), _lacking(known_before, known_after)


def _anywhere(identity: Identity) -> Identity:
    """What stays of a finding about several entries while another one of them comes to stand first in the files."""
    match identity.code:
        case SAME_DOMAIN.slug | SIMILAR_NAME.slug:
            pair = sorted([f"partner:{identity.partner}", *identity.key])
            return Identity(identity.code, None, None, tuple(pair))
        case TWO_LEADS.slug | NO_LEAD.slug | WAIVER_UNUSED.slug:
            return identity._replace(department=None)
        case BULK_REVIEW.slug:
            return identity._replace(partner=None, department=None)
        case _:
            return identity


def _lacking(findings: _Known, others: _Known) -> tuple[Finding, ...]:
    """The findings that the others lack; of several that nothing tells apart, the last ones."""
    remaining = Counter(known for known, _ in others)
    lacking = []
    for known, finding in findings:
        if remaining[known]:
            remaining[known] -= 1
        else:
            lacking.append(finding)
    return tuple(lacking)


def _gaps(playbook: Playbook, ids: Ids) -> Mapping[tuple[str, str, str | None], Need]:
    """The gaps of a playbook, each under the ids of today."""
    offers, types = ids.get("offer", {}), ids.get("type", {})
    gaps = coverage(playbook).gaps
    return {(offers.get(need.offer, need.offer), types.get(need.type, need.type), need.region): need for need in gaps}
