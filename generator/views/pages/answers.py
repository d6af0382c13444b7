"""What the search knows of the data, for its script: other names of pages, what is asked of them, and the directory's
filters.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from generator import paths
from generator.model import Playbook
from generator.views.pages.directory_rows import Filter

_QUESTIONS = (
    (paths.OWNERSHIP, ("who owns what", "without owner", "nobody owns", "unowned", "ownership", "managed where")),
    (paths.PEOPLE, ("whom ask", "who ask", "who call", "contact", "owners", "people")),
    (paths.LANDSCAPE, ("landscape", "all partners", "overview", "map", "ecosystem", "poster", "market map")),
    (paths.FIND, ("find partner", "which partner", "who can help", "customer asks", "who sells")),
    (paths.COVERAGE, ("gaps", "gap analysis", "missing partners", "coverage", "single source", "white spots")),
    (paths.ROUTES, ("routes", "how reach market", "go to market", "channels")),
    (paths.ALIGNMENT, ("strategy", "objectives", "alignment", "programs")),
    (paths.HEALTH, ("health", "overdue", "due", "worklist", "to do", "reviews")),
    (paths.VALUE, ("value", "value proposition", "benefits")),
    (paths.TOOLKIT, ("tools", "tool", "skills", "satisfaction", "training needs")),
    (paths.FINDINGS, ("findings", "problems", "expired", "wrong", "mistakes", "warnings")),
    (paths.CHANGES, ("changes", "news", "new", "changed", "history", "latest")),
    (paths.GLOSSARY, ("glossary", "terms", "meaning", "abbreviations", "acronyms", "definitions")),
    (paths.TYPES, ("types", "kinds partner")),
    (paths.COMPARE, ("compare types", "difference between", "side by side")),
    (paths.FUNCTIONS, ("functions",)),
    (paths.MODES, ("promise", "may say", "never say", "modes", "how manage", "management")),
    (paths.DEPARTMENTS, ("departments", "teams")),
    (paths.START, ("start", "begin", "onboarding", "first day", "introduction", "learn", "new here")),
    (paths.WHICH_TYPE, ("which type", "type is it", "classify")),
    (paths.QUIZ, ("quiz", "test myself")),
    (
        paths.EDITORS,
        ("add partner", "new partner", "change partner", "edit", "edit data", "rename partner", "remove partner"),
    ),
    (paths.BROWSER, ("edit browser", "edit github")),
    (paths.COMMANDS, ("commands", "command line")),
    (paths.SPREADSHEET, ("import", "spreadsheet", "excel", "csv", "export")),
    (paths.FIELDS, ("fields",)),
    (paths.RULES, ("rules", "rule", "policy", "policies", "waivers", "waiver")),
    (paths.PROBLEMS, ("error", "errors", "problem codes", "error messages")),
    (paths.EMBED, ("embed", "iframe", "frame", "widget")),
    (paths.REUSE, ("json", "api", "calendar", "feed", "calendars")),
    (paths.PUBLISH, ("publish", "publish site", "offline")),
    (paths.HOSTING, ("hosting", "host", "host site", "server", "docker", "login")),
)
"""What readers ask of each page, in words that tell; those that say little are left out, here as in the search."""

# How a value stands in "Directory: active Solution Reseller in LATAM": behind its word, as the noun, or before that.
_LEADS = {
    **dict.fromkeys(("region", "industry"), "in"),
    **dict.fromkeys(("offer", "objective"), "for"),
    "mode": "in the mode",
    "department": "of",
    "owner": "owned by",
    "segment": "in the segment",
    "tier": "of the tier",
    "finding": "with the finding",
    "status": "",
}
_NOUNS = frozenset({"function", "type"})


def script(playbook: Playbook, filters: Sequence[Filter]) -> str:
    """A script that sets one variable, as the directory's rows do; a page is the path of its Markdown."""
    parts: dict[str, Iterable[object]] = {
        "filters": (
            {
                "name": choice.name,
                **({"lead": "", "noun": 1} if choice.name in _NOUNS else {"lead": _lead(playbook, choice)}),
                "values": [*_values(playbook, choice)],
            }
            for choice in filters
            if _telling(playbook, choice)
        ),
        "names": _names(playbook),
        "questions": ((page, asked) for page, asked in _QUESTIONS if playbook.shows(paths.family(page))),
    }
    lines = (f'"{name}": [\n' + ",\n".join(map(_json, part)) + "\n]" for name, part in parts.items())
    return "window.playbookFacts = {\n" + ",\n".join(lines) + "\n};\n"


def _lead(playbook: Playbook, choice: Filter) -> str:
    """What stands in front of its values; those of a custom field say little without its label."""
    labels = (f"with {field.label}" for field in playbook.settings.fields if field.filter == choice.name)
    return _LEADS.get(choice.name) or next(labels, _LEADS.get(choice.name, "with"))


def _telling(playbook: Playbook, choice: Filter) -> bool:
    """Whether the values of a filter are words that nobody says of anything else; yes, no and numbers are not."""
    custom = [field for field in playbook.settings.fields if field.filter == choice.name]
    return choice.asked and all(field.values for field in custom)


def _values(playbook: Playbook, choice: Filter) -> Iterator[dict[str, object]]:
    for option in choice.options:
        if option.value == paths.NOTHING:
            continue
        also: tuple[str, ...] = ()
        name = " ".join(option.name.split())
        if choice.name == "type":
            also = playbook.types[option.value].other_names
        elif choice.name == "finding":
            words = option.value.split("-")
            also = (" ".join(words), " ".join(reversed(words)))
            name = f"“{name}”"
        value: dict[str, object] = {"value": " ".join(option.value.split()), "name": name}
        yield value | ({"also": also} if also else {}) | ({"page": 1} if option.page else {})


def _names(playbook: Playbook) -> Iterator[tuple[str, tuple[str, ...]]]:
    for kind in playbook.types.values():
        if kind.other_names:
            yield paths.partner_type(kind.id), kind.other_names
    for partner in playbook.partners.values():
        known = (*partner.former_ids, *(bought.name for bought in partner.acquired))
        if known:
            yield paths.partner(partner.id), known


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
