"""Tools, skills and satisfaction: what we have to manage partners with, and what they think of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from generator import paths
from generator.insights.satisfaction import Asked, Mean, is_old, satisfaction
from generator.insights.skills import Lacking, Skills, skills
from generator.insights.tools import Equipment, equipment
from generator.markdown import Md, escape, join, link, url
from generator.model import Playbook, Tool
from generator.views.answer import Answer
from generator.views.page import Context, Links, Table, View, chip, count, table
from generator.views.pictures import Bar, Picture, bars


@dataclass(frozen=True)
class Means:
    """A table of means by one thing, its heading and how many answers had to be left out of it."""

    heading: str
    anchor: Md
    table: Table
    hidden: str


def answer(context: Context, links: Links) -> Answer:
    """A sentence for each of the three, where it is recorded."""
    playbook = context.playbook
    sentences, record = [], []
    if playbook.tools:
        sentences.append(_tools_answer(links, equipment(playbook)))
    else:
        record.append("the tools in toolkit.yml, each with the modes or the types that it serves")
    known = skills(playbook) if playbook.skills else None
    if known is not None and (known.able or known.lacking):
        sentences.append(_skills_answer(links, known))
    else:
        record.append("the skills in toolkit.yml that each mode needs, and in people.yml those that owners have")
    overall = satisfaction(playbook).overall
    if overall is not None:
        sentences.append(_satisfaction_answer(links, overall))
    else:
        least = playbook.settings.thresholds.satisfaction_min_n
        record.append(f"in partners' entries their satisfaction, from {least} answers or more")
    text = join(" ", filter(None, sentences)) or escape("Nobody can tell yet: nothing is recorded of the three.")
    missing = "; ".join(record)
    return Answer(
        "Do we have the tools and the skills to manage partners, and are the partners satisfied?",
        paths.TOOLKIT,
        text,
        f"{missing[:1].upper()}{missing[1:]}." if missing else "",
    )


def _tools_answer(links: Links, found: Equipment) -> Md:
    if not found.types:
        return Md("")
    modes, types = len(found.bare_modes), len(found.bare)
    bare = links.to(f"{types} of {count(len(found.types), 'type')}", f"{paths.TOOLKIT}#tools")
    if not modes and not types:
        return Md(f"**Every mode and type** in use has {links.to('a tool', f'{paths.TOOLKIT}#tools')}.")
    some = links.to(f"{modes} of {count(len(found.modes), 'mode')}", f"{paths.TOOLKIT}#tools")
    which = join(" and ", [one for one, number in ((some, modes), (bare, types)) if number])
    return Md(f"**{which}** in use {'has' if modes + types == 1 else 'have'} no tool.")


def _skills_answer(links: Links, found: Skills) -> Md:
    known = len(found.able) + len(found.short)
    able = links.to(f"{len(found.able)} of {count(known, 'owner')}", f"{paths.TOOLKIT}#skills")
    text = f"**{able}** {'holds' if len(found.able) == 1 else 'hold'} every skill that their modes need"
    if found.unknown:
        text += f"; of {len(found.unknown)} more no skill is recorded"
    return Md(f"{text}.")


def _satisfaction_answer(links: Links, mean: Mean) -> Md:
    asked = f"{count(mean.n, 'answer')} from {count(len(mean.partners), 'partner')}"
    source = links.to(asked, f"{paths.TOOLKIT}#satisfaction")
    return Md(f"Partners rate working with us **{_score(mean)}** ({source}).")


def _score(mean: Mean) -> str:
    return (
        f"{mean.share * mean.scale:.1f} of {mean.scale:g}"
        if mean.scale is not None
        else f"{mean.share:.0%} of the top score"
    )


def view(context: Context) -> View:
    """The answer, satisfaction by mode as a picture, then a part for each of the three."""
    playbook = context.playbook
    links = Links(playbook, paths.TOOLKIT)
    asked = satisfaction(playbook)
    known = skills(playbook)
    return View(
        path=paths.TOOLKIT,
        template="toolkit.md.j2",
        title="Tools and skills",
        description="Which tools and skills we have to manage partners, what is missing, and what partners think.",
        facts={
            "title": "Tools and skills",
            "answer": answer(context, links),
            "asked": asked.overall is not None,
            "picture": _picture(playbook, asked),
            "tools": _tools(links),
            "bare": _bare(links, equipment(playbook)) if playbook.tools else table((), ()),
            "skills": _lacking(links, known.lacking),
            "able": join(", ", map(links.person, known.able)),
            "unknown": join(", ", map(links.person, known.unknown)) if playbook.skills else "",
            "any_skills": bool(playbook.skills and (known.able or known.lacking or known.unknown)),
            "means": tuple(_means(links, asked)),
            "findings": _findings(context, links),
            "silent": links.to(count(len(asked.silent), "active entry", "active entries"), f"{paths.TOOLKIT}#silent"),
            "silent_table": _silent(links, asked),
            "least": playbook.settings.thresholds.satisfaction_min_n,
        },
        place=context.toolkit,
    )


def _picture(playbook: Playbook, asked: Asked) -> Picture:
    def bar(mode: str, mean: Mean) -> Bar:
        low = mean.share < playbook.settings.thresholds.satisfaction_low
        value = f"{mean.share:.0%}, {count(mean.n, 'answer')}{' (low)' if low else ''}"
        return Bar(playbook.modes[mode].name, value, ((mean.share, "warn" if low else "heat-3", value),))

    return bars(
        "satisfaction",
        "Satisfaction by the mode in which partners are managed, in percent of the top score",
        "One bar for each mode, as long as its mean score. The table under Satisfaction has the figures.",
        [bar(mode, mean) for mode, mean in asked.modes.items() if mean is not None],
    )


# --- tools and skills ---------------------------------------------------------------------


def _tools(links: Links) -> Table:
    playbook = links.playbook

    def row(tool: Tool) -> tuple[str, ...]:
        name = link(tool.name, url(tool.url)) if tool.url else escape(tool.name)
        return name, join(", ", map(links.mode, tool.modes)), join(", ", map(links.type, tool.types))

    them = sorted(playbook.tools.values(), key=lambda tool: tool.name.casefold())
    return table(("Tool", "For the modes", "For the types"), map(row, them), empty="–")


def _bare(links: Links, found: Equipment) -> Table:
    playbook = links.playbook
    rows = [
        (links.mode(mode), "mode", links.rows(_held(playbook, mode=mode), mode=mode, status="active"))
        for mode in found.bare_modes
    ]
    rows += [(links.type(t), "type", links.rows(_held(playbook, kind=t), type=t, status="active")) for t in found.bare]
    return table(("Without a tool", "What it is", "Active relationships"), rows)


def _held(playbook: Playbook, mode: str = "", kind: str = "") -> int:
    return sum((not mode or unit.mode == mode) and (not kind or unit.type == kind) for _, unit in playbook.units())


def _lacking(links: Links, lacking: Iterable[Lacking]) -> Table:
    playbook = links.playbook

    def row(one: Lacking) -> tuple[str, ...]:
        skill = playbook.skills[one.skill]
        return links.person(one.person), skill.name, _level(one.held), _level(one.needs), skill.training

    them = sorted(lacking, key=lambda one: (playbook.person_name(one.person).casefold(), one.skill))
    return table(("Owner", "Skill", "Has", "Needs", "Training"), map(row, them))


def _level(level: int) -> str:
    return f"{level} of 5" if level else "not held"


# --- satisfaction -------------------------------------------------------------------------


def _means(links: Links, asked: Asked) -> Iterable[Means]:
    for heading, anchor, means, label in (
        ("By mode", "satisfaction-by-mode", asked.modes, links.mode),
        ("By department", "satisfaction-by-department", asked.departments, links.department),
    ):
        if any(mean is not None for mean in means.values()):
            hidden = sum(mean.hidden for mean in means.values() if mean is not None)
            left_out = count(hidden, "answer")
            yield Means(
                heading, Md(anchor), _table(links.playbook, means, label, heading[3:]), left_out if hidden else ""
            )


def _table(playbook: Playbook, means: Mapping[str, Mean | None], label: Callable[[str], Md], heading: str) -> Table:
    def row(one: str, mean: Mean | None) -> tuple[str, ...]:
        if mean is None:
            return label(one), escape("too few answers to show"), "", "", ""
        low = mean.share < playbook.settings.thresholds.satisfaction_low
        score = Md(f"{_score(mean)} {chip('warning', 'low')}") if low else _score(mean)
        old = Md(f"{mean.oldest} {chip('warning', 'old')}") if is_old(playbook, mean.oldest) else str(mean.oldest)
        return label(one), score, str(mean.n), str(len(mean.partners)), old

    headers = (heading.capitalize(), "Mean score", "Answers", "Partners", "Oldest score")
    return table(headers, (row(one, mean) for one, mean in means.items()), empty="–")


def _findings(context: Context, links: Links) -> Md:
    """The scores that are old or low, each kind linked to its rows."""
    found = [
        finding.problem.code for finding in context.findings if finding.problem.code.slug.startswith("satisfaction-")
    ]
    counted = {code.slug: found.count(code) for code in found}
    return join(
        "; ", (Md(f"{links.rows(number, finding=slug)} {links.problem(slug)}") for slug, number in counted.items())
    )


def _silent(links: Links, asked: Asked) -> Table:
    playbook = links.playbook
    them = sorted(asked.silent, key=lambda r: (playbook.partners[r.partner].name.casefold(), r.department))
    rows = ((links.partner(r.partner), links.department(r.department), links.owner(r.owner)) for r in them)
    return table(("Partner", "Department", "Owner"), rows)
