"""What is different between two states of a playbook, as text, as Markdown and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from generator.compare import Difference
from generator.findings import Finding, word
from generator.insights.coverage import Need
from generator.markdown import Md, escape
from generator.model import Playbook
from generator.reports.printable import printable, printable_finding

_MOST = 500
"""How many lines of a kind the Markdown has: GitHub takes a megabyte, and nobody reads as much."""

_NOTHING = "No change of the inventory."


def text(difference: Difference, most: int | None = None) -> str:
    """For a terminal: one line a change, under headings; `most` is how many lines of a kind are shown."""
    parts = [] if difference.changes else [f"{_NOTHING}\n"]
    for heading, lines in _sections(difference):
        shown = [f"  {printable(line)}\n" for line in lines[:most]]
        if unshown := len(lines) - len(shown):
            shown.append(f"  and {unshown} more\n")
        parts.append("".join([f"{heading} ({len(lines)}):\n", *shown]))
    return "\n".join(parts)


def markdown(difference: Difference) -> str:
    """For a comment on a pull request or the summary of a job: text from data stays text, and calls nobody."""
    parts = [] if difference.changes else [f"{_NOTHING}\n"]
    for heading, lines in _sections(difference):
        shown = [f"- {_escaped(line)}\n" for line in lines[:_MOST]]
        if unshown := len(lines) - len(shown):
            shown.append(f"- and {unshown} more, which `playbook diff` lists\n")
        parts.append("".join([f"### {heading} ({len(lines)})\n\n", *shown]))
    return "\n".join(parts)


def as_json(difference: Difference) -> str:
    """For scripts, in ASCII.

    The object has `format` (1; it changes only where a name here goes or changes its meaning),
    `as_of` (the day by which both states are judged), `changes` (each with its `kind`, the
    `partner`'s id, the `department`'s or null, and `text`), `findings` and `gaps`: what `opened`
    and what `closed`.  A finding has `code`, `partner`, `department` or null, `owner` or null,
    `key` and `values` (as `playbook check --format json` has them), `file` (in the data folder),
    `line` and `text`; a gap `offer`, `type`, `region` or null, `needed`, `missing` and `text`.
    Those that closed are as they were before.
    """
    before, after = difference.before, difference.after
    data = {
        "format": 1,
        "as_of": str(after.as_of),
        "changes": [
            {
                "kind": change.kind.value,
                "partner": change.partner,
                "department": change.department,
                "text": printable(str(change)),
            }
            for change in difference.changes
        ],
        "findings": {
            "opened": [_finding(after, finding) for finding in difference.findings_opened],
            "closed": [_finding(before, finding) for finding in difference.findings_closed],
        },
        "gaps": {
            "opened": [_gap(need, after, _lacks) for need in difference.gaps_opened],
            "closed": [_gap(need, before, _lacks_no_more) for need in difference.gaps_closed],
        },
    }
    return json.dumps(data, indent=2) + "\n"


FORMATS: Mapping[str, Callable[[Difference], str]] = {"text": text, "markdown": markdown, "json": as_json}


def _sections(difference: Difference) -> list[tuple[str, Sequence[str]]]:
    """Heading and sentences of everything there is to tell."""
    before, after = difference.before, difference.after
    bare = difference.bare_reviews
    bulk = bare if len(bare) > after.settings.thresholds.reviews_a_day else ()
    sections = (
        ("Reviews that were renewed while nothing else changed", [f"{change}." for change in bulk]),
        ("Changes", [f"{change}." for change in difference.changes]),
        ("New findings", [_sentence(after, finding, where=True) for finding in difference.findings_opened]),
        ("Findings that are gone", [_sentence(before, finding, where=False) for finding in difference.findings_closed]),
        ("New gaps", [f"{_lacks(after, need)}." for need in difference.gaps_opened]),
        ("Gaps that are closed", [f"{_lacks_no_more(before, need)}." for need in difference.gaps_closed]),
    )
    return [(heading, lines) for heading, lines in sections if lines]


def _sentence(playbook: Playbook, finding: Finding, *, where: bool) -> str:
    """A finding that is gone has no line to look at."""
    problem = word(finding, playbook)
    place = f" ({problem.place.file}, line {problem.place.line})" if where else ""
    return f"{problem.message}{place} [{problem.code.slug}]"


def _lacks(playbook: Playbook, need: Need) -> str:
    missing = "the partner" if need.min == 1 else f"{need.gap} of the {need.min} partners"
    return f"{_offer(playbook, need)} lacks {missing} that it needs as {playbook.types[need.type].name}"


def _lacks_no_more(playbook: Playbook, need: Need) -> str:
    return f"{_offer(playbook, need)} no longer lacks a partner as {playbook.types[need.type].name}"


def _offer(playbook: Playbook, need: Need) -> str:
    name = playbook.offers[need.offer].name
    return f"{name} in {need.region}" if need.region is not None else name


def _finding(playbook: Playbook, finding: Finding) -> dict[str, Any]:
    problem, data = word(finding, playbook), printable_finding(finding)
    return {
        "code": problem.code.slug,
        "partner": data.partner,
        "department": data.department,
        "owner": data.owner,
        "key": data.key,
        "values": dict(data.values),
        "file": printable(problem.place.file),
        "line": problem.place.line,
        "text": printable(problem.message),
    }


def _gap(need: Need, playbook: Playbook, words: Callable[[Playbook, Need], str]) -> dict[str, Any]:
    return {
        "offer": need.offer,
        "type": need.type,
        "region": printable(need.region) if need.region is not None else None,
        "needed": need.min,
        "missing": need.gap,
        "text": printable(words(playbook, need)),
    }


def _escaped(line: str) -> Md:
    """Escaped; and a zero-width space keeps a service from finding a person or an issue to tell of it."""
    escaped = escape(printable(line))
    return Md(escaped.replace("&#64;", "&#64;&#8203;").replace("&#35;", "&#35;&#8203;"))
