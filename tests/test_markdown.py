"""Text from data is text on every page: escaping, addresses and front matter."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown_it import MarkdownIt

from generator.kit import SETTINGS
from generator.markdown import (
    Md,
    address,
    code,
    dressed,
    escape,
    front_matter,
    join,
    link,
    md,
    settled,
    span,
    unlinked,
    url,
    verbatim,
    with_code,
)
from tests.kit import examples

HOSTILE = [
    "<script>alert(1)</script>", "<!-- ", "]]>", "&amp; &#60;b&#62;", "[a](javascript:x)", "![a](b)", "**b** _i_ `c`",
    "| a | b |", "{: .x #y }", "{ .chip }", "*[HTML]: x", "# h", "1. x", "- x", "+ x", "> q", "!!! note", ": term",
    "```\ncode\n```", "    code", "---", "===", "[^1]", "[toc]", "[TOC]", "https://a.example", "<https://a.example>",
    "a@b.example", "\\*", "{{ x }}", "{% raw %}", "--8<-- 'x'", "H~2~O", "==m==", ":smile:", "a  \nb",
    "\x02wzxhzdk:0\x03",
]  # fmt: skip
# What the loader lets through: no control characters, which Python-Markdown uses for itself.
CHARACTERS = st.characters(exclude_categories=("Cc", "Cs", "Cf", "Co", "Cn"), include_characters="\n\t")
TEXTS = st.text(CHARACTERS, max_size=60) | st.lists(
    st.sampled_from([one for one in HOSTILE if "\x02" not in one]) | st.text(CHARACTERS, max_size=6), max_size=5
).map("".join)


def words(text: str) -> str:
    """The text with its white space collapsed."""
    return " ".join(text.split())


class Reader(HTMLParser):
    """The elements of a document, and the text inside the one called `inside`."""

    def __init__(self, inside: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[str] = []
        self.attributes: list[str] = []
        self.texts: list[str] = []
        self.odd: list[str] = []
        self._inside, self._open = inside, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += [name for name, _ in attrs]
        if tag == self._inside:
            self._open = True
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._open = False

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts[-1] += data

    def handle_comment(self, data: str) -> None:
        self.odd.append(data)

    def handle_decl(self, decl: str) -> None:
        self.odd.append(decl)

    def handle_pi(self, data: str) -> None:
        self.odd.append(data)

    def unknown_decl(self, data: str) -> None:
        self.odd.append(data)


@cache
def converter() -> Markdown:
    """Python-Markdown with the extensions of the kit."""
    # Only this part is read: MkDocs has tags of its own in the rest.
    text = SETTINGS.read_text("utf-8").partition("\nmarkdown_extensions:\n")[2].partition("\n\n")[0]
    names: list[str] = []
    configs: dict[str, Any] = {}
    for one in yaml.safe_load(text):
        name = next(iter(one)) if isinstance(one, dict) else one
        names.append(name)
        configs[name] = (one[name] or {}) if isinstance(one, dict) else {}
    configs.get("toc", {}).pop("permalink", None)  # it adds a link of its own to every heading
    return Markdown(extensions=names, extension_configs=configs)


def read(markdown: str, inside: str) -> Reader:
    reader = Reader(inside)
    reader.feed(converter().reset().convert(markdown))
    reader.close()
    return reader


PLACES = {
    "paragraph": ("p", "{}\n", ["p"]),
    "heading": ("h2", "## {} {{ #x }}\n", ["h2"]),
    "item": ("li", "* {}\n", ["ul", "li"]),
    "link": ("a", "[{}](<a.md>)\n", ["p", "a"]),
    "cell": ("td", "| a |\n| --- |\n| {} |\n", ["table", "thead", "tr", "th", "tbody", "tr", "td"]),
    "strong": ("strong", "**{}**\n", ["p", "strong"]),
    "chip": ("span", 'a <span class="chip">{}</span> b\n', ["p", "span"]),
    "definition": ("dd", "Term\n:   {}\n", ["dl", "dt", "dd"]),
    "admonition": ("div", "!!! note\n\n    {}\n", ["div", "p", "p"]),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", [one for one in HOSTILE if "\x02" not in one])
def test_known_markup_is_text(place: str, text: str) -> None:
    """Every construct that Markdown, its extensions or HTML would act on stays what it looks like."""
    assert_text(place, text)


@pytest.mark.parametrize("place", PLACES)
@given(text=TEXTS)
@settings(max_examples=examples(80), deadline=None)
def test_any_text_is_text(place: str, text: str) -> None:
    """Whatever the loader lets through is read back literally, and adds no element and no attribute."""
    assert_text(place, text)


def assert_text(place: str, text: str) -> None:
    inside, template, elements = PLACES[place]
    text = f"a{text}z"  # an empty cell or heading is no question of escaping
    tame, found = read(template.format("az"), inside), read(template.format(escape(text)), inside)
    assert tame.elements == elements
    assert (found.elements, found.attributes, found.odd) == (elements, tame.attributes, [])
    shown = words(found.texts[0].removeprefix("\nNote"))
    assert shown == words(text)


def test_escape_collapses_white_space() -> None:
    """Lines, tabs and odd spaces become one space each, and none stays at the ends."""
    assert escape("  a \n\n b\u2028c\u00a0\td\x0b ") == "a b c d"


def test_escape_writes_every_ascii_punctuation_as_an_entity() -> None:
    """Letters, digits and other scripts stay readable in the pages' source."""
    assert escape("Ä1 *b* <李>") == "Ä1 &#42;b&#42; &#60;李&#62;"
    assert html.unescape(escape("a!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~b")) == "a!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~b"


