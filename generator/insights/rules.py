"""Who breaks a rule of the company's own, and what has become of its waivers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any, NamedTuple

from generator.insights.agreements import RUNNING, state
from generator.insights.satisfaction import shown
from generator.model import (
    FIELDS,
    Agreement,
    Ask,
    Clause,
    CompanyRule,
    Entry,
    Field,
    Kind,
    Partner,
    Playbook,
    Satisfaction,
    Waiver,
)

Value = tuple[str, ...] | float | date | bool | None
"""What a field holds: texts, also where it is one alone, or another single thing; None, or no texts, for nothing."""

_Read = Callable[[Playbook, Partner, Entry], Value]


class WaiverState(Enum):
    """What has become of a waiver, on the day of the playbook."""

    IN_FORCE = "in force"
    EXPIRED = "has ended"
    UNUSED = "not needed"


@dataclass(frozen=True)
class Breach:
    """An entry that breaks a rule.

    `failing` are, for each alternative of the condition, the fields that keep it from holding, with what they hold.
    `lapsed` is the waiver that let it pass until it ended, if there was one.  `came` is the first day on which the same
    data broke it, where days that passed brought that.
    """

    entry: Entry
    failing: tuple[Mapping[str, Value], ...]
    lapsed: Waiver | None = None
    came: date | None = None


def breaches(playbook: Playbook, rule: CompanyRule) -> Iterator[Breach]:
    """Every entry that breaks the rule and has no waiver in force."""
    judge = _Judge(playbook, rule)
    judges: dict[int, _Judge] = {}
    for partner, entry, last in _broken(rule, judge, playbook.partners.values()):
        if last is None or last.until < playbook.as_of:
            came = None
            for number in judge.turns(partner, entry, last) if rule.timely else ():
                # One for each day: many entries turn on the same.
                before = judges.get(number) or _Judge(replace(playbook, as_of=date.fromordinal(number - 1)), rule)
                judges[number] = before
                waived = last is not None and last.until.toordinal() >= number - 1
                if waived or not before.breaks(partner, entry):
                    came = date.fromordinal(number)
                    break
            yield Breach(entry, judge.failing(partner, entry), last, came)


def let_pass(playbook: Playbook, rule: CompanyRule) -> Iterator[tuple[Entry, Waiver]]:
    """Every entry that breaks the rule and has a waiver in force, with the one of them that lasts longest."""
    ids = dict.fromkeys(waiver.partner for waiver in rule.waivers if waiver.partner in playbook.partners)
    for _, entry, last in _broken(rule, _Judge(playbook, rule), map(playbook.partners.__getitem__, ids)):
        if last is not None and last.until >= playbook.as_of:
            yield entry, last


def _broken(
    rule: CompanyRule, judge: _Judge, partners: Iterable[Partner]
) -> Iterator[tuple[Partner, Entry, Waiver | None]]:
    """Every entry of these partners that breaks the rule, with the last of its waivers."""
    by_partner: dict[str, list[Waiver]] = {}
    for waiver in rule.waivers:
        by_partner.setdefault(waiver.partner, []).append(waiver)
    for partner in partners:
        granted = by_partner.get(partner.id, ())
        for entry in partner.entries:
            if judge.breaks(partner, entry):
                waivers = [one for one in granted if one.covers(partner.id, entry.department)]
                yield partner, entry, max(waivers, key=lambda waiver: waiver.until, default=None)


def waivers(playbook: Playbook, rule: CompanyRule) -> Iterator[tuple[Waiver, WaiverState]]:
    """Each waiver of a partner that is there; one that another has taken the place of has expired."""
    judge = _Judge(playbook, rule)
    for waiver in rule.waivers:
        partner = playbook.partners.get(waiver.partner)
        if partner is None:
            continue
        entries = [entry for entry in partner.entries if waiver.covers(partner.id, entry.department)]
        needed = any(judge.breaks(partner, entry) for entry in entries)
        renewed = any(
            other.until > waiver.until and (other.partner, other.department) == (waiver.partner, waiver.department)
            for other in rule.waivers
        )
        if not needed and not renewed:
            yield waiver, WaiverState.UNUSED
        else:
            yield waiver, WaiverState.IN_FORCE if waiver.until >= playbook.as_of else WaiverState.EXPIRED


class _Judge:
    """One rule, ready to be asked about any number of entries."""

    def __init__(self, playbook: Playbook, rule: CompanyRule) -> None:
        self._playbook = playbook
        self._reads = _reads(playbook)
        self._applies = [
            (self._ready(clauses), any(clause.field == "status" for clause in clauses))
            for clauses in rule.applies or ((),)
        ]
        self._condition = [self._ready(clauses) for clauses in rule.condition]

    # Loops rather than any and all: each entry is asked by each rule.
    def applies(self, partner: Partner, entry: Entry) -> bool:
        active = entry.active
        for clauses, any_status in self._applies:
            if (active or any_status) and self._all_hold(clauses, partner, entry):
                return True
        return False

    def breaks(self, partner: Partner, entry: Entry) -> bool:
        if not self.applies(partner, entry):
            return False
        for clauses in self._condition:  # noqa: SIM110 - as above
            if self._all_hold(clauses, partner, entry):
                return False
        return True

    def failing(self, partner: Partner, entry: Entry) -> tuple[Mapping[str, Value], ...]:
        """As Breach has it."""
        return tuple(
            {
                one.field: one.read(self._playbook, partner, entry)
                for one in clauses
                if not self._holds(one, partner, entry)
            }
            for clauses in self._condition
        )

    def turns(self, partner: Partner, entry: Entry, last: Waiver | None) -> list[int]:
        """The days up to today, as ordinals, on which what is asked of the entry may have turned: the latest first."""
        days = {last.until.toordinal() + 1} if last is not None else set()
        for one in entry.agreements:
            days |= {one.starts.toordinal()} if one.starts is not None else set()
            days |= {one.ends.toordinal() + 1} if one.ends is not None else set()
        for clauses in (*(clauses for clauses, _ in self._applies), *self._condition):
            for clause in clauses:
                days.update(self._turns(clause, partner, entry))
        return sorted((day for day in days if 1 < day <= self._playbook.as_of.toordinal()), reverse=True)

    def _turns(self, clause: _Ready, partner: Partner, entry: Entry) -> Iterator[int]:
        if clause.ask not in (Ask.WITHIN_DAYS, Ask.LEFT_DAYS):
            return
        held = clause.read(self._playbook, partner, entry)
        # The agreement that ends first is another one on another day.
        ends = [one.ends for one in entry.agreements] if clause.field == "agreement_ends" else []
        for day in [held, *ends]:
            if isinstance(day, date):
                number = day.toordinal()
                yield from (number, number + clause.operand + 1, number - clause.operand + 1)

    def _ready(self, clauses: tuple[Clause, ...]) -> list[_Ready]:
        ready = []
        for clause in clauses:
            operand = frozenset(clause.operand) if isinstance(clause.operand, tuple) else clause.operand
            other = self._reads[operand] if isinstance(operand, str) else None
            ready.append(
                _Ready(clause.field, clause.ask, self._reads[clause.field], _TESTS[clause.ask], operand, other)
            )
        return ready

    def _all_hold(self, clauses: list[_Ready], partner: Partner, entry: Entry) -> bool:
        for one in clauses:  # noqa: SIM110 - as above
            if not self._holds(one, partner, entry):
                return False
        return True

    def _holds(self, one: _Ready, partner: Partner, entry: Entry) -> bool:
        operand = one.operand if one.other is None else one.other(self._playbook, partner, entry)
        return one.test(one.read(self._playbook, partner, entry), operand, self._playbook.as_of)


class _Ready(NamedTuple):
    """A clause with what is needed to ask it: how its field is read, and the other one that it is compared with."""

    field: str
    ask: Ask
    read: _Read
    test: Callable[[Any, Any, date], bool]
    operand: Any
    other: _Read | None


def _size(value: Any) -> float | None:
    """How many texts there are, or the number itself; None where no number is recorded."""
    return len(value) if isinstance(value, tuple) else value


_TESTS: Mapping[Ask, Callable[[Any, Any, date], bool]] = {
    Ask.IS: lambda value, wanted, _: value is wanted if isinstance(wanted, bool) else not wanted.isdisjoint(value),
    Ask.NOT: lambda value, unwanted, _: unwanted.isdisjoint(value),
    Ask.ALL: lambda value, wanted, _: wanted.issubset(value),
    Ask.RECORDED: lambda value, wanted, _: (value not in (None, ())) is wanted,
    Ask.AT_LEAST: lambda value, least, _: (size := _size(value)) is not None and size >= least,
    Ask.AT_MOST: lambda value, most, _: (size := _size(value)) is not None and size <= most,
    Ask.WITHIN_DAYS: lambda day, days, today: day is not None and 0 <= (today - day).days <= days,
    Ask.LEFT_DAYS: lambda day, days, today: day is not None and (day - today).days >= days,
    Ask.SAME_AS: lambda value, other, _: not set(value).isdisjoint(other),
    Ask.OTHER_THAN: lambda value, other, _: set(value).isdisjoint(other),
}
"""What has to be true of a value, an operand and the day.

