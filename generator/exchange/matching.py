"""Rows of a spreadsheet to partners: which are known, which are new, and what somebody has to decide."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, auto
from typing import Any

from generator import progress
from generator.editing import Item, one_line
from generator.exchange.columns import SheetTable
from generator.exchange.fields import (
    COLUMNS,
    DEPARTMENT,
    IDS,
    is_blank,
    joined,
    system_of,
    unguarded,
)
from generator.exchange.identity import NEW, Companies, homonyms
from generator.exchange.known import Known
from generator.exchange.meanings import Elsewhere, Meanings, Unclear
from generator.exchange.notation import is_percent, label_parts, labeled, taken_for
from generator.exchange.readings import Readings
from generator.exchange.sheets import ROWS_DISAGREE, letters
from generator.exchange.state import Key, LastImport, key
from generator.model import Playbook
from generator.problems import Place, Problem
from generator.schema import slug
from generator.source import Document, Scalar
from generator.words import series

_MOST_ASKED = 20
"""How many items of one cell are asked about: a cell can hold tens of thousands of words."""

_THE_ID = "the id, or skip; else mend the cell"

SKIP, TAKE = "skip", "take"
"""What may be decided, beside a value: to leave the cell, or the row, out; and that what it says counts."""


GONE = "(no longer recorded)"
"""Stands behind the name of a partner that was imported before, and taken out of the data."""


class Rank(IntEnum):
    """In which order questions are asked: what is recorded may be lost by a wrong answer to the first ones."""

    OVERWRITE = auto()
    """A cell and the data say different things."""
    CELL = auto()
    """A text that nobody can read."""
    ROW = auto()
    """Whether a row, or a column, counts."""
    WHO = auto()
    """Which partner a row is about."""
    NEW = auto()
    """What a new partner lacks."""
    FIELD = auto()
    """Whether a column becomes a field of the company's own."""


@dataclass(frozen=True)
class Question:
    """Something that somebody has to decide; `rows` are the numbers of the rows that it is about."""

    field: str
    value: str
    reason: str
    choices: str
    rows: tuple[int, ...]
    rank: Rank = Rank.CELL


def in_order(questions: Iterable[Question]) -> list[Question]:
    """Questions by rank, and within that by field, those about the most rows first."""
    place = {column: at for at, column in enumerate(COLUMNS)}
    return sorted(questions, key=lambda one: (one.rank, place.get(one.field, 0), -len(one.rows)))


@dataclass
class Incoming:
    """What the spreadsheet says of one partner; `known` where the inventory has it already.

    Of several entries that the department has for the partner, `entry` is the number of the one that is meant.
    `unclear` are the fields that wait for a decision; `links` are addresses on hosts that many share.
    """

    id: str
    known: bool
    values: dict[str, Any]
    at: Key
    """Where the state has what its rows said at the last import."""
    entry: int = 0
    unclear: set[str] = field(default_factory=set)
    places: dict[str, Key] = field(default_factory=dict)
    """As `at`, of the fields of which only the row of a partner that became a part of it says something new."""
    rows: dict[str, int] = field(default_factory=dict)
    """The row that each value comes from."""
    links: dict[str, str] = field(default_factory=dict)
    """What to call each of these addresses."""
    numbers: list[int] = field(default_factory=list)
    """The rows that are about it; the first one is that of `at`."""
    by_foreign: bool = False
    """Whether an id of another system told which partner it is."""
    kept: set[str] = field(default_factory=set)
    """The fields in which what is recorded stays, whatever the row says."""


@dataclass
class Matched:
    """The partners of a spreadsheet, what is undecided, what is wrong, and how many rows are of other departments.

    `notes` are what the user should know, a sentence each, and `columns` the fields that the sheet has.
    """

    partners: list[Incoming]
    questions: list[Question]
    problems: list[Problem]
    notes: list[str]
    columns: list[str]
    elsewhere: int = 0
    left: Sequence[str] = ()
    """What the sheet says, and is not taken, a sentence each."""

    @property
    def numbers(self) -> list[int]:
        """The rows that are about partners of the department, known or in question."""
        return [number for partner in self.partners for number in partner.numbers] + [
            number for question in self.questions for number in question.rows
        ]


