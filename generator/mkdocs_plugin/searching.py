"""What our search reads in the place of the theme's index: the names of all places first, then what stands there."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from html import escape, unescape
from itertools import chain
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NotRequired, TypedDict

from mkdocs.structure.pages import Page

from generator.conversion import HtmlSection


class Passage(TypedDict):
    """A page, or a part of one, as the theme's plugin for the search has it: `title` and `text` are HTML."""

    location: str
    title: str
    text: str
    tags: NotRequired[list[str]]
    boost: NotRequired[float]


_MARKED = re.compile(r"<(/?)(\w+)[^>]*>")
_KEPT = ("p", "code", "pre", "li", "ol", "ul", "sub", "sup")


def collect(index: Any, page: Page, sections: Iterable[HtmlSection]) -> None:
    """Add the sections of a page to the index that the theme's plugin collects, as its own parser would."""
    if (page.meta.get("search") or {}).get("exclude"):
        return
    for number, section in enumerate(sections):
        if section.found:
            heading = section.heading
            title = [escape(unescape(heading.name), quote=False)] if heading else []
            anchor = heading.id if heading and number else None
            text = _said(section.content)
            index.create_entry_for_section(SimpleNamespace(id=anchor, title=title, text=text), page.toc, page.url, page)


def _said(html: str) -> list[str]:
    """Texts of the page, and the few tags that the index has, without their attributes."""
    said: list[str] = []
    place = 0
    for tag in _MARKED.finditer(html):
        _say(said, html[place : tag.start()])
        place = tag.end()
        ends, name = tag.groups()
        if name not in _KEPT:
            continue
        if not ends:
            said.append(f"<{name}>")
        elif not "".join(said[said.index(f"<{name}>") + 1 :]).strip():
            del said[said.index(f"<{name}>") :]
        else:
            said.append(f"</{name}>")
    _say(said, html[place:])
    return said


def _say(said: list[str], text: str) -> None:
    if text.isspace():
        if not said or not said[-1].isspace():
            said.append(" ")
    elif text:
        # Nearly no text has signs that are written otherwise.
        marked = "&" in text or ">" in text
        said.append(escape(unescape(text).replace("\n", " "), quote=False) if marked else text.replace("\n", " "))


def take_over(site: Path, more: Callable[[], Iterable[str]] = lambda: ()) -> None:
    """Give the theme an empty index, and what it held to our search, and with it `more` passages, as `written` here.

    Each page of the site reads the theme's index, whether somebody searches or not.  The settings in it stay: the theme
    marks by them what was found, and our search is told there which files are its own.
    """
    path = site / "search" / "search_index.json"
    if not path.is_file():
        return  # the site has no search
    index = json.loads(path.read_text("utf-8"))
    theirs, index["docs"] = [written(passage) for passage in index["docs"]], []
    index["config"]["playbook"] = write(site, lambda: chain(theirs, more()))
    path.write_text(_json(index), "utf-8")


def written(passage: Passage) -> str:
    """A passage as the search reads it."""
    return _json(passage)


def write(site: Path, passages: Callable[[], Iterable[str]]) -> dict[str, str]:
    """The paths of the files that our search reads, `names` and `texts`, which this writes.

    A file is named after what it holds, so that a browser need not ask for it again, and never has one of each build.
    Each of the `passages` may be several, with commas between them; they are asked for twice.
    """
    names = [_name(passage) for some in passages() for passage in json.loads(f"[{some}]")]
    return {
        "names": _write(site, "names", "playbookNames", map(_json, _named(names))),
        "texts": _write(site, "texts", "playbookTexts", passages()),
    }


def _named(passages: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Pages, and parts whose title no other place has: what many pages have, such as "Findings", is no name."""
    titles = Counter(passage["title"] for passage in passages)
    return [passage for passage in passages if "#" not in passage["location"] or titles[passage["title"]] == 1]


def _name(passage: Passage) -> dict[str, Any]:
    return {key: value for key, value in passage.items() if key != "text"}


def _write(site: Path, name: str, variable: str, passages: Iterable[str]) -> str:
    # A script that sets one variable, since a page opened from disk may not ask for a file of data.
    parts = chain([f'self.{variable} = {{"docs":['], _separated(passages), ["]};\n"])
    content, digest = site / "search" / f"{name}.js", sha256()
    with content.open("wb") as file:
        for part in parts:
            digest.update(encoded := part.encode())
            file.write(encoded)
    path = f"search/{name}.{digest.hexdigest()[:8]}.js"
    content.replace(site / path)
    return path


def _separated(passages: Iterable[str]) -> Iterator[str]:
    for number, passage in enumerate(passages):
        yield f",{passage}" if number else passage


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
