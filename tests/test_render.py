"""Templates can only place what is escaped or finished, and terms get their tooltips."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from jinja2 import DictLoader, Environment, UndefinedError

from generator import render as render_module
from generator.markdown import Md, escape, link, span
from generator.problems import Place
from generator.render import Terms, UnsafeTemplate, environment, refuse_unsafe, render, render_copy, without_styling
from generator.views.kit.view import View

UNSAFE = {
    "macro": "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(name) }}",
    "set block": "{% set x %}{{ name }}{% endset %}{{ x }}",
    "call": "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}x{% endcall %}",
    "filter block": "{% filter upper %}{{ name }}{% endfilter %}",
    "import": "{% import 'other' as other %}",
    "from import": "{% from 'other' import m %}",
    "safe": "{{ name|safe }}",
    "upper": "{{ name|upper }}",
    "join": "{{ names|join(', ') }}",
    "replace": "{{ name|replace('a', 'b') }}",
    "in a condition": "{% if name|lower == 'x' %}x{% endif %}",
    "in a loop": "{% for x in names|sort %}{{ x }}{% endfor %}",
    "autoescape": "{% autoescape true %}{{ name }}{% endautoescape %}",
    "concat": "{{ name ~ '!' }}",
    "inside a block": "{% block b %}{% if name %}{{ name|e }}{% endif %}{% endblock %}",
}
SAFE = ["{{ name }}", "{{ names|length }}", "{{ names|first }}{{ (names|last).x }}", "{% include 'other' %}",
        "{% for x in names %}{% if loop.first %}{{ x }}{% endif %}{% endfor %}",
        "{% set x = name %}{{ x }}"]  # fmt: skip


@pytest.fixture
def template(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Templates that take the place of ours; the environment is otherwise ours."""
    sources: dict[str, str] = {}
    monkeypatch.setattr(render_module, "PackageLoader", lambda *_folders: DictLoader(sources))
    environment.cache_clear()
    monkeypatch.setattr(render_module, "environment", environment.__wrapped__)
    return sources


@pytest.fixture(autouse=True)
def _our_environment_afterwards() -> None:
    environment.cache_clear()


