"""What can be wrong with the data: codes, places and problems.

A code is declared once, beside the rule that raises it, together with the words that
`playbook explain` and the site print.  Nothing here knows any rule.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple


class Severity(Enum):
    """An error stops the build; a warning becomes a finding on the site."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of problem: a stable slug, a title, and what to do about it (plain text)."""

    slug: str
    severity: Severity
    title: str
    meaning: str
    mend: str


_catalogue: dict[str, Code] = {}


def define(severity: Severity, slug: str, title: str, *, meaning: str, mend: str) -> Code:
    """Declare a code; two codes of one slug are a bug of ours (ValueError)."""
    if slug in _catalogue:
        raise ValueError(f"problem code {slug!r} is declared twice")
    _catalogue[slug] = code = Code(slug, severity, title, meaning, mend)
    return code


def define_error(slug: str, title: str, *, meaning: str, mend: str) -> Code:
    """Declare a code that stops the build."""
    return define(Severity.ERROR, slug, title, meaning=meaning, mend=mend)


def define_warning(slug: str, title: str, *, meaning: str, mend: str) -> Code:
    """Declare a code that becomes a finding."""
    return define(Severity.WARNING, slug, title, meaning=meaning, mend=mend)


def catalogue() -> Mapping[str, Code]:
    """Every code that the imported modules declare, by slug, in alphabetical order."""
    return MappingProxyType(dict(sorted(_catalogue.items())))


_NO_CHILDREN: Mapping[str | int, Place] = MappingProxyType({})


class Place(NamedTuple):
    """Where a value stands in a data file, and where the values inside it stand.

    `file` is relative to the data folder.  `line` and `column` start at 1; `length` is in
    characters of that line.  `key` is the place of the name in front of a mapping's value.
    """

    file: str = ""
    line: int = 1
    column: int = 1
    length: int = 1
    children: Mapping[str | int, Place] = _NO_CHILDREN
    key: Place | None = None

    def at(self, *route: str | int) -> Place:
        """The place reached by the steps of `route` that exist, skipping those that do not."""
        place = self
        for step in route:
            place = place.children.get(step, place)
        return place

    def key_at(self, *route: str | int) -> Place:
        """Like `at`, but the name in front of the value where there is one."""
        place = self.at(*route)
        return place.key or place


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong at one place.

    `message` is a single sentence that names the value and what is allowed; `hint` says what
    to write instead.  Both may hold text from data: printing them safely is the reporter's job.
    """

    code: Code
    message: str
    place: Place = field(compare=False)
    hint: str = ""

    @property
    def severity(self) -> Severity:
        return self.code.severity


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems by place, then code, then message; equal ones once."""

    def key(problem: Problem) -> tuple[str, int, int, str, str]:
        place = problem.place
        return place.file, place.line, place.column, problem.code.slug, problem.message

    unique = {key(problem): problem for problem in problems}
    return [unique[k] for k in sorted(unique)]


def nearest(value: str, allowed: Iterable[str]) -> str | None:
    """The allowed value most like `value`, or None where none is near."""
    by_fold = {candidate.casefold(): candidate for candidate in allowed}
    # difflib is quadratic in the length of its input, and no name worth proposing is long.
    found = difflib.get_close_matches(value.casefold()[:80], by_fold, n=1, cutoff=0.6)
    return by_fold[found[0]] if found else None


def suggest(value: str, allowed: Iterable[str], *, listed: int = 12) -> str:
    """A hint: the nearest allowed value, then what is allowed where that is a short list."""
    options = list(allowed)
    near = nearest(value, options)
    parts = [f"did you mean {near!r}?"] if near is not None else []
    if options and len(options) <= listed:
        parts.append("allowed: " + ", ".join(sorted(options)))
    elif options and near is None:
        parts.append(f"{len(options)} values are allowed; none is near this one")
    return " ".join(parts)
