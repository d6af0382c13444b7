"""The home page: the six questions answered, what partners bring us, and a door for each reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from generator import paths
from generator.compare import Edition
from generator.insights.ownership import Share
from generator.markdown import Md, span, unlinked
from generator.model import Playbook, Thresholds
from generator.views.kit.context import Context
from generator.views.kit.links import Links
from generator.views.kit.view import View
from generator.views.kit.words import chip, in_one_piece
from generator.views.pages import alignment, coverage, health, ownership, toolkit, value
from generator.views.pages.changes import LatestChange, latest
from generator.views.parts.answer import Answer
from generator.views.parts.dates import NextDate, all_dates, next_dates
from generator.views.parts.inventory import activity
from generator.views.parts.small_landscape import SmallLandscape, small_landscape
from generator.words import count, noun

_FEW = 6
"""How many changes and days the page tells."""

_ANSWERS: tuple[Callable[[Context, Links], Answer], ...] = (
    ownership.answer,
    coverage.answer,
    alignment.answer,
    health.answer,
    value.answer,
    toolkit.answer,
)


@dataclass(frozen=True)
class ValueLine:
    function: Md
    value: str


@dataclass(frozen=True)
class Line:
    """What a figure is of, and the figure, which leads to what it counts."""

    label: str
    number: Md


@dataclass(frozen=True)
class AnsweredQuestion:
    """A question, linked to the page that answers it, and its answer in a sentence or two.

    `figure` is a share in percent, with a `mark` for how good that is, and `about` says what of; each may be empty.
    The sentence has no link: `lines` have them, one each.
    """

    question: Md
    figure: str
    mark: Md
    about: str
    sentence: Md
    record: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class CountedFigure:
    """A number, linked to the list that it counts."""

    number: Md
    label: str


@dataclass(frozen=True)
class HomeFacts:
    """What `home.md.j2` places."""

    company: str
    as_of: Md
    cut: str
    landscape: SmallLandscape
    lines: tuple[ValueLine, ...]
    answers: tuple[AnsweredQuestion, ...]
    limits: str
    changes: tuple[LatestChange, ...]
    all_changes: Md
    dates: tuple[NextDate, ...]
    all_dates: Md
    figures: tuple[CountedFigure, ...]
    directory: Md
    people: Md
    glossary: Md
    departments: Md
    findings: Md
    problems: Md
    editors: Md
    functions: Md
    types: Md
    start: Md
    which: Md
    quiz: Md
    modes: Md


def view(context: Context, editions: Sequence[Edition] = ()) -> View:
    """The first page of the site; `editions` are what changed, the newest first."""
    playbook = context.playbook
    company = playbook.settings.company
    title = f"{company} partner playbook" if company else "Partner playbook"
    links = Links(playbook, paths.HOME)
    return View(
        path=paths.HOME,
        place=context.inventory,
        template="home.md.j2",
        title=title,
        description="What partners bring us, where each one is managed, and by whom.",
        hide=("toc",),
        facts=HomeFacts(
            company=company or "us",
            as_of=in_one_piece(playbook.as_of),
            cut=_cut(playbook),
            landscape=small_landscape(context, links),
            lines=tuple(
                ValueLine(links.function(function.id), function.value) for function in playbook.functions.values()
            ),
            answers=tuple(_asked(playbook, links, one) for one in _answers(context, links)),
            limits=_limits(playbook),
            changes=latest(links, editions, _FEW) if playbook.shows("changes") else (),
            all_changes=links.to("All changes", paths.CHANGES),
            dates=next_dates(context, links, _FEW) if playbook.shows("health") else (),
            all_dates=links.to("All that comes due", all_dates(context)),
            figures=tuple(_figures(context, links)),
            directory=links.to("partner directory", paths.PARTNERS),
            people=links.to("people", paths.PEOPLE),
            glossary=links.to("glossary", paths.GLOSSARY),
            departments=links.to("department", paths.DEPARTMENTS),
            findings=links.if_shown("findings", paths.FINDINGS),
            problems=links.if_shown("every problem code", paths.PROBLEMS),
            editors=links.if_shown("For editors", paths.EDITORS),
            functions=links.to(count(len(playbook.functions), "function"), paths.FUNCTIONS),
            types=links.to(count(len(playbook.types), "type"), paths.TYPES),
            start=links.to("Start here", paths.START),
            which=links.to("Which type is it?", paths.WHICH_TYPE),
            quiz=links.to("quiz", paths.QUIZ),
            modes=links.to(count(len(playbook.modes), "mode"), paths.MODES),
        ),
    )


def _cut(playbook: Playbook) -> str:
    """Whom the site is for and what it leaves out; empty where it has everything."""
    audience = playbook.audience
    if audience is None:
        return ""
    names = [name.replace("_", " ").replace("-", " ") for name in audience.hides]
    without = f", and leaves out: {', '.join(names)}" if names else ""
    return f"This site is made for {audience.name}{without}. Its figures count what it shows."


def _answers(context: Context, links: Links) -> Iterator[Answer]:
    """The answers whose pages the site has: what stands on no page is told nowhere."""
    for answer in _ANSWERS:
        answered = answer(context, links)
        if context.playbook.shows(paths.family(answered.page)):
            yield answered


def _figures(context: Context, links: Links) -> Iterator[CountedFigure]:
    """What is counted of today's inventory; relationships that ended are left out."""
    current = [entry for entry in context.playbook.entries if not entry.ended]
    partners = {entry.partner for entry in current}
    departments = {entry.department for entry in current}
    owners = {
        entry.owner for entry in current if entry.owner is not None and not context.playbook.has_left(entry.owner)
    }
    label = noun(len(partners), "partner") + (f", {activity(current)}" if current else "")
    yield _figure(links, len(partners), label, paths.PARTNERS)
    managing = noun(len(departments), "department") + " with partners"
    yield _figure(links, len(departments), managing, paths.DEPARTMENTS)
    target = f"{paths.OWNERSHIP}#owners" if owners else paths.OWNERSHIP
    yield _figure(links, len(owners), noun(len(owners), "owner"), target)
    if not context.playbook.shows("findings"):
        return
    findings = len(context.findings)
    yield _figure(links, findings, noun(findings, "finding") + " to look at", paths.FINDINGS)


def _asked(playbook: Playbook, links: Links, answer: Answer) -> AnsweredQuestion:
    question, share = links.to(answer.question, answer.page), answer.share
    told, lines = (
        unlinked(answer.sentence),
        tuple(Line(label, span("pb-number", number)) for label, number in answer.lines),
    )
    if share is None:
        return AnsweredQuestion(question, "", Md(""), "", told, answer.record, lines)
    mark = _mark(playbook, share)
    figure = answer.figure or f"{share.percent}%"
    return AnsweredQuestion(question, figure, mark, answer.about, told, answer.record, lines)


def _mark(playbook: Playbook, share: Share) -> Md:
    limits = playbook.settings.thresholds
    return chip(next((mark for mark, least in _marks(limits) if share.ratio >= least), "act"))


def _marks(limits: Thresholds) -> tuple[tuple[str, float], ...]:
    """What a share is called, and from where on, the best first."""
    return ("good", limits.answer_good), ("watch", limits.answer_watch)


def _limits(playbook: Playbook) -> str:
    """The marks in words."""
    marks = _marks(playbook.settings.thresholds)
    return ", ".join([*(f"{mark} from {100 * least:.4g}%" for mark, least in marks), "act below"])


def _figure(links: Links, number: int, label: str, target: str) -> CountedFigure:
    return CountedFigure(links.to(str(number), target), label)
