"""Small companies: one with ten lines of inventory, one with a taxonomy of its own.

Their sites are whole: every page is there, no link is dead, no table or section is empty.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest
import yaml

from generator import paths
from generator.loading import load_folder
from generator.model import Playbook
from generator.site import Site
from tests.kit import RICH, ROOT, data_in, inventory, loaded, mkdocs, pages_of, world_in

TAXONOMY = RICH / "taxonomy.yml"
TODAY = date(2026, 6, 1)
ALWAYS = {
    paths.HOME, paths.GLOSSARY, paths.FUNCTIONS, paths.TYPES, paths.MODES, paths.DEPARTMENTS, paths.PARTNERS,
    paths.PEOPLE, paths.OWNERSHIP, paths.COVERAGE, paths.ROUTES, paths.ALIGNMENT, paths.HEALTH, paths.VALUE,
    paths.TOOLKIT, paths.FINDINGS, paths.PROBLEMS, paths.START, paths.WHICH_TYPE, paths.QUIZ,
}  # fmt: skip

Made = Callable[[Path], Path]

TEN_LINES = """\
departments:
  - id: sales
    name: Sales
    partners:
      - {id: acme, name: Acme, types: [solution-reseller], owner: ann}
      - id: bolt
        name: Bolt Logistics
        types: [3PL]
        owner: null
# one line more would be eleven
"""

OWN = {
    "taxonomy.yml": """\
functions:
  - {id: grow, name: Growers, value: They grow what we bake with.}
  - {id: haul, name: Haulers, value: They bring it., economics: Paid by the mile., mode: handshake}
groups:
  - {id: grains, name: Grains, function: grow}
types:
  - {id: miller, name: Miller, function: grow, group: grains, definition: Grinds., aliases: [Mill], mode: contracted,
     recognize: Does it grind?, confused_with: [farmer], business_models: [Stone, Steel]}
  - {id: farmer, name: Farmer, function: grow, group: grains, definition: Sows.,
     mode: {seed: handshake, crop: contracted}}
  - {id: beekeeper, name: Beekeeper, function: grow, definition: Keeps bees., mode: handshake, scope: undecided}
  - {id: carter, name: Carter, function: haul, definition: Drives a cart., note: Horses only.}
modes:
  - {id: handshake, name: Handshake, summary: A word is a word.}
  - {id: contracted, name: Contracted, summary: On paper., review_every: 90,
     needs_sponsor: true, needs_agreement: [deed]}
  - {id: unused, name: Unused, summary: Nobody is managed like this.}
stages:
  - {id: seed, name: Seed, before_launch: true}
  - {id: crop, name: Crop}
factors:
  - {id: kinship, name: Kinship, summary: A cousin.}
""",
    "partners.yml": """\
departments:
  - id: bakery
    name: Bakery
    contact: bakery@crumb.example
    lead: oda
    partners:
      - id: stone-mill
        name: Stone Mill
        types: [Mills]
        owner: oda
        lead: true
        regions: [Valley]
        offers: [rye]
        objectives: [more-rye]
        business_model: Stone
        value: Grinds rye.
        sponsor: per
        agreements: [{kind: deed, ref: D-1, starts: 2025-01-01, ends: 2027-01-01}]
        reviewed: {date: 2026-05-01, by: oda}
        satisfaction: {date: 2026-05-01, score: 3.5, scale: 4, n: 8}
        links: [{label: Site, url: 'https://mill.example/'}]
        formerly: [old-mill]
      - {id: hill-farm, name: Hill Farm, types: [farmer], owner: gone, offer_stage: seed, status: prospect}
      - {id: vale-farm, name: Vale Farm, types: [farmer, beekeeper], owner: null, offer_stage: crop, status: ended}
""",
    "partners/stable.yml": """\
departments:
  - id: stable
    name: Stable
    partners:
      - {id: stone-mill, types: [carter], owner: per, mode: contracted, mode_reason: kinship, via: cart-co}
      - {id: cart-co, name: Cart Co., types: [carter], owner: null, mode: contracted, parent: Wheels}
  - {id: attic, name: Attic}
""",
    "people.yml": """\
people:
  - {id: oda, name: Oda, email: oda@crumb.example, department: bakery, skills: [{skill: haggle, level: 2}]}
  - {id: per, name: Per, department: stable}
  - {id: gone, name: Gone, active: false}
