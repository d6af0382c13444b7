"""Types side by side: what tells two or three of them apart, one column each; without scripts, all types row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import paths
from generator.markdown import Md, dressed, escape, join, md
from generator.model import PartnerType, Status
from generator.views.kit.context import Context
from generator.views.kit.links import Links, by_partner
from generator.views.kit.tables import Table, table
from generator.views.kit.view import TAXONOMY, View
from generator.views.kit.words import first_sentence
from generator.views.parts.promises import PromiseRule, promises
from generator.views.parts.types import by_name, modes_of

_COLUMNS = ("Type", "What it is", "How to tell it", "Function", "Paid how", "Managed by", "You may say", "Never say")
_EXAMPLES = 3


@dataclass(frozen=True)
class SideBySideFacts:
    """What `compare.md.j2` places."""

    any: bool
    types: Table
    guide: Md
    confused: tuple[Md, ...]


def view(context: Context) -> View:
    """Every type in a row of its own, by name: the script of the page shows the chosen ones as columns."""
    links = Links(context.playbook, paths.COMPARE)
    types = by_name([*context.playbook.types.values()])
    return View(
        path=paths.COMPARE,
        template="compare.md.j2",
        title="Compare types",
        description="Two or three types of partner side by side: how to tell them, how they are paid, what to promise.",
        facts=SideBySideFacts(
            any=bool(types),
            types=table((*_COLUMNS, "Ours"), (_row(context, links, one) for one in types), empty="–"),
            guide=links.to("Which type is it?", paths.WHICH_TYPE),
            confused=tuple(_confused(context, links, types)),
        ),
        place=TAXONOMY,
        trail=(("Types", paths.TYPES),),
        hide=("toc", "navigation"),  # nine columns need the room
        # Each type's own page says the same, and stands before this one.
        boost=0.5,
    )


def _row(context: Context, links: Links, one: PartnerType) -> Iterator[Md | str]:
    function = context.playbook.functions[one.function]
    said = promises(links, (one.id,), tuple(dict.fromkeys(one.modes.values())))
    yield dressed(links.type(one.id), f"pb-type #{paths.compared_anchor(one.id)}")
    yield first_sentence(one.definition)
    yield one.recognize
    yield links.function(function.id)
    yield "; ".join(one.business_models) or function.economics
    yield modes_of(links, one)
    yield _rules(said.may)
    yield _rules(said.never)
    yield _ours(context, links, one)


def _rules(rules: tuple[PromiseRule, ...]) -> Md:
    return join("; ", (escape(rule.text.rstrip(".")) for rule in rules))


def _ours(context: Context, links: Links, one: PartnerType) -> Md:
    """Some active partners of the type by name, and where there are more, a way to all of them."""
    active = [entry for entry, _ in context.relationships_by_type[one.id] if entry.active]
    partners = [*dict.fromkeys(entry.partner for entry in by_partner(links, active))]
    named = join(", ", map(links.partner, partners[:_EXAMPLES]))
    if len(partners) <= _EXAMPLES:
        return named
    return md("{}; {}", named, links.rows(f"all {len(partners)}", type=one.id, status=Status.ACTIVE))


def _confused(context: Context, links: Links, types: list[PartnerType]) -> Iterator[Md]:
    """Each two that are taken for each other, once."""
    names = context.playbook.types
    for one in types:
        for other in context.confusions[one.id]:
            if (names[other].name.casefold(), other) > (one.name.casefold(), one.id):
                yield links.to(f"{one.name} / {names[other].name}", paths.compared(one.id, other))
