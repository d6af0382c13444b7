"""A data folder, or one revision of it in git, to everything that can be said about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from generator import words
from generator.findings import WARNINGS, Finding, find, find_for, word
from generator.insights.cutting import cut
from generator.loading.files import Files, read_files
from generator.loading.growing import growing
from generator.loading.kept import Keeper
from generator.model import Playbook
from generator.problems import Problem, in_order, suggest
from generator.resolve import Shapes, TypeNames, resolve
from generator.schema import Custom
from generator.source import Document, Repository


@dataclass(frozen=True)
class Loaded:
    """`playbook` is None where there are `errors`, which are sorted by place."""

    playbook: Playbook | None
    errors: tuple[Problem, ...]
    files: Files
    type_names: TypeNames
    """Every way to write a type of this playbook."""
    known: tuple[Finding, ...] | None = None
    """What deserves attention, where that is known."""

    @property
    def documents(self) -> Mapping[str, Document]:
        return self.files.documents

    @property
    def custom(self) -> Custom:
        """The fields that the settings declare, whatever else is wrong."""
        return self.files.custom

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What deserves attention; none where there is no playbook."""
        if self.known is not None:
            return self.known
        return find(self.playbook) if self.playbook is not None else ()

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """The errors, or where there are none the findings in words, sorted by place."""
        if self.playbook is None:
            return self.errors
        return tuple(in_order(word(finding, self.playbook) for finding in self.findings))

    def bare(self) -> Loaded:
        """The same without what the playbook was made of, which takes as much room as the playbook."""
        for document in self.documents.values():
            document.forget()
        known = self.__dict__.get("findings", self.known)
        return replace(self, files=replace(self.files, shapes=Shapes(), by_file={}, entries={}), known=known)

    def for_audience(self, name: str) -> Loaded:
        """The same with the playbook cut for the audience of this id, and what it may be told of what was found; no
        id: all of it.  ValueError, fit to be shown, where the settings name no such audience.
        """
        if not name or self.playbook is None:
            return self
        audiences = self.playbook.settings.audiences
        audience = audiences.get(name)
        if audience is None:
            hint = suggest(name, audiences) if audiences else "settings.yml names none: see audiences"
            raise ValueError(f"there is no audience {name!r}: {hint}")
        playbook = cut(self.playbook, audience)
        return replace(self, playbook=playbook, known=find_for(playbook, self.findings))


def load_folder(
    folder: Path,
    as_of: date | None = None,
    today: date | None = None,
    near: Loaded | None = None,
    keeper: Keeper | None = None,
) -> Loaded:
    """Load and check a data folder; wrong data never raises.

    The day of the playbook is `as_of`, else that of settings.yml, else `today`; ValueError where none of the three
    is given.  `near` is another state, of which most may be just so; the `keeper` has the entries of an earlier run
    for this one, and of this one for a later.
    """
    with growing():
        files = read_files(folder, near.files if near is not None else None, keeper)
        day = as_of or files.shapes.settings.as_of or today
        if day is None:
            raise ValueError("the day of the playbook is not given")
        playbook, type_names, problems = resolve(files.shapes, day, WARNINGS)
    errors = tuple(in_order(files.other_format or [*files.problems, *problems]))
    return Loaded(None if errors else playbook, errors, files, type_names)


def load_revision(
    repository: Repository, revision: str, as_of: date | None = None, today: date | None = None
) -> Loaded | None:
    """The same of the data folder as it was at a commit; None where the commit has no such folder.

    Unread where git cannot read it, Unusable where it is of a kind that is not read.
    """
    state = repository.state(revision, elsewhere=True)
    if state is None:
        return None
    with repository.checked_out(state) as folder:
        return load_folder(folder, as_of, today)


def day(text: str) -> date:
    """A day as 2026-11-30; ValueError, fit to be shown, for every other way to write one."""
    written = words.day(text)
    if written is None:
        raise ValueError(f"{text!r} is no day: write it like 2026-11-30")
    return written
