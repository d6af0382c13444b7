"""Names of companies, and how alike two of them are.

The cost grows in proportion to the names (and to the sorting of them): a name is compared with
its neighbors in three alphabets alone, not with every other name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

from generator.insights.legal_forms import bare, without_forms, words

_BRACKETS = re.compile(r"(?<!^)[(\[][^()\[\]]{0,80}[)\]]")

NEIGHBORS = 6
"""How many names before it, in each alphabet, a name is compared with."""


@dataclass(frozen=True)
class CompanyName:
    """A name boiled down: case, accents and punctuation are gone, and legal forms at its ends.

    Two names with the same `plain` are of one company, unless both say a legal form (`form`) and not the same.  `bare`
    is the name without words such as Group, too, and without what stands in brackets, but at its beginning: it tells
    what may be one company.  `sorted` has the words of that in alphabetical order.
    """

    plain: str
    form: str
    bare: str
    sorted: str
    numbers: tuple[str, ...]
    letters: int = field(repr=False, hash=False)
    """The letters as a set of bits: one for the first a in it, one for the second."""

    @classmethod
    @lru_cache(maxsize=2**16)
    def of(cls, name: str) -> CompanyName:
        written = words(name)
        plain, form = without_forms(written)
        outside = _BRACKETS.sub(" ", name)
        kept = words(outside) if outside != name else []
        loose = bare(without_forms(kept)[0] if kept else plain)
        letters = "".join(loose)
        numbers = tuple(sorted(re.findall(r"\d+", " ".join(loose))))
        return cls("".join(plain), form, letters, "".join(sorted(loose)), numbers, _letters(letters))

    def contradicts(self, other: CompanyName) -> bool:
        """Whether the two say legal forms, and not the same."""
        return bool(self.form and other.form) and self.form != other.form


_bits: dict[tuple[str, int], int] = {}


def _letters(plain: str) -> int:
    letters = 0
    for letter in dict.fromkeys(plain):
        letters |= _bits_of(letter, plain.count(letter))
    return letters


@lru_cache(maxsize=2**12)
def _bits_of(letter: str, times: int) -> int:
    return sum(1 << _bits.setdefault((letter, number), len(_bits)) for number in range(1, times + 1))


def may_be_alike(first: CompanyName, second: CompanyName, threshold: float) -> bool:
    """Whether the likeness of two names can reach the threshold: that settles most pairs.

    Names with different numbers are names of different things; and no more can match than letters that both have.
    """
    common = (first.letters & second.letters).bit_count()
    return first.numbers == second.numbers and 2.0 * common / (len(first.bare) + len(second.bare)) >= threshold


def neighbors(names: Sequence[CompanyName]) -> Iterable[tuple[int, int]]:
    """The pairs worth comparing, each once, as indexes: the smaller one first.

    Names that are nearly the same stand close together when sorted from the front, unless they
    differ there; then they do from the back; if not, their words are in another order.
    """
    pairs: dict[tuple[int, int], None] = {}
    alphabets = ([n.bare for n in names], [n.bare[::-1] for n in names], [n.sorted for n in names])
    for alphabet in alphabets:
        ordered = sorted(range(len(names)), key=alphabet.__getitem__)
        for position, index in enumerate(ordered):
            for neighbor in ordered[max(0, position - NEIGHBORS) : position]:
                pairs[(index, neighbor) if index < neighbor else (neighbor, index)] = None
    return pairs


def likeness(first: CompanyName, second: CompanyName, threshold: float) -> float:
    """From 0 to 1; 0 also where it is certain to be under the threshold."""
    return _likeness(first, second) if may_be_alike(first, second, threshold) else 0


# A build asks about the same names again for each earlier state of the data.  Most pairs are settled by a look at their
# letters: to remember those would take more room than all names do.
@lru_cache(maxsize=2**18)
def _likeness(first: CompanyName, second: CompanyName) -> float:
    return max(
        SequenceMatcher(None, first.bare, second.bare, autojunk=False).ratio(),
        SequenceMatcher(None, first.sorted, second.sorted, autojunk=False).ratio(),
    )
