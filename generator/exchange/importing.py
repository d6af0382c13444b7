"""Partners from a spreadsheet into the data file of their department."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator import progress
from generator.editing import Draft, Item, departments, partners
from generator.exchange.fields import IDS, INSIDE, NEEDED, cells, entry_of
from generator.exchange.identity import NEW
from generator.exchange.matching import GONE, SKIP, Incoming, Matched, Question, Rank
from generator.exchange.meanings import Meanings, Unclear
from generator.exchange.merging import OF_A_DAY, Merger, same
from generator.exchange.state import Key, LastImport
from generator.model import LEFT_OUT, STATED
from generator.schema import is_null
from generator.source import Document
from generator.words import series

STAGE = "offer_stage"
_PARTS = {f"{name}_{part}": (name, part) for name, parts in INSIDE.items() for part in parts}


@dataclass(frozen=True)
class Imported:
    """The new text of the department's file, what is undecided, and what the user should know, a sentence each.

    `said` is what the spreadsheet says of each entry, for the next import to compare with.
    """

    text: str
    questions: list[Question]
    notes: list[str]
    said: Mapping[Key, Mapping[str, str]]


def import_partners(
    documents: Mapping[str, Document],
    department: Item,
    matched: Matched,
    meanings: Meanings,
    decisions: Mapping[tuple[str, str], str],
    state: LastImport,
) -> Imported:
    """Let a department's entries say what the spreadsheet says, but for what did not change in it since last time.

    What is recorded stays where the spreadsheet says nothing, and where it says the same in other words.
    """
    importer = _Importer(documents, department, matched, meanings, decisions, state)
    for number, partner in enumerate(matched.partners):
        progress.pages(number, len(matched.partners), "partners taken")
        importer.take(partner)
    progress.pages(len(matched.partners), len(matched.partners))
    questions = _merged([*importer.merger.questions(), *importer.questions])
    return Imported(importer.draft.text(), questions, importer.notes, importer.said)


def _merged(questions: Sequence[Question]) -> list[Question]:
    """The questions, those that ask the same as one."""
    rows: dict[Question, list[int]] = {}
    for question in questions:
        rows.setdefault(replace(question, rows=()), []).extend(question.rows)
    return [replace(question, rows=tuple(sorted(numbers))) for question, numbers in rows.items()]


def _entries(documents: Mapping[str, Document], department: Item) -> Iterator[Item]:
    """The entries of a department, without the fields that say nothing, as in `owner: ~`."""
    for entry in partners(documents, department):
        yield entry._replace(data={name: value for name, value in entry.data.items() if not is_null(value)})


class _Importer:
    def __init__(
        self,
        documents: Mapping[str, Document],
        department: Item,
        matched: Matched,
        meanings: Meanings,
        decisions: Mapping[tuple[str, str], str],
        state: LastImport,
    ) -> None:
        self.draft = Draft(documents[department.file])
        self.questions: list[Question] = []
        self.notes: list[str] = []
        self._documents = documents
        self._department = department
        self._meanings = meanings
        self._decisions = decisions
        self._decided = {name: decision for (name, value), decision in decisions.items() if not value}
        self._state = state
        self.merger = Merger(meanings, matched.columns, decisions)
        self.said: dict[Key, Mapping[str, str]] = {}
        self._recorded: dict[str, list[Item]] = {}
        for entry in _entries(documents, department):
            self._recorded.setdefault(entry.id, []).append(entry)
        self._elsewhere: dict[str, list[tuple[str, Item]]] = {}
        for home in departments(documents):
            if home.id != department.id:
                for entry in _entries(documents, home):
                    self._elsewhere.setdefault(entry.id, []).append((home.id, entry))

    def take(self, partner: Incoming) -> None:
        """Add a partner, change its entry, or ask what is missing."""
        entries = self._recorded.get(partner.id, [])
        rows = tuple(sorted(set(partner.rows.values())))
        values = self._without_disputed(partner)
        if entries:
            self._renew(entries[partner.entry], partner, values, rows)
        elif partner.at in self._state.cells and not self._again(partner, rows):
            return
        elif not partner.unclear & {"types", "owner"}:
            # With no type, or with an owner whom nobody can name, an entry would claim what is not so.
            self._add(partner, values, rows)

    def _again(self, partner: Incoming, rows: tuple[int, ...]) -> bool:
        """Whether a partner is added that was imported before, and taken out of the data since."""
        value = f"{partner.values.get('name', partner.id)} {GONE}"
        decision = self._decisions.get(("name", value))
        if decision not in (NEW, SKIP):
            reason = "it was imported before, and somebody took it out of the data"
            self.questions.append(Question("name", value, reason, f"{NEW} to add it again, or {SKIP}", rows, Rank.WHO))
        return decision == NEW

    def _add(self, partner: Incoming, values: dict[str, Any], rows: tuple[int, ...]) -> None:
        said = self.merger.texts(partner, values, lambda _: None)
        if not values.get("types") and self._decided.get("types") == SKIP:
            return
        if not values.get("types") and (types := self._decision("types")):
            values["types"] = types
        if not values.get("types"):
            choices = f"the type of all these partners, or {SKIP}"
            self.questions.append(Question("types", "", "no type is given", choices, rows, Rank.NEW))
            return
        values = {**values, "id": partner.id, "owner": values.get("owner")}
        if partner.links:
            values["links"] = _with_links(values.get("links") or [], partner.links)
        if not partner.known:
            values.setdefault("name", partner.id)
        if not self._staged(values, values, {}, rows):
            return
        fields = entry_of(values)
        entry = self._whole(fields, {}, partner, rows)
        self.draft.add((*self._department.route, "partners"), entry)
        self.said[partner.at] = _without_halves(said, fields.keys() - entry.keys())

    def _renew(self, entry: Item, partner: Incoming, values: dict[str, Any], rows: tuple[int, ...]) -> None:
        recorded = cells(entry.data)

        def before(column: str) -> str | None:
            return self._state.said(partner.places.get(column, partner.at), column)

        # What holds for rows that say nothing holds for entries that say nothing, either.
        partner.kept = {"id", *(partner.kept & recorded.keys())}
        # A name that was recognized in another spelling is no other name.
        if "id" not in partner.values and not (partner.by_foreign and before("name") is not None):
            partner.kept.add("name")
        merged = self.merger.merge(partner, values, lambda column: self._before(column, recorded), before, recorded)
        new = merged.values
        for name, row in merged.older.items():
            note = f"the {OF_A_DAY[name]} of {partner.id} stays that of {entry.data[name]['date']}, which is newer"
            self.notes.append(f"row {row}: {note}")
        if partner.links and before("domain") != merged.said.get("domain"):
            new["links"] = _with_links(new.get("links") or entry.data.get("links") or [], partner.links)
        if IDS in new:
            new[IDS] = {**(entry.data.get(IDS) or {}), **new[IDS]}
        different = {
            name: value
            for name, value in new.items()
            if name != "id" and not same(value, self._before(name, recorded), name)
        }
        if not self._staged(different, values, recorded, rows):
            return
        fields = {name: value for name, value in entry_of({"id": entry.id, **different}).items() if name != "id"}
        whole = self._whole(fields, _without(entry.data, merged.cleared), partner, rows)
        for name, value in whole.items():
            self.draft.set(entry.route, name, value)
        self._clear(entry, merged.cleared, fields)
        self._keep(partner, _without_halves(merged.said, fields.keys() - whole.keys()))

    def _keep(self, partner: Incoming, said: Mapping[str, str]) -> None:
        """Keep what the rows of a partner said, each under its own name, for the next import to compare with."""
        for place in dict.fromkeys((partner.at, *partner.places.values())):
            own = {column: text for column, text in said.items() if partner.places.get(column, partner.at) == place}
            if partner.places:
                own = {**self._state.cells.get(place, {}), **own}
            self.said[place] = own

    def _clear(self, entry: Item, cleared: Sequence[str], changed: Container[str]) -> None:
        """Take away what cells said that are empty now: an owner becomes null, and half a score is none."""
        left = _without(entry.data, cleared)
        for name, value in entry.data.items():
            if name in changed or left.get(name) == value:
                continue
            if name == "owner":
                self.draft.set(entry.route, name, None)
            elif name not in left:
                self.draft.drop(entry.route, name)
            else:
                for part in value:
                    if part not in left[name]:
                        self.draft.drop((*entry.route, name), part)

    def _before(self, name: str, recorded: Mapping[str, str]) -> Any:
        """What is recorded, as the spreadsheet would have it; what an entry does not say has its usual value."""
        if name not in recorded:
            return LEFT_OUT.get(name)
        return self._meanings.recorded(name, recorded[name])

    def _stated(self, partner: str, name: str) -> tuple[str, Any] | None:
        """What another department records of the company, and which one does."""
        return next(((home, e.data[name]) for home, e in self._elsewhere.get(partner, ()) if e.data.get(name)), None)

    def _without_disputed(self, partner: Incoming) -> dict[str, Any]:
        """What a row says, without what other departments record of the company: there can be one name and domain."""
        values = dict(partner.values)
        for name in (*STATED, *(field.id for field in self._meanings.custom if field.on_partner)):
            if name not in values:
                continue
            stated = self._stated(partner.id, name)
            if stated is None:
                continue
            value = values.pop(name)
            partner.unclear.add(name)
            theirs = self._before(name, cells({name: stated[1]}))
            if (name != "name" or "id" in partner.values) and not same(value, theirs, name):
                self._dispute(partner, name, name, stated, value)
        if IDS in values:
            values[IDS] = self._undisputed_ids(partner, values[IDS])
            if not values[IDS]:
                del values[IDS]
                partner.unclear.add(IDS)
        return values

    def _undisputed_ids(self, partner: Incoming, ids: Mapping[str, str]) -> dict[str, str]:
        """The ids of other systems that no other department records."""
        elsewhere: dict[str, tuple[str, str]] = {}
        for home, entry in self._elsewhere.get(partner.id, ()):
            for system, foreign in (entry.data.get(IDS) or {}).items():
                elsewhere.setdefault(system, (home, str(foreign)))
        for system in elsewhere.keys() & ids.keys():
            if elsewhere[system][1] != ids[system]:
                self._dispute(partner, IDS, f"id in {system}", elsewhere[system], ids[system])
        return {system: foreign for system, foreign in ids.items() if system not in elsewhere}

    def _dispute(self, partner: Incoming, field: str, what: str, stated: tuple[str, Any], value: Any) -> None:
        """Tell that what another department records of the company stays."""
        note = f"the {what} of {partner.id} stays {str(stated[1])!r}, as {stated[0]} records it, not {value!r}"
        self.notes.append(f"row {partner.rows[field]}: {note}")

    def _staged(
        self, fields: dict[str, Any], values: Mapping[str, Any], recorded: Mapping[str, str], rows: tuple[int, ...]
    ) -> bool:
        """Whether the stage of the partner's offer is known where a type needs it; a decision puts it into `fields`."""
        waiting = self._meanings.stages(values.get("types") or ())
        if waiting is None or STAGE in values or STAGE in recorded:
            return True
        if stage := self._decision(STAGE):
            fields[STAGE] = stage
            return True
        reason = f"how a partner of the type {waiting[0]!r} is managed depends on the stage of its own offer"
        choices = f"for all these partners one of {', '.join(waiting[1])}; else add a column {STAGE} to the spreadsheet"
        self.questions.append(Question(STAGE, "", reason, choices, rows, Rank.NEW))
        return False

    def _whole(
        self, fields: Mapping[str, Any], recorded: Mapping[str, Any], partner: Incoming, rows: tuple[int, ...]
    ) -> dict[str, Any]:
        """Fields whose parts are all there, from what is recorded or decided, too; a question for each other one.

        What is asked about already is no more missing than it is there.
        """
        whole = dict(fields)
        for field, needed in NEEDED.items():
            if field not in fields:
                continue
            known = recorded.get(field) or {}
            if fields[field].get("date", known.get("date")) != known.get("date"):
                # What was said of another day is not said of this one.
                known = {part: value for part, value in known.items() if part in needed}
            parts = {**known, **fields[field]}
            for part in needed:
                if part not in parts and (decision := self._decision(f"{field}_{part}")):
                    parts[part] = decision
            missing = [f"{field}_{part}" for part in needed if part not in parts]
            if missing:
                del whole[field]
                if partner.unclear & {*missing}:
                    continue
                reason = f"{series(missing)} {'is' if len(missing) == 1 else 'are'} missing"
                self.questions.append(Question(missing[0], "", reason, "what holds for all these partners", rows))
            else:
                whole[field] = {part: parts[part] for part in INSIDE[field] if part in parts}
        return whole

    def _decision(self, field: str) -> Any:
        """What was decided for all partners that lack a field; None where nothing was that can be used."""
        value = self._meanings.of(field, self._decided[field]) if field in self._decided else None
        return None if isinstance(value, Unclear) else value


def _without(data: Mapping[str, Any], cleared: Iterable[str]) -> dict[str, Any]:
    """What is left of an entry without these columns; of an end, a review or a score nothing without what it needs."""
    left = dict(data)
    for name, part in (_PARTS.get(column, (column, "")) for column in cleared):
        if part in ("", *NEEDED.get(name, ())):
            left.pop(name, None)
        elif name in left:
            left[name] = {other: value for other, value in left[name].items() if other != part}
    return left


def _without_halves(said: Mapping[str, str], fields: Collection[str]) -> dict[str, str]:
    """What cells said, but for reviews and scores of which a part is missing: they wait."""
    gone = tuple(f"{name}_" for name in fields)
    return {column: text for column, text in said.items() if not (gone and column.startswith(gone))}


def _with_links(links: Sequence[Any], more: Mapping[str, str]) -> list[Any]:
    """These links, and those to addresses that are not among them."""
    known = {link.get("url") for link in links if isinstance(link, Mapping)}
    return [*links, *({"label": label, "url": url} for url, label in more.items() if url not in known)]
