"""The health of the sample company: what is planted in data/ fails on the page, and nothing else does."""

from __future__ import annotations

import re
from collections.abc import Mapping

from icalendar import Calendar

from generator import paths
from generator.insights.health import Check, Outcome, health
from generator.model import Playbook
from tests.sample.test_planted import PLANTED

Entry = tuple[str, str]


def planted(playbook: Playbook, *codes: str) -> set[Entry]:
    """What is planted under these codes, as far as it is active: health asks nothing of other relationships."""
    active = {(r.partner, r.department) for r in playbook.entries if r.active}
    return {entry for code in codes for entry in PLANTED[code]} & active


def expected(playbook: Playbook) -> dict[tuple[Check, Outcome], set[Entry]]:
    return {
        (Check.OWNER, Outcome.FAIL): planted(playbook, "unowned", "owner-gone"),
        (Check.AGREEMENT, Outcome.FAIL): planted(playbook, "agreement-expired"),
        (Check.REVIEW, Outcome.FAIL): planted(playbook, "review-overdue"),
        (Check.MODE, Outcome.FAIL): planted(playbook, "mode-unjustified"),
        (Check.OBJECTIVE, Outcome.UNKNOWN): planted(playbook, "no-objective"),
    }


def listed(text: str) -> set[Entry]:
    """The partners with their departments that a list of links names."""
    return set(re.findall(r"\]\(<partners/([^.]*)\.md>\) \(\[[^]]*\]\(<departments/([^.]*)\.md>\)\)", text))


def test_exactly_what_is_planted_fails(playbook: Playbook) -> None:
    """Every planted flaw of an active relationship fails its check, or leaves it unknown; there is no other."""
    found = {
        (check, outcome): {
            (one.entry.partner, one.entry.department)
            for one in health(playbook).entries
            if one.outcomes[check] is outcome
        }
        for check in Check
        for outcome in (Outcome.FAIL, Outcome.UNKNOWN)
    }
    assert {key: them for key, them in found.items() if them} == expected(playbook)


def test_the_page_lists_exactly_what_is_planted(playbook: Playbook, pages: Mapping[str, str]) -> None:
    """Check by check, the page names those that fail and those that are unknown."""
    text = pages[paths.HEALTH].split("{ #which }")[1].split("{ #calendars }")[0]
    found = {}
    for check in Check:
        _, mark, rest = text.partition(f"{{ #check-{check.value} ")
        for paragraph in rest.split("\n###")[0].split("\n\n"):
            for outcome in (Outcome.FAIL, Outcome.UNKNOWN):
                if mark and f"chip--{outcome.value}" in paragraph:
                    found[check, outcome] = listed(paragraph)
    assert found == expected(playbook)


def test_the_worklist_holds_what_is_planted(playbook: Playbook, pages: Mapping[str, str]) -> None:
    """One row for each failing check, and one for each that is unknown; decisions and four reviews come due."""
    text = pages[paths.HEALTH].split("{ #worklist }")[1].split("{ #timeline }")[0]
    tasks = [line for line in text.splitlines() if line.startswith("| ")]
    failing = [line for line in tasks if "chip--fail" in line]

    assert len(failing) == 18 == sum(len(them) for (_, its), them in expected(playbook).items() if its is Outcome.FAIL)
    assert sum("chip--unknown" in line for line in tasks) == len(planted(playbook, "no-objective"))
    deciding = {
        (partner, department)
        for line in tasks
        if "Decide on" in line
        for partner in re.findall(r"<partners/([^.]*)\.md>", line)
        for department in re.findall(r"<departments/([^.]*)\.md>", line)
    }
    # The notice time of one more begins in four weeks.
    assert deciding == planted(playbook, "agreement-notice") | {("westmark-electronics", "channel-sales")}
    assert sum("chip--due" in line for line in tasks) == len(deciding) + 4


def test_the_answer(pages: Mapping[str, str]) -> None:
    """The sentence that readers see first, with its figures."""
    assert (
        "**93%** of the checks that can be made pass ([245 of 263](<#checks>)), and [8 more](<#which>) cannot be told "
        "because nothing is recorded; [35](<#clean>) of [56 active entries](<#relationships>) pass every check."
    ) in pages[paths.HEALTH]


def test_every_department_has_its_reviews_in_a_calendar(playbook: Playbook, pages: Mapping[str, str]) -> None:
    """Every active relationship that has a review has one event for the next, in its department's calendar."""
    for department in playbook.departments:
        read = Calendar.from_ical(pages[paths.calendar_of_department(department)])
        reviews = [event for event in read.walk("VEVENT") if str(event["summary"]).startswith("Review due: ")]
        held = [r for r in playbook.entries if r.active and r.department == department and r.reviewed is not None]
        assert len(reviews) == len(held) > 0
