"""What the theme puts around pages of one kind: rendered once, then only filled.

Pages of one folder that are not in the nav differ in their texts and addresses alone.  A page of marks is rendered in
their stead, and each mark replaced by what a page has there.  Whether that is right is tried with the first page of
each kind, which the theme renders, too: where the two differ, or a template compares what differs from page to page,
the theme renders all of that kind.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any, Protocol, overload

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from generator.mkdocs_plugin.earlier import Shell

_MARKED = "pbmark"
# No name of one has an x in it: of two side by side, the first ends there.
_MARK = re.compile(f"({_MARKED}[a-wyz]+[0-9]*x)")
# What a theme may do something to before it places it; pages that have none of it are another kind than those that do.
_SPECIAL = re.compile(r"[&<>\"'%\\]|\s\s")
_H1 = "<h1"
"""What a theme may look for in a page: where it is not there, the theme brings it."""
_DIFFERENT = ("title", "description", "source", "redirect")
"""What of the front matter differs from page to page of one kind; all else does not."""


class _Marked(str):
    """A text of the page of marks, which takes down where a template asked what may be otherwise of another page.

    Up to its first mark, it is that of every page of the kind.
    """

    asked: list[object]

    @classmethod
    def of(cls, text: str, asked: list[object]) -> _Marked:
        """The text; what is `asked` of it goes there."""
        marked = cls(text)
        marked.asked = asked
        return marked

    @property
    def _common(self) -> str:
        return self.partition(_MARKED)[0]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str) and not isinstance(other, _Marked) and other.startswith(self._common):
            self.asked.append(other)
        return str.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    # What is looked up is compared, too, but with what has the same hash alone; addresses are looked up by MkDocs.
    __hash__ = str.__hash__

    def startswith(self, prefix: Any, *more: Any) -> bool:
        prefixes, common = prefix if isinstance(prefix, tuple) else (prefix,), self._common
        if not all(common.startswith(one) or not one.startswith(common) for one in prefixes):
            self.asked.append(prefix)
        return str.startswith(self, prefix, *more)

    def __contains__(self, part: Any) -> bool:
        if part != _H1 and part not in self._common:
            self.asked.append(part)
        return str.__contains__(self, part)


class _MarkedText(_Marked):
    """One that no part of MkDocs looks up."""

    def __hash__(self) -> int:
        self.asked.append(hash)
        return str.__hash__(self)


def _taken_down(name: str) -> Callable[..., Any]:
    plain = getattr(str, name)

    def method(self: _Marked, *given: Any) -> Any:
        self.asked.append(name)
        return plain(self, *given)

    return method


# Whatever these say, it is of the whole text.
_TELLING = ("endswith", "find", "index", "count", "split", "replace")
for _method in (*_TELLING, "__getitem__", "__lt__", "__le__", "__gt__", "__ge__"):
    setattr(_Marked, _method, _taken_down(_method))


class Theme(Protocol):
    """Renders a whole page."""

    def __call__(self, page: Page) -> str: ...


class ListedPages(Sequence[File]):
    """The pages of a site for templates, which takes down whether one asked for them."""

    def __init__(self, files: Sequence[File]) -> None:
        self._files = files
        self.asked = False

    @overload
    def __getitem__(self, index: int) -> File: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[File]: ...
    def __getitem__(self, index: int | slice) -> File | Sequence[File]:
        self.asked = True
        return self._files[index]

    def __len__(self) -> int:
        self.asked = True
        return len(self._files)

    def __add__(self, more: Iterable[Any]) -> list[Any]:
        return [*self, *more]


class Shells:
    """The shells of a build."""

    def __init__(self, config: MkDocsConfig, theme: Theme, pages: ListedPages) -> None:
        """`pages` are those that the theme is given."""
        self._config = config
        self._theme = theme
        self._pages = pages
        self._shells: dict[Any, tuple[Sequence[str], Shell] | None] = {}
        self._named: set[Shell] = set()
        self._asked: list[object] = []
        """What a template asked of the texts of the page of marks."""

    def have(self, shell: Shell) -> bool:
        """Whether a page has been put into that very shell."""
        return shell in self._named

    def filled(self, page: Page) -> tuple[str, Shell | None]:
        """The whole page as the theme renders it, and the shell that it stands in, where it is in one.

        A page of the nav stands in one of its own, of which only the page itself can be told.
        """
        if page.parent is not None or page.previous_page is not None or page.next_page is not None:
            self._pages.asked = False
            return self._theme(page), Shell(_name(page.file.src_uri), "", -1, self._pages.asked)
        values = dict(_values(page))
        kind = _kind(page, values)
        if kind not in self._shells:
            self._pages.asked = False
            marked = self._marked(page)
            self._asked.clear()
            parts = _MARK.split(self._theme(marked))
            same = not self._asked
            for place, part in enumerate(parts):
                if part == "pbmarkcontentx":
                    parts[place + 1] = parts[place + 1].removeprefix(_H1)
            html = self._theme(page)
            sources = parts.count("pbmarksourcex")
            shell = Shell(_name(repr(kind)), _name("\0".join(parts)), sources, self._pages.asked)
            self._shells[kind] = (parts, shell) if same and _fill(parts, values) == html else None
            self._named.update([shell] if self._shells[kind] is not None else [])
            return html, shell if self._shells[kind] is not None else None
        known = self._shells[kind]
        return (self._theme(page), None) if known is None else (_fill(known[0], values), known[1])

    def _marked(self, page: Page) -> Page:
        """A page like this one, with marks for its texts and addresses."""
        folder = posixpath.dirname(page.file.src_uri)
        file = File(
            posixpath.join(folder, "pbmarknamex.md"), None, self._config.site_dir, self._config.use_directory_urls
        )
        file.generated_by = page.file.generated_by
        file.src_uri, file.url = _MarkedText.of(file.src_uri, self._asked), _Marked.of(file.url, self._asked)
        marked = Page(None, file, self._config)
        marked.update_date = page.update_date
        marked.markdown = ""
        marked.meta = {
            **page.meta,
            **{key: _MarkedText.of(f"pbmark{key}x", self._asked) for key in _DIFFERENT if page.meta.get(key)},
        }
        if page.meta.get("redirect"):
            marked.meta["redirect"] = "pbmarkredirectx/"
        content = "pbmarkcontentx" + (_H1 if _H1 in (page.content or "") else "")
        marked.content = _MarkedText.of(content, self._asked)
        marked.toc = _marked_toc(page.toc, self._asked)
        return marked


def _name(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _kind(page: Page, values: dict[str, str]) -> Any:
    rest = {key: value for key, value in page.meta.items() if key not in _DIFFERENT and key != "search"}
    special = tuple(bool(_SPECIAL.search(values.get(f"pbmark{key}x", ""))) for key in _DIFFERENT)
    return (
        posixpath.dirname(page.file.src_uri),
        page.file.name == "index",
        repr(rest),
        tuple(bool(page.meta.get(key)) for key in _DIFFERENT),
        special,
        _H1 in (page.content or ""),
        repr([_shape(item) for item in page.toc]),
    )


def _values(page: Page) -> Iterator[tuple[str, str]]:
    for key in _DIFFERENT:
        yield f"pbmark{key}x", str(page.meta.get(key) or "")
    yield "pbmarkredirectx", str(page.meta.get("redirect") or "").rstrip("/")
    yield "pbmarknamex", page.file.name
    yield "pbmarkcontentx", page.content or ""
    for number, item in enumerate(_items(page.toc)):
        yield f"pbmarkitem{number}x", item.title
        yield f"pbmarkanchor{number}x", item.id


def _fill(shell: Sequence[str], values: dict[str, str]) -> str:
    return "".join([values[part] if place % 2 else part for place, part in enumerate(shell)])


def _items(toc: Any) -> Iterator[AnchorLink]:
    for item in toc:
        yield item
        yield from _items(item.children)


def _shape(item: AnchorLink) -> Any:
    return (
        item.level,
        bool(_SPECIAL.search(item.title)) and bool(item.children),
        [_shape(child) for child in item.children],
    )


def _marked_toc(toc: TableOfContents, asked: list[object]) -> TableOfContents:
    numbers = iter(range(1_000_000))

    def marked(item: AnchorLink) -> AnchorLink:
        number = next(numbers)
        title, anchor = (_MarkedText.of(f"pbmark{name}{number}x", asked) for name in ("item", "anchor"))
        made = AnchorLink(title, anchor, item.level)
        made.children = [marked(child) for child in item.children]
        return made

    items = [marked(item) for item in toc]
    if items:
        items[0].active = True  # type: ignore[attr-defined] # as MkDocs has it
    return TableOfContents(items)