def test_escape_passes_finished_markdown_once() -> None:
    """What is finished is not escaped again; what is plain never becomes finished by being joined."""
    done = Md("**b**")
    assert escape(done) is done
    assert escape(escape("*")) == "&#42;"
    assert join(" | ", [done, "**b**"]) == "**b** | &#42;&#42;b&#42;&#42;"
    assert isinstance(join(", ", []), Md)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JAVASCRIPT:x", " javascript:x", "java\nscript:x", "data:text/html,x", "vbscript:x", "file:///e",
     "www.a.example", "//a.example", "/path", "", "#x", "?x", "https:", "https://", "http:///x", "https:a", "http://[::1",
     "http://:80", "ftp://a.example", "\x00https://a.example\x00javascript:", "ht\ntps://a.example", "mailto"],
)  # fmt: skip
def test_addresses_that_are_refused(address: str) -> None:
    """Only whole web and mail addresses become links; the message quotes the address."""
    with pytest.raises(ValueError, match=r"begin with|names no host|no web address"):
        url(address)


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://a.example/", "https://a.example/"),
        (" https://a.example ", "https://a.example"),
        ("HTTPS://A.example/x", "HTTPS://A.example/x"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("https://a.example/a%20b", "https://a.example/a%20b"),
        ("https://a.example/?a=1&b=2#c", "https://a.example/?a=1&amp;b=2#c"),
        ("https://a.example/(x)*", "https://a.example/%28x%29%2A"),
        ("http://[::1]:80/", "http://%5B::1%5D:80/"),
        ("https://a.example/ä", "https://a.example/%C3%A4"),
        ("http://a.example:8080/~b/;c,d", "http://a.example:8080/~b/;c,d"),
    ],
)
def test_addresses_are_percent_encoded(address: str, written: str) -> None:
    """What could end a link or a cell is encoded; what is encoded already stays."""
    assert url(address) == written
    assert isinstance(url(address), Md)


@given(st.text(CHARACTERS, max_size=40))
@settings(max_examples=examples(150), deadline=None)
def test_any_address_stays_inside_its_link(text: str) -> None:
    """A link has one address with a safe scheme, whatever follows it, or there is none."""
    try:
        address = url("https://a.example/" + text)
    except ValueError:
        return
    found = read(f"{link('label', address)} | end\n", "a")
    assert (found.elements, found.attributes, found.texts) == (["p", "a"], ["href"], ["label"])


