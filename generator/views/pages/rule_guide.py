"""How editors write rules of their own, with every field that a rule may look at."""

from __future__ import annotations

from dataclasses import dataclass

from generator import paths
from generator.markdown import code, escape, join
from generator.model import Ask, Holds, RuleField
from generator.views.kit.context import Context
from generator.views.kit.tables import Table, table
from generator.views.kit.view import LAST, View

_HOLDS = {
    Holds.TEXT: "one value",
    Holds.TEXTS: "any number of values",
    Holds.NUMBER: "a number",
    Holds.DAY: "a day",
    Holds.YES_NO: "true or false",
}


@dataclass(frozen=True)
class RuleGuideFacts:
    """What `editors/rules.md.j2` places."""

    fields: Table


def view(context: Context) -> View:
    """The same of any data, but for the custom fields."""
    return View(
        path=paths.RULES,
        template="editors/rules.md.j2",
        title="Rules of your own",
        description="How to write what your company asks of partners, and whom it lets off until when.",
        facts=RuleGuideFacts(
            table(
                ("Field", "What it says", "It holds", "What can be asked"),
                map(_row, context.playbook.rule_fields.values()),
            ),
        ),
        boost=LAST,
        tooltips=False,
    )


def _row(field: RuleField) -> tuple[str, ...]:
    asks = (escape("value") if ask is Ask.IS else code(ask.value) for ask in field.asks)
    return code(field.id), field.meaning, _HOLDS[field.holds], join(", ", asks)
