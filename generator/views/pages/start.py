"""Start here: what a new colleague reads and tries in the first half hour."""

from __future__ import annotations

from dataclasses import dataclass

from generator import paths
from generator.markdown import Md, md
from generator.model import Partner, PartnerType, Scope
from generator.views.kit.context import Context
from generator.views.kit.links import Links
from generator.views.kit.view import TAXONOMY, View
from generator.views.kit.words import first_sentence
from generator.views.pages import quiz
from generator.views.parts.types import is_exception
from generator.words import count


@dataclass(frozen=True)
class StartItem:
    name: Md
    summary: str


@dataclass(frozen=True)
class StartFacts:
    """What `start.md.j2` places."""

    company: str
    home: Md
    functions: tuple[StartItem, ...]
    functions_page: Md
    types_page: Md
    guide: Md
    ways: str
    modes: tuple[StartItem, ...]
    factors: tuple[StartItem, ...]
    modes_page: Md
    exception: Md
    departments: tuple[Md, ...]
    departments_page: Md
    directory: Md
    ownership: Md
    example: str
    example_page: Md
    questions: str
    quiz: Md


def view(context: Context) -> View:
    """The path in six steps; each says what is missing where the data has nothing for it."""
    playbook = context.playbook
    links = Links(playbook, paths.START)
    example, exception = _example(context), _exception(links)
    departments = sorted(
        playbook.departments.values(), key=lambda department: (department.name.casefold(), department.id)
    )
    total = quiz.total(context)
    return View(
        path=paths.START,
        place=TAXONOMY,
        template="start.md.j2",
        title="Start here",
        description="New to our partners? What to know about them, in six steps and half an hour.",
        facts=StartFacts(
            company=playbook.settings.company or "our company",
            home=links.to("What partners bring us", paths.HOME),
            functions=tuple(
                StartItem(links.function(function.id), first_sentence(function.value))
                for function in playbook.functions.values()
            ),
            functions_page=links.to("The functions", paths.FUNCTIONS),
            types_page=links.to(count(len(playbook.types), "type"), paths.TYPES),
            guide=links.to("Which type is it?", paths.WHICH_TYPE),
            ways=count(len(playbook.modes), "way"),
            modes=tuple(
                StartItem(links.mode(mode.id), first_sentence(mode.summary)) for mode in playbook.modes.values()
            ),
            factors=tuple(StartItem(links.factor(factor.id), factor.summary) for factor in playbook.factors.values()),
            modes_page=links.to("All modes and types", paths.MODES),
            exception=links.type(exception.id) if exception is not None else Md(""),
            departments=tuple(
                md(
                    "{}: {}",
                    links.department(department.id),
                    links.to("my first day there", paths.first_day(department.id)),
                )
                for department in departments
            ),
            departments_page=links.to("All departments", paths.DEPARTMENTS),
            directory=links.to("partner directory", paths.PARTNERS),
            ownership=links.to("ownership page", paths.OWNERSHIP),
            example=example.name if example is not None else "",
            example_page=links.partner(example.id) if example is not None else Md(""),
            questions=count(total, "question") if total else "",
            quiz=links.to("The quiz", paths.QUIZ),
        ),
    )


def _exception(links: Links) -> PartnerType | None:
    """The first type that is managed otherwise than its function lets expect."""
    types = (partner_type for partner_type in links.playbook.types.values() if partner_type.scope is not Scope.OUT)
    return next(
        (partner_type for partner_type in types if partner_type.stage_dependent or is_exception(links, partner_type)),
        None,
    )


def _example(context: Context) -> Partner | None:
    """A partner worth looking up: owned by somebody, and with the most departments today."""
    partners, ownerless = context.playbook.partners, context.playbook.ownerless
    with_entries = ((partner, partner.current) for partner in partners.values())
    departments = {
        partner.id: len({entry.department for entry in current})
        for partner, current in with_entries
        if current and not any(map(ownerless, current))
    }
    best = min(departments, key=lambda one: (-departments[one], partners[one].name.casefold(), one), default=None)
    return partners[best] if best is not None else None
