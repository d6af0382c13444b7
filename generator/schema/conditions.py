"""What the rules of rules.yml ask of fields: read line by line, with everything that is wrong at its place.

A condition is data, and so nothing in it can run, or take long: each line names a field, and says what is asked of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from pydantic_core import PydanticCustomError

from generator.model import RULE_FIELDS, Ask, Holds, RuleField
from generator.problems import Place, Problem, nearest, suggest
from generator.schema.check import UNSTATED, problem_code
from generator.schema.shapes import MOST_ALTERNATIVES, PlacedDict
from generator.schema.values import a_boolean, a_number, a_text, described, is_null, looks_like, within


class ReadClause(NamedTuple):
    """One ask of a field, as it is written: `texts` are its texts with their places, `value` any other operand.

    Whether what they name is there has to be looked at by whoever knows.
    """

    field: RuleField
    ask: Ask
    texts: tuple[tuple[str, Place], ...] = ()
    value: float | bool = False


_KINDS = {
    Holds.TEXT: "a text",
    Holds.TEXTS: "a list of texts",
    Holds.NUMBER: "a number",
    Holds.DAY: "a day",
    Holds.YES_NO: "true or false",
}
_EXAMPLES = {
    Holds.NUMBER: "{at_least: 0.7}",
    Holds.DAY: "{within_days: 180}",
}
_NUMBER = a_number(r"(0|[1-9]\d{0,8})(\.\d{1,9})?", "a number", float)
_WHOLE = a_number(r"0|[1-9]\d{0,8}", "a whole number", int)


def _days(value: object) -> object:
    return within(0, 36500)(_WHOLE(value))


class Conditions:
    """Reads conditions; `fields` are all that there are, those of the company's own among them."""

    def __init__(self, fields: Mapping[str, RuleField] = RULE_FIELDS) -> None:
        self._fields = fields
        self.problems: list[Problem] = []

    def read(self, written: Any, place: Place) -> Iterator[list[ReadClause]]:
        """The alternatives of the condition at a place, without the lines that cannot be used."""
        if written == UNSTATED:
            return
        alternatives = written if isinstance(written, list) else [written]
        if len(alternatives) > MOST_ALTERNATIVES:
            message = f"there are {len(alternatives)} alternatives; at most {MOST_ALTERNATIVES} are allowed"
            self._report("out-of-range", message, place)
        if not alternatives:
            self._not_fields(written, place)
        for index, one in enumerate(alternatives):
            if isinstance(one, PlacedDict) and one:
                yield [clause for name in one for clause in self._line(one, name)]
            else:
                self._not_fields(one, place.at(index))

    def _not_fields(self, written: Any, place: Place) -> None:
        there = described(written) if written else "nothing"
        self._report("wrong-kind", f"fields are expected here, but there is {there}", place, "write {tier: Premier}")

    def _line(self, written: PlacedDict, name: str) -> Iterator[ReadClause]:
        field, value, place = self._fields.get(name), written[name], written.place.at(name)
        if field is None:
            near = nearest(name, self._fields)
            hint = f"did you mean {near!r}?" if near is not None else f"allowed: {', '.join(self._fields)}"
            hint = looks_like(name, self._fields) or hint
            self._report("unknown-field", f"unknown field {name!r}", written.place.key_at(name), hint)
        elif is_null(value):
            hint = "write {recorded: false} if nothing may be recorded"
            self._report("wrong-kind", f"nothing is asked of {name}", written.place.key_at(name), hint)
        elif isinstance(value, dict):
            yield from self._asks(field, value, place)
        elif Ask.IS not in field.asks:
            message = f"{name} holds {_KINDS[field.holds]}: what is asked of it is expected here, but there is "
            self._report("wrong-kind", message + described(value), place, f"write {_EXAMPLES[field.holds]}")
        else:
            yield from self._ask(field, Ask.IS, value, place)

    def _asks(self, field: RuleField, asks: dict[str, Any], place: Place) -> Iterator[ReadClause]:
        allowed = [ask.value for ask in field.asks]
        if not asks:
            self._report("wrong-kind", f"nothing is asked of {field.id}", place, f"write one of: {', '.join(allowed)}")
        for word, value in asks.items():
            if word in allowed:
                yield from self._ask(field, Ask(word), value, place.at(word))
            elif word in [*Ask]:
                message = f"{word} cannot be asked of {field.id}, which holds {_KINDS[field.holds]}"
                self._report("wrong-kind", message, place.key_at(word), f"allowed: {', '.join(allowed)}")
            else:
                message = f"{word!r} is nothing that can be asked of {field.id}"
                hint = looks_like(word, allowed) or suggest(word, allowed)
                self._report("unknown-field", message, place.key_at(word), hint)

    def _ask(self, field: RuleField, ask: Ask, value: Any, place: Place) -> Iterator[ReadClause]:
        match ask:
            case Ask.RECORDED:
                yield from self._value(field, ask, a_boolean, value, place)
            case Ask.IS if field.holds is Holds.YES_NO:
                yield from self._value(field, ask, a_boolean, value, place)
            case Ask.WITHIN_DAYS | Ask.LEFT_DAYS:
                yield from self._value(field, ask, _days, value, place)
            case Ask.AT_LEAST | Ask.AT_MOST:
                number = _WHOLE if field.holds is Holds.TEXTS else _NUMBER
                yield from self._value(field, ask, number, value, place)
            case Ask.SAME_AS | Ask.OTHER_THAN:
                for text, where in self._texts(field, value, place, many=False):
                    if self._comparable(field, text, where):
                        yield ReadClause(field, ask, ((text, where),))
            case _:
                texts = tuple(self._texts(field, value, place, many=True))
                if texts:
                    yield ReadClause(field, ask, texts)

    def _value(
        self, field: RuleField, ask: Ask, reader: Callable[[object], Any], value: Any, place: Place
    ) -> Iterator[ReadClause]:
        if (read := self._read(field, reader, value, place)) is not None:
            yield ReadClause(field, ask, value=read)

    def _texts(self, field: RuleField, value: Any, place: Place, *, many: bool) -> Iterator[tuple[str, Place]]:
        listed = many and isinstance(value, list)
        if listed and not value:
            self._report("wrong-kind", f"{field.id}: a value is expected here, but the list is empty", place)
        for index, one in enumerate(value) if listed else [(None, value)]:
            where = place if index is None else place.at(index)
            if (text := self._read(field, a_text(120), one, where)) is not None:
                yield text, where

    def _comparable(self, field: RuleField, other: str, place: Place) -> bool:
        """Whether the field can be compared with the other one; what is wrong is reported."""
        alike = field.comparable(self._fields.values())
        if other in alike:
            return True
        if other in self._fields:
            message = f"{field.id} cannot be compared with {other}"
            self._report("wrong-kind", message, place, f"allowed: {', '.join(alike)}" if alike else "")
        else:
            self._report("unknown-field", f"unknown field {other!r}", place, suggest(other, alike))
        return False

    def _read(self, field: RuleField, reader: Callable[[object], Any], value: Any, place: Place) -> Any:
        try:
            return reader(value)
        except PydanticCustomError as error:
            context = error.context or {}
            self._report(error.type, f"{field.id}: {context['message']}", place, context["hint"])
            return None

    def _report(self, code: str, message: str, place: Place, hint: str = "") -> None:
        self.problems.append(Problem(problem_code(code), message, place, hint))
