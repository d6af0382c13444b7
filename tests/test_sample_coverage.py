"""The sample's planted facts about coverage, routes and strategy, on the pages where they belong."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from generator.insights.alignment import alignment
from generator.insights.coverage import State, chains, coverage, unassigned
from generator.model import Playbook
from generator.resolve import load_playbook
from generator.site import build_pages

DATA = Path(__file__).parent.parent / "data"

# Offer, type and region, in the order of the worklist: an objective waits for each of them, so by name; what is being
# recruited comes last.
GAPS = [
    ("Edge Gateway", "authorized-service", "LATAM"),
    ("Managed Edge", "cloud-reseller", "APAC"),
    ("Pay-per-Site", "financing", "APAC"),
    ("Radio Module", "government-agency", "LATAM"),
    ("Smart Plant", "epc", "LATAM"),
    ("Private Wireless", "system-integrator", "APAC"),
]


@pytest.fixture(scope="module")
def sample() -> Playbook:
    loaded = load_playbook(DATA)
    assert loaded.playbook is not None
    return loaded.playbook


@pytest.fixture(scope="module")
def pages(sample: Playbook) -> dict[str, str]:
    return {page.path: html.unescape(page.content) for page in build_pages(sample)}


def part(page: str, anchor: str) -> str:
    return re.split(r"^##? ", page.split(f"{{ #{anchor} }}")[1], maxsplit=1, flags=re.MULTILINE)[0]


def rows(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("| ")][2:]


def test_the_six_gaps_are_the_worklist(sample: Playbook, pages: dict[str, str]) -> None:
    """Exactly the planted gaps, the most pressing first, and the one that is being recruited last."""
    listed = rows(part(pages["coverage.md"], "gaps"))
    found = [re.match(r"\| \[(.+?)\].*?types/(.+?)\.md>\) \| (\w+) \| 1 of 1 \|", row) for row in listed]

    assert [match.groups() for match in found if match] == GAPS
    assert len(listed) == len(GAPS)
    recruited = [row for row in listed if "being recruited" in row]
    assert len(recruited) == 1
    assert recruited == listed[-1:]
    assert "partners/takumi-line.md" in recruited[0]


def test_the_single_source(pages: dict[str, str]) -> None:
    """One need hangs on one partner."""
    listed = rows(part(pages["coverage.md"], "single"))
    assert len(listed) == 1
    assert "types/training-certification.md" in listed[0]
    assert "| EMEA | [Lernwerk Industrie](<partners/lernwerk-industrie.md>)" in listed[0]


def test_everything_else_is_covered(sample: Playbook) -> None:
    """No other need is flagged; Secure Access alone is not assessed; every active partner has a live offer."""
    found = coverage(sample)
    flagged = [need for need in found.needs if need.state is not State.COVERED]
    assert len(flagged) == len(GAPS) + 1
    assert found.not_assessed == ("secure-access",)
    assert unassigned(sample).others == ()


def test_the_answer(pages: dict[str, str]) -> None:
    """The first sentence has the planted figures."""
    answer = pages["coverage.md"].split("{: .pb-question }")[1].split("{: .pb-answer }")[0]
    words = re.sub(r"\]\(<.*?>\)|[\[*]", "", answer)
    assert "There are 6 gaps, 1 of them being recruited for." in words
    assert "1 need hangs on one partner alone. 1 offer is not assessed." in words


def test_routes(sample: Playbook, pages: dict[str, str]) -> None:
    """The routes break where the gaps are."""
    assert {one.route: one.broken for one in chains(sample)} == {
        "gateway-two-tier-emea": (),
        "smart-plant-latam": ("epc",),
        "managed-edge-apac": ("cloud-reseller",),
    }
    assert "**1 of 3 routes** to market is whole." in pages["routes.md"]


def test_the_objective_that_nobody_serves(sample: Playbook, pages: dict[str, str]) -> None:
    """One of five; every program has an open objective, and nobody is tied to one that has ended."""
    found = alignment(sample)
    assert found.unserved == ("faster-deployment",)
    assert found.ended == found.stale == ()
    assert "{ #ended }" not in pages["alignment.md"]
    section = pages["alignment.md"].split("{ #objective-faster-deployment }")[1].split("###")[0]
    assert "No active relationship serves it." in section


def test_entries_without_an_objective(pages: dict[str, str]) -> None:
    """The planted eight, and no other."""
    listed = rows(part(pages["alignment.md"], "none"))
    assert sorted(re.findall(r"^\| \[.*?\]\(<partners/(.*?)\.md>\)", "\n".join(listed), re.MULTILINE)) == [
        "baird-agency",
        "brennecke-drives",
        "hanse-fulfillment",
        "openfieldbus-foundation",
        "ostler-crane",
        "portage-logistics",
        "skillbridge-institute",
        "sunhill-pumps",
    ]


def test_who_owns_nothing_and_what_is_shared(pages: dict[str, str]) -> None:
    """The five without an owner who is here, and the one dispute."""
    unowned = rows(part(pages["ownership.md"], "unowned"))
    assert sorted(re.findall(r"^\| \[.*?\]\(<partners/(.*?)\.md>\)", "\n".join(unowned), re.MULTILINE)) == [
        "baird-agency",
        "greywater-technical",
        "openfieldbus-foundation",
        "paloma-industrial",
        "stackhaven",
    ]
    disputed = [row for row in rows(part(pages["ownership.md"], "shared")) if "disputed" in row]
    assert len(disputed) == 1
    assert "partners/arcwell-networks.md" in disputed[0]
