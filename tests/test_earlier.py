"""What the last build made is taken over where it would be made the same again, and nowhere else."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mkdocs.structure.pages import Page

from generator.boundary import Exit
from generator.markdown import Md, escape
from generator.mkdocs_plugin import Earlier
from generator.mkdocs_plugin.direct import Direct
from generator.mkdocs_plugin.earlier import LinkTo, Shell, Trace
from generator.problems import Place
from generator.render import Terms, facts
from generator.sinks.kept import Kept
from generator.views.kit.view import View
from generator.views.pages.redirects import RedirectsFacts
from tests.kit import MKDOCS, contents, data_in, inventory, run, world_in

SHELL = Shell("kind", "text", 2, False)
PAGE, COPY = "a/index.html", "a.md"


class Site:
    """A folder with one page, and what is kept of it; the next build's folder beside it."""

    def __init__(self, root: Path) -> None:
        self.old, self.new, self.keeper = root / "site", root / "new", Kept(root / "data", "pages")
        data_in(self.old, **{PAGE: "<a href='f.yml#L1'><b>L1 f.yml#L1", COPY: "a"})
        self.new.mkdir()
        (root / "data").mkdir()
        self.trace = Trace.of(["top"], [LinkTo("b.md#c", "b.md", "c")], ['{"title":"A"}'])._replace(
            data="data", facts="facts", source="f.yml#L1", shell=SHELL, files=[PAGE, COPY]
        )
        self.keep({"a.md": self.trace, "b.md": Trace(), "d.md": Trace()})

    def keep(self, traces: dict[str, Trace], theme: str = "theme") -> None:
        earlier = self.earlier()
        earlier.compare([], theme)
        earlier.made = traces
        earlier.keep()

    def earlier(self, surroundings: str = "these") -> Earlier:
        return Earlier(self.keeper, self.old, surroundings)

    def known(self, paths: str = "a.md b.md c.md", surroundings: str = "these") -> Trace | None:
        earlier = self.earlier(surroundings)
        earlier.compare(paths.split(), "theme")
        return earlier.known("a.md")

    def taken(self, source: str = "f.yml#L1") -> Trace | None:
        earlier = self.earlier()
        earlier.compare(["a.md", "b.md"], "theme")
        known = earlier.known("a.md")
        again = earlier.taken("a.md", "data", source, self.new) if known is not None else None
        return earlier.renewed("a.md", again) if again is not None else None


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def test_a_page_is_known_where_all_is_there_that_it_leads_to(site: Site) -> None:
    """Expected: in the same surroundings, with the names of what it was made from."""
    assert site.known() == site.trace
    assert site.known(surroundings="others") is None
    assert site.known(paths="a.md c.md") is None
    assert site.known(paths="a.md b.md") == site.trace


def test_shells_are_known_where_the_theme_is_given_the_same(site: Site) -> None:
    """Expected: such as the nav, which stands around every page; in other surroundings nothing is known."""

    def alike(theme: str, surroundings: str = "these") -> bool:
        earlier = site.earlier(surroundings)
        earlier.compare(["a.md"], theme)
        return earlier.alike

    assert alike("theme")
    assert not alike("another")
    assert not alike("theme", "others")


def test_a_shell_is_held_against_those_that_stood(site: Site) -> None:
    """Expected: all that were made are among them; of none nothing can be said."""
    earlier = site.earlier()
    earlier.compare(["a.md", "b.md"], "theme")

    assert earlier.knows([SHELL])
    assert not earlier.knows([SHELL, SHELL._replace(text="another")])
    assert not earlier.knows([])
    assert not earlier.knows([None])


