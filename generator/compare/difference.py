"""What is different between two states of a playbook: the inventory, and with it findings and gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.compare.changes import Change, ChangeKind, changes_between, type_now
from generator.findings import Finding, Identity, find, identify, new_ids
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
    def bare_reviews(self) -> tuple[Change, ...]:
        """The reviews of entries in which nothing else changed."""
        touched = Counter((change.partner, change.department) for change in self.changes)
        reviews = (change for change in self.changes if change.kind is ChangeKind.REVIEW)
        return tuple(change for change in reviews if touched[change.partner, change.department] == 1)

    def __bool__(self) -> bool:
        return any((self.changes, self.findings_opened, self.findings_closed, self.gaps_opened, self.gaps_closed))


def difference(before: Playbook, after: Playbook, found: tuple[_Found, _Found] | None = None) -> Difference:
    """What is different; ValueError where the two are of different days, since days alone open findings.

    `found` is what `find` gives for each of them, where it was asked already.
    """
    if before.as_of != after.as_of:
        raise ValueError(f"one state is as of {before.as_of}, the other as of {after.as_of}")
    types = {f"type:{type_id}": f"type:{type_now(before, after, type_id)}" for type_id in before.types}
    renamed = {**new_ids(after), **types}
    found_before, found_after = found or (find(before), find(after))
    known_before = [(identify(finding, renamed), finding) for finding in found_before]
    known_after = [(identify(finding), finding) for finding in found_after]
    gaps_before, gaps_after = _gaps(before, after), _gaps(after, after)
    return Difference(
        before,
        after,
        changes=changes_between(before, after),
        findings_opened=_lacking(known_after, known_before),
        findings_closed=_lacking(known_before, known_after),
        gaps_opened=tuple(need for key, need in gaps_after.items() if key not in gaps_before),
        gaps_closed=tuple(need for key, need in gaps_before.items() if key not in gaps_after),
    )


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


def _gaps(playbook: Playbook, after: Playbook) -> Mapping[tuple[str, str, str | None], Need]:
    """The gaps of a playbook, each under the id that its type has afterwards."""
    gaps = coverage(playbook).gaps
    return {(need.offer, type_now(playbook, after, need.type), need.region): need for need in gaps}
