"""Views to Markdown through Jinja2.  Every value that a template places is escaped unless it is Md.

The same templates make each page twice: for the site, and as a copy to be read as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from hashlib import blake2b
from typing import NamedTuple

from jinja2 import BytecodeCache, ChoiceLoader, Environment, PackageLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension

from generator.markdown import Md, Meta, escape, front_matter, settled
from generator.views.kit.fingerprint import fingerprint
from generator.views.kit.view import View, source

# Each of these gives back a plain string that no longer shows which part of it was escaped.
_REFUSED = (
    nodes.Macro,
    nodes.CallBlock,
    nodes.FilterBlock,
    nodes.AssignBlock,
    nodes.Import,
    nodes.FromImport,
    nodes.ScopedEvalContextModifier,
    nodes.Concat,
)
_FILTERS = frozenset({"length", "first", "last"})


class UnsafeTemplate(Exception):
    """A template uses a construct that could skip the escape."""


def refuse_unsafe(name: str, tree: nodes.Template) -> None:
    """Raise UnsafeTemplate where a template could place a value that was not escaped."""
    for node in tree.find_all(_REFUSED):
        raise UnsafeTemplate(f"{name}:{node.lineno}: {type(node).__name__} could skip the escape")
    for used in tree.find_all(nodes.Filter):
        if used.name not in _FILTERS:
            raise UnsafeTemplate(f"{name}:{used.lineno}: the filter {used.name!r} is not allowed")


class _Code(CodeGenerator):
    """Compiles what passes `refuse_unsafe`, and nothing else."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - jinja2 calls it so
        refuse_unsafe(self.name or "", node)
        super().visit_Template(node, frame)


class _Checked(Environment):
    code_generator_class = _Code


def _finalize(value: object) -> Md:
    if isinstance(value, Md):
        return value
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise TypeError(f"a template places {value!r}; views must word it as text")
    return escape(str(value))


# Spans, and lists of attributes such as { #anchor .class }; in a template, a value that is placed may stand within.
_STYLING = re.compile(r"</?span\b[^>]*>|(?:\n| )?\{(?:: ?| )[#.](?:\{\{[^{}]*\}\}|[^{}\n])*\}")


def without_styling(source: str) -> str:
    """What people wrote, a page or a template, without that which gives it anchors and looks on the site."""
    return _STYLING.sub("", source)


class _Copies(Extension):
    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        return without_styling(source)


