"""The links to the file that made a page lead there whatever the file is called."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from jinja2 import Environment, FileSystemLoader

from generator import kit
from generator.markdown import front_matter
from generator.problems import Place
from generator.render import head
from generator.views.kit.view import View
from tests.kit import TAXONOMY, data_in, ran

BASE = "https://git.example/edit/main/"

NAMES = [
    *("partners.yml", "partners/r#d.yml", "partners/100%.yml", "partners/a?b.yml", "partners/a%23b.yml"),
    *("partners/a&amp;b.yml", 'partners/a"b.yml', "partners/<b>.yml", "partners/été 株.yml", "partners/a\\b.yml"),
    *("partners/a;b=c@d:e+f.yml", "partners/{{ x }}.yml", "partners/'.yml"),
]


class Edit(HTMLParser):
    """The address of the link to edit a page, and how many elements there are."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.href, self.elements = "", 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements += 1
        if tag == "a":
            self.href = dict(attrs)["href"] or ""


def bar(page: Any) -> Edit:
    """The link as the theme shows it: MkDocs escapes nothing there."""
    environment = Environment(loader=FileSystemLoader(kit.MATERIAL))  # noqa: S701 - as MkDocs has it
    environment.filters["url"] = str
    config = SimpleNamespace(extra={"edit_base": BASE, "edit_folders": {"data": "data/", "docs": "docs/"}})
    return Edit(environment.get_template("partials/path-and-edit.html").render(page=page, config=config))


def leads_to(edit: Edit) -> tuple[str, str]:
    """The file below BASE that a browser would ask for, and the place in it."""
    parts = urlsplit(edit.href)
    assert edit.elements == 2
    assert not parts.query
    assert "\\" not in edit.href
    return unquote(f"{parts.scheme}://{parts.netloc}{parts.path}").removeprefix(BASE), parts.fragment


@pytest.mark.parametrize("name", NAMES)
def test_data(name: str) -> None:
    """Expected: a file of data is found by its name and line, and its name is no markup."""
    view = View(path="x.md", template="", title="T", description="D", facts={}, place=Place(name, 7))
    meta = yaml.safe_load(front_matter(head(view)).split("---\n")[1])

    assert leads_to(bar(SimpleNamespace(meta=meta))) == (f"data/{name}", "L7")


@pytest.mark.parametrize("name", NAMES)
def test_docs(name: str) -> None:
    """Expected: so is a page that somebody wrote."""
    page = SimpleNamespace(meta={}, file=SimpleNamespace(src_uri=name))

    assert leads_to(bar(page)) == (f"docs/{name}", "")


@pytest.mark.parametrize(
    ("option", "repository", "path"),
    [
        ("inventory", "team", "inventory/"),
        ("inventory", "", "inventory/"),
        ("../the data", ".", "../the%20data/"),
        ("../the data", "team", "the%20data/"),
        ("../clone/the data", "clone", "the%20data/"),
        ("clone/in/data", "team/clone", "in/data/"),
    ],
)
def test_folders_of_other_names(tmp_path: Path, option: str, repository: str, path: str) -> None:
    """Expected: both links begin where mkdocs.yml stands, whatever the folders are called; of data from elsewhere,
    nothing tells where it is but its own name.
    """
    root = tmp_path / "team"
    if repository:
        (tmp_path / repository / ".git").mkdir(parents=True)
    data_in(root / option, taxonomy=TAXONOMY, partners="departments: []\n")
    (root / "pages").mkdir(parents=True)
    (root / "pages" / "ours.md").write_text("# Ours\n")
    (root / "mkdocs.yml").write_text(
        f"site_name: T\ntheme: material\ndocs_dir: pages\nextra: {{edit_base: {BASE}}}\n"
        f"plugins:\n  - playbook: {{data: {option}}}\n"
    )
    done = ran("-m", "mkdocs", "build", "--strict", "--quiet", cwd=root)
    assert done.returncode == 0, done.stderr

    for page, file in (("types", f"{path}taxonomy.yml#L1"), ("ours", "pages/ours.md")):
        html = (root / "site" / page / "index.html").read_text("utf-8")
        assert f'href="{BASE}{file}"' in html
