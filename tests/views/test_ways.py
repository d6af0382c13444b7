"""Ways through long pages, and the links of the home page's answers: each where it leads, one a line."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from generator.markdown import escape, link, md, unlinked, url
from generator.model import Playbook
from generator.views.kit.context import Context
from generator.views.kit.links import Links
from generator.views.kit.view import View
from generator.views.pages import glossary, health, home, toolkit
from tests.crowd import crowd
from tests.kit import World, inventory, loaded, plain_view, section

TARGET = re.compile(r"\]\(<([^>]+)>\)")
ACME = "types: [shop], owner: ann"


@pytest.fixture(params=["rich", "one", "few", "many", "nothing"])
def company(
    request: pytest.FixtureRequest, rich: Playbook, world: World, tmp_path_factory: pytest.TempPathFactory
) -> Playbook:
    """A company of each size, and one with nothing in it."""
    made: dict[str, Callable[[], Playbook]] = {
        "rich": lambda: rich,
        "one": lambda: world(partners=inventory(acme=ACME)),
        "few": lambda: world(partners=inventory(acme=ACME, brix=ACME, corn=f"{ACME}, status: prospect")),
        "many": lambda: loaded(crowd(tmp_path_factory.mktemp("crowd"), 60)),
        "nothing": lambda: world(partners="departments: []\n"),
    }
    return made[request.param]()


def test_no_line_of_an_answer_has_two_links(company: Playbook) -> None:
    """Expected: each of the six answers tells its sentence without links, and has one link a line behind a word; what
    the sentence leads to elsewhere is reached from here, too.
    """
    context = Context(company)
    page = plain_view(home.view(context))
    told = section(page, "answers").split("\n1.  ")[1:]
    links = Links(company, "index.md")

    assert len(told) == 6
    for text, make in zip(told, home._ANSWERS, strict=True):
        answer = make(context, links)
        assert all(len(TARGET.findall(line)) < 2 for line in text.splitlines()), text
        there = set(TARGET.findall("\n".join(line for line in text.splitlines() if line.startswith("    - "))))
        assert set(TARGET.findall(answer.sentence.replace("&amp;", "&"))) <= {
            one.replace("&amp;", "&") for one in there
        }
        labels = [label for label, _ in answer.lines]
        assert len(set(labels)) >= len(labels) - labels.count("Served by nobody")


@pytest.mark.parametrize("make", [health.view, toolkit.view, glossary.view], ids=["health", "toolkit", "glossary"])
def test_a_long_page_begins_with_its_parts(company: Playbook, make: Callable[[Context], View]) -> None:
    """Expected: a link to each part that the page has, and to none that it lacks."""
    page = plain_view(make(Context(company)))
    anchors = re.findall(r"^#{2,3} .+ { #([\w-]+)", page, re.M)
    parts = [one for one in re.findall(r"^## .+ { #([\w-]+)", page, re.M) if one != "trend"]
    first = page.split("**On this page", 1)[-1].split("\n## ")[0] if "**On this page" in page else ""
    ways = [one.removeprefix("#") for one in TARGET.findall(first) if one.startswith("#")]

    assert set(ways) <= set(anchors)
    assert set(parts) <= set(ways)


def test_letters_lead_to_the_first_term_of_each(rich: Playbook) -> None:
    """Expected: of the types, which are many, each letter once, in order, to the first that begins with it."""
    page = plain_view(glossary.view(Context(rich)))
    (line,) = re.findall(r"^- \[Types\].+$", page, re.M)
    letters = re.findall(r"\[(.)\]\(<#type-([\w-]+)>\)", line)
    names = sorted(one.name for one in rich.types.values())

    assert [letter for letter, _ in letters] == sorted({name[0] for name in names})
    for letter, ident in letters:
        first = min((one for one in names if one.startswith(letter)), key=str.casefold)
        assert rich.types[ident].name == first
    assert f"[Types](<#types>) ({len(names)}): " in line


def test_how_many_stand_in_each_part(rich: Playbook) -> None:
    """Expected: the number beside a way is that of the rows there."""
    context = Context(rich)
    page = plain_view(health.view(context))
    rows = [line for line in section(page, "worklist").splitlines() if line.startswith("| ")]

    assert f"[Every active entry](<#relationships>) ({len(context.health.entries)})" in page
    assert f"[What to do, by owner](<#worklist>) ({len(rows) - 2})" in page


def test_words_without_their_links() -> None:
    """Expected: the label of each link in both forms, whatever signs it holds; all else stays."""
    text = md(
        "a **{}** b {} c", link("x] (y", url("https://example.com/a_(b)")), link("*z*", url("https://example.com"))
    )
    bare = unlinked(text)

    assert bare == f"a **{escape('x] (y')}** b {escape('*z*')} c"
    assert bare.plain == f"a **{escape('x] (y').plain}** b {escape('*z*').plain} c"