@dataclass
class _Row:
    number: int
    name: str
    values: dict[str, Any]
    unclear: set[str] = field(default_factory=set)
    links: dict[str, str] = field(default_factory=dict)
    assumed: set[str] = field(default_factory=set)
    """The fields that the column map alone says something of."""
    doubts: dict[str, str] = field(default_factory=dict)
    """The cells that nobody can read: their columns and texts."""

    @property
    def domain(self) -> str:
        return str(self.values.get("domain", ""))

    @property
    def ids(self) -> Mapping[str, str]:
        return self.values.get(IDS) or {}


def match(
    table: SheetTable,
    department: Item,
    documents: Mapping[str, Document],
    playbook: Playbook,
    meanings: Meanings,
    decisions: Mapping[tuple[str, str], str],
    state: LastImport,
) -> Matched:
    """Find out about every row of a table; `decisions` say what values mean, by field and value."""
    known = Known(department, documents, meanings, state)
    matcher = _Matcher(table, playbook, meanings, decisions, known)
    rows, elsewhere = matcher.read()
    found = matcher.partners(rows)
    notes, left = matcher.notes, matcher.left
    return Matched(found, matcher.questions(), matcher.problems, notes, table.columns, elsewhere, left)


class _Matcher:
    def __init__(
        self,
        table: SheetTable,
        playbook: Playbook,
        meanings: Meanings,
        decisions: Mapping[tuple[str, str], str],
        known: Known,
    ) -> None:
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self.left: list[str] = []
        self._table = table
        self._playbook = playbook
        self._meanings = meanings
        self._decisions = decisions
        self._known = known
        self._readings = Readings(table, meanings, decisions, known.earlier)
        self._asked: dict[tuple[str, str], tuple[Unclear, list[int]]] = {}

    def questions(self) -> list[Question]:
        ranks = {"name": Rank.WHO, "row": Rank.ROW, "column": Rank.ROW}
        return [
            Question(name, value, why.reason, why.choices, tuple(rows), ranks.get(name, Rank.CELL))
            for (name, value), (why, rows) in self._asked.items()
        ]

    def _ask(self, name: str, value: str, why: Unclear, row: int) -> None:
        rows = self._asked.setdefault((name, why.value or value), (why, []))[1]
        if row not in rows[-1:]:
            rows.append(row)

    def read(self) -> tuple[list[_Row], int]:
        """What each row of the department says, and how many rows are of another one."""
        department_rows, elsewhere = [], 0
        known = self._playbook.departments[self._known.department]
        for index, (number, line) in enumerate(self._table.rows):
            progress.pages(index, len(self._table.rows), "rows read")
            written = {name: text for name, text in line.items() if not is_blank(text)}
            texts = {**self._table.map.defaults, **written}
            home = unguarded(texts.pop(DEPARTMENT, known.id)).casefold()
            names = (known.id, *known.formerly, known.name.casefold(), labeled(known.id, known.name).casefold())
            if home not in names:
                elsewhere += 1
                continue
            row = _Row(number, unguarded(texts.get("name", texts.get("id", ""))).replace("\n", " "), {})
            row.assumed |= texts.keys() - written.keys()
            if not row.name:
                if self._decisions.get(("name", "")) != SKIP:
                    self._ask(
                        "name", "", Unclear("the row has no name", f"{SKIP}, or a name in the spreadsheet"), number
                    )
                continue
            if self._decisions.get(("name", row.name)) == SKIP or not self._is_seen(number):
                continue
            for name, text in texts.items():
                self._cell(row, name, unguarded(text))
            department_rows.append(row)
        return department_rows, elsewhere

    def _cell(self, row: _Row, name: str, text: str, known: Collection[str] | None = None) -> None:
        """What a cell says, which is a doubt if nobody can read it, until one of the texts is `known` to be meant."""
        if name == "name":
            row.values[name] = row.name
        elif not self._in_sight(row, name):
            return
        elif name in self._meanings.lists:
            self._list(row, name, text, known)
        elif name == "owner" and len(both := self._meanings.people(name, self._meant(name, text))) == 2:
            self._two_owners(row, text, both[0], both[1], known)
        elif system := system_of(name):
            self._set(row, name, text, IDS, {system: self._meant(name, text)}, known)
        else:
            self._set(row, name, text, name, self._meant(name, text), known)

    def _is_seen(self, number: int) -> bool:
        """Whether a row counts; a hidden one, or one that is struck out, does once somebody says so."""
        how = self._table.unseen.get(number)
        if how is None:
            return True
        decision = self._decisions.get(("row", f"({how})"))
        if decision not in (TAKE, SKIP):
            why = Unclear(f"the row is {how} in the spreadsheet", f"{TAKE} all such rows, or {SKIP} them")
            self._ask("row", f"({how})", why, number)
        return decision == TAKE

    def _in_sight(self, row: _Row, name: str) -> bool:
        """The same for the cells of a column."""
        title = self._table.unseen_columns.get(name)
        decision = self._decisions.get(("column", title)) if title is not None else TAKE
        if title is not None and decision not in (TAKE, SKIP):
            self._ask(
                "column", title, Unclear("the column is hidden in the spreadsheet", f"{TAKE} or {SKIP}"), row.number
            )
            row.unclear.add(name)
        return decision == TAKE

    def _two_owners(self, row: _Row, text: str, owner: str, backup: str, known: Collection[str] | None) -> None:
        """Of two people in one cell, the second stands in for the first, unless the sheet says who does."""
        if "backup_owner" in self._table.fields.values():
            self._set(row, "owner", text, "owner", text, known)
            return
        row.values |= {"owner": owner, "backup_owner": backup}
        self.notes.append(f"row {row.number}: of {text!r}, {owner} is taken for the owner, and {backup} for the backup")

    def _meant(self, name: str, text: str) -> str:
        """What somebody decided, or the column map says, that a text means; else the text."""
        return self._decisions.get((name, text)) or self._table.replacement(name, text)

    def _set(self, row: _Row, name: str, text: str, field: str, meant: Any, known: Collection[str] | None) -> None:
        if SKIP in (meant, *(meant.values() if isinstance(meant, dict) else ())):
            return
        if name == "satisfaction_score" and is_percent(text):
            row.values.setdefault("satisfaction_scale", Scalar("100"))
        value: Any
        if both := self._readings.both(name, text, meant):
            # What the cell said before tells, too, once it is known which partner the row is about.
            told = self._readings.told(name, text, both, known) if known is not None else Unclear("")
            value = told if isinstance(told, Unclear) else self._meanings.of(field, told)
        else:
            value = self._meanings.of(field, one_line(meant) if isinstance(meant, dict) else meant)
        if isinstance(value, Unclear) and field == "domain" and (field, text) in self._decisions:
            value = self._meanings.domain(meant)
        if system_of(name) and (name, text) not in self._decisions and (what := _made_of_an_id(*meant.values())):
            value = Unclear(f"this is {what}: a spreadsheet program may have made it of the id", _THE_ID)
        if isinstance(value, Unclear) and known and (one := self._said(name, text, known)):
            value = {system_of(name): one} if system_of(name) else self._meanings.recorded(field, one)
        if isinstance(value, Unclear):
            self._doubt(row, name, text, text, value, known)
            row.unclear.add(field)
        elif isinstance(value, Elsewhere):
            row.links[value.url] = value.label
        elif field == IDS:
            row.values[field] = {**row.values.get(field, {}), **value}
        else:
            row.values[field] = value

    def _list(self, row: _Row, name: str, text: str, known: Collection[str] | None) -> None:
        """The items of a cell, each by what it is decided to mean: one that nobody knows is asked about once."""
        values: dict[Any, None] = {}
        unknown = 0
        for item in [text] if self._meant(name, text) != text else self._meanings.items(name, text):
            meant = self._meant(name, item)
            value = [] if meant == SKIP else self._meanings.of(name, meant if meant != item else joined([item]))
            if isinstance(value, Unclear) and known and (one := self._said(name, item, known)):
                value = self._meanings.recorded(name, joined([one]))
            if isinstance(value, Unclear):
                self._doubt(row, name, text, item, value, known)
                row.unclear.add(name)
                unknown += 1
                if unknown == _MOST_ASKED:
                    break
            else:
                values |= dict.fromkeys(value)
        if values and name not in row.unclear:
            row.values[name] = list(values)

    def _doubt(self, row: _Row, name: str, text: str, value: str, why: Unclear, known: Collection[str] | None) -> None:
        """Ask about a value in a cell, once it can be told whether the data, or the last import, knows it."""
        if known is None:
            row.doubts[name] = text
        else:
            self._ask(name, value, why, row.number)

    def _said(self, name: str, text: str, known: Collection[str]) -> str | None:
        """Which of these texts one means that nobody can read today: what did not change is no question.

        It is the same, or an id with the name in front that it had, or an id that was made of the name.
        """
        front, ident = label_parts(text)
        named = self._meanings.of(name, front) if ident else ident
        if not isinstance(named, Unclear) and named not in (ident, [ident]):
            return None
        meant = self._meanings.domain(text) if name == "domain" else text
        return next((one for one in known if one in (text, meant, ident, slug(text))), None)

    def _settle(self, row: _Row, ident: str | None) -> None:
        """Look again at the cells that nobody could read, now that it is known which partner they are about."""
        doubts, row.doubts = row.doubts, {}
        row.unclear -= {IDS if system_of(name) else name for name in doubts}
        # Days come first: they tell whether who held a review is another question.
        for name, text in sorted(doubts.items(), key=lambda one: one[0] not in self._meanings.days):
            read = self._known.earlier if name in (*self._meanings.days, *self._meanings.numbers) else self._known.texts
            known = read(ident, name) if ident else ()
            day = str(row.values.get("reviewed_date"))
            if ident and name == "reviewed_by" and day not in self._known.texts(ident, "reviewed_date"):
                known = ()
            self._cell(row, name, text, known)

    def partners(self, rows: Sequence[_Row]) -> list[Incoming]:
        """The rows by partner, in the order of the sheet, those that are undecided left out."""
        partners: dict[tuple[str, int], Incoming] = {}
        placed: dict[tuple[str, int], list[tuple[_Row, Key]]] = {}
        given = (str(row.values["id"]) for row in rows if "id" in row.values)
        self._companies = Companies(self._playbook, (row.name for row in rows), given)
        self._known.recall(self._companies)
        self._homonyms = set(homonyms((row.name, row.domain) for row in rows))
        for index, row in enumerate(rows):
            progress.pages(index, len(rows), "rows matched")
            ident = self._identity(row)
            self._settle(row, ident)
            if ident is None:
                continue
            known, home = self._playbook.partners.get(ident), self._known.department
            entries = [entry for entry in known.entries if entry.department == home] if known else []
            types = set(row.values.get("types", ()))
            entry = next((at for at, recorded in enumerate(entries) if types & set(recorded.types)), 0)
            place = self._known.place(row.values, ident, entry)
            incoming = partners.setdefault((ident, entry), Incoming(ident, known is not None, {}, place, entry))
            if place == key(home, ident, entry):
                incoming.at = place
            placed.setdefault((ident, entry), []).append((row, place))
            incoming.unclear |= row.unclear
            incoming.kept = incoming.kept & row.assumed if incoming.numbers else {*row.assumed}
            incoming.numbers.append(row.number)
            incoming.by_foreign |= self._companies.recorded(row.ids) == [ident]
        for which, incoming in partners.items():
            own_first = sorted(placed[which], key=lambda one: one[1] != incoming.at)
            incoming.numbers = [row.number for row, _ in own_first]
            for row, place in own_first:
                if place != incoming.at:
                    self._absorb(incoming, row, place)
                self._join(incoming, row)
        self.notes += [
            f"rows {series(map(str, sorted(partner.numbers)))} are one partner, {partner.id}"
            for partner in partners.values()
            if len(partner.numbers) > 1
        ]
        return list(partners.values())

    def _identity(self, row: _Row) -> str | None:
        """The id of the partner that a row is about; None, and a question, where somebody must decide."""
        if "id" in row.unclear:
            # With an id made of its name it would be there twice, once the question is answered.
            return None
        key = f"{row.name} ({row.domain or 'no domain'})" if row.name.casefold() in self._homonyms else row.name
        decided = self._decisions.get(("name", key)) or self._decisions.get(("name", row.name))
        if decided == SKIP:
            return None
        if "id" in row.values or decided not in (None, NEW):
            answer = self._meanings.without_name("via", decided) if decided else ""
            return self._written(row, key, str(row.values.get("id") or answer))
        found = self._companies.find(row.name, row.domain, row.ids)
        if isinstance(found, Unclear) and decided == NEW:
            found = None
        if found is None and decided != NEW and row.number in self._table.apart:
            found = Unclear("it stands apart, below the table, with nothing but a name", f"{NEW} or {SKIP}")
        if found is None and decided != NEW and (what := taken_for(row.name)):
            reason = f"this is {what}: a spreadsheet program may have made it of the name"
            found = Unclear(reason, f"{NEW} if it is the name, or {SKIP}; else mend the cell")
        if found is None:
            found = self._companies.free_id(row.name) or Unclear(
                "no id can be made of this name", "an id: a short English name in small letters"
            )
        if isinstance(found, Unclear):
            self._ask("name", key, found, row.number)
            return None
        self._remember(row, found)
        return found

    def _remember(self, row: _Row, ident: str) -> None:
        self._companies.remember(ident, row.name, row.domain, row.ids)

    def _written(self, row: _Row, key: str, ident: str) -> str | None:
        """The partner of an id that a row or a decision gives; None, and a question, where it cannot be one."""
        partner_id = self._companies.current(ident)
        why = self._meanings.of("id", partner_id)
        if isinstance(why, Unclear):
            self._ask("name", key, Unclear(f"{ident!r} is no id", why.choices), row.number)
            return None
        # An answer names one that there is, but for a name of which no id can be made.
        if "id" not in row.values and slug(row.name) and not self._companies.knows(partner_id):
            choices = f"the id of the partner that it is, or {NEW}, or {SKIP}"
            self._ask("name", key, Unclear(f"there is no partner {ident!r}", choices), row.number)
            return None
        self._remember(row, partner_id)
        return partner_id

    def _absorb(self, partner: Incoming, row: _Row, place: Key) -> None:
        """Leave of a row, which was about a partner that became a part of this one, what it says otherwise now.

        What it no longer says is taken away where no other row of the partner says something of it.
        """
        columns = [name for name in self._table.columns if name not in ("id", "name") and name not in row.unclear]
        for name, items in self._known.gone(row.values, row.links, place, columns):
            if name not in partner.values and name not in self._meanings.lists:
                partner.places[name], partner.rows[name] = place, row.number
            elif staying := self._known.staying(partner.id, name, items, partner.values):
                # Of a list, the last import knows what all rows said together, and not whose each item is.
                note = f"{name} of {partner.id} keeps {series(map(repr, staying))}, which the row no longer says"
                hint = "the row is about a partner that became this one, so take it out of the data instead"
                self.left.append(f"row {row.number}: {note}; {hint}")
        row.values, row.links = self._known.news(row.values, row.links, place)
        partner.places |= {name: place for name in row.values if name not in partner.values}

    def _join(self, partner: Incoming, row: _Row) -> None:
        """Give a partner what another row says of it."""
        partner.links |= row.links
        for name, value in row.values.items():
            earlier = partner.values.get(name)
            if earlier is None:
                partner.values[name], partner.rows[name] = value, row.number
            elif name in self._meanings.lists:
                partner.values[name] = list(dict.fromkeys([*earlier, *value]))
            elif name == IDS and all(earlier.get(system, foreign) == foreign for system, foreign in value.items()):
                partner.values[name] = {**earlier, **value}
            elif earlier != value and name not in ("name", "id"):
                first, column = partner.rows[name], self._table.column(name)
                values = f"{name} is {_shown(earlier)} and {_shown(value)}"
                message = f"rows {first} and {row.number} disagree about {row.name}: {values}"
                place = Place(self._table.file, row.number, column + 1)
                title = self._table.titles[column]
                hint = f"make the two rows agree in column {letters(column)} {title!r}, or empty one of the two cells"
                self.problems.append(Problem(ROWS_DISAGREE, message, place, hint))


def _made_of_an_id(text: str) -> str:
    """What a spreadsheet program seems to have made of an id of another system; empty where it may be one."""
    return "" if text.isdecimal() else taken_for(text)


def _shown(value: Any) -> str:
    return repr(str(value)) if isinstance(value, str) else str(value)
