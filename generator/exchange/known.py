"""What the data of a department says, and what the rows of a spreadsheet said at the last import."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from generator.editing import Item, partners
from generator.exchange.fields import IDS, cells, entry_of, parts, system_of
from generator.exchange.identity import Companies
from generator.exchange.meanings import Meanings
from generator.exchange.state import Key, LastImport, key, partner_of
from generator.source import Document


class Known:
    """By what rows are recognized, and cells of which it is known what they mean."""

    def __init__(
        self, department: Item, documents: Mapping[str, Document], meanings: Meanings, state: LastImport
    ) -> None:
        self.department = department.id
        self._home, self._documents, self._meanings, self._state = department, documents, meanings, state

    @cached_property
    def _entries(self) -> Mapping[str, list[Mapping[str, str]]]:
        entries: dict[str, list[Mapping[str, str]]] = {}
        for entry in partners(self._documents, self._home):
            entries.setdefault(entry.id, []).append(cells(entry.data))
        return entries

    def recall(self, companies: Companies) -> None:
        """Tell by which names, domains and ids rows were about which partners."""
        for (home, ident), places in self._state.known.items():
            for place in places if home == self.department else ():
                name, domain, ids = self._who(place)
                if name:
                    companies.recall(ident, name, domain, ids)

    def _who(self, place: Key) -> tuple[str, str, Mapping[str, str]]:
        """The name, the domain and the ids of other systems that a row said."""
        texts = self._state.cells.get(place, {})
        domain = self._meanings.recorded("domain", texts["domain"]) if texts.get("domain") else ""
        ids = self._meanings.recorded(IDS, texts[IDS]) if texts.get(IDS) else {}
        return texts.get("name", ""), domain or "", ids if isinstance(ids, Mapping) else {}

    def texts(self, ident: str, column: str) -> Collection[str]:
        """What stands in a field of a partner, or stood in its rows: of a list the items, of ids those of a system."""
        if ident not in self._entries:
            return ()
        places = self._state.known.get((self.department, ident), ())
        found = (*self._entries[ident], *(self._state.cells[place] for place in places))
        if system := system_of(column):
            held = (self._meanings.recorded(IDS, texts[IDS]) for texts in found if texts.get(IDS))
            return [str(ids[system]) for ids in held if isinstance(ids, Mapping) and system in ids]
        written = [texts[column] for texts in found if texts.get(column)]
        return [item for text in written for item in parts(text)] if column in self._meanings.lists else written

    def earlier(self, ident: str, column: str) -> Collection[str]:
        """What a partner's rows said in a field at the last import; what stands in the data where nobody knows."""
        places = self._state.known.get((self.department, ident), ())
        said = [texts[column] for place in places if column in (texts := self._state.cells[place])]
        return said or self.texts(ident, column)

    def place(self, values: Mapping[str, Any], ident: str, entry: int) -> Key:
        """Where the state has what a row said: of partners that became one, by what tells who it is about."""
        own = key(self.department, ident, entry)
        others = [at for at in self._state.known.get((self.department, ident), ()) if partner_of(at) != ident]
        if not others:
            return own
        who = str(values.get("name", "")).casefold(), str(values.get("domain", "")).casefold()

        def likeness(place: Key) -> tuple[bool, bool, bool, bool]:
            name, domain, ids = self._who(place)
            same_id = not ids.items().isdisjoint(values.get(IDS, {}).items())
            same_name = name.casefold() == who[0]
            return partner_of(place) == values.get("id"), same_id, same_name and domain.casefold() == who[1], same_name

        return max((own, *others), key=likeness)

    def gone(
        self, values: Mapping[str, Any], links: Mapping[str, str], place: Key, columns: Iterable[str]
    ) -> Iterator[tuple[str, list[str]]]:
        """What a row said at the last import and does not say now: the fields, each with its text, or with items."""
        said = self._state.cells[place]
        for name in columns:
            if name in self._meanings.lists:
                if lost := [item for item in self._texts_of(said, name) if item not in values.get(name, ())]:
                    yield name, lost
            elif said.get(name) and name not in values and not (name == "domain" and links):
                yield name, [said[name]]

    def staying(self, ident: str, column: str, texts: Iterable[str], values: Mapping[str, Any]) -> list[str]:
        """Those of the texts that the data of a partner has in a field, and these values have not."""
        said, *held = (self._texts_of(one, column) for one in (cells(entry_of(values)), *self._entries.get(ident, ())))
        return [text for text in texts if any(text in one for one in held) and text not in said]

    def _texts_of(self, texts: Mapping[str, str], column: str) -> list[str]:
        """What stands in a field: of a list the items, as ids of today."""
        if not (text := texts.get(column)):
            return []
        return list(self._meanings.recorded(column, text)) if column in self._meanings.lists else [text]

    def news(
        self, values: Mapping[str, Any], links: Mapping[str, str], place: Key
    ) -> tuple[dict[str, Any], dict[str, str]]:
        """The values and the links of a row that it did not have at the last import, when it was about a partner that
        has become a part of another one: the name is that of no partner now.
        """
        said, says = self._state.cells[place], cells(entry_of(values))
        new = {name: value for name, value in values.items() if says.get(name, "") != said.get(name)}
        new.pop("name", None)
        return new, {} if said.get("domain") == " ".join(links) else {**links}
