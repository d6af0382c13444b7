"""Whether each entry is managed well: checks whose outcome is told, or is not known.

Unknown never counts as good: a check that cannot be made for want of data is neither a pass nor a
fail, and a relationship that has one does not pass all its checks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import cached_property

from generator.insights.agreements import RUNNING, needed_kinds, state
from generator.insights.alignment import names_none, serves_open
from generator.insights.reviews import days_late
from generator.model import Entry, Playbook, frozen


class Check(StrEnum):
    """What is asked of an entry, in the order of the most urgent first."""

    OWNER = "owner"
    AGREEMENT = "agreement"
    REVIEW = "review"
    SPONSOR = "sponsor"
    MODE = "mode"
    OBJECTIVE = "objective"


class Outcome(Enum):
    PASS = "pass"  # noqa: S105 - no password
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_ASKED = "not asked"


_WORST_FIRST = (Outcome.FAIL, Outcome.UNKNOWN, Outcome.PASS)


@dataclass(frozen=True)
class Tally:
    """How many checks passed, failed, and could not be told."""

    passed: int = 0
    failed: int = 0
    unknown: int = 0

    @property
    def known(self) -> int:
        return self.passed + self.failed

    @property
    def asked(self) -> int:
        return self.known + self.unknown

    @property
    def score(self) -> float | None:
        """The share of the told checks that pass, from 0 to 1; None where none can be told."""
        return self.passed / self.known if self.known else None

    @property
    def clean(self) -> bool:
        """Whether all that is asked passes, and nothing is unknown."""
        return self.passed == self.asked


def tally(outcomes: Iterable[Outcome]) -> Tally:
    """The outcomes counted; what was not asked does not count."""
    counted = list(outcomes)
    return Tally(counted.count(Outcome.PASS), counted.count(Outcome.FAIL), counted.count(Outcome.UNKNOWN))


@dataclass(frozen=True)
class CheckedEntry:
    """An active entry with the outcome of every check."""

    entry: Entry
    outcomes: Mapping[Check, Outcome]

    @cached_property
    def tally(self) -> Tally:
        return tally(self.outcomes.values())


@dataclass(frozen=True)
class Health:
    """Every active entry, checked, in the order of the inventory."""

    entries: tuple[CheckedEntry, ...]

    @cached_property
    def by_check(self) -> Mapping[Check, Tally]:
        """For every check, its outcomes counted over all entries."""
        return frozen({check: tally(entry.outcomes[check] for entry in self.entries) for check in Check})

    @cached_property
    def total(self) -> Tally:
        """The outcomes of all checks of all entries."""
        return tally(outcome for entry in self.entries for outcome in entry.outcomes.values())

    @cached_property
    def clean(self) -> tuple[CheckedEntry, ...]:
        """The entries that pass all that is asked of them."""
        return tuple(entry for entry in self.entries if entry.tally.clean)


def health(playbook: Playbook) -> Health:
    """Every active entry, checked."""
    return Health(tuple(checked(playbook, entry) for entry in playbook.entries if entry.active))


def checked(playbook: Playbook, entry: Entry) -> CheckedEntry:
    """One entry, checked."""
    outcomes = {
        Check.OWNER: _owner(playbook, entry),
        Check.AGREEMENT: _agreement(playbook, entry),
        Check.REVIEW: _review(playbook, entry),
        Check.SPONSOR: _sponsor(playbook, entry),
        # What is not as expected and has no reason fails: the mode itself is always known.
        Check.MODE: Outcome.FAIL if entry.unjustified else Outcome.PASS,
        Check.OBJECTIVE: _objective(playbook, entry),
    }
    return CheckedEntry(entry, frozen(outcomes))


def agreement_outcomes(playbook: Playbook, entry: Entry) -> Mapping[str, Outcome]:
    """For each kind of agreement that its modes need: whether one is in force, or none known at all."""
    default = playbook.settings.thresholds.agreement_notice

    def outcome(kind: str) -> Outcome:
        states = [state(agreement, playbook.as_of, default) for agreement in entry.agreements if agreement.kind == kind]
        if not states:
            return Outcome.UNKNOWN
        return Outcome.PASS if any(validity in RUNNING for validity in states) else Outcome.FAIL

    return frozen({kind: outcome(kind) for kind in needed_kinds(playbook, entry)})


def _owner(playbook: Playbook, entry: Entry) -> Outcome:
    if playbook.ownerless(entry):
        return Outcome.FAIL
    return Outcome.UNKNOWN if playbook.unlisted(entry.owner) else Outcome.PASS


def _agreement(playbook: Playbook, entry: Entry) -> Outcome:
    outcomes = agreement_outcomes(playbook, entry).values()
    return next((outcome for outcome in _WORST_FIRST if outcome in outcomes), Outcome.NOT_ASKED)


def _review(playbook: Playbook, entry: Entry) -> Outcome:
    late = days_late(playbook, entry)
    if late is not None:
        return Outcome.FAIL if late > 0 else Outcome.PASS
    return Outcome.NOT_ASKED if playbook.review_days(entry) is None else Outcome.UNKNOWN


def _sponsor(playbook: Playbook, entry: Entry) -> Outcome:
    if playbook.mode_needing_sponsor(entry) is None:
        return Outcome.NOT_ASKED
    if playbook.has_left(entry.sponsor):
        return Outcome.FAIL
    known = entry.sponsor is not None and not playbook.unlisted(entry.sponsor)
    return Outcome.PASS if known else Outcome.UNKNOWN


def _objective(playbook: Playbook, entry: Entry) -> Outcome:
    if not playbook.objectives:
        return Outcome.NOT_ASKED
    if names_none(playbook, entry):
        return Outcome.UNKNOWN
    return Outcome.PASS if serves_open(playbook, entry) else Outcome.FAIL
