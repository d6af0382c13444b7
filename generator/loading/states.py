"""Earlier states of a data folder, each read as far as it differs from the one that was read before it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from generator.findings import WARNINGS
from generator.formats.history import history_of
from generator.loading.entries import read_entries
from generator.loading.files import Files, by_day, departments_of, field_of, is_inventory, limit_of
from generator.loading.folder import Loaded, load_folder
from generator.loading.kept import KnownEntry
from generator.model import Playbook
from generator.resolve import Shapes, resolve
from generator.schema import SETTINGS, Custom, check
from generator.source import HISTORY, Repository, State, Unusable, composed, decoded


@dataclass
class _Base:
    """What was read last: what git calls the content of each file, and what was in it."""

    state: State
    shapes: Shapes
    by_file: dict[str, Any]
    entries: dict[str, Mapping[bytes, KnownEntry]]
    playbook: Playbook

    @property
    def custom(self) -> Custom:
        return self.playbook.settings.fields


class States:
    """Reads the states of a repository's data folder as of one day, best from the newest to the oldest.

    `now` is the folder as it stands, where that was read already.
    """

    def __init__(self, repository: Repository, as_of: date, now: Loaded | None = None) -> None:
        self._repository = repository
        self._as_of = as_of
        self._base: _Base | None = None
        if now is not None and now.playbook is not None and now.playbook.as_of == as_of:
            state = {name: _blob(document.text) for name, document in now.documents.items()}
            self._base = _base(state, now.files, now.playbook)

    def read(self, revision: str) -> Playbook | None:
        """The playbook of a commit; None where it has errors, cannot be used, or has no such folder.

        Unread where git cannot read it.  Its partners are the very ones of the state read before it, where nothing
        about them changed: so their places are those of where they stood there.
        """
        try:
            state = self._repository.state(revision)
            if state is None:
                return None
            contents = self._repository.contents(state)
            base = self._differing(state, contents) or self._whole(state)
        except Unusable:
            return None
        if base is None:
            return None
        self._base = base
        return base.playbook

    def _whole(self, state: State) -> _Base | None:
        with self._repository.checked_out(state) as folder:
            loaded = load_folder(folder, self._as_of)
        return _base(state, loaded.files, loaded.playbook) if loaded.playbook is not None else None

    def _differing(self, state: State, contents: Mapping[str, bytes]) -> _Base | None:
        """What differs from what was read last; None where only the whole can be judged."""
        base = self._base
        if base is None or state.keys() != base.state.keys():
            return None
        new = replace(base, state=state, by_file=dict(base.by_file), entries=dict(base.entries))
        changed: dict[str, Any] = {}
        for file, ident in state.items():
            if base.state[file] != ident:
                read = _read(new, file, contents[file])
                if read is None:
                    return None
                changed |= read
        shapes = replace(base.shapes, departments=departments_of(new.by_file), **changed)
        playbook, _, problems = resolve(shapes, self._as_of, WARNINGS, (base.shapes, base.playbook))
        return None if problems else replace(new, shapes=shapes, playbook=playbook)


def _read(base: _Base, file: str, content: bytes) -> dict[str, Any] | None:
    """The fields of Shapes that a file with that content fills; None where something in it is wrong.

    Puts what is in the file into `base`.
    """
    if file == SETTINGS or len(content) > limit_of(file, base.by_file.get(SETTINGS)):
        return None
    text, problem = decoded(content, file)
    if problem is not None:
        return None
    if file == HISTORY:
        snapshots, problems = history_of(text)
        return None if problems else {"history": by_day(snapshots)}
    if is_inventory(file):
        entries = read_entries(text, file, base.entries.get(file, {}), base.custom)
        if entries is not None:
            base.by_file[file], base.entries[file] = entries
        return None if entries is None else {}
    document, problems = composed(text, file)
    if document is None or problems:
        return None
    base.by_file[file], problems = check(file, document.data, document.place)
    return None if problems else {field_of(file): base.by_file[file]}


def _base(state: State, files: Files, playbook: Playbook) -> _Base:
    # Logos are those of today.
    return _Base(state, replace(files.shapes, logos=()), files.by_file, files.entries, playbook)


def _blob(text: str) -> str:
    """What git calls a file with this text: another name, where it calls files by longer ones, says that it differs."""
    content = text.encode()
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