""",
    "portfolio.yml": """\
offers:
  - {id: rye, name: Rye bread, status: live, regions: [Valley], requires: [{type: miller, min: 2}, {type: farmer}]}
routes:
  - {id: down, name: Downhill, region: Valley, offer: rye, types: [miller, carter]}
""",
    "strategy.yml": """\
objectives:
  - {id: more-rye, title: Bake more rye, owner: oda, ends: 2027-01-01, types: [miller]}
programs:
  - {id: guild, name: Guild, mode: contracted, types: [miller], objective: more-rye}
""",
    "toolkit.yml": """\
tools: [{id: ledger, name: Ledger, url: 'https://ledger.example/', modes: [contracted]}]
skills: [{id: haggle, name: Haggling, modes: [handshake], level: 3, training: Ask Per.}]
promises: [{types: [miller], may: [We pay on Friday.], ask: [Credit.], never: [Exclusive supply.]}]
""",
    "settings.yml": "company: Crumb\nhome_department: bakery\nregions: [Valley, Coast]\n",
}

# One of each.
ONE = {
    "taxonomy.yml": """\
functions: [{id: sales, name: Sales, value: Brings our offers to customers., mode: program}]
types: [{id: reseller, name: Reseller, function: sales, definition: Sells our offers., recognize: Does it sell?}]
modes: [{id: program, name: Program, summary: A program with levels.}]
""",
    "partners.yml": """\
departments:
  - id: field
    name: Field
    partners:
      - {id: acme, name: Acme, types: [reseller], owner: ann, objectives: [grow], value: Opens doors.}
