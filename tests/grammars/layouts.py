"""Data files as people may write them: any data, in any layout that YAML has, with remarks wherever it takes one.

A strategy for tests and fuzzers.  Every remark has a number of its own: one that is lost, doubled or moved shows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

REMARK = re.compile(r"#[^\r\n#]*remark\d+[^\r\n]*")

_WORDS = (
    "Acme",
    "Öl & Gas",
    "O'Hara",
    "half a year",
    "😀",
    "𠀀字",
    'so "called"',
    "a - b",
    "50%",
    "it: is",
    "x #1",
    "End",
)
_PLAIN = re.compile(r"(?![-?:,\[\]{}#&*!|>'\"%@`~ ])(?:(?!: |:$| #)[^\n\[\]{},])+(?<! )")

TABS = (" ", "   ", "\t", " \t ")
BLANKS = (" ", "  ")
"""What may stand between a dash and a remark: a tab there would indent what follows."""


@dataclass(frozen=True)
class Style:
    """How wild a file is: whether it has remarks, empty lines, and ways to write a value that hardly anybody uses."""

    remarks: bool = True
    gaps: bool = True
    rare: bool = True


class Writer:
    """Writes one file; every choice is drawn."""

    def __init__(self, draw: st.DrawFn, style: Style) -> None:
        self._draw = draw
        self._style = style
        self._lines: list[str] = []
        self._number = 0

    def file(self, data: Mapping[str, Any]) -> str:
        """The text of a file with these lists and values at its top."""
        self._lines = []
        if self._one_in(9):
            self._lines.append("# yaml-language-server: $schema=schemas/partners.json")
        self._noise(0)
        if self._rare():
            self._lines.append("---" + self._remark())
        for name, value in data.items():
            self._noise(0)
            self._field(name, value, 0, "")
        self._noise(0)
        if self._rare():
            self._lines.append("..." + self._remark())
        newline = "\r\n" if self._one_in(5) else "\n"
        text = newline.join(self._lines) + ("" if self._one_in(5) else newline)
        return ("\ufeff" if self._one_in(7) else "") + text

    # --- choices

    def _pick(self, choices: Sequence[Any]) -> Any:
        return choices[self._draw(st.integers(0, len(choices) - 1))]

    def _one_in(self, number: int) -> bool:
        return bool(self._draw(st.integers(0, number - 1)) == number - 1)

    def _rare(self) -> bool:
        return self._style.rare and self._one_in(12)

    # --- remarks and empty lines

    def _words(self, *, behind: bool = False) -> str:
        """A remark; behind a text, or below it and deeper, a # without a blank could belong to it, and is refused."""
        self._number += 1
        forms = ["# remark{}", "# remark{}: - a, [b]", "#\tremark{} 'x", '# remark{} "é" 😀']
        form = self._pick(forms if behind else ["#remark{}", *forms])
        return str(form.format(self._number))

    def _remark(self, often: int = 4, gaps: Sequence[str] = TABS) -> str:
        """A remark behind something, or nothing."""
        if not self._style.remarks or not self._one_in(often):
            return "  " if self._rare() else ""
        return str(self._pick(gaps)) + self._words(behind=True)

    def _noise(self, indent: int, most: int = 2, *, tabs: bool = False) -> None:
        """Lines without a value above one at that indentation."""
        for _ in range(self._pick((0, 0, 0, 1, most))):
            if self._style.gaps and self._one_in(3):
                self._lines.append("    " if self._rare() else "")
            elif self._style.remarks:
                column = self._pick((indent, indent, indent, max(0, indent - 2), indent + 1, indent + 2, indent + 6, 0))
                words = self._words(behind=column > indent)
                self._lines.append(" " * column + ("\t" if tabs and self._rare() else "") + words)

    # --- values

    def _field(self, name: str, value: Any, indent: int, lead: str) -> None:
        """A field, whose first line begins with `lead` in place of its indentation where there is one."""
        key = name if not self._rare() else self._pick((f"'{name}'", f'"{name}"', f"{name} "))
        head = (lead or " " * indent) + key + ":"
        if self._style.rare and self._one_in(40):
            self._lines.append((lead or " " * indent) + "? " + name + self._remark())
            self._noise(indent)
            head = " " * indent + ":"
        self._value(head, value, indent)

    def _value(self, head: str, value: Any, indent: int) -> None:
        gaps = BLANKS if head.strip() == ":" else TABS
        if isinstance(value, Mapping) and value and not self._one_in(3):
            self._lines.append(head + self._remark(4, gaps))
            inner = indent + self._pick((2, 2, 2, 4, 1, 3))
            self._mapping(value, inner)
        elif isinstance(value, list) and value and (self._entries(value) or not self._one_in(3)):
            self._lines.append(head + self._remark(4, gaps))
            inner = indent + (self._pick((2, 2, 0, 4, 1, 3)) if head.strip() != ":" else 2)
            self._list(value, inner)
        elif isinstance(value, str):
            self._text(head, value, indent)
        else:
            self._flow(head, value, indent)

    def _entries(self, value: list[Any]) -> bool:
        return any(isinstance(one, Mapping) and "id" in one for one in value) and not self._rare()

    def _mapping(self, value: Mapping[str, Any], indent: int, lead: str = "") -> None:
        names = list(value) if not self._one_in(3) else self._draw(st.permutations(list(value)))
        for index, name in enumerate(names):
            if index or not lead:
                self._noise(indent)
            self._field(name, value[name], indent, lead if not index else "")

    def _list(self, items: Sequence[Any], indent: int) -> None:
        for one in items:
            self._noise(indent)
            dash = " " * indent + "-"
            if isinstance(one, Mapping) and one and (self._entries([one]) or not self._one_in(3)):
                gap = self._pick((1, 1, 1, 1, 3, 2))
                if self._rare():
                    self._lines.append(dash + self._remark(2, BLANKS))
                    self._mapping(one, indent + 1 + gap)
                else:
                    self._mapping(one, indent + 1 + gap, dash + " " * gap)
            elif isinstance(one, str):
                self._text(dash, one, indent)
            else:
                self._flow(dash, one, indent)

    def _text(self, head: str, value: str, indent: int) -> None:
        """Text in quotes, without them, below its name, over several lines or as a block."""
        way = self._pick(("plain",) * 5 + ("single", "double", "below", "words", "literal", "folded"))
        prose = " " in value or "\n" in value
        if way in ("literal", "folded") and prose:
            self._block(head, value, indent, "|" if way == "literal" else ">")
        elif way == "words" and prose and "\n" not in value:
            self._spread(head, value, indent)
        elif way == "below" and self._style.rare:
            self._lines.append(head + self._remark(2, BLANKS))
            self._noise(indent + 2, 1)
            self._lines.append(" " * (indent + self._pick((1, 2, 4))) + self._inline(value) + self._remark())
        else:
            self._lines.append(head + " " + self._inline(value, way) + self._remark())

    def _inline(self, value: str, way: str = "plain") -> str:
        if way == "double" or "\n" in value:
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
        if way == "plain" and _PLAIN.fullmatch(value):
            return value
        return "'" + value.replace("'", "''") + "'"

    def _spread(self, head: str, value: str, indent: int) -> None:
        quote = "'" if not _PLAIN.fullmatch(value) or self._one_in(3) else ""
        words = (value.replace("'", "''") if quote else value).split(" ")
        if not quote and any(word[:1] in "-?:#" or not word for word in words):
            quote, words = "'", value.replace("'", "''").split(" ")
        cut = self._draw(st.integers(1, len(words) - 1))
        gap = [""] if self._rare() else []
        self._lines.append(f"{head} {quote}{' '.join(words[:cut])}")
        self._lines += [*gap, " " * (indent + self._pick((2, 1, 6))) + " ".join(words[cut:]) + quote + self._remark()]

    def _block(self, head: str, value: str, indent: int, sign: str) -> None:
        pad, keep = self._pick((2, 2, 4, 1, 7)), self._pick(("", "-", "", "+") if self._style.rare else ("", "-"))
        self._lines.append(f"{head} {sign}{keep}{self._remark()}")
        for number, line in enumerate(value.split("\n")):
            if number and self._rare():
                self._lines.append("" if self._one_in(2) else " " * (indent + pad) + "  - no: remark")
            self._lines.append((" " * (indent + pad) + line) if line else "")
        for _ in range(self._pick((0, 0, 0, 1, 2))):
            self._lines.append("")

    # --- in brackets

    def _flow(self, head: str, value: Any, indent: int) -> None:
        if value is None:
            said = self._pick(("", " null", " ~", " null"))
            self._lines.append(head + said + self._remark(4, TABS if said else BLANKS))
            return
        lines = [head + " "]
        self._part(lines, value, indent, spread=self._one_in(3))
        first, *rest = lines
        self._lines += [first, *rest]
        self._lines[-1] += self._remark()

    def _part(self, lines: list[str], value: Any, indent: int, *, spread: bool) -> None:
        """Put a value behind the last of the lines; where `spread`, over several of them."""
        if not isinstance(value, Mapping | list):
            lines[-1] += "null" if value is None else self._inside(str(value))
            return
        opening, closing = "{}" if isinstance(value, Mapping) else "[]"
        parts = list(value.items()) if isinstance(value, Mapping) else [(None, one) for one in value]
        lines[-1] += opening
        for number, (name, one) in enumerate(parts):
            self._turn(lines, indent + 2, spread=spread)
            lines[-1] += f"{name}: " if name is not None else ""
            self._part(lines, one, indent + 2, spread=spread and self._one_in(3))
            if spread and self._rare():
                self._turn(lines, indent, spread=True)
            lines[-1] += "," if number < len(parts) - 1 or (spread and self._one_in(3)) else ""
            lines[-1] += " " if number < len(parts) - 1 else ""
        self._turn(lines, indent + 1, spread=spread)
        lines[-1] += closing

    def _turn(self, lines: list[str], indent: int, *, spread: bool) -> None:
        if not spread or not self._one_in(2):
            return
        lines[-1] += self._remark(2)
        kept, self._lines = self._lines, []
        self._noise(indent, 1, tabs=True)
        lines += [*self._lines, " " * max(1, indent + self._pick((0, 0, 3)))]
        self._lines = kept

    def _inside(self, text: str) -> str:
        return self._inline(text, "plain" if re.fullmatch(r"[\w.@-]+(?: [\w.@-]+)*", text) else "single")


