"""What a command means to change, in whichever files it stands: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.editing.draft import Draft
from generator.editing.tree import Route
from generator.schema import Custom, Reference, references
from generator.source import Document


class Plan:
    """Edits of several data files, made against what the files say now.

    `custom` are the fields that the settings declare.
    """

    def __init__(self, documents: Mapping[str, Document], custom: Custom) -> None:
        self.documents, self.custom = documents, custom
        self._drafts: dict[str, Draft] = {}

    def draft(self, file: str) -> Draft:
        """The one draft of a file."""
        if file not in self._drafts:
            self._drafts[file] = Draft(self.documents[file])
        return self._drafts[file]

    def texts(self) -> dict[str, str]:
        """The new text of each file that was touched."""
        return {file: draft.text() for file, draft in self._drafts.items()}

    def value(self, file: str, route: Route) -> Any:
        """What stands at a route."""
        node: Any = self.documents[file].data
        for step in route:
            node = node[step]
        return node

    def references(self, kind: str) -> Iterator[tuple[str, Reference]]:
        """Every word of every file that names an entry of that kind, with its file."""
        for file, document in self.documents.items():
            if isinstance(document.data, dict):
                found = references(file, document.data, self.custom)
                yield from ((file, reference) for reference in found if reference.kind == kind)
