"""The matrix of types by management modes, and a page for each mode."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator import paths
from generator.markdown import Md, escape, join
from generator.model import Mode, PartnerType, Relationship
from generator.views.kit.context import Context
from generator.views.kit.links import Links
from generator.views.kit.view import TAXONOMY, View
from generator.views.kit.words import cadence, first_sentence
from generator.views.parts.inventory import Row, rows, size
from generator.views.parts.promises import Promises, promises
from generator.views.parts.types import by_name, is_exception, reason, tool
from generator.words import count

_TRAIL = (("Modes", paths.MODES),)


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
class IndexFacts:
    """What `modes.md.j2` places."""

    total: str
    columns: tuple[Md, ...]
    functions: tuple[MatrixFunction, ...]
    by_stage: bool
    exceptions: bool
    totals: tuple[Md, ...]
    relationships: Md
    others: tuple[Row, ...]
    share: str
    summaries: tuple[tuple[Md, str], ...]


def index(context: Context) -> View:
    """Types by modes: where partners are expected to be managed, and where they are."""
    playbook = context.playbook
    links = Links(playbook, paths.MODES)
    others = tuple((r, u) for r, u in context.relationships if not u.as_expected)
    in_mode = Counter(relationship.mode for _, relationship in context.relationships)
    functions = tuple(
        MatrixFunction(links.function(function_id), tuple(_matrix_row(context, links, one) for one in by_name(types)))
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
        facts=IndexFacts(
            total=count(len(playbook.modes), "way"),
            columns=tuple(links.mode(mode_id) for mode_id in playbook.modes),
            functions=functions,
            by_stage="by stage" in marks,
            exceptions="exception" in marks,
            totals=tuple(links.current(in_mode[mode_id], mode=mode_id) for mode_id in playbook.modes),
            relationships=links.current(len(context.relationships)),
            others=rows(links, others),
            share=f"{len(others)} of {count(len(context.relationships), 'relationship')}",
            summaries=tuple((links.mode(mode.id), first_sentence(mode.summary)) for mode in playbook.modes.values()),
        ),
    )


def _matrix_row(context: Context, links: Links, one: PartnerType) -> MatrixRow:
    relationships = context.relationships_by_type[one.id]
    mark = "by stage" if one.stage_dependent else "exception" if is_exception(links, one) else ""
    return MatrixRow(
        type=links.type(one.id),
        mark=mark,
        cells=_cells(context, links, one),
        total=links.current(len(relationships), type=one.id),
    )


def _cells(context: Context, links: Links, one: PartnerType) -> tuple[Md, ...]:
    pairs = Counter(
        (relationship.mode, relationship.expected_mode) for _, relationship in context.relationships_by_type[one.id]
    )
    return tuple(_cell(links, one, mode_id, pairs) for mode_id in context.playbook.modes)


def _cell(links: Links, one: PartnerType, mode_id: str, pairs: Mapping[tuple[str, str], int]) -> Md:
    """Such as "4 of 5" of those expected in this mode are in it, and "1 not expected" is; each a link."""
    kept = pairs.get((mode_id, mode_id), 0)
    expected = sum(number for (_, wanted), number in pairs.items() if wanted == mode_id)
    strays = sum(number for (actual, wanted), number in pairs.items() if actual == mode_id != wanted)
    parts = []
    if expected:
        parts.append(_found(links, one, mode_id, f"{kept} of {expected}", None if kept and strays else kept))
    elif mode_id in one.modes.values():
        parts.append(escape("expected"))
    if strays:
        parts.append(_found(links, one, mode_id, f"{strays} not expected", None if kept and strays else strays))
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
class PageFacts:
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
    rows: tuple[Row, ...]
    unexpected: bool
    elsewhere: tuple[Row, ...]
    matrix: Md


def _page(context: Context, mode: Mode) -> View:
    playbook = context.playbook
    links = Links(playbook, paths.mode(mode.id))
    here = tuple((r, u) for r, u in context.relationships if u.mode == mode.id)
    elsewhere = tuple((r, u) for r, u in context.relationships if u.mode != mode.id and u.expected_mode == mode.id)
    skills = tuple(_skills(context, mode))
    return View(
        path=links.here,
        template="mode.md.j2",
        title=mode.name,
        description=first_sentence(mode.summary),
        place=mode.place,
        trail=_TRAIL,
        facts=PageFacts(
            summary=mode.summary,
            cadence=cadence(mode.review_every),
            needs=join("; ", needs(mode)),
            tools=join(", ", (tool(one) for one in playbook.tools.values() if mode.id in one.modes)),
            skills=skills,
            trained=any(skill.training for skill in skills),
            promises=promises(links, (), (mode.id,)),
            expected=tuple(_expected(context, links, mode)),
            size=size(here),
            rows=rows(links, here),
            unexpected=any(not relationship.as_expected for _, relationship in here),
            elsewhere=rows(links, elsewhere),
            matrix=links.to("all modes and types", paths.MODES),
        ),
    )


def needs(mode: Mode) -> Iterator[str]:
    """What an active partner in this mode must have besides an owner."""
    if mode.needs_sponsor:
        yield "a sponsor"
    for kind in mode.needs_agreement:
        yield f"an agreement in force ({kind})"


def _skills(context: Context, mode: Mode) -> Iterator[SkillRow]:
    for skill in sorted(context.playbook.skills.values(), key=lambda one: one.name.casefold()):
        if mode.id in skill.modes:
            yield SkillRow(skill.name, f"{skill.level} of 5", skill.training)


def _expected(context: Context, links: Links, mode: Mode) -> Iterator[ExpectedType]:
    for one in by_name(tuple(context.playbook.types.values())):
        stages = [stage for stage, expected in one.modes.items() if expected == mode.id]
        if stages:
            relationships = [
                relationship
                for _, relationship in context.relationships_by_type[one.id]
                if relationship.expected_mode == mode.id
            ]
            yield ExpectedType(
                type=links.type(one.id),
                function=links.function(one.function),
                when=_when(links, one, stages),
                relationships=_kept(context, links, one, mode, relationships),
            )


def _when(links: Links, one: PartnerType, stages: Iterable[str | None]) -> Md:
    named = [links.stage(stage) for stage in stages if stage is not None]
    return join(", ", named) if named else reason(links, one)


def _kept(context: Context, links: Links, one: PartnerType, mode: Mode, expected: list[Relationship]) -> Md:
    """How many of those that are expected in the mode are in it."""
    if not expected:
        return escape("none yet")
    kept = sum(relationship.as_expected for relationship in expected)
    there = sum(relationship.mode == mode.id for _, relationship in context.relationships_by_type[one.id])
    return _found(links, one, mode.id, f"{kept} of {len(expected)}", kept if kept == there else None)


def _found(links: Links, one: PartnerType, mode_id: str, label: str, rows: int | None) -> Md:
    """A figure of the type's partners in the mode, linked to the directory's rows.

    `rows` counts them; None: the directory, which knows no expected modes, would show others with
    them, so that the type's own page must do.
    """
    if rows:
        return links.current(label, type=one.id, mode=mode_id)
    return links.to(label, f"{paths.partner_type(one.id)}#partners" if rows == 0 else paths.managed(one.id, mode_id))
