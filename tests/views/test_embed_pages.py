"""Pages for frames: what they show, what they leave out, and where no list of pages has them."""

from __future__ import annotations

import html
import re
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from generator import paths
from generator.insights.cutting import cut
from generator.model import Audience, Playbook
from generator.render import Terms, render
from generator.site import Site
from generator.views.kit.context import Context
from generator.views.kit.view import View
from generator.views.pages import embed
from tests.crowd import crowd
from tests.kit import World, inventory, loaded, plain_view, section


def framed(playbook: Playbook) -> dict[str, View]:
    return {view.path: view for view in embed.pages(Context(playbook))}


def test_a_department_and_a_type_have_a_list(rich: Playbook) -> None:
    """Expected: whom they work with today, once each, with a word where somebody is not active yet, and the way to the
    whole page.
    """
    page = plain_view(framed(rich)["embed/departments/channel-sales.md"])
    entries = [entry for entry in rich.entries if entry.department == "channel-sales" and not entry.ended]

    rows = re.findall(r"^\| \[(.+?)\]", page, re.M)
    assert sorted(rows) == sorted(rich.partners[entry.partner].name for entry in entries)
    assert '| [Coral Coast Agents](<../../partners/coral-coast-agents.md>) <span class="chip chip--prospect">' in page
    assert f"{len(rows)} partners, as of {rich.as_of}: [Channel Sales](<../../departments/channel-sales.md>)" in page
    agents = plain_view(framed(rich)["embed/types/sales-agent.md"])
    assert "| Partner | Department | Owner |" in agents
    assert "[Coral Coast Agents]" in agents


def test_what_to_copy(rich: Playbook) -> None:
    """Expected: for each page one frame with its address and its name, which no text of the data can leave."""
    page = plain_view(framed(rich)[paths.EMBED])
    frames = re.findall(r"`(<iframe .+?</iframe>)`", page)

    assert len(frames) == 2 + len(rich.departments) + len(rich.types)
    shape = r'<iframe src="[^"]+" title="[^"]+" width="100%" height="\d+" loading="lazy"></iframe>'
    assert all(re.fullmatch(shape, one) for one in frames)
    assert 'src="https://playbook.example.com/embed/departments/channel-sales/"' in section(page, "departments")
    assert 'src="https://playbook.example.com/embed/card/?partner=ID"' in section(page, "whole")


@pytest.mark.parametrize("name", ['A"><b>&`x`', "R&D | Lab", "back\\\\slash ``` {{ x }}", "Łódź 日本 é"])
def test_a_name_cannot_leave_its_frame(world: World, name: str) -> None:
    """Expected: whatever signs a department's name has, one frame has it for its title, without those that code has no
    room for or that might be markup, and nothing else changes.
    """
    playbook = world(partners=f"departments: [{{id: sales, name: '{name}', partners: []}}]\n")
    page = render(framed(playbook)[paths.EMBED], Terms({}))
    (line,) = section(page, "departments").strip().splitlines()

    shape = re.search(
        r'`<iframe src="[^"]+/sales/" title="([^"<>`|\\]+)" width="100%" [^"`]+"\d+" \S+></iframe>`$', line
    )
    assert shape, line
    without = re.sub(r"[^\w&]+", " ", f"Partners of {name}")
    assert html.unescape(html.unescape(shape[1])).strip() == without.strip()


def test_nothing_to_list(world: World) -> None:
    """Expected: an empty department says so, and has a page all the same, since a frame somewhere may show it."""
    pages = framed(world(partners="departments: [{id: sales, name: Sales, partners: []}]\n"))

    assert "None is listed today.\n\nAs of 2026-06-01: [Sales]" in plain_view(pages["embed/departments/sales.md"])
    assert "No partner is recorded yet." in plain_view(pages[paths.EMBED_LANDSCAPE])


def test_their_number_does_not_grow_with_the_partners(tmp_path: Path) -> None:
    """Expected: as many pages for twice the partners, and of each list a hundred rows and the way to all of them."""
    small, large = (framed(loaded(crowd(tmp_path / str(size), size))) for size in (110, 220))

    assert small.keys() == large.keys()
    page = plain_view(large["embed/departments/sales.md"])
    assert len(re.findall(r"^\| \[", page, re.M)) == 100
    way = re.search(r"^The first 100 of \[220 partners\]\(<\.\./\.\./partners/index\.md\?(.+?)>\), as of", page, re.M)
    assert way is not None
    assert set(parse_qs(way[1])) == {"department", "status"}
    assert parse_qs(way[1])["department"] == ["sales"]


def test_they_are_in_no_list_of_pages(rich: Playbook) -> None:
    """Expected: no line for assistants, nothing for the search; the page that lists them is one to read."""
    site = Site(rich)
    pages = [path for path in site.paths if path.startswith("embed/") and path != paths.EMBED]

    assert set(pages) <= site.unlisted
    assert paths.EMBED not in site.unlisted
    for path in pages:
        page = site.page(path, copies=True)
        if "redirect" in page.meta:
            continue
        assert page.meta["search"] == {"exclude": True}
        assert f"({path})" not in site.page(paths.ASSISTANTS).body
        assert page.meta["root"] == "../" * path.count("/")


@pytest.mark.parametrize(("hides", "gone"), [("embed", ""), ("landscape", paths.EMBED_LANDSCAPE)])
def test_what_an_audience_does_not_see(rich: Playbook, hides: str, gone: str) -> None:
    """Expected: without the pages for frames no way to them; without the landscape none of it in a frame either."""
    site = Site(cut(rich, Audience("some", "Some", hides=(hides,))))
    there = [path for path in site.paths if path.startswith("embed/")]

    assert gone not in there
    assert bool(there) == bool(gone)
    for path in site.paths:
        if path.endswith(".md") and not gone:
            assert "embed/" not in site.page(path).body, path


def test_hidden_partners_are_in_no_frame(world: World) -> None:
    """Expected: an entry that is for others alone, and one of a hidden status, are in no list."""
    playbook = world(
        settings="as_of: 2026-06-01\naudiences: [{id: all, name: All, hides: [prospect]}, {id: few, name: Few}]\n",
        partners=inventory(
            acme="types: [shop], owner: ann",
            veiled="types: [shop], owner: ann, only: [few]",
            maybe="types: [shop], owner: ann, status: prospect",
        ),
    )
    pages = framed(cut(playbook, playbook.settings.audiences["all"]))

    text = "".join(map(plain_view, pages.values()))
    assert "[Acme]" in text
    assert "Veiled" not in text
    assert "Maybe" not in text