FRONT = st.recursive(
    st.text(max_size=20) | st.integers() | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def expected(value: Any) -> Any:
    """What the theme is to find: strings on one line, safe to print raw."""
    if isinstance(value, str):
        return html.escape(words(value))
    if isinstance(value, dict):
        return {key: expected(inner) for key, inner in value.items()}
    return [expected(inner) for inner in value] if isinstance(value, list) else value


@given(FRONT)
@settings(max_examples=examples(200), deadline=None)
def test_front_matter_comes_back(value: Any) -> None:
    """YAML reads what was written, with strings HTML-escaped, and no line of it can end the block."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return  # half a surrogate pair is no text, and the loader refuses it
    block = front_matter({"title": "T", "value": value})
    assert block.startswith("---\n")
    assert block.endswith("\n---\n")
    assert block.count("\n") == 4
    assert yaml.safe_load(block.removesuffix("---\n")) == {"title": "T", "value": expected(value)}


ODD = ["no", "1.10", "2026-01-01", "null", "~", "- a", "a: b", "# c", "'", '"', "\\", "---", "...", "</title>",
       "\x7f", "\x85", "\u2028", "\ufeff", "\ufffe", "\U0001f600"]  # fmt: skip


@pytest.mark.parametrize("text", ODD)
def test_odd_titles_come_back(text: str) -> None:
    """A title that looks like something else in YAML is a text."""
    block = front_matter({"title": text, "search": {"boost": 2}, "hide": ["toc"], "ok": True})
    assert yaml.safe_load(block.removesuffix("---\n")) == {
        "title": expected(text), "search": {"boost": 2}, "hide": ["toc"], "ok": True,
    }  # fmt: skip


COPIES: dict[str, tuple[Callable[[Md], Md], str]] = {
    "paragraph": (lambda text: text, "p"),
    "after a number": (lambda text: md("1{}", text), "p"),
    "heading": (lambda text: md("## {}", text), "h2"),
    "item": (lambda text: md("- {}", text), "li"),
    "item of an item": (lambda text: md("- - {}", text), "li"),
    "quote": (lambda text: md("> {}", text), "p"),
    "link": (lambda text: link(text, Md("a.md")), "a"),
    "cell": (lambda text: md("| a |\n| --- |\n| {} |", dressed(text, "heat")), "td"),
    "chip": (lambda text: span("chip", text), "p"),
    "next line": (lambda text: join("\n", ("", text)), "p"),
    "joined": (lambda text: join("", (text, "")), "p"),
}


@pytest.mark.parametrize("place", COPIES)
@given(text=TEXTS)
@settings(max_examples=examples(80), deadline=None)
def test_any_text_is_text_in_a_copy(place: str, text: str) -> None:
    """Read as CommonMark with tables, the Markdown copy of a page shows what an editor wrote, and no more."""
    put, inside = COPIES[place]
    before = "1" if place == "after a number" else ""
    reader = MarkdownIt("commonmark").enable("table")
    text = f"{text}z"
    expected, found = Reader(inside), Reader(inside)
    expected.feed(reader.render(settled(put(Md("z")).plain)))
    found.feed(reader.render(settled(put(escape(text)).plain)))

    assert (found.elements, found.attributes, found.odd) == (expected.elements, expected.attributes, [])
    assert words(found.texts[-1]) == before + words(text)


@pytest.mark.parametrize(
    ("made", "site", "plain"),
    [
        (lambda: escape("A, *b* & 3.5"), "A&#44; &#42;b&#42; &#38; 3&#46;5", "A, \\*b\\* \\& 3.5"),
        (lambda: Md("**b**"), "**b**", "**b**"),
        (lambda: md("**{}** of {}", "x_y", 3), "**x&#95;y** of 3", "**x\\_y** of 3"),
        (lambda: join(", ", (Md("*a*"), "*b*")), "*a*, &#42;b&#42;", "*a*, \\*b\\*"),
        (lambda: link("a|b", address("x.md?a=1&b=2")), "[a&#124;b](<x.md?a=1&amp;b=2>)", "[a\\|b](<x.md?a=1&amp;b=2>)"),
        (lambda: span("chip chip--due", escape("a!")), '<span class="chip chip--due">a&#33;</span>', "a!"),
        (lambda: dressed(link("a", Md("b.md")), "pb-mode"), "[a](<b.md>){: .pb-mode }", "[a](<b.md>)"),
        (lambda: md("{} ({})", span("chip", Md("a")), md("{}", "*")), '<span class="chip">a</span> (&#42;)', "a (\\*)"),
        (lambda: verbatim("offer-a1 12.5% x–y"), "offer-a1 12.5% x–y", "offer-a1 12.5% x–y"),
        (lambda: code("[a]"), "`[a]`", "`[a]`"),
        (lambda: with_code("*a*,  `b *c*`\n; d"), "&#42;a&#42;&#44; `b *c*` &#59; d", "\\*a\\*, `b *c*` ; d"),
        (lambda: unlinked(link("a*", Md("b.md"))), "a&#42;", "a\\*"),
        (lambda: unlinked(dressed(link("a", Md("b.md")), "x")), "a", "a"),
        (lambda: with_code("- `a`"), "&#45; `a`", "\\- `a`"),
    ],
)
def test_markdown_has_two_forms(made: Callable[[], Md], site: str, plain: str) -> None:
    """Whatever makes Markdown makes it for the site, and to be read as it stands."""
    text = made()

    assert (text, settled(text.plain)) == (site, plain)


@pytest.mark.parametrize("text", ["a*b", "a|b", "<b>", "a&b", "[a]", "_a_", "a\nb", "a: b", "`a`", "{a}", "a\\b", "#a"])
def test_words_of_ours_hold_no_mark(text: str) -> None:
    """What passes both forms unchanged has letters, digits and what joins them; anything else is escaped."""
    with pytest.raises(ValueError, match="cannot stand as it is"):
        verbatim(text)


@pytest.mark.parametrize("text", ["a|b", "a`b", "a\\b", "a\nb"])
def test_code_that_markdown_would_read_is_refused(text: str) -> None:
    """Code is ours; a mark in it would end it, or the cell that it stands in."""
    assert code("regions: [EMEA, {a: b}]") == "`regions: [EMEA, {a: b}]`"
    with pytest.raises(ValueError, match="cannot stand as code"):
        code(text)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("ftp://a.example", "does not begin with http://, https:// or mailto:"),
        ("https://a.example, www.b.example", "holds more than one address"),
        ("https://a.example and me@b.example", "holds more than one address"),
        ("https://a.example/a b", "holds ' ', which no address holds as it stands"),
        ("https://a.example/[x", "holds '[', which no address holds as it stands"),
        ("http://[::1]/[::1]", "holds '[', which no address holds as it stands"),
        ("mailto:ann", "is no e-mail address, with a subject at most"),
        ("mailto:a@b.example?bcc=c@b.example", "is no e-mail address, with a subject at most"),
        ("mailto:a@b.example?subject=x&body=y", "is no e-mail address, with a subject at most"),
        ("https://a.example/(x", "holds one bracket of a pair"),
        ("https://a.example/x)", "holds one bracket of a pair"),
        ("https://", "names no host"),
        ("https://bank.example@a.example/", "leads to a.example: what stands in front of the @ is a user name"),
        ("https://a..example/", "names no host that there can be: 'a..example'"),
        ("https://a.example:0/", "names no host that there can be: 'a.example:0'"),
    ],
)
def test_a_refused_address_says_why(address: str, reason: str) -> None:
    """The whole address, and the one thing that is wrong with it."""
    with pytest.raises(ValueError, match=r"^'") as refused:
        url(address)
    assert str(refused.value) == f"{address!r} {reason}"


@pytest.mark.parametrize(
    "address",
    ["mailto:a@b.example?subject=Hello%20you", "mailto:a@b.example?", "https://a.example:1/", "https://a.example./"],
)
def test_neighbors_of_refused_addresses_are_linked(address: str) -> None:
    """A subject, the lowest port, a host with the dot of the root."""
    assert url(address) == address


def test_marks_at_the_start_of_any_line_of_a_copy_are_text() -> None:
    """A minus begins a list on the first line, below an empty one and anywhere else, but not within a line."""
    lines = (
        "- a",
        "",
        "+ b",
        "1. c",
        "a. d - e",
        md("> {}", "- f"),
        md("- {}", "- g"),
        md("a{}", "- h"),
        "12) - i",
        "-- j",
    )
    copy = "\\- a\n\n\\+ b\n1\\. c\na. d - e\n> \\- f\n- \\- g\na- h\n12\\) - i\n\\-- j"
    assert settled(join("\n", lines).plain) == copy
