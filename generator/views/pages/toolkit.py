"""Tools, skills and satisfaction: what we have to manage partners with, and what they think of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import paths
from generator.insights.ownership import Share
from generator.insights.satisfaction import Asked
from generator.insights.skills import Skills
from generator.insights.tools import Equipment
from generator.markdown import Md, escape, join, md
from generator.model import Playbook, Status, Tool
from generator.views.kit.context import Context
from generator.views.kit.links import Links
from generator.views.kit.long_tables import LongTables
from generator.views.kit.pictures import Picture
from generator.views.kit.tables import Table, table
from generator.views.kit.view import View
from generator.views.parts import satisfaction as satisfied
from generator.views.parts import skills as skilled
from generator.views.parts.answer import Answer
from generator.views.parts.satisfaction import Means
from generator.views.parts.trend import FigureChange, changes
from generator.views.parts.types import tool_name
from generator.views.parts.ways import Way, ways
from generator.views.parts.worklist import worklist
from generator.words import count

QUESTION = "Do we have the tools and the skills to manage partners, and are the partners satisfied?"

_SECTION = f"{paths.TOOLKIT}#tools"


def answer(context: Context, links: Links) -> Answer:
    """A sentence for each of the three that is recorded, and what to record of the others."""
    playbook = context.playbook
    asked, known = context.satisfaction, context.skills
    if not asked.scored and not asked.silent:
        sentence = escape("No partner is active yet, so there is nobody to manage or to ask.")
        first = md("An active partner with an owner, in partners.yml: {}.", links.to("how to add one", paths.EDITORS))
        return Answer(QUESTION, paths.TOOLKIT, sentence, first)
    sentences = []
    if playbook.tools:
        sentences.append(_sentence(links, context.equipment))
    if known.owners:
        sentences.append(skilled.sentence(links, known))
    if asked.scored:
        sentences.append(satisfied.sentence(links, asked))
    text = join(" ", sentences) or escape("Nobody can tell: none of the three is recorded yet.")
    share = Share(len(known.able), known.owners) if known.owners else None
    about = f"{len(known.able)} of {count(known.owners, 'owner')} with every skill that they need" if share else ""
    lines = tuple(_lines(context, links))
    return Answer(QUESTION, paths.TOOLKIT, text, _to_record(playbook, known, asked), share, about, lines=lines)


def _lines(context: Context, links: Links) -> Iterator[tuple[str, Md]]:
    """The links of those sentences."""
    asked, known, here = context.satisfaction, context.skills, paths.TOOLKIT
    if context.playbook.tools:
        tools = context.equipment
        bare = len(tools.bare_modes) + len(tools.bare)
        number = f"{bare or 'none'} of {len(tools.modes) + len(tools.types)}"
        yield "Modes and types without a tool", links.to(number, _SECTION)
    if known.owners:
        yield "Owners with every skill", links.to(f"{len(known.able)} of {known.owners}", skilled.SECTION)
    if known.short and len(known.unknown) < known.owners:
        yield "Owners who lack one", links.to(str(len(known.short)), f"{here}#lacking")
    if known.unknown and len(known.unknown) < known.owners:
        yield "Owners without skills on record", links.to(str(len(known.unknown)), f"{here}#skills-unknown")
    if asked.scored and asked.overall is None:
        yield "Too few to show", links.to(count(asked.hidden, "answer"), f"{here}#scores")
    elif asked.overall is not None:
        yield "Partners rate us", links.to(satisfied.score(asked.overall), satisfied.SECTION)
        yield "From how many", links.to(count(asked.overall.n, "answer"), f"{here}#scores")
        if asked.silent:
            yield "Without a score", links.to(str(len(asked.silent)), f"{here}#silent")


def _ways(context: Context, known: Skills, asked: Asked) -> Iterator[Way]:
    """The parts of the page, as the template has them."""
    yield "Tools", "tools", len(context.playbook.tools)
    if known.owners:
        yield "Skills", "skills", len(context.playbook.skills)
        yield "What to learn, by owner", "lacking", len(known.lacking)
        yield "No skill is recorded", "skills-unknown", len(known.unknown)
    if asked.scored:
        yield "Satisfaction", "satisfaction", None
        yield "Every score", "scores", len(asked.scored)
        yield "No score yet", "silent", len(asked.silent)


def _to_record(playbook: Playbook, known: Skills, asked: Asked) -> str:
    """What to record before the three can be told; empty where they can."""
    wanted = []
    if not playbook.tools:
        wanted.append("tools in toolkit.yml, each with the modes or the types that it serves")
    if not playbook.skills:
        wanted.append("skills in toolkit.yml, each with the modes that need it, and in people.yml who has them")
    elif known.unknown and not known.able and not known.lacking:
        wanted.append("skills in people.yml, for each owner")
    if not asked.scored:
        wanted.append("satisfaction in partners.yml, for each partner that was asked")
    text = "; ".join(wanted)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


@dataclass(frozen=True)
class ToolkitFacts:
    """What `toolkit.md.j2` places."""

    answer: Answer
    trend: FigureChange
    ways: Md
    pictures: tuple[Picture, ...]
    more_pictures: tuple[Picture, ...]
    tools: Table
    bare: Table
    in_use: bool
    skills: Table
    lacking: Table
    able: Md
    unknown: Md
    means: tuple[Means, ...]
    hidden: str
    least: str
    max_age: str
    low: str
    mixed: bool
    findings: Table
    directory: Md
    scores: Table
    silent: Table


def view(context: Context) -> View:
    """The answer and a picture, then a part for each of the three, where it is recorded."""
    playbook = context.playbook
    links = Links(playbook, paths.TOOLKIT)
    long = LongTables(links)
    asked, known, tools = context.satisfaction, context.skills, context.equipment
    findings = satisfied.open_findings(context)
    pictures = _pictures(playbook, known, asked)
    return View(
        path=paths.TOOLKIT,
        template="toolkit.md.j2",
        title="Tools and skills",
        description="Which tools and skills we have to manage partners, what is missing, and what partners think.",
        place=context.toolkit,
        hide=("toc",),
        facts=ToolkitFacts(
            answer=answer(context, links),
            trend=changes(context, "toolkit"),
            ways=ways(links, _ways(context, known, asked)),
            pictures=pictures[:1],
            more_pictures=pictures[1:],
            tools=_tools(links),
            bare=_bare(links, tools) if playbook.tools else table((), ()),
            in_use=bool(tools.modes),
            skills=skilled.by_skill(links, long, known),
            lacking=skilled.lacking(links, long, known),
            able=skilled.people(links, long, "able", known.able, "owners who hold every skill", "skills"),
            unknown=skilled.people(
                links, long, "skills-unknown", known.unknown, "owners of whom no skill is recorded", "skills-unknown"
            ),
            means=tuple(satisfied.means(links, asked)),
            hidden=count(asked.hidden, "answer") if asked.hidden else "",
            least=count(playbook.settings.thresholds.satisfaction_min_n, "answer"),
            max_age=count(playbook.settings.thresholds.satisfaction_max_age, "day"),
            low=f"{playbook.settings.thresholds.satisfaction_low:.0%}",
            mixed=asked.overall is not None and asked.overall.scale is None,
            findings=worklist(context, long, "satisfaction-open", findings, "old or low scores"),
            directory=satisfied.in_directory(links, findings),
            scores=satisfied.scores(links, long, asked),
            silent=satisfied.silent(links, long, asked) if asked.scored else table((), ()),
        ),
        more=long.pages,
    )


def _pictures(playbook: Playbook, known: Skills, asked: Asked) -> tuple[Picture, ...]:
    """Those of skills and of satisfaction, where there is anything to draw."""
    pictures = []
    if known.able or known.lacking:
        pictures.append(skilled.picture(playbook, known))
    if asked.overall is not None:
        pictures.append(satisfied.picture(playbook, asked))
    return tuple(pictures)


# --- tools --------------------------------------------------------------------------------


def _sentence(links: Links, tools: Equipment) -> Md:
    gaps = [
        links.to(f"{len(bare)} of {count(len(all_of_them), kind)}", _SECTION)
        for bare, all_of_them, kind in ((tools.bare_modes, tools.modes, "mode"), (tools.bare, tools.types, "type"))
        if bare
    ]
    if not gaps:
        return md("**{}** in use has a tool.", links.to("Every mode and type", _SECTION))
    single = len(tools.bare_modes) + len(tools.bare) == 1
    return md("**{}** in use {} no tool.", join("** and **", gaps), "has" if single else "have")


def _bare(links: Links, tools: Equipment) -> Table:
    """The worklist: modes and types in use without a tool, and how much is managed without one."""
    rows = [
        (links.mode(mode), "mode", links.rows(tools.mode_relationships[mode], mode=mode, status=Status.ACTIVE))
        for mode in tools.bare_modes
    ]
    rows += [
        (links.type(type_id), "type", links.rows(tools.type_relationships[type_id], type=type_id, status=Status.ACTIVE))
        for type_id in tools.bare
    ]
    return table(("Without a tool", "What it is", "Active relationships"), rows)


def _tools(links: Links) -> Table:
    playbook = links.playbook

    def row(tool: Tool) -> tuple[str, ...]:
        return tool_name(tool), join(", ", map(links.mode, tool.modes)), join(", ", map(links.type, tool.types))

    tools = sorted(playbook.tools.values(), key=lambda tool: tool.name.casefold())
    return table(("Tool", "For the modes", "For the types"), map(row, tools), empty="–")
