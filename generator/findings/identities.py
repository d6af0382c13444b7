"""How a finding is known again: in a baseline, in earlier states of the data, and in reports."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from generator.findings.rule import Finding, Subject
from generator.findings.rules import ALL
from generator.model import Playbook, frozen

_SAME: Mapping[str, str] = frozen({})
_SUBJECTS = {rule.code.slug: rule.subject for rule in ALL}


class Identity(NamedTuple):
    """What stays of a finding while lines move, days pass, names change, and the data is put in another order.

    `department` is None where it makes no difference.
    """

    code: str
    partner: str | None
    department: str | None
    key: tuple[str, ...]

    def now(self, renamed: Mapping[str, str]) -> Identity:
        """The same with the ids of today; `renamed` is as `new_ids` gives it."""

        def today(kind: str, ident: str | None) -> str | None:
            part = f"{kind}:{ident}"
            return renamed.get(part, part).removeprefix(f"{kind}:") if ident is not None else None

        code = today("code", self.code) or self.code
        key = tuple(renamed.get(part, part) for part in self.key)
        return Identity(code, today("partner", self.partner), today("department", self.department), key)._by_subject()

    def _by_subject(self) -> Identity:
        """Without what comes of the order of files and departments alone."""
        match _SUBJECTS.get(self.code, Subject.ENTRY):
            case Subject.PARTNER:
                return self._replace(department=None)
            case Subject.PAIR if self.partner is not None:
                first, *others = sorted([f"partner:{self.partner}", *self.key])
                return Identity(self.code, first.removeprefix("partner:"), None, tuple(others))
            case Subject.COMPANY:
                return Identity(self.code, None, None, self.key)
            case _:
                return self


class FoundEarlier(NamedTuple):
    """A finding of an earlier state; `others` are the departments that its partner was in beside that of the finding,
    where it has one.
    """

    identity: Identity
    others: tuple[str, ...] = ()


class Opened(NamedTuple):
    """The day of the first state that has a finding, of those that follow each other; `lacking` is that of the state
    before, where there is one.  `others` are as in `FoundEarlier`, as of the last of them.
    """

    day: date
    lacking: date | None
    others: tuple[str, ...] = ()


class Today(NamedTuple):
    """What findings of earlier are known by today.

    `renamed` is as `new_ids` gives it, and `departments` are those of each partner.
    """

    renamed: Mapping[str, str]
    departments: Mapping[str, Collection[str]]

    @classmethod
    def of(cls, playbook: Playbook) -> Today:
        """As a playbook says."""
        return cls(new_ids(playbook), frozen({one.id: one.departments for one in playbook.partners.values()}))

    def known(self, earlier: FoundEarlier) -> Identity:
        """What it is known by today: by another department where the partner surely moved there, which is where it left
        that of the finding alone, and came to one alone.
        """
        now = earlier.identity.now(self.renamed)
        if now.department is None:
            return now
        others = (f"department:{other}" for other in earlier.others)
        were = {now.department, *(self.renamed.get(one, one).removeprefix("department:") for one in others)}
        are = self.departments.get(now.partner or "", ())
        left, came = were.difference(are), [one for one in are if one not in were]
        return now._replace(department=came[0]) if left == {now.department} and len(came) == 1 else now


def identify(finding: Finding, renamed: Mapping[str, str] = _SAME) -> Identity:
    """What a finding is known by, with the ids of today."""
    return Identity(finding.code.slug, finding.partner, finding.department, finding.key).now(renamed)


def as_they_stand(identities: Iterable[Identity], playbook: Playbook) -> Iterator[FoundEarlier]:
    """Findings of a playbook, as later states know them again."""
    for identity in identities:
        partner = playbook.partners[identity.partner] if identity.partner and identity.department else None
        others = partner.departments if partner is not None else ()
        yield FoundEarlier(identity, tuple(sorted(one for one in others if one != identity.department)))


def new_ids(playbook: Playbook) -> Mapping[str, str]:
    """The parts of a key that have other ids in this playbook than they once had, such as "partner:old"."""
    partners = {f"partner:{old}": f"partner:{new.id}" for new in playbook.partners.values() for old in new.former_ids}
    types = {f"type:{old}": f"type:{new.id}" for new in playbook.types.values() for old in new.aliases}
    departments = {
        f"department:{old}": f"department:{new.id}" for new in playbook.departments.values() for old in new.formerly
    }
    people = {
        f"{part}:{old}": f"{part}:{new.id}"
        for new in playbook.people.values()
        for old in new.formerly
        for part in ("person", "by")
    }
    return frozen(partners | types | departments | people)