def test_another_program_knows_none(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: one that judges data in another way may write pages in another way, too."""
    monkeypatch.setattr("generator.sinks.kept._stamp", lambda: "another")
    site.keeper = Kept(site.old.parent / "data", "pages")

    assert site.known() is None


def test_its_files_are_taken_as_they_stand(site: Site) -> None:
    """Expected: the same files, so that they are as old as before."""
    assert site.taken() == site.trace
    assert contents(site.new) == contents(site.old)


def test_another_line_of_its_source_is_written_into_it(site: Site) -> None:
    """Expected: wherever the shell says it; the old page stays as it is, and the copy, which does not say it."""
    before = contents(site.old)
    taken = site.taken("f.yml#L12")

    assert taken is not None
    assert contents(site.new) == {PAGE: b"<a href='f.yml#L12'><b>L1 f.yml#L12", COPY: b"a"}
    assert contents(site.old) == before
    assert taken.source == "f.yml#L12"


def test_a_page_that_says_the_source_itself_is_not_changed(site: Site) -> None:
    """Expected: where it stands there more often than the shell has it, the page is made."""
    html = site.old / PAGE
    html.write_text(html.read_text("utf-8") + "f.yml#L1", "utf-8")
    site.keep({"a.md": site.trace})

    assert site.taken("f.yml#L12") is None
    assert contents(site.new) == {}
    assert site.taken() is not None


def linked(path: Path) -> None:
    path.rename(path.with_suffix(".moved"))
    path.symlink_to(path.with_suffix(".moved"))


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def edited_unseen(path: Path) -> None:
    before = path.stat()
    path.write_text(path.read_text("utf-8").replace("a", "b"), "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "gone": lambda path: path.unlink(),
    "another size": lambda path: path.write_text("x", "utf-8"),
    "another moment": lambda path: os.utime(path, ns=(1, 1)),
    "the same size and moment": edited_unseen,
    "another mode": lambda path: path.chmod(0),
    "a link": linked,
    "a folder": folder,
}


@pytest.mark.parametrize("name", [PAGE, COPY])
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_files_that_are_no_longer_as_they_were_written_are_not_taken(
    site: Site, name: str, change: Callable[[Path], object]
) -> None:
    change(site.old / name)

    assert site.taken() is None
    assert site.taken("f.yml#L12") is None
    assert contents(site.new) == {}


@pytest.mark.parametrize("links", [0, 1])
def test_where_links_cannot_be_made_the_page_is_made(site: Site, links: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: no file stays in the way, since to write over a link would change the old site."""
    left = iter(range(links))
    link = os.link

    def refused(old: Path, new: Path) -> None:
        if next(left, None) is None:
            raise OSError
        link(old, new)

    monkeypatch.setattr(os, "link", refused)

    assert site.taken() is None
    assert contents(site.new) == {}


def view(**more: Any) -> View:
    given: dict[str, Any] = {"path": "a.md", "template": "t", "title": "T", "description": "D", **more}
    given.setdefault("facts", RedirectsFacts(escape("a_b")))
    return View(**given)


def test_all_that_a_page_says_names_it() -> None:
    """Expected: its copy and the terms, too; but neither the line of the source, nor which objects hold the texts."""
    terms = Terms({"VAR": "resells"}, ["Our VAR"])
    name = facts(view(place=Place("f.yml", 3)), terms)
    twice = escape("a_b")

    assert name == facts(view(place=Place("f.yml", 4)), terms)
    assert name != facts(view(place=Place("g.yml", 3)), terms)
    assert facts(view(description="".join(["T"])), terms) == facts(view(description="T"), terms)
    other: list[dict[str, Any]] = [
        {"title": "U"},
        {"description": "E"},
        {"template": "u"},
        {"boost": 0},
        {"tooltips": False},
        {"facts": RedirectsFacts(escape("a_c"))},
        {"facts": RedirectsFacts(Md(str(twice)))},
        {"trail": (("A", "b.md"),)},
    ]
    assert len({facts(view(**one), terms) for one in [{}, *other]}) == len(other) + 1
    assert facts(view(), terms) != facts(view(), Terms({"VAR": "sells"}, ["Our VAR"]))
    assert facts(view(), terms) != facts(view(), Terms({"VAR": "resells"}, ["A VAR"]))
    assert facts(view(), terms) == facts(view(), Terms({"VAR": "resells"}, ["Our VAR", "Others"]))


EDITED = MKDOCS + "extra: {edit_base: 'https://git.example/edit/main/'}\n"
"""Settings of a site whose pages lead to where they can be edited."""
OWNERS = ("ann", "bo", "cy", "ann", "bo", "cy")


def partners(*owners: str) -> str:
    return inventory(**{f"p{number}": f"types: [shop], owner: {owner}" for number, owner in enumerate(owners)})


Built = Callable[[str], object]
Edited = Callable[..., list[str]]


def builds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Built, Edited]:
    """What builds the site of a folder, and what does so after an edit, and gives the pages that it made."""
    world_in(folder / "data", partners=partners(*OWNERS))
    monkeypatch.chdir(folder)
    made: list[str] = []
    written: Any = Direct._written

    def seen(self: Direct, path: str, *more: Any) -> Trace:
        made.append(path)
        trace: Trace = written(self, path, *more)
        return trace

    monkeypatch.setattr(Direct, "_written", seen)

    def built(site: str, day: str = "2026-11-02") -> dict[str, bytes]:
        made.clear()
        done = run("build", "--as-of", day, "--site-dir", site)
        assert done.exit_code == Exit.FINE, done.output
        return contents(folder / site)

    def edited(text: str, day: str = "2026-11-02") -> list[str]:
        """Which pages are made of the data after that edit."""
        data_in(folder / "data", **{"partners.yml": text})
        site, pages = built("site", day), [*made]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Earlier, "compare", lambda *_: None)
            fresh = built("fresh", day)
        assert [path for path in fresh if site.get(path) != fresh[path]] == []
        assert site == fresh
        return pages

    return built, edited


