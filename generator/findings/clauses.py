"""What the rules of the company's own ask, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.model import Alternatives, Ask, Clause, Holds, Playbook
from generator.words import noun, series

_TABLES = {
    "partner": "partners", "type": "types", "function": "functions", "group": "groups", "department": "departments",
    "mode": "modes", "stage": "stages", "factor": "factors", "offer": "offers", "objective": "objectives",
}  # fmt: skip
"""Where the playbook has what a field refers to, if it has a name."""


def condition_words(playbook: Playbook, condition: Alternatives, found: Sequence[Mapping[str, str]] = ()) -> str:
    """Such as "tier is Premier, and backup owner is recorded", or several of these.

    With `found`, only the fields that it has for each alternative are named, with what they hold.
    """
    alternatives = []
    for number, clauses in enumerate(condition):
        held = found[number] if found else None
        asked: dict[str, list[str]] = {}
        for clause in clauses:
            if held is None or clause.field in held:
                asked.setdefault(clause.field, []).append(_asked(playbook, clause))
        parts = [
            f"{_name(field)} {' and '.join(words)}{_held(playbook, field, held)}" for field, words in asked.items()
        ]
        alternatives.append((", and " if held is None else "; and ").join(parts))
    return "; or ".join(alternatives)


def _held(playbook: Playbook, field: str, held: Mapping[str, str] | None) -> str:
    """What a field holds, without brackets: on a partner's page all of this stands in some."""
    if held is None:
        return ""
    return f"; it {_has(playbook, field)} {held[field]}" if held[field] else "; nothing is recorded"


def _has(playbook: Playbook, field: str) -> str:
    return "has" if playbook.rule_fields[field].holds is Holds.TEXTS else "is"


def _name(field: str) -> str:
    return field.replace("_", " ")


def _asked(playbook: Playbook, clause: Clause) -> str:
    operand, has = clause.operand, _has(playbook, clause.field)
    match clause.ask, operand:
        case Ask.RECORDED, _:
            return "is recorded" if operand else "is not recorded"
        case _, bool():
            return "is true" if operand else "is false"
        case Ask.IS, tuple() if len(operand) > 1:
            return f"{has} one of {_texts(playbook, clause.field, operand)}"
        case Ask.NOT, tuple():
            return f"{has} none of {_texts(playbook, clause.field, operand)}"
        case ((Ask.IS | Ask.ALL), tuple()):
            return f"{has} {_texts(playbook, clause.field, operand)}"
        case ((Ask.AT_LEAST | Ask.AT_MOST), _):
            limit = "at least" if clause.ask is Ask.AT_LEAST else "at most"
            return f"has {limit} {_number(operand, 'value')}" if has == "has" else f"is {limit} {operand:g}"
        case Ask.WITHIN_DAYS, _:
            return f"is at most {_number(operand, 'day')} ago"
        case Ask.LEFT_DAYS, _:
            return f"is at least {_number(operand, 'day')} ahead"
        case Ask.SAME_AS, _:
            return f"is the same as {_name(str(operand))}"
        case _:
            return f"is another than {_name(str(operand))}"


def _number(operand: object, singular: str) -> str:
    """Such as "0 days": a limit is a figure, where a count says "no days"."""
    number = int(str(operand))
    return f"{number} {noun(number, singular)}"


def _texts(playbook: Playbook, field: str, texts: tuple[str, ...]) -> str:
    refers_to = playbook.rule_fields[field].refers_to
    if refers_to == "person":
        return series(map(playbook.person_name, texts))
    table = getattr(playbook, _TABLES[refers_to]) if refers_to in _TABLES else {}
    return series(getattr(table[text], "name", None) or table[text].title if text in table else text for text in texts)
