"""What is different between two states of a playbook, as text, as Markdown and as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from generator.compare import Change, Delta, Difference
from generator.findings import Finding, word
from generator.insights.coverage import Need
from generator.markdown import escape, settled
from generator.model import Playbook
from generator.problems import Place
from generator.reports.printable import printable, printable_finding

_MOST = 500
"""How many lines of a kind the Markdown has: GitHub takes a megabyte, and nobody reads as much."""

_NOTHING = "No change of the data."

_Places = tuple[Place | None, Place | None]


@dataclass(frozen=True)
class Addresses:
    """Where the files of the two states can be looked at: addresses to which the name of a file and #L4 are added.

    Empty where they cannot, or not in a browser.
    """

    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class _Line:
    """A sentence, and the places that it is about, before and after."""

    text: str
    places: _Places = (None, None)
    code: str = ""


def text(difference: Difference, most: int | None = None) -> str:
    """For a terminal: one line a change, under headings; `most` is how many lines of a kind are shown."""
    parts = [] if difference.changes else [f"{_NOTHING}\n"]
    for heading, lines in _sections(difference):
        shown = [f"  {printable(f'{line.text}{_where(line.places)}{_code(line)}')}\n" for line in lines[:most]]
        if unshown := len(lines) - len(shown):
            shown.append(f"  and {unshown} more\n")
        parts.append("".join([f"{heading} ({len(lines)}):\n", *shown]))
    return "\n".join(parts)


def markdown(difference: Difference, addresses: Addresses = Addresses()) -> str:
    """For a comment on a pull request or the summary of a job: text from data stays text, and calls nobody.

    It can be read as it stands, too: there is no entity in it.
    """
    parts = [] if difference.changes else [f"{_NOTHING}\n"]
    for heading, lines in _sections(difference):
        shown = [
            f"- {_quiet(line.text)}{_linked(line.places, addresses)}{_code(line, '`')}\n" for line in lines[:_MOST]
        ]
        if unshown := len(lines) - len(shown):
            shown.append(f"- and {unshown} more, which `playbook diff` lists\n")
        parts.append("".join([f"### {heading} ({len(lines)})\n\n", *shown]))
    return settled("\n".join(parts))


def as_json(difference: Difference) -> str:
    """For scripts, in ASCII.

    The object has `format` (2; it changes only where a name here goes or changes its meaning), `as_of` (the day by
    which both states are judged), `changes`, `findings` and `gaps`: what `opened` and what `closed`.

    A change has its `kind`, `noticed` (whether all readers of the site notice it; the kind "part" is one that another
    change sums up), the ids of the `partner` and the `department`, each null where it is about none or about all of it,
    `text`, and `records`: the fields behind it, each in one change alone; there are none where a change follows from
    others.  A record has its `kind`, its id `before` and `after`, each null where it is not there (an entry's id is
    partner/department/types, the types joined by +), `joined` (the id of what it has become one with, else null),
    `values`: an object of the fields that differ, each with its `old` and its `new` value, null for nothing, and
    `places`, `before` and `after`, each with a `file` (in the data folder) and a `line`, or null.  Ids in old values
    are those of today: where an id changed, whatever refers to it follows, but for what has become one with what it
    referred to.  A record of the kind "order" says in which order what has been there all along stands.

    A finding has `code`, `partner`, `department` or null, `owner` or null, `key` and `values` (as `playbook check
    --format json` has them), `file`, `line` and `text`; a gap `offer`, `type`, `region` or null, `needed`, `missing`
    and `text`.  Those that closed are as they were before.
    """
    before, after = difference.before, difference.after
    data = {
        "format": 2,
        "as_of": str(after.as_of),
        "changes": [
            {
                "kind": change.kind.value,
                "noticed": change.kind.noticed,
                "partner": change.partner,
                "department": change.department,
                "text": printable(str(change)),
                "records": [_record(delta) for delta in change.deltas],
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


FORMATS = ("text", "markdown", "json")


def written(difference: Difference, form: str, addresses: Addresses) -> str:
    """The difference in one of the FORMATS."""
    if form == "markdown":
        return markdown(difference, addresses)
    return as_json(difference) if form == "json" else text(difference)


def _sections(difference: Difference) -> list[tuple[str, Sequence[_Line]]]:
    """Heading and sentences of everything there is to tell: what readers notice, what is to do, and the details."""
    before, after = difference.before, difference.after
    bare = difference.bare_reviews
    bulk = bare if len(bare) > after.settings.thresholds.reviews_a_day else ()
    sections = (
        ("Reviews that were renewed while nothing else changed", [_change(change) for change in bulk]),
        ("Changes", [_change(change) for change in difference.noticed]),
        ("New findings", [_found(after, finding, here=True) for finding in difference.findings_opened]),
        ("New gaps", [_Line(f"{_lacks(after, need)}.") for need in difference.gaps_opened]),
        ("Findings that are gone", [_found(before, finding, here=False) for finding in difference.findings_closed]),
        ("Gaps that are closed", [_Line(f"{_lacks_no_more(before, need)}.") for need in difference.gaps_closed]),
        ("Details", [_change(change) for change in difference.details]),
    )
    return [(heading, lines) for heading, lines in sections if lines]


def _change(change: Change) -> _Line:
    befores, afters = zip(*[delta.places() for delta in change.deltas], strict=True) if change.deltas else ((), ())
    first: _Places = (next(filter(None, befores), None), next(filter(None, afters), None))
    return _Line(f"{change}.", first)


def _found(playbook: Playbook, finding: Finding, *, here: bool) -> _Line:
    problem = word(finding, playbook)
    places = (None, problem.place) if here else (problem.place, None)
    return _Line(problem.message, places, problem.code.slug)


def _code(line: _Line, quote: str = "") -> str:
    opening, closing = (quote, quote) if quote else "[]"
    return f" {opening}{line.code}{closing}" if line.code else ""


def _where(places: _Places) -> str:
    """Such as " (partners.yml:12, before partners.yml:9)": the second only where it is another one."""
    before, after = (f"{place.file}:{place.line}" if place is not None and place.file else "" for place in places)
    parts = [after, f"before {before}" if before and before != after else ""]
    named = ", ".join(filter(None, parts))
    return f" ({named})" if named else ""


def _linked(places: _Places, addresses: Addresses) -> str:
    """The same, with links to the lines."""
    before, after = places
    parts = [_link(after, addresses.after)] if after is not None and after.file else []
    if before is not None and before.file:
        parts.append(f"before {_link(before, addresses.before)}")
    if not addresses.before and not addresses.after:
        return f" {_quiet(_where(places))}".rstrip()
    return f" ({', '.join(parts)})" if parts else ""


def _link(place: Place, address: str) -> str:
    name = _quiet(f"{place.file}:{place.line}")
    return f"[{name}]({address}{quote(place.file)}#L{place.line})" if address else name


def _lacks(playbook: Playbook, need: Need) -> str:
    missing = "the partner" if need.min == 1 else f"{need.gap} of the {need.min} partners"
    return f"{_offer(playbook, need)} lacks {missing} that it needs as {playbook.types[need.type].name}"


def _lacks_no_more(playbook: Playbook, need: Need) -> str:
    return f"{_offer(playbook, need)} no longer lacks a partner as {playbook.types[need.type].name}"


def _offer(playbook: Playbook, need: Need) -> str:
    name = playbook.offers[need.offer].name
    return f"{name} in {need.region}" if need.region is not None else name


def _record(delta: Delta) -> dict[str, Any]:
    before, after = delta.places()
    return {
        "kind": delta.kind,
        "before": delta.before,
        "after": delta.after,
        "joined": delta.joined,
        "values": {name: {"old": old, "new": new} for name, (old, new) in delta.values.items()},
        "places": {"before": _place(before), "after": _place(after)},
    }


def _place(place: Place | None) -> dict[str, Any] | None:
    return {"file": printable(place.file), "line": place.line} if place is not None else None


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


# Whom a service would tell, what it would link to an issue, and what it takes for an address.
_CALLS = re.compile(r"[@#](?=\w)|:(?=//)|(?i:www)(?=\.)")


def _quiet(line: str) -> str:
    """Text that Markdown leaves as it is; a zero-width space keeps services from finding more in it."""
    return _CALLS.sub(lambda match: f"{match[0]}\u200b", escape(printable(line)).plain)