def of_partners(pages: list[str]) -> list[str]:
    return [path for path in pages if path.startswith("partners/p")]


@pytest.mark.site
@pytest.mark.long
def test_a_site_after_a_change_is_that_of_a_whole_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: the same to the byte after each edit, and only the pages that say something else are made."""
    data_in(tmp_path, **{"mkdocs.yml": EDITED})
    built, edited = builds(tmp_path, monkeypatch)
    built("site")
    every = [f"partners/p{number}.md" for number in range(6)]
    # One is always made, and nothing else, whatever it is: whether the theme does the same around it must be seen.
    assert edited("# A line\n" + partners(*OWNERS)) == every[:1]
    (tmp_path / "site" / "partners" / "p3" / "index.html").write_text("Somebody's", "utf-8")
    assert of_partners(edited(partners(*OWNERS[:4], "di", "cy"))) == [every[0], every[3], every[4]]
    # The page about Di is gone, to which one page led.
    assert of_partners(edited(partners(*OWNERS))) == [every[0], every[4]]
    # Each says how many it has beside it.
    more = [*every, "partners/p6.md"]
    assert of_partners(edited(partners(*OWNERS, "ann"))) == more
    assert of_partners(edited(partners(*OWNERS, "ann", "ann"), "2026-11-03")) == [*more, "partners/p7.md"]
    # What stands beside our pages may change their look.
    data_in(tmp_path, **{"docs/office.md": "# Office\n"})
    assert of_partners(edited(partners(*OWNERS, "ann", "ann"), "2026-11-03")) == [*more, "partners/p7.md"]


@pytest.mark.site
@pytest.mark.long
def test_a_theme_that_looks_at_all_pages_makes_all_where_there_are_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Expected: an override of a company may say how many there are, on pages of one kind alone."""
    override = """{% extends "playbook.html" %}
{% block content %}{{ super() }}{% if page.url.startswith("people/") %}{{ pages | length }}{% endif %}{% endblock %}
"""
    data_in(tmp_path, **{"overrides/main.html": override})
    data_in(tmp_path, **{"mkdocs.yml": MKDOCS.replace("material", "material, custom_dir: overrides")})
    built, edited = builds(tmp_path, monkeypatch)

    built("site")
    assert edited("# A line\n" + partners(*OWNERS)) == ["partners/p0.md", "people.md", "people/ann.md"]
    assert "people.md" in edited(partners(*OWNERS, "ann"))


