"""What value partners bring: the company-wide story, on one page to print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator import paths
from generator.insights.ownership import Share
from generator.insights.value import FunctionValue
from generator.markdown import Md, escape, join, md, verbatim
from generator.model import Entry, Status
from generator.views.kit.context import Context
from generator.views.kit.links import Links, by_partner
from generator.views.kit.long_tables import LongTables
from generator.views.kit.pictures import Bar, Picture, bars
from generator.views.kit.tables import Table, table
from generator.views.kit.view import View
from generator.views.parts.answer import Answer
from generator.views.parts.trend import FigureChange, changes
from generator.words import count

SHOWN = 4
"""How many value lines of a function the page shows, so that it stays one page."""


@dataclass(frozen=True)
class Chapter:
    """What one function brings; `economics`, `lines` and `more` may be empty."""

    name: Md
    anchor: Md
    value: str
    economics: str
    figures: Md
    lines: tuple[tuple[Md, str], ...]
    more: Md


def answer(context: Context, links: Links) -> Answer:
    """How many partners say what they do for customers."""
    question = "Can all of us say clearly and consistently what value partners bring?"
    story = context.story
    total = len(story.stated) + len(story.unstated)
    if not story.stated:
        return Answer(
            question,
            paths.VALUE,
            escape("Not yet: no entry says what its partner does for customers."),
            "In each partner's entry, the value: what this partner does for customers, in one sentence.",
        )
    stated = links.to(f"{len(story.stated)} of {total}", paths.VALUE)
    partners = "partner" if total == 1 else "partners"
    say = "says in one line what it does" if len(story.stated) == 1 else "say in one line what they do"
    text = md("**{}** active {} {} for customers", stated, partners, say)
    lines = [("Say what they do for customers", stated)]
    if story.unstated:
        unstated = links.to(count(len(story.unstated), "does", "do"), f"{paths.VALUE}#missing")
        lines.append(("Do not yet", links.to(str(len(story.unstated)), f"{paths.VALUE}#missing")))
        text = md("{}; {} not", text, unstated)
    text = md("{}.", text)
    functions = [value for value in story.functions.values() if value.partners]
    if len(functions) > 1:
        names = join(", ", (_size(links, value) for value in functions))
        lines += [_line(links, value) for value in functions]
        text = md("{} By the job that they do for us: {}.", text, names)
    return Answer(question, paths.VALUE, text, share=Share(len(story.stated), total), lines=tuple(lines))


def _line(links: Links, value: FunctionValue) -> tuple[str, Md]:
    number = links.rows(len(value.partners), function=value.function, status=Status.ACTIVE)
    return links.playbook.functions[value.function].name, number


def _size(links: Links, value: FunctionValue) -> Md:
    name = links.playbook.functions[value.function].name.lower()
    return md("{} {}", links.rows(len(value.partners), function=value.function, status=Status.ACTIVE), name)


@dataclass(frozen=True)
class ValueFacts:
    """What `value.md.j2` places."""

    answer: Answer
    trend: FigureChange
    any: bool
    picture: Picture
    chapters: tuple[Chapter, ...]
    shown: str
    untold: Table


def view(context: Context) -> View:
    """The answer, the partners by function, and each function's chapter."""
    links = Links(context.playbook, paths.VALUE)
    long = LongTables(links)
    story = context.story
    return View(
        path=paths.VALUE,
        template="value.md.j2",
        title="Value",
        description="What our partners bring, function by function, on one page to print.",
        facts=ValueFacts(
            answer=answer(context, links),
            trend=changes(context, "value"),
            any=any(value.partners for value in story.functions.values()),
            picture=_picture(context),
            chapters=tuple(_chapters(context, links)),
            shown=count(SHOWN, "line"),
            untold=long.table(
                "missing", _silent(context, links), _entries, links.partner_name, heading="without a line"
            ),
        ),
        place=context.inventory,
        hide=("toc",),
        more=long.pages,
    )


def _picture(context: Context) -> Picture:
    values = context.story.functions.values()
    largest = max((len(value.partners) for value in values), default=0)
    functions = context.playbook.functions
    return bars(
        "value",
        "Active partners by function",
        "One bar for each function, as long as it has active partners. A partner with two functions counts in both.",
        [
            Bar(
                functions[value.function].name,
                count(len(value.partners), "partner"),
                ((len(value.partners) / largest if largest else 0.0, "heat-3", functions[value.function].name),),
            )
            for value in values
        ],
    )


def _chapters(context: Context, links: Links) -> Iterator[Chapter]:
    for value in context.story.functions.values():
        function = context.playbook.functions[value.function]
        rest = len(value.lines) - SHOWN
        theirs = links.rows("their pages", function=function.id, status=Status.ACTIVE)
        more = md("{} more {} it on {}", rest, "says" if rest == 1 else "say", theirs) if rest > 0 else Md("")
        yield Chapter(
            name=links.function(function.id),
            anchor=verbatim(f"function-{function.id}"),
            value=function.value,
            economics=function.economics,
            figures=_figures(links, value),
            lines=tuple((links.partner(entry.partner), entry.value) for entry in value.lines[:SHOWN]),
            more=more,
        )


def _figures(links: Links, value: FunctionValue) -> Md:
    """How many partners there are, where, and for which offers."""
    if not value.partners:
        return escape("No active partner yet")
    everywhere = links.rows(count(len(value.partners), "active partner"), function=value.function, status=Status.ACTIVE)
    text = md("**{}**", everywhere)
    if value.regions:
        text = md("{} in {}", text, join(", ", value.regions))
    if value.offers:
        text = md("{}, for {}", text, join(", ", map(links.offer, value.offers)))
    return text


def _silent(context: Context, links: Links) -> list[Entry]:
    """The active entries of the partners that have no value line."""
    partners = (context.playbook.partners[partner] for partner in context.story.unstated)
    return by_partner(links, (entry for partner in partners for entry in partner.entries if entry.active))


def _entries(links: Links, entries: Sequence[Entry]) -> Table:
    def row(entry: Entry) -> tuple[str, ...]:
        return (
            links.partner(entry.partner),
            links.department(entry.department),
            links.owner(entry.owner),
            join(", ", map(links.type, entry.types)),
        )

    return table(("Partner", "Department", "Owner", "Type"), map(row, entries))
