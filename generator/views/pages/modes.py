"""The matrix of types by management modes, and a page for each mode."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from generator import paths
from generator.markdown import Md, escape, join
from generator.model import Mode, PartnerType, Relationship
from generator.views.kit.context import Context
from generator.views.kit.links import CURRENT, Links
from generator.views.kit.long_tables import LongTables
from generator.views.kit.tables import Table
from generator.views.kit.view import TAXONOMY, View
from generator.views.kit.words import cadence, first_sentence
from generator.views.parts.inventory import Column, pair_name, rows, size
from generator.views.parts.promises import Promises, promises
from generator.views.parts.types import by_name, is_exception, reason, tool_name
from generator.words import count

_TRAIL = (("Modes", paths.MODES),)
_OTHERS = (Column.PARTNER, Column.TYPE, Column.DEPARTMENT, Column.EXPECTED, Column.MODE, Column.REASON)
_ELSEWHERE = (Column.PARTNER, Column.TYPE, Column.DEPARTMENT, Column.MODE, Column.REASON)


# --- the matrix ---------------------------------------------------------------------------


@dataclass(frozen=True)
class MatrixRow:
    """A type with one cell a mode; `mark` is "by stage", "exception" or empty."""

    type: Md
    mark: str
    cells: tuple[Md, ...]
    total: Md


@dataclass(frozen=True)
class MatrixFunction:
    function: Md
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True)
class ModesIndexFacts:
    """What `modes.md.j2` places."""

    total: str
    columns: tuple[Md, ...]
    functions: tuple[MatrixFunction, ...]
    by_stage: bool
    exceptions: bool
    totals: tuple[Md, ...]
    relationships: Md
    others: Table
    share: str
    summaries: tuple[tuple[Md, str], ...]
    promised: tuple[tuple[Md, Md], ...]


def index(context: Context) -> View:
    """Types by modes: where partners are expected to be managed, and where they are."""
    playbook = context.playbook
    links = Links(playbook, paths.MODES)
    long = LongTables(links)
    unexpected = tuple(
        (entry, relationship) for entry, relationship in context.relationships if not relationship.as_expected
    )
    in_mode = Counter(relationship.mode for _, relationship in context.relationships)
    functions = tuple(
        MatrixFunction(
            links.function(function_id),
            tuple(_matrix_row(context, links, partner_type) for partner_type in by_name(types)),
        )
        for function_id, types in playbook.types_by_function.items()
        if types
    )
    marks = {row.mark for part in functions for row in part.rows}
    return View(
        path=paths.MODES,
        place=TAXONOMY,
        template="modes.md.j2",
        title="Management modes",
        description="How each type of partner is expected to be managed, and how our partners are managed today.",
        hide=("toc",),
        facts=ModesIndexFacts(
            total=count(len(playbook.modes), "way"),
            columns=tuple(links.mode(mode_id) for mode_id in playbook.modes),
            functions=functions,
            by_stage="by stage" in marks,
            exceptions="exception" in marks,
            totals=tuple(links.current(in_mode[mode_id], mode=mode_id) for mode_id in playbook.modes),
            relationships=links.current(len(context.relationships)),
            others=long.table(
                "unexpected",
                unexpected,
                partial(rows, _OTHERS),
                pair_name(links),
                heading="managed otherwise",
            ),
            share=f"{len(unexpected)} of {count(len(context.relationships), 'relationship')}",
            summaries=tuple((links.mode(mode.id), first_sentence(mode.summary)) for mode in playbook.modes.values()),
            promised=tuple(_promised(links, mode) for mode in playbook.modes.values()),
        ),
        more=long.pages,
    )


def _promised(links: Links, mode: Mode) -> tuple[Md, Md]:
    """The way to what may be promised in a mode, and the types that expect it."""
    types = by_name(tuple(kind for kind in links.playbook.types.values() if mode.id in kind.modes.values()))
    return (
        links.to(mode.name, f"{paths.mode(mode.id)}#promises"),
        join(", ", (links.type(kind.id) for kind in types)),
    )


def _matrix_row(context: Context, links: Links, partner_type: PartnerType) -> MatrixRow:
    relationships = context.relationships_by_type[partner_type.id]
    mark = "by stage" if partner_type.stage_dependent else "exception" if is_exception(links, partner_type) else ""
    return MatrixRow(
        type=links.type(partner_type.id),
        mark=mark,
        cells=_cells(context, links, partner_type),
        total=links.current(len(relationships), type=partner_type.id),
    )


def _cells(context: Context, links: Links, partner_type: PartnerType) -> tuple[Md, ...]:
    pairs = Counter(
        (relationship.mode, relationship.expected_mode)
        for _, relationship in context.relationships_by_type[partner_type.id]
    )
    return tuple(_cell(links, partner_type, mode_id, pairs) for mode_id in context.playbook.modes)


def _cell(links: Links, partner_type: PartnerType, mode_id: str, pairs: Mapping[tuple[str, str], int]) -> Md:
    """Such as "4 of 5" of those expected in this mode are in it, and "1 not expected" is; each a link."""
    met = pairs.get((mode_id, mode_id), 0)
    expected = sum(number for (_, wanted), number in pairs.items() if wanted == mode_id)
    strays = sum(number for (actual, wanted), number in pairs.items() if actual == mode_id != wanted)
    parts = []
    if expected:
        parts.append(_figure(links, partner_type, mode_id, f"{met} of {expected}", None if met and strays else met))
    elif mode_id in partner_type.modes.values():
        parts.append(escape("expected"))
    if strays:
        number = None if met and strays else strays
        parts.append(_figure(links, partner_type, mode_id, f"{strays} not expected", number))
    return join(", ", parts)


# --- a page for each ----------------------------------------------------------------------


@dataclass(frozen=True)
class ExpectedType:
    type: Md
    function: Md
    when: Md
    relationships: Md


@dataclass(frozen=True)
class SkillRow:
    name: str
    level: str
    training: str


def pages(context: Context) -> Iterator[View]:
    """The page of every mode, in the order of the taxonomy."""
    for mode in context.playbook.modes.values():
        yield _page(context, mode)


@dataclass(frozen=True)
class ModesPageFacts:
    """What `mode.md.j2` places."""

    summary: str
    cadence: str
    needs: Md
    tools: Md
    skills: tuple[SkillRow, ...]
    trained: bool
    promises: Promises
    expected: tuple[ExpectedType, ...]
    size: str
    partners: Table
    elsewhere: Table
    matrix: Md


def _page(context: Context, mode: Mode) -> View:
    playbook = context.playbook
    links = Links(playbook, paths.mode(mode.id))
    long = LongTables(links)
    columns = [Column.PARTNER, Column.TYPE, Column.OWNER, Column.DEPARTMENT, Column.STATUS]
    managed = tuple(
        (entry, relationship) for entry, relationship in context.relationships if relationship.mode == mode.id
    )
    elsewhere = tuple(
        (entry, relationship)
        for entry, relationship in context.relationships
        if relationship.mode != mode.id and relationship.expected_mode == mode.id
    )
    if not all(relationship.as_expected for _, relationship in managed):
        columns.append(Column.WHY)
    skills = tuple(_skills(context, mode))
    return View(
        path=links.here,
        template="mode.md.j2",
        title=mode.name,
        description=first_sentence(mode.summary),
        place=mode.place,
        trail=_TRAIL,
        facts=ModesPageFacts(
            summary=mode.summary,
            cadence=cadence(mode.review_every),
            needs=join("; ", needs(mode)),
            tools=join(
                ", ",
                (tool_name(tool) for tool in playbook.tools.values() if mode.id in tool.modes),
            ),
            skills=skills,
            trained=any(skill.training for skill in skills),
            promises=promises(links, (), (mode.id,)),
            expected=tuple(_expected(context, links, mode)),
            size=size(managed),
            partners=long.table(
                "partners",
                managed,
                partial(rows, columns),
                pair_name(links),
                filtered=paths.directory(mode=mode.id, status=CURRENT),
            ),
            elsewhere=long.table(
                "elsewhere",
                elsewhere,
                partial(rows, _ELSEWHERE),
                pair_name(links),
                heading="managed otherwise",
            ),
            matrix=links.to("all modes and types", paths.MODES),
        ),
        more=long.pages,
    )


def needs(mode: Mode) -> Iterator[str]:
    """What an active partner in this mode must have besides an owner."""
    if mode.needs_sponsor:
        yield "a sponsor"
    for kind in mode.needs_agreement:
        yield f"an agreement in force ({kind})"


def _skills(context: Context, mode: Mode) -> Iterator[SkillRow]:
    for skill in sorted(context.playbook.skills.values(), key=lambda skill: skill.name.casefold()):
        if mode.id in skill.modes:
            yield SkillRow(skill.name, f"{skill.level} of 5", skill.training)


def _expected(context: Context, links: Links, mode: Mode) -> Iterator[ExpectedType]:
    for partner_type in by_name(tuple(context.playbook.types.values())):
        stages = [stage for stage, expected in partner_type.modes.items() if expected == mode.id]
        if stages:
            relationships = [
                relationship
                for _, relationship in context.relationships_by_type[partner_type.id]
                if relationship.expected_mode == mode.id
            ]
            yield ExpectedType(
                type=links.type(partner_type.id),
                function=links.function(partner_type.function),
                when=_when(links, partner_type, stages),
                relationships=_as_expected(context, links, partner_type, mode, relationships),
            )


def _when(links: Links, partner_type: PartnerType, stages: Iterable[str | None]) -> Md:
    named = [links.stage(stage) for stage in stages if stage is not None]
    return join(", ", named) if named else reason(links, partner_type)


def _as_expected(
    context: Context, links: Links, partner_type: PartnerType, mode: Mode, expected: list[Relationship]
) -> Md:
    """How many of those that are expected in the mode are in it."""
    if not expected:
        return escape("none yet")
    met = sum(relationship.as_expected for relationship in expected)
    in_mode = sum(relationship.mode == mode.id for _, relationship in context.relationships_by_type[partner_type.id])
    return _figure(links, partner_type, mode.id, f"{met} of {len(expected)}", met if met == in_mode else None)


def _figure(links: Links, partner_type: PartnerType, mode_id: str, label: str, rows: int | None) -> Md:
    """A figure of the type's partners in the mode, linked to the directory's rows.

    `rows` counts them; None: the directory, which knows no expected modes, would show others with
    them, so that the type's own page must do.
    """
    if rows:
        return links.current(label, type=partner_type.id, mode=mode_id)
    return links.to(
        label,
        f"{paths.partner_type(partner_type.id)}#partners" if rows == 0 else paths.managed(partner_type.id, mode_id),
    )
