"""Whether partners serve the business strategy: objectives, who serves them, and the programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator import paths
from generator.insights.alignment import Alignment, ObjectiveAlignment, ProgramAlignment
from generator.markdown import Md, escape, join, md, verbatim
from generator.model import Entry, Playbook, Status
from generator.views.kit.context import Context
from generator.views.kit.links import Links, by_partner
from generator.views.kit.long_tables import LongTables
from generator.views.kit.pictures import Cell, Picture, grid, heat
from generator.views.kit.tables import Table, table
from generator.views.kit.view import View
from generator.views.kit.words import chip
from generator.views.parts.answer import Answer
from generator.views.parts.trend import FigureChange, changes
from generator.words import count


@dataclass(frozen=True)
class Aim:
    """One objective; `missing` and `programs` may be empty."""

    title: str
    anchor: Md
    about: Md
    serving: Md
    missing: Md
    programs: Md


def answer(context: Context, links: Links) -> Answer:
    """How much of what is active serves an open objective, and which objective nobody serves."""
    playbook, alignment = context.playbook, context.alignment
    question = "Is each partner strategy aligned with the business strategy?"
    if not playbook.objectives:
        return Answer(
            question,
            paths.ALIGNMENT,
            escape("Nobody can tell yet: no business objective is recorded."),
            "The objectives in strategy.yml; then, in a partner's entry, the objectives that the partner serves.",
        )
    parts: list[Md] = []
    lines: list[tuple[str, Md]] = []
    if alignment.share.total:
        still = tuple(served.objective for served in alignment.served)
        aligned = links.rows(
            f"{alignment.share.count} of {alignment.share.total}", objective=still, status=Status.ACTIVE
        )
        lines.append(("Serving an open objective", aligned))
        noun = "relationship" if alignment.share.total == 1 else "relationships"
        about = md("**{}%** of what is active ({} {})", alignment.share.percent, aligned, noun)
        parts.append(md("{} serves an objective that is open.", about))
    if alignment.none:
        none = links.to(count(len(alignment.none), "entry", "entries"), f"{paths.ALIGNMENT}#none")
        lines.append(("Without an objective", none))
        parts.append(md("{} {} no objective.", none, "names" if len(alignment.none) == 1 else "name"))
    total = count(len(alignment.served), "open objective")
    if alignment.unserved:
        aims = join(", ", map(links.objective, alignment.unserved))
        lines += [("Served by nobody", links.objective(one)) for one in alignment.unserved]
        verb = "has" if len(alignment.unserved) == 1 else "have"
        parts.append(md("**{} of {}** {} nobody: {}.", len(alignment.unserved), total, verb, aims))
    elif len(alignment.served) > 1:
        parts.append(md("Every one of the {} has somebody who serves it.", total))
    share = alignment.share if alignment.share.total else None
    return Answer(question, paths.ALIGNMENT, join(" ", parts), share=share, lines=tuple(lines))


@dataclass(frozen=True)
class AlignmentFacts:
    """What `alignment.md.j2` places."""

    answer: Answer
    trend: FigureChange
    any: bool
    picture: Picture
    grid: Table
    aims: tuple[Aim, ...]
    aimless: Table
    aimless_size: str
    ended: Table
    programs: Table


def view(context: Context) -> View:
    """The answer, objectives by functions, each objective, and who serves none."""
    playbook, alignment = context.playbook, context.alignment
    links = Links(playbook, paths.ALIGNMENT)
    long = LongTables(links)
    return View(
        path=paths.ALIGNMENT,
        template="alignment.md.j2",
        title="Strategy",
        description="Which business objectives our partners serve, and which ones nobody serves.",
        facts=AlignmentFacts(
            answer=answer(context, links),
            trend=changes(context, "alignment"),
            any=bool(alignment.served),
            picture=_picture(playbook, alignment),
            grid=_grid(links, alignment),
            aims=tuple(_aims(context, links, alignment)),
            aimless=_worklist(
                links,
                long,
                "none",
                alignment.none if playbook.objectives else (),
                "no objective",
                paths.directory(objective=paths.NOTHING, status=Status.ACTIVE),
            ),
            aimless_size=count(len(alignment.none), "active entry", "active entries"),
            ended=_worklist(links, long, "ended", (*alignment.ended, *alignment.stale), "ended objectives"),
            programs=_programs(links, alignment.programs),
        ),
        place=context.strategy,
        more=long.pages,
    )


def _functions(playbook: Playbook) -> list[str]:
    return [function for function, types in playbook.types_by_function.items() if types]


def _picture(playbook: Playbook, alignment: Alignment) -> Picture:
    functions = _functions(playbook)
    largest = max(
        (len(relationships) for served in alignment.served for relationships in served.relationships.values()),
        default=0,
    )

    def cell(served: ObjectiveAlignment, function: str) -> Cell:
        number = len(served.relationships[function])
        title = f"{playbook.objectives[served.objective].title}, {playbook.functions[function].name}: {number}"
        return Cell(str(number), heat(number, largest), title)

    return grid(
        "alignment",
        "Active relationships that serve each objective, by function",
        "Objectives by functions; each cell shows how many active relationships serve the objective. "
        "The table below has the same numbers.",
        [playbook.functions[function].name for function in functions],
        [
            (playbook.objectives[served.objective].title, [cell(served, f) for f in functions])
            for served in alignment.served
        ],
    )


def _grid(links: Links, alignment: Alignment) -> Table:
    functions = _functions(links.playbook)
    rows = [
        (
            links.objective(served.objective),
            *(
                links.rows(len(served.relationships[f]), objective=served.objective, function=f, status=Status.ACTIVE)
                for f in functions
            ),
            links.rows(served.size, objective=served.objective, status=Status.ACTIVE),
        )
        for served in alignment.served
    ]
    return table(("Objective", *(links.playbook.functions[f].name for f in functions), "All"), rows)


def _aims(context: Context, links: Links, alignment: Alignment) -> Iterator[Aim]:
    playbook = context.playbook
    served = {objective.objective: objective for objective in alignment.served}
    for objective in playbook.objectives.values():
        about = [md("Owner: {}", links.owner(objective.owner))] if objective.owner is not None else []
        if objective.ends is not None:
            about.append(escape(f"{'ended' if objective.id not in served else 'until'} {objective.ends}"))
        if objective.offers:
            about.append(md("Offers: {}", join(", ", map(links.offer, objective.offers))))
        yield Aim(
            title=objective.title,
            anchor=verbatim(f"objective-{objective.id}"),
            about=join("; ", about),
            serving=_serving(links, objective.id, served.get(objective.id)),
            missing=join(", ", map(links.type, served[objective.id].missing)) if objective.id in served else Md(""),
            programs=join(
                ", ", (program.name for program in playbook.programs.values() if program.objective == objective.id)
            ),
        )


def _serving(links: Links, objective: str, served: ObjectiveAlignment | None) -> Md:
    if served is None:
        return escape("It has ended.")
    if not served.size:
        return md("{} No active relationship serves it.", chip("gap", "nobody"))
    partners = {entry.partner for relationships in served.relationships.values() for entry, _ in relationships}
    rows = links.rows(count(served.size, "active relationship"), objective=objective, status=Status.ACTIVE)
    verb = "serves" if served.size == 1 else "serve"
    return md("{} with {} {} it.", rows, count(len(partners), "partner"), verb)


def _worklist(
    links: Links, long: LongTables, name: str, entries: Iterable[Entry], heading: str, filtered: str = ""
) -> Table:
    return long.table(
        name, by_partner(links, entries), _entries, links.partner_name, heading=heading, filtered=filtered
    )


def _entries(links: Links, entries: Sequence[Entry]) -> Table:
    playbook = links.playbook

    def row(entry: Entry) -> tuple[str, ...]:
        named = [playbook.objectives[objective] for objective in entry.objectives]
        closed = [links.objective(objective.id) for objective in named if objective.has_ended(playbook.as_of)]
        return (
            links.partner(entry.partner),
            links.department(entry.department),
            links.owner(entry.owner),
            join(", ", map(links.type, entry.types)),
            join(", ", closed),
        )

    return table(("Partner", "Department", "Owner", "Type", "Ended objective"), map(row, entries))


def _programs(links: Links, programs: Iterable[ProgramAlignment]) -> Table:
    playbook = links.playbook

    def row(run: ProgramAlignment) -> tuple[str, ...]:
        program = playbook.programs[run.program]
        wanted: dict[str, str | tuple[str, ...]] = {"type": program.types, "status": Status.ACTIVE}
        inside = {**wanted, "mode": program.mode} if program.mode is not None else wanted
        outside = tuple(mode for mode in playbook.modes if mode != program.mode)
        return (
            program.name,
            _objective(links, program.objective, run),
            links.mode(program.mode) if program.mode is not None else "",
            join(", ", map(links.type, program.types)),
            links.rows(len(run.relationships), **inside),
            links.rows(len(run.others), **{**wanted, "mode": outside}),
        )

    headers = ("Program", "Objective", "Mode", "Types", "Relationships in it", "Managed otherwise")
    return table(headers, map(row, programs))


def _objective(links: Links, objective: str | None, run: ProgramAlignment) -> Md:
    if objective is None:
        return chip("gap", "none")
    return md("{} {}", links.objective(objective), chip("gap", "ended")) if run.adrift else links.objective(objective)
