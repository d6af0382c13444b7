"""The page for the first day in a department: a large one in short, a small one whole, an empty one no dead end."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from generator import paths
from generator.insights.cutting import cut
from generator.model import Audience, Playbook
from generator.views.kit.context import Context
from generator.views.pages import departments, first_day
from tests.crowd import crowd
from tests.kit import World, loaded, plain_view, section


def page_of(playbook: Playbook, department: str) -> str:
    views = {view.path: view for view in first_day.pages(Context(playbook))}
    return plain_view(views[paths.first_day(department)])


@pytest.fixture(scope="module")
def sales(rich: Playbook) -> str:
    return page_of(rich, "channel-sales")


def test_who_is_who(sales: str) -> None:
    """Expected: the lead first, whatever is owned; then owners, each with what they own, who stands in and an address;
    nobody who has left.
    """
    people = section(sales, "people")
    names = re.findall(r"^- \*\*\[(.+?)\]", people, re.M)

    assert names[0] == "Ada Nwosu"
    assert "- **[Ada Nwosu](<../../people/ada-nwosu.md>)** leads the department, owns " in people
    assert len(names) == len(set(names)) > 3
    assert "has left" not in people
    (line,) = re.findall(r"^- \*\*\[Kavya Iyer\].+$", people, re.M)
    assert re.search(r"owns \[\d+ partners?\]\(<\S+\?department=channel-sales&owner=kavya-iyer&", line)
    assert "(<mailto:kavya.iyer@tidewater.example>)" in line


def test_partners_by_mode(rich: Playbook, sales: str) -> None:
    """Expected: each mode in use in the taxonomy's order, with the number of its partners and at most five names, those
    with more objectives, offers and regions first.
    """
    found = re.findall(r"^- \*\*\[(.+?)\].+?\*\*, \[(\d+) partners?\].+?: (.+)$", section(sales, "partners"), re.M)
    current = [e for e in rich.entries if e.department == "channel-sales" and not e.ended]

    assert [name for name, _, _ in found] == [
        mode.name for mode in rich.modes.values() if any(mode.id in entry.modes for entry in current)
    ]
    for name, number, listed in found:
        inside = {e.partner: e for e in current if name in {rich.modes[one].name for one in e.modes}}
        shown = re.findall(r"partners/([a-z0-9-]+)\.md", listed)
        weights = [
            len(e.objectives) + len(e.offers) + len(e.regions) if e.active else 0
            for e in (inside[p] for p in shown if p != "index")
        ]
        assert int(number) == len(inside)
        assert weights == sorted(weights, reverse=True)
        assert len(weights) == min(5, len(inside))


def test_what_may_be_promised_stands_with_its_type(sales: str) -> None:
    """Expected: a type with its definition, and of its promises the first that one may and the first that one never
    says.
    """
    types = section(sales, "types")
    (reseller,) = re.findall(r"^- \*\*\[Solution Reseller\].+\n(?:    - .+\n)*", types, re.M)

    assert "Resells and supports our offer" in reseller
    assert reseller.count("    - You may say: ") <= 1
    assert reseller.count("    - Never say: ") == 1


def test_the_way_there_and_on(rich: Playbook, sales: str) -> None:
    """Expected: the department's page and the first steps lead here, and this page to the quiz."""
    (department,) = (v for v in departments.pages(Context(rich)) if v.path == "departments/channel-sales.md")

    assert "[My first day](<channel-sales/first-day.md>)" in plain_view(department)
    assert "[quiz](<../../start/quiz.md>)" in sales
    assert section(sales, "reading").count("\n- ") == 3


def test_an_empty_department(world: World) -> None:
    """Expected: it says so, names the lead, and leads to what there is to read; no empty heading."""
    page = page_of(world(partners="departments: [{id: sales, name: Sales, lead: ann, partners: []}]\n"), "sales")

    assert "has recorded no partner yet" in page
    assert "- **[ann](<../../people/ann.md>)** leads the department\n" in page
    assert re.findall(r"^## (.+?) {", page, re.M) == ["Who is who", "Three things to read"]
    assert "[Types](<../../types/index.md>)" in page


def test_three_partners(world: World) -> None:
    """Expected: three names, no word about an order that is none, nobody to stand in, nothing due."""
    three = "".join(f"  - {{id: p{n}, name: P{n}, types: [shop], owner: ann}}\n" for n in range(3))
    page = page_of(world(partners=f"departments:\n- id: sales\n  name: Sales\n  partners:\n{three}"), "sales")

    assert "manages 3 partners today" in page
    assert "[P0](<../../partners/p0.md>), [P1](<../../partners/p1.md>), [P2](<../../partners/p2.md>)\n" in page
    assert "First those" not in page
    assert "stands in" not in page
    assert "## What is due" not in page


def test_a_large_department_is_told_in_short(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Expected: ten people, five partners a mode, six days, whatever the size, and where the rest is."""
    page = page_of(loaded(crowd(tmp_path_factory.mktemp("crowd"), 120)), "sales")

    assert section(page, "people").count("\n- **") == 10
    assert re.search(r"And \[\d+ more\]\(<\.\./sales\.md#people>\)", page)
    assert all(line.count("partners/") <= 7 for line in section(page, "partners").splitlines())
    directory = r"\(<\.\./\.\./partners/index\.md\?department=sales&mode="
    assert re.search(rf"\[\d+ partners\]{directory}.* and \[the rest\]{directory}", page)
    assert section(page, "due").count("\n- 20") == 6


def test_what_an_audience_does_not_see(rich: Playbook) -> None:
    """Expected: no address and no page of people, no day of a review, no way to the quiz; what else there is stays."""
    shy = Audience("shy", "Shy", hides=("people", "reviewed", "agreements", "backup_owner", "start"))
    page = page_of(cut(rich, shy), "channel-sales")

    assert "- **Ada Nwosu** leads the department" in page
    assert "people/" not in page
    assert "mailto:ada" not in page
    assert "stands in" not in page
    assert "What is due" not in page
    assert "start/" not in page
    assert "Solution Reseller" in page


def test_nothing_is_due_in_the_past(rich: Playbook) -> None:
    """Expected: days from today on alone."""
    later = replace(rich, as_of=rich.as_of.replace(year=rich.as_of.year + 1))
    days = re.findall(r"^- (\d{4}-\d\d-\d\d) ", page_of(later, "channel-sales"), re.M)

    assert all(day >= str(later.as_of) for day in days)
