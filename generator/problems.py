"""What can be wrong with the data: codes, places and problems.

A code is declared once, beside the rule that raises it, together with the words that
`playbook explain` and the site print.  Nothing here knows any rule.
"""

from __future__ import annotations

import difflib
import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple


class Severity(StrEnum):
    """An error stops the build; a warning becomes a finding on the site.

    What breaks a rule of the company's own is a finding in both cases: an error of that kind fails the check alone.
    """

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of problem: a stable slug, a title, and what to do about it (plain text)."""

    slug: str
    severity: Severity
    title: str
    meaning: str
    fix: str


_declared: dict[str, Code] = {}


def define(severity: Severity, slug: str, title: str, *, meaning: str, fix: str) -> Code:
    """Declare a code; two codes of one slug are a bug of ours (ValueError)."""
    if slug in _declared:
        raise ValueError(f"problem code {slug!r} is declared twice")
    _declared[slug] = code = Code(slug, severity, title, meaning, fix)
    return code


def define_error(slug: str, title: str, *, meaning: str, fix: str) -> Code:
    """Declare a code that stops the build."""
    return define(Severity.ERROR, slug, title, meaning=meaning, fix=fix)


def define_warning(slug: str, title: str, *, meaning: str, fix: str) -> Code:
    """Declare a code that becomes a finding."""
    return define(Severity.WARNING, slug, title, meaning=meaning, fix=fix)


def declared() -> Mapping[str, Code]:
    """Every code that the modules imported so far declare, by slug, in alphabetical order.

    `generator.catalogue` has all that there are; nothing else should depend on what was imported.
    """
    return MappingProxyType(dict(sorted(_declared.items())))


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

    def moved(self, lines: int) -> Place:
        """The same, with all that is in it, so many lines further down."""
        file, line, column, length, children, key = self
        return Place(
            file,
            line + lines,
            column,
            length,
            _Moved(children, lines) if children else children,
            key.moved(lines) if key is not None else None,
        )


class _Moved(Mapping[str | int, Place]):
    """Places so many lines further down, each made when it is asked for: that is seldom, and all of them are many."""

    __slots__ = ("_lines", "_places")

    def __init__(self, places: Mapping[str | int, Place], lines: int) -> None:
        self._places, self._lines = places, lines

    def __getitem__(self, step: str | int) -> Place:
        return self._places[step].moved(self._lines)

    def __iter__(self) -> Iterator[str | int]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


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


_WORK = 10_000_000
_CANDIDATES = 50
_LIKE = 0.6
_CLOSE = 0.75
# No name worth proposing is longer, and comparing is quadratic in the length.
_LONGEST = 80


class Nearest:
    """Finds the known name that somebody meant, for any number of names that are not known.

    The work on one set of names is bounded: letter by letter, a name is compared with the few alone that have most
    letters in common with it, and nothing is proposed any more once `work` (pairs of letters or names) is used up.
    """

    def __init__(self, allowed: Iterable[str], work: int = _WORK) -> None:
        self._allowed = list(allowed)
        self._by_fold = {name.casefold(): name for name in self._allowed}
        self._work = work
        self._found: dict[str, str | None] = {}
        self._bits: dict[tuple[str, int], int] = {}
        self._letters: list[tuple[str, int, int]] = []
        """Each folded name with its letters as a set of bits (one for the first a in it, one for the second) and its
        length."""

    def of(self, value: str) -> str | None:
        """The allowed name most like `value`, or None where none is near."""
        folded = value.casefold()[:_LONGEST]
        if folded not in self._found:
            self._found[folded] = folded if folded in self._by_fold else self._search(folded)
        name = self._found[folded]
        return self._by_fold[name] if name is not None else None

    def hint(self, value: str, *, listed: int = 12) -> str:
        """The nearest allowed name, then what is allowed where that is a short list."""
        near, number = self.of(value), len(self._allowed)
        parts = [f"did you mean {near!r}?"] if near is not None else []
        if self._allowed and number <= listed:
            parts.append("allowed: " + ", ".join(sorted(self._allowed)))
        elif self._allowed and near is None:
            parts.append(f"{number} values are allowed" + ("; none is near this one" if self._work > 0 else ""))
        return " ".join(parts)

    def _search(self, folded: str) -> str | None:
        best: tuple[float, str] | None = None
        if self._work <= 0:
            return None
        matcher = difflib.SequenceMatcher(None, "", folded)
        for bound, name in self._promising(folded):
            if bound < (best[0] if best else _LIKE):
                break
            self._work -= len(name) * len(folded)
            matcher.set_seq1(name)
            like = matcher.ratio()
            if like >= _LIKE:
                best = max(best or (like, name), (like, name))
        return best[1] if best else None

    def _promising(self, folded: str) -> list[tuple[float, str]]:
        """The names with the most letters in common, each with the most that its likeness can be, the best first."""
        if not self._letters:
            self._letters = [(name, self._set(name), len(name)) for name in self._by_fold if name]
        self._work -= len(self._letters)
        letters, length = self._set(folded), len(folded)
        bounds = ((2.0 * (letters & own).bit_count() / (length + size), name) for name, own, size in self._letters)
        return heapq.nlargest(_CANDIDATES, (bound for bound in bounds if bound[0] >= _LIKE))

    def _set(self, text: str) -> int:
        counts: dict[str, int] = {}
        bits = 0
        for char in text:
            counts[char] = number = counts.get(char, 0) + 1
            bits |= 1 << self._bits.setdefault((char, number), len(self._bits))
        return bits


def nearest(value: str, allowed: Iterable[str]) -> str | None:
    """The allowed value most like `value`, or None where none is near.  For many values there is Nearest."""
    return Nearest(allowed).of(value)


def close(value: str, near: str | None) -> str | None:
    """The nearest name, where it is so near that it is worth to be proposed to somebody who may have meant none."""
    if near is None:
        return None
    like = difflib.SequenceMatcher(None, near.casefold(), value.casefold()).ratio()
    return near if like >= _CLOSE else None


def suggest(value: str, allowed: Iterable[str], *, listed: int = 12) -> str:
    """A hint: the nearest allowed value, then what is allowed where that is a short list."""
    return Nearest(allowed).hint(value, listed=listed)


def names_in(written: str, known: Callable[[str], bool]) -> list[str]:
    """The known names that a text is made of, with spaces between them; none where it holds anything else."""
    words = written.split()
    parts: list[str] = []
    while words:
        # The longest name first: some have several words.
        length = next((n for n in range(len(words), 0, -1) if known(" ".join(words[:n]))), 0)
        if not length or length > 8:
            return []
        parts.append(" ".join(words[:length]))
        words = words[length:]
    return parts
