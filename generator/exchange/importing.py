"""Partners from a spreadsheet into the data file of their department."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.editing import Draft, Item, departments, partners
from generator.exchange.fields import IDS, INSIDE, cells, entry_of
from generator.exchange.matching import SKIP, Incoming, Question
from generator.exchange.meanings import Meanings, Unclear
from generator.source import Document
from generator.words import series

STAGE = "offer_stage"
_OF_THE_COMPANY = ("name", "domain", "parent")


@dataclass(frozen=True)
class Imported:
    """The new text of the department's file, what is undecided, and what the user should know, a sentence each."""

    text: str
    questions: list[Question]
    notes: list[str]


def import_partners(
    documents: Mapping[str, Document],
    department: Item,
    incoming: Sequence[Incoming],
    meanings: Meanings,
    decided: Mapping[str, str],
) -> Imported:
    """Let a department's entries say what the spreadsheet says; `decided` is for fields that some lack and need.

    What is recorded stays where the spreadsheet says nothing, and where it says the same in other words.
    """
    importer = _Importer(documents, department, meanings, decided)
    for partner in incoming:
        importer.take(partner)
    return Imported(importer.draft.text(), _merged(importer.questions), importer.notes)


def _merged(questions: Sequence[Question]) -> list[Question]:
    """The questions, those that ask the same as one."""
    rows: dict[Question, list[int]] = {}
    for question in questions:
        rows.setdefault(replace(question, rows=()), []).extend(question.rows)
    return [replace(question, rows=tuple(sorted(numbers))) for question, numbers in rows.items()]


class _Importer:
    def __init__(
        self,
        documents: Mapping[str, Document],
        department: Item,
        meanings: Meanings,
        decided: Mapping[str, str],
    ) -> None:
        self.draft = Draft(documents[department.file])
        self.questions: list[Question] = []
        self.notes: list[str] = []
        self._documents = documents
        self._department = department
        self._meanings = meanings
        self._decided = decided
        self._recorded: dict[str, list[Item]] = {}
        for entry in partners(documents, department):
            self._recorded.setdefault(entry.id, []).append(entry)
        self._elsewhere: dict[str, list[tuple[str, Item]]] = {}
        for home in departments(documents):
            if home.id != department.id:
                for entry in partners(documents, home):
                    self._elsewhere.setdefault(entry.id, []).append((home.id, entry))

    def take(self, partner: Incoming) -> None:
        """Add a partner, change its entry, or ask what is missing."""
        entries = self._recorded.get(partner.id, [])
        rows = tuple(sorted(set(partner.rows.values())))
        values = self._without_disputed(partner)
        if partner.links:
            recorded = entries[partner.entry].data.get("links") if entries else None
            values["links"] = _with_links(values.get("links") or recorded or [], partner.links)
        if IDS in values and entries:
            values[IDS] = {**(entries[partner.entry].data.get(IDS) or {}), **values[IDS]}
        if entries:
            self._renew(entries[partner.entry], values, "id" in partner.values, rows)
        elif not partner.unclear & {"types", "owner"}:
            # With no type, or with an owner whom nobody can name, an entry would claim what is not so.
            self._add(partner, values, rows)

    def _add(self, partner: Incoming, values: dict[str, Any], rows: tuple[int, ...]) -> None:
        if not values.get("types") and self._decided.get("types") == SKIP:
            return
        if not values.get("types") and (types := self._decision("types")):
            values["types"] = types
        if not values.get("types"):
            choices = f"the type of all these partners, or {SKIP}"
            self.questions.append(Question("types", "", "no type is given", choices, rows))
            return
        values = {**values, "id": partner.id, "owner": values.get("owner")}
        if not partner.known:
            values.setdefault("name", partner.id)
        if not self._staged(values, values, {}, rows):
            return
        entry = self._whole(entry_of(values), {}, rows)
        self.draft.add((*self._department.route, "partners"), entry)

    def _renew(self, entry: Item, values: Mapping[str, Any], by_id: bool, rows: tuple[int, ...]) -> None:
        recorded = cells(entry.data)
        # A name that was recognized in another spelling is no other name.
        unchanged = ("id",) if by_id else ("id", "name")
        different = {
            name: value
            for name, value in values.items()
            if name not in unchanged and not _same(value, self._before(name, recorded), name)
        }
        if not self._staged(different, values, recorded, rows):
            return
        fields = {name: value for name, value in entry_of({"id": entry.id, **different}).items() if name != "id"}
        for name, value in self._whole(fields, entry.data, rows).items():
            self.draft.set(entry.route, name, value)

    def _before(self, name: str, recorded: Mapping[str, str]) -> Any:
        """What is recorded, as the spreadsheet would have it; what an entry does not say has its usual value."""
        if name not in recorded:
            return {"status": "active", "lead": "false"}.get(name)
        return self._meanings.of(name, recorded[name])

    def _without_disputed(self, partner: Incoming) -> dict[str, Any]:
        """What a row says, without what other departments record of the company: there can be one name and domain."""
        values = dict(partner.values)
        for name in _OF_THE_COMPANY:
            if name not in values:
                continue
            stated = next(
                ((home, e.data[name]) for home, e in self._elsewhere.get(partner.id, ()) if e.data.get(name)), None
            )
            if stated is None:
                continue
            value = values.pop(name)
            if (name != "name" or "id" in partner.values) and not _same(value, str(stated[1]), name):
                self._dispute(partner, name, name, stated, value)
        if IDS in values:
            values[IDS] = self._undisputed_ids(partner, values[IDS])
            if not values[IDS]:
                del values[IDS]
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
        self.questions.append(Question(STAGE, "", reason, choices, rows))
        return False

    def _whole(self, fields: Mapping[str, Any], recorded: Mapping[str, Any], rows: tuple[int, ...]) -> dict[str, Any]:
        """Fields whose parts are all there, from what is recorded or decided, too; a question for each other one."""
        whole = dict(fields)
        for field, needed in INSIDE.items():
            if field not in fields:
                continue
            parts = {**(recorded.get(field) or {}), **fields[field]}
            for part in needed:
                if part not in parts and (decision := self._decision(f"{field}_{part}")):
                    parts[part] = decision
            missing = [f"{field}_{part}" for part in needed if part not in parts]
            if missing:
                del whole[field]
                reason = f"{series(missing)} {'is' if len(missing) == 1 else 'are'} missing"
                self.questions.append(Question(missing[0], "", reason, "what holds for all these partners", rows))
            else:
                whole[field] = {part: parts[part] for part in needed}
        return whole

    def _decision(self, field: str) -> Any:
        """What was decided for all partners that lack a field; None where nothing was that can be used."""
        value = self._meanings.of(field, self._decided[field]) if field in self._decided else None
        return None if isinstance(value, Unclear) else value


def _with_links(links: Sequence[Any], more: Mapping[str, str]) -> list[Any]:
    """These links, and those to addresses that are not among them."""
    known = {link.get("url") for link in links if isinstance(link, Mapping)}
    return [*links, *({"label": label, "url": url} for url, label in more.items() if url not in known)]


def _same(first: Any, second: Any, name: str) -> bool:
    """Whether two values say the same: the order of a list, and white space, make no difference."""
    if isinstance(first, list) and isinstance(second, list):
        return sorted(map(str, first)) == sorted(map(str, second))
    if isinstance(first, str) and isinstance(second, str):
        if name == "domain":
            return first.casefold() == second.casefold()
        return first.split() == second.split()
    return bool(first == second)
