"""Reviews that were renewed rather than held."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.findings.rule import Finding, Rule, Subject, about, current, name_of
from generator.model import Entry, Partner, Playbook
from generator.problems import define_warning

BULK_REVIEW = define_warning(
    "bulk-review",
    "More reviews in a day than anybody can hold",
    meaning="One person stands for the reviews of many relationships on one and the same day. Dates that are renewed "
    "all at once say nothing about the partners, and hide which of them nobody has looked at.",
    fix="Put back the dates of the reviews that were held, and plan the others. If all of them were held on that day, "
    "raise thresholds: reviews_a_day in settings.yml.",
)


def _bulk(playbook: Playbook) -> Iterator[Finding]:
    """One finding for each day and person, at the first of the entries."""
    reviewed: dict[tuple[date, str], list[Entry]] = {}
    for entry in current(playbook):
        if entry.reviewed is not None:
            reviewed.setdefault((entry.reviewed.date, entry.reviewed.by), []).append(entry)
    for (day, by), entries in reviewed.items():
        if len(entries) > playbook.settings.thresholds.reviews_a_day:
            first = min(entries, key=lambda entry: (entry.place.file, entry.place.line))
            place = first.place.at("reviewed")
            key = (f"by:{by}", f"day:{day}")
            yield about(first, BULK_REVIEW, place, *key, by=by, day=str(day), reviews=len(entries))


def _bulk_words(playbook: Playbook, finding: Finding) -> tuple[str, str]:
    day, by, reviews = (finding.values[name] for name in ("day", "by", "reviews"))
    message = f"{playbook.person_name(by)} stands for {reviews} reviews of {day}"
    message += f", {name_of(playbook, finding)} among them"
    most = playbook.settings.thresholds.reviews_a_day
    return message, f"nobody reviews more than {most} in a day: put back the dates of the reviews that were held"


def _reviews(partner: Partner) -> tuple[object, ...]:
    """The reviews of its entries, but those that have ended."""
    return tuple(one.reviewed for one in partner.current)


RULES = (
    Rule(BULK_REVIEW, _bulk, _bulk_words, across=_reviews, rests_on=frozenset({"reviewed"}), subject=Subject.COMPANY),
)
