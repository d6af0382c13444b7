"""Reviews that were renewed rather than held."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.findings.rule import Finding, about, current, rule
from generator.model import Entry, Playbook
from generator.problems import define_warning

BULK_REVIEW = define_warning(
    "bulk-review",
    "More reviews in a day than anybody can hold",
    meaning="One person stands for the reviews of many relationships on one and the same day. Dates that are renewed "
    "all at once say nothing about the partners, and hide which of them nobody has looked at.",
    fix="Put back the dates of the reviews that were held, and plan the others. If all of them were held on that day, "
    "raise thresholds: reviews_a_day in settings.yml.",
)


@rule
def bulk_review(playbook: Playbook) -> Iterator[Finding]:
    """One finding for each day and person, at the first of the entries."""
    held: dict[tuple[date, str], list[tuple[str, Entry]]] = {}
    for name, entry in current(playbook):
        if entry.reviewed is not None:
            held.setdefault((entry.reviewed.date, entry.reviewed.by), []).append((name, entry))
    most = playbook.settings.thresholds.reviews_a_day
    for (day, by), reviews in held.items():
        if len(reviews) > most:
            name, first = min(reviews, key=lambda one: (one[1].place.file, one[1].place.line))
            person = playbook.person_name(by)
            message = f"{person} stands for {len(reviews)} reviews of {day}, {name} among them"
            hint = f"nobody reviews more than {most} in a day: put back the dates of the reviews that were held"
            yield about(first, BULK_REVIEW, message, first.place.at("reviewed"), hint)
