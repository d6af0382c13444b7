"""A shell serves all pages of a kind, unless a template says something else of some of them."""

from __future__ import annotations

import pytest
from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from generator.mkdocs_plugin.shells import ListedPages, Shells


def filled(template: str) -> tuple[list[str], bool]:
    """Two pages of one kind as they come from a shell, if there is one, and whether there is."""
    config = MkDocsConfig()
    config.load_dict({"site_name": "T"})
    config.validate()
    theme = Environment(autoescape=False).from_string(template)  # noqa: S701 - as MkDocs has it
    shells = Shells(config, lambda page: theme.render(page=page), ListedPages([]))
    found = []
    for name in ("ann", "bo"):
        page = Page(None, File(f"people/{name}.md", None, "site", True), config)
        page.markdown, page.content = "", f"<p>{name}"
        page.meta = {"title": name.title(), "description": f"About {name}"}
        page.toc = TableOfContents([AnchorLink(f"Of {name}", name, 2)])
        found.append(shells.filled(page))
    return [html for html, _ in found], found[1][1] is not None


SAME = [
    "{{ page.title }}{{ page.meta.description }}{{ page.content }}",
    "{{ page.title }}, {{ page.meta.title | e }} {{ page.url }} {{ page.content }}",
    "{% if page.title and page.meta.description %}{{ page.title ~ '!' }}{% endif %}",
    "{% if page.url.startswith('people/') %}{{ page.title }}{% endif %}",
    "{% if page.url.startswith('partners/ann') or page.file.src_uri == 'index.md' %}{{ page.title }}{% endif %}",
    "{% if not '<h1' in page.content %}{{ page.title }}{% endif %}{{ (page.toc | first).title }}",
    "{% if 'people' in page.url %}{{ page.title | striptags }}{% endif %}",
]


@pytest.mark.parametrize("template", SAME)
def test_pages_that_are_alike_share_a_shell(template: str) -> None:
    """Expected: what a template asks of all pages of a folder is the same for each."""
    assert filled(template)[1]


OTHERWISE = [
    "page.title == 'Bo'",
    "'Bo' == page.title",
    "page.title != 'Bo'",
    "page.title in ['Bo']",
    "page.title in {'Bo': 1}",
    "'o' in page.title",
    "page.title.startswith('B')",
    "page.title[:1] == 'B'",
    "page.title > 'B'",
    "page.url == 'people/bo/'",
    "page.url.startswith('people/b')",
    "page.url.startswith(('x', 'people/b'))",
    "page.url.split('/')[1] == 'bo'",
    "page.file.src_uri == 'people/bo.md'",
    "page.file.src_uri in {'people/bo.md': 1}",
    "page.meta.description == 'About bo'",
    "page.meta.description.endswith('bo')",
    "'bo' in page.content",
    "(page.toc | first).title == 'Of bo'",
    "(page.toc | first).id == 'bo'",
]


@pytest.mark.parametrize("said", OTHERWISE)
def test_a_page_of_which_a_template_says_something_else_is_rendered(said: str) -> None:
    """Expected: each page of that kind is what the theme makes of it."""
    pages, shared = filled(f"{{{{ page.title }}}}{{% if {said} %}} This one.{{% endif %}}")

    expected = ["Ann", "Bo This one."] if "!=" not in said else ["Ann This one.", "Bo"]
    assert (pages, shared) == (expected, False)