""",
    "people.yml": "people: [{id: ann, name: Ann}]\n",
    "strategy.yml": "objectives: [{id: grow, title: Grow, owner: ann, ends: 2027-12-31, types: [reseller]}]\n",
    "toolkit.yml": "promises: [{types: [reseller], may: [A discount.], ask: [A fund.], never: [A level.]}]\n",
}


def small(folder: Path) -> Path:
    """The reference taxonomy, and ten lines about partners."""
    assert len(TEN_LINES.splitlines()) == 10
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(TAXONOMY, folder)
    return data_in(folder, partners=TEN_LINES)


def empty(folder: Path) -> Path:
    """A taxonomy, and nobody recorded yet."""
    return data_in(folder, taxonomy=OWN["taxonomy.yml"], partners="departments: []\n")


def own(folder: Path) -> Path:
    """A company that shares no id with the usual taxonomy, with every file."""
    return data_in(folder, **OWN)


COMPANIES = (small, empty, own)


def bodies(playbook: Playbook) -> dict[str, str]:
    """The text of each page without its front matter, by path."""
    return {page.path: page.content.split("\n---\n", 1)[1] for page in Site(playbook).pages() if page.markdown}


def tables(body: str) -> Iterator[tuple[list[str], list[list[str]]]]:
    """The heads and the rows of each table."""

    def cells(line: str) -> list[str]:
        return [cell.strip() for cell in line.strip().strip("|").split("|")]

    for block in re.split(r"\n\s*\n", body):
        lines = [line for line in block.split("\n") if line.lstrip().startswith("|")]
        if len(lines) > 1 and re.fullmatch(r"[\s|:-]+", lines[1]):
            yield cells(lines[0]), [cells(line) for line in lines[2:]]


@pytest.mark.parametrize("made", COMPANIES)
def test_every_page_is_there(made: Made, tmp_path: Path) -> None:
    """The pages of the address list always exist, and one for everything that is recorded."""
    playbook = loaded(made(tmp_path), TODAY)
    found = set(bodies(playbook))
    assert found >= ALWAYS
    for ids, path in (
        (playbook.functions, paths.function), (playbook.types, paths.partner_type), (playbook.modes, paths.mode),
        (playbook.departments, paths.department), (playbook.partners, paths.partner),
    ):  # fmt: skip
        assert found >= {path(one) for one in ids}


@pytest.mark.long
@pytest.mark.parametrize("made", COMPANIES)
def test_no_link_is_dead(made: Made, tmp_path: Path) -> None:
    """Every link inside the site leads to a page, and to a place in it that exists."""
    playbook = loaded(made(tmp_path), TODAY)
    pages = bodies(playbook)
    files = {page.path for page in Site(playbook).pages()}
    for path, body in pages.items():
        for target in re.findall(r"\]\(<([^>]*)>\)", body):
            if re.match(r"https?:|mailto:", target):
                continue
            page, _, anchor = target.partition("#")
            there = normpath(join(dirname(path), page.partition("?")[0])) if page else path
            assert there in files, f"{path}: {target}"
            if anchor and there in pages:
                assert re.search(rf"#{re.escape(anchor)}\b|id=\"{re.escape(anchor)}\"", pages[there]), (
                    f"{path}: {target}"
                )


@pytest.mark.parametrize("made", COMPANIES)
def test_no_table_and_no_section_is_empty(made: Made, tmp_path: Path) -> None:
    """What has nothing to show does not appear."""
    for path, body in bodies(loaded(made(tmp_path), TODAY)).items():
        for heads, rows in tables(body):
            assert rows, f"{path}: a table of {heads} has no rows"
            assert all(any(cell for cell in row) for row in rows), f"{path}: an empty row under {heads}"
        text = re.sub(r"^```.*?^```$", "code", body, flags=re.MULTILINE | re.DOTALL)
        lines = [line for line in text.split("\n") if line.strip() and not line.startswith("*[")]
        for line, after in zip(lines, [*lines[1:], "# end"], strict=True):
            level, below = (len(re.match(r"#*", one)[0]) for one in (line, after))  # type: ignore[index]
            assert not level or not below or below > level, f"{path}: nothing stands under {line!r}"


@pytest.mark.parametrize("made", COMPANIES)
def test_pages_are_not_flooded_with_what_is_missing(made: Made, tmp_path: Path) -> None:
    """A column that nobody recorded anything for does not appear, and no page says "not recorded" often."""
    columns: dict[str, set[str]] = {}
    for path, body in bodies(loaded(made(tmp_path), TODAY)).items():
        for heads, rows in tables(body):
            for column, head in enumerate(heads):
                columns.setdefault(head, set()).update(row[column] for row in rows if len(row) > column)
        assert body.count("not recorded") <= 12, path
    assert not [head for head, values in columns.items() if head and not values - {"", "not recorded"}]


@pytest.mark.parametrize("made", COMPANIES)
def test_no_page_shows_what_a_program_says_for_nothing(made: Made, tmp_path: Path) -> None:
    """No word of Python or of the templates reaches a reader."""
    for path, body in bodies(loaded(made(tmp_path), TODAY)).items():
        assert not re.search(
            r"\bNone\b(?! [a-z]|:)|\bTrue\b|\bFalse\b|Undefined|\{\{|\}\}|\{%|\0|<generator|\bnan\b", body
        ), path


def test_nothing_of_the_usual_taxonomy_is_in_a_company_of_its_own(tmp_path: Path) -> None:
    """Names and ids of the usual taxonomy appear on no page but the ones that explain problems to editors."""
    taxonomy = yaml.safe_load(TAXONOMY.read_text("utf-8"))
    names = {
        str(entry[field]).replace("-", "&#45;")
        for part in ("types", "modes", "stages")
        for entry in taxonomy[part]
        for field in ("id", "name")
        if len(entry[field]) > 4
    }
    for path, body in bodies(loaded(own(tmp_path), TODAY)).items():
        if not path.startswith("editors/"):
            assert not [name for name in names if name in body], path


def test_one_of_each_is_told_in_the_singular(tmp_path: Path) -> None:
    """Of one mode nobody says that partners differ in it; of one partner, entry or question nobody says "they"."""
    pages = bodies(loaded(data_in(tmp_path, **ONE), TODAY))
    text = {path: " ".join(re.sub(r"\]\([^)]*\)|[\[*]", "", body).split()) for path, body in pages.items()}
    expected = {
        "modes/index.md": "There is one way to manage a relationship. Every type expects it, and this table",
        "start/index.md": "We manage all relationships in one way. - Program",
        "functions/index.md": "how we manage a partner follows from its type, in 1 mode.",
        "alignment.md": "of what is active (1 of 1 relationship) serves an objective",
        "value.md": "1 of 1 active partner says in one line what it does for customers.",
        "start/quiz.md": "1 question from our own playbook, with the usual traps. Choose one option each time; every",
    }
    assert {path: said for path, said in expected.items() if said not in text[path]} == {}
    assert "1 question, with an explanation as soon as you have answered." in text["start/index.md"]
    assert "Not every partner is" not in text["start/index.md"]
    assert "More than one of these" not in text["start/which-type.md"]


@pytest.mark.parametrize(
    ("entries", "path", "said"),
    [
        (["owner: null"], "ownership.md", "Nobody who is here owns our 1 entry."),
        (["owner: null", "owner: null"], "ownership.md", "Nobody who is here owns any of our 2 entries."),
        (["owner: ann, value: X", "owner: ann"], "value.md", "1 of 2 active partners says in one line what it does"),
        (["owner: ann, value: X"] * 2, "value.md", "2 of 2 active partners say in one line what they do for customers"),
    ],
)
def test_one_of_some(tmp_path: Path, entries: list[str], path: str, said: str) -> None:
    """What is counted, and what does something, may be one or several."""
    rows = [f"  - {{id: p{number}, name: P{number}, types: [reseller], {one}}}\n" for number, one in enumerate(entries)]
    partners = f"departments:\n- id: field\n  name: Field\n  partners:\n{''.join(rows)}"
    body = bodies(loaded(data_in(tmp_path, **{**ONE, "partners.yml": partners}), TODAY))[path]
    assert said in " ".join(re.sub(r"\]\([^)]*\)|[\[*]", "", body).split()), body


def test_own_ids_are_on_their_pages(tmp_path: Path) -> None:
    """The company's own types, modes, reasons and people are what its pages speak of."""
    pages = bodies(loaded(own(tmp_path), TODAY))
    mill = pages["partners/stone-mill.md"]
    for said in ("Stone Mill", "Miller", "Carter", "Bakery", "Stable", "Oda", "Per", "Kinship", "Valley", "Rye bread"):
        assert said in mill, said
    assert "partners/old-mill.md" in pages
    assert "Seed" in pages["types/farmer.md"]


