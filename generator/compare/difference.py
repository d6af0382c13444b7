"""What is different between two states of a playbook: the data, and with it findings and gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.compare.changes import Change, bare_reviews
from generator.compare.deltas import Compared, compared
from generator.compare.records import Ids
from generator.compare.telling import told
from generator.findings import Finding, Identity, find, identify
from generator.insights.coverage import Need, coverage
from generator.model import RULE_CODE, Playbook
from generator.problems import Place

_Found = Sequence[Finding]
_Known = Iterable[tuple[Identity, Finding]]


class _Stands(NamedTuple):
    """An entry of one state: its place there, its department of today, and a name that tells it from others."""

    place: Place
    department: str
    name: str


_Standing = Mapping[tuple[str, str], Sequence[_Stands]]
"""Entries by the ids of their partner and department in that state."""


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
    olds, news = _standing(same)
    parts |= {f"code:{RULE_CODE}{old}": f"code:{RULE_CODE}{new}" for old, new in same.ids["rule"].items()}
    found_before, found_after = found
    known_before = [(_known(finding, olds, parts), finding) for finding in found_before]
    known_after = [(_known(finding, news, {}), finding) for finding in found_after]
    return _lacking(known_after, known_before), _lacking(known_before, known_after)


def _standing(same: Compared) -> tuple[_Standing, _Standing]:
    """The entries of before and of today, of the partners of which some are not the same.

    Those that are one have one name; an entry that has joined another one has the name of that.
    """
    olds: dict[tuple[str, str], list[_Stands]] = {}
    news: dict[tuple[str, str], list[_Stands]] = {}
    names: dict[tuple[str, str], str] = {}
    for old, new in (pair for pairs in same.pairs.values() for pair in pairs):
        name = f"entry:{new.place.file}:{new.place.line}:{new.place.column}"
        names.setdefault((new.partner, new.department), name)
        olds.setdefault((old.partner, old.department), []).append(_Stands(old.place, new.department, name))
        news.setdefault((new.partner, new.department), []).append(_Stands(new.place, new.department, name))
    for new in (entry for entries in same.new.values() for entry in entries):
        news.setdefault((new.partner, new.department), []).append(_Stands(new.place, new.department, "entry:new"))
    for delta in same.deltas:
        if delta.kind == "entry" and delta.after is None and delta.place_before is not None:
            partner, department, _ = (delta.before or "").split("/", 2)
            now = same.ids["partner"].get(partner, partner), same.ids["department"].get(department, department)
            name = names.get(now, "entry:gone") if now != (partner, department) else "entry:gone"
            olds.setdefault((partner, department), []).append(_Stands(delta.place_before, now[1], name))
    return olds, news


def _at(finding: Finding, standing: _Standing) -> tuple[str, str]:
    """The department of today, and the name, of the entry that a finding is about: a department may have two entries
    of one partner.  Both are empty where that is none of those that stand there.
    """
    place = finding.place
    entries = standing.get((finding.partner or "", finding.department or ""), ())
    above = [one for one in entries if one.place.file == place.file and one.place.line <= place.line]
    last = max(above, key=lambda one: one.place.line, default=_Stands(place, "", ""))
    return last.department, last.name


def _known(finding: Finding, standing: _Standing, parts: Mapping[str, str]) -> Identity:
    """What a finding is known by, with the entry where it is about one."""
    identity = identify(finding, parts)
    if identity.department is None:
        return identity
    there, name = _at(finding, standing)
    return identity._replace(department=there or identity.department, key=(*identity.key, name))


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
