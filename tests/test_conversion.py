"""Markdown of our templates to HTML: what is made here is what Python-Markdown makes, or nothing."""

from __future__ import annotations

from typing import Any

import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown.extensions.toc import nest_toc_tokens

from generator.conversion import SPECIMEN, Converted, Unfamiliar, convert
from generator.mkdocs_plugin.settings import merged
from generator.site import Site
from tests.kit import RICH, loaded

_EXTENSIONS = merged({}, "material")["markdown_extensions"]


def theirs(text: str) -> tuple[str, Any]:
    """What Python-Markdown makes of the text: the page, and its headings."""
    reader = markdown.Markdown(
        extensions=list(_EXTENSIONS), extension_configs={k: v or {} for k, v in _EXTENSIONS.items()}
    )
    return reader.convert(text), [shape(token) for token in reader.toc_tokens]  # type: ignore[attr-defined]


def shape(token: Any) -> Any:
    return token["level"], token["id"], token["name"], [shape(child) for child in token["children"]]


def ours(text: str) -> tuple[str, Any]:
    """The same as we make it."""
    made = made_of(text)
    return made.html, [shape(token) for token in nest_toc_tokens([one._asdict() for one in made.headings])]  # type: ignore[misc]


def made_of(text: str) -> Converted:
    return convert(text, lambda address: address)


def test_every_mark_of_the_specimen_is_made_alike() -> None:
    """A build trusts our conversion where this holds."""
    assert ours(SPECIMEN) == theirs(SPECIMEN)


@pytest.mark.long
def test_every_page_of_ours_is_made_alike() -> None:
    """But for a few that go the long way: most of those are the editors' guide, which has more marks than others."""
    unfamiliar = []
    for page in Site(loaded(RICH)).pages():
        if page.markdown:
            try:
                made = ours(page.body)
            except Unfamiliar:
                unfamiliar.append(page.path)
            else:
                assert made == theirs(page.body), page.path
    assert [path for path in unfamiliar if not path.startswith("editors/")] == ["index.md", "start/quiz.md"]


_WORDS = st.sampled_from(
    ["VAR", "a", "Cloud Reseller", "&#45;", "x1", "&amp;", "12", "Łódź", "7.", "it's", '"so"', "a:b"]
)
_MARKS = st.sampled_from(
    [
        "*",
        "**",
        "`",
        "![](<a/b.svg>)",
        "[",
        "](<a/b.md#c>)",
        "](#d)",
        "{: .e }",
        "{ #f }",
        " ",
        " ",
        "\n",
        '<span class="g">',
        "</span>",
        "|",
        "\\",
    ]
)
_STARTS = st.sampled_from(
    [
        "",
        "",
        "<p x>",
        "</p>",
        "/// html | noscript",
        "/// html | div.i",
        "///",
        "# ",
        "## ",
        "- ",
        "    - ",
        "| ",
        "| --- | --- |",
        "{: .h }",
        "*[VAR]: ",
        "1. ",
        "> ",
        "  ",
    ]
)
_LINE = st.builds(lambda start, parts: start + "".join(parts), _STARTS, st.lists(_WORDS | _MARKS, max_size=8))
_PAGE = st.builds(
    lambda lines: "\n".join(line for line in lines), st.lists(_LINE | st.just(""), min_size=1, max_size=9)
)


@given(_PAGE)
@example("**a **b** c**")
@example("*a* *b*\n{: .c }\n\n*[a]: b")
@example("- a\n    - b\n        - c\n- d\n{: #e }")
@example("| a | b |\n| --- | --- |\n| `x|y` | c |")
@example("# a #\n\n# a\n\n## [a](#b){: .c } { #d .e }")
@example("a\n- b\n\n- c\n\n\n- d")
@example("<figure x>\n\n</figure>\na")
@example("- a \n- b")
@example("*[a]: b\n\n    c")
@example("/// html | div.a\n\n## c\n\n- d\n\n///\n\ne")
@example("/// html | div.a\n\n///")
@example("/// html | div.a\n\n/// html | div.b\n\nc\n\n///\n\nd\n\n///")
@example("![](<a.svg>){: .b }![](<c/d-e.png>) f\n{: .g }\n\n# ![](<h.webp>) { #i }\n\n- ![](<j>)\n\n!![](<k>)")
@example("a\n\n<p b>\nc\n</p>\n<p d>e</p>\n\n/// html | noscript\n\n<p b>c</p>\n\n///\n\nf")
def test_what_is_not_made_alike_is_unfamiliar(text: str) -> None:
    """Whatever a page holds: there is no third way."""
    try:
        made = ours(text)
    except Unfamiliar:
        return
    assert made == theirs(text)


@pytest.mark.parametrize(
    "text",
    [
        "a  \nb",
        "    code",
        "![a](b.png)",
        "![](b.png)",
        "![](<a b>)",
        "[![](<a>)](<b>)",
        "**![](<a>)**",
        "a_b_",
        "<b>c</b>",
        "[a][b]",
        "1. a",
        "> a",
        "***a***",
        "a\n===",
        "a \\* b",
        "``` \nx\n```",
        "a \x02b\x03",
        "`\x02b\x03`",
        "[a](<b\x03c>)",
    ],
)
def test_marks_of_others_are_unfamiliar(text: str) -> None:
    """They are no marks of ours, or mean more than one thing."""
    with pytest.raises(Unfamiliar):
        made_of(text)


def test_sections_are_what_a_search_is_to_find() -> None:
    """Not what is drawn for eyes alone, nor what stands elsewhere, too."""
    page = made_of(
        '# A\n\nb\n\n<figure class="c" data-search-exclude>\nd\n</figure>\n\n## E { #f data-search-exclude }\n\ng'
    )
    assert [(s.heading and s.heading.name, s.content, s.found) for s in page.sections] == [
        ("A", "<p>b</p>", True),
        ("E", "<p>g</p>", False),
    ]
