"""What anyone may tell a partner, must ask about first and never says, as the toolkit records it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from generator.markdown import Md, join
from generator.model import Promise
from generator.views.page import Links

NO_RULE = "no rule recorded; ask the owner"


@dataclass(frozen=True)
class Rule:
    """One thing that is said, asked or not said; `source` tells to which partners it applies."""

    text: str
    source: Md


@dataclass(frozen=True)
class Promises:
    """`recorded` is false where the company has recorded no promise at all."""

    recorded: bool
    may: tuple[Rule, ...]
    ask: tuple[Rule, ...]
    never: tuple[Rule, ...]
    missing: str = NO_RULE

    @property
    def some(self) -> bool:
        return bool(self.may or self.ask or self.never)


def promises(links: Links, types: Collection[str], modes: Collection[str]) -> Promises:
    """The promises that name one of the types or one of the modes; those for types come first."""
    every = links.playbook.promises
    chosen = [(p, Md("")) for p in every if any(t in p.types for t in types)]
    chosen += [
        (p, _source(links, p, modes))
        for p in every
        if any(m in p.modes for m in modes) and not any(t in p.types for t in types)
    ]
    return Promises(
        recorded=bool(every),
        may=tuple(Rule(text, source) for p, source in chosen for text in p.may),
        ask=tuple(Rule(text, source) for p, source in chosen for text in p.ask),
        never=tuple(Rule(text, source) for p, source in chosen for text in p.never),
    )


def _source(links: Links, promise: Promise, modes: Collection[str]) -> Md:
    """Names the modes that the promise holds for; one mode for the whole page goes without saying."""
    if len(modes) < 2:
        return Md("")
    named = join(", ", (links.mode(mode) for mode in modes if mode in promise.modes))
    return join(" ", ("where managed by", named))
