"""What our templates change in what the theme made: where a change finds nothing to change, the build says so."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
import pytest
from click.testing import CliRunner
from jinja2 import nodes

from generator.cli import main
from tests.kit import MKDOCS, ROOT, TAXONOMY, mkdocs

LOOK = ROOT / "generator" / "kit" / "material"
Doctor = Callable[[str, str], None]

# Each string of the theme that is replaced, as the theme's template has it.
STRINGS = {
    'data-md-component="search" role="dialog"': "partials/search.html",
    'for="__drawer">': "partials/header.html",
    "assets/javascripts/workers/search.": "base.html",
    '<nav class="md-nav" aria-label="': "partials/toc-item.html",
}


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small company with the look of the kit; the working directory."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(MKDOCS, "utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "taxonomy.yml").write_text(TAXONOMY, "utf-8")
    (tmp_path / "data" / "partners.yml").write_text("departments: [{id: sales, name: Sales, partners: []}]\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    return tmp_path


@pytest.fixture
def doctor(monkeypatch: pytest.MonkeyPatch) -> Doctor:
    """Takes a string away from a template of the theme."""

    def take(template: str, string: str) -> None:
        get_source = jinja2.FileSystemLoader.get_source

        def doctored(loader: Any, environment: jinja2.Environment, name: str) -> Any:
            source, *rest = get_source(loader, environment, name)
            assert name != template or string in source
            return source.replace(string, string[:-1] + " ") if name == template else source, *rest

        monkeypatch.setattr(jinja2.FileSystemLoader, "get_source", doctored)

    return take


@pytest.mark.site
@pytest.mark.parametrize("string", STRINGS)
def test_a_theme_that_has_changed_ends_the_build(company: Path, doctor: Doctor, string: str) -> None:
    """Expected: one line names our template, the string and the version of the theme; exit 1, no traceback, no site."""
    doctor(STRINGS[string], string)
    done = CliRunner().invoke(main, ["build"], prog_name="playbook")
    *before, line = done.output.strip().splitlines()

    assert done.exit_code == 1, done.output
    assert re.fullmatch(
        rf"ERROR +playbook\.html replaces '{re.escape(string)}', which mkdocs-material [\d.]+ does not hold", line
    )
    # Where only pages of some kind hold the string, MkDocs names the first of them.
    assert not before or (len(before) == 1 and re.fullmatch(r"ERROR +Error building page '[\w/-]+\.md':", before[0]))
    assert not (company / "site").exists()


@pytest.mark.site
@pytest.mark.usefixtures("company")
@pytest.mark.parametrize("string", STRINGS)
def test_mkdocs_says_the_same(doctor: Doctor, string: str, caplog: pytest.LogCaptureFixture) -> None:
    """Expected: so does `mkdocs build`, without the traceback that it prints for what is none of its own errors."""
    doctor(STRINGS[string], string)
    done = mkdocs("build")

    assert done.exit_code == 1
    # MkDocs logs to the terminal, and where it ran before in this process to the log.
    assert f"playbook.html replaces {string!r}, which mkdocs-material" in done.output + caplog.text
    assert isinstance(done.exception, SystemExit)


def test_without_the_plugin_it_ends_as_well() -> None:
    """Expected: in an engine that knows nothing of the plugin, our templates do not go on either."""
    look = jinja2.Environment(loader=jinja2.FileSystemLoader(LOOK))  # noqa: S701 - as MkDocs has it
    template = look.get_template("partials/patched.html")

    assert template.render(html="a b c", patches=[["a", "x"], ["c", "z"]]).strip() == "x b z"
    assert template.render(html="a b c", patches=[]).strip() == "a b c"
    for patches_in_it in ([["d", "x"]], [["a", "x"], ["d", "y"]], [["a", "x"], ["a", "y"]]):
        with pytest.raises(jinja2.UndefinedError, match="theme_changed"):
            template.render(html="a b c", patches=patches_in_it)


def patches(source: str) -> list[str]:
    """The strings that a template replaces in what the theme made, by the one way there is."""
    tree = jinja2.Environment().parse(source)  # noqa: S701 - nothing is rendered
    pairs = (pair for block in tree.find_all(nodes.With) if _patched(block) for pair in block.find_all(nodes.List))
    return [pair.items[0].as_const() for pair in pairs if [type(one) for one in pair.items] == [nodes.Const] * 2]


def _patched(block: nodes.With) -> bool:
    included = [one.template for one in block.body if isinstance(one, nodes.Include)]
    return [one.as_const() for one in included] == ["partials/patched.html"]


def unseen(source: str) -> list[str]:
    """The lines where a template takes what the theme made otherwise than to place it, or to patch it in that way."""
    tree = jinja2.Environment().parse(source)  # noqa: S701 - nothing is rendered
    fine = [id(one) for output in tree.find_all(nodes.Output) for one in output.nodes]
    fine += [id(one) for block in tree.find_all(nodes.With) if _patched(block) for one in block.values]
    calls = (one for one in tree.find_all(nodes.Call) if isinstance(one.node, nodes.Name) and one.node.name == "super")
    wrong: list[nodes.Node] = [one for one in calls if id(one) not in fine]
    wrong += (one for one in tree.find_all(nodes.Name) if one.name == "self")
    wrong += tree.find_all(nodes.FilterBlock)
    wrong += tree.find_all(nodes.AssignBlock)
    return [f"line {one.lineno}" for one in wrong]


@pytest.mark.parametrize("path", sorted(LOOK.rglob("*.html")), ids=lambda path: path.name)
def test_every_change_is_a_patch(path: Path) -> None:
    """What the theme made is placed as it is, or changed where a change that finds nothing ends the build."""
    source = path.read_text("utf-8")

    assert unseen(source) == []
    # It speaks of one template.
    assert path.name == "playbook.html" or not patches(source)


def test_every_patch_is_tried() -> None:
    """The strings above are those that are replaced, some by one thing or another."""
    assert list(dict.fromkeys(patches((LOOK / "playbook.html").read_text("utf-8")))) == list(STRINGS)


@pytest.mark.parametrize(
    "source",
    [
        "{{ super() | replace('a', 'b') }}",
        "{% set html = super() %}{{ html | replace('a', 'b') }}",
        "{% with html = super() %}{{ html | replace('a', 'b') }}{% endwith %}",
        "{% filter replace('a', 'b') %}{{ super() }}{% endfilter %}",
        "{% set html %}{% include 'partials/nav.html' %}{% endset %}",
        "{{ self.header() | upper }}",
        "{{ super()[10:] }}",
    ],
)
def test_a_change_is_recognized(source: str) -> None:
    """Whichever way it is written, it is seen."""
    assert unseen(f"{{% block header %}}{source}{{% endblock %}}")
