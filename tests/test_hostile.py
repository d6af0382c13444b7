"""Hostile text in every text field of the model reaches the pages as text and adds no element."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from html.parser import HTMLParser
from itertools import cycle
from pathlib import Path
from typing import Any

import markdown
import pytest
import yaml
from markdown_it import MarkdownIt

from generator.conversion import Unfamiliar, convert
from generator.loading import load_folder
from generator.mkdocs_plugin.settings import merged
from generator.schema.shapes import FILES, Shape
from generator.site import Site
from tests import kit

pytestmark = pytest.mark.long

MAX = {"value": 60, "short": 22}
COPY = "the copy of "

FRAGMENTS = [
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "</td></table><h1>",
    "<!-- ",
    "-->",
    "{{ 7*7 }}",
    "{% include 'x' %}",
    "[x](javascript:alert(1))",
    "![x](https://evil.example/p.png)",
    "`code`",
    "**bold** _it_ ~~s~~ ==m==",
    "| a | b |",
    '--8<-- "/etc/passwd"',
    "!!! note",
    "*[HTML]: y",
    "&lt;b&gt; &#60; &amp;",
    "# h",
    "- item",
    "1. item",
    "[^1]: foot",
    "{: .c #id onclick=x }",
    "\" onload='x' ",
    "\\",
    "https://evil.example/",
    "<https://evil.example/>",
    "klzzwxh:0000",
    "::error file=x::y",
    "=HYPERLINK(1)",
    "---",
    "日本語 🎉 e\u0301",
]


class Skeleton(HTMLParser):
    """The elements of a page without their text, and the text without the elements."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, ...]] = []
        self.text = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "text":
            # A label of a picture has a line or two, by its length; any other attribute would be an intruder's.
            assert {name for name, _ in attrs} <= {"class", "x", "y", "text-anchor"}
            return
        self.elements.append((tag, *sorted(name for name, _ in attrs)))
        for name, value in attrs:
            assert not name.startswith("on")
            assert name not in ("href", "src") or not str(value).startswith(("javascript", "data:"))

    def handle_endtag(self, tag: str) -> None:
        if tag != "text":
            self.elements.append(("/" + tag,))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.elements.append(("comment", data))


def text_fields(shape: type[Shape]) -> dict[str, str]:
    """The fields of free text, of one text or of several, by what the schema says of them."""
    free = {}
    for name, schema in shape.model_json_schema(mode="validation")["properties"].items():
        variants = [schema, *schema.get("anyOf", []), schema.get("items", {})]
        if any(v.get("type") == "string" and "maxLength" in v and "pattern" not in v for v in variants):
            free[name] = "list" if schema.get("type") == "array" else "text"
    return free


# What is free text by its shape, but refers to something or is compared with something recorded.
REFERENCES = {
    *("function", "group", "types", "type", "owner", "sponsor", "backup_owner", "by", "lead", "offer_stage", "via"),
    *("offers", "objectives", "objective", "offer", "regions", "region", "department", "skill", "modes", "mode"),
    *("mode_reason", "home_department", "confused_with", "off", "tiers", "segments", "industries", "tier", "segment"),
    *("business_models", "business_model", "kind", "needs_agreement", "alias", "domain", "contact", "email"),
    *("partner", "only", "hides", "url"),
}


@cache
def names_of_text_fields() -> dict[str, str]:
    """Every free-text field of every shape, by name."""
    found: dict[str, str] = {}
    seen: set[type[Shape]] = set()

    def visit(annotation: Any) -> None:
        if isinstance(annotation, type) and issubclass(annotation, Shape) and annotation not in seen:
            seen.add(annotation)
            found.update(text_fields(annotation))
            for field in annotation.model_fields.values():
                visit(field.annotation)
        for part in getattr(annotation, "__args__", ()):
            visit(part)

    for shape in FILES.values():
        visit(shape)
    return {name: kind for name, kind in found.items() if name not in REFERENCES} | {"handover": "text"}


@cache
def alias_ids() -> dict[str, str]:
    """What the rich company's aliases stand for: once they are hostile, only ids name a type."""
    return {alias: one.id for one in kit.loaded(kit.RICH).types.values() for alias in one.aliases}


CHOICES = {"values", "revenue_band"}
"""What a custom field may be, and the field: a text replaced in one is the same text in the other."""


def rewritten(data: Any, text: Callable[[str], str], chosen: dict[str, str]) -> Any:
    """The data with every free text replaced; `chosen` are those of the choices that have been."""

    def choice(value: str) -> str:
        return chosen[value] if value in chosen else chosen.setdefault(value, text("values"))

    if isinstance(data, list):
        return [rewritten(item, text, chosen) for item in data]
    if not isinstance(data, dict):
        return data
    fields, ids = names_of_text_fields(), alias_ids()
    changed: dict[str, Any] = {}
    for key, value in data.items():
        if key in CHOICES:
            changed[key] = [*map(choice, value)] if isinstance(value, list) else choice(value)
        elif fields.get(key) == "text" and isinstance(value, str):
            changed[key] = text(key)
        elif fields.get(key) == "list" and isinstance(value, list):
            changed[key] = [text(key) for _ in value]
        elif key == "type":
            changed[key] = ids.get(value, value)
        elif key == "types" and all(isinstance(item, str) for item in value):
            changed[key] = [ids.get(item, item) for item in value]
        else:
            changed[key] = rewritten(value, text, chosen)
    return changed


