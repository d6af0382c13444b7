"""A folder of YAML to a Playbook, with every error of it and not the first alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from generator.model import Playbook, Snapshot, frozen
from generator.problems import Place, Problem, in_order
from generator.resolve.inventory import resolve_inventory
from generator.resolve.plans import (
    check_settings,
    declare_plans,
    resolve_people,
    resolve_portfolio,
    resolve_settings,
    resolve_strategy,
    resolve_toolkit,
)
from generator.resolve.references import References, TypeNames
from generator.resolve.taxonomy import resolve_taxonomy
from generator.schema import check
from generator.schema.kinds import slug
from generator.schema.shapes import (
    DepartmentShape,
    LimitsShape,
    People,
    Portfolio,
    SettingsFile,
    Strategy,
    Toolkit,
)
from generator.source import HISTORY, Document, Recorded, data_files, load, load_history, text_of

__all__ = ["Loaded", "TypeNames", "load_playbook"]

_MEGABYTE = 1_000_000
_OTHER_LIMIT = 2 * _MEGABYTE
_KINDS = {
    "taxonomy.yml": ("function", "group", "type", "mode", "stage", "factor"),
    "people.yml": ("person",),
    "portfolio.yml": ("offer", "route"),
    "strategy.yml": ("objective", "program"),
    "toolkit.yml": ("tool", "skill"),
}
_OPTIONAL = {"people.yml": People, "portfolio.yml": Portfolio, "strategy.yml": Strategy, "toolkit.yml": Toolkit}


@dataclass(frozen=True)
class Loaded:
    """`playbook` is None where `problems`, all of them errors, sorted by place, has any."""

    playbook: Playbook | None
    problems: tuple[Problem, ...]
    documents: Mapping[str, Document]
    type_names: TypeNames
    """Every way to write a type of this playbook."""


def load_playbook(folder: Path, as_of: date | None = None, today: date | None = None) -> Loaded:
    """Load and check the data folder.

    The day of the playbook is `as_of`, else that of settings.yml, else `today`; ValueError where
    none of the three is given.  Wrong data never raises.
    """
    reader = _Reader(folder)
    reader.read()
    settings_shape = reader.shapes.get("settings.yml") or SettingsFile()
    day = as_of or settings_shape.as_of or today
    if day is None:
        raise ValueError("the day of the playbook is not given")
    references = References(reader.unread, reader.dropped)
    playbook, names = _resolve(reader, settings_shape, day, references)
    problems = in_order([*reader.problems, *references.problems])
    return Loaded(None if problems else playbook, tuple(problems), reader.documents, names)


@dataclass
class _Reader:
    """Reads every file and checks its shape."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    shapes: dict[str, Any] = field(default_factory=dict)
    departments: list[DepartmentShape] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    dropped: set[str] = field(default_factory=set)
    history: list[Recorded] = field(default_factory=list)

    def read(self) -> None:
        files, problems = data_files(self.folder)
        self.problems += problems
        limit = LimitsShape().inventory_mb * _MEGABYTE
        # The settings come first: they say how large the others may be.
        for file in sorted(files.keys() - {HISTORY}, key=lambda name: (name != "settings.yml", [*files].index(name))):
            inventory = file == "partners.yml" or file.startswith("partners/")
            shape = self._shape(file, files[file], limit if inventory else _OTHER_LIMIT)
            if shape is None:
                self.unread.update(_KINDS.get(file, ("department", "partner")))
            elif inventory:
                self.departments += shape.departments
            else:
                self.shapes[file] = shape
                if file == "settings.yml":
                    limit = shape.limits.inventory_mb * _MEGABYTE
        if HISTORY in files:
            self.history, text, problems = load_history(files[HISTORY], _OTHER_LIMIT)
            self.documents[HISTORY] = Document(HISTORY, text, None, Place(HISTORY))
            self.problems += problems
        if "taxonomy.yml" not in files:
            self.unread.update(_KINDS["taxonomy.yml"])

    def _shape(self, file: str, path: Path, limit: int) -> Any:
        document, problems = load(path, file, limit)
        self.problems += problems
        if document is None:
            # Nothing in it can be trusted, but a report shows the line that is wrong.
            self.documents[file] = Document(file, text_of(path, limit), None, Place(file))
            return None
        self.documents[file] = document
        shape, problems = check(file, document.data, document.place)
        self.problems += problems
        if problems and shape is not None:
            gone = set(_ids(document.data)) - set(_ids(shape.model_dump()))
            self.dropped |= gone | {slug(written) for written in gone}
        return shape


def _day(recorded: Recorded) -> date:
    return recorded.day


def _ids(data: Any) -> Iterator[str]:
    """Every id that an entry in `data` has."""
    if isinstance(data, dict):
        if isinstance(data.get("id"), str):
            yield str(data["id"])
        yield from _ids(list(data.values()))
    elif isinstance(data, list):
        for item in data:
            yield from _ids(item)


def _resolve(
    reader: _Reader, settings_shape: SettingsFile, day: date, references: References
) -> tuple[Playbook, TypeNames]:
    shapes = {name: reader.shapes.get(name) or shape() for name, shape in _OPTIONAL.items()}
    portfolio, strategy, toolkit = shapes["portfolio.yml"], shapes["strategy.yml"], shapes["toolkit.yml"]
    settings = resolve_settings(settings_shape)
    taxonomy = reader.shapes.get("taxonomy.yml")
    entities: dict[str, Any] = {}
    if taxonomy is None:
        names = TypeNames(None, (), references)
    else:
        entities, names = resolve_taxonomy(taxonomy, references)
    declare_plans(portfolio, strategy, toolkit, references)
    departments, partners = resolve_inventory(
        reader.departments, entities.get("types", {}), names, settings, day, references
    )
    check_settings(settings, references)
    playbook = Playbook(
        as_of=day,
        settings=settings,
        departments=departments,
        partners=partners,
        people=resolve_people(shapes["people.yml"], references),
        history=tuple(Snapshot(one.day, frozen(one.figures), one.place) for one in sorted(reader.history, key=_day)),
        **entities,
        **resolve_portfolio(portfolio, names, settings, references),
        **resolve_strategy(strategy, names, references),
        **resolve_toolkit(toolkit, names, references),
    )
    return playbook, names