@pytest.mark.parametrize("made", COMPANIES)
def test_the_same_data_gives_the_same_pages(made: Made, tmp_path: Path) -> None:
    """Pages depend on the data and the day alone."""
    first = list(Site(loaded(made(tmp_path / "a"), TODAY)).pages())
    assert first == list(Site(loaded(made(tmp_path / "b"), TODAY)).pages())


@pytest.mark.site
@pytest.mark.parametrize("made", COMPANIES)
def test_strict_build(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """MkDocs builds the site without a warning: no dead link, no page that is nowhere in the navigation."""
    data = made(tmp_path / "data")
    for name, value in {"DATA": data, "AS_OF": TODAY, "STRICT": "false"}.items():
        monkeypatch.setenv(f"PLAYBOOK_{name}", str(value))
    done = mkdocs("build", "--strict", "--config-file", str(ROOT / "mkdocs.yml"), "--site-dir", str(tmp_path / "site"))
    assert done.exit_code == 0, done.output[-3000:]
    assert (tmp_path / "site" / "index.html").is_file()
    assert (tmp_path / "site" / "search" / "search_index.json").is_file()


@pytest.mark.long
@pytest.mark.parametrize("day", ["9999-12-31", "9999-12-02", "9980-06-01", "0001-01-01"])
def test_any_day_of_the_calendar(tmp_path: Path, day: str) -> None:
    """Expected: every page is made, also where what comes next would be after the last day that there is."""
    agreements = "[{kind: program, ends: 9999-12-31}, {kind: nda, ends: 9999-12-31, notice_days: 3650}]"
    partners = inventory(acme=f"types: [shop], owner: ann, agreements: {agreements}")
    found = load_folder(world_in(tmp_path, partners=partners), date.fromisoformat(day))

    assert not found.errors
    assert found.playbook is not None
    assert all(page.data for page in Site(found.playbook, found=found.findings).pages(copies=True))


def test_nobody_is_dressed_in_marks(tmp_path: Path) -> None:
    """Expected: where there is nothing to dress, no page shows the marks; also that of an owner who is on no list."""
    data = data_in(tmp_path, taxonomy=TAXONOMY.read_text("utf-8"), partners=inventory(acme="types: [oem], owner: ann"))
    pages = pages_of(loaded(data, TODAY))

    assert "# ann\n" in pages[paths.person("ann")]
    assert [path for path, page in pages.items() if re.search(r"\n\n\{: ", page)] == []