def page(facts: dict[str, object], **fields: object) -> View:
    return View("x.md", "x", "T", "D", SimpleNamespace(**facts), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("construct", UNSAFE)
def test_constructs_that_could_skip_the_escape_are_refused(construct: str) -> None:
    """The template is named, and the line, before any page is made."""
    with pytest.raises(UnsafeTemplate, match=r"^x:2: "):
        refuse_unsafe("x", Environment().parse("first line\n" + UNSAFE[construct]))  # noqa: S701 - nothing is rendered


@pytest.mark.parametrize("source", SAFE)
def test_constructs_that_only_place_are_fine(source: str) -> None:
    """Loops, conditions, attributes, includes and the harmless filters pass."""
    refuse_unsafe("x", Environment().parse(source))  # noqa: S701 - nothing is rendered


@pytest.mark.parametrize("make", [lambda view: render(view, Terms({})), render_copy])
def test_every_template_is_looked_at_first(template: dict[str, str], make: Callable[[View], str]) -> None:
    """Nothing is made of an unsafe template, for the site or for the copies, and of none that includes one."""
    for unsafe in ({"x": "{{ name|safe }}"}, {"x": "{% include 'y' %}", "y": "{{ name|safe }}"}):
        template.clear()
        template.update(unsafe)
        with pytest.raises(UnsafeTemplate, match=r"^[xy]:1: "):
            make(page({"name": "n"}))


@pytest.mark.parametrize("site", [True, False])
def test_our_own_templates_are_safe(site: bool) -> None:
    """Each of them can be compiled."""
    ours = environment(site=site)
    names = ours.list_templates()
    for name in names:
        ours.get_template(name)

    assert len(names) > 40
    assert environment(site=site) is ours


@pytest.mark.parametrize(
    ("value", "placed"),
    [("<b>*", "&#60;b&#62;&#42;"), (Md("<b>*"), "<b>*"), (12, "12"), (-1, "&#45;1"), ("a\n\nb", "a b"), ("", "")],
)
def test_values_are_escaped_unless_they_are_finished(template: dict[str, str], value: object, placed: str) -> None:
    """Text is escaped, finished Markdown stays, numbers are numbers."""
    template["x"] = "[{{ value }}]\n"
    assert render(page({"value": value}), Terms({})).endswith(f"\n[{placed}]\n")


@pytest.mark.parametrize("value", [None, True, False, 1.5, ["a"], ("a",), {"a": "b"}, Place(), object()])
def test_values_that_are_no_text_are_refused(template: dict[str, str], value: object) -> None:
    """A view words them; a page never says None, True or 0.30000000000000004."""
    template["x"] = "{{ value }}"
    with pytest.raises(TypeError, match="views must word it"):
        render(page({"value": value}), Terms({}))


def test_a_name_that_no_view_gave_is_an_error(template: dict[str, str]) -> None:
    """A misspelled name in a template does not become an empty place."""
    for source in ("{{ nmae }}", "{% if nmae %}x{% endif %}", "{{ name.nmae }}"):
        template["x"] = source
        with pytest.raises((UndefinedError, TypeError)):
            render(page({"name": "n"}), Terms({}))


def test_blank_lines_are_few(template: dict[str, str]) -> None:
    """Sections that are left out leave no hole behind."""
    template["x"] = "\n\na\n\n\n\n{% if '' %}\nx\n{% endif %}\nb\n\n\n"
    assert render(page({}), Terms({})).endswith("---\n\na\n\nb\n")


def test_blank_lines_of_a_copy_are_few(template: dict[str, str]) -> None:
    """It begins with its title and ends with one line end; an indent stays."""
    template["x"] = "\n\n    a\n\n\n\n{% if '' %}\nx\n{% endif %}\nVitamin X\n\n\n"
    assert render_copy(page({})) == "    a\n\nVitamin X\n"


COPY = """\
# {{ title }} { #t data-search-exclude }

{% include "y" %}

{{ question }}
{: .pb-question }

<span class="chip chip--{{ state }}">{{ state }}</span> {{ chip }} {{ link }} | {{ number }}

{% if site %}
!!! tip "First"

    {{ number }}

{% else %}
**First**

{{ number }}

{% endif %}
- **May**{: #{{ state }} .x-{{ state }} }: this
{: .pb-say .pb-say--{{ state }} }
    - that
{% if state %}
{: .pb-right }
{% endif %}
"""


def test_the_same_template_makes_the_page_and_its_copy(template: dict[str, str]) -> None:
    """Looks, anchors and what is for the site alone are left out; text stands with its own characters."""
    facts = {"question": "How*?", "state": "due", "chip": span("chip", Md("low")), "link": link("a_b", Md("<c.md>"))}
    template.update({"x": COPY, "y": "{% if site %}\n<figure>{{ number }}</figure>\n{% endif %}\n"})
    view = page({**facts, "number": "3.5"})

    assert (
        render(view, Terms({"May": "Maybe"})).split("---\n")[2]
        == """
# T { #t data-search-exclude }

<figure>3&#46;5</figure>

How&#42;&#63;
{: .pb-question }

<span class="chip chip--due">due</span> <span class="chip">low</span> [a&#95;b](<<c.md>>) | 3&#46;5

!!! tip "First"

    3&#46;5

- **May**{: #due .x-due }: this
{: .pb-say .pb-say--due }
    - that
{: .pb-right }

*[May]: Maybe
"""
    )
    assert (
        render_copy(view)
        == """\
# T

How\\*?

due low [a\\_b](<<c.md>>) | 3.5

**First**

3\\.5

- **May**: this
    - that
"""
    )


@pytest.mark.parametrize("value", [None, True, 1.5, ["a"]])
def test_values_that_are_no_text_are_refused_in_copies(template: dict[str, str], value: object) -> None:
    """One law for both forms."""
    template["x"] = "{{ value }}"
    with pytest.raises(TypeError, match="views must word it"):
        render_copy(page({"value": value}))


def test_a_value_at_the_start_of_a_line_of_a_copy_is_text(template: dict[str, str]) -> None:
    """Where the line begins is known once the page is put together."""
    template["x"] = "{{ text }}\n- {{ text }}\na {{ text }}\n{{ number }}{{ dot }} b\n"
    copy = render_copy(page({"text": escape("- a"), "number": 1, "dot": "."}))

    assert copy == "\\- a\n- \\- a\na - a\n1\\. b\n"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("## Head { #head }\n", "## Head\n"),
        ("## Head {: #head .x data-y }\n", "## Head\n"),
        ("- a\n{: .b }\n- c\n", "- a\n- c\n"),
        ('a <span class="b">c</span> d\n', "a c d\n"),
        ("a {b} {{ c }} { d } {# e #}\n", "a {b} {{ c }} { d } {# e #}\n"),
        ("<spanner> <div>\n", "<spanner> <div>\n"),
    ],
)
def test_what_gives_a_page_its_looks_is_left_out(written: str, read: str) -> None:
    """Of a page that people wrote, its copy is the same without lists of attributes and spans."""
    assert without_styling(written) == read