@pytest.mark.site
@pytest.mark.long
def test_what_a_look_says_of_other_pages_and_of_days_follows_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Expected: the day of the data, what the next page of the nav is about, and what any page says or is called."""
    override = """{% extends "playbook.html" %}
{% block announce %}{% if page %}
{% if page.url.startswith("people/") %}{{ build_date_utc.date() }}{% endif %}
{% if page.url.startswith("functions/") %}{{ page.update_date }}{% endif %}
{% if page.url.startswith("types/") %}{{ nav.homepage.content | length }}{% endif %}
{% if page.url.startswith("modes/") %}{% for file in pages %}{{ file.page.title }}{% endfor %}{% endif %}
{% if page.next_page %}{{ page.next_page.meta.description }}{% endif %}
{% endif %}{% endblock %}
"""
    data_in(tmp_path, **{"overrides/main.html": override})
    data_in(tmp_path, **{"mkdocs.yml": MKDOCS.replace("material", "material, custom_dir: overrides")})
    built, edited = builds(tmp_path, monkeypatch)

    built("site")
    edited(partners(*OWNERS), "2026-11-03")
    edited(partners(*OWNERS[:5], "null"), "2026-11-03")
    edited(partners(*OWNERS).replace("name: P3", "name: Another"), "2026-11-03")


Entries = dict[str, dict[str, str]]
STEPS: list[Entries] = [
    # The names of others stand on pages of their neighbors, of what belongs to them, and of whoever sells through them.
    {"p1": {"parent": "p2"}, "p3": {"via": "p4"}, "p5": {"domain": "same.example"}, "p0": {"domain": "same.example"}},
    {"p2": {"name": "Another"}, "p4": {"name": "Third"}, "p5": {"name": "Twin"}},
    {
        "p2": {"status": "dormant"},
        "p3": {"via": "p2"},
        "p1": {"parent": "Somebody"},
        "p6": {"name": "S", "parent": "p2"},
    },
]


@pytest.mark.site
@pytest.mark.long
def test_what_a_page_says_of_others_follows_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data_in(tmp_path, **{"mkdocs.yml": EDITED})
    built, edited = builds(tmp_path, monkeypatch)
    people = "people:\n" + "".join(f"- {{id: {owner}, name: {owner.title()}}}\n" for owner in dict.fromkeys(OWNERS))
    data_in(tmp_path / "data", **{"people.yml": people})
    entries: Entries = {f"p{number}": {"name": f"P{number}", "owner": owner} for number, owner in enumerate(OWNERS)}
    built("site")
    for step in STEPS:
        for ident, fields in step.items():
            entries[ident] = {"owner": "ann", **entries.get(ident, {}), **fields}
        written = [
            f"{{id: {ident}, types: [shop], {', '.join(f'{name}: {value}' for name, value in fields.items())}}}"
            for ident, fields in entries.items()
        ]
        # Where it stands is on the page of each of them, too.
        people = f"# A line\n{people}"
        data_in(tmp_path / "data", **{"people.yml": people})
        edited(inventory(*written))


@pytest.mark.site
@pytest.mark.long
def test_what_was_said_of_a_page_is_said_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: MkDocs says what is wrong with a page when it reads it, so that it reads it again."""
    built, edited = builds(tmp_path, monkeypatch)
    render = Page.render

    def saying(page: Page, *given: Any) -> None:
        if page.file.src_uri == "start/quiz.md":
            logging.getLogger("mkdocs.structure.pages").warning("something is wrong")
        render(page, *given)

    monkeypatch.setattr(Page, "render", saying)
    built("site")
    assert edited("# A line\n" + partners(*OWNERS)) == ["partners/p0.md", "start/quiz.md"]