@cache
def environment(*, site: bool = True) -> Environment:
    """The environment of every page.

    `site` is known to the templates, too; without it they leave out what only the site can show.
    """
    made = _Checked(
        # The guide shows the very files that servers and images are given.
        loader=ChoiceLoader([PackageLoader("generator"), PackageLoader("generator", "kit/hosting")]),
        undefined=StrictUndefined,
        autoescape=False,
        finalize=_finalize if site else lambda value: _finalize(value).plain,
        extensions=() if site else (_Copies,),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals = {"site": site}
    return made


def compile_with(cache: BytecodeCache) -> None:
    """Have the template of every page compiled, as far as `cache` does not have what it was compiled to."""
    for made in (environment(site=True), environment(site=False)):
        made.bytecode_cache = cache
        for name in made.list_templates(extensions=["j2"]):
            made.get_template(name)


def _body(view: View, *, site: bool) -> str:
    body = environment(site=site).get_template(view.template).render(vars(view.facts), title=view.title)
    return re.sub(r"\n{3,}", "\n\n", body).strip("\n")


def head(view: View) -> dict[str, Meta]:
    """What the front matter of the view's page says."""
    meta: dict[str, Meta] = {"title": view.title, "description": view.description}
    meta["source"] = source(view.place)
    if view.trail:
        meta["trail"] = [list(step) for step in view.trail]
    if view.boost != 1:
        meta["search"] = {"boost": view.boost} if view.boost else {"exclude": True}
    if view.redirect:
        meta.update(template="playbook-redirect.html", redirect=view.redirect)
    if view.framed:
        meta.update(template="playbook-embed.html", root="../" * view.path.count("/"))
    if view.feed:
        meta["feed"] = view.feed
    if view.script:
        meta["script"] = view.script
    if view.hide:
        meta["hide"] = list(view.hide)
    return meta


def body(view: View, terms: Terms) -> str:
    """What stands below the front matter of the view's page, with the definitions of the terms that it uses."""
    text = _body(view, site=True)
    return terms.explained(text, but=view.title) if view.tooltips else f"{text}\n"


def facts(view: View, terms: Terms) -> str:
    """Names all that the view's page and its copy are made from, but the templates and the line of the source."""
    front = {**head(view), "source": view.place.file}
    return fingerprint(front, view.template, view.facts, view.title, terms.name if view.tooltips else "")


def render(view: View, terms: Terms) -> str:
    """The whole text of the view's page."""
    return whole(head(view), body(view, terms))


def whole(meta: Mapping[str, Meta], text: str) -> str:
    """A page of this front matter and what stands below it."""
    return f"{front_matter(meta)}\n{text}"


def render_copy(view: View) -> str:
    """The page as Markdown that people and programs read as it stands."""
    return f"{settled(_body(view, site=False))}\n"


# What stands in a line as it is, and is no text: code, and where links lead.
_NO_TEXT = r"`[^`\n]*`|\]\([^)\n]*\)|\{[^}\n]*\}|<[^>\n]*>"
_LETTERS = re.compile(r"\b\w|[^\W\d_a-z]")
_HEADING = re.compile(r"#{1,6} .*")
_LINES = 16_384
"""How many lines are remembered: most of a page stand on others, too."""


class _Line(NamedTuple):
    """A line of a page, what it shows where terms are explained, the terms in it, and those of them that are left."""

    text: str
    shown: str
    used: frozenset[str]
    left: frozenset[str]


class Terms:
    """Tooltips: the abbr extension shows a term's definition wherever the page uses the term, or its plural.

    It would show one in headings and names, too: what is a term there, is written in another way, which reads the same.
    """

    def __init__(self, definitions: Mapping[str, str], names: Iterable[str] = ()) -> None:
        """`definitions` by term; a term with punctuation can stand in no page as one word.

        `names` are those of partners, people and the like: a word in one of them is no term.
        """
        self._definitions = {
            term: escape(text) for term, text in definitions.items() if re.fullmatch(r"[^\W_][\w ]*[^\W_]", term)
        }
        longest_first = "|".join(sorted(self._definitions, key=len, reverse=True))
        # Most words of a page begin like no term, and need not be held against each.
        first = "".join(sorted({re.escape(term[0]) for term in self._definitions}))
        self._pattern = re.compile(rf"\b(?=[{first}])(?:{longest_first})s?\b" if first else "(?!)")
        self._in_heading = re.compile(rf"(?P<kept>{_NO_TEXT})|{self._pattern.pattern}")
        with_terms = {name: set(self._pattern.findall(name)) for name in map(escape, names)}
        with_terms = {name: found for name, found in with_terms.items() if found - {name}}
        self._in_names = {term for found in with_terms.values() for term in found}
        escaped = "|".join(re.escape(name) for name in sorted(with_terms, key=len, reverse=True))
        self._names = re.compile(rf"(?P<kept>{_NO_TEXT})|(?<!\w)(?:{escaped})(?!\w)" if escaped else "(?!)")
        self.name = blake2b(repr((self._definitions, escaped)).encode()).hexdigest()
        """Names what they say of any page."""
        self._line = lru_cache(_LINES)(self._read)

    def explained(self, body: str, but: str = "") -> str:
        """The body with the definitions of the terms in its text, except that of `but`, the page's own subject."""
        lines = [self._line(line) for line in body.split("\n")]
        used = {term for line in lines for term in line.used}
        if not used - {but, f"{but}s"}:
            return f"{body}\n"
        if not used.isdisjoint(self._in_names):
            lines = [self._line(line.text, names=True) if line.used else line for line in lines]
        used = {term for line in lines for term in line.left} - {but, f"{but}s"}
        definitions = [f"*[{term}]: {self._definition(term)}\n" for term in sorted(used)]
        shown = "\n".join([line.shown for line in lines])
        return "".join([shown, "\n", *(["\n", *definitions] if definitions else [])])

    def _read(self, line: str, *, names: bool = False) -> _Line:
        """What a line of a page shows where its terms are explained; with `names`, but for those in names."""
        used = frozenset(self._pattern.findall(line))
        if not used:
            return _Line(line, line, used, used)
        shown = line
        if names:
            shown = self._names.sub(lambda found: found[0] if found["kept"] else self._as_name(found[0]), shown)
        if _HEADING.fullmatch(shown):
            shown = self._in_heading.sub(_unexplained, shown)
        return _Line(line, shown, used, frozenset(self._pattern.findall(shown)))

    def _as_name(self, name: str) -> str:
        return self._pattern.sub(_referred_to, name)

    def _definition(self, used: str) -> str:
        return self._definitions[used if used in self._definitions else used[:-1]]


def _unexplained(found: re.Match[str]) -> str:
    return found[0] if found["kept"] else _referred_to(found)


def _referred_to(found: re.Match[str]) -> str:
    """The same text with references to its capitals and first letters: to the abbr extension that is no word."""
    return _LETTERS.sub(lambda letter: f"&#{ord(letter[0])};", found[0])
