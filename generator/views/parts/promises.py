"""What anyone may tell a partner, must ask about first and never says, as the toolkit records it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TypeVar

from generator.markdown import Md, join
from generator.model import Promise
from generator.views.kit.links import Links

NO_RULE = "no rule recorded; ask the owner"

Held = TypeVar("Held")
Pair = tuple[str, str]
"""A type and the mode in which such a partner is managed."""


@dataclass(frozen=True)
class PromiseRule:
    """One thing that is said, asked or not said; `source` tells to which partners it applies."""

    text: str
    source: Md


@dataclass(frozen=True)
class PromiseBox:
    """The rules of one kind under their title; `kind` names the look of the box.

    `parts` are the rules that hold for all of these partners, whose source is empty, then those of each other source.
    """

    kind: Md
    title: str
    parts: tuple[tuple[Md, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Promises:
    """`recorded` is false where the company has recorded no promise at all."""

    recorded: bool
    may: tuple[PromiseRule, ...]
    ask: tuple[PromiseRule, ...]
    never: tuple[PromiseRule, ...]
    missing: str = NO_RULE

    @property
    def some(self) -> bool:
        return bool(self.may or self.ask or self.never)

    @property
    def boxes(self) -> tuple[PromiseBox, ...]:
        return (
            PromiseBox(Md("may"), "You may say", _parts(self.may)),
            PromiseBox(Md("ask"), "Ask the owner first", _parts(self.ask)),
            PromiseBox(Md("never"), "Never say", _parts(self.never)),
        )


def _parts(rules: Iterable[PromiseRule]) -> tuple[tuple[Md, tuple[str, ...]], ...]:
    texts: dict[Md, list[str]] = {}
    for rule in rules:
        texts.setdefault(rule.source, []).append(rule.text)
    return tuple((source, tuple(texts[source])) for source in sorted(texts, key=bool))


def promises(links: Links, types: Collection[str], modes: Collection[str]) -> Promises:
    """The promises that name one of the types or one of the modes; those for types come first.

    What is said twice stands once: under the strictest of its kinds, and there where it comes first.
    """
    every = links.playbook.promises
    chosen = [(p, Md("")) for p in every if any(t in p.types for t in types)]
    chosen += [
        (p, _source(links, p, modes))
        for p in every
        if any(m in p.modes for m in modes) and not any(t in p.types for t in types)
    ]
    seen: set[str] = set()
    never = tuple(_new((PromiseRule(text, source) for p, source in chosen for text in p.never), seen))
    ask = tuple(_new((PromiseRule(text, source) for p, source in chosen for text in p.ask), seen))
    may = tuple(_new((PromiseRule(text, source) for p, source in chosen for text in p.may), seen))
    return Promises(bool(every), may, ask, never)


def held_promises(
    links: Links,
    held: Mapping[Held, Collection[Pair]],
    named: Callable[[Sequence[Held]], Md],
    known: dict[Pair, Promises],
) -> tuple[Promises, tuple[Held, ...]]:
    """The promises that hold for any of several, each with those for whom it holds, and those for whom none does.

    `named` names some of them; where it holds for all, that goes without saying.  What is said twice of one of them
    stands once, under the strictest of its kinds.  `known` keeps from one page to the next what holds for each pair.
    """

    # Many of them are of the same types, in the same modes.
    @cache
    def texts_for(pairs: tuple[Pair, ...]) -> tuple[tuple[str, ...], ...]:
        for pair in pairs:
            if pair not in known:
                known[pair] = promises(links, pair[:1], pair[1:])
        said = [known[pair] for pair in pairs]
        seen: set[str] = set()
        every = zip(*((s.never, s.ask, s.may) for s in said), strict=True)
        return tuple(tuple(rule.text for rule in _new(chain.from_iterable(rules), seen)) for rules in every)

    kinds: tuple[dict[str, list[Held]], ...] = ({}, {}, {})
    silent = []
    for one, pairs in held.items():
        told = texts_for(tuple(pairs))
        for kind, texts in zip(kinds, told, strict=True):
            for text in texts:
                kind.setdefault(text, []).append(one)
        if not any(told):
            silent.append(one)

    def rules_of(texts: Mapping[str, list[Held]]) -> tuple[PromiseRule, ...]:
        return tuple(PromiseRule(t, named(those) if len(those) < len(held) else Md("")) for t, those in texts.items())

    never, ask, may = map(rules_of, kinds)
    return Promises(bool(links.playbook.promises), may, ask, never), tuple(silent)


def _new(rules: Iterable[PromiseRule], seen: set[str]) -> Iterator[PromiseRule]:
    for rule in rules:
        text = " ".join(rule.text.split()).casefold().rstrip(".")
        if text not in seen:
            seen.add(text)
            yield rule


def _source(links: Links, promise: Promise, modes: Collection[str]) -> Md:
    """Names the modes that the promise holds for; one mode for the whole page goes without saying."""
    if len(modes) < 2:
        return Md("")
    named = join(", ", (links.mode(mode) for mode in modes if mode in promise.modes))
    return join(" ", ("Where managed by", named))