def meta(view: View) -> Any:
    return yaml.safe_load(render(view, Terms({})).split("---\n")[1])


def test_front_matter_has_what_the_theme_needs(template: dict[str, str]) -> None:
    """Title, description and source always; trail, search and hide where there is something to say."""
    template["x"] = ""
    assert meta(page({})) == {"title": "T", "description": "D", "source": ""}
    full = page({}, place=Place("partners.yml", 12), trail=(("Partners", "partners/index.md"),), boost=2, hide=("toc",))
    assert meta(full) == {
        "title": "T",
        "description": "D",
        "source": "partners.yml#L12",
        "trail": [["Partners", "partners/index.md"]],
        "search": {"boost": 2},
        "hide": ["toc"],
    }
    assert meta(page({}, boost=0))["search"] == {"exclude": True}


def test_terms_are_defined_where_they_are_used() -> None:
    """Each term once, in order, and its plural; the longest wins, capitals matter, and part of a word is no term."""
    terms = Terms({"VAD": "Buys *stock*", "VAD plus": "More", "ISV": "Makes software", "MSP/CMSP": "Two words"})
    for text, explained in (
        ("An ISV, a VAD and another VAD.", "*[ISV]: Makes software\n*[VAD]: Buys &#42;stock&#42;\n"),
        ("Sells to ISVs and VADs", "*[ISVs]: Makes software\n*[VADs]: Buys &#42;stock&#42;\n"),
        ("VAD plus one", "*[VAD plus]: More\n"),
    ):
        assert terms.explained(text) == f"{text}\n\n{explained}"
    for text in ("isv, XISV, ISVsx, VAD_, MSP/CMSP", "Any text"):
        assert terms.explained(text) == f"{text}\n"


def test_a_page_does_not_explain_its_own_subject() -> None:
    """The term that a page is about has no tooltip there, nor has its plural: the page itself is the explanation."""
    terms = Terms({"Trade Fair": "Shows parts", "ISV": "Makes software"})
    text = "Trade Fair, Trade Fairs and ISV"

    assert terms.explained(text, but="Trade Fair") == f"{text}\n\n*[ISV]: Makes software\n"


def test_no_term_stands_in_a_name_or_a_heading() -> None:
    """There it is written as references to its characters, which reads the same; links, code and anchors stay."""
    terms = Terms({"SI": "Puts together", "OEM": "Builds in"}, ["SI Robotics", "OEM & SI Group", "Sisters", "SI"])
    oem, si = "&#79;&#69;&#77;", "&#83;&#73;"
    for text, explained in (
        ("# SI Robotics", f"# {si} Robotics\n"),
        ("## An [OEM](<oem.md>) { #oem }", f"## An [{oem}](<oem.md>) {{ #oem }}\n"),
        ("SI Robotics has no owner", f"{si} Robotics has no owner\n"),
        (
            "[SI Robotics](<x.md?name=SI Robotics>)",
            f"[{si} Robotics](<x.md?name=SI Robotics>)\n\n*[SI]: Puts together\n",
        ),
        ("OEM &#38; SI Group", f"{oem} &#38; {si} Group\n"),
        ("`SI Robotics`", "`SI Robotics`\n\n*[SI]: Puts together\n"),
        ("SI Robotics is no SI", f"{si} Robotics is no SI\n\n*[SI]: Puts together\n"),
        ("ASI Robotics, SI Robotics2", "ASI Robotics, SI Robotics2\n\n*[SI]: Puts together\n"),
        ("# OEM\n\nAn OEM", f"# {oem}\n\nAn OEM\n\n*[OEM]: Builds in\n"),
    ):
        assert terms.explained(text) == explained, text


def test_no_terms() -> None:
    """A company without terms has no tooltips."""
    assert Terms({}, ["A name"]).explained("Any text") == "Any text\n"
    assert Terms({"a.b": "x", "*": "y", "": "z"}).explained("a.b * a") == "a.b * a\n"


def test_templates_end_in_md_j2() -> None:
    """One kind of file stands in the templates' folder; what the guide shows beside them is in the kit."""
    templates = Path(render_module.__file__).parent / "templates"
    shown = {path.name for path in (templates.parent / "kit" / "hosting").iterdir()}
    assert all(name.endswith(".md.j2") for name in set(environment().list_templates()) - shown)
    assert all(path.suffix == ".j2" for path in templates.rglob("*") if path.is_file())
