"""Variables of the environment in addresses: what they hold is used, and never said."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import quote, quote_plus

_VARIABLE = re.compile(r"\$\{(\w+)\}")


class NoAnswer(Exception):
    """Why a source cannot be read, and what to do about it; neither says anything that a variable holds."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class Variables:
    """Puts variables into texts, and takes what they hold out of messages."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._held: dict[str, str] = {}

    def whole(self, text: str) -> str:
        """What a text holds that is one variable and nothing else; every other text as it stands."""
        alone = _VARIABLE.fullmatch(text.strip())
        return self._value(alone[1]) if alone else text

    def filled(self, text: str, written: Callable[[str], str] = str) -> str:
        """The text with what its variables hold, as `written` in it; what is one variable is taken as it is."""
        alone = self.whole(text)
        return alone if alone is not text else _VARIABLE.sub(lambda found: written(self._value(found[1])), text)

    def _value(self, name: str) -> str:
        value = self._environment.get(name, "").strip()
        if not value:
            hint = "set it where the command runs; on GitHub, hand the secret of that name to the step"
            raise NoAnswer(f"the variable {name} of the environment is not set", hint)
        self.hide(value, f"${{{name}}}")
        return value

    def hide(self, value: str, name: str) -> None:
        """Let messages say this name in place of a value, in whichever form they repeat it."""
        for form in (value, quote(value, safe=""), quote_plus(value), repr(value)[1:-1]):
            if form:
                self._held.setdefault(form, name)

    def hidden(self, message: str) -> str:
        """A message in which the names of the variables stand for what they hold."""
        for form in sorted(self._held, key=len, reverse=True):
            message = message.replace(form, self._held[form])
        return message
