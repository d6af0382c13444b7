"""Every problem code explained, in the words of `playbook explain`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from generator import paths
from generator.catalogue import CATALOGUE
from generator.findings import codes_of
from generator.markdown import Md, escape, verbatim, with_code
from generator.problems import Code, Severity
from generator.views.kit.context import Context
from generator.views.kit.view import LAST, View


@dataclass(frozen=True)
class Explained:
    slug: Md
    title: str
    meaning: Md
    fix: Md


@dataclass(frozen=True)
class ProblemsFacts:
    """What `problems.md.j2` places."""

    errors: tuple[Explained, ...]
    warnings: tuple[Explained, ...]
    rules: tuple[Explained, ...]
    """The rules of the company's own."""


def view(context: Context) -> View:
    """Errors and warnings apart, each in the order of their codes; the company's own rules as it writes them."""
    codes = CATALOGUE.values()
    return View(
        path=paths.PROBLEMS,
        template="problems.md.j2",
        title="Problems explained",
        description="What each problem in the data means, and how to mend it.",
        boost=LAST,
        facts=ProblemsFacts(
            errors=tuple(_explained(code, with_code) for code in codes if code.severity is Severity.ERROR),
            warnings=tuple(_explained(code, with_code) for code in codes if code.severity is Severity.WARNING),
            rules=tuple(_explained(code, escape) for code in codes_of(context.playbook).values()),
        ),
    )


def _explained(code: Code, said: Callable[[str], Md]) -> Explained:
    return Explained(verbatim(code.slug), code.title, said(code.meaning), said(code.fix))