# --- the data ---------------------------------------------------------------------------------

TEXTS = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=5).map(" ".join)
PROSE = (
    TEXTS
    | st.lists(st.sampled_from(_WORDS), min_size=20, max_size=30).map(" ".join)
    | st.builds("{}\n\n{}\n".format, TEXTS, TEXTS)
)
DAYS = st.dates(
    min_value=__import__("datetime").date(2024, 1, 1), max_value=__import__("datetime").date(2026, 5, 30)
).map(str)
TYPES = ("shop", "agent", "ally")
PERSONS = ("ann", "bob", "eve")


def _some(needed: Mapping[str, Any], optional: Mapping[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(dict(needed), optional=dict(optional))


def _subset(values: Sequence[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), unique=True, max_size=3)


def entries(ident: str, *, named: bool = True) -> st.SearchStrategy[dict[str, Any]]:
    """An entry of partners.yml."""
    return _some(
        {
            "id": st.just(ident),
            **({"name": st.just(f"Name of {ident}")} if named else {}),
            "types": st.lists(st.sampled_from(TYPES), unique=True, min_size=1, max_size=3),
            "owner": st.none() | st.sampled_from(PERSONS),
        },
        {
            "backup_owner": st.sampled_from(PERSONS),
            "sponsor": st.sampled_from(PERSONS),
            "status": st.sampled_from(("active", "dormant")),
            "regions": _subset(("EMEA", "APAC", "North, and South")),
            "value": TEXTS,
            "agreements": st.lists(_some({"kind": TEXTS}, {"ref": TEXTS, "ends": DAYS}), max_size=2),
            "reviewed": _some({"date": DAYS, "by": st.sampled_from(PERSONS)}, {}),
            "links": st.lists(_some({"label": TEXTS, "url": st.just("https://x.example/#a")}, {}), max_size=2),
            "notes": PROSE,
        },
    )


@st.composite
def inventories(draw: st.DrawFn) -> dict[str, Any]:
    """What partners.yml says."""
    found = []
    for department in ("north", "south", "east")[: draw(st.integers(1, 3))]:
        idents = draw(st.permutations(("acme", "delta", "zeta")))[: draw(st.integers(0, 3))]
        partners = [draw(entries(f"{one}-{department}")) for one in idents]
        one = draw(
            _some(
                {"id": st.just(department), "name": TEXTS},
                {"contact": st.just("a@x.example"), "lead": st.sampled_from(PERSONS)},
            )
        )
        found.append(one | {"partners": partners})
    return {"departments": found}


PEOPLE = (
    st.tuples(
        *(
            _some(
                {"id": st.just(one), "name": st.just(f"{one.title()} Lee")},
                {"email": st.just(f"{one}@x.example"), "active": st.just("true"), "department": st.just("north")},
            )
            for one in PERSONS
        )
    )
    .flatmap(st.permutations)
    .map(lambda people: {"people": list(people)})
)

TAXONOMIES = st.tuples(
    *(
        _some(
            {"id": st.just(one), "name": st.just(one.title()), "function": st.just("sell"), "definition": PROSE},
            {
                "aliases": st.just([f"{one.upper()}S", f"{one} of ours"]),
                "confused_with": st.just([other for other in TYPES if other != one]),
                "note": PROSE,
            },
        )
        for one in TYPES
    )
).map(
    lambda types: {
        "functions": [{"id": "sell", "name": "Selling", "value": "Sells.", "mode": "light"}],
        "types": list(types),
        "modes": [{"id": "light", "name": "Light", "summary": "Asks for nothing."}],
    }
)  # fmt: skip

FILES: Mapping[str, st.SearchStrategy[dict[str, Any]]] = {
    "partners.yml": inventories(),
    "people.yml": PEOPLE,
    "taxonomy.yml": TAXONOMIES,
}


@st.composite
def layouts(draw: st.DrawFn, file: str = "partners.yml", style: Style = Style()) -> str:
    """The text of one of FILES."""
    return Writer(draw, style).file(draw(FILES[file]))


@st.composite
def folders(draw: st.DrawFn) -> dict[str, str]:
    """The texts of a whole data folder, without an error, by file."""
    return {file: draw(layouts(file)) for file in FILES}
