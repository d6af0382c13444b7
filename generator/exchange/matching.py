"""Rows of a spreadsheet to partners: which are known, which are new, and what somebody has to decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from generator.exchange.columns import SheetTable
from generator.exchange.fields import DEPARTMENT, LISTS, is_blank, unguarded
from generator.exchange.meanings import Meanings, Unclear
from generator.exchange.sheets import ROWS_DISAGREE, letters
from generator.insights.names import CompanyName, likeness, neighbors
from generator.model import Playbook
from generator.problems import Place, Problem
from generator.schema import RESERVED, slug

_LONGEST_ID = 64
NEW, SKIP = "new", "skip"
"""What may be decided, beside a value: that it is a new partner, or to leave the cell, or the row, out."""


@dataclass(frozen=True)
class Question:
    """Something that somebody has to decide; `rows` are the numbers of the rows that it is about."""

    field: str
    value: str
    reason: str
    choices: str
    rows: tuple[int, ...]


@dataclass
class Incoming:
    """What the spreadsheet says of one partner; `known` where the inventory has it already.

    Of several entries that the department has for the partner, `entry` is the number of the one that is meant.
    `unclear` are the fields that wait for a decision.
    """

    id: str
    known: bool
    values: dict[str, Any]
    entry: int = 0
    unclear: set[str] = field(default_factory=set)
    rows: dict[str, int] = field(default_factory=dict)
    """The row that each value comes from."""


@dataclass
class Matched:
    """The partners of a spreadsheet, what is undecided, what is wrong, and how many rows are of other departments."""

    partners: list[Incoming]
    questions: list[Question]
    problems: list[Problem]
    elsewhere: int = 0


@dataclass
class _Row:
    number: int
    name: str
    values: dict[str, Any]
    unclear: set[str] = field(default_factory=set)


def match(
    table: SheetTable, department: str, playbook: Playbook, meanings: Meanings, decisions: Mapping[tuple[str, str], str]
) -> Matched:
    """Find out about every row of a table; `decisions` say what values mean, by field and value."""
    matcher = _Matcher(table, playbook, meanings, decisions)
    rows, elsewhere = matcher.read(department)
    partners = matcher.partners(rows, department)
    return Matched(partners, matcher.questions(), matcher.problems, elsewhere)


class _Matcher:
    def __init__(
        self, table: SheetTable, playbook: Playbook, meanings: Meanings, decisions: Mapping[tuple[str, str], str]
    ) -> None:
        self.problems: list[Problem] = []
        self._table = table
        self._playbook = playbook
        self._meanings = meanings
        self._decisions = decisions
        self._asked: dict[tuple[str, str], tuple[Unclear, list[int]]] = {}
        self._numbers: dict[str, int] = {}
        self._new: dict[str, dict[str, None]] = {}
        """The ids that rows gave or got, by what counts of their names."""
        self._companies: dict[str, tuple[str, str]] = {}
        """The name and the domain of each of them."""

    def questions(self) -> list[Question]:
        return [
            Question(name, value, why.reason, why.choices, tuple(rows))
            for (name, value), (why, rows) in self._asked.items()
        ]

    def _ask(self, name: str, value: str, why: Unclear, row: int) -> None:
        self._asked.setdefault((name, value), (why, []))[1].append(row)

    def read(self, department: str) -> tuple[list[_Row], int]:
        """What each row of the department says, and how many rows are of another one."""
        department_rows, elsewhere = [], 0
        known = self._playbook.departments[department]
        for number, cells in self._table.rows:
            texts = {**self._table.map.defaults, **{name: text for name, text in cells.items() if not is_blank(text)}}
            home = unguarded(texts.pop(DEPARTMENT, known.id)).casefold()
            if home not in (known.id, known.name.casefold()):
                elsewhere += 1
                continue
            row = _Row(number, unguarded(texts.get("name", texts.get("id", ""))).replace("\n", " "), {})
            if not row.name:
                if self._decisions.get(("name", "")) != SKIP:
                    self._ask(
                        "name", "", Unclear("the row has no name", f"{SKIP}, or a name in the spreadsheet"), number
                    )
                continue
            if self._decisions.get(("name", row.name)) == SKIP:
                continue
            for name, text in texts.items():
                self._cell(row, name, unguarded(text))
            department_rows.append(row)
        return department_rows, elsewhere

    def _cell(self, row: _Row, name: str, text: str) -> None:
        if name == "name":
            row.values[name] = row.name
            return
        meant = self._decisions.get((name, text)) or self._table.replacement(name, text)
        if meant == SKIP:
            return
        value = self._meanings.of(name, meant)
        if isinstance(value, Unclear):
            self._ask(name, text, value, row.number)
            row.unclear.add(name)
        else:
            row.values[name] = value

    def partners(self, rows: Sequence[_Row], department: str) -> list[Incoming]:
        """The rows by partner, in the order of the sheet, those that are undecided left out."""
        partners: dict[tuple[str, int], Incoming] = {}
        near = self._similar_names(rows)
        # An id that a row gives belongs to that row, whatever the others are called.
        self._taken = {*self._playbook.partners, *self._former, *RESERVED, *(row.values.get("id") for row in rows)}
        for row in rows:
            ident = self._identity(row, near)
            if ident is None:
                continue
            known = self._playbook.partners.get(ident)
            entries = [entry for entry in known.entries if entry.department == department] if known else []
            types = set(row.values.get("types", ()))
            entry = next((at for at, recorded in enumerate(entries) if types & set(recorded.types)), 0)
            incoming = partners.setdefault((ident, entry), Incoming(ident, known is not None, {}, entry))
            incoming.unclear |= row.unclear
            self._join(incoming, row)
        return list(partners.values())

    def _identity(self, row: _Row, near: Mapping[str, tuple[str, str]]) -> str | None:
        """The id of the partner that a row is about; None, and a question, where somebody must decide."""
        if "id" in row.unclear:
            # With an id made of its name it would be there twice, once the question is answered.
            return None
        decided = self._decisions.get(("name", row.name))
        if "id" in row.values or decided not in (None, NEW):
            return self._written(row, str(row.values.get("id") or decided))
        named = self._named(row)
        if len(named) == 1 and not self._other_domain(row, named[0]):
            return named[0]
        new = self._free_id(slug(row.name))
        why = self._reason_for_doubt(row, named, near) if decided != NEW else None
        if why is None and not new:
            why = Unclear("no id can be made of this name", "an id: a short English name in small letters")
        if why is not None:
            self._ask("name", row.name, why, row.number)
            return None
        self._remember(row, new)
        return new

    def _named(self, row: _Row) -> list[str]:
        """The partners, known or of earlier rows, of that name: the one that is spelled the same, or else all."""
        plain = _plain(row.name)
        candidates = [*dict.fromkeys((*self._by_name.get(plain, ()), *self._new.get(plain, ())))]
        exact = [ident for ident in candidates if self._facts(ident)[0].casefold() == row.name.casefold()]
        return exact if len(exact) == 1 else candidates

    def _facts(self, ident: str) -> tuple[str, str]:
        """The name and the domain of a partner, known or of an earlier row."""
        known = self._playbook.partners.get(ident)
        return (known.name, known.domain) if known else self._companies[ident]

    def _other_domain(self, row: _Row, ident: str) -> bool:
        """Whether a name that is spelled otherwise comes with another domain: it may be another company."""
        (name, domain), given = self._facts(ident), str(row.values.get("domain", ""))
        renamed = name.casefold() != row.name.casefold()
        return renamed and bool(domain and given) and domain.casefold() != given.casefold()

    def _reason_for_doubt(self, row: _Row, named: Sequence[str], near: Mapping[str, tuple[str, str]]) -> Unclear | None:
        """Why a row may not be about a new partner."""
        choices = f"{' or '.join(named)}, or {NEW}"
        if len(named) > 1:
            return Unclear("several partners have this name", choices)
        if named:
            name, domain = self._facts(named[0])
            return Unclear(f"{name} has the same name and another domain, {domain}", choices)
        if twin := self._by_domain.get(str(row.values.get("domain", "")).casefold()):
            return Unclear(f"{self._facts(twin)[0]} has the same domain", f"{twin}, or {NEW}")
        if row.name in near:
            name, ident = near[row.name]
            return Unclear(f"this is nearly the name of {name!r}", f"{ident}, or {NEW}")
        return None

    def _remember(self, row: _Row, ident: str) -> None:
        """Later rows may be about the same partner."""
        self._taken.add(ident)
        self._new.setdefault(_plain(row.name), {})[ident] = None
        self._companies.setdefault(ident, (row.name, str(row.values.get("domain", ""))))

    def _written(self, row: _Row, ident: str) -> str | None:
        """The partner of an id that a row or a decision gives; None, and a question, where it cannot be one."""
        partner_id = self._former.get(ident, ident)
        if isinstance(why := self._meanings.of("id", partner_id), Unclear):
            self._ask("name", row.name, Unclear(f"{ident!r} is no id", why.choices), row.number)
            return None
        self._remember(row, partner_id)
        return partner_id

    def _free_id(self, ident: str) -> str:
        """An id that nobody has, as like this one as can be."""
        # The next row of that id goes on where this one ends: of many such rows, each would try all numbers again.
        number = self._numbers.get(ident, 1)
        while ident and _numbered(ident, number) in self._taken:
            number += 1
        self._numbers[ident] = number
        return _numbered(ident, number)

    @cached_property
    def _former(self) -> dict[str, str]:
        return {old: partner.id for partner in self._playbook.partners.values() for old in partner.formerly}

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        ids: dict[str, list[str]] = {}
        for partner in self._playbook.partners.values():
            ids.setdefault(CompanyName.of(partner.name).plain, []).append(partner.id)
        return ids

    @cached_property
    def _by_domain(self) -> dict[str, str]:
        return {
            partner.domain.casefold().removeprefix("www."): partner.id
            for partner in self._playbook.partners.values()
            if partner.domain
        }

    def _similar_names(self, rows: Sequence[_Row]) -> dict[str, tuple[str, str]]:
        """The rows whose names are nearly, but not quite, those of others: the nearest name, and its id."""
        names = {partner.name: partner.id for partner in self._playbook.partners.values()}
        old = len(names)
        for row in rows:
            names.setdefault(row.name, slug(row.name))
        written, ids = list(names), list(names.values())
        plain = [CompanyName.of(name) for name in written]
        threshold, best = self._playbook.settings.thresholds.similar_name, dict[str, tuple[float, int]]()
        for earlier, later in neighbors(plain):
            if later < old or plain[earlier].plain == plain[later].plain or not plain[earlier].plain:
                continue
            how = likeness(plain[earlier], plain[later], threshold)
            if how >= threshold:
                best[written[later]] = max(best.get(written[later], (-1.0, 0)), (how, -earlier))
        return {name: (written[-negative], ids[-negative]) for name, (_, negative) in best.items()}

    def _join(self, partner: Incoming, row: _Row) -> None:
        """Give a partner what another row says of it."""
        for name, value in row.values.items():
            earlier = partner.values.get(name)
            if earlier is None:
                partner.values[name], partner.rows[name] = value, row.number
            elif name in LISTS:
                partner.values[name] = list(dict.fromkeys([*earlier, *value]))
            elif earlier != value and name not in ("name", "id"):
                first, column = partner.rows[name], self._table.column(name)
                values = f"{name} is {_shown(earlier)} and {_shown(value)}"
                message = f"rows {first} and {row.number} disagree about {row.name}: {values}"
                place = Place(self._table.file, row.number, column + 1)
                title = self._table.titles[column]
                hint = f"make the two rows agree in column {letters(column)} {title!r}, or empty one of the two cells"
                self.problems.append(Problem(ROWS_DISAGREE, message, place, hint))


def _numbered(ident: str, number: int) -> str:
    """An id with a number at its end, from 2, that is as long as an id may be."""
    end = f"-{number}" if number > 1 else ""
    return ident[: min(60, _LONGEST_ID - len(end))].rstrip("-") + end if end else ident


def _shown(value: Any) -> str:
    return repr(str(value)) if isinstance(value, str) else str(value)


def _plain(name: str) -> str:
    return CompanyName.of(name).plain or name