def pages(folder: Path, payloads: Sequence[str]) -> tuple[dict[str, Skeleton], list[str]]:
    """The rich company's pages and copies with one of the payloads in every text field, by turns, and the texts."""
    texts: list[str] = []

    def text(field: str) -> str:
        payload = payloads[len(texts) % len(payloads)]
        texts.append(f"Z-{len(texts):05} {payload[: MAX.get(field, 90)]}")
        return texts[-1]

    names: dict[str, str] = {}
    chosen: dict[str, str] = {}
    folder.mkdir()
    for path in sorted(kit.RICH.glob("*.yml")):
        loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
        plain = yaml.load(path.read_text(encoding="utf-8"), loader)  # noqa: S506 - it makes texts only
        data = rewritten(plain, text, chosen)
        for department in data.get("departments", []):
            for entry in department["partners"]:
                # One company has one name, in all of its entries.
                if "name" in entry:
                    entry["name"] = names.setdefault(entry["id"], entry["name"])
        # JSON is YAML, and quotes every text; numbers and booleans must stand without quotes.
        dumped = json.dumps(data, ensure_ascii=False, indent=1)
        (folder / path.name).write_text(_unquoted(dumped), encoding="utf-8")
    loaded = load_folder(folder)
    assert [(p.place[:3], p.message) for p in loaded.errors] == []
    assert loaded.playbook is not None
    reader = MarkdownIt("commonmark").enable("table")
    extensions = merged({}, "material")["markdown_extensions"]
    html = markdown.Markdown(extensions=[*extensions], extension_configs={k: v or {} for k, v in extensions.items()})

    def converted(body: str) -> str:
        """As Python-Markdown does it, for whoever has the pages alone; of plain words, as the site does it."""
        if len(payloads) == 1:
            with suppress(Unfamiliar):
                return convert(body, lambda address: address).html
        return html.reset().convert(body)

    found = {}
    for page in Site(loaded.playbook).pages(copies=True):
        if not page.markdown:
            continue  # tests/test_calendars.py reads them back
        meta, body = page.content.removeprefix("---\n").split("\n---\n", 1)
        assert isinstance(kit.yaml_of(meta)["title"], str)
        found[page.path] = Skeleton(converted(body))
        found[f"{COPY}{page.path}"] = Skeleton(reader.render(page.copy))
    return found, texts


def _unquoted(dumped: str) -> str:
    lines = []
    for line in dumped.split("\n"):
        head, colon, value = line.partition('": "')
        bare = value.rstrip(",").rstrip('"')
        if colon and (bare in ("true", "false") or bare.replace(".", "").replace("-", "").isdigit()):
            line = f'{head}": {bare}' + ("," if line.endswith(",") else "")
        elif colon and bare == "null" and head.strip().endswith('"owner'):
            line = f'{head}": null' + ("," if line.endswith(",") else "")
        lines.append(line)
    return "\n".join(lines)


def shown(them: dict[str, Skeleton], prefix: str) -> str:
    """The text of all pages, or of all copies."""
    texts = (page.text for path, page in them.items() if path.startswith(COPY) == bool(prefix))
    return " ".join(" ".join(text.split()) for text in texts)


GROUPS = [" ".join(FRAGMENTS[start::7]) for start in range(7)]
# Tricks glued together by chance, the same ones in each run.
CHANCE = random.Random("tricks")  # noqa: S311 - nobody is to be kept from guessing
MIXES = ["".join(CHANCE.sample(FRAGMENTS, CHANCE.randint(2, 4))) for _ in range(40)]


def test_every_trick_is_shown_literally(tmp_path: Path) -> None:
    """Each trick, at the beginning of a text and behind others, is found in the page as it was typed.

    Tricks that stand together do not help each other.
    """
    benign, _ = pages(tmp_path / "benign", ["plain words."])
    hostile, texts = pages(tmp_path / "hostile", [trick for both in zip(cycle(GROUPS), MIXES) for trick in both])

    assert len(texts) > 4 * len(FRAGMENTS + MIXES)
    assert hostile.keys() == benign.keys()
    for path, page in hostile.items():
        if path.removeprefix(COPY) == "start/quiz.md":
            # Which questions it asks depends on the words of their answers.
            assert set(page.elements) <= set(benign[path].elements)
        else:
            assert page.elements == benign[path].elements, path
    for prefix in ("", COPY):
        everything, plain = shown(hostile, prefix), shown(benign, prefix)
        found = [text for text in texts if " ".join(text.split()) in everything]
        expected = [number for number in range(len(texts)) if f"Z-{number:05} plain words." in plain]
        # Some texts stand on no page yet: what nobody links to, or what the settings alone know.
        assert len(found) >= len(expected) > len(texts) * 0.8