Where nothing is recorded, it is none of the values, and another than any: all else does not hold.
"""


def _one(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def _in_force(playbook: Playbook, entry: Entry) -> list[Agreement]:
    default = playbook.settings.thresholds.agreement_notice
    return [one for one in entry.agreements if state(one, playbook.as_of, default) in RUNNING]


def _first_end(playbook: Playbook, entry: Entry) -> date | None:
    return min((one.ends for one in _in_force(playbook, entry) if one.ends is not None), default=None)


def _score(playbook: Playbook, entry: Entry) -> Satisfaction | None:
    """The score, where it comes from enough answers to be shown: a finding would tell it, too."""
    score = entry.satisfaction
    return score if score is not None and shown(playbook, score) else None


_BUILT_IN: Mapping[str, _Read] = {
    "id": lambda _, partner, __: (partner.id,),
    "name": lambda _, partner, __: (partner.name,),
    "types": lambda _, __, entry: entry.types,
    "functions": lambda playbook, _, entry: tuple(playbook.types[one].function for one in entry.types),
    "groups": lambda playbook, _, entry: tuple(
        group for one in entry.types if (group := playbook.types[one].group) is not None
    ),
    "department": lambda _, __, entry: (entry.department,),
    "owner": lambda _, __, entry: _one(entry.owner),
    "backup_owner": lambda _, __, entry: _one(entry.backup_owner),
    "sponsor": lambda _, __, entry: _one(entry.sponsor),
    "status": lambda _, __, entry: (entry.status,),
    "lead": lambda _, __, entry: entry.lead,
    "mode": lambda _, __, entry: entry.modes,
    "domain": lambda _, partner, __: _one(partner.domain),
    "parent": lambda _, partner, __: _one(partner.parent),
    "ids": lambda _, partner, __: tuple(partner.ids),
    "agreements": lambda playbook, _, entry: tuple(one.kind for one in _in_force(playbook, entry)),
    "agreement_ends": lambda playbook, _, entry: _first_end(playbook, entry),
    "reviewed": lambda _, __, entry: entry.reviewed.date if entry.reviewed is not None else None,
    "reviewed_by": lambda _, __, entry: _one(entry.reviewed.by) if entry.reviewed is not None else (),
    "satisfaction": lambda playbook, _, entry: (
        round(score.score / score.scale, 9) if (score := _score(playbook, entry)) is not None else None
    ),
    "satisfaction_date": lambda playbook, _, entry: (
        score.date if (score := _score(playbook, entry)) is not None else None
    ),
    "end": lambda _, __, entry: entry.end.date if entry.end is not None else None,
    "acquired": lambda _, partner, __: tuple(one.name for one in partner.acquired),
    "links": lambda _, __, entry: tuple(link.label for link in entry.links),
}


def _reads(playbook: Playbook) -> Mapping[str, _Read]:
    """How each field is read that rules look at."""
    plain = [field for field in (*FIELDS, *playbook.settings.fields) if field.plain]
    return {**_BUILT_IN, **{field.id: _recorded(field) for field in plain}}


def _recorded(field: Field) -> _Read:
    """How a field is read that is what it says."""
    as_it_is = field.many or field.kind in (Kind.NUMBER, Kind.DATE, Kind.FLAG)

    def read(_: Playbook, partner: Partner, entry: Entry) -> Value:
        value: Any = field.of(partner if field.on_partner else entry)
        return value if as_it_is else _one(value)

    return read
