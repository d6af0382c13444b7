"""The landscape as lists, what its cards say, and the home page that shows it in small beside six marks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator import paths
from tests.crowd import crowd
from tests.kit import World, as_read, data_of, directory_data, inventory, loaded, pages_of, section

PEOPLE = """\
people:
- {id: ann, name: Ann, email: ann@example.com}
- {id: bob, name: Bob, email: bob@example.com, active: false}
"""


def test_lists(world: World) -> None:
    """Each partner once in a box, with its status and what was found about it; nobody who ended."""
    pages = pages_of(
        world(
            people=PEOPLE,
            partners=inventory(
                acme="types: [shop, agent], owner: ann",
                birch="types: [shop], owner: bob, status: prospect",
                cedar="types: [ally], owner: ann, status: ended",
            ),
        )
    )
    lists = as_read(pages[paths.LANDSCAPE].split("{ #by-function")[1])
    lines = [line.split("{")[0].strip() for line in lists.splitlines() if line.lstrip().startswith("- ")]

    assert [re.sub(r"\*\*", "", line) for line in lines] == [
        "- Selling",
        "- Shop",
        "- Acme, 1 to record or watch",
        "- Birch, prospect, 1 to mend",
        "- Agent",
        "- Acme, 1 to record or watch",
    ]
    assert "2 partners in 3 places" in pages[paths.LANDSCAPE]


def test_what_nobody_records_groups_nothing(world: World) -> None:
    """A region or a tier is offered where some partner has one."""
    bare = pages_of(world(partners=inventory(acme="types: [shop], owner: null")))[paths.LANDSCAPE]
    known = pages_of(world(partners=inventory(acme="types: [shop], owner: null, tier: Gold")))[paths.LANDSCAPE]

    def groups(page: str) -> list[str]:
        return re.findall(r'name="by" value="(\w*)"', page)

    assert groups(bare) == ["", "department", "mode"]
    assert groups(known) == ["", "department", "mode", "tier"]


def test_what_cards_say(world: World) -> None:
    """For each row its value line; for each pair of type and mode what may be said; the mail of owners who are here."""
    pages = pages_of(
        world(
            people=PEOPLE,
            partners=inventory(
                acme="types: [shop, agent], owner: ann, value: Sells.",
                birch="types: [shop], owner: bob",
            ),
            toolkit="promises:\n- {types: [shop], may: [A shelf.], never: [A price.]}\n",
        )
    )
    cards = data_of(pages[paths.CARDS])
    names = [directory_data(pages)["partners"][row[0]]["name"] for row in directory_data(pages)["rows"]]

    assert [cards["lines"][place] if place >= 0 else "" for place in cards["rows"]] == ["Sells.", "Sells.", ""]
    assert names == ["Acme", "Acme", "Birch"]
    assert cards["promises"] == {"agent regular": [[], []], "shop light": [["A shelf."], ["A price."]]}
    assert cards["mails"] == {"ann": "ann@example.com"}


@pytest.mark.long
def test_a_large_company(tmp_path: Path) -> None:
    """A box lists so many, and leads to all of them; in small a square stands for several."""
    pages = pages_of(loaded(crowd(tmp_path, 250)))
    lists = pages[paths.LANDSCAPE].split("{ #by-function")[1]

    for kind, number in re.findall(r"\(<types/(\w+)\.md>\)\*\*\{ #box-\w+ \}, (\d+)", lists):
        if int(number) > 50:
            assert re.search(rf"and \[{int(number) - 50} more\]\(<types/{kind}\.md>\)", lists)
    assert len(re.findall(r"\(<partners/", lists)) <= 1000
    assert re.search(r"A square stands for \d+ partners\.", pages[paths.HOME])
    assert pages[paths.HOME].count("pb-square pb-square--") < 300


def test_marks(world: World) -> None:
    """Good, watch or act by the limits of the settings, which the page names; what comes next, by day."""
    partners = inventory(
        acme="types: [shop], owner: ann, value: Sells., agreements: [{kind: nda, ends: 2026-07-01}]",
        birch="types: [shop], owner: ann, agreements: [{kind: nda, ends: 2026-06-20}]",
        cedar="types: [shop], owner: null",
    )
    usual = pages_of(world(people=PEOPLE, partners=partners))[paths.HOME]
    limits = "company: E\nas_of: 2026-06-01\nthresholds: {answer_good: 0.66, answer_watch: 0.3}\n"
    mild = pages_of(world(people=PEOPLE, partners=partners, settings=limits))[paths.HOME]

    assert '**67&#37;** <span class="chip chip--act">act</span> 2 of 3 active entries' in usual
    assert '**33&#37;** <span class="chip chip--act">act</span>' in usual
    assert '**67&#37;** <span class="chip chip--good">good</span> 2 of 3 active entries' in mild
    assert '**33&#37;** <span class="chip chip--watch">watch</span>' in mild
    assert "good from 66%, watch from 30%, act below" in as_read(mild)
    following = [line.strip() for line in as_read(section(usual, "lately")).splitlines() if "2026-" in line]
    assert following == ["- 2026-06-20 Birch: agreement ends", "- 2026-07-01 Acme: agreement ends"]
